// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include <fmt/format.h>

#include "lib/fp/hexfloat.hpp"
#include "lib/fp/ordinal.hpp"
#include "lib/util/overloaded.hpp"
#include "oracles/special_cases.hpp"
#include "props/call_strata.hpp"
#include "props/property.hpp"

namespace napier {
namespace {

/// What C23 Annex F asks for at a call: a value bit for bit, any NaN, or, where the value needs
/// computing, the sign of a result that underflows to 0; else nothing. Signs are the same in every
/// rounding mode: that x - x is -0 rounding down is no excuse for log(1), nor for an underflow.
struct Wanted {
  bool any_nan = false;
  std::optional<Float> value = {};
  std::optional<bool> negative_zero = {};
};

Wanted wanted_at(const Function& function, const Call& call) {
  const Format& f = *call.x.format;
  // Of derivatives Annex F says nothing, and conventions differ.
  if (function.kind == Kind::slope) return {};
  return std::visit(
      overloaded{
          [](const NoValue&) { return Wanted{.any_nan = true}; },
          [&](const InfiniteValue& v) { return Wanted{.value = infinity(f, v.negative)}; },
          [&](const ZeroValue& v) { return Wanted{.value = zero(f, v.negative)}; },
          [&](const UnitValue& v) { return Wanted{.value = from_integer(f, v.negative ? -1 : 1)}; },
          [&](const RealValue& v) {
            if (function.kind == Kind::power) return Wanted{.negative_zero = v.negative};
            if (function.kind == Kind::power_minus_one)
              return Wanted{.negative_zero = is_negative(call.x)};
            return Wanted{};
          },
      },
      special_case(function, call));
}

bool meets(const Wanted& wanted, Float y) {
  if (wanted.any_nan) return is_nan(y);
  if (wanted.value) return *wanted.value == y;  // bits: +0 and -0 differ
  return !wanted.negative_zero || !is_zero(y) || is_negative(y) == *wanted.negative_zero;
}

std::string words(const Wanted& wanted) {
  if (wanted.any_nan) return "a NaN";
  if (wanted.value) return to_hex(*wanted.value);
  if (!wanted.negative_zero) return "nothing";
  return *wanted.negative_zero ? "a negative result, if 0 then -0"
                               : "a positive result, if 0 then +0";
}

/// Exponents whose parity, or whose half, is lost in a conversion, on bases that show it: ±0,
/// negative ones, and +inf, which must not care.
Stratum parities(const Format& f) {
  std::vector<Float> exponents{infinity(f)};
  // The largest halves lie below 2^(p-1), the largest odd integers below 2^p.
  for (const int power : {31, 32, 52, 53, 62, 63, f.precision - 2, f.precision - 1, f.precision})
    for (const int halves : {-2, -1, 0, 1, 2}) {
      const Dyadic more = Dyadic::of_integer(halves).scaled(-1);
      if (const auto y = exactly(f, add(Dyadic::power_of_two(power), more)))
        exponents.push_back(*y);
    }
  for (const std::int64_t n : {1, 2, 3, 4, 5, 255, 256, 1075, 1076, 16'495, 16'496})
    exponents.push_back(from_integer(f, n));
  exponents.push_back(round_to(f, {false, 3, -1}, Rounding::nearest));
  const Float one = from_integer(f, 1);
  std::vector<Float> bases{zero(f), zero(f, true), infinity(f)};
  for (const Float x :
       {infinity(f), max_finite(f), min_normal(f), min_subnormal(f), one, next_up(one),
        next_down(one), round_to(f, {false, 1, -1}, Rounding::nearest), from_integer(f, 2),
        from_integer(f, 3), round_to(f, {false, 3, -1}, Rounding::nearest)})
    bases.push_back(negated(x));
  const std::uint64_t n = exponents.size();
  return spread({"parity", 2 * bases.size() * n, 1, [=](Draw&, std::uint64_t i) {
                   const Float y = exponents[i / 2 % n];
                   return pair(bases[i / 2 / n], i % 2 == 0 ? y : negated(y));
                 }});
}

class SpecialValues final : public Property {
 public:
  std::string_view name() const override { return "special_values"; }
  bool asked_of_directed_claims() const override { return true; }
  std::string_view statement() const override { return "the values and zero signs of C23 Annex F"; }
  std::string inapplicable(const Subject& subject) const override {
    return subject.target->function->kind == Kind::slope ? "Annex F knows no derivatives" : "";
  }
  bool judges(const Subject& subject) const override { return subject.claim->special_values; }

  Domain domain(const Subject& subject) const override {
    Domain domain;
    domain.strata.push_back(std::move(call_domain(subject).strata.front()));  // the special ones
    const Function& function = *subject.target->function;
    if (function.arity == 2) domain.strata.push_back(parities(subject.format()));
    // Accuracy says nothing where there is no value.
    if (function.arity == 2 || function.kind == Kind::logarithm)
      domain.strata.push_back(calls_without_value(subject));
    return domain;
  }
  bool asks(const Subject& subject, const Point& point) const override {
    const Call call = point.call();
    return covers(subject.claim->domain, call.x, call.y);
  }
  std::size_t most_calls() const override { return 1; }

  void plan(const Subject&, const Point& point, Transcript known,
            std::vector<Request>& wanted) const override {
    if (known.requests.empty()) wanted.push_back({Role::target, point.call()});
  }

  Verdict judge(const Subject& subject, const Point&, Transcript transcript,
                Tally&) const override {
    const Answer& answer = transcript.answers.front();
    if (answer.ending != Ending::returned) return Undecided{Cause::no_answer};
    Wanted wanted = wanted_at(*subject.target->function, transcript.requests.front().call);
    if (subject.claim->flush_subnormals) wanted.negative_zero.reset();
    return judges(subject) && !meets(wanted, answer.value) ? Verdict(Refuted{}) : Consistent{};
  }

  std::optional<std::size_t> blame(const Subject&, const Point&, Transcript) const override {
    return 0;
  }

  std::string explain(const Subject& subject, const Point&, Transcript transcript) const override {
    return fmt::format(
        "C23 Annex F asks for {} here",
        words(wanted_at(*subject.target->function, transcript.requests.front().call)));
  }
};

}  // namespace

std::unique_ptr<const Property> special_values_property() {
  return std::make_unique<SpecialValues>();
}

}  // namespace napier
