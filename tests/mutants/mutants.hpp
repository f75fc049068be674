// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "lib/target/target.hpp"

// Faulty implementations for testing the tester: each is nearly correctly rounded but for one sin
// that a real library has committed or might. They are in no catalogue.
namespace napier::mutants {

/// An implementation made wrong on purpose, in one way, with the claim that it breaks.
struct Mutant {
  std::string name;  ///< "wrong_base"; the target is "mutant/wrong_base/exp:binary64"
  std::string sin;   ///< what is wrong with it, in words
  Target target;
  /// The values of C23 Annex F are right all the same: no table of special cases finds it out.
  bool keeps_special_values = true;
  /// The one property that can find it out, since every value is within the claim; else empty.
  std::string_view seen_only_by = {};
  /// ln of what it gives over b^x before rounding, where that is simple to say: from it tests
  /// compute at which points a law must see the fault and at which it cannot. Else empty.
  std::function<Quad(double x)> log_error = {};
};

/// Every mutant, by function, exp first.
std::span<const Mutant> all();
/// The mutant of that name. Throws std::out_of_range for a name nobody has.
const Mutant& find(std::string_view name);

// The families.
void add_exp_mutants(std::vector<Mutant>& all);
void add_limit_mutants(std::vector<Mutant>& all);
void add_sibling_mutants(std::vector<Mutant>& all);  ///< expm1 and exp2
void add_pow_mutants(std::vector<Mutant>& all);
void add_log_mutants(std::vector<Mutant>& all);
void add_manners_mutants(std::vector<Mutant>& all);  ///< order, flags, errno, threads
void add_edge_mutants(std::vector<Mutant>& all);     ///< ends of the range, exact results, signs
void add_exact_mutants(std::vector<Mutant>& all);    ///< exact results and midpoints alone
void add_unruly_mutants(std::vector<Mutant>& all);   ///< what they do besides returning a value

}  // namespace napier::mutants
