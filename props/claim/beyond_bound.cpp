// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "props/claim/beyond_bound.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <variant>

#include "lib/fp/native.hpp"
#include "lib/fp/ulp.hpp"

namespace napier {
namespace {

std::string in_digits(const Quad& value, int digits) {
  std::array<char, 64> buffer;
  strfromf128(buffer.data(), buffer.size(), fmt::format("%.{}g", digits).c_str(), value);
  return buffer.data();
}

/// The true value, to two digits more than it has in common with a number next to it; empty where
/// binary128 does not tell them apart.
std::string digits_apart(const Enclosure& truth, Float from) {
  constexpr int most = 34;
  const auto t = to_native<Quad>(middle(truth, binary128));
  const auto y = to_native<Quad>(round_to(binary128, exact_value(from), Rounding::nearest));
  for (int digits = 2; digits <= most; ++digits)
    if (in_digits(t, digits) != in_digits(y, digits)) return in_digits(t, digits + 2);
  return {};
}

}  // namespace

std::string wrong_side_of_truth(const Subject& subject, const Request& request, TrueValue& truth,
                                Float y) {
  if (!is_finite(y) || truth.is_nan() || truth.is_infinite()) return {};
  const auto promises = subject.promises(request.role, request.call);
  const bool broken = std::ranges::any_of(promises, [&](const AccuracyClaim& claim) {
    return std::holds_alternative<IntervalClaim>(claim) &&
           truth.keeps(y, claim, subject.rounding) == Truth::no;
  });
  const Position of_truth = broken ? truth.compare(exact_value(y)) : Position::equal;
  if (of_truth != Position::above && of_truth != Position::below) return {};
  const std::string digits =
      digits_apart(truth.enclosure(default_refinement(subject.format()).start), y);
  return fmt::format("it lies {} the true value{}{}",
                     of_truth == Position::above ? "below" : "above", digits.empty() ? "" : ", ",
                     digits);
}

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
