// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "cli/candidates.hpp"

#include <algorithm>
#include <stdexcept>

#include "audit/target_string.hpp"
#include "lib/target/catalogue.hpp"

namespace napier::cli {
namespace {

Candidate foreign(const std::string& text, const ClaimOptions& options, const StopFlag* stop) {
  SharedObjectOptions shape;
  shape.function = options.function;
  shape.format = options.format;
  shape.shape = options.shape;
  shape.patience.stop = stop;
  SharedObjectTarget made = foreign_target(text, shape);
  Candidate candidate{std::move(made.target), options.text(), {}};
  candidate.target.claim = options.claim(*candidate.target.function, *candidate.target.format);
  if (!made.inferred.empty()) candidate.notes.push_back(made.inferred);
  return candidate;
}

void add_matches(const std::string& pattern, std::vector<Candidate>& all) {
  const auto matches = catalogue().match(pattern);
  if (matches.empty()) {
    std::string nearest;
    for (const std::string& name : catalogue().nearest(pattern))
      nearest += (nearest.empty() ? "; nearest: " : ", ") + name;
    throw std::invalid_argument("no target is named '" + pattern + "'" + nearest +
                                " (napier list shows all)");
  }
  for (const Target* target : matches)
    if (std::ranges::none_of(all,
                             [&](const Candidate& c) { return c.target.name == target->name; }))
      all.push_back({*target, "", {}});
}

}  // namespace

std::vector<Candidate> candidates(const std::vector<std::string>& targets,
                                  const ClaimOptions& claim, const StopFlag* stop) {
  std::vector<Candidate> all;
  bool any_foreign = false;
  for (const std::string& text : targets) {
    if (is_foreign_target(text)) {
      any_foreign = true;
      all.push_back(foreign(text, claim, stop));
    } else {
      add_matches(text, all);
    }
  }
  if (!any_foreign && !claim.first_given().empty())
    throw std::invalid_argument(
        claim.first_given() +
        " is a claim for a so: or exec: target, and none is given: those of the "
        "catalogue carry their own claims");
  return all;
}

}  // namespace napier::cli
