// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// Claim sets by brute force: on toy formats every returned value meets a dense grid of true values,
// and the claim is decided there from its definition, in integers. A number is an integer count of
// units of q(emin)·2^−45, so that a claim set's ends (multiples of q(emin)·2^−40) are integers too.
#include "lib/target/claim_set.hpp"

#include <algorithm>

#include "tests/lib/support.hpp"

namespace napier {
namespace {

using Number = SignedBits;

constexpr int unit_bits = 45;
constexpr int claim_bits = 40;

constexpr Format toy{"toy", 4, 3, 7, false, ""};
constexpr Format finer_toy{"finer toy", 5, 3, 8, false, ""};

Number power(const Format& f, int exponent) {
  return Number(1) << (exponent - f.least_exponent() + unit_bits);
}
Number units(const Format& f, const Dyadic& value) {
  const Dyadic x = value.reduced();
  if (x.is_zero()) return 0;
  const auto shift = static_cast<int>(x.exponent) - f.least_exponent() + unit_bits;
  EXPECT_GE(shift, 0) << "an end finer than a unit: " << to_hex(value);
  const auto magnitude = static_cast<Number>(x.significand << shift);
  return x.negative ? -magnitude : magnitude;
}
/// K as a count of 2^−40.
Number claim_units(const Dyadic& limit) {
  return limit.is_zero() ? 0
                         : static_cast<Number>(limit.significand << (limit.exponent + claim_bits));
}
Number size(Number t) { return t < 0 ? -t : t; }

/// ulp(t) = 2^(min(max(e, emin), emax) − p + 1) with 2^e ≤ |t| < 2^(e+1); that of 0 is q(emin).
Number ulp(const Format& f, Number t) {
  int e = f.min_exponent();
  while (e < f.max_exponent && size(t) >= power(f, e + 1)) ++e;
  return power(f, e - f.precision + 1);
}

/// error(y, t) ≤ k/2^40, word for word: |y − t| / ulp(t); an infinity stands for ±2^(emax+1) and
/// all beyond; where the mode truncates, the largest finite stands for all beyond at min(·, 1).
class WithinUlpByDefinition {
 public:
  WithinUlpByDefinition(Float y, Number k, Rounding rounding)
      : format_(*y.format),
        k_(k),
        sign_(is_negative(y) ? -1 : 1),
        infinite_(is_infinite(y)),
        value_(infinite_ ? sign_ * power(format_, format_.max_exponent + 1)
                         : units(format_, exact_value(y))),
        stands_for_all_beyond_(absolute(y) == max_finite(format_) &&
                               (rounding == Rounding::zero ||
                                rounding == (is_negative(y) ? Rounding::up : Rounding::down))) {}

  bool operator()(Number t) const {
    const bool beyond = sign_ * (t - value_) > 0;
    if (infinite_ && (beyond || t == value_)) return true;
    if (stands_for_all_beyond_ && beyond && k_ >= Number(1) << claim_bits) return true;
    return (size(value_ - t) << claim_bits) <= k_ * ulp(format_, t);
  }

 private:
  const Format& format_;
  Number k_;
  Number sign_;
  bool infinite_;
  Number value_;
  bool stands_for_all_beyond_;
};

/// The finite values of a format in order, and rounding by looking them up.
class Grid {
 public:
  explicit Grid(const Format& f) : beyond_(power(f, f.max_exponent + 1)) {
    for (Bits significand = 0; significand < Bits(1) << f.precision; ++significand)
      for (int e = f.min_exponent(); e <= f.max_exponent; ++e) {
        const Number value = static_cast<Number>(significand) * power(f, e - f.precision + 1);
        values_.push_back(value);
        values_.push_back(-value);
      }
    std::ranges::sort(values_);
    values_.erase(std::unique(values_.begin(), values_.end()), values_.end());
  }

  /// The neighbours of t; ±2^(emax+1) stands for an infinity. Equal where t is a value.
  std::pair<Number, Number> neighbours(Number t) const {
    if (t > values_.back()) return {values_.back(), beyond_};
    if (t < values_.front()) return {-beyond_, values_.front()};
    const auto above = std::ranges::lower_bound(values_, t);
    return {*above == t ? t : *(above - 1), *above};
  }

  Number rounded(Number t, Rounding rounding) const {
    const auto [below, above] = neighbours(t);
    switch (rounding) {
      case Rounding::up:
        return above;
      case Rounding::down:
        return below;
      case Rounding::zero:
        return t < 0 ? above : below;
      case Rounding::nearest:
        break;
    }
    if (size(t) >= beyond_) return t < 0 ? -beyond_ : beyond_;
    if (t - below != above - t) return t - below < above - t ? below : above;
    return is_even(below) ? below : above;
  }

 private:
  // Every other value counted from 0 has an even significand; so has 2^(emax+1).
  bool is_even(Number value) const {
    if (size(value) == beyond_) return true;
    const auto zero = std::ranges::lower_bound(values_, Number(0)) - values_.begin();
    return (std::ranges::lower_bound(values_, value) - values_.begin() - zero) % 2 == 0;
  }

  Number beyond_;
  std::vector<Number> values_;
};

Number as_number(Float y) {
  const Number sign = is_negative(y) ? -1 : 1;
  return is_infinite(y) ? sign * power(*y.format, y.format->max_exponent + 1)
                        : units(*y.format, exact_value(y));
}

/// The set must be the hull of what is allowed: it holds every allowed point of the grid, and each
/// of its ends is allowed or the limit of allowed points. Returns the points in its gaps.
template <class Allowed>
int expect_hull(const Format& f, const ClaimSet& set, const Allowed& allowed, int per_quantum) {
  const Number far = power(f, f.max_exponent + 2);
  const Number step = power(f, f.least_exponent()) / per_quantum;
  const Number lo = set.lo ? units(f, *set.lo) : -far;
  const Number hi = set.hi ? units(f, *set.hi) : far;
  int inside_not_allowed = 0;
  for (Number t = -far; t <= far; t += step) {
    const bool inside = !set.empty && lo <= t && t <= hi;
    const bool is_allowed = allowed(t);
    if (is_allowed && !inside) {
      ADD_FAILURE() << "allowed, but outside: " << static_cast<double>(t) << " units";
      return 0;
    }
    if (inside && !is_allowed) ++inside_not_allowed;
  }
  if (set.empty) return 0;
  const auto reached = [&](Number end, Number inward) {
    return allowed(end) || allowed(end + inward);
  };
  EXPECT_TRUE(reached(lo, 1));
  EXPECT_TRUE(reached(hi, -1));
  return inside_not_allowed;
}

template <class F>
void for_every_datum(const Format& f, F body) {
  for (Ordinal n = -max_ordinal(f) - 1; n <= max_ordinal(f); ++n) {
    const Float y = from_ordinal(f, n);
    SCOPED_TRACE(to_hex(y));
    body(y);
    if (::testing::Test::HasFailure()) return;
  }
}

void within_ulp_is_solved_exactly(const Format& f, int per_quantum) {
  int pairs_with_gap = 0;
  for (const char* text : {"0", "0.25", "0.5", "0.53", "1", "1.5", "2", "3.75"}) {
    const Dyadic limit = parse_limit(text, f).limit;
    const Number k = claim_units(limit);
    for (const Rounding rounding : all_roundings) {
      SCOPED_TRACE(std::string(text) + " ulp, " + std::string(name(rounding)));
      for_every_datum(f, [&](Float y) {
        const ClaimSet set = claim_set(y, WithinUlp{limit}, rounding);
        const WithinUlpByDefinition allowed(y, k, rounding);
        if (expect_hull(f, set, allowed, per_quantum) > 0) ++pairs_with_gap;
      });
    }
  }
  EXPECT_GT(pairs_with_gap, 0) << "gaps under binade tops exist; the grid has missed them";
}

TEST(ClaimSet, WithinUlpIsTheHullOfItsDefinition) {
  within_ulp_is_solved_exactly(toy, 16);
  within_ulp_is_solved_exactly(finer_toy, 4);
}

TEST(ClaimSet, WithinRoundedUlpIsTheHullOfItsDefinition) {
  for (const Format* f : {&toy, &finer_toy}) {
    const Grid grid(*f);
    for (const char* text : {"0", "0.25", "0.5", "1", "1.5", "2", "3.75"}) {
      const Dyadic limit = parse_limit(text, *f).limit;
      const Number k = claim_units(limit);
      if (compare(limit, Dyadic::power_of_two(f->precision - 2)) >= 0) continue;
      for (const Rounding rounding : all_roundings) {
        SCOPED_TRACE(std::string(text) + " ulp, " + std::string(name(rounding)));
        for_every_datum(*f, [&](Float y) {
          const auto allowed = [&, value = as_number(y)](Number t) {
            const Number r = grid.rounded(t, rounding);
            return (size(value - r) << claim_bits) <= k * ulp(*f, r);
          };
          expect_hull(*f, claim_set(y, WithinRoundedUlp{limit}, rounding), allowed, 4);
        });
      }
    }
  }
}

TEST(ClaimSet, CorrectlyRoundedIsTheHullOfItsDefinition) {
  for (const Format* f : {&toy, &finer_toy}) {
    const Grid grid(*f);
    for (const Rounding rounding : all_roundings) {
      SCOPED_TRACE(name(rounding));
      for_every_datum(*f, [&](Float y) {
        const auto allowed = [&, value = as_number(y)](Number t) {
          return grid.rounded(t, rounding) == value;
        };
        const ClaimSet set = claim_set(y, CorrectlyRounded{}, rounding);
        const int gaps = expect_hull(*f, set, allowed, 4);  // it breaks at halves of q(emin)
        // Of the closed hull only ends can be missing.
        EXPECT_LE(gaps, 2);
      });
    }
  }
}

TEST(ClaimSet, FaithfulIsTheHullOfItsDefinition) {
  for (const Format* f : {&toy, &finer_toy}) {
    const Grid grid(*f);
    for_every_datum(*f, [&](Float y) {
      const auto allowed = [&, value = as_number(y)](Number t) {
        const auto [below, above] = grid.neighbours(t);
        return below == value || above == value;
      };
      for (const Rounding rounding : all_roundings)
        EXPECT_LE(expect_hull(*f, claim_set(y, Faithful{}, rounding), allowed, 4), 2);
    });
  }
}

TEST(ClaimSet, RoundingByTheGridIsRoundTo) {
  for (const Format* f : {&toy, &finer_toy}) {
    const Grid grid(*f);
    const Number far = power(*f, f->max_exponent + 2);
    const int eighths = f->least_exponent() - 3;
    for (Number t = -far; t <= far; t += power(*f, eighths)) {
      const Dyadic value{t < 0, static_cast<Bits>(size(t) >> (unit_bits - 3)), eighths};
      for (const Rounding rounding : all_roundings)
        ASSERT_EQ(as_number(round_to(*f, value, rounding)), grid.rounded(t, rounding))
            << to_hex(value) << " " << name(rounding);
    }
  }
}

TEST(ClaimSet, AFlushedZeroAlsoStandsForTheSubnormals) {
  for (const char* text : {"0", "0.5", "1", "2"}) {
    const Dyadic limit = parse_limit(text, toy).limit;
    const Number k = claim_units(limit);
    const Number reach =
        power(toy, toy.min_exponent()) + units(toy, limit.scaled(toy.least_exponent()));
    for (const Rounding rounding : all_roundings)
      for_every_datum(toy, [&](Float y) {
        const WithinUlpByDefinition within(y, k, rounding);
        const auto allowed = [&, flushed = is_zero(y)](Number t) {
          return (flushed && size(t) < reach) || within(t);
        };
        expect_hull(toy, claim_set(y, WithinUlp{limit}, rounding, true), allowed, 4);
      });
  }
}

TEST(ClaimSet, AClaimTooWideForTheFormatSaysNothing) {
  const Dyadic limit = Dyadic::power_of_two(toy.precision - 2);
  for_every_datum(toy, [&](Float y) {
    const ClaimSet set = claim_set(y, WithinUlp{limit}, Rounding::nearest);
    EXPECT_FALSE(set.empty);
    EXPECT_FALSE(set.lo || set.hi);
  });
}

TEST(ClaimSet, OfANaNIsEmptyUnderEveryClaim) {
  for (const Format* f : all_formats)
    for (const Rounding rounding : all_roundings)
      for (const AccuracyClaim& claim :
           {AccuracyClaim(WithinUlp{Dyadic::of_integer(1)}), AccuracyClaim(CorrectlyRounded{}),
            AccuracyClaim(Faithful{})})
        EXPECT_TRUE(claim_set(quiet_nan(*f), claim, rounding, true).empty);
}

}  // namespace
}  // namespace napier
