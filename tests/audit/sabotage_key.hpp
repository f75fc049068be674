// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <set>
#include <span>
#include <string_view>

// An answer key for diagnoses: what was done to each mutant's code. It accepts all that an earlier
// table of causes did, which was written after the outcomes were seen, and so it is not blind.
namespace napier {

/// What was done to an implementation.
enum class Sabotage {
  base,                ///< a constant of the base or of its logarithm: an error that grows with x
  factor,              ///< all results by one factor
  offset,              ///< a constant is added to a logarithm
  short_ln2,           ///< k ln 2 of a logarithm has too few digits
  table_entry,         ///< one entry of a table
  polynomial,          ///< a coefficient, or the interval that a polynomial is good for
  cancellation,        ///< a difference of numbers that are nearly the same
  rounded_product,     ///< x ln a, or a multiple of ln 2, is rounded before it is raised
  threshold,           ///< 0, -1 or infinity begins elsewhere
  short_integer,       ///< an exponent leaves its integer far beyond the range
  flushing,            ///< subnormal results are 0
  subnormal_argument,  ///< subnormal arguments are read as something else
  rounding_twice,      ///< to a normal number first
  mode,                ///< the rounding mode is not looked at
  single,              ///< at arguments one by one
  special,             ///< NaN, infinities, zeros, and what has no value
  sign,                ///< of a result
  region,              ///< another way is taken on a part of the arguments
  another_function,    ///< that was asked for by no one
  stranger,            ///< nothing like the function
  nameless,            ///< noise, a bias, or manners: no cause that Napier has a word for
};

struct Sabotaged {
  std::string_view mutant;
  std::set<Sabotage> done;  ///< several where the code can be read as either
};
/// Of every mutant whose values are wrong.
std::span<const Sabotaged> sabotage_key();

/// Whether a cause that Napier names is that sabotage.
bool is_name_of(std::string_view cause, Sabotage sabotage);

}  // namespace napier
