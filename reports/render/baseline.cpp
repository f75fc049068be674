// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "reports/render/baseline.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <set>
#include <stdexcept>
#include <tuple>

#include "reports/text.hpp"

namespace napier {
namespace {

constexpr std::string_view first_line = "# napier baseline ";
constexpr int version = 2;  // 1 had no largest errors that were only seen
constexpr std::string_view meaning =
    "# target, machine, property, state; of a bound its ulps, where they are reached, its domain; "
    "else the most ulps that were seen, and where";

constexpr std::array states{
    std::pair{Tone::refuted, "refuted"}, std::pair{Tone::inconclusive, "open"},
    std::pair{Tone::stands, "stands"}, std::pair{Tone::measured, "measured"}};

auto key_of(const Baseline::Line& line) {
  return std::tie(line.standing.target, line.machine, line.standing.check);
}

std::string state_name(Tone state) {
  const auto found = std::ranges::find(states, state, &std::pair<Tone, const char*>::first);
  return found == states.end() ? "" : found->second;
}

/// A line's fields. Names have no tabs: one_line() takes them out.
std::vector<std::string> fields_of(std::string_view line) {
  std::vector<std::string> fields;
  for (;;) {
    const std::size_t end = std::min(line.find('\t'), line.size());
    fields.emplace_back(line.substr(0, end));
    if (end == line.size()) return fields;
    line.remove_prefix(end + 1);
  }
}

double number_of(const std::string& text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || !(value >= 0))
    throw std::runtime_error("'" + one_line(text) + "' is no error in ulps");
  return value;
}

Baseline::Line line_of(std::string_view text) {
  const std::vector<std::string> fields = fields_of(text);
  constexpr std::size_t plain = 4, with_seen = 6, with_bound = 7;
  if (fields.size() != plain && fields.size() != with_seen && fields.size() != with_bound)
    throw std::runtime_error(fmt::format(
        "it has {} fields with tabs between them, and 4, 6 or 7 are wanted", fields.size()));
  const auto state =
      std::ranges::find_if(states, [&](const auto& one) { return one.second == fields[3]; });
  if (state == states.end()) throw std::runtime_error("'" + one_line(fields[3]) + "' is no state");
  Baseline::Line line{fields[1], {fields[0], fields[2], state->first, {}, {}, {}, {}}};
  if (fields.size() == plain) return line;
  if (fields.size() == with_seen) {
    const Ulp seen{number_of(fields[4])};
    line.standing.seen = UlpRange{seen, seen};
    line.standing.seen_at = fields[5];
    return line;
  }
  line.standing.bound = number_of(fields[4]);
  line.standing.at = fields[5];
  line.standing.domain = fields[6];
  return line;
}

void check_version(std::string_view text) {
  if (!is_baseline(text)) throw std::runtime_error("this is no baseline of napier");
  const std::string_view line = text.substr(0, text.find('\n'));
  const std::string found(line.substr(first_line.size()));
  if (found != std::to_string(version) && found != "1")
    throw std::runtime_error(fmt::format(
        "this is a baseline of version {}; this napier reads 1 to {}", one_line(found), version));
}

}  // namespace

std::vector<Standing> Baseline::of(const std::string& machine) const {
  std::vector<Standing> found;
  std::set<std::string> others;
  for (const Line& line : lines)
    if (line.machine == machine)
      found.push_back(line.standing);
    else
      others.insert(one_line(line.machine));
  if (!found.empty() || lines.empty()) return found;
  throw std::runtime_error(
      fmt::format("it has nothing of this machine ({}), only of {}: --update adds this one",
                  machine, fmt::join(others, " and ")));
}

std::string machine_of(const Provenance& provenance) {
  return one_line(provenance.libm + ", " + provenance.cpu_level);
}

bool is_baseline(std::string_view text) { return text.starts_with(first_line); }

Baseline baseline_from(std::string_view text) {
  check_version(text);
  Baseline baseline;
  std::size_t number = 0;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    ++number;
    if (line.empty() || line.starts_with('#')) continue;
    try {
      baseline.lines.push_back(line_of(line));
    } catch (const std::runtime_error& error) {
      throw std::runtime_error(fmt::format("line {}: {}", number, error.what()));
    }
  }
  return baseline;
}

std::string baseline_text(const Baseline& baseline) {
  std::vector<Baseline::Line> lines = baseline.lines;
  std::ranges::sort(lines, [](const auto& a, const auto& b) { return key_of(a) < key_of(b); });
  std::string text = fmt::format("{}{}\n{}\n", first_line, version, meaning);
  for (const Baseline::Line& line : lines) {
    const Standing& one = line.standing;
    text += fmt::format("{}\t{}\t{}\t{}", one_line(one.target), line.machine, one_line(one.check),
                        state_name(one.state));
    if (one.bound)
      text += fmt::format("\t{}\t{}\t{}", *one.bound, one_line(one.at), one_line(one.domain));
    else if (one.seen)
      text += fmt::format("\t{}\t{}", one.seen->hi.value, one_line(one.seen_at));
    text += '\n';
  }
  return text;
}

void update(Baseline& baseline, const Report& report) {
  const std::string machine = machine_of(report.provenance);
  const std::vector<Standing> standings = standings_of(report);
  std::set<std::string> tried;
  for (const Standing& one : standings)
    if (one.state != Tone::failed) tried.insert(one.target);
  std::erase_if(baseline.lines, [&](const Baseline::Line& line) {
    return line.machine == machine && tried.contains(line.standing.target);
  });
  for (const Standing& one : standings)
    if (one.state != Tone::failed) baseline.lines.push_back({machine, one});
}

}  // namespace napier
