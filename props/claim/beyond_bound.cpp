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
  if (truth.is_nan() || truth.is_infinite() || truth.sign() == 0) return {};
  const Precision precision = default_refinement(subject.format()).start;
  const Enclosure t = truth.enclosure(precision);
  const double relative = std::fabs(lower((Enclosure(precision, exact_value(y)) - t) / t));
  if (!std::isfinite(relative)) return {};
  const bool right = truth.keeps(y, CorrectlyRounded{}, subject.rounding) == Truth::yes;
  return fmt::format("a relative error of {:.7g}{}", relative,
                     right ? "; it is the right rounding, and no other number is nearer" : "");
}

}  // namespace napier
