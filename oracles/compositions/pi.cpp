// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "oracles/compositions/pi.hpp"

#include "oracles/backend/mpfi_number.hpp"

namespace napier {

Enclosure pi(const Enclosure& like) {
  auto value = std::make_unique<Enclosure::Impl>(precision(like));
  mpfi_const_pi(value->data());
  return Enclosure(std::move(value));
}

FastEnclosure pi(const FastEnclosure&) {
  // The lower word is rounded, by half of 2^-105 at most.
  return FastEnclosure({}, Dyadic::of(0x1.921fb54442d18p+1)) +
         FastEnclosure({}, Dyadic::of(0x1.1a62633145c07p-53 - 0x1p-105),
                       Dyadic::of(0x1.1a62633145c07p-53 + 0x1p-105));
}

}  // namespace napier
