// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>
#include <span>
#include <string_view>

#include "lib/exponential/encoding.hpp"

// Differences. The claims of the methods that use them are derived in the same way.
//
// A linear formula D = Σ wᵢ f(x + cᵢh)/h of f(x) = a^x, with θ = h·ln a, gives a^x ln a·λ(θ) for a
// factor λ(θ) = Σ wᵢ e^(cᵢθ)/θ that does not depend on x: what it leaves out, |λ − 1|, is known
// exactly. No Taylor remainder is needed, and nothing is fitted. A test encloses λ by the oracle.
//
// What it rounds: f is off by k ulp, at most ε = 2k·u of itself, u = 2^-p; the sum makes
// ε·Σ|wᵢ|e^(cᵢθ)/θ of that, relative to the slope. An argument x + cᵢh is rounded, too, by at most
// u(|x| + |cᵢ|h), which acts as an error of ln a times as much of f. It is noise of the same kind,
// unless the formula divides by the step that was made, and not by the one that was meant: then it
// merely moves the middle of the chord, and costs ln a·u(|x| + h), h times less. Differences of
// neighbouring values are exact (Sterbenz). Where values are subnormal all that is lost: the
// domains end above.
namespace napier::shelf {

/// (f(x + h) − f(x)) over the step that was made.
template <Working T, class Function>
T forward_difference(Function f, T x, T h) {
  const T right = x + h;
  return (f(right) - f(x)) / (right - x);
}

/// (f(x + h) − f(x − h)) over the distance of the two arguments that there are.
template <Working T, class Function>
T central_difference(Function f, T x, T h) {
  const T right = x + h;
  const T left = x - h;
  return (f(right) - f(left)) / (right - left);
}

/// (3f(x) − 4f(x − h) + f(x − 2h))/2h.
template <Working T, class Function>
T one_sided_difference(Function f, T x, T h) {
  const T here = f(x);
  return (4 * (here - f(x - h)) - (here - f(x - 2 * h))) / (2 * h);
}

/// (8(f(x + h) − f(x − h)) − (f(x + 2h) − f(x − 2h)))/12h.
template <Working T, class Function>
T five_point_difference(Function f, T x, T h) {
  const T near = f(x + h) - f(x - h);
  const T far = f(x + 2 * h) - f(x - 2 * h);
  return (8 * near - far) / (12 * h);
}

/// (45(f₁ − f₋₁) − 9(f₂ − f₋₂) + (f₃ − f₋₃))/60h with f_c = f(x + ch).
template <Working T, class Function>
T seven_point_difference(Function f, T x, T h) {
  const auto across = [f, x](T reach) { return f(x + reach) - f(x - reach); };
  return ((45 * across(h) - 9 * across(2 * h)) + across(3 * h)) / (60 * h);
}

/// (f(x + h) − 2f(x) + f(x − h))/h².
template <Working T, class Function>
T second_difference(Function f, T x, T h) {
  const T here = f(x);
  return ((f(x + h) - here) - (here - f(x - h))) / (h * h);
}

/// w·f(x + c·h) in a formula.
struct Node {
  int at;      ///< c
  int weight;  ///< w
};

template <Working T>
using Values = T (*)(T);
/// A formula as code: of values, at x, with the step h.
template <Working T>
using Formula = T (*)(Values<T>, T x, T h);

/// A linear formula, Σ wᵢ f(x + cᵢh)/(divisor·h^order), as code and as what it means.
struct DifferenceFormula {
  std::string_view name;  ///< of its file and its targets
  std::span<const Node> nodes;
  int divisor;
  int order;          ///< of the derivative
  bool by_step_made;  ///< divides by the arguments' distance, and so is spared their rounding
  int roundings;      ///< that are left beside those of f and of the arguments, in u of the slope
  int power_of_step_single;  ///< log2 of the step that is shipped in binary32
  int power_of_step;         ///< … in binary64
  Formula<float> in_single;
  Formula<double> in_double;
};

inline constexpr std::array forward_nodes{Node{0, -1}, Node{1, 1}};
inline constexpr std::array central_nodes{Node{-1, -1}, Node{1, 1}};
inline constexpr std::array one_sided_nodes{Node{0, 3}, Node{-1, -4}, Node{-2, 1}};
inline constexpr std::array five_nodes{Node{-2, 1}, Node{-1, -8}, Node{1, 8}, Node{2, -1}};
inline constexpr std::array seven_nodes{Node{-3, -1}, Node{-2, 9}, Node{-1, -45},
                                        Node{1, 45},  Node{2, -9}, Node{3, 1}};
inline constexpr std::array second_nodes{Node{-1, 1}, Node{0, -2}, Node{1, 1}};

/// A new one is a new row.
inline constexpr std::array<DifferenceFormula, 6> difference_formulas{{
    {"forward_difference", forward_nodes, 1, 1, true, 3, -11, -26,
     forward_difference<float, Values<float>>, forward_difference<double, Values<double>>},
    {"one_sided", one_sided_nodes, 2, 1, false, 4, -7, -17,
     one_sided_difference<float, Values<float>>, one_sided_difference<double, Values<double>>},
    {"central_difference", central_nodes, 2, 1, true, 3, -7, -17,
     central_difference<float, Values<float>>, central_difference<double, Values<double>>},
    {"five_point", five_nodes, 12, 1, false, 6, -4, -10,
     five_point_difference<float, Values<float>>, five_point_difference<double, Values<double>>},
    {"seven_point", seven_nodes, 60, 1, false, 6, -3, -7,
     seven_point_difference<float, Values<float>>, seven_point_difference<double, Values<double>>},
    {"second_difference", second_nodes, 1, 2, false, 4, -5, -12,
     second_difference<float, Values<float>>, second_difference<double, Values<double>>},
}};

/// 2^double_power in binary64 and 2^single_power in binary32: the steps of a method.
template <Working T>
constexpr T step(int single_power, int double_power) {
  return power_of_two<T>(std::same_as<T, float> ? single_power : double_power);
}

}  // namespace napier::shelf
