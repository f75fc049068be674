// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "props/judge/moves.hpp"

#include <algorithm>

#include "lib/fp/ordinal.hpp"

namespace napier {
namespace {
constexpr int halvings_of_a_base = 6;  // and more: how near another base is
}  // namespace

void move_within(Float& x, int halvings, Draw& draw) {
  const int bits = std::max(x.format->precision - 1 - halvings, 0);
  const Bits length = Bits(1) << bits;
  const Bits random = Bits(draw.bits()) << 64 | draw.bits();
  x.bits = (x.bits & ~(length - 1)) | (random & (length - 1));
}

void move_base(Float& base, Draw& draw) {
  const Ordinal distance = ordinal(absolute(base)) - ordinal(from_integer(*base.format, 1));
  const auto halvings = draw.integer(halvings_of_a_base, base.format->precision);
  const Bits most = static_cast<Bits>(distance < 0 ? -distance : distance) >>
                    std::min<std::int64_t>(halvings, 127);
  const Bits random = Bits(draw.bits()) << 64 | draw.bits();
  const auto steps = static_cast<Ordinal>(random % (most + 1));
  const Float moved = step(base, draw.coin() ? steps : -steps);
  if (is_finite(moved) && !is_zero(moved) && is_negative(moved) == is_negative(base)) base = moved;
}

}  // namespace napier
