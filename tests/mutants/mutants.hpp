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
  /// Claimed and judged in every rounding mode; the others in round to nearest alone.
  bool all_modes = false;
  /// The one property that can find it out, since every value is within the claim; else empty.
  std::string_view seen_only_by = {};
  /// ln of what it gives over b^x before rounding, where that is simple to say: from it tests
  /// compute at which points a law must see the fault and at which it cannot. Else empty.
  std::function<Quad(double x)> log_error = {};
};

/// Every mutant, by function, exp first.
std::span<const Mutant> all();
/// Those of compositions and of their derivatives.
std::span<const Mutant> compositions();
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
void add_wrap_mutants(std::vector<Mutant>& all);     ///< integers too short for far results
void add_subnormal_mutants(std::vector<Mutant>& all);
void add_near_one_mutants(std::vector<Mutant>& all);  ///< bases near 1, cancellation, short cuts
void add_table_mutants(std::vector<Mutant>& all);     ///< one entry, constant or edge
void add_shortcut_mutants(std::vector<Mutant>& all);  ///< special exponents, parity, exact results
void add_special_mutants(std::vector<Mutant>& all);   ///< NaN, infinities, zeros
void add_mode_mutants(std::vector<Mutant>& all);      ///< wrong in the directed modes alone
void add_slope_mutants(std::vector<Mutant>& all);
void add_derivative_mutants(std::vector<Mutant>& all);  ///< factors, steps, orders, tails
void add_order_mutants(std::vector<Mutant>& all);       ///< not monotone
void add_threshold_mutants(std::vector<Mutant>& all);   ///< overflow and saturation
void add_claim_mutants(std::vector<Mutant>& all);       ///< kinds of promises
void add_deadly_mutants(std::vector<Mutant>& all);      ///< calls that never return

}  // namespace napier::mutants
