// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include <algorithm>
#include <limits>

#include <fmt/format.h>

#include "lib/fp/hexfloat.hpp"
#include "lib/fp/ordinal.hpp"
#include "lib/util/overloaded.hpp"
#include "oracles/special_cases.hpp"
#include "props/checks/moving_argument.hpp"
#include "props/claim/exceptions.hpp"
#include "props/claim/promises.hpp"
#include "props/domain/call_strata.hpp"
#include "props/property/property.hpp"

namespace napier {
namespace {

/// What C23 Annex F requires at a call: a value bit for bit, any NaN, or, where the value needs
/// computing, the sign of a result that underflows to 0 or overflows; else nothing. Signs are the
/// same in every rounding mode: that x - x is -0 rounding down is no excuse for log(1), nor for an
/// underflow.
struct Required {
  bool any_nan = false;
  std::optional<Float> value = {};
  std::optional<bool> negative = {};
  bool any_zero = false;  ///< results may be flushed: the sign of a 0 tells nothing

  bool nothing() const { return !any_nan && !value && !negative; }
};

bool signals(Float x) { return x.format != nullptr && is_signalling(x); }

Required required_at(const Function& function, const Call& call) {
  const Format& f = *call.x.format;
  // Of derivatives Annex F says nothing, and conventions differ; of signalling NaNs as well.
  if (!annex_f_unknown(function).empty() || signals(call.x) || signals(call.y)) return {};
  return std::visit(
      overloaded{
          [](const NoValue&) { return Required{.any_nan = true}; },
          [&](const InfiniteValue& v) { return Required{.value = infinity(f, v.negative)}; },
          [&](const ZeroValue& v) { return Required{.value = zero(f, v.negative)}; },
          [&](const UnitValue& v) {
            return Required{.value = from_integer(f, v.negative ? -1 : 1)};
          },
          [&](const RealValue& v) {
            if (function.kind == Kind::power) return Required{.negative = v.negative};
            if (function.kind == Kind::power_minus_one)
              return Required{.negative = is_negative(call.x)};
            return Required{};
          },
      },
      special_case(function, call));
}

bool meets(const Required& required, Float y) {
  if (required.any_nan) return is_nan(y);
  if (required.value) return *required.value == y;  // bits: +0 and -0 differ
  const bool tells = is_infinite(y) || (is_zero(y) && !required.any_zero);
  return !required.negative || !tells || is_negative(y) == *required.negative;
}

/// What is required of a subject: a call whose subnormal arguments may be read as 0 has several
/// answers, and where results may be flushed none tells the sign of a 0.
struct Requirements {
  Required as_given;
  std::vector<Required> flushed = {};

  bool nothing() const {
    return as_given.nothing() || std::ranges::any_of(flushed, &Required::nothing);
  }
  bool met_by(Float y) const {
    return meets(as_given, y) || std::ranges::any_of(flushed, [&](const Required& required) {
             return meets(required, y);
           });
  }
  /// The results that are wrong, if there are but two: a zero and an infinity.
  std::optional<std::array<Float, 2>> only_wrong(const Format& format) const {
    if (!flushed.empty() || !as_given.negative || as_given.any_zero) return std::nullopt;
    const bool wrong_sign = !*as_given.negative;
    return {{zero(format, wrong_sign), infinity(format, wrong_sign)}};
  }
};

Requirements requirements_of(const Subject& subject, const Call& call) {
  const Function& function = *subject.target->function;
  Requirements requirements{required_at(function, call)};
  if (!subject.claim->flushing.any()) return requirements;
  requirements.as_given.any_zero = true;
  for (const Call& read : readings(*subject.claim, call)) {
    if (read == call) continue;
    requirements.flushed.push_back(required_at(function, read));
    requirements.flushed.back().any_zero = true;
  }
  return requirements;
}

std::string words(const Required& required) {
  if (required.any_nan) return "a NaN";
  if (required.value) return to_hex(*required.value);
  if (!required.negative) return "nothing";
  if (required.any_zero) return *required.negative ? "a negative result" : "a positive result";
  return *required.negative ? "a negative result, if 0 then -0" : "a positive result, if 0 then +0";
}

Verdict verdict(const Requirements& requirements, Float y) {
  if (requirements.nothing()) return Consistent{std::numeric_limits<double>::infinity(), 0};
  return requirements.met_by(y) ? Verdict(Consistent{}) : Refuted{};
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

Domain domain_of(const Subject& subject) {
  Domain domain;
  domain.strata.push_back(std::move(call_domain(subject).strata.front()));  // the special ones
  const Function& function = *subject.target->function;
  if (function.arity == 2) domain.strata.push_back(parities(subject.format()));
  // Accuracy says nothing where there is no value.
  if (function.arity == 2 || function.kind == Kind::logarithm)
    domain.strata.push_back(calls_without_value(subject));
  domain.strata.push_back(nan_calls(subject));
  return domain;
}

Verdict judge(const Subject& subject, const Point&, Transcript transcript, Tally&) {
  const Answer& answer = transcript.answers.front();
  if (answer.ending != Ending::returned) return Undecided{Cause::no_answer};
  return verdict(requirements_of(subject, transcript.requests.front().call), answer.value);
}

void add_refuted(const CalledBlock& block, std::size_t i, Tally& tally) {
  const Answer answer{.value = block.result(i)};
  tally.add(Refuted{}, block.located(i), {&answer, 1});
}

/// Cases of which the same is required.
void judge_alike(const Subject& subject, const CalledBlock& block, std::size_t begin,
                 std::size_t end, Tally& tally) {
  const Call call = block.call_at(begin);
  if (!covers(subject.claim->domain, call.x, call.y)) return;
  const Requirements requirements = requirements_of(subject, call);
  if (requirements.nothing()) return tally.add_vacuous(end - begin);
  const auto results = block.result_encodings().subspan(begin, end - begin);
  const auto occurs = [&](Float result) {
    return std::ranges::find(results, static_cast<std::uint64_t>(result.bits)) != results.end();
  };
  if (const auto wrong = requirements.only_wrong(subject.format());
      wrong && std::ranges::none_of(*wrong, occurs))
    return tally.add_consistent(end - begin);
  for (std::size_t i = begin; i < end;) {
    const bool met = requirements.met_by(block.result(i));
    const std::size_t alike = block.next_result(i, end);
    if (met) tally.add_consistent(alike - i);
    for (; i < alike; ++i)
      if (!met) add_refuted(block, i, tally);
  }
}

/// special_case() decides by classes, by whether |x| is below 1, by integers and their parity,
/// and by signs, which a walk keeps. So arguments of one kind are asked the same, but where a
/// base with a sign meets exponents some of which are odd, and in a domain of integers.
void judge_stretch(const Subject& subject, const CalledBlock& block, const Stretch& stretch,
                   Tally& tally) {
  const MovingArgument moving(subject, block, stretch);
  each_part(stretch.begin, stretch.begin + stretch.count, moving,
            [&](std::size_t begin, std::size_t end, const ArgumentKind& kind) {
              using Integers = ArgumentKind::Integers;
              const bool varies = kind.integers == Integers::some || kind.integers == Integers::all;
              const std::size_t alike = varies && moving.asks_for_integers() ? 1 : end - begin;
              for (std::size_t i = begin; i < end; i += alike)
                judge_alike(subject, block, i, i + alike, tally);
            });
}

bool judge_block(const Subject& subject, const CalledBlock& block, Tally& tally) {
  for (const Stretch& stretch : block.stretches()) judge_stretch(subject, block, stretch, tally);
  return true;
}

/// Where a NaN is right there is no value to show beside the one that was got, and of a zero or an
/// infinity that was got where some other number is right the distance does not tell that its sign
/// is it.
std::string fault(const Subject& subject, const Point&, Transcript transcript) {
  const Required required =
      required_at(*subject.target->function, transcript.requests.front().call);
  if (required.any_nan) return "Annex F asks for a NaN";
  const Answer& answer = transcript.answers.front();
  if (answer.ending != Ending::returned) return "";
  if (required.negative && is_infinite(answer.value))
    return is_negative(answer.value) ? "an infinity must be positive here"
                                     : "an infinity must be negative here";
  const bool sign = required.negative || (required.value && is_zero(*required.value));
  if (!sign || !is_zero(answer.value)) return "";
  return is_negative(answer.value) ? "a zero must be positive here"
                                   : "a zero must be negative here";
}

std::string explain(const Subject& subject, const Point&, Transcript transcript) {
  const Call& call = transcript.requests.front().call;
  if (signals(call.x) || signals(call.y))
    return "C23 Annex F asks for nothing here: a signalling NaN is shown and not judged";
  return fmt::format("C23 Annex F asks for {} here",
                     words(requirements_of(subject, call).as_given));
}

}  // namespace

void contribute_special_values(Properties& rows) {
  rows.push_back({
      .name = "special_values",
      .statement = "the values and signs of C23 Annex F",
      .promised = "C23 Annex F",
      .family = Family::special_values,
      .asked_in = AskedIn::claimed_modes,
      .inapplicable =
          [](const Subject& subject) { return annex_f_unknown(*subject.target->function); },
      .judges = [](const Subject& subject) { return subject.claim->special_values; },
      .where = {.domain = domain_of,
                .every_point = every_call,
                .asks = covered_calls().asks,
                .at_calls = true},
      .judge = judge,
      .judging = InBlocks{.judge = judge_block},
      .explain = explain,
      .fault = fault,
      .blame = first_call,
  });
}

}  // namespace napier
