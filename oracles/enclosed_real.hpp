// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <concepts>
#include <cstdint>

#include "oracles/enclosure.hpp"

namespace napier {

/// An enclosure of one real number, rigorous in every operation: Enclosure, which may be as narrow
/// as asked, or FastEnclosure, which is fast. Mathematics that is written over this concept reads
/// the same at both speeds. The functions are found by argument-dependent lookup.
template <class T>
concept EnclosedReal = std::default_initializable<T> && std::copyable<T> &&
    std::constructible_from<T, Precision, const Dyadic&> &&
    std::constructible_from<T, Precision, const Dyadic&, const Dyadic&> &&
    requires(const T& a, const T& b, std::int64_t power, Base base) {
  { a + b } -> std::same_as<T>;
  { a - b } -> std::same_as<T>;
  { a* b } -> std::same_as<T>;
  { a / b } -> std::same_as<T>;
  { -a } -> std::same_as<T>;
  { exp(a) } -> std::same_as<T>;
  { expm1(a) } -> std::same_as<T>;
  { log(a) } -> std::same_as<T>;
  { log1p(a) } -> std::same_as<T>;
  { scaled(a, power) } -> std::same_as<T>;
  { hull(a, b) } -> std::same_as<T>;
  { log_of_base(base, a) } -> std::same_as<T>;
  { precision(a) } -> std::same_as<Precision>;
  { certainly_less(a, b) } -> std::same_as<bool>;
  { certainly_at_most(a, b) } -> std::same_as<bool>;
  { is_exact(a) } -> std::same_as<bool>;
  { is_exactly_zero(a) } -> std::same_as<bool>;
  { lower(a) } -> std::same_as<double>;
  { upper(a) } -> std::same_as<double>;
  { binade(a) } -> std::same_as<std::int64_t>;
};

static_assert(EnclosedReal<Enclosure>);

}  // namespace napier
