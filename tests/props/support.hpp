// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <gtest/gtest.h>

#include <cstdlib>
#include <functional>
#include <ostream>
#include <span>
#include <stdexcept>
#include <string>
#include <vector>

#include "lib/fp/hexfloat.hpp"
#include "lib/fp/native.hpp"
#include "lib/fp/ordinal.hpp"
#include "lib/target/target.hpp"
#include "oracles/oracle.hpp"
#include "props/judge/judge.hpp"
#include "tests/lib/print.hpp"

namespace napier {

// GoogleTest finds these and prints values as a reader wants them.
inline void PrintTo(const Point& point, std::ostream* out) {
  for (const Float x : point.arguments()) *out << to_hex(x) << ' ';
}
inline void PrintTo(const Verdict& verdict, std::ostream* out) {
  constexpr const char* names[] = {"consistent", "refuted", "undecided"};
  *out << names[verdict.index()];
}

namespace testing_support {

/// scripts/test.sh --long asks for the counts that are too slow for every day.
inline bool long_run() { return std::getenv("NAPIER_LONG") != nullptr; }
inline std::uint64_t count(std::uint64_t usual, std::uint64_t when_long) {
  return long_run() ? when_long : usual;
}

inline std::string text(const Point& point) {
  std::string words;
  for (const Float x : point.arguments()) words += (words.empty() ? "" : ", ") + to_hex(x);
  return words;
}

/// What a faulty target gives instead of the right value; it returns `right` where it has no fault.
using Fault = std::function<Float(const Call&, Float right)>;

/// A target as good as can be: it answers with the reference's own rounding in the mode asked for,
/// unless it is told to be wrong somewhere.
class CorrectlyRoundedCaller final : public Caller {
 public:
  CorrectlyRoundedCaller(const Function& function, const Format& format, Fault fault)
      : function_(function), format_(format), fault_(std::move(fault)) {}

  void call(Rounding rounding, Observe, std::span<const Call> calls,
            std::span<Answer> answers) override {
    for (std::size_t i = 0; i < calls.size(); ++i) {
      const auto right = TrueValue(function_, calls[i]).rounded(format_, rounding);
      if (!right) throw std::runtime_error("the reference could not round a value");
      answers[i] = {};
      answers[i].error_number = errno_before;
      answers[i].value = fault_ ? fault_(calls[i], *right) : *right;
    }
  }

 private:
  const Function& function_;
  const Format& format_;
  Fault fault_;
};

inline Target correctly_rounded_target(const Function& function, const Format& format, Claim claim,
                                       const Fault& fault = {}) {
  Target target;
  target.name = "test/" + std::string(function.name) + ":" + std::string(format.name);
  target.function = &function;
  target.format = &format;
  target.claim = std::move(claim);
  target.open = [&function, &format, fault] {
    return std::make_unique<CorrectlyRoundedCaller>(function, format, fault);
  };
  return target;
}

inline Claim claim_correctly_rounded() {
  Claim claim;
  claim.correctly_rounded = true;
  claim.special_values = true;
  return claim;
}
inline Claim claim_faithful() {
  Claim claim;
  claim.faithful = true;
  return claim;
}
inline Claim claim_ulps(const Format& format, std::string_view nearest, std::string_view directed) {
  Claim claim;
  claim.max_ulp = parse_limit(nearest, format);
  claim.max_ulp_directed = parse_limit(directed, format);
  return claim;
}

inline Point point_of(std::initializer_list<Float> arguments) {
  Point point;
  for (const Float x : arguments) point.push(x);
  return point;
}
template <class... T>
Point point(T... values) {
  return point_of({from_native(values)...});
}

/// Up to `count` points of a domain, in the proportions of portions(): what a campaign judges.
inline std::vector<Point> points_of(const Domain& domain, std::string_view property,
                                    std::uint64_t count) {
  std::vector<Point> points;
  for (const Portion& portion : portions(domain, count))
    for (std::uint64_t i = 0; i < portion.count; ++i)
      if (const auto point =
              domain.at(Seed{}, {property_key(property), portion.stratum, portion.first + i}))
        points.push_back(*point);
  return points;
}

/// The same of a property: the points of its domain that are its concern.
inline std::vector<Point> points_of(const Property& property, const Subject& subject,
                                    std::uint64_t count) {
  auto points = points_of(property.where.domain(subject), property.where.name, count);
  std::erase_if(points, [&](const Point& point) { return !property.where.asks(subject, point); });
  return points;
}

/// The laws and anchors that can be asked of a subject.
inline std::vector<const Property*> applicable_laws(const Subject& subject) {
  std::vector<const Property*> found;
  for (const Property& property : all_properties())
    if (relates_calls(property.family) && property.inapplicable(subject).empty())
      found.push_back(&property);
  return found;
}

inline const Property& property_named(std::string_view name, const Target& target) {
  const Property* found = find_property(name, target);
  if (found == nullptr) throw std::logic_error("no property " + std::string(name));
  return *found;
}

inline const Function* const powers[] = {&functions::exp, &functions::exp2, &functions::exp10,
                                         &functions::expm1, &functions::pow};
inline const Format* const formats[] = {&binary32, &binary64};

inline bool refuted(const Verdict& verdict) { return std::holds_alternative<Refuted>(verdict); }

}  // namespace testing_support
}  // namespace napier
