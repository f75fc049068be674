// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "props/domain/domain_ends.hpp"

#include <algorithm>
#include <cmath>
#include <memory>

#include "lib/target/composition.hpp"
#include "oracles/compositions/composition.hpp"
#include "props/domain/base_sampler.hpp"
#include "props/domain/call_strata.hpp"
#include "props/domain/exponent_range.hpp"

namespace napier {
namespace {

constexpr int parts = 64;          // of a piece of one argument
constexpr int parts_of_edge = 16;  // of one side of a box

/// An argument and so many encodings, or integers, beside it.
struct Beside {
  Float place;
  bool whole = false;  ///< integers are asked alone

  Float at(Ordinal steps) const {
    if (!whole) return step(place, steps);
    const double n = std::nearbyint(to_double(exact_value(place))) + static_cast<double>(steps);
    return datum_of(*place.format, n);
  }
};

/// Places, each once, in order.
class Places {
 public:
  Places(const Format& format, bool whole) : format_(format), whole_(whole) {}

  void add(double value) {
    if (std::isfinite(value)) add(datum_of(format_, value));
  }
  void add(Float place) {
    const auto same = [&](const Beside& known) { return known.place == place; };
    if (is_finite(place) && std::ranges::none_of(all_, same)) all_.push_back({place, whole_});
  }
  const std::vector<Beside>& all() const { return all_; }

 private:
  const Format& format_;
  bool whole_;
  std::vector<Beside> all_;
};

void add_ends(Places& places, const Range& range) {
  places.add(range.lo);
  places.add(range.hi);
}

/// Exponents at which a^x leaves the numbers, or stops to change.
void add_limits(Places& places, const Subject& subject, const Range& exponents, double log_a) {
  const ExponentRange range =
      within(exponent_range(subject.power(), subject.format()), exponents, log_a);
  if (log_a == 0 || !(range.lo <= range.hi)) return;
  for (const double u : {range.hi, range.lo, range.least_normal}) places.add(u / log_a);
}

/// The pieces in which errors are promised, or all that the claim is about.
std::vector<ClaimDomain> boxes(const Subject& subject) {
  std::vector<ClaimDomain> found;
  for (const ClaimPiece& piece : subject.pieces(Role::target)) found.push_back(piece.on);
  if (found.empty()) found.push_back(subject.claim->domain);
  return found;
}

/// So many numbers from one end of a range to the other: evenly, or by size where it holds no zero
/// and its ends are far apart.
std::vector<double> across(const Range& range, int count) {
  if (!std::isfinite(range.lo) || !std::isfinite(range.hi)) return {};
  const bool by_size = range.lo > 0 && range.hi / range.lo > count;
  std::vector<double> found;
  for (int i = 1; i < count; ++i) {
    const double part = static_cast<double>(i) / count;
    found.push_back(by_size ? range.lo * std::exp2(part * std::log2(range.hi / range.lo))
                            : range.lo + part * (range.hi - range.lo));
  }
  return found;
}

/// Every place, then what lies one beside each, and two.
constexpr Ordinal steps_beside[] = {0, -1, 1, -2, 2};

std::vector<Point> ends_of_one(const Subject& subject) {
  const Format& format = subject.format();
  const Function& function = *subject.target->function;
  Places places(format, subject.claim->domain.integer_exponent);
  for (const ClaimDomain& box : boxes(subject)) add_ends(places, box.x);
  if (takes_positive(function))
    for (const Float x :
         {max_finite(format), min_subnormal(format), min_normal(format), from_integer(format, 1)})
      places.add(x);
  else
    for (const ClaimDomain& box : boxes(subject))
      add_limits(places, subject, box.x, log_of_fixed_base(subject.power().base));
  std::vector<Point> calls;
  for (const Ordinal steps : steps_beside)
    for (const Beside& place : places.all()) calls.push_back(single(place.at(steps)));
  return calls;
}

/// Corners of a box, then its edges where it has any, then limits of some bases within.
std::vector<Point> ends_of_two(const Subject& subject) {
  const Format& format = subject.format();
  const bool whole = subject.claim->domain.integer_exponent;
  std::vector<Point> corners, edges;
  for (const ClaimDomain& box : boxes(subject)) {
    Places bases(format, false), exponents(format, whole);
    add_ends(bases, box.x);
    add_ends(exponents, box.y);
    for (const Ordinal up : steps_beside)
      for (const Ordinal along : steps_beside)
        for (const Beside& x : bases.all())
          for (const Beside& y : exponents.all()) corners.push_back(pair(x.at(along), y.at(up)));
    if (is_composed(*subject.target->function)) continue;  // no base, no exponent
    const Range positive{std::max(box.x.lo, to_double(exact_value(min_subnormal(format)))),
                         std::min(box.x.hi, to_double(exact_value(max_finite(format))))};
    for (const Beside& y : exponents.all())
      for (const double x : across(positive, parts_of_edge))
        edges.push_back(pair(datum_of(format, x), y.at(0)));
    for (const std::int64_t n : {2, 10}) {
      bases.add(from_integer(format, n));
      bases.add(1 / static_cast<double>(n));
    }
    for (const Beside& x : bases.all()) {
      if (is_negative(x.place) || is_zero(x.place) || !contains(box.x, x.place)) continue;
      Places limits(format, whole);
      const double log_a = approximate_log(x.place);
      add_limits(limits, subject, box.y, log_a);
      for (const Ordinal up : steps_beside)
        for (const Beside& y : limits.all()) edges.push_back(pair(x.place, y.at(up)));
      for (const double y : across(box.y, parts_of_edge))
        edges.push_back(pair(x.place, Beside{datum_of(format, y), whole}.at(0)));
    }
  }
  corners.insert(corners.end(), edges.begin(), edges.end());
  return corners;
}

std::vector<Point> spread_over_pieces(const Subject& subject) {
  const bool whole = subject.claim->domain.integer_exponent;
  std::vector<Point> calls;
  for (const ClaimDomain& box : boxes(subject))
    for (const double x : across(box.x, parts))
      calls.push_back(single(Beside{datum_of(subject.format(), x), whole}.at(0)));
  return calls;
}

Stratum listed(std::string name, std::vector<Point> points) {
  const auto calls = std::make_shared<const std::vector<Point>>(std::move(points));
  Stratum stratum{std::move(name), calls->size(), 1,
                  [calls](Draw&, std::uint64_t i) { return std::optional((*calls)[i]); }};
  stratum.first = true;
  return stratum;
}

}  // namespace

void add_ends_of_domain(Domain& domain, const Subject& subject) {
  const bool two = subject.target->function->arity == 2;
  auto ends = two ? ends_of_two(subject) : ends_of_one(subject);
  if (!ends.empty()) domain.strata.push_back(listed("ends of the domain", std::move(ends)));
  if (two) return;
  auto spread_calls = spread_over_pieces(subject);
  if (!spread_calls.empty())
    domain.strata.push_back(spread(listed("across the domain", std::move(spread_calls))));
}

}  // namespace napier
