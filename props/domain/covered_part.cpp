// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "props/domain/covered_part.hpp"

#include <algorithm>
#include <ranges>

namespace napier {

CoveredPart covered_part(const ClaimDomain& domain, const Walk& walk, std::uint64_t step,
                         std::uint64_t count) {
  if (domain == ClaimDomain{}) return {0, count, true};
  const bool two = walk.start.count == 2, over_exponents = two && !walk.over_bases;
  const Range& range = over_exponents ? domain.y : domain.x;
  if (two) {
    const Float other = walk.start.args[walk.over_bases ? 1 : 0];
    if (!contains(walk.over_bases ? domain.y : domain.x, other)) return {};
    if (walk.over_bases && domain.integer_exponent && !is_integer(other)) return {};
  }
  const bool whole = !domain.integer_exponent || (two && walk.over_bases);
  if (range == Range{}) return {0, count, whole};
  const auto at = [&](std::uint64_t i) { return walk.at(step + i).args[walk.argument()]; };
  const bool rises = is_negative(at(0)) == walk.towards_zero;
  const Range from_lo{.lo = range.lo, .without_lo = range.without_lo};
  const Range up_to_hi{.hi = range.hi, .without_hi = range.without_hi};
  const auto before = [&](std::uint64_t i) {  // of the range, on the walk
    const Float x = at(i);
    if (is_nan(x)) return walk.towards_zero;
    return !contains(rises ? from_lo : up_to_hi, x);
  };
  const auto not_after = [&](std::uint64_t i) {
    const Float x = at(i);
    if (is_nan(x)) return walk.towards_zero;
    return contains(rises ? up_to_hi : from_lo, x);
  };
  const auto places = std::views::iota(std::uint64_t{0}, count);
  const auto first_without = [&](const auto& holds) {
    return static_cast<std::uint64_t>(std::ranges::partition_point(places, holds) - places.begin());
  };
  const std::uint64_t first = first_without(before), end = first_without(not_after);
  return first < end ? CoveredPart{first, end - first, whole} : CoveredPart{};
}

}  // namespace napier
