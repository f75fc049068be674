// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include <algorithm>
#include <cassert>
#include <limits>

#include "lib/fp/ordinal.hpp"
#include "lib/util/overloaded.hpp"
#include "oracles/backend/mpfi_number.hpp"
#include "oracles/backend/mpfi_position.hpp"
#include "oracles/error_bound_truth.hpp"
#include "oracles/exact_cases.hpp"
#include "oracles/oracle.hpp"
#include "oracles/real_value.hpp"
#include "oracles/special_cases.hpp"

namespace napier {

Refinement default_refinement(const Format& format) {
  return {{format.precision + 64}, {8 * format.precision + 64}};
}

struct TrueValue::Impl {
  const Function* function;
  Call call;
  Refinement refinement;
  SpecialCase special;
  bool finite_exact = false;  // `current` is the value itself
  Enclosure first;            // an open enclosure at the starting precision, or the exact value
  Enclosure current;          // the closest one so far

  /// Puts a question to ever closer enclosures until it has an answer or the cap is reached.
  template <class Question>
  auto decide(Question question) -> decltype(question(current)) {
    auto answer = question(current);
    while (!answer && !finite_exact && precision(current) < refinement.cap) {
      const Precision next = std::min(Precision{2 * precision(current).bits}, refinement.cap);
      current = real_value(*function, call, next);
      answer = question(current);
    }
    return answer;
  }

  PositionRule rule() const { return finite_exact ? PositionRule::exact : PositionRule::open; }

  /// t if it is known to be a rational number: dyadic, with a power of five below, or 1 over such
  /// a number.
  std::optional<Rational> as_rational() const {
    if (finite_exact) return rational(first);
    if (const auto multiple = exact_case(*function, call, most_fives))
      return Rational(rational(*multiple) / pow(boost::multiprecision::mpz_int(5), most_fives));
    if (function->kind != Kind::power) return std::nullopt;
    Call inverse = call;
    Float& exponent = function->arity == 2 ? inverse.y : inverse.x;
    exponent = negated(exponent);
    const auto one_over = exact_case(*function, inverse);
    return one_over ? std::optional(Rational(1 / rational(*one_over))) : std::nullopt;
  }
  bool negative_zero() const {
    const auto* zero_value = std::get_if<ZeroValue>(&special);
    return zero_value != nullptr && zero_value->negative;
  }
};

TrueValue::TrueValue(const Function& function, const Call& call)
    : TrueValue(function, call, default_refinement(*call.x.format)) {}

TrueValue::TrueValue(const Function& function, const Call& call, Refinement refinement)
    : impl_(std::make_unique<Impl>()) {
  Impl& t = *impl_;
  t.function = &function;
  t.call = call;
  t.refinement = refinement;
  t.special = special_case(function, call);
  const auto exactly = [&t](Enclosure value) {
    t.finite_exact = true;
    t.first = std::move(value);
  };
  std::visit(overloaded{
                 [](const NoValue&) {},
                 [](const InfiniteValue&) {},
                 [&](const ZeroValue&) { exactly(Enclosure()); },
                 [&](const UnitValue& unit) {
                   exactly(Enclosure(Precision{64}, Dyadic::of_integer(unit.negative ? -1 : 1)));
                 },
                 [&](const RealValue&) {
                   if (auto exact = exact_case(function, call))
                     exactly(std::move(*exact));
                   else
                     t.first = real_value(function, call, refinement.start);
                 },
             },
             t.special);
  t.current = t.first;
}

TrueValue::~TrueValue() = default;

bool TrueValue::is_nan() const { return std::holds_alternative<NoValue>(impl_->special); }
bool TrueValue::is_infinite() const {
  return std::holds_alternative<InfiniteValue>(impl_->special);
}
int TrueValue::infinite_sign() const {
  return std::get<InfiniteValue>(impl_->special).negative ? -1 : 1;
}
bool TrueValue::is_exact() const { return impl_->finite_exact; }

Position TrueValue::compare(const Dyadic& comparand) {
  assert(!is_nan());
  if (is_infinite()) return infinite_sign() < 0 ? Position::below : Position::above;
  return impl_->decide([&](const Enclosure& t) { return position(t, comparand, impl_->rule()); })
      .value_or(Position::undecided);
}

int TrueValue::sign() {
  const Position at = compare(Dyadic{});
  assert(at != Position::undecided && "a function's enclosure never straddles zero");
  return at == Position::below ? -1 : at == Position::above ? 1 : 0;
}

std::optional<Float> TrueValue::rounded(const Format& format, Rounding rounding) {
  if (is_nan()) return quiet_nan(format);
  if (is_infinite()) return infinity(format, infinite_sign() < 0);
  auto result = impl_->decide(
      [&](const Enclosure& t) { return common_rounding(t, impl_->rule(), format, rounding); });
  if (result && is_exact() && is_zero(*result) && impl_->negative_zero())
    *result = negated(*result);
  return result;
}

namespace {

constexpr double infinite = std::numeric_limits<double>::infinity();

/// What a returned value stands for in comparisons: ±inf stands for ±2^(emax+1).
Dyadic stands_for(Float y) {
  if (!is_infinite(y)) return exact_value(y);
  const Dyadic top = Dyadic::power_of_two(y.format->max_exponent + 1);
  return is_negative(y) ? -top : top;
}

/// A max-finite that directed rounding may return for everything beyond it.
bool saturates(Float y, Rounding rounding) {
  if (rounding == Rounding::nearest || absolute(y) != max_finite(*y.format)) return false;
  return rounding == Rounding::zero || rounding == (is_negative(y) ? Rounding::up : Rounding::down);
}

}  // namespace

SignedUlpRange TrueValue::signed_error(Float y, Rounding rounding) {
  const bool y_nan = napier::is_nan(y);
  if (is_nan()) return y_nan ? SignedUlpRange{} : SignedUlpRange{infinite, infinite};
  if (y_nan) return {infinite, infinite};
  if (is_infinite()) {
    const bool right = napier::is_infinite(y) && is_negative(y) == (infinite_sign() < 0);
    return right ? SignedUlpRange{} : SignedUlpRange{infinite, infinite};
  }
  const Format& format = *y.format;
  const Dyadic value = stands_for(y);
  const bool stands_beyond = napier::is_infinite(y);
  if (stands_beyond) {
    const Position at = compare(value);
    if (at == Position::equal || at == (is_negative(y) ? Position::below : Position::above))
      return {};
  }
  const auto exponent = impl_->decide(
      [&](const Enclosure& t) { return common_ulp_exponent(t, impl_->rule(), format); });
  // Always from the first enclosure, so that the figure doesn't depend on what was asked before.
  SignedUlpRange range = exponent ? distance(value, impl_->first, *exponent)
                                  : widest_distance(value, impl_->first, impl_->rule(), format);
  if (saturates(y, rounding)) {  // min(·, 1) beyond it, and t is beyond it where the sign says so
    const bool negative = is_negative(y);
    if (!negative) range.lo = std::max(range.lo, -1.0), range.hi = std::max(range.hi, -1.0);
    if (negative) range.lo = std::min(range.lo, 1.0), range.hi = std::min(range.hi, 1.0);
  }
  return range;
}

UlpRange TrueValue::error(Float y, Rounding rounding) {
  return signed_error(y, rounding).magnitude();
}

namespace {

Truth truth_of(const std::optional<bool>& answer) {
  return answer ? *answer ? Truth::yes : Truth::no : Truth::undecided;
}

/// |y − t| ≤ k·ulp(t) for a t with ulp 2^exponent: 5^f·t, enclosed, is compared with 5^f(y ±
/// k·ulp), where 5^f·k is dyadic.
std::optional<bool> within(const Enclosure& t_times_fives, PositionRule rule, const Dyadic& y,
                           const Decimal& k, std::int64_t exponent) {
  const Dyadic slack = k.numerator.scaled(exponent);
  const auto low = sum_position(t_times_fives, y, -slack, k.fives, rule);
  const auto high = sum_position(t_times_fives, y, slack, k.fives, rule);
  if (low == Position::below || high == Position::above) return false;
  if (low && high) return true;
  return std::nullopt;
}

bool same_value(Float a, Float b) { return a == b || (is_zero(a) && is_zero(b)); }

}  // namespace

Truth TrueValue::keeps_within(Float y, const Decimal& k, Rounding rounding) {
  const auto beyond = is_negative(y) ? Position::below : Position::above;
  const Dyadic value = stands_for(y);
  if (napier::is_infinite(y)) {
    const Position at = compare(value);
    if (at == beyond || at == Position::equal) return Truth::yes;
    if (at == Position::undecided) return Truth::undecided;
  }
  if (saturates(y, rounding) && is_at_least_one(k) && compare(value) == beyond) return Truth::yes;
  const Format& format = *y.format;
  const auto kept = impl_->decide([&](const Enclosure& t) -> std::optional<bool> {
    const auto exponent = common_ulp_exponent(t, impl_->rule(), format);
    if (!exponent) return std::nullopt;
    return within(times_fives(t, k.fives), impl_->rule(), value, k, *exponent);
  });
  if (kept || k.is_dyadic() || is_exact()) return truth_of(kept);
  // Of a t that is no dyadic number but rational, as 10^-n, a decimal may be the very error.
  const auto exponent = common_ulp_exponent(impl_->current, impl_->rule(), format);
  const auto multiple = exact_case(*impl_->function, impl_->call, k.fives);
  if (!exponent || !multiple) return Truth::undecided;
  return truth_of(within(*multiple, PositionRule::exact, value, k, *exponent));
}

Truth TrueValue::keeps_within_rounded(Float y, const Decimal& k, Rounding rounding) {
  const auto right = rounded(*y.format, rounding);
  if (!right) return Truth::undecided;
  const Enclosure r(Precision{128}, stands_for(*right));
  const auto exponent = common_ulp_exponent(r, PositionRule::exact, *y.format);
  return truth_of(
      within(times_fives(r, k.fives), PositionRule::exact, stands_for(y), k, exponent.value()));
}

Truth TrueValue::keeps_sum(const BoundedResult& y) {
  if (!is_exact()) {
    const auto kept = impl_->decide([&](const Enclosure& t) { return is_within(y, t); });
    if (kept) return truth_of(kept);
  }
  // A rational number may be at the very bound.
  const auto t = impl_->as_rational();
  return t ? truth_of(is_within(y, *t)) : Truth::undecided;
}

Truth TrueValue::keeps_bound(Float y, const ErrorBound& bound, Rounding rounding) {
  const auto beyond = is_negative(y) ? Position::below : Position::above;
  const Dyadic value = stands_for(y);
  bool is_beyond = false;
  if (napier::is_infinite(y) || saturates(y, rounding)) {
    const Position at = compare(value);
    if (at == Position::undecided) return Truth::undecided;
    is_beyond = at == beyond || at == Position::equal;
    if (napier::is_infinite(y) && is_beyond) return Truth::yes;
  }
  Truth kept = Truth::no;
  for (const ErrorSum& sum : bound.any) {
    if (sum.says_nothing_at(impl_->call.x)) return Truth::yes;
    const Truth one = keeps_sum({sum, *y.format, impl_->call.x, value, is_beyond});
    if (one == Truth::yes) return one;
    if (one == Truth::undecided) kept = one;
  }
  return kept;
}

Truth TrueValue::keeps_interval(const ClaimSet& allowed) {
  if (allowed.empty) return Truth::no;
  Truth kept = Truth::yes;
  const auto ask = [&](const std::optional<Dyadic>& end, bool without, Position outside) {
    if (!end || kept == Truth::no) return;
    const Position at = compare(*end);
    if (at == outside || (without && at == Position::equal)) kept = Truth::no;
    if (at == Position::undecided) kept = Truth::undecided;
  };
  ask(allowed.lo, allowed.without_lo, Position::below);
  ask(allowed.hi, allowed.without_hi, Position::above);
  return kept;
}

Truth TrueValue::keeps_exactness(Float y) {
  const auto is_whole = [](Float x) { return x.format == nullptr || is_integer(x); };
  if (!is_exact() || !is_whole(impl_->call.x) || !is_whole(impl_->call.y)) return Truth::yes;
  const auto right = rounded(*y.format, Rounding::zero);
  if (!right || !napier::is_finite(*right)) return Truth::yes;
  const Position at = compare(exact_value(*right));
  return at != Position::equal || same_value(*right, y) ? Truth::yes : Truth::no;
}

Truth TrueValue::keeps(Float y, const AccuracyClaim& claim, Rounding rounding) {
  const auto yes_if = [](bool kept) { return kept ? Truth::yes : Truth::no; };
  // It promises nothing of a call whose true value is no number: special values do.
  const bool of_numbers = std::holds_alternative<ExactOnIntegers>(claim);
  if (of_numbers && (is_nan() || is_infinite())) return Truth::yes;
  if (is_nan() || napier::is_nan(y)) return yes_if(is_nan() == napier::is_nan(y));
  if (is_infinite()) return yes_if(y == infinity(*y.format, infinite_sign() < 0));
  const auto rounds_to = [&](Rounding mode) -> std::optional<bool> {
    const auto right = rounded(*y.format, mode);
    if (!right) return std::nullopt;
    return same_value(*right, y);
  };
  return std::visit(
      overloaded{
          [&](const WithinUlp& promise) { return keeps_within(y, promise.exact, rounding); },
          [&](const WithinRoundedUlp& promise) {
            return keeps_within_rounded(y, promise.exact, rounding);
          },
          [&](const CorrectlyRounded&) { return truth_of(rounds_to(rounding)); },
          [&](const Faithful&) {
            const auto down = rounds_to(Rounding::down);
            if (down == true) return Truth::yes;
            const auto up = rounds_to(Rounding::up);
            if (up == true) return Truth::yes;
            return down && up ? Truth::no : Truth::undecided;
          },
          [&](const ErrorBound& bound) { return keeps_bound(y, bound, rounding); },
          [&](const IntervalClaim& interval) {
            return keeps_interval(interval.allowed(y, rounding));
          },
          [&](const ExactOnIntegers&) { return keeps_exactness(y); },
      },
      claim);
}

Enclosure TrueValue::enclosure(Precision wanted) const {
  assert(!is_nan() && !is_infinite());
  if (impl_->finite_exact || precision(impl_->current) >= wanted) return impl_->current;
  return real_value(*impl_->function, impl_->call, wanted);
}

Enclosure log_of_base(const Function& function, const Call& call, Precision at) {
  const Enclosure like(at, Dyadic{});
  if (function.base != Base::argument) return log_of_base(function.base, like);
  return log(Enclosure(at, exact_value(call.x)));
}

}  // namespace napier
