// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "oracles/enclosure.hpp"
#include "props/law/law_block.hpp"
#include "props/law/law_sides.hpp"
#include "props/law/laws.hpp"
#include "props/subject/subject.hpp"
#include "props/subject/verdict.hpp"

namespace napier {

/// A row of the law tables with its algebras applied: what the judge loop needs of a law.
struct LawReadings {
  std::string_view number;
  std::string_view name;
  std::string_view statement;
  PointShape shape;
  bool direct;         ///< asks a derivative target directly
  bool of_logarithms;  ///< asks a logarithm, not a power
  Bases bases;
  Derivatives derivatives;  ///< of which it speaks, if `direct`
  bool is_anchor;           ///< pins down the base, which no law of powers does

  /// Appends the calls that are wanted and not yet in the transcript.
  void (*plan)(const Subject&, const Point&, Transcript, std::vector<Request>&);
  /// The verdict: double-double sets first, the reference where they don't decide or refute.
  Verdict (*judge)(const Subject&, const Point&, Transcript);
  /// The verdict of the double-double sets alone, undecided where they don't decide.
  Verdict (*judge_by_sets)(const Subject&, const Point&, Transcript);
  /// The verdict of the reference alone.
  Verdict (*judge_by_reference)(const Subject&, const Point&, Transcript);
  /// |L − R| in ulps of the true value as the machine sees it; nullopt where it leaves the numbers.
  std::optional<Ulp> (*machine)(const Subject&, const Point&, Transcript);
  /// Whether the oracle finds the two sides equal within its own precision: it must, always.
  bool (*holds)(const Subject&, const Point&, Precision);
  /// Both sides as intervals.
  LawSides (*sides)(const Subject&, const Point&, Transcript);
  /// The same in words.
  std::string (*explain)(const Subject&, const Point&, Transcript);
  /// Whole blocks of cases; nothing where the law has words that are not read so.
  BlockLaw block;
};

/// Every law, anchor, direct slope law and law of logarithms.
std::span<const LawReadings> law_readings();

/// Why the law can't be asked of this target; empty if it can.
std::string inapplicable(const LawReadings& law, const Subject& subject);

/// The law's arguments as exact arguments, base left out; absent ones are the constants 0 and 1.
struct LawArguments {
  Float base;
  Float first;
  Float second;
};
LawArguments law_arguments(const LawReadings& law, const Subject& subject, const Point& point);

}  // namespace napier
