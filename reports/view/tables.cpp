// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include <fmt/format.h>

#include <algorithm>

#include "reports/view/errors.hpp"
#include "reports/view/figures.hpp"
#include "reports/view/speed.hpp"
#include "reports/view/view.hpp"

namespace napier {
namespace {

/// What the columns mean stands in the legend.
Column column(std::string title, bool number = true, bool optional = false) {
  for (const Term& term : column_meanings())
    if (term.word == title) return {title, term.meaning, number, optional};
  return {std::move(title), {}, number, optional};
}

Cell number(std::string text, Tone tone = Tone::plain) { return {std::move(text), tone}; }
Cell code(std::string text) { return {std::move(text), Tone::plain, true}; }

/// A count that should be none.
Cell fault_count(std::uint64_t count, Tone tone) {
  return number(count_text(count), count > 0 ? tone : Tone::plain);
}

template <class Rows>
bool all_nearest(const Rows& rows) {
  return std::ranges::all_of(rows,
                             [](const auto& row) { return row.rounding == Rounding::nearest; });
}

/// The measurement that a row of the law table sums up; null if there is none.
const Measurement* measurement_of(const TargetResult& target, const LawRow& law) {
  const auto found = std::ranges::find_if(target.measurements, [&law](const Measurement& m) {
    return m.property == law.name && m.rounding == law.rounding;
  });
  return found == target.measurements.end() ? nullptr : &*found;
}

/// The measurements that no row of the law table sums up.
std::vector<Measurement> others(const TargetResult& target) {
  std::vector<Measurement> rest;
  for (const Measurement& m : target.measurements)
    if (std::ranges::none_of(target.laws, [&](const LawRow& law) {
          return measurement_of(target, law) == &m && law.not_applicable.empty();
        }))
      rest.push_back(m);
  return rest;
}

/// Where it was asked, and why some cases stayed undecided.
std::string remark_on(const Measurement& m, bool with_domain) {
  std::string remark;
  if (with_domain)
    remark = fmt::format("{}{}{}{}", m.judged ? "" : "measured only, ", name(m.strength),
                         m.domain.empty() ? "" : " over ", m.domain);
  if (m.undecided_cap + m.undecided_no_answer > 0)
    remark += (remark.empty() ? "" : "; ") + ("undecided: " + undecided_text(m));
  for (const StatisticFigure& statistic : m.statistics)
    remark += fmt::format("{}{}: {} to {}, {}", remark.empty() ? "" : "; ", statistic.claimed,
                          decimal(statistic.lo, 4, Rounding::down),
                          decimal(statistic.hi, 4, Rounding::up), name(statistic.state));
  return remark;
}

/// "≥ 2.87 ulp"; a bound where every case was asked; infinite where one side overflows.
std::string user_text(Ulp ulps, bool every_case) {
  if (ulps == infinite_ulp) return "infinite";
  return (every_case ? "" : "≥ ") + decimal(ulps.value, 3, Rounding::down) + " ulp";
}

/// The share of the claim that was used up. How far a refuted case is beyond it is not always a
/// figure (an infinity, an empty set): then that it is. Nor is how many times as much, beyond ten.
std::string share_text(double share, bool refuted) {
  constexpr double readable = 10;
  if (share > readable && !std::isinf(share)) return "> 1000 %";
  return refuted && share <= 1 ? "> 100 %" : percent_text(share);
}

Row law_row(const LawRow& law, bool with_mode, bool every_case) {
  const Tone state = state_of(law);
  Row row;
  row.cells.push_back({std::string(mark_of(state)), state});
  row.cells.push_back({law.number + " " + law.name, Tone::plain, false, law.statement});
  if (with_mode) row.cells.push_back({std::string(name(law.rounding))});
  if (!law.not_applicable.empty()) {
    row.cells.push_back({"not applicable: " + law.not_applicable, Tone::quiet});
    return row;
  }
  row.cells.push_back(number(count_text(law.cases)));
  if (law.judged) {
    row.cells.push_back(fault_count(law.refuted, Tone::refuted));
    row.cells.push_back(fault_count(law.undecided, Tone::inconclusive));
    row.cells.push_back(number(law.cases == 0 ? "–"
                                              : percent_text(static_cast<double>(law.vacuous) /
                                                             static_cast<double>(law.cases))));
    row.cells.push_back(number(decimal(law.median_resolution, 2, Rounding::nearest) + " ulp"));
    Cell share = number(share_text(law.largest_share, law.refuted > 0));
    share.share = law.refuted > 0 ? 1 : law.largest_share;
    if (law.refuted > 0) share.tone = Tone::refuted;
    row.cells.push_back(share);
  } else {
    for (int unjudged = 0; unjudged < 5; ++unjudged) row.cells.push_back(number("–", Tone::quiet));
  }
  const bool seen = !law.user_at.empty();
  row.cells.push_back(number(seen ? user_text(law.user_ulps, every_case) : "–"));
  row.cells.push_back(seen ? arguments_cell(law.user_at) : Cell{"–", Tone::quiet});
  return row;
}

Row measurement_row(const Measurement& m, const Claim& claim, bool with_mode) {
  const Tone state = state_of(m);
  const bool distances = !m.at.empty();
  const std::uint64_t undecided = m.undecided_cap + m.undecided_no_answer;
  Row row;
  row.cells.push_back({std::string(mark_of(state)), state});
  // The search is another row of the same property: its arguments lie where errors are large.
  const bool search = m.strength == Strength::searched;
  row.cells.push_back({m.property + (search ? " (search)" : "")});
  if (with_mode) row.cells.push_back({std::string(name(m.rounding))});
  row.cells.push_back(number(count_text(m.cases)));
  row.cells.push_back(m.judged        ? fault_count(m.refuted, Tone::refuted)
                      : m.refuted > 0 ? number(count_text(m.refuted), Tone::quiet)
                                      : number("–", Tone::quiet));
  row.cells.push_back(fault_count(undecided, Tone::inconclusive));
  row.cells.push_back(distances || m.misrounded > 0 ? number(part_text(m.misrounded, m.cases))
                                                    : number("–", Tone::quiet));
  row.cells.push_back(largest_error_cell(m, claim));
  row.cells.push_back(distances ? arguments_cell(m.at) : Cell{"–", Tone::quiet});
  row.remark = remark_on(m, true);
  return row;
}

/// Whether nothing is to be said of it but how many cases were asked.
bool is_plain(const Measurement& m) {
  const bool undecided = m.undecided_cap + m.undecided_no_answer > 0;
  return m.at.empty() && m.misrounded == 0 && !undecided && m.statistics.empty() &&
         state_of(m) != Tone::refuted;
}

/// Rows that differ in their mode alone are one row with all of these modes.
void join_modes(std::vector<Row>& rows, std::size_t mode) {
  const auto all_but_mode = [mode](const Row& row) {
    std::string text = row.remark;
    for (std::size_t i = 0; i < row.cells.size(); ++i)
      if (i != mode) text += "\n" + row.cells[i].text;
    return text;
  };
  std::vector<Row> joined;
  for (Row& row : rows) {
    const auto alike = std::ranges::find(joined, all_but_mode(row), all_but_mode);
    if (alike == joined.end())
      joined.push_back(std::move(row));
    else
      alike->cells[mode].text += ", " + row.cells[mode].text;
  }
  rows = std::move(joined);
}

/// The laws' numbers that occur, in order.
std::vector<std::string> law_numbers(const Report& report) {
  std::vector<std::string> numbers;
  for (const TargetResult& target : report.targets)
    for (const LawRow& law : target.laws)
      if (std::ranges::find(numbers, law.number) == numbers.end()) numbers.push_back(law.number);
  return numbers;
}

/// A target's verdict on a law: of several modes the gravest.
Cell law_cell(const TargetResult& target, const std::string& number) {
  const auto gravity = [](Tone tone) {
    return tone == Tone::refuted        ? 4
           : tone == Tone::inconclusive ? 3
           : tone == Tone::stands       ? 2
           : tone == Tone::measured     ? 1
                                        : 0;
  };
  Tone state = Tone::quiet;
  double share = 0;
  bool refuted = false;
  for (const LawRow& law : target.laws) {
    if (law.number != number) continue;
    refuted = refuted || law.refuted > 0;
    if (gravity(state_of(law)) > gravity(state)) state = state_of(law);
    if (law.judged) share = std::max(share, law.largest_share);
  }
  Cell cell{std::string(mark_of(state)), state};
  if (state == Tone::stands || state == Tone::refuted) cell.beside = share_text(share, refuted);
  return cell;
}

}  // namespace

Table summary_table(const Report& report) {
  Table table;
  const std::vector<std::string> numbers = law_numbers(report);
  table.columns = {column("verdict", false), column("target", false), column("claim", false, true)};
  for (const std::string& law : numbers) table.columns.push_back(column(law, false));
  table.columns.push_back(column("largest error"));
  for (const std::size_t place : by_gravity(report)) {
    const TargetResult& target = report.targets[place];
    const VerdictLine line = verdict_line(target);
    Row row{{{line.word, tone_of(target.verdict)}, code(line.target), {describe(target.claim)}},
            {}};
    if (!was_tried(target.verdict)) {
      row.cells.push_back({"could not be audited", Tone::quiet});
    } else {
      for (const std::string& law : numbers) row.cells.push_back(law_cell(target, law));
      row.cells.push_back(largest_error_cell(target));
    }
    table.rows.push_back(std::move(row));
  }
  return table;
}

Table law_table(const TargetResult& target, bool with_domains) {
  Table table;
  const bool with_mode = !all_nearest(target.laws);
  table.columns = {column("", false), column("law", false)};
  if (with_mode) table.columns.push_back(column("rounding", false));
  for (const char* title :
       {"cases", "refuted", "undecided", "vacuous", "resolution", "share", "a user sees"})
    table.columns.push_back(column(title));
  table.columns.push_back(column("at", false, true));
  for (const LawRow& law : target.laws) {
    const Measurement* m = measurement_of(target, law);
    Row row = law_row(law, with_mode, m != nullptr && m->strength == Strength::exhaustive);
    if (m != nullptr && law.not_applicable.empty()) row.remark = remark_on(*m, with_domains);
    table.rows.push_back(std::move(row));
  }
  return table;
}

Table measurement_table(const TargetResult& target, bool with_plain) {
  Table table;
  std::vector<Measurement> measurements = others(target);
  if (!with_plain) std::erase_if(measurements, is_plain);
  const bool with_mode = !all_nearest(measurements);
  table.columns = {column("", false), column("property", false)};
  if (with_mode) table.columns.push_back(column("rounding", false));
  for (const char* title : {"cases", "refuted", "undecided", "misrounded", "largest error"})
    table.columns.push_back(column(title));
  table.columns.push_back(column("at", false));
  for (const Measurement& m : measurements)
    table.rows.push_back(measurement_row(m, target.claim, with_mode));
  constexpr std::size_t mode = 2;
  if (with_mode) join_modes(table.rows, mode);
  return table;
}

std::vector<Term> plain_measurements(const TargetResult& target) {
  struct Plain {
    std::string property, cases, modes, remark;
    bool judged;
  };
  std::vector<Plain> all;
  for (const Measurement& m : others(target)) {
    if (!is_plain(m)) continue;
    Plain one{m.property, counted(m.cases, "case", "cases"), std::string(name(m.rounding)),
              remark_on(m, true), m.judged};
    // Nobody claims it: how often it was otherwise is told, and is no fault.
    if (m.refuted > 0) one.cases += fmt::format(", in {} of them otherwise", count_text(m.refuted));
    const auto alike = std::ranges::find_if(all, [&](const Plain& other) {
      return other.property == one.property && other.cases == one.cases &&
             other.remark == one.remark;
    });
    if (alike == all.end())
      all.push_back(std::move(one));
    else
      alike->modes += ", " + one.modes;
  }
  std::vector<Term> terms;
  for (const bool judged : {true, false}) {
    std::string text;
    for (const Plain& one : all)
      if (one.judged == judged)
        text += fmt::format("{}{} ({}{})", text.empty() ? "" : "; ", one.property, one.cases,
                            one.modes == "nearest" ? "" : "; " + one.modes);
    if (!text.empty()) terms.push_back({judged ? "stands" : "measured", std::move(text)});
  }
  return terms;
}

std::vector<Term> drawn_where(const TargetResult& target) {
  std::vector<Term> all;
  const auto add = [&](const std::string& whose, std::string remark) {
    if (remark.empty()) return;
    const auto known = std::ranges::find(all, remark, &Term::meaning);
    if (known == all.end())
      all.push_back({whose, std::move(remark)});
    else if (std::string names = ", " + known->word + ",";
             names.find(", " + whose + ",") == names.npos)
      known->word += ", " + whose;
  };
  for (const LawRow& law : target.laws)
    if (const Measurement* m = measurement_of(target, law); m && law.not_applicable.empty())
      add(law.number + " " + law.name, remark_on(*m, true));
  for (const Measurement& m : others(target)) add(m.property, remark_on(m, true));
  return all;
}

Table budget_table(const std::vector<Budget>& budgets) {
  Table table{{column("cases of each property"), column("of", false)}, {}};
  std::vector<std::pair<std::uint64_t, std::string>> groups;  // a row each
  for (const Budget& budget : budgets) {
    const std::size_t mark = std::min(budget.property.find(':'), budget.property.size());
    std::string property = budget.property.substr(0, mark);
    std::string of = mark < budget.property.size() ? budget.property.substr(mark + 1) : "laws";
    constexpr std::string_view binary = " of two arguments";
    if (property.ends_with(binary)) {
      property.resize(property.size() - binary.size());
      of += ", two arguments";
    }
    const auto place = std::ranges::find(groups, std::pair(budget.cases, of)) - groups.begin();
    const auto row = static_cast<std::size_t>(place);
    if (row == groups.size()) {
      groups.emplace_back(budget.cases, of);
      table.rows.push_back({{number(count_text(budget.cases)), {of}}, property});
    } else {
      table.rows[row].remark += ", " + property;
    }
  }
  return table;
}

Table performance_table(const std::vector<Timing>& performance) {
  Table table{{column("target", false), column("property", false), column("cases"),
               column("seconds"), column("cases a second")},
              {}};
  for (const Timing& timing : performance) {
    if (timing.property == timing_of_calls) continue;  // speed_table() tells
    const double speed =
        timing.seconds > 0 ? static_cast<double>(timing.cases) / timing.seconds : 0;
    table.rows.push_back({{code(timing.target),
                           {timing.property},
                           number(count_text(timing.cases)),
                           number(decimal(timing.seconds, 3, Rounding::nearest)),
                           number(speed > 0 ? count_text(static_cast<std::uint64_t>(speed)) : "–")},
                          {}});
  }
  return table;
}

}  // namespace napier
