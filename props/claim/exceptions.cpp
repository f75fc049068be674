// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "props/claim/exceptions.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "lib/target/composition.hpp"
#include "lib/util/overloaded.hpp"
#include "oracles/oracle.hpp"
#include "oracles/special_cases.hpp"

namespace napier {
namespace {

/// Magnitudes below `no`, and `no` itself if it is included, must not signal; from `yes` on they
/// must.
struct Limits {
  Dyadic no;
  Dyadic yes;
  bool no_included = true;
};

Dyadic larger(const Dyadic& a, const Dyadic& b) { return compare(a, b) < 0 ? b : a; }
Dyadic smaller(const Dyadic& a, const Dyadic& b) { return compare(a, b) < 0 ? a : b; }

/// The largest error that is promised in this mode where those promises are made, in ulps; nullopt
/// if none is.
std::optional<Dyadic> promised_error(const Subject& subject,
                                     const std::vector<AccuracyClaim>& promises) {
  using Limit = std::optional<Dyadic>;
  std::optional<Dyadic> least;
  for (const AccuracyClaim& claim : promises) {
    const Limit limit = std::visit(
        overloaded{[](const WithinUlp& within) -> Limit { return within.limit; },
                   [&](const WithinRoundedUlp& within) -> Limit {
                     // Next to either limit r has the ulp of t.
                     return add(within.limit, most_of_rounding(subject.rounding));
                   },
                   [](const CorrectlyRounded&) -> Limit { return Dyadic::of_integer(1); },
                   [](const Faithful&) -> Limit { return Dyadic::of_integer(1); },
                   [](const ErrorBound&) -> Limit { return std::nullopt; },
                   [](const IntervalClaim&) -> Limit { return std::nullopt; },
                   [](const ExactOnIntegers&) -> Limit { return std::nullopt; }},
        claim);
    if (limit) least = least ? smaller(*least, *limit) : *limit;
  }
  return least;
}

/// The same anywhere: along a walk the same is asked, whatever piece of a claim it passes.
std::optional<Dyadic> promised_error(const Subject& subject) {
  std::optional<Dyadic> most;
  for (const ClaimPiece& piece : subject.pieces(Role::target)) {
    const auto error = promised_error(subject, piece.promises);
    if (!error) return std::nullopt;
    most = most ? larger(*most, *error) : *error;
  }
  return most;
}

/// Whether a result may be just as far from any true value as is promised, and no farther.
bool promises_only_ulps(const Subject& subject) {
  return std::ranges::all_of(subject.promises(Role::target), [](const AccuracyClaim& claim) {
    return std::holds_alternative<WithinUlp>(claim);
  });
}

bool promises_correct_rounding(const Subject& subject) {
  return std::ranges::all_of(subject.pieces(Role::target), [](const ClaimPiece& piece) {
    return std::ranges::any_of(piece.promises, [](const AccuracyClaim& claim) {
      return std::holds_alternative<CorrectlyRounded>(claim);
    });
  });
}

Limits limits_of_errors(const Subject& subject) {
  const Format& f = subject.format();
  const Dyadic largest = exact_value(max_finite(f));
  const Dyadic next = Dyadic::power_of_two(f.max_exponent + 1);
  const int q = f.max_exponent - f.precision + 1;  // exponent of the last ulp
  if (promises_correct_rounding(subject) && subject.rounding == Rounding::nearest) {
    const Dyadic middle = add(largest, Dyadic::power_of_two(q - 1));
    return {middle, middle};
  }
  const Dyadic least = Dyadic::power_of_two(f.max_exponent);
  const Dyadic most = Dyadic::power_of_two(f.max_exponent + 2);
  const auto error = promised_error(subject);
  if (!error || error->binade() >= f.precision - 2) return {least, most};
  const Dyadic slack = error->scaled(q);
  const Dyadic reaching = subtract(next, slack);  // itself within the claim of an infinity
  return {larger(least, smaller(largest, reaching)), smaller(most, add(next, slack)),
          compare(reaching, largest) > 0 || !promises_only_ulps(subject)};
}

/// Who may overflow early may signal it then.
Limits overflow_limits(const Subject& subject) {
  Limits limits = limits_of_errors(subject);
  if (!subject.claim->early_overflow) return limits;
  const Dyadic early = least_early_overflow(*subject.claim->early_overflow, subject.format());
  if (compare(early, limits.no) > 0) return limits;
  return {early, limits.yes, false};
}

/// From here on a result is normal whatever its claimed error does.
Dyadic surely_normal(const Subject& subject) {
  const Format& f = subject.format();
  const Dyadic most = Dyadic::power_of_two(f.min_exponent() + 1);
  const auto error = promised_error(subject);
  if (!error || error->binade() >= f.precision - 2) return most;
  return smaller(most,
                 add(Dyadic::power_of_two(f.min_exponent()), error->scaled(f.least_exponent())));
}

Demand beyond(TrueValue& t, const Limits& limits) {
  const bool negative = t.sign() < 0;
  const auto signed_limit = [negative](const Dyadic& limit) { return negative ? -limit : limit; };
  const Position outside = negative ? Position::below : Position::above;
  const Position at_yes = t.compare(signed_limit(limits.yes));
  if (at_yes == Position::undecided) return Demand::undecided;
  if (at_yes == Position::equal || at_yes == outside) return Demand::yes;
  const Position at_no = t.compare(signed_limit(limits.no));
  if (at_no == Position::undecided) return Demand::undecided;
  const bool at_the_limit = at_no == Position::equal && !limits.no_included;
  return at_no == outside || at_the_limit ? Demand::either : Demand::no;
}

/// log2 of a positive datum: with v = 2^b(1 + d), both exact, log2 v = b + 2 atanh(d/(2 + d))/ln 2.
/// For 1 + d in [1/sqrt 2, sqrt 2] what the series leaves out from its seventh power on is below
/// 2^-17 of its sum, and b is 0 or at least twice as large as the rest.
double log2_of(Float size) {
  const Dyadic v = exact_value(size);
  std::int64_t b = v.binade();
  const auto beyond_one = [&v](std::int64_t power) {  // exact before it becomes a double
    return to_double(subtract(v.scaled(-power), Dyadic::of_integer(1)));
  };
  if (beyond_one(b) > std::numbers::sqrt2 - 1) ++b;
  const double d = beyond_one(b);
  const double s = d / (2 + d);
  const double square = s * s;
  const double series = s * (1 + square * (1.0 / 3 + square / 5));
  return static_cast<double>(b) + 2 * series / std::numbers::ln2;
}

double log2_of_base(const Function& function, const Call& call) {
  switch (function.base) {
    case Base::e:
      return std::numbers::log2e;
    case Base::two:
      return 1;
    case Base::ten:
      return std::numbers::ln10 / std::numbers::ln2;
    case Base::argument:
      break;
  }
  return log2_of(absolute(call.x));
}

/// Overflow and underflow of a real value. The estimate is off by 16500·2^-14, little more than 1,
/// at most where it matters, and every limit lies within [2^emax, 2^(emax+2)] or
/// [2^emin, 2^(emin+1)]: 2 more on each side are enough.
void judge_size(const Subject& subject, const Call& call, Exceptions& found) {
  const Function& function = *subject.target->function;
  const Format& f = subject.format();
  if (function.kind == Kind::logarithm) return;  // |ln x| is 0 or within (2^-p - 1, 2^15)
  const double u = binary_exponent(function, call);
  const bool surely_over = u > f.max_exponent + 4;
  const bool maybe_over = u > f.max_exponent - 2;
  const bool difference = function.kind == Kind::power_minus_one;
  // |a^x - 1| >= |x|/4 for |x| <= 1, and >= 1/4 for the other x.
  const bool maybe_under =
      difference ? exact_value(call.x).binade() < f.min_exponent() + 3 : u < f.min_exponent() + 4;
  const bool surely_under = !difference && u < f.min_exponent() - 2;
  found.overflow = surely_over ? Demand::yes : Demand::no;
  found.underflow = surely_under ? Demand::either : Demand::no;
  if (surely_over || surely_under || !(maybe_over || maybe_under)) return;
  TrueValue t(function, call);
  if (maybe_over) found.overflow = beyond(t, overflow_limits(subject));
  if (!maybe_under || t.sign() == 0) return;
  const Dyadic limit = surely_normal(subject);
  found.underflow = beyond(t, {limit, limit}) == Demand::no ? Demand::either : Demand::no;
}

bool nan_given(const Call& call) {
  return is_nan(call.x) || (call.y.format != nullptr && is_nan(call.y));
}

/// An infinity at finite arguments is a pole. At infinite ones it is exact, except that
/// pow(±0, -inf) may signal a pole (C23 F.10.4.5).
Demand pole(const Call& call) {
  if (call.y.format == nullptr) return is_finite(call.x) ? Demand::yes : Demand::no;
  if (!is_finite(call.x)) return Demand::no;
  if (is_finite(call.y)) return Demand::yes;
  return is_zero(call.x) ? Demand::either : Demand::no;
}

}  // namespace

std::string annex_f_unknown(const Function& function) {
  if (is_derivative(function)) return "Annex F knows no derivatives";
  return is_composed(function) ? "Annex F knows no compositions" : "";
}

double binary_exponent(const Function& function, const Call& call) {
  const Float exponent = function.arity == 2 ? call.y : call.x;
  return to_double(exact_value(exponent)) * log2_of_base(function, call);
}

std::optional<Exceptions> exceptions(const Subject& subject, const Call& call) {
  for (const Float x : {call.x, call.y}) {
    if (x.format == nullptr) continue;
    const FloatClass kind = classify(x);
    if (kind == FloatClass::nan && is_signalling(x)) return std::nullopt;
    if (kind == FloatClass::subnormal && subject.claim->flushing.arguments) return std::nullopt;
  }
  Exceptions found;
  std::visit(overloaded{
                 [&](const NoValue&) {
                   if (!nan_given(call)) found.invalid = Demand::yes;
                 },
                 [&](const InfiniteValue&) { found.divide_by_zero = pole(call); },
                 [](const ZeroValue&) {},
                 [](const UnitValue&) {},
                 [&](const RealValue&) { judge_size(subject, call, found); },
             },
             special_case(*subject.target->function, call));
  return found;
}

}  // namespace napier
