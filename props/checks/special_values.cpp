// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include <algorithm>
#include <limits>

#include <fmt/format.h>

#include "lib/fp/hexfloat.hpp"
#include "lib/fp/ordinal.hpp"
#include "lib/util/overloaded.hpp"
#include "oracles/special_cases.hpp"
#include "props/checks/moving_argument.hpp"
#include "props/claim/promises.hpp"
#include "props/domain/call_strata.hpp"
#include "props/property/property.hpp"

namespace napier {
namespace {

/// What C23 Annex F asks for at a call: a value bit for bit, any NaN, or, where the value needs
/// computing, the sign of a result that underflows to 0; else nothing. Signs are the same in every
/// rounding mode: that x - x is -0 rounding down is no excuse for log(1), nor for an underflow.
struct Wanted {
  bool any_nan = false;
  std::optional<Float> value = {};
  std::optional<bool> negative_zero = {};

  bool nothing() const { return !any_nan && !value && !negative_zero; }
};

bool signals(Float x) { return x.format != nullptr && is_signalling(x); }

Wanted wanted_at(const Function& function, const Call& call) {
  const Format& f = *call.x.format;
  // Of derivatives Annex F says nothing, and conventions differ; of signalling NaNs as well.
  if (function.kind == Kind::slope || signals(call.x) || signals(call.y)) return {};
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

/// What is asked of a subject: a call whose subnormal arguments may be read as 0 has several
/// answers, and where results may be flushed none tells the sign of a 0.
struct Asked {
  Wanted as_given;
  std::vector<Wanted> flushed = {};

  bool nothing() const {
    return as_given.nothing() || std::ranges::any_of(flushed, &Wanted::nothing);
  }
  bool met_by(Float y) const {
    return meets(as_given, y) ||
           std::ranges::any_of(flushed, [&](const Wanted& wanted) { return meets(wanted, y); });
  }
  /// The one result that is wrong, if there is but one: a zero.
  std::optional<Float> only_wrong_zero(const Format& format) const {
    if (!flushed.empty() || !as_given.negative_zero) return std::nullopt;
    return zero(format, !*as_given.negative_zero);
  }
};

Asked asked_at(const Subject& subject, const Call& call) {
  const Function& function = *subject.target->function;
  Asked asked{wanted_at(function, call)};
  if (!subject.claim->flushing.any()) return asked;
  asked.as_given.negative_zero.reset();
  for (const Call& read : readings(*subject.claim, call)) {
    if (read == call) continue;
    asked.flushed.push_back(wanted_at(function, read));
    asked.flushed.back().negative_zero.reset();
  }
  return asked;
}

std::string words(const Wanted& wanted) {
  if (wanted.any_nan) return "a NaN";
  if (wanted.value) return to_hex(*wanted.value);
  if (!wanted.negative_zero) return "nothing";
  return *wanted.negative_zero ? "a negative result, if 0 then -0"
                               : "a positive result, if 0 then +0";
}

Verdict verdict(const Asked& asked, Float y) {
  if (asked.nothing()) return Consistent{std::numeric_limits<double>::infinity(), 0};
  return asked.met_by(y) ? Verdict(Consistent{}) : Refuted{};
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
    domain.strata.push_back(nan_calls(subject));
    return domain;
  }
  std::optional<Domain> exhaustive_domain(const Subject& subject) const override {
    return every_call(subject);
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
    return verdict(asked_at(subject, transcript.requests.front().call), answer.value);
  }

  bool judges_blocks(const Subject& subject) const override { return subject.format().width <= 64; }
  bool judge_block(const Subject& subject, const CalledBlock& block, Tally& tally) const override {
    for (const Stretch& stretch : block.stretches()) judge_stretch(subject, block, stretch, tally);
    return true;
  }

  std::optional<std::size_t> blame(const Subject&, const Point&, Transcript) const override {
    return 0;
  }

  /// Where a NaN is right there is no value to show beside the one that was got, and of a zero that
  /// was got where some other small number is right the distance does not tell that its sign is it.
  std::string fault(const Subject& subject, const Point&, Transcript transcript) const override {
    const Wanted wanted = wanted_at(*subject.target->function, transcript.requests.front().call);
    if (wanted.any_nan) return "Annex F asks for a NaN";
    const Answer& answer = transcript.answers.front();
    const bool sign = wanted.negative_zero || (wanted.value && is_zero(*wanted.value));
    if (!sign || answer.ending != Ending::returned || !is_zero(answer.value)) return "";
    return is_negative(answer.value) ? "a zero must be positive here"
                                     : "a zero must be negative here";
  }

  std::string explain(const Subject& subject, const Point&, Transcript transcript) const override {
    const Call& call = transcript.requests.front().call;
    if (signals(call.x) || signals(call.y))
      return "C23 Annex F asks for nothing here: a signalling NaN is shown and not judged";
    return fmt::format("C23 Annex F asks for {} here", words(asked_at(subject, call).as_given));
  }

 private:
  /// special_case() decides by classes, by whether |x| is below 1, by integers and their parity,
  /// and by signs, which a walk keeps. So arguments of one kind are asked the same, but where a
  /// base with a sign meets exponents some of which are odd, and in a domain of integers.
  void judge_stretch(const Subject& subject, const CalledBlock& block, const Stretch& stretch,
                     Tally& tally) const {
    const MovingArgument moving(subject, block, stretch);
    each_part(stretch.begin, stretch.begin + stretch.count, moving,
              [&](std::size_t begin, std::size_t end, const ArgumentKind& kind) {
                using Integers = ArgumentKind::Integers;
                const bool varies =
                    kind.integers == Integers::some || kind.integers == Integers::all;
                const std::size_t alike = varies && moving.asks_for_integers() ? 1 : end - begin;
                for (std::size_t i = begin; i < end; i += alike)
                  judge_alike(subject, block, i, i + alike, tally);
              });
  }

  static void add_refuted(const CalledBlock& block, std::size_t i, Tally& tally) {
    const Answer answer{.value = block.result(i)};
    tally.add(Refuted{}, block.located(i), {&answer, 1});
  }

  /// Cases of which the same is asked.
  static void judge_alike(const Subject& subject, const CalledBlock& block, std::size_t begin,
                          std::size_t end, Tally& tally) {
    const Call call = block.call_at(begin);
    if (!covers(subject.claim->domain, call.x, call.y)) return;
    const Asked asked = asked_at(subject, call);
    if (asked.nothing()) return tally.add_vacuous(end - begin);
    const auto results = block.result_encodings().subspan(begin, end - begin);
    if (const auto wrong = asked.only_wrong_zero(subject.format());
        wrong &&
        std::ranges::find(results, static_cast<std::uint64_t>(wrong->bits)) == results.end())
      return tally.add_consistent(end - begin);
    for (std::size_t i = begin; i < end;) {
      const bool met = asked.met_by(block.result(i));
      const std::size_t alike = block.next_result(i, end);
      if (met) tally.add_consistent(alike - i);
      for (; i < alike; ++i)
        if (!met) add_refuted(block, i, tally);
    }
  }
};

}  // namespace

std::unique_ptr<const Property> special_values_property() {
  return std::make_unique<SpecialValues>();
}

}  // namespace napier
