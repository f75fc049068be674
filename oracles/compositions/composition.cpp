// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "oracles/compositions/composition.hpp"

#include <algorithm>
#include <cassert>

#include "lib/fp/float.hpp"
#include "lib/target/composition.hpp"

namespace napier {

const Composition& composition_of(const Function& function) {
  static const Compositions all = [] {
    Compositions rows;
    contribute_compositions(rows);
    return rows;
  }();
  const Function* value = is_derivative(function) ? function.primal : &function;
  const auto found = std::ranges::find(all, value, &Composition::value);
  assert(found != all.end() && "a composition without a file in oracles/compositions");
  return *found;
}

bool takes_positive(const Function& f) {
  return f.kind == Kind::logarithm || (is_composed(f) && composition_of(f).positive);
}

namespace {

/// f(x + s·along_x, y + s·along_y) as a polynomial in s.
TaylorJet along(const Composition& composition, const Call& call, int along_x, int along_y,
                int order) {
  const TaylorJet x = TaylorJet::variable(exact_value(call.x), along_x, order);
  if (composition.value->arity == 1) return composition.definition(x, x);
  return composition.definition(x, TaylorJet::variable(exact_value(call.y), along_y, order));
}

}  // namespace

Enclosure by_taylor_arithmetic(const Function& f, const Call& call) {
  const Composition& composition = composition_of(f);
  // Of the second-order terms along (1, 1) those along each argument leave that of both.
  if (is_derivative(f) && f.variable == Variable::both)
    return (along(composition, call, 1, 1, 2) - along(composition, call, 1, 0, 2) -
            along(composition, call, 0, 1, 2))
        .coefficient(2);
  const bool by_last = is_derivative(f) && f.arity == 2 && f.variable == Variable::exponent;
  return along(composition, call, by_last ? 0 : 1, by_last ? 1 : 0, f.order).derivative(f.order);
}

}  // namespace napier
