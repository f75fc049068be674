// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "props/law/algebra/rounded_power.hpp"

#include "lib/fp/ordinal.hpp"
#include "oracles/oracle.hpp"

namespace napier {

Float rounded_power(Float a, Float x, const Format& format) {
  const Precision precision = default_refinement(format).start;
  const Enclosure exponent =
      Enclosure(precision, exact_value(x)) * log(Enclosure(precision, exact_value(a)));
  const Enclosure beyond(precision, Dyadic::of_integer(2 * std::int64_t(format.max_exponent)));
  if (certainly_less(beyond, exponent)) return infinity(format);
  if (certainly_less(exponent, -beyond)) return zero(format);
  return middle(exp(exponent), format);
}

}  // namespace napier
