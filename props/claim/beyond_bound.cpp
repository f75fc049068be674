// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "props/claim/beyond_bound.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <variant>

#include "lib/fp/ulp.hpp"

namespace napier {

std::string beyond_bound(const Subject& subject, const Call& call, TrueValue& truth, Float y) {
  const bool broken =
      std::ranges::any_of(subject.promises(Role::target, call), [&](const AccuracyClaim& claim) {
        return std::holds_alternative<ErrorBound>(claim) &&
               truth.keeps(y, claim, subject.rounding) == Truth::no;
      });
  if (!broken || !is_finite(y)) return {};
  // The same binade as t: rounding to zero never leaves it.
  const auto inside = truth.rounded(subject.format(), Rounding::zero);
  const SignedUlpRange error = truth.signed_error(y, subject.rounding);
  if (!inside || !is_finite(*inside) || !std::isfinite(error.lo)) return {};
  const Dyadic size = exact_value(*inside);
  const std::int64_t ulp = ulp_exponent(
      subject.format(), size.is_zero() ? subject.format().min_exponent() : size.binade());
  const double ulps = to_double(exact_value(y).scaled(-ulp));
  const double relative = std::fabs(error.lo / (ulps - error.lo));
  const bool right = truth.keeps(y, CorrectlyRounded{}, subject.rounding) == Truth::yes;
  return fmt::format("a relative error of {:.4g}{}", relative,
                     right ? "; it is the right rounding, and no other number is nearer" : "");
}

}  // namespace napier
