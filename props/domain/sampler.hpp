// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>
#include <bit>
#include <cstdint>
#include <string_view>

#include "lib/fp/float.hpp"

namespace napier {

/// The datum next to a number.
Float datum_elsewhere(const Format& format, double value);
inline Float datum_of(const Format& format, double value) {
  // The hardware's conversions round to nearest just as round_to does, ten times as fast.
  if (&format == &binary64 && value == value) return {std::bit_cast<std::uint64_t>(value), &format};
  return datum_elsewhere(format, value);
}

/// What makes a run repeatable; printed with every report.
struct Seed {
  std::uint64_t value = 1;
};

/// Where a case lives: (seed, property, stratum, index) names it for ever, in any thread or shard.
struct Address {
  std::uint64_t property = 0;  ///< property_key of its name
  std::uint32_t stratum = 0;
  std::uint64_t index = 0;
  friend constexpr auto operator<=>(const Address&, const Address&) = default;
};

/// A stable 64-bit key of a name (FNV-1a).
std::uint64_t property_key(std::string_view name);

/// Philox 4×32-10 (Salmon, Moraes, Dror, Shaw: Parallel random numbers, as easy as 1, 2, 3; SC'11):
/// a counter and a key in, 128 random bits out; no state, so any case can be drawn alone.
std::array<std::uint32_t, 4> philox(std::array<std::uint32_t, 4> counter,
                                    std::array<std::uint32_t, 2> key);

/// The random numbers of one case, in order.
class Draw {
 public:
  Draw(Seed seed, Address address, std::uint32_t attempt = 0);

  std::uint64_t bits();
  double unit();  ///< uniform in [0, 1)
  double uniform(double lo, double hi) { return lo + (hi - lo) * unit(); }
  /// ±2^u with u uniform in [lo, hi].
  double magnitude(double lo, double hi);
  bool coin() { return (bits() & 1) != 0; }
  std::int64_t integer(std::int64_t lo, std::int64_t hi);  ///< uniform, both ends included
  double sign() { return coin() ? 1 : -1; }

  /// The value as a datum, with random bits below a double's where the format has more.
  Float datum(const Format& format, double value) {
    return format.precision <= 53 ? datum_of(format, value) : longer_datum(format, value);
  }

 private:
  Float longer_datum(const Format& format, double value);

  std::array<std::uint32_t, 4> counter_;
  std::array<std::uint32_t, 2> key_;
  std::array<std::uint64_t, 4> words_{};  ///< of two blocks
  std::size_t used_ = 4;
};

}  // namespace napier
