// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "cli/candidates.hpp"

#include <algorithm>
#include <stdexcept>

#include "audit/collections.hpp"
#include "audit/manifest.hpp"
#include "audit/manifest/library.hpp"
#include "audit/profiles.hpp"
#include "audit/target_string.hpp"
#include "reports/text.hpp"

namespace napier::cli {
namespace {

Candidate foreign(const std::string& text, const ClaimOptions& options, const Patience& patience) {
  SharedObjectOptions shape;
  shape.function = options.function;
  shape.format = options.format;
  shape.shape = options.shape;
  shape.environment = options.environment;
  shape.patience = patience;
  SharedObjectTarget made = foreign_target(text, shape);
  Candidate candidate{std::move(made.target), options.text(), {}};
  try {
    candidate.target.claim = options.claim(*candidate.target.function, *candidate.target.format);
  } catch (const std::invalid_argument& refused) {
    if (!options.profile) throw;
    candidate.failure = candidate.target.name + ": " + refused.what();  // the others may have it
  }
  candidate.environment = options.environment;
  if (is_shared_object_target(text))
    candidate.object = identity_of_library(parse_shared_object(text).path);
  if (!made.inferred.empty()) candidate.notes.push_back(made.inferred);
  return candidate;
}

/// A function of a library that was not named by itself: what can't be tried keeps no other from
/// being so.
Candidate one_of_many(const std::string& text, const ClaimOptions& options,
                      const Patience& patience) {
  try {
    return foreign(text, options, patience);
  } catch (const std::invalid_argument& refused) {
    Candidate candidate;
    const WellKnown known = well_known(parse_shared_object(text).symbol);
    candidate.target.name = text;
    candidate.target.function = known.function;
    candidate.target.format = known.format;
    candidate.failure = refused.what();
    return candidate;
  }
}

/// One that has a name of its own, under the profile if one is given.
Candidate under_profile(Candidate candidate, const ClaimOptions& options) {
  if (!options.profile) return candidate;
  Target& target = candidate.target;
  candidate.claim_options = "--profile " + shell_word(*options.profile);
  try {
    target.claim = profile_claim(*options.profile, *target.function, *target.format);
  } catch (const std::invalid_argument& refused) {
    candidate.failure = target.name + ": " + refused.what();
  }
  return candidate;
}

void add_matches(const std::string& pattern, const ClaimOptions& options, const Patience& patience,
                 std::vector<Candidate>& all) {
  for (Candidate& candidate : select_candidates(pattern, patience))
    if (std::ranges::none_of(
            all, [&](const Candidate& c) { return c.target.name == candidate.target.name; }))
      all.push_back(under_profile(std::move(candidate), options));
}

}  // namespace

std::vector<Candidate> candidates(const std::vector<std::string>& targets,
                                  const ClaimOptions& claim, const StopFlag* stop) {
  Patience patience;
  patience.stop = stop;
  if (claim.profile) check_profile(*claim.profile);
  std::vector<Candidate> all;
  bool any_foreign = false;
  for (const std::string& text : targets) {
    if (is_manifest(text)) {
      if (claim.profile || !claim.first_given().empty())
        throw std::invalid_argument(text + " states its own claims: leave out " +
                                    (claim.profile ? "--profile" : claim.first_given()));
      std::ranges::move(manifest_candidates(text, patience), std::back_inserter(all));
    } else if (is_library(text)) {
      any_foreign = true;
      const std::size_t first = all.size();
      for (const std::string& target : library_targets(text))
        all.push_back(one_of_many(target, claim, patience));
      if (std::string others = passed_over(text); !others.empty())
        all[first].notes.push_back(std::move(others));
    } else if (is_foreign_target(text)) {
      any_foreign = true;
      all.push_back(foreign(text, claim, patience));
    } else {
      add_matches(text, claim, patience, all);
    }
  }
  if (!any_foreign && !claim.first_given().empty())
    throw std::invalid_argument(
        claim.first_given() +
        " is for so: and exec: targets, and none of these is one: targets of the catalogue carry "
        "their own claims");
  return all;
}

}  // namespace napier::cli
