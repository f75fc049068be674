// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "props/domain/call_domain.hpp"
#include "props/law/law_domain.hpp"

namespace napier {
namespace {

constexpr int widest = 16;  // bits of an encoding: pairs of longer ones are too many

/// The datum of an encoding; nullopt if it is no number.
std::optional<Float> number(const Format& format, std::uint64_t encoding) {
  const Float x{encoding, &format};
  return is_finite(x) ? std::optional(x) : std::nullopt;
}

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
  const std::uint64_t encodings = std::uint64_t(1) << format.width;
  const auto make = [&format, base, pairs, encodings](Draw&,
                                                      std::uint64_t i) -> std::optional<Point> {
    Point point;
    if (base) point.push(*base);
    const auto first = number(format, pairs ? i / encodings : i);
    const auto second = number(format, i % encodings);
    if (!first || !second) return std::nullopt;
    point.push(*first);
    if (pairs) point.push(*second);
    return point;
  };
  domain.strata.push_back({pairs ? "every pair of arguments" : "every argument",
                           pairs ? encodings * encodings : encodings, 1, make});
  return domain;
}

}  // namespace napier
