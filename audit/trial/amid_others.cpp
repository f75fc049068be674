// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "audit/trial/amid_others.hpp"

#include "lib/target/past.hpp"
#include "lib/target/thread_pair.hpp"

namespace napier {

Domain amid_others(const Domain& domain, const Point& point, std::uint64_t cases) {
  const auto make = [&domain, point](Draw&, std::uint64_t i) -> std::optional<Point> {
    const auto stratum = static_cast<std::uint32_t>(i / 2 % domain.strata.size());
    const std::uint64_t size = domain.strata[stratum].size;
    const Address other{0, stratum, size == 0 ? i : i % size};
    return i % 2 == 0 ? point : domain.at(Seed{}, other).value_or(point);
  };
  Domain amid;
  amid.strata.push_back({"the case amid others", cases, 1, make});
  return amid;
}

Tally tried_again_in_two_threads(const Property& property, const Subject& subject,
                                 const Domain& domain, const Point& point) {
  constexpr std::uint64_t rounds = 16, cases = 1024;
  const Domain amid = amid_others(domain, point, cases * rounds);
  const Target& target = *subject.target;
  const auto pair = thread_pair(target.open);
  const auto primal = target.primal ? target.primal->open() : nullptr;
  Tally tally;
  for (std::uint64_t round = 0; round < rounds && tally.refuted == 0; ++round)
    tally.merge(judge_portion(property, subject, amid, Seed{}, {0, round * cases, cases},
                              {pair.get(), primal.get()}));
  return tally;
}

JudgedCase tried_again_amid_a_past(const Property& property, const Subject& subject,
                                   const Point& point) {
  const Target& target = *subject.target;
  const auto fresh = target.open();
  const auto caller = calls_with_past(*fresh, *target.format, target.function->arity);
  return judge_point(property, subject, point, {caller.get(), nullptr});
}

}  // namespace napier
