// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdlib>
#include <memory>
#include <string>
#include <vector>

#include "lib/fp/hexfloat.hpp"
#include "lib/target/thread_pair.hpp"
#include "props/judge/judge.hpp"

namespace napier::kill {

/// A property asked of a target, in one mode, with callers of its own.
class Trial {
 public:
  Trial(const Property& property, const Target& target, Rounding rounding = Rounding::nearest)
      : property_(property),
        subject_(target, rounding),
        domain_(property.where.domain(subject_)),
        caller_(property.calling == Calling::in_two_threads ? thread_pair(target.open)
                                                            : target.open()),
        primal_(target.primal ? target.primal->open() : nullptr) {}

  Tally judge(std::uint64_t budget) const {
    Tally tally;
    for (const Portion& portion : portions(domain_, budget))
      tally.merge(judge_portion(property_, subject_, domain_, Seed{}, portion, callers()));
    return tally;
  }
  JudgedCase judge(const Point& point) const {
    return judge_point(property_, subject_, point, callers());
  }
  /// The explanation at the first refuted case, with the call to blame.
  std::string why(const Tally& tally) const {
    if (!tally.first_refuted) return "nothing is refuted";
    std::string words = "at";
    for (const Float x : tally.first_refuted->point.arguments()) words += ' ' + to_hex(x);
    return words + ": " +
           confirm(property_, subject_, tally.first_refuted->point, callers()).explanation;
  }
  std::vector<Point> points(std::uint64_t budget) const {
    std::vector<Point> found;
    for (const Portion& portion : portions(domain_, budget))
      for (std::uint64_t i = 0; i < portion.count; ++i)
        if (const auto point = domain_.at(
                Seed{}, {property_key(property_.where.name), portion.stratum, portion.first + i}))
          if (property_.where.asks(subject_, *point)) found.push_back(*point);
    return found;
  }

 private:
  Callers callers() const { return {caller_.get(), primal_.get()}; }

  const Property& property_;
  Subject subject_;
  Domain domain_;
  std::unique_ptr<Caller> caller_;
  std::unique_ptr<Caller> primal_;
};

inline std::uint64_t count(std::uint64_t usual, std::uint64_t when_long) {
  return std::getenv("NAPIER_LONG") != nullptr ? when_long : usual;
}

/// The property of that name as this target is asked it; nullptr if it can't be.
inline const Property* property_for(std::string_view name, const Target& target) {
  const Property* found = find_property(name, target);
  if (found == nullptr) return nullptr;
  return found->inapplicable(Subject(target, Rounding::nearest)).empty() ? found : nullptr;
}

}  // namespace napier::kill
