// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include <cmath>

#include "lib/fp/ordinal.hpp"
#include "props/domain/call_domain.hpp"
#include "props/law/law_domain.hpp"

namespace napier {
namespace {

constexpr int widest = 16;  // bits of an encoding: pairs of longer ones are too many

/// All numbers of a range, in their order: all pairs of them are few where a claim is about few.
struct NumbersInside {
  const Format* format;
  Ordinal first = 0;
  std::uint64_t count = 0;

  NumbersInside(const Format& of, const Range& range) : format(&of) {
    const Float greatest = max_finite(of);
    const auto end = [&](double value, Rounding inwards) {
      const Float all = value < 0 ? negated(greatest) : greatest;
      const Float x = std::isinf(value) ? all : round_to(of, Dyadic::of(value), inwards);
      return is_infinite(x) ? all : x;
    };
    Float least = end(range.lo, Rounding::up), most = end(range.hi, Rounding::down);
    if (range.without_lo && !contains(range, least)) least = next_up(least);
    if (range.without_hi && !contains(range, most)) most = next_down(most);
    if (is_zero(least)) least = negated(zero(of));  // both zeros are inside
    if (is_zero(most)) most = zero(of);
    first = ordinal(least);
    const Ordinal last = ordinal(most);
    if (first <= last) count = static_cast<std::uint64_t>(last - first) + 1;
  }
  Float at(std::uint64_t i) const { return from_ordinal(*format, first + Ordinal(i)); }
};

}  // namespace

std::optional<Domain> every_law_case(const LawReadings& law, const Subject& subject) {
  const Format& format = subject.format();
  const bool pairs = law.shape == PointShape::sum || law.shape == PointShape::difference;
  if (format.width > widest || law.direct || (!pairs && law.shape != PointShape::single))
    return std::nullopt;
  const auto base = subject.has_base_argument() ? only_base(subject) : std::nullopt;
  if (subject.has_base_argument() && !base) return std::nullopt;
  Domain domain = law_domain(law, subject);  // which says what belongs
  domain.strata.clear();
  const ClaimDomain& claimed = subject.claim_of(subject.power_role()).domain;
  const NumbersInside numbers(format, base ? claimed.y : claimed.x);
  if (numbers.count == 0) return std::nullopt;
  const auto make = [base, pairs, numbers](Draw&, std::uint64_t i) {
    Point point;
    if (base) point.push(*base);
    if (pairs) point.push(numbers.at(i / numbers.count));
    point.push(numbers.at(i % numbers.count));
    return std::optional(point);
  };
  domain.strata.push_back({pairs ? "every pair of arguments" : "every argument",
                           pairs ? numbers.count * numbers.count : numbers.count, 1, make});
  return domain;
}

}  // namespace napier
