// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "audit/twins.hpp"

#include <algorithm>
#include <stdexcept>

#include <fmt/format.h>

#include "audit/collections.hpp"
#include "audit/recorded_table.hpp"
#include "audit/target_string.hpp"
#include "lib/target/catalogue.hpp"
#include "reports/text.hpp"

namespace napier {
namespace {

/// A target that was not opened: that of the run, of the catalogue, or of the string.
Target named(const Target& of, const std::string& name, const std::vector<Candidate>& others) {
  for (const Candidate& other : others)
    if (other.target.name == name && other.target.function == of.function) return other.target;
  for (const Candidate& other : others)
    if (other.target.name == name) return other.target;
  if (is_foreign_target(name)) {
    SharedObjectOptions options;
    options.function = of.function->name;
    options.format = of.format->name;
    return foreign_target(name, options).target;
  }
  if (const Target* known = catalogue().find(name)) return *known;
  const auto all = select_candidates(name);  // refuses what is unknown, with the nearest names
  if (all.size() != 1)
    throw std::invalid_argument(fmt::format("'{}' names {} targets: add the format, as in {}", name,
                                            all.size(), all.front().target.name));
  if (!all.front().absent.empty()) throw std::invalid_argument(all.front().absent);
  return all.front().target;
}

void check_same(const Target& of, std::string_view name, const Function* function,
                const Format* format) {
  if (function == of.function && format == of.format) return;
  throw std::invalid_argument(
      fmt::format("{} is {} of {}, and this is {} of {}: only results of one function in one "
                  "format are compared",
                  name, function->name, format->name, of.function->name, of.format->name));
}

Twin table(const Target& of, const std::string& name) {
  auto results = read_table(file_of_table(name));
  check_same(of, one_line(name), results->function, results->format);
  return {name, {}, [results] { return recorded_caller(results); }, results};
}

Twin twin(const Target& of, const std::string& name, const std::vector<Candidate>& others) {
  if (is_recorded_table(name)) return table(of, name);
  const Target found = named(of, name, others);
  check_same(of, found.name, found.function, found.format);
  return {name, found.shape, found.open};
}

/// Once, however often twins are looked for.
void note_table(const Twin& twin, std::vector<std::string>& notes) {
  std::string note =
      fmt::format("{} has the results of {}", one_line(twin.name), words_of(*twin.recorded));
  if (std::ranges::find(notes, note) == notes.end()) notes.push_back(std::move(note));
}

}  // namespace

void find_twins(Target& target, const Claim& claim, const std::vector<Candidate>& others) {
  if (claim.equals.empty() || target.twin_of(claim) != nullptr) return;
  try {
    target.twins.push_back(std::make_shared<const Twin>(twin(target, claim.equals, others)));
  } catch (const std::exception& refused) {  // a file that can't be read, too
    throw std::invalid_argument(
        fmt::format("{}: 'equals {}': {}", target.name, claim.equals, refused.what()));
  }
}

void find_twins(std::vector<Candidate>& candidates) {
  for (Candidate& candidate : candidates) {
    if (!candidate.failure.empty() || !candidate.absent.empty()) continue;
    try {
      find_twins(candidate.target, candidate.target.claim, candidates);
      if (candidate.expect) find_twins(candidate.target, *candidate.expect, candidates);
      for (const auto& twin : candidate.target.twins)
        if (twin->recorded) note_table(*twin, candidate.notes);
    } catch (const std::invalid_argument& refused) {
      candidate.failure = refused.what();
    }
  }
}

}  // namespace napier
