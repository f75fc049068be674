// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// What accuracy and the differential equation see of compositions gone wrong, zeros pinned.
#include <gtest/gtest.h>

#include <algorithm>
#include <iostream>
#include <set>

#include "lib/target/composition.hpp"
#include "oracles/compositions/composition.hpp"
#include "tests/kill/trial.hpp"
#include "tests/mutants/mutants.hpp"

namespace napier {
namespace {

/// The share of a property's cases that refutes it; nothing where it can't be asked.
std::optional<double> share(std::string_view name, const mutants::Mutant& mutant) {
  const Property* property = kill::property_for(name, mutant.target);
  if (property == nullptr) return std::nullopt;
  const kill::Trial trial(*property, mutant.target);
  const Tally tally = trial.judge(kill::count(4000, 50'000));
  EXPECT_GT(tally.cases, 0u) << name << " of " << mutant.name;
  EXPECT_EQ(tally.undecided_cap, 0u) << name << " of " << mutant.name;
  EXPECT_NO_THROW(trial.why(tally)) << "nobody to blame: " << name << " of " << mutant.name;
  return double(tally.refuted) / double(tally.cases);
}

TEST(CompositionMutants, AllDieByAccuracyAndDerivativesByTheirEquationToo) {
  // Where s is 1 all but rounding, 1 - s may be 0 for all that its claim says, and 1 - e^-s where
  // softplus is 0 to that claim.
  const std::set<std::string_view> hidden_from_the_equation{"gradient_saturates", "half_second",
                                                            "mixed_of_wrong_sign"};
  std::set<const Function*> with_mutants;
  for (const mutants::Mutant& mutant : mutants::compositions()) {
    SCOPED_TRACE(mutant.name + ": " + mutant.sin);
    with_mutants.insert(mutant.target.function);
    EXPECT_GT(share("accuracy", mutant).value_or(0), 0.01);
    const auto by_equation = share("differential_equation", mutant);
    EXPECT_EQ(by_equation.has_value(), is_derivative(*mutant.target.function) &&
                                           mutant.name != "half_second" &&
                                           mutant.name != "mixed_of_wrong_sign");
    if (!by_equation) continue;
    if (hidden_from_the_equation.contains(mutant.name))
      EXPECT_EQ(*by_equation, 0);
    else
      EXPECT_GT(*by_equation, 0.05);
    // Of what bends one way the chord tells as well: of a rough one by steps of some 2^-26.
    const auto by_chord = share("mean_value", mutant);
    const bool bends =
        mutant.target.function->order == 1 && composition_of(*mutant.target.function).bends_one_way;
    EXPECT_EQ(by_chord.has_value(), bends);
    if (bends) {
      EXPECT_GT(*by_chord, 0);
    }
    for (const std::string_view law : {"slope", "own_slope", "higher_slope", "power_rule"})
      EXPECT_FALSE(share(law, mutant)) << law;
  }
  for (const Function* function : all_compositions())
    EXPECT_TRUE(with_mutants.contains(function)) << function->name << " has no mutant";
}

// The chord knows no formula and tells factors from about the square root of an ulp on; what is off
// in the tails alone, or by less, is left to others.
TEST(ChordOfValues, KillsDerivativesOfPowersThatAreNotTheirs) {
  const std::set<std::string_view> seen{"missing_ln",   "ln_of_another_base",     "swapped_to_y",
                                        "swapped_to_x", "forgotten_chain_factor", "slope_flushes"};
  std::size_t asked = 0;
  for (const mutants::Mutant& mutant : mutants::all()) {
    const Function& f = *mutant.target.function;
    if (f.kind != Kind::slope || f.order != 1 || mutant.target.primal == nullptr) continue;
    SCOPED_TRACE(mutant.name + ": " + mutant.sin);
    const auto by_chord = share("mean_value", mutant);
    ASSERT_TRUE(by_chord);
    std::cout << mutant.name << " " << *by_chord << '\n';
    asked += seen.contains(mutant.name) ? 1 : 0;
    if (seen.contains(mutant.name)) {
      EXPECT_GT(*by_chord, 0);
    }
  }
  EXPECT_EQ(asked, seen.size());
}

}  // namespace
}  // namespace napier
