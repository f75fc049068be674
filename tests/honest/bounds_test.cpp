// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// Targets that use all that an error bound allows: results at the very edge of a relative or an
// absolute error, of a sum and of the larger of two, and of ulps that grow with |x|; on both sides,
// next to powers of two, at subnormal results and at overflow.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <functional>
#include <map>
#include <string>
#include <string_view>

#include "lib/fp/ordinal.hpp"
#include "lib/target/claim_grammar.hpp"
#include "tests/honest/court.hpp"
#include "tests/honest/legal.hpp"
#include "tests/honest/rows.hpp"

namespace napier::honest {
namespace {

/// A bound as a sentence and in numbers: A + R|t| + (K + B|x|) ulp(t), or the larger of the first
/// two.
struct Bound {
  const char* sentence;
  const char* absolute;
  const char* relative;
  double ulps;
  double ulps_per_x;
  bool larger = false;
  const Format* ulps_of = nullptr;  ///< null: the result's own
};

constexpr Bound bounds[] = {
    {"rel <= 1e-3", "0", "1e-3", 0, 0},
    {"rel <= 2e-7", "0", "2e-7", 0, 0},
    {"abs <= 0.001", "0.001", "0", 0, 0},
    {"abs + rel <= 1e-5 + 1.3e-6", "1e-5", "1.3e-6", 0, 0},
    {"abs + rel <= 1e-8 + 0.3", "1e-8", "0.3", 0, 0},
    {"max(abs, rel) <= 1e-4, 1e-2", "1e-4", "1e-2", 0, 0, true},
    {"ulp <= 1.5 + 0.25*|x|", "0", "0", 1.5, 0.25},
    {"bfloat16 ulp <= 1.25", "0", "0", 1.25, 0, false, &bfloat16},
};

/// The least bits that any number here takes, and more.
constexpr int bits = 400;

/// At most the decimal of a bound, read once: an edge takes some hundred comparisons.
const Number& at_most(const char* decimal) {
  thread_local std::map<std::string_view, Number> read;
  const auto [found, is_new] = read.try_emplace(decimal, bits);
  if (is_new) mpfr_set_str(found->second, decimal, 10, MPFR_RNDD);
  return found->second;
}

/// A true value, or its first bits.
struct Value {
  Number cut;
  bool exact;
};

/// |y − t| ≤ B(t), each rounded so that yes is certain.
bool is_within(const Bound& bound, const Value& value, Float y, Float x) {
  const Number& t = value.cut;
  const Format& f = *y.format;
  Number error(bits), allowed(bits), term(bits);
  if (is_infinite(y)) {
    mpfr_set_ui_2exp(error, 1, f.max_exponent + 1, MPFR_RNDN);
    if (is_negative(y)) mpfr_neg(error, error, MPFR_RNDN);
    if (mpfr_cmpabs(t, error) >= 0 && mpfr_signbit(t) == mpfr_signbit(error)) return true;
  } else {
    assign(error, y);
  }
  mpfr_sub(error, error, t, MPFR_RNDA);
  mpfr_abs(error, error, MPFR_RNDN);
  if (!value.exact) {  // t is off by so much, and B(t) by no more
    mpfr_set_ui_2exp(term, 1, mpfr_get_exp(t) - bits + 2, MPFR_RNDN);
    mpfr_add(error, error, term, MPFR_RNDU);
  }
  mpfr_set(allowed, at_most(bound.absolute), MPFR_RNDD);
  mpfr_mul(term, at_most(bound.relative), t, MPFR_RNDZ);
  mpfr_abs(term, term, MPFR_RNDN);
  if (bound.larger)
    mpfr_max(allowed, allowed, term, MPFR_RNDD);
  else
    mpfr_add(allowed, allowed, term, MPFR_RNDD);
  const Format& counted = bound.ulps_of != nullptr ? *bound.ulps_of : f;
  const mpfr_exp_t e =
      std::clamp<mpfr_exp_t>(mpfr_zero_p(t) != 0 ? counted.min_exponent() : mpfr_get_exp(t) - 1,
                             counted.min_exponent(), counted.max_exponent);
  mpfr_set_zero(term, 0);
  if (bound.ulps_per_x != 0) {  // no number of times infinity
    assign(term, absolute(x));
    mpfr_mul_d(term, term, bound.ulps_per_x, MPFR_RNDD);
  }
  mpfr_add_d(term, term, bound.ulps, MPFR_RNDD);
  mpfr_mul_2si(term, term, e - counted.precision + 1, MPFR_RNDD);
  mpfr_add(allowed, allowed, term, MPFR_RNDD);
  return mpfr_cmpabs(error, allowed) <= 0;
}

/// The datum farthest from t on one side that the bound allows; the nearest one if it allows none
/// at all there. By halving: what is farther off is off by more.
Float edge(const Bound& bound, const Value& t, Float nearest, Float x, bool above) {
  if (!is_within(bound, t, nearest, x)) return nearest;
  const Format& f = *nearest.format;
  Ordinal inside = ordinal(nearest);
  Ordinal outside = above ? max_ordinal(f) + 1 : -max_ordinal(f) - 2;
  while ((above ? outside - inside : inside - outside) > 1) {
    const Ordinal middle = inside + (outside - inside) / 2;
    (is_within(bound, t, from_ordinal(f, middle), x) ? inside : outside) = middle;
  }
  return from_ordinal(f, inside);
}

/// The bound of a call.
using BoundAt = std::function<const Bound&(const Call&)>;

/// Where data are farther apart than the bound lets them be nobody keeps it: what is right is
/// returned, and no test asks there.
Target edge_target(const BoundAt& bound_at, const Row& row, Choice choice, const Claim& claim) {
  const auto& [function, format, rounding] = row;
  const auto rule = [bound_at, choice, f = format, of = function](const Truth& t, const Call& call,
                                                                  Rounding mode) {
    const Bound& bound = bound_at(call);
    const Quietly quietly;
    Value value{Number(bits), false};
    value.exact = evaluate(value.cut, *of, call, MPFR_RNDZ) == 0;
    const Float nearest = right_result(t, *f, Rounding::nearest);
    const Float right = right_result(t, *f, mode);
    if (!is_within(bound, value, nearest, call.x)) return right;
    return chosen(
        {edge(bound, value, nearest, call.x, false), edge(bound, value, nearest, call.x, true)},
        choice, call);
  };
  return ruled_target("bound", *function, *format, claim, rule);
}

/// Where nothing is relative results are up to 2 to this power: 10² is among them.
constexpr int largest_size = 7;

/// Next to 0 a^x − 1 is no normal number, and a relative error is too much to ask.
bool is_off_zero(const Bound& bound, const Function& function) {
  return function.kind == Kind::power_minus_one && std::string_view(bound.absolute) == "0" &&
         bound.ulps == 0;
}

/// Are its ulps those of several data, subnormal ones too?
bool is_coarser(const Format& counted, const Format& format) {
  return counted.precision < format.precision && counted.min_exponent() >= format.min_exponent();
}

/// Where the bound leaves at least one datum: wherever results are normal for what is relative, and
/// where they are not too large for what is absolute.
ClaimDomain domain_of(const Bound& bound, const Function& function, const Format& format) {
  const bool relative = std::string_view(bound.relative) != "0" || bound.ulps_of != nullptr;
  // Large enough to bound what rounding to subnormal numbers does, in every format but binary16.
  const bool absolute = std::atof(bound.absolute) > std::ldexp(1.0, format.least_exponent());
  if (bound.ulps != 0 && bound.ulps_of == nullptr) return {};
  // Beyond its binades another format has no ulps that grow, or fall.
  const Format& counted = bound.ulps_of != nullptr ? *bound.ulps_of : format;
  const int min_exponent = std::max(format.min_exponent(), counted.min_exponent());
  const int max_exponent = std::min(format.max_exponent, counted.max_exponent);
  const double least = absolute ? -1e300 : 0.9 * min_exponent;
  const double most = relative ? 0.9 * max_exponent : largest_size;
  if (function.kind == Kind::logarithm) return {relative ? Range{1e-4, 1e4} : Range{0.5, 2}, {}};
  if (function.arity == 2) return {{0.5, 2}, relative ? Range{least, most} : Range{-1, 1}};
  const double scale = function.base == Base::e ? 0.693 : function.base == Base::ten ? 0.301 : 1;
  return {{is_off_zero(bound, function) ? 0.01 : least * scale, most * scale}, {}};
}

Counts counts() { return long_run() ? Counts{2'000, 300, 0} : Counts{60, 15, 0}; }

class Bounded : public testing::TestWithParam<Row> {};

TEST_P(Bounded, AtTheEdgeOfAnErrorBound) {
  const auto& [function, format, rounding] = GetParam();
  std::size_t turn = function->name.size() + format->name.size();
  for (const Bound& bound : bounds) {
    if (bound.ulps_per_x != 0 && function->arity == 2) continue;
    if (bound.ulps_of != nullptr && !is_coarser(*bound.ulps_of, *format)) continue;
    const double relative = std::atof(bound.relative), u = std::ldexp(1.0, 1 - format->precision);
    const bool too_close = bound.ulps == 0 && std::max(relative, 0.0) < u;
    const bool lies_close =
        relative == 0 && std::atof(bound.absolute) >= std::ldexp(u, largest_size);
    if (too_close && !lies_close) continue;
    const Choice choice = std::array{Choice::most, Choice::least, Choice::in_turn}[turn++ % 3];
    Claim claim = parse_claim(std::string(bound.sentence) + " in all", *function, *format);
    claim.domain = domain_of(bound, *function, *format);
    const BoundAt everywhere = [&bound](const Call&) -> const Bound& { return bound; };
    const Target target = edge_target(everywhere, GetParam(), choice, claim);
    SCOPED_TRACE(bound.sentence);
    const auto asked = [&, of = function](const Property& property) {
      // These have no cases without 0, or without numbers of both signs.
      const bool of_both_signs = property.name == "zeroth_power" || property.name == "reciprocal";
      const bool has_edges = property.name != "overflow" || of->arity == 1;
      return is_claimed(property) && has_edges && !(is_off_zero(bound, *of) && of_both_signs);
    };
    expect_stands(target, rounding, Calls::in_blocks, counts(), asked);
    expect_stands(target, rounding, Calls::singly, counts(), asked);
  }
}

/// Each call uses the bound of its own piece to the full.
TEST_P(Bounded, AtTheEdgeInEachPieceOfAClaim) {
  static constexpr Bound inside{"ulp <= 2.5", "0", "0", 2.5, 0};
  static constexpr Bound outside{"abs + rel <= 1e-5 + 0.3", "1e-5", "0.3", 0, 0};
  const auto& [function, format, rounding] = GetParam();
  const bool binary = function->arity == 2;
  const ClaimDomain piece = binary ? ClaimDomain{{0.5, 2}, {-8, 8}} : ClaimDomain{{-2, 1.5}, {}};
  const std::string where = binary ? "x in [0.5, 2], y in [-8, 8]" : "[-2, 1.5]";
  const Claim claim = parse_claim(std::string(inside.sentence) + " on " + where + " in all; " +
                                      outside.sentence + " elsewhere in all",
                                  *function, *format);
  const BoundAt bound_at = [piece](const Call& call) -> const Bound& {
    return covers(piece, call.x, call.y) ? inside : outside;
  };
  const Choice choice =
      std::array{Choice::most, Choice::least,
                 Choice::in_turn}[(function->name.size() + format->name.size()) % 3];
  const Target target = edge_target(bound_at, GetParam(), choice, claim);
  expect_stands(target, rounding, Calls::in_blocks, counts(), is_claimed);
  if (long_run()) expect_stands(target, rounding, Calls::singly, counts(), is_claimed);
}

INSTANTIATE_TEST_SUITE_P(All, Bounded, every_row(), row_title);

}  // namespace
}  // namespace napier::honest
