// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "reports/report.hpp"

// What every format says: sentences and tables of text, of a report that is shown()
// (reports/view/shown.hpp). A renderer only lays them out, so that a terminal, a job summary and
// a page never disagree. Each group below has a source of its own: finding.cpp, tables.cpp,
// overview.cpp, legend.cpp ….
namespace napier {

/// How a text is meant; a format that has colours shows it by one.
enum class Tone { plain, stands, refuted, inconclusive, measured, failed, quiet };

/// The tone of a target's verdict.
Tone tone_of(TargetVerdict verdict);

struct Cell {
  std::string text;
  Tone tone = Tone::plain;
  bool code = false;   ///< exact data: a name, a hex float
  std::string beside;  ///< said of it in small letters; the first to go in a narrow table
  std::optional<double> share{};        ///< of a whole, for a bar; above 1 it is full
  std::optional<std::size_t> target{};  ///< the place in the report of the target that it tells of
};

/// Arguments in decimal, and in hex beside where that tells more.
Cell arguments_cell(std::span<const Float> arguments);

struct Column {
  std::string title;
  std::string meaning;    ///< empty if the title says it all
  bool number = false;    ///< set flush right
  bool optional = false;  ///< left out where a table is too wide
};

/// The last cell of a short row spans the columns that are left.
struct Row {
  std::vector<Cell> cells;
  std::string remark;  ///< said below the row
};

struct Table {
  std::vector<Column> columns;
  std::vector<Row> rows;
};

/// The verdict line in its parts: "REFUTED", the target, and why.
struct VerdictLine {
  TargetVerdict verdict = TargetVerdict::measured;
  std::string word;
  std::string target;
  std::string reason;
  std::string text() const { return word + " " + target + " — " + reason; }
};
VerdictLine verdict_line(const TargetResult& target);

/// "12 targets: 9 stand, 2 refuted, 1 measured".
std::string outcome(const Report& report);
/// That the audit was interrupted and what that means; empty if it was not.
std::string partial_text(const Report& report);
/// The verdicts that occur, gravest first, with their numbers.
struct VerdictCount {
  TargetVerdict verdict;
  std::string word;  ///< "refuted"
  std::size_t count;
};
std::vector<VerdictCount> verdict_counts(const Report& report);

/// The places of the targets: the gravest verdicts first, those alike as they stand.
std::vector<std::size_t> by_gravity(const Report& report);
/// One row a target, by_gravity(): its verdict on each law, and the largest error.
Table summary_table(const Report& report);
/// The largest errors of many targets: one row for all formats of a function, a column a format, a
/// mark before each figure whose target does not stand. Its cells say whose they are.
Table error_matrix(const Report& report);
/// The law table: six rows; with their domains below them if asked for.
Table law_table(const TargetResult& target, bool with_domains);
/// One row a measurement, but for those that stand in the law table, and without the plain ones
/// where plain_measurements() tells them.
Table measurement_table(const TargetResult& target, bool with_plain = true);
/// How many errors lie in which range, a row a measurement that has any.
Table errors_table(const TargetResult& target);
/// The largest errors by binades, in nearest if that was tried: neighbouring ones together, so that
/// it is a short table. report.json has them all.
Table binades_table(const TargetResult& target);
/// How many cases were asked of which properties, a row for each number and format.
Table budget_table(const std::vector<Budget>& budgets);
/// How long judging took.
Table performance_table(const std::vector<Timing>& performance);

/// Whose words were broken, and which: "claimed <= 1 ulp", "asked for <= 1 ulp", "required of
/// every target: every call returns".
std::string promise(const Finding& finding);
/// What was refuted: "law 1.1 product, rounding up,".
std::string charged(const Finding& finding);
/// And how: "breaks the claim "<= 1 ulp" in 12 cases".
std::string charge(const Finding& finding);
/// What is wrong in a few words: "3.2 ulp", "got inf, right is 0x0p+0", "raised overflow, where
/// Annex F asks for no flag"; empty if it is not known.
std::string wrong(const Finding& finding, const Witness& witness, const Claim& claim);
/// The same in full: "at 0x1p+0: got 0x1.8p+1, right is 0x1.5bf0a8b145769p+1, off by 3.2 ulp".
/// Where a case is made of several calls it begins with the one to blame.
std::string sentence(const Finding& finding, const Witness& witness, const Claim& claim);
/// The same as a table: the smallest witness and the worst, or the one that is both.
Table witness_table(const Finding& finding, const Claim& claim);
/// Whether the smallest witness is also the worst.
bool same_case(const Finding& finding);
/// Why the smallest witness is a proof, in several lines; it says that it is of the smallest where
/// the worst is another. Empty where nothing is to be told.
std::string explained(const Finding& finding);
/// Said of a finding that is not repeatable: what came of it when it was tried once more; empty of
/// others, and where it was not tried.
std::string_view when_tried_again(const Finding& finding);
/// Part of an explanation, where it was not.
inline constexpr std::string_view not_tried_again = "interrupted before it was asked again";

/// A word and what it stands for.
struct Term {
  std::string word;
  std::string meaning;
};
/// What made the report: seed, effort, build and machine; its digest is last.
std::vector<Term> provenance_terms(const Provenance& provenance, const std::string& digest);
/// How far the oracles can be relied on; the last line says how they agreed.
std::vector<Term> oracle_terms(const OracleAgreement& oracles);
/// Where a claim holds: "x in [0, 700]"; empty for everywhere.
std::string describe_domain(const ClaimDomain& domain);
/// What is known of a target beside its name: function, claim, its source, method, notes.
std::vector<Term> target_terms(const TargetResult& target);
/// Of these what a reader must know at once: likely causes, contradictions and notes.
std::vector<Term> remarks_on(const TargetResult& target);
/// The measurements of which nothing is to be told but their cases, in a line for those that stand
/// and one for those that nobody claims: "overflow (16,392 cases); …".
std::vector<Term> plain_measurements(const TargetResult& target);
/// Where the cases of laws and other properties were drawn, each place once with those whose it is:
/// "1.1 product, 1.3 quotient": "sampled over wide, core".
std::vector<Term> drawn_where(const TargetResult& target);
/// Its laws and other properties by their states, a list each: what is refuted, what was left open,
/// what stands, what was only measured.
std::vector<Term> state_terms(const TargetResult& target);

/// The three truth values of a case, the verdicts on a target, and the columns.
std::span<const Term> truth_values();
std::span<const Term> verdict_meanings();
std::span<const Term> column_meanings();
/// What the marks in the columns of the laws mean.
inline constexpr std::string_view marks_meaning =
    "✓ stands, ✗ refuted, ? inconclusive, · measured only, – not applicable";
/// What the marks in front of the largest errors mean.
inline constexpr std::string_view matrix_meaning =
    "= a bound: every argument was tried; ≥ the largest seen; ✗ refuted, ? inconclusive, · "
    "measured "
    "only";
/// What stands beside them.
inline constexpr std::string_view marks_share =
    "; in per cent the share of what the claim allows that was used up";

}  // namespace napier
