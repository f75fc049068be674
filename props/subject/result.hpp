// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "lib/fp/float.hpp"
#include "lib/fp/ulp.hpp"
#include "lib/target/target.hpp"

// What an audit found of a target, as plain values; reports/report.hpp puts targets together.
namespace napier {

/// Whether a domain was covered whole or in part. Only the first makes a maximum a bound.
enum class Strength { exhaustive, sampled, searched };
constexpr std::string_view name(Strength strength) {
  switch (strength) {
    case Strength::exhaustive:
      return "exhaustive";
    case Strength::sampled:
      return "sampled";
    case Strength::searched:
      return "searched";
  }
  return {};
}

/// A case in full: the exact inputs, what came back, what is right and how far apart they are.
struct Witness {
  std::vector<Float> inputs;
  std::optional<Float> got;  ///< absent when the call did not return, or where no value is at fault
  std::optional<Float>
      want;  ///< the correctly rounded value in the mode; absent where conventions differ
  UlpRange ulp;
  std::string call{};   ///< the one to blame where a case is made of several: "exp(0x1p+0)"
  std::string fault{};  ///< what is wrong, in words, where got, want and ulp don't say it
};

/// Whose words were broken: the author's claim, what an audit expects, or the hygiene that is
/// demanded of everyone.
enum class Basis { claim, expectation, everyone };

/// A refutation, with its smallest witness (after shrinking) and its worst.
struct Finding {
  std::string property;
  std::string law;  ///< "1.1" … "1.6", or empty
  Basis basis = Basis::claim;
  Rounding rounding = Rounding::nearest;
  std::uint64_t count = 0;  ///< refuted cases of this property in this mode
  Witness smallest;
  Witness worst;
  std::string claimed;      ///< what was promised, in words: "<= 1 ulp"
  std::string explanation;  ///< one paragraph: both sides, their intervals, which call is to blame
  std::string replay;       ///< a command line
  bool repeatable = true;
  bool seen_again = false;  ///< not repeatable, left to chance, and yet seen once more when tried
  bool known = false;       ///< it is one of the target's known issues, and within its limits
};

/// Findings that were expected: written down before the audit, with where they come from. They
/// don't fail a run; one that shows no more does, since it is to be taken off the list.
struct KnownIssue {
  std::vector<std::string> properties;  ///< that see it; the first has the recorded witness
  Rounding rounding = Rounding::nearest;
  std::vector<Float> at;  ///< the recorded witness
  std::string why;
  std::string source;
  bool shows = true;  ///< false: neither its witness nor anything else of its property is refuted
};

/// So many errors are at most `to` ulps, and larger than those of the row before.
struct ErrorCount {
  Ulp to;
  std::uint64_t cases = 0;
};

/// The largest error of the cases in a range of size: from <= |key| < to, both with the sign of the
/// key; the last range holds all beyond.
struct BinadeError {
  Float from;
  Float to;
  UlpRange max_ulp;
  std::vector<Float> at;
};

/// The errors of a measurement, sorted: by their size, and by where they are
/// (props/tally/binades.hpp). Empty where no errors are measured.
struct Breakdown {
  std::vector<ErrorCount> errors;
  bool of_results = false;           ///< the keys of binades are results, not arguments
  std::vector<BinadeError> binades;  ///< only those with an error above worth_keeping
};

/// What is known of something that is claimed of all errors together: between which two numbers it
/// lies, in ulps or percent, and whether the claim is kept. Of a sample it is measured.
struct StatisticFigure {
  enum class State { measured, kept, broken, undecided };
  std::string claimed;  ///< "mean ulp <= 0.3"
  double lo = 0;
  double hi = 0;
  State state = State::measured;
};
constexpr std::string_view name(StatisticFigure::State state) {
  switch (state) {
    case StatisticFigure::State::measured:
      return "measured";
    case StatisticFigure::State::kept:
      return "kept";
    case StatisticFigure::State::broken:
      return "broken";
    case StatisticFigure::State::undecided:
      return "undecided";
  }
  return {};
}

/// Figures of one property over one domain in one mode.
struct Measurement {
  std::string property;
  std::string domain;  ///< in words, the strata and their counts
  Rounding rounding = Rounding::nearest;
  Strength strength = Strength::sampled;
  std::uint64_t cases = 0;
  std::uint64_t refuted = 0;
  std::uint64_t undecided_cap = 0;        ///< the refinement cap was reached
  std::uint64_t undecided_no_answer = 0;  ///< a call did not return
  std::uint64_t misrounded = 0;
  UlpRange max_ulp;       ///< a bound if exhaustive, else an observed lower bound
  std::vector<Float> at;  ///< the arguments of the maximum; empty if there was none
  bool judged = false;    ///< false: measured only, nothing was claimed
  Breakdown breakdown;
  std::vector<StatisticFigure> statistics{};
};

/// One of the six rows of a target's law table.
struct LawRow {
  std::string number;  ///< "1.1"
  std::string name;    ///< "product"
  std::string statement;
  Rounding rounding = Rounding::nearest;
  std::string not_applicable;  ///< why the law says nothing here; empty if it applies
  bool judged = false;         ///< false: no accuracy claim in this mode, machine reading only
  std::uint64_t cases = 0;
  std::uint64_t refuted = 0;
  std::uint64_t undecided = 0;
  std::uint64_t vacuous = 0;
  double median_resolution = 0;  ///< ulps; inf if most cases are vacuous
  double largest_share = 0;      ///< of what the claim allows
  Ulp user_ulps;  ///< machine reading: the largest |L − R| seen, an observed lower bound
  std::vector<Float> user_at;  ///< where
};

/// The signed errors of some calls, in ulps: got above the true value is positive. `least` is
/// rounded down and `most` up; infinite ones are in both and in no mean.
struct ErrorFigures {
  std::uint64_t cases = 0;
  double least = 0;
  double most = 0;
  double mean = 0;  ///< a reading, no bound
  double rms = 0;   ///< likewise
  friend bool operator==(const ErrorFigures&, const ErrorFigures&) = default;
};

/// Signed errors of accuracy along the arguments, in one mode: some thousand calls that are spread
/// evenly, and where larger errors were seen before. Observed, and no bound.
struct Profile {
  Rounding rounding = Rounding::nearest;
  bool of_results = false;  ///< the ends of parts are of results, not of arguments
  ErrorFigures all;
  std::vector<Float> ends;  ///< ascending, one more than parts
  std::vector<ErrorFigures> parts;
  std::vector<ErrorFigures> phases;  ///< the same by the fraction of log2 of the result
};

/// Of calls that are spread over the arguments, those whose right result says nothing of how well a
/// function rounds are left out: 0, 1, -1, an infinity, the largest numbers, the argument itself.
struct Misrounded {
  std::uint64_t cases = 0;
  std::uint64_t misrounded = 0;
};

/// What a target gives where conventions matter, to nearest: of a function of one argument for each
/// x; of two for each x and y, those of one x together.
struct SpecialGrid {
  enum class State {
    kept,      ///< as the claim, or Annex F, asks
    broken,    ///< proven to be against it
    unjudged,  ///< nothing is asked
  };
  std::vector<Float> x;
  std::vector<Float> y;                   ///< empty for one argument
  std::vector<std::optional<Float>> got;  ///< none where the call did not return
  std::vector<State> states;              ///< of each of those
};

/// A state as report.json has it: + - and ?
constexpr char letter_of(SpecialGrid::State state) {
  return state == SpecialGrid::State::kept ? '+' : state == SpecialGrid::State::broken ? '-' : '?';
}
constexpr std::optional<SpecialGrid::State> state_of(char letter) {
  for (const auto state :
       {SpecialGrid::State::kept, SpecialGrid::State::broken, SpecialGrid::State::unjudged})
    if (letter_of(state) == letter) return state;
  return std::nullopt;
}

/// The largest figure of each cell of a plane of two arguments, over some thousand cases that were
/// judged for it: observed, and no bound. Cells lie between ends, and each column and each row of
/// them has about as many cases as any other.
struct HeatMap {
  std::string property;  ///< of a law: the largest share of what the claim allows; else ulps
  Rounding rounding = Rounding::nearest;
  std::vector<Float> x_ends, y_ends;  ///< ascending, one more than columns and rows
  std::vector<std::optional<double>>
      largest;  ///< row by row from the lowest y; none without a case
  std::uint64_t cases = 0;

  std::size_t columns() const { return x_ends.size() - 1; }
  std::size_t rows() const { return y_ends.size() - 1; }
};

/// What likely makes a target's errors, by the figures that show it.
struct Diagnosis {
  std::string cause;     ///< "one table entry"; "no pattern" where no model fits
  std::string evidence;  ///< the figures, in a sentence
};

/// `known`: refuted, and every finding is a known issue. `absent`: what a manifest names is not
/// installed here.
enum class TargetVerdict { stands, measured, inconclusive, refuted, failed, known, absent };
constexpr std::string_view name(TargetVerdict verdict) {
  switch (verdict) {
    case TargetVerdict::stands:
      return "stands";
    case TargetVerdict::measured:
      return "measured";
    case TargetVerdict::inconclusive:
      return "inconclusive";
    case TargetVerdict::refuted:
      return "refuted";
    case TargetVerdict::failed:
      return "failed";
    case TargetVerdict::known:
      return "known";
    case TargetVerdict::absent:
      return "not installed";
  }
  return {};
}

/// Whether anything of a target with that verdict could be asked.
constexpr bool was_tried(TargetVerdict verdict) {
  return verdict != TargetVerdict::failed && verdict != TargetVerdict::absent;
}

/// The largest error of its kind: between what was seen among some calls, and what follows for all
/// calls that were judged from their largest errors in ulps.
struct SeenError {
  double at_least = 0;  ///< rounded down
  std::vector<Float> at;
  std::uint64_t cases = 0;  ///< of so many
  /// Rounded up: no judged call errs more. Infinite where nothing follows.
  double at_most = std::numeric_limits<double>::infinity();
  std::uint64_t judged = 0;       ///< so many calls
  bool is_of_every_call = false;  ///< there are no others: at_most is a bound
};

/// How far a difference formula with the step 2^power is off, in ulps of the derivative, for the
/// arguments of a range.
struct StepError {
  int power = 0;
  double left_out = 0;   ///< by the formula, |λ − 1|, enclosed by the oracle and rounded up
  double rounding = 0;   ///< of the values by their claim, of arguments, of the formula's own steps
  double predicted = 0;  ///< the sum: no error is larger; infinite where the step may vanish
  double observed = 0;   ///< the largest that was found, rounded down
};

/// The same over the step: what is left out falls with it and what is rounded grows, a V. Nothing
/// is fitted to what was observed.
struct StepSizes {
  double from = 0;  ///< the range
  double to = 0;
  int chosen = 0;                 ///< the power of the step that the target takes
  int best = 0;                   ///< … for which least is predicted
  std::vector<StepError> errors;  ///< from the longest step to the shortest
};

/// All that was found about one target.
struct TargetResult {
  std::string name;
  std::string function;
  std::string format;
  std::string method;
  std::string shape = "scalar";
  std::string object;                    ///< which file it was: "build-id:…" or "sha256:…"
  std::vector<std::string> environment;  ///< NAME=VALUE, of its process
  Claim claim;
  std::optional<Claim> expect;  ///< what this audit asks beyond it
  TargetVerdict verdict = TargetVerdict::measured;
  bool partial = false;  ///< interrupted before all of it was tried
  std::string failure;   ///< why it could not be audited, when `failed` or `absent`
  std::vector<std::string> contradictions;  ///< of Napier with itself: each asks for a report
  std::vector<std::string> notes;           ///< inferred function, printed text, load effects…
  std::vector<LawRow> laws;                 ///< six where it was tried
  std::vector<Measurement> measurements;
  std::vector<Finding> findings;
  std::vector<KnownIssue> known_issues;     ///< those that were looked for
  std::optional<Profile> profile{};         ///< where accuracy was measured
  std::optional<Misrounded> unsaturated{};  ///< among the calls of the profile that are spread
  std::optional<SpecialGrid> special{};     ///< where special values were asked
  std::vector<HeatMap> maps{};              ///< of laws of two arguments, and of functions of two
  /// Among the calls of the profile: those whose true value is a normal number, and all with a
  /// finite one. Results are finite.
  std::optional<SeenError> relative{};
  std::optional<SeenError> absolute{};
  std::vector<Diagnosis> diagnoses{};  ///< of a refuted target
  std::optional<StepSizes> steps{};    ///< of a difference formula of the shelf
};

/// An oracle, what it promises and how the two agreed in this run.
struct OracleNote {
  std::string name;
  std::string bound;
};
struct OracleAgreement {
  std::vector<OracleNote> oracles;
  std::uint64_t agreed = 0;     ///< points at which the two independent oracles' enclosures meet
  std::uint64_t disagreed = 0;  ///< must be 0
};

}  // namespace napier
