// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <optional>
#include <vector>

#include "lib/target/caller.hpp"
#include "lib/target/composition.hpp"
#include "oracles/backend/taylor_jet.hpp"
#include "oracles/enclosed_real.hpp"
#include "oracles/fast/scalar/fast_enclosure.hpp"
#include "oracles/special_cases.hpp"

namespace napier {

/// The differential equation that ties a derivative D to the value P that it belongs to, D = F(P)
/// at given arguments, such as s′ = s(1 − s).
struct DifferentialEquation {
  /// As a user reads it: "s' = s(1 - s)".
  std::string_view statement;
  /// F(P); nullopt where it is not known without D's own formula. Monotone in P on each side of
  /// `turning`.
  std::optional<Enclosure> (*at)(const Function&, const Call&, const Enclosure& value);
  std::optional<FastEnclosure> (*fast)(const Function&, const Call&, const FastEnclosure& value);
  /// Where F turns, if it does.
  std::optional<Dyadic> turning = {};
};

/// All that is known of a function which is composed of exponentials and logarithms, and of its
/// derivatives of every order: one file of this folder. f is the value's row or one of its
/// derivatives'.
struct Composition {
  const Function* value;
  bool rises;                  ///< the value, with every argument
  bool positive = false;       ///< there is a value for x > 0 alone
  bool bends_one_way = false;  ///< the value along every argument: convex, or concave
  SpecialCase (*special)(const Function& f, const Call&);
  /// t where it is dyadic; complete, as exact_case() promises.
  std::optional<Dyadic> (*exact)(const Function& f, const Call&);
  /// Closed forms at real values that are not exact, at about that precision.
  Enclosure (*closed)(const Function& f, const Call&, Precision);
  FastEnclosure (*fast)(const Function& f, const Call&);
  /// The definition of the value, from which Taylor arithmetic has all derivatives by itself; y is
  /// absent of one argument.
  TaylorJet (*definition)(const TaylorJet& x, const TaylorJet& y);
  /// Whether 2304 bits are enough for it there.
  bool (*is_defined_well)(const Function& f, const Call&);
  DifferentialEquation equation;
};

/// That of a function, or of the value that it is a derivative of.
const Composition& composition_of(const Function& function);

/// Whether there is a value for x > 0 alone: logarithms, and what its file says so of.
bool takes_positive(const Function& function);

/// f(call) by Taylor arithmetic along the arguments, for calls at which it is defined well.
Enclosure by_taylor_arithmetic(const Function& function, const Call& call);

/// Adds every composition. The build writes it, of the files of this folder that have no header of
/// their own.
using Compositions = std::vector<Composition>;
void contribute_compositions(Compositions& all);

/// x as an enclosed real.
template <EnclosedReal E>
E real(Float x, Precision precision) {
  return E(precision, exact_value(x));
}
template <EnclosedReal E>
E integer(std::int64_t n, Precision precision) {
  return E(precision, Dyadic::of_integer(n));
}

}  // namespace napier
