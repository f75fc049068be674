// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <compare>
#include <cstddef>

#include "lib/target/claim.hpp"

namespace napier {

/// What an argument is, as far as it decides what is asked of a call apart from the size of its
/// true value.
///
/// Among the encodings of one sign each answer is that of an interval of them: classes follow each
/// other (0, subnormal, normal, infinite, signalling NaN, quiet NaN), and the integers of a format,
/// the sides of a range and those of 1 go by the size of finite ones. So are the intersections:
/// along a walk the arguments of one kind are consecutive, and the first and the last of them tell
/// of all between.
struct ArgumentKind {
  enum class Class { zero, subnormal, normal, infinite, signalling, quiet };
  enum class Integers { none, some, all, all_even };
  enum class Side { below, inside, above };

  Class of = Class::zero;
  /// How many of the finite numbers that are of this kind are integers. 0 is one; no other below 1
  /// is, all from 2^(p-1) on are, and from 2^p on they are even.
  Integers integers = Integers::none;
  std::strong_ordering to_one = std::strong_ordering::equal;  ///< of |x|; NaN has none
  Side side = Side::inside;  ///< of the range that a claim speaks of; NaN has none
  friend constexpr bool operator==(const ArgumentKind&, const ArgumentKind&) = default;
};

/// Of an argument in a format of at most 64 bits, and the range in which it is claimed.
ArgumentKind kind_of(Float x, const Range& claimed);

/// Calls use(begin, end, kind) for each part of [begin, end) whose places have one kind, in order.
/// All places of a kind must be consecutive: then two ends of one kind tell of all between, and
/// where a part ends is found by bisection.
template <class KindAt, class Use>
void each_part(std::size_t begin, std::size_t end, KindAt kind_at, Use use) {
  while (begin != end) {
    const auto kind = kind_at(begin);
    std::size_t after = end;
    if (kind_at(end - 1) != kind) {
      after = end - 1;
      for (std::size_t last = begin; after - last > 1;) {
        const std::size_t middle = last + (after - last) / 2;
        (kind_at(middle) == kind ? last : after) = middle;
      }
    }
    use(begin, after, kind);
    begin = after;
  }
}

}  // namespace napier
