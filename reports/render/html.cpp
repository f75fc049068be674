// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "reports/render/html.hpp"

#include <fmt/format.h>
#include <sha256.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <kainjow/mustache.hpp>

#include "props/subject/no_pattern.hpp"
#include "reports/render/heat_map.hpp"
#include "reports/render/html_table.hpp"
#include "reports/render/picture.hpp"
#include "reports/render/picture_data.hpp"
#include "reports/render/scatter.hpp"
#include "reports/render/step_picture.hpp"
#include "reports/render/templates.hpp"
#include "reports/store/json.hpp"
#include "reports/text.hpp"
#include "reports/view/charts.hpp"
#include "reports/view/errors.hpp"
#include "reports/view/faults.hpp"
#include "reports/view/figures.hpp"
#include "reports/view/heat.hpp"
#include "reports/view/implementations.hpp"
#include "reports/view/overview.hpp"
#include "reports/view/shown.hpp"
#include "reports/view/special.hpp"
#include "reports/view/step_chart.hpp"
#include "reports/view/view.hpp"

namespace napier {
namespace {

using Data = kainjow::mustache::data;
using Kind = Data::type;

// A name that is not set is looked for further out, so every name is set, to false where it is
// empty.
Data flag(bool on) { return Data(on ? Kind::bool_true : Kind::bool_false); }
Data text_or_false(const std::string& text) { return text.empty() ? flag(false) : Data(text); }

std::string table_text(const Table& table, std::string_view kind) {
  return table.rows.empty() ? std::string() : html_table(table, kind);
}

/// A table without its remarks: what they say stands below it, for all rows together.
std::string bare_table(Table table, std::string_view kind) {
  for (Row& row : table.rows) row.remark.clear();
  return table_text(table, kind);
}

/// Where cases were drawn is the same of many targets: what several say is told once, at the end of
/// the page, by a number.
class Places {
 public:
  explicit Places(const Report& report) {
    std::vector<std::string> all;
    for (const TargetResult& target : report.targets)
      for (const Term& place : drawn_where(target)) all.push_back(place.meaning);
    for (const std::string& place : all)
      if (std::ranges::count(all, place) > 1 && std::ranges::find(shared_, place) == shared_.end())
        shared_.push_back(place);
  }

  /// What is said of a target's.
  std::string of(const TargetResult& target) const {
    std::string text, numbered;
    for (const Term& place : drawn_where(target)) {
      const auto known = std::ranges::find(shared_, place.meaning);
      if (known == shared_.end()) {
        text += fmt::format("<p class=remark><b>{}</b> {}</p>\n", html_escaped(place.word),
                            html_escaped(place.meaning));
        continue;
      }
      const auto number = known - shared_.begin() + 1;
      numbered += fmt::format("{}<a href=#drawn-{}>{}</a> {}", numbered.empty() ? "" : "; ", number,
                              number, html_escaped(place.word));
    }
    if (!numbered.empty()) text += "<p class=remark>Cases drawn as in " + numbered + "</p>\n";
    return text;
  }

  Data list() const {
    Data all(Kind::list);
    for (const std::string& place : shared_) {
      Data one;
      one.set("id", fmt::format("drawn-{}", &place - shared_.data() + 1));
      one.set("place", place);
      all << one;
    }
    return all;
  }

 private:
  std::vector<std::string> shared_;
};

Data terms_data(std::span<const Term> terms) {
  Data list(Kind::list);
  for (const Term& term : terms) {
    Data data;
    data.set("word", term.word);
    data.set("meaning", term.meaning);
    list << data;
  }
  return list;
}

/// `is_main`: it stands for its fault, and is open; the others that show the same are closed.
Data finding_data(const NumberedFinding& numbered, bool is_main) {
  const Finding& finding = *numbered.finding;
  Data data;
  data.set("main", flag(is_main));
  data.set("told", spelled(*numbered.target, finding, finding.worst).decimal);
  data.set("number", std::to_string(numbered.number));
  data.set("charged", charged(finding));
  data.set("charge", charge(finding));
  data.set("witnesses", html_table(witness_table(finding, numbered.target->claim), "witnesses"));
  data.set("explanation", text_or_false(explained(finding)));
  data.set("once", text_or_false(std::string(when_tried_again(finding))));
  data.set("replay", text_or_false(html_command(finding.replay)));
  return data;
}

/// The largest error in the first mode that was tried, in ulps, to sort by; -1 where there is none.
double largest_size(const TargetResult& target) {
  const std::vector<LargestError> all = largest_errors(target);
  return all.empty() || !all.front().inside ? -1 : all.front().inside->max_ulp.lo.value;
}

/// What a filter offers: every value once, in the order of the report.
template <class Value>
Data choices(const Report& report, Value value_of) {
  std::vector<std::string> values;
  for (const TargetResult& target : report.targets)
    if (const std::string value = value_of(target);
        std::ranges::find(values, value) == values.end())
      values.push_back(value);
  Data list(Kind::list);
  for (const std::string& value : values) list << Data("value", value);
  return list;
}

/// As a Content-Security-Policy names the one script that may run.
std::string sha256_base64(std::string_view text) {
  SHA2_CTX context;
  SHA256Init(&context);
  SHA256Update(&context, reinterpret_cast<const std::uint8_t*>(text.data()), text.size());
  std::array<std::uint8_t, SHA256_DIGEST_LENGTH> hash{};
  SHA256Final(hash.data(), &context);
  constexpr std::string_view digits =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string base64;
  for (std::size_t i = 0; i < hash.size(); i += 3) {
    std::uint32_t three = 0;
    for (std::size_t k = 0; k < 3; ++k)
      three = three << 8 | (i + k < hash.size() ? hash[i + k] : 0U);
    for (std::size_t k = 0; k < 4; ++k)
      base64 += i + k <= hash.size() ? digits[three >> (18 - 6 * k) & 63] : '=';
  }
  return base64;
}

/// In another mode than the first that was tried.
bool is_refuted_elsewhere(const TargetResult& target) {
  return std::ranges::any_of(target.findings, [&](const Finding& finding) {
    return !target.measurements.empty() && finding.rounding != target.measurements.front().rounding;
  });
}

/// The pictures of a target, and what the script tells of those in its first mode.
void set_charts(Data& data, const TargetResult& target, std::size_t index, PictureData& told) {
  std::vector<BarChart> charts = profile_charts(target);
  // Folded errors tell where a table is wrong; of who stands they tell nothing.
  if (charts.size() > 1 && target.verdict != TargetVerdict::refuted) charts.resize(1);
  const std::size_t of_profile = charts.size();
  std::vector<BarChart> modes = error_charts(target);
  if (!is_refuted_elsewhere(target)) modes.resize(std::min<std::size_t>(modes.size(), 1));
  std::ranges::move(modes, std::back_inserter(charts));
  Data usual(Kind::list), others(Kind::list);
  for (std::size_t i = 0; i < charts.size(); ++i) {
    const std::string key = fmt::format("chart-{}-{}", index + 1, i + 1);
    const bool first_mode = i <= of_profile;
    Data one;
    one.set("title", charts[i].title);
    one.set("picture", picture(charts[i], key));
    one.set("caption", charts[i].caption);
    (first_mode ? usual : others) << one;
    if (first_mode) told.add(charts[i], key);
  }
  data.set("charts", usual);
  data.set("other_modes?", flag(charts.size() > of_profile + 1));
  data.set("other_modes", others);
}

/// The planes of a target's laws and of its errors.
void set_maps(Data& data, const std::vector<HeatChart>& charts) {
  Data maps(Kind::list);
  for (const HeatChart& chart : charts) {
    Data one;
    one.set("title", chart.title);
    one.set("picture", heat_map(chart));
    one.set("caption", chart.caption);
    maps << one;
  }
  data.set("maps?", flag(!charts.empty()));
  data.set("maps", maps);
}

Data target_data(const Report& report, std::size_t index, const Places& places, PictureData& told) {
  const TargetResult& target = report.targets[index];
  const VerdictLine line = verdict_line(target);
  Data data;
  data.set("id", anchor(index));
  // What is in order is read by whoever opens it; a single target is what the reader came for.
  const bool closed =
      target.verdict == TargetVerdict::stands || target.verdict == TargetVerdict::measured;
  data.set("open", flag(!closed || report.targets.size() == 1));
  data.set("tone", std::string(class_of(tone_of(target.verdict))));
  data.set("verdict", std::string(name(target.verdict)));
  data.set("word", line.word);
  data.set("target", line.target);
  data.set("name", html_name(line.target));
  data.set("function", target.function);
  data.set("format", target.format);
  data.set("error", fmt::format("{:.6g}", largest_size(target)));
  data.set("reason", line.reason);
  data.set("terms", terms_data(target_terms(target)));
  const bool tried = was_tried(target.verdict);
  const auto table = [&](const char* name, const Table& rows) {
    data.set(name, text_or_false(tried ? table_text(rows, name) : ""));
  };
  data.set("laws", text_or_false(tried ? bare_table(law_table(target, true), "laws") : ""));
  data.set(
      "measurements",
      text_or_false(tried ? bare_table(measurement_table(target, false), "measurements") : ""));
  const std::vector<Term> plain = tried ? plain_measurements(target) : std::vector<Term>{};
  data.set("plain?", flag(!plain.empty()));
  data.set("plain", terms_data(plain));
  data.set("drawn", text_or_false(tried ? places.of(target) : ""));
  table("errors", errors_table(target));
  // Of who stands the picture tells as much.
  table("profile", closed && report.targets.size() > 1 ? Table{} : profile_table(target));
  table("binades", closed && report.targets.size() > 1 ? Table{} : binades_table(target));
  table("special", closed && report.targets.size() > 1 ? Table{} : special_table(target));
  set_charts(data, target, index, told);
  set_maps(data,
           closed && report.targets.size() > 1 ? std::vector<HeatChart>{} : heat_charts(target));
  data.set("steps", text_or_false(target.steps ? step_picture(*target.steps) : ""));
  data.set("steps_said", text_or_false(target.steps ? step_text(*target.steps) : ""));
  table("steps_table", target.steps ? step_table(*target.steps) : Table{});
  data.set("findings?", flag(!target.findings.empty()));
  Data list(Kind::list);
  for (const Fault& fault : faults(report, target)) {
    list << finding_data(fault.shown, true);
    for (const NumberedFinding& other : fault.others) list << finding_data(other, false);
  }
  data.set("findings", list);
  return data;
}

Data counts_data(const Report& report) {
  Data list(Kind::list);
  for (const VerdictCount& count : verdict_counts(report)) {
    Data data;
    data.set("tone", std::string(class_of(tone_of(count.verdict))));
    data.set("count", std::to_string(count.count));
    data.set("word", count.word);
    list << data;
  }
  return list;
}

/// What does not stand, gravest first, in a line each.
void set_urgent(Data& page, const Report& report) {
  Data list(Kind::list);
  std::size_t count = 0;
  for (const std::size_t place : by_gravity(report)) {
    const TargetResult& target = report.targets[place];
    if (target.verdict == TargetVerdict::stands || target.verdict == TargetVerdict::measured)
      continue;
    constexpr std::size_t most = 12;  // the table below has the rest
    if (report.targets.size() == 1 || ++count > most) break;
    const VerdictLine line = verdict_line(target);
    Data one;
    one.set("tone", std::string(class_of(tone_of(target.verdict))));
    one.set("id", anchor(place));
    one.set("name", html_name(line.target));
    one.set("reason", line.reason);
    const bool is_explained =
        !target.diagnoses.empty() && target.diagnoses.front().cause != no_pattern;
    one.set("cause", text_or_false(is_explained ? target.diagnoses.front().cause : ""));
    list << one;
  }
  page.set("urgent?", flag(count > 0));
  page.set("urgent", list);
}

/// What has changed since an older report; none is told where there is nothing to compare with.
void set_changes(Data& page, const std::vector<Compared>* changes, const std::string& base) {
  page.set("changes?", flag(changes != nullptr));
  page.set(
      "changes",
      text_or_false(changes == nullptr ? "" : table_text(comparison_table(*changes), "changes")));
  page.set("changes_text", changes == nullptr ? "" : comparison_text(*changes));
  page.set("base", base);
}

Data page_data(const Report& report, const std::string& digest) {
  Data page;
  set_urgent(page, report);
  page.set("version", report.provenance.version);
  page.set("style", std::string(templates::report_css));
  page.set("script", std::string(templates::report_js));
  page.set("script_hash", sha256_base64(templates::report_js));
  page.set("outcome", outcome(report));
  page.set("counts", counts_data(report));
  const std::vector<Term> oracles = oracle_terms(report.oracles);
  page.set("alarm", report.oracles.disagreed > 0 ? Data(oracles.back().meaning) : flag(false));
  page.set("partial", text_or_false(partial_text(report)));
  Data targets(Kind::list);
  PictureData told;
  const Places places(report);
  const std::vector<std::size_t> order = by_gravity(report);
  for (const std::size_t place : order) targets << target_data(report, place, places, told);
  page.set("places?", flag(!places.list().list_value().empty()));
  page.set("places", places.list());
  Table summary = summary_table(report);
  for (std::size_t row = 0; row < order.size(); ++row)
    summary.rows[row].cells[1].target = order[row];
  page.set("summary", html_table(summary, "summary", true));
  page.set(
      "matrix",
      text_or_false(report.targets.size() > 1 ? table_text(error_matrix(report), "matrix") : ""));
  const bool several = report.targets.size() > 1;
  const auto overview = [&](const char* name, const Table& rows) {
    page.set(name, text_or_false(several ? table_text(rows, name) : ""));
  };
  const std::vector<SpeedPoint> speeds = speed_points(report);
  page.set("calls_picture", text_or_false(speeds.size() > 1 ? scatter(speeds) : ""));
  page.set("calls", text_or_false(speeds.empty() ? "" : table_text(speed_table(speeds), "calls")));
  page.set(
      "implementations",
      text_or_false(are_rivals(report) ? table_text(implementation_table(report), "implementations")
                                       : ""));
  page.set("implementations_meaning", std::string(implementations_meaning));
  overview("kinship", kinship_table(report));
  overview("regions", region_table(report));
  page.set("matrix_meaning", std::string(matrix_meaning));
  page.set("many", flag(report.targets.size() > 1));
  page.set("verdicts", choices(report, [](const TargetResult& target) {
             return std::string(name(target.verdict));
           }));
  page.set("functions", choices(report, [](const TargetResult& t) { return t.function; }));
  page.set("formats", choices(report, [](const TargetResult& t) { return t.format; }));
  page.set("told", told.text());
  page.set("marks_meaning", std::string(marks_meaning) + std::string(marks_share));
  page.set("targets", targets);
  page.set("truth_values", terms_data(truth_values()));
  page.set("verdict_meanings", terms_data(verdict_meanings()));
  page.set("column_meanings", terms_data(column_meanings()));
  page.set("oracles", terms_data(oracles));
  page.set("provenance", terms_data(provenance_terms(report.provenance, digest)));
  page.set("budgets",
           text_or_false(table_text(budget_table(report.provenance.budgets), "budgets")));
  page.set(
      "performance",
      text_or_false(report.performance ? table_text(performance_table(*report.performance), "speed")
                                       : ""));
  return page;
}

}  // namespace

namespace {

std::string rendered(const Report& report, const std::vector<Compared>* changes,
                     const std::string& base) {
  kainjow::mustache::mustache page{std::string(templates::report_html)};
  Data data = page_data(shown(report), digest(report));
  set_changes(data, changes, base);
  return page.render(data);
}

}  // namespace

std::string render_html(const Report& report) { return rendered(report, nullptr, {}); }

std::string render_html(const Report& report, const std::vector<Compared>& changes,
                        const std::string& base) {
  return rendered(report, &changes, base);
}

}  // namespace napier
