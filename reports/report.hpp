// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "props/subject/result.hpp"

// What an audit says, as plain values: stored as JSON (reports/store/json.hpp), then rendered
// (reports/render/). Nothing here runs an engine, and nothing here prints.
namespace napier {

/// The version of report.json that this program writes, and the oldest that it reads. Since 2 the
/// largest errors by binades are columns.
inline constexpr std::uint64_t report_schema = 2;
inline constexpr std::uint64_t oldest_report_schema = 1;

/// How many cases a property was given.
struct Budget {
  std::string property;  ///< as in reports; with ":FORMAT" where formats differ. Unique
  std::uint64_t cases = 0;
};

/// Which of several disjoint parts of one audit this is.
struct Shard {
  std::uint64_t index = 0;  ///< from 0
  std::uint64_t count = 1;
};

/// What made this report: all that a second run needs to give the same figures. It holds no time,
/// no number of threads and no path, so that equal runs give equal reports.
struct Provenance {
  std::string version;    ///< of napier
  std::string commit;     ///< that it was built from, or "unknown"
  std::string compiler;   ///< "GNU 12.2.0"
  std::string flags;      ///< that concern arithmetic
  std::string cpu_level;  ///< "x86-64-v3"
  std::string simd;       ///< what the filters ran on: "avx2"
  std::string libm;       ///< "glibc 2.36"
  std::uint64_t seed = 1;
  std::string effort;  ///< quick, standard or deep
  std::vector<Budget> budgets;
  Shard shard;
  std::vector<std::string> notes;  ///< what a reader must know of this run, a sentence each
};

/// How long a property took on a target. Differs from run to run, so it is outside the digest.
struct Timing {
  std::string target;
  std::string property;
  std::uint64_t cases = 0;
  double seconds = 0;
};

/// A report: who was tried, by which oracles, and what was found.
struct Report {
  Provenance provenance;
  OracleAgreement oracles;
  std::vector<TargetResult> targets;
  std::optional<std::vector<Timing>> performance;
  bool partial = false;      ///< the audit was interrupted: what was done until then
  bool out_of_time = false;  ///< … since the time was up that it was given
};

/// A finding with its number in the report, from 1: the N of `napier replay FILE#N`.
struct NumberedFinding {
  std::size_t number = 0;
  const TargetResult* target = nullptr;
  const Finding* finding = nullptr;
};
/// Every finding, in the order of the report. It points into the report.
std::vector<NumberedFinding> findings(const Report& report);

/// The exit status that says that Napier contradicts itself.
inline constexpr int contradiction_status = 70;

/// Whether a known issue of the target is one no more.
bool shows_no_more(const TargetResult& target);

/// What the command says with its exit status: 130 it was interrupted by a signal, else 70 Napier
/// contradicted itself, else 1 a target is refuted, or a known issue shows no more, else 2 a target
/// could not be audited, else 3 one is inconclusive, nothing was tested or the oracles disagreed,
/// else 0.
int exit_code(const Report& report);

}  // namespace napier
