// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// An exponential for vectors: every lane goes the same way, through multiplications, additions, a
// shift and a few selections, in the 16 bytes that every x86-64 has (and any other machine's
// vectors).
//
//   ⌊x/ln2⌉   by adding and subtracting 1.5·2^(p−1), whose last place is 1
//   2^k       from the same sum, its low bits shifted into the exponent field
//   limits    by clamping x: past both ends the product of three factors overflows or vanishes
//
// The claim. The worst r is −ln2/2, where t = 0.707; in ulp of t:
//
//   r = (x − k·hi) − k·lo                      0.177
//   tail, r², their product 0.053              0.035 + 0.028 + 0.031
//   r + …, the last 1 + …                      0.25 + 0.5
//   the polynomial; ln 2 in two parts          0.001 (binary32: 0.004)
//
// 1.026 in all. The product with 2^(k/2) twice is exact, but for a subnormal result, which is thus
// rounded twice: 1.026/2 + 0.5 is no more. Nothing is claimed of directed modes, in which the sum
// with 1.5·2^(p−1) is not rounded to nearest.
#include "lib/exponential/branch_free.hpp"

#include <algorithm>
#include <array>

#include "lib/exponential/minimax_tail.hpp"
#include "lib/exponential/modulo_ln2.hpp"
#include "lib/exponential/promise.hpp"

namespace napier {
namespace shelf {
namespace {

constexpr std::size_t vector_bytes = 16;

template <Working T>
struct Vector {
  using Lanes [[gnu::vector_size(vector_bytes)]] = T;
  using Words [[gnu::vector_size(vector_bytes)]] = Word<T>;
  static constexpr std::size_t lanes = vector_bytes / sizeof(T);
};

/// 2^k in each lane, for integers k of a normal 2^k.
template <Working T>
typename Vector<T>::Lanes lanes_of_two_to(typename Vector<T>::Lanes k) {
  constexpr T bias_and_shift = T(1.5) * power_of_two<T>(precision<T> - 1) + max_exponent<T>;
  const auto biased = std::bit_cast<typename Vector<T>::Words>(k + bias_and_shift);
  return std::bit_cast<typename Vector<T>::Lanes>(biased << (precision<T> - 1));
}

template <Working T>
typename Vector<T>::Lanes exp_of_lanes(typename Vector<T>::Lanes argument) {
  using Lanes = typename Vector<T>::Lanes;
  constexpr T shift = T(1.5) * power_of_two<T>(precision<T> - 1);
  constexpr T per_ln2 = static_cast<T>(0x1.71547652b82fep+0);
  Lanes x = argument > exp_overflows<T> ? Lanes{} + exp_overflows<T> : argument;  // a NaN stays
  x = x < exp_vanishes<T> ? Lanes{} + exp_vanishes<T> : x;
  const Lanes k = (x * per_ln2 + shift) - shift;
  const Lanes r = (x - k * ln2_parts<T>.hi) - k * ln2_parts<T>.lo;
  Lanes tail = Lanes{} + minimax_tail<T>.back();
  for (std::size_t i = minimax_tail<T>.size() - 1; i-- > 0;) tail = minimax_tail<T>[i] + r * tail;
  const Lanes power = 1 + (r + r * r * tail);
  const Lanes half = (k * T(0.5) + shift) - shift;
  const Lanes result = power * lanes_of_two_to<T>(half) * lanes_of_two_to<T>(k - half);
  // In a directed mode the products stop at the largest and the least number, and these must not.
  const Lanes above = argument == infinity<T> ? argument : result;
  return argument == -infinity<T> ? Lanes{} : above;
}

}  // namespace

template <Working T>
void branch_free_exp(std::span<const T> arguments, std::span<T> powers) {
  using Lanes = typename Vector<T>::Lanes;
  while (!arguments.empty()) {
    std::array<T, Vector<T>::lanes> block{};
    const std::size_t count = std::min(arguments.size(), block.size());
    std::copy_n(arguments.begin(), count, block.begin());
    block = std::bit_cast<decltype(block)>(exp_of_lanes<T>(std::bit_cast<Lanes>(block)));
    std::copy_n(block.begin(), count, powers.begin());
    arguments = arguments.subspan(count);
    powers = powers.subspan(count);
  }
}
template void branch_free_exp(std::span<const float>, std::span<float>);
template void branch_free_exp(std::span<const double>, std::span<double>);

}  // namespace shelf
namespace {

template <class T>
T branch_free(T x) {
  T power;
  shelf::branch_free_exp<T>({&x, 1}, {&power, 1});
  return power;
}

template <class T>
void add(Catalogue& catalogue) {
  const shelf::Promise promise{.max_ulp = "1.04", .special_values = true};
  ship(catalogue,
       {.method = "branch_free",
        .idea = "every lane of a vector goes the same way, limits and all",
        .function = &functions::exp,
        .format = native_format<T>,
        .code = Unary<T>(branch_free<T>),
        .claim = claim_of(promise, *native_format<T>, "lib/exponential/branch_free.cpp")});
}

}  // namespace

void contribute_branch_free(Catalogue& catalogue) {
  add<float>(catalogue);
  add<double>(catalogue);
}

}  // namespace napier
