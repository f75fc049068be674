// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "props/domain.hpp"

#include <algorithm>

namespace napier {

std::optional<Point> Domain::at(Seed seed, Address address) const {
  constexpr std::uint32_t attempts = 48;
  const Stratum& stratum = strata[address.stratum];
  const std::uint32_t tries = stratum.size != 0 ? 1 : attempts;
  for (std::uint32_t attempt = 0; attempt < tries; ++attempt) {
    Draw draw(seed, address, attempt);
    const auto point = stratum.make(draw, address.index);
    if (point && admits(*point)) return point;
  }
  return std::nullopt;
}

std::vector<Portion> portions(const Domain& domain, std::uint64_t budget) {
  std::vector<Portion> result;
  std::uint64_t enumerated = 0;
  double weights = 0;
  for (const Stratum& stratum : domain.strata) {
    enumerated += stratum.size;
    if (stratum.size == 0) weights += stratum.weight;
  }
  const double share = enumerated > budget ? double(budget) / double(enumerated) : 1;
  const std::uint64_t left = enumerated > budget ? 0 : budget - enumerated;
  for (std::uint32_t i = 0; i < domain.strata.size(); ++i) {
    const Stratum& stratum = domain.strata[i];
    const double count =
        stratum.size != 0 ? double(stratum.size) * share : double(left) * stratum.weight / weights;
    if (count >= 1) result.push_back({i, 0, static_cast<std::uint64_t>(count)});
  }
  return result;
}

}  // namespace napier
