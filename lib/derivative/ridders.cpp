// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// Ridders' method (1982): extrapolation with an estimate of its own error. Central differences with
// h, h/2, h/4, … fill a tableau; of each entry the distance to the two that it was made of is taken
// for its error, and the entry with the least is returned.
//
// The claim. Of e^x each entry T is e^x(1 + τ + ρ) with a known τ, the tableau of sinh(θ)/θ − 1,
// and a rounding |ρ| ≤ r, from ε·cosh θ/θ of the differences, their middles 2^-44 (2^-18) off for
// the largest x, and the weights (4^j + 1)/(4^j − 1). An estimate is then within |τ − τ′| ± (r +
// r′), and an entry can be returned only if it may have the least. In binary64, from h = 1/4 with
// five rows, that is the last one alone: |τ| + r ≤ 1.28e-13. In binary32, from h = 1/2 with four
// rows, it is one of the last two: 1.06e-5.
#include <algorithm>
#include <array>
#include <cmath>

#include "lib/derivative/difference.hpp"
#include "lib/derivative/row.hpp"

namespace napier {
namespace {

using shelf::Working;

constexpr shelf::Method method{"ridders",
                               "extrapolation that picks the entry with the least error estimate",
                               "lib/derivative/ridders.cpp"};

template <Working T>
inline constexpr std::size_t rows = std::same_as<T, float> ? 4 : 5;

template <Working T, class Function>
T ridders(Function f, T x, T h) {
  std::array<T, rows<T>> above{};
  std::array<T, rows<T>> row{};
  T best = 0;
  T least = shelf::infinity<T>;
  for (std::size_t i = 0; i < rows<T>; ++i, h /= 2) {
    row[0] = shelf::central_difference(f, x, h);
    T weight = 1;
    for (std::size_t j = 1; j <= i; ++j) {
      weight *= 4;
      row[j] = row[j - 1] + (row[j - 1] - above[j - 1]) / (weight - 1);
      const T estimate = std::max(std::fabs(row[j] - row[j - 1]), std::fabs(row[j] - above[j - 1]));
      if (estimate < least) least = estimate, best = row[j];
    }
    above = row;
  }
  return best;
}

template <Working T>
T d_exp(T x) {
  return ridders(shelf::tang_exp<T>, x, shelf::step<T>(-1, -2));
}

template <Working T>
void add(Catalogue& catalogue) {
  shelf::add_derivative<T>(catalogue, method, functions::d_exp, Unary<T>(d_exp<T>),
                           {"rel <= 1.07e-5 on [-86, 88]", "rel <= 1.29e-13 on [-708, 709]"});
}

}  // namespace

void contribute_ridders(Catalogue& catalogue) {
  add<float>(catalogue);
  add<double>(catalogue);
}

}  // namespace napier
