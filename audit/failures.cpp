// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "audit/failures.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <stdexcept>

#include "lib/fp/hexfloat.hpp"
#include "props/property/property.hpp"
#include "reports/store/store.hpp"
#include "reports/text.hpp"

namespace napier {
namespace {

/// The parts of a text between marks, the empty ones too.
std::vector<std::string> parts_of(std::string_view text, char mark) {
  std::vector<std::string> parts;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t end = std::min(text.find(mark, at), text.size());
    parts.emplace_back(text.substr(at, end - at));
    at = end + 1;
  }
  return parts;
}

std::vector<Float> inputs_of(const Failure& failure) {
  const auto colon = failure.computes.rfind(':');
  const Format* format = find_format(failure.computes.substr(colon + 1));
  if (colon == std::string::npos || format == nullptr)
    throw std::invalid_argument("'" + one_line(failure.computes) + "' is no FUNCTION:FORMAT");
  std::vector<Float> inputs;
  for (const std::string& input : parts_of(failure.inputs, ','))
    inputs.push_back(parse_float(*format, input));
  return inputs;
}

Failure parsed(std::string_view line) {
  const std::size_t hash = line.find("\t# ");
  const std::vector<std::string> fields = parts_of(line.substr(0, hash), '\t');
  constexpr std::size_t wanted = 5;
  if (fields.size() != wanted)
    throw std::invalid_argument(
        "a failure is TARGET, FUNCTION:FORMAT, PROPERTY, ROUNDING and INPUTS, with tabs between");
  Failure failure{fields[0], fields[1], fields[2], fields[3], fields[4], {}};
  if (hash != line.npos) failure.told = line.substr(hash + 1);
  if (!known_property(failure.property))
    throw std::invalid_argument("no property is named '" + one_line(failure.property) + "'");
  if (!find_rounding(failure.rounding))
    throw std::invalid_argument("no rounding mode is named '" + one_line(failure.rounding) + "'");
  static_cast<void>(inputs_of(failure));
  return failure;
}

auto key_of(const Failure& f) {
  return std::tie(f.target, f.computes, f.property, f.rounding, f.inputs);
}

constexpr std::string_view heading =
    "# Witnesses of refutations: every audit in this folder asks them again. Written by napier "
    "audit "
    "--record.\n";

}  // namespace

std::vector<Failure> parse_failures(std::string_view text, const std::string& file) {
  std::vector<Failure> all;
  std::size_t number = 0;
  for (const std::string& line : parts_of(text, '\n')) {
    ++number;
    if (line.empty() || line.front() == '#') continue;
    try {
      all.push_back(parsed(line));
    } catch (const std::invalid_argument& wrong) {
      throw std::invalid_argument(fmt::format("{}:{}: {}", one_line(file), number, wrong.what()));
    }
  }
  return all;
}

std::vector<Failure> read_failures(const std::string& file) {
  std::error_code error;
  if (!std::filesystem::exists(file, error)) return {};
  return parse_failures(read_file(file), file);
}

std::string failures_text(std::vector<Failure> failures) {
  std::ranges::sort(failures);
  const auto twice = std::ranges::unique(failures, {}, key_of);
  failures.erase(twice.begin(), twice.end());
  std::string text(heading);
  for (const Failure& f : failures)
    text += fmt::format("{}\t{}\t{}\t{}\t{}{}{}\n", f.target, f.computes, f.property, f.rounding,
                        f.inputs, f.told.empty() ? "" : "\t", f.told);
  return text;
}

std::vector<Failure> failures_of(const Report& report) {
  std::vector<Failure> all;
  for (const TargetResult& target : report.targets)
    for (const Finding& finding : target.findings)
      for (const Witness* witness : {&finding.smallest, &finding.worst}) {
        if (witness->inputs.empty() || !finding.repeatable) continue;
        std::string inputs;
        for (const Float x : witness->inputs) inputs += (inputs.empty() ? "" : ",") + to_hex(x);
        std::string told = "#";
        if (witness->got) told += " got " + to_hex(*witness->got);
        if (witness->want)
          told += (witness->got ? ", right is " : " right is ") + to_hex(*witness->want);
        if (!witness->got && !witness->want) told += " " + one_line(finding.claimed);
        // A tab or a line's end in a name would be another field or line.
        all.push_back({one_line(target.name), target.function + ":" + target.format,
                       finding.property, std::string(name(finding.rounding)), std::move(inputs),
                       std::move(told)});
      }
  return all;
}

std::size_t recall(const std::vector<Failure>& failures, Candidate& candidate) {
  const std::string computes =
      fmt::format("{}:{}", candidate.target.function->name, candidate.target.format->name);
  const std::string name = one_line(candidate.target.name);
  std::size_t count = 0;
  for (const Failure& failure : failures) {
    if (failure.target != name || failure.computes != computes) continue;
    RecordedCase recorded{failure.property, *find_rounding(failure.rounding), {}};
    const std::vector<Float> inputs = inputs_of(failure);
    if (inputs.size() > recorded.point.args.size()) continue;
    for (const Float x : inputs) recorded.point.push(x);
    candidate.recorded.push_back(std::move(recorded));
    ++count;
  }
  return count;
}

}  // namespace napier
