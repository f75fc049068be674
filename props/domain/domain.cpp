// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "props/domain/domain.hpp"

#include <algorithm>
#include <bit>

#include "lib/fp/ordinal.hpp"

namespace napier {

namespace {

/// By how many octaves an exponent makes relative steps of the base larger.
int octaves_of(Float exponent) {
  if (!is_finite(exponent) || is_zero(exponent)) return 0;
  return static_cast<int>(std::max<std::int64_t>(exact_value(exponent).binade() + 1, 0));
}

/// Steps from 0 to a datum, whatever its sign, and to infinity. NaNs are farther.
struct Distance {
  Ordinal steps;
  Ordinal to_infinity;
  bool is_finite() const { return steps < to_infinity; }
};

Distance distance_from_zero(Float x) {
  const Format& format = *x.format;
  if (format.width <= 64) {  // there a step is one encoding, and this is asked at every draw
    const std::uint64_t sign = std::uint64_t(1) << (format.width - 1);
    const std::uint64_t top = (std::uint64_t(1) << format.exponent_bits()) - 1;
    return {static_cast<std::uint64_t>(x.bits) & (sign - 1), top << format.fraction_bits()};
  }
  const Ordinal infinite = max_ordinal(format);
  return {is_nan(x) ? infinite + 1 : ordinal(absolute(x)), infinite};
}

/// A stride and a direction that keep a walk among the finite numbers of one sign.
Walk walk_from(const Point& start, const Stratum& stratum, Draw& draw) {
  Walk walk{start};
  walk.over_bases = stratum.over_bases;
  const std::uint32_t length = stratum.walk;
  const Float first = start.args[walk.argument()];
  const Format& format = *first.format;
  constexpr int binade_over_walk = 7;  // in octaves: a stratum's aim is not left far behind
  const int magnified = walk.over_bases ? octaves_of(start.args[1]) : 0;
  const int most = format.precision - 1 - binade_over_walk - magnified -
                   static_cast<int>(std::bit_width(length - 1));
  walk.stride = Bits(1) << draw.integer(0, std::clamp(most, 0, 48));
  const Ordinal reach = Ordinal(walk.stride) * (length - 1);
  const Distance place = distance_from_zero(first);
  const bool fits_away = place.is_finite() && place.steps + reach < place.to_infinity;
  const bool fits_towards = place.is_finite() && place.steps >= reach;
  walk.towards_zero = fits_towards && (draw.coin() || !fits_away);
  if (!fits_away && !fits_towards) walk.stride = 0;
  return walk;
}

}  // namespace

Point Walk::at(std::uint64_t steps) const {
  Point point = start;
  Float& moving = point.args[argument()];
  const Ordinal distance = Ordinal(steps) * Ordinal(stride);
  if (distance == 0) return point;
  if (moving.format->explicit_integer_bit)  // whose encodings have gaps
    moving = step(moving, is_negative(moving) == towards_zero ? distance : -distance);
  else
    moving.bits += static_cast<Bits>(towards_zero ? -distance : distance);
  return point;
}

namespace {
std::uint32_t attempts_at(const Stratum& stratum) { return stratum.size != 0 ? 1 : 48; }
}  // namespace

std::optional<Point> Domain::first_made(Seed seed, Address address) const {
  const Stratum& stratum = strata[address.stratum];
  std::optional<Point> point;
  for (std::uint32_t attempt = 0; !point && attempt < attempts_at(stratum); ++attempt) {
    Draw draw(seed, address, attempt);
    point = stratum.make(draw, address.index);
  }
  return point;
}

std::optional<Walk> Domain::walk_at(Seed seed, Address address) const {
  const Stratum& stratum = strata[address.stratum];
  address.index /= stratum.walk;
  for (std::uint32_t attempt = 0; attempt < attempts_at(stratum); ++attempt) {
    Draw draw(seed, address, attempt);
    const auto point = stratum.make(draw, address.index);
    if (!point || !admits(*point)) continue;
    const bool drawn = stratum.walk > 1 && stratum.size == 0;
    return drawn ? walk_from(*point, stratum, draw)
                 : Walk{*point, stratum.stride, false, stratum.over_bases};
  }
  return std::nullopt;
}

std::optional<Point> Domain::at(Seed seed, Address address) const {
  const auto walk = walk_at(seed, address);
  if (!walk) return std::nullopt;
  const std::uint64_t steps = address.index % strata[address.stratum].walk;
  if (steps == 0) return walk->start;
  const Point point = walk->at(steps);
  return admits(point) ? std::optional(point) : std::nullopt;
}

namespace {

/// What is left to the endless strata. One that ends before its share leaves the rest to the
/// others.
struct Rest {
  double cases = 0;
  double weights = 0;  ///< of those that share it

  bool exceeds(const Stratum& stratum) const {
    return cases * stratum.weight > double(stratum.most) * weights;
  }
  double share(const Stratum& stratum) const {
    return exceeds(stratum) ? double(stratum.most) : cases * stratum.weight / weights;
  }
};

Rest rest_for_endless(const Domain& domain, double left) {
  Rest rest{left, 0};
  for (const Stratum& stratum : domain.strata)
    if (stratum.size == 0) rest.weights += stratum.weight;
  for (bool settled = false; !settled;) {
    Rest next{left, 0};
    for (const Stratum& stratum : domain.strata) {
      if (stratum.size != 0) continue;
      if (rest.exceeds(stratum))
        next.cases -= double(stratum.most);
      else
        next.weights += stratum.weight;
    }
    settled = next.weights == rest.weights || next.weights == 0;
    if (next.weights != 0) rest = next;
  }
  return rest;
}

}  // namespace

std::vector<Portion> portions(const Domain& domain, std::uint64_t budget) {
  std::uint64_t enumerated = 0;
  bool endless = false;
  for (const Stratum& stratum : domain.strata) {
    if (!stratum.first) enumerated += stratum.size;
    endless |= stratum.size == 0;
  }
  std::uint64_t room = endless ? budget - budget / 4 : budget;
  std::uint64_t left = budget;
  std::vector<Portion> result;
  const auto take = [&](std::size_t i, std::uint64_t some) {
    if (some != 0) result.push_back({static_cast<std::uint32_t>(i), 0, some});
  };
  for (std::size_t i = 0; i < domain.strata.size(); ++i) {
    const Stratum& one = domain.strata[i];
    if (!one.first) continue;
    const std::uint64_t some = std::min(one.size, (room + 1) / 2);
    take(i, some);
    room -= some;
    left -= some;
  }
  const std::uint64_t kept = std::min(enumerated, room);
  const Rest rest = rest_for_endless(domain, double(left - kept));
  const auto count = [&](const Stratum& one) {
    if (one.size == 0) return static_cast<std::uint64_t>(rest.share(one));
    const auto part = static_cast<std::uint64_t>(Bits(one.size) * kept / enumerated);
    return part == one.size ? part : part - part % one.walk;
  };
  for (std::size_t i = 0; i < domain.strata.size(); ++i)
    if (!domain.strata[i].first) take(i, count(domain.strata[i]));
  return result;
}

}  // namespace napier
