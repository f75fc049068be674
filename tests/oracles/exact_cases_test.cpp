// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// Which results are data of a format, and which lie halfway between two: the complete table, worked
// out anew in integers, and the reference held against it.
#include "tests/oracles/exact_places.hpp"
#include "tests/oracles/points.hpp"

namespace napier {
namespace {

using namespace exact_places;
using testing_support::words;

/// The integers n of a range at which a function's value has that place: the first and the last.
struct Span {
  std::int64_t first = 0;
  std::int64_t last = 0;
  friend bool operator==(const Span&, const Span&) = default;
};
std::ostream& operator<<(std::ostream& out, const Span& span) {
  return out << span.first << " … " << span.last;
}

template <class F>
std::optional<Span> where(const Format& f, Place wanted, std::int64_t lo, std::int64_t hi,
                          F value) {
  std::optional<Span> span;
  for (std::int64_t n = lo; n <= hi; ++n) {
    const std::optional<Value> v = value(n);
    if (!v || place(f, *v) != wanted) continue;
    if (span && n != span->last + 1) ADD_FAILURE() << "a hole before " << n;
    if (!span) span = Span{n, n};
    span->last = n;
  }
  return span;
}

std::optional<Value> exp2_of(std::int64_t n) { return Value{1, n}; }
std::optional<Value> exp10_of(std::int64_t n) {
  if (n < 0) return std::nullopt;  // 1/5^|n| is not dyadic
  return value_of(pow(Integer(10), static_cast<unsigned>(n)), 0);
}
std::optional<Value> exp2m1_of(std::int64_t n) {
  if (n == 0) return std::nullopt;  // the zero is exact and has no place
  const Integer power = Integer(1) << static_cast<unsigned>(std::abs(n));
  return n > 0 ? value_of(power - 1, 0) : value_of(1 - power, n);
}
std::optional<Value> exp10m1_of(std::int64_t n) {
  if (n <= 0) return std::nullopt;
  return value_of(pow(Integer(10), static_cast<unsigned>(n)) - 1, 0);
}

constexpr int none = 0;

constexpr Row exp2_exact_from{-24, -133, -149, -1074, -16445, -16494};
constexpr Row exp2_midpoint{-25, -134, -150, -1075, -16446, -16495};
constexpr Row exp10_exact_to{4, 3, 10, 22, 27, 48};
constexpr Row exp10_midpoint{none, none, none, 23, none, 49};
constexpr Row exp2m1_exact_to{11, 8, 24, 53, 64, 113};
constexpr Row exp2m1_midpoint{12, 9, 25, 54, 65, 114};
constexpr Row exp10m1_exact_to{3, 2, 7, 15, 19, 34};
constexpr Row exp10m1_midpoint{none, none, none, 16, none, none};

class ExactCases : public ByFormat {};
INSTANTIATE_TEST_SUITE_P(In, ExactCases, ::testing::Range<std::size_t>(0, all_formats.size()),
                         format_name);

TEST_P(ExactCases, Exp2OfIntegersIsAsTheTableSays) {
  const Format& f = format();
  const int lo = f.least_exponent() - 2 * f.precision;
  const int hi = f.max_exponent + 2 * f.precision;
  EXPECT_EQ(where(f, Place::datum, lo, hi, exp2_of), (Span{in(exp2_exact_from), f.max_exponent}));
  EXPECT_EQ(where(f, Place::midpoint, lo, hi, exp2_of),
            (Span{in(exp2_midpoint), in(exp2_midpoint)}));
}

TEST_P(ExactCases, Exp10OfIntegersIsAsTheTableSays) {
  const Format& f = format();
  const int hi = std::min(3 * f.precision, f.max_exponent);  // 5^n alone is too long by then
  EXPECT_EQ(where(f, Place::datum, -hi, hi, exp10_of), (Span{0, in(exp10_exact_to)}));
  const auto midpoint = where(f, Place::midpoint, -hi, hi, exp10_of);
  EXPECT_EQ(midpoint ? midpoint->first : none, in(exp10_midpoint));
  EXPECT_EQ(midpoint ? midpoint->last : none, in(exp10_midpoint));
}

TEST_P(ExactCases, Exp2m1OfIntegersIsAsTheTableSays) {
  const Format& f = format();
  const int hi = 3 * f.precision;
  const auto positive = where(f, Place::datum, 1, hi, exp2m1_of);
  const auto negative = where(f, Place::datum, -hi, -1, exp2m1_of);
  EXPECT_EQ(positive, (Span{1, in(exp2m1_exact_to)}));
  EXPECT_EQ(negative, (Span{-in(exp2m1_exact_to), -1}));
  const int n = in(exp2m1_midpoint);
  EXPECT_EQ(where(f, Place::midpoint, 1, hi, exp2m1_of), (Span{n, n}));
  EXPECT_EQ(where(f, Place::midpoint, -hi, -1, exp2m1_of), (Span{-n, -n}));
}

TEST_P(ExactCases, Exp10m1OfIntegersIsAsTheTableSays) {
  const Format& f = format();
  const int hi = 3 * f.precision;
  EXPECT_EQ(where(f, Place::datum, 1, hi, exp10m1_of), (Span{1, in(exp10m1_exact_to)}));
  const auto midpoint = where(f, Place::midpoint, 1, hi, exp10m1_of);
  EXPECT_EQ(midpoint ? midpoint->first : none, in(exp10m1_midpoint));
  EXPECT_EQ(midpoint ? midpoint->last : none, in(exp10m1_midpoint));
}

// The reference, held against the same integers.

template <class F>
void expect_reference_agrees(const Function& function, const Format& f, std::int64_t n, F value) {
  const auto x = exactly(f, Dyadic::of_integer(n));
  if (!x) return;
  const Call call{*x, {}};
  SCOPED_TRACE(words(function, call));
  TrueValue t(function, call);
  const std::optional<Value> v = value(n);
  EXPECT_EQ(t.is_exact(), v && bits(v->odd) <= held_bits);
  EXPECT_EQ(place_by_reference(t, f), v ? place(f, *v) : Place::neither);
}

TEST_P(ExactCases, AreWhatTheReferenceHoldsExact) {
  const Format& f = format();
  const auto around = [](std::int64_t n) { return std::array{n - 2, n - 1, n, n + 1, n + 2}; };
  for (const int limit : {in(exp2_exact_from), in(exp2_midpoint), f.max_exponent, f.min_exponent()})
    for (const auto n : around(limit))
      if (n != 0) expect_reference_agrees(functions::exp2, f, n, exp2_of);
  for (std::int64_t n = -3; n <= in(exp10_exact_to) + 4; ++n)
    if (n != 0) expect_reference_agrees(functions::exp10, f, n, exp10_of);
  for (std::int64_t n = 1; n <= in(exp2m1_midpoint) + 3; ++n) {
    expect_reference_agrees(functions::exp2m1, f, n, exp2m1_of);
    expect_reference_agrees(functions::exp2m1, f, -n, exp2m1_of);
  }
  for (std::int64_t n = -3; n <= in(exp10m1_exact_to) + 4; ++n)
    if (n != 0) expect_reference_agrees(functions::exp10m1, f, n, exp10m1_of);
}

TEST_P(ExactCases, NoNeighbourOfAnIntegerHasAnExactValue) {
  const Format& f = format();
  using namespace functions;
  for (const int n : {-7, -1, 1, 2, 3, 5})
    for (const int steps : {-1, 1}) {
      const Call call{step(from_integer(f, n), steps), {}};
      for (const Function* function : {&functions::exp2, &exp10, &exp2m1, &exp10m1})
        EXPECT_FALSE(TrueValue(*function, call).is_exact()) << words(*function, call);
    }
  for (const Float x : {min_subnormal(f), from_integer(f, 1), from_integer(f, -2), max_finite(f)}) {
    EXPECT_FALSE(TrueValue(functions::exp, {x, {}}).is_exact());
    EXPECT_FALSE(TrueValue(functions::expm1, {x, {}}).is_exact());
    EXPECT_FALSE(TrueValue(d_exp2, {x, {}}).is_exact());
    EXPECT_FALSE(TrueValue(d_pow_y, {from_integer(f, 3), x}).is_exact());
  }
  EXPECT_TRUE(TrueValue(functions::exp, {zero(f), {}}).is_exact());
  EXPECT_TRUE(TrueValue(functions::expm1, {zero(f, true), {}}).is_exact());
  EXPECT_TRUE(TrueValue(functions::log, {from_integer(f, 1), {}}).is_exact());
  EXPECT_FALSE(TrueValue(functions::log, {next_up(from_integer(f, 1)), {}}).is_exact());
}

}  // namespace
}  // namespace napier
