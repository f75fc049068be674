// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "audit/profile/judged_errors.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

#include "lib/fp/native.hpp"
#include "lib/fp/ordinal.hpp"
#include "lib/target/composition.hpp"
#include "oracles/oracle.hpp"
#include "props/domain/call_domain.hpp"
#include "props/property/property.hpp"
#include "props/tally/largest.hpp"

namespace napier {
namespace {

constexpr double infinite = std::numeric_limits<double>::infinity();

bool is_of_accuracy(const Measurement& m) {
  const Property* property = known_property(m.property);
  return property != nullptr && property->family == Family::accuracy;
}

/// The exponent of the largest ulp of the format.
std::int64_t largest_ulp(const Format& format) { return ulp_exponent(format, format.max_exponent); }

/// The call whose last argument that is, if |t| is largest at an end along it: of functions of two
/// arguments along the exponents of one base, whose powers are as large as those of its magnitude.
/// A derivative's, as y a^(y - 1), may be largest anywhere.
std::optional<Call> call_at(const Subject& subject, Float x) {
  const Function& function = *subject.target->function;
  if (function.arity == 1) return Call{x, {}};
  const auto base = function.order == 0 ? only_base(subject) : std::nullopt;
  return base ? std::optional(Call{absolute(*base), x}) : std::nullopt;
}

/// The exponent of an ulp of the true value at x, or of a larger one.
std::int64_t ulp_at(const Subject& subject, Float x) {
  const Format& format = subject.format();
  const auto call = call_at(subject, x);
  if (!call) return largest_ulp(format);
  TrueValue truth(*subject.target->function, *call);
  if (truth.is_nan()) return least_ulp_exponent(format);  // no true value, and no error
  if (truth.is_infinite()) return largest_ulp(format);
  const auto value = truth.rounded(format, Rounding::nearest);
  if (!value || !is_finite(*value)) return largest_ulp(format);
  if (is_zero(*value)) return least_ulp_exponent(format);
  return ulp_exponent(format, exact_value(*value).binade());
}

/// An argument inside the claim's domain, and at which the function is finite: the next one there.
struct Ends {
  Float lo, hi;
};
std::optional<Ends> inside_domain(const Subject& subject, Float one, Float other) {
  const Format& format = subject.format();
  const auto finite = [&](Float x) {
    return is_infinite(x) ? max_finite(format, is_negative(x)) : x;
  };
  Float lo = finite(one), hi = finite(other);
  const auto above = [](Float a, Float b) { return ordinal(a) > ordinal(b); };
  if (above(lo, hi)) std::swap(lo, hi);
  const ClaimDomain& claimed = subject.claim->domain;
  const Range& domain = subject.target->function->arity == 1 ? claimed.x : claimed.y;
  const auto end = [&](double x, Rounding outwards) {
    return finite(std::isinf(x) ? infinity(format, x < 0)
                                : round_to(format, exact_value(from_native(x)), outwards));
  };
  if (const Float least = end(domain.lo, Rounding::down); above(least, lo)) lo = least;
  if (const Float most = end(domain.hi, Rounding::up); above(hi, most)) hi = most;
  if (above(lo, hi)) return std::nullopt;
  if (subject.target->function->kind == Kind::logarithm) {
    const Float least = min_subnormal(format);
    if (above(least, lo)) lo = least;
    if (above(least, hi)) return std::nullopt;
  }
  return Ends{lo, hi};
}

/// The largest ulp of arguments between two of one sign, or of all; nullopt if the claim speaks of
/// none there. Along both |t| of a power, one less 1, a logarithm or a derivative of the first is
/// largest at an end.
std::optional<std::int64_t> ulp_between(const Subject& subject, Float one, Float other) {
  const auto ends = inside_domain(subject, one, other);
  if (!ends) return std::nullopt;
  return std::max(ulp_at(subject, ends->lo), ulp_at(subject, ends->hi));
}

/// The largest ulp of true values whose results are below `to` and at most k ulp off.
std::int64_t ulp_of_results(const Format& format, Float to, double k) {
  // k ulp(t) are at most half of |t| then, and |t| is at most twice the result.
  const bool near = k <= std::ldexp(1, format.precision - 2);
  if (!is_finite(to) || is_zero(to) || !near) return largest_ulp(format);
  const Dyadic size = exact_value(to).reduced();
  return ulp_exponent(format, size.binade() + (size.significand == 1 ? 0 : 1));
}

}  // namespace

double ulps_above(double k, std::int64_t exponent) {
  if (k == 0 || std::isinf(k)) return k;
  constexpr int far = 20'000;  // beyond every double
  const double size =
      std::ldexp(k, static_cast<int>(std::clamp<std::int64_t>(exponent, -far, far)));
  return std::isinf(size) || size < std::numeric_limits<double>::min()
             ? std::nextafter(size, infinite)
             : size;  // exact
}

JudgedErrors judged_errors(const Subject& subject, const TargetResult& result) {
  const Format& format = subject.format();
  JudgedErrors all;
  double relative = 0, absolute = 0;
  bool any = false;
  const auto add = [&](double k, std::int64_t ulp) {
    relative = std::max(relative, ulps_above(k, 1 - format.precision));
    absolute = std::max(absolute, ulps_above(k, ulp));
  };
  for (const Measurement& m : result.measurements) {
    if (m.rounding != subject.rounding || !is_of_accuracy(m)) continue;
    any = true;
    const std::uint64_t undecided = m.undecided_cap + m.undecided_no_answer;
    all.calls += m.cases - std::min(m.cases, undecided);
    all.every_call |= m.strength == Strength::exhaustive && undecided == 0;
    for (const BinadeError& range : m.breakdown.binades) {
      const double k = range.max_ulp.hi.value;
      if (m.breakdown.of_results)
        add(k, ulp_of_results(format, range.to, k));
      else if (const auto ulp = ulp_between(subject, range.from, range.to))
        add(k, *ulp);
    }
    // Elsewhere no error is above that.
    const double rest = m.at.empty() ? worth_keeping : std::min(worth_keeping, m.max_ulp.hi.value);
    const auto ulp = m.breakdown.of_results
                         ? std::optional(largest_ulp(format))
                         : ulp_between(subject, infinity(format, true), infinity(format));
    if (ulp) add(rest, *ulp);
  }
  if (any) all.relative = relative;
  if (any && !is_composed(*subject.target->function)) all.absolute = absolute;
  return all;
}

}  // namespace napier
