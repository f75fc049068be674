// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "props/law/law_ends.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <memory>

#include "lib/fp/ordinal.hpp"
#include "props/domain/exponent_range.hpp"

namespace napier {
namespace {

using Arguments = std::array<double, 2>;

/// Arguments of a law that bring one of its calls to the end of a domain; `inward` leads away from
/// it and stays inside.
std::vector<Arguments> cases_at(PointShape shape, double end, double inward) {
  switch (shape) {
    case PointShape::single:
      return {{end, 0}};
    case PointShape::sum:
      return {{end / 2, end / 2}, {end, inward}, {end + inward, -inward}};
    case PointShape::difference:  // of E(y − x)
      return {{end, end + inward}, {end + inward, end}, {inward, end + inward}};
    case PointShape::product:
      return {{end, 1}, {end / 2, 2}, {end / 4, 4}};
    case PointShape::chord:  // from x to x + h
      return {inward > 0 ? Arguments{end, inward} : Arguments{end + inward, -inward}};
    case PointShape::none:
    case PointShape::integer:
      break;
  }
  return {};
}

/// A power of two that is an eighth of the domain or less.
double short_way(const Range& exponents) {
  const double width = exponents.hi - exponents.lo;
  const double far = std::max(std::abs(exponents.lo), std::abs(exponents.hi));
  const double length = std::isfinite(width) ? width : std::isfinite(far) ? far : 8;
  return length > 0 ? std::exp2(std::floor(std::log2(length)) - 3) : 0;
}

/// Twice as far as results are neither saturated nor flushed: beyond it a law compares limits that
/// say nothing, and 1 has none.
double far_end(const Subject& subject, const Point& start) {
  const double log_a = start.count == 0 ? log_of_fixed_base(subject.power().base)
                                        : std::log(to_double(exact_value(start.args[0])));
  const ExponentRange range = exponent_range(subject.power(), subject.format());
  return 2 * std::max(std::abs(range.lo), std::abs(range.hi)) / std::abs(log_a);
}

std::vector<Float> bases(const Subject& subject, const Range& range) {
  const Format& format = subject.format();
  std::vector<Float> found;
  const auto add = [&](double x) {
    if (!std::isfinite(x)) return;
    const Float base = round_to(format, Dyadic::of(x), Rounding::nearest);
    if (is_finite(base) && contains(range, base) && std::ranges::find(found, base) == found.end())
      found.push_back(base);
  };
  add(range.lo);
  add(range.hi);
  for (const int n : {2, 10}) {
    add(n);
    add(1 / static_cast<double>(n));
  }
  return found;
}

}  // namespace

void add_ends_of_domain(Domain& domain, const LawReadings& law, const Subject& subject) {
  const bool two = subject.has_base_argument();
  const Format& format = subject.format();
  std::vector<Point> cases;
  for (const ClaimPiece& piece : subject.pieces(subject.power_role())) {
    const Range& exponents = two ? piece.on.y : piece.on.x;
    std::vector<Point> starts{Point{}};
    if (two) {
      starts.clear();
      for (const Float base : bases(subject, piece.on.x)) starts.emplace_back().push(base);
    }
    const double way = short_way(exponents);
    for (const double direction : {1.0, -1.0}) {
      const double end = direction > 0 ? exponents.lo : exponents.hi;
      if (!std::isfinite(end)) continue;
      for (const Arguments& arguments : cases_at(law.shape, end, direction * way))
        for (Point point : starts) {
          const auto size = [](double a, double b) { return std::max(std::abs(a), std::abs(b)); };
          if (size(arguments[0], arguments[1]) > far_end(subject, point)) continue;
          for (std::size_t i = 0; i < drawn_arguments(law.shape); ++i)
            point.push(round_to(format, Dyadic::of(arguments[i]), Rounding::nearest));
          if (domain.admits(point)) cases.push_back(point);
        }
    }
  }
  if (cases.empty()) return;
  const auto all = std::make_shared<const std::vector<Point>>(std::move(cases));
  domain.strata.push_back({"ends of the domain", all->size(), 1,
                           [all](Draw&, std::uint64_t i) { return std::optional((*all)[i]); }});
  domain.strata.back().first = true;
}

}  // namespace napier
