// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "cli/candidates.hpp"

#include <algorithm>
#include <stdexcept>

#include "audit/collections.hpp"
#include "audit/manifest.hpp"
#include "audit/manifest/library.hpp"
#include "audit/profiles.hpp"
#include "audit/recorded_table.hpp"
#include "audit/target_string.hpp"
#include "lib/target/outputs.hpp"
#include "reports/text.hpp"

namespace napier::cli {
namespace {

SharedObjectOptions target_options(const ClaimOptions& options, const Patience& patience) {
  SharedObjectOptions said;
  said.function = options.function;
  said.format = options.format;
  said.shape = options.shape;
  said.environment = options.environment;
  said.patience = patience;
  return said;
}

void state_claim(Target& target, const ClaimOptions& options) {
  if (parse_signature(target.shape).judged.order == 0) {
    target.claim = options.claim(*target.function, *target.format);
  } else {
    target.claim = options.claim_of_derivative(*target.function, *target.format);
    claim_of_value(target, options.claim(*target.function->primal, *target.format));
  }
}

Candidate foreign(const std::string& text, const ClaimOptions& options, const Patience& patience) {
  SharedObjectTarget made = foreign_target(text, target_options(options, patience));
  Candidate candidate{std::move(made.target), options.text(), {}};
  try {
    state_claim(candidate.target, options);
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

/// A function that was named by itself: each of its outputs is a candidate.
void add_foreign(const std::string& text, const ClaimOptions& options, const Patience& patience,
                 std::vector<Candidate>& all) {
  for (const SharedObjectOptions& output : each_output(text, target_options(options, patience))) {
    ClaimOptions of_output = options;
    of_output.shape = output.shape;
    all.push_back(foreign(text, of_output, patience));
  }
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
    if (is_recorded_table(text))
      throw std::invalid_argument(one_line(text) +
                                  " is no target, but what one gave: --claim 'equals " +
                                  one_line(text) + "' is said of another");
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
      add_foreign(text, claim, patience, all);
    } else {
      add_matches(text, claim, patience, all);
    }
  }
  if (!any_foreign && !claim.first_given().empty())
    throw std::invalid_argument(
        claim.first_given() +
        " is for so: and exec: targets, and none of these is one: targets of the catalogue carry "
        "their own claims");
  std::vector<const Function*> functions;
  for (const Candidate& candidate : all) functions.push_back(candidate.target.function);
  claim.check_said_of(functions);
  return all;
}

}  // namespace napier::cli
