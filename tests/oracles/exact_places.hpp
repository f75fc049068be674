// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <gtest/gtest.h>

#include <array>
#include <boost/multiprecision/cpp_int.hpp>
#include <optional>

#include "oracles/oracle.hpp"

/// Exact values on a format's grid, in integers of our own: what the reference is held against.
namespace napier::exact_places {

using Integer = boost::multiprecision::cpp_int;

/// ±odd·2^exponent; 0 has no place here.
struct Value {
  Integer odd;  // positive
  std::int64_t exponent = 0;
  bool negative = false;
};

inline std::int64_t bits(const Integer& n) { return static_cast<std::int64_t>(msb(n)) + 1; }

inline Value value_of(const Integer& n, std::int64_t exponent) {
  const Integer magnitude = abs(n);
  const unsigned zeros = lsb(magnitude);
  return {magnitude >> zeros, exponent + zeros, n < 0};
}

enum class Place { datum, midpoint, neither };

/// Where a dyadic value lies on the format's grid; 2^(emax+1) counts as its next value.
inline Place place(const Format& f, const Value& v) {
  const std::int64_t top = v.exponent + bits(v.odd) - 1;
  if (top > f.max_exponent) return Place::neither;
  const std::int64_t quantum = std::max<std::int64_t>(top, f.min_exponent()) - f.precision + 1;
  if (v.exponent >= quantum) return Place::datum;
  return v.exponent == quantum - 1 ? Place::midpoint : Place::neither;
}

inline Dyadic middle_of(Float a, Float b) {
  const auto number = [](Float x) {
    return is_infinite(x) ? Dyadic::power_of_two(x.format->max_exponent + 1) : exact_value(x);
  };
  return add(number(a), number(b)).scaled(-1);
}

/// What the reference's answers say of the place of t.
inline Place place_by_reference(TrueValue& t, const Format& f) {
  const auto down = t.rounded(f, Rounding::down);
  const auto up = t.rounded(f, Rounding::up);
  EXPECT_TRUE(down && up);
  if (!down || !up) return Place::neither;
  if (compare(middle_of(*down, *down), middle_of(*up, *up)) == 0) return Place::datum;
  const bool beyond = *down == max_finite(f) || *up == max_finite(f, true);
  if (beyond && t.compare(Dyadic::power_of_two(f.max_exponent + 1)) != Position::below)
    return Place::neither;
  return t.compare(middle_of(*down, *up)) == Position::equal ? Place::midpoint : Place::neither;
}

inline constexpr int held_bits = 320;  // longest odd part that TrueValue promises to hold

/// A row of the table: for each of binary16, bfloat16, binary32, 64, 80 and 128.
using Row = std::array<int, 6>;

/// Tests by format.
class ByFormat : public ::testing::TestWithParam<std::size_t> {
 protected:
  const Format& format() const { return *all_formats[GetParam()]; }
  int in(const Row& row) const { return row[GetParam()]; }
};
inline std::string format_name(const ::testing::TestParamInfo<std::size_t>& row) {
  return std::string(all_formats[row.param]->name);
}

}  // namespace napier::exact_places
