// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "props/domain/spread.hpp"

#include <cassert>
#include <limits>
#include <numbers>
#include <utility>

namespace napier {
namespace {

/// Largest partial quotient of the continued fraction of stride/n. Of the gaps that some multiples
/// of the stride leave, the largest exceeds the mean by no more than about that factor (the
/// three-distance theorem; Sós 1958). The largest number of all where there is a common factor.
std::uint64_t unevenness(std::uint64_t n, std::uint64_t stride) {
  std::uint64_t largest = 0;
  while (stride != 0) {
    largest = std::max(largest, n / stride);
    n = std::exchange(stride, n % stride);
  }
  return n == 1 ? largest : std::numeric_limits<std::uint64_t>::max();
}

}  // namespace

std::uint64_t spreading_stride(std::uint64_t n) {
  assert(n >= 1 && n - 1 <= std::numeric_limits<std::uint32_t>::max());
  // All quotients of the golden ratio are 1, but those of its neighbour with denominator n agree
  // only half way: the best of some such neighbours is even to the end.
  constexpr std::uint64_t candidates = 64;
  const auto first = static_cast<std::uint64_t>(static_cast<double>(n) / std::numbers::phi);
  std::uint64_t best = 1;
  for (std::uint64_t stride = first; stride < std::min(first + candidates, n); ++stride)
    if (unevenness(n, stride) < unevenness(n, best)) best = stride;
  return best;
}

Stratum spread(Stratum stratum) {
  assert(stratum.size % stratum.walk == 0);
  const std::uint64_t n = stratum.size / stratum.walk;
  stratum.make = [make = std::move(stratum.make), n, stride = spreading_stride(n)](
                     Draw& draw, std::uint64_t i) { return make(draw, i * stride % n); };
  return stratum;
}

}  // namespace napier
