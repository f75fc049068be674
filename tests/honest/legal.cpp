// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "tests/honest/legal.hpp"

#include <algorithm>
#include <cerrno>
#include <utility>

#include "lib/fp/ordinal.hpp"

namespace napier::honest {
namespace {

/// Everything below is said of t >= 0, and mirrored for others.
Legal mirrored(const Legal& legal, bool negative) {
  if (!negative) return legal;
  return {negated(legal.most), negated(legal.least)};
}

/// The last ulp of a real in the binade of t.
int last_place(const Truth& t, const Format& f) {
  const auto e = static_cast<int>(std::min<std::int64_t>(t.binade(), f.max_exponent));
  return e - f.precision + 1;
}

Dyadic beyond_all(const Format& f) { return Dyadic::power_of_two(f.max_exponent + 1); }

/// Whether y is at most k ulp from |t|; `rounding` is the mode as seen from there.
bool is_within(const Truth& t, Float y, const Dyadic& k, Rounding rounding) {
  const Format& f = *y.format;
  if (is_infinite(y) && is_negative(y)) return false;
  if (is_infinite(y) && t.compare_size(beyond_all(f)) >= 0) return true;
  const bool saturates = rounding == Rounding::down || rounding == Rounding::zero;
  if (saturates && y == max_finite(f) && t.compare_size(exact_value(y)) > 0 &&
      compare(k, Dyadic::of_integer(1)) >= 0)
    return true;
  const Dyadic value = is_infinite(y) ? beyond_all(f) : exact_value(y);
  const Dyadic slack = k.scaled(last_place(t, f));
  const Dyadic low = subtract(value, slack), high = add(value, slack);
  return high.sign() >= 0 && t.compare_size(high) <= 0 &&
         (low.sign() <= 0 || t.compare_size(low) >= 0);
}

/// From a legal datum on as far as the test lets it.
template <class Test>
Legal all_around(Float from, Test is_legal) {
  Legal legal{from, from};
  while (!is_infinite(legal.most) && is_legal(next_up(legal.most)))
    legal.most = next_up(legal.most);
  while (legal.least != infinity(*from.format, true) && is_legal(next_down(legal.least)))
    legal.least = next_down(legal.least);
  return legal;
}

Float size_rounded(const Truth& t, const Format& f, Rounding rounding) {
  const Float cut = absolute(t.towards_zero());
  const Float next = next_up(cut);
  const int beyond = t.compare_size(exact_value(cut));
  if (beyond == 0 || rounding == Rounding::down || rounding == Rounding::zero) return cut;
  if (rounding == Rounding::up) return next;
  const Dyadic end = is_infinite(next) ? beyond_all(f) : exact_value(next);
  const int side = t.compare_size(add(exact_value(cut), end).scaled(-1));
  if (side == 0) return (cut.bits & 1) == 0 ? cut : next;
  return side < 0 ? cut : next;
}

}  // namespace

Float right_result(const Truth& t, const Format& format, Rounding rounding) {
  const bool negative = t.is_negative();
  const Float size = size_rounded(t, format, negative ? mirrored(rounding) : rounding);
  return negative ? negated(size) : size;
}

Legal neighbours(const Truth& t, const Format& format) {
  const Legal sizes{size_rounded(t, format, Rounding::down), size_rounded(t, format, Rounding::up)};
  return mirrored(sizes, t.is_negative());
}

bool is_within_ulps(const Truth& t, Float y, const Dyadic& k, Rounding rounding) {
  return t.is_negative() ? is_within(t, negated(y), k, mirrored(rounding))
                         : is_within(t, y, k, rounding);
}

Legal within_ulps(const Truth& t, const Format& format, const Dyadic& k, Rounding rounding) {
  const bool negative = t.is_negative();
  const Rounding mode = negative ? mirrored(rounding) : rounding;
  const Legal sizes = all_around(size_rounded(t, format, Rounding::nearest),
                                 [&](Float y) { return is_within(t, y, k, mode); });
  return mirrored(sizes, negative);
}

Legal within_rounded_ulps(const Truth& t, const Format& format, const Dyadic& k,
                          Rounding rounding) {
  const Float right = right_result(t, format, rounding);
  const auto number = [&](Float y) {
    const Dyadic size = is_infinite(y) ? beyond_all(format) : exact_value(absolute(y));
    return is_negative(y) ? -size : size;
  };
  const Dyadic middle = number(right);
  const std::int64_t own = middle.is_zero() ? format.min_exponent() : middle.binade();
  const std::int64_t e = std::clamp<std::int64_t>(own, format.min_exponent(), format.max_exponent);
  const Dyadic slack = k.scaled(e - format.precision + 1);
  return all_around(
      right, [&](Float y) { return compare(magnitude(subtract(number(y), middle)), slack) <= 0; });
}

Float chosen(const Legal& legal, Choice choice, const Call& call) {
  const Bits bits = call.x.bits ^ (call.y.format != nullptr ? call.y.bits : 0);
  switch (choice) {
    case Choice::most:
      return legal.most;
    case Choice::least:
      return legal.least;
    case Choice::in_turn:
      return (bits & 1) != 0 ? legal.most : legal.least;
    case Choice::any:
      break;
  }
  const Ordinal count = ordinal(legal.most) - ordinal(legal.least) + 1;
  const auto mixed = static_cast<std::uint64_t>(bits ^ (bits >> 64)) * 0x9E3779B97F4A7C15u;
  return step(legal.least, Ordinal(mixed >> 32) % count);
}

namespace {

class RuledCaller final : public Caller {
 public:
  RuledCaller(const Function& function, const Format& format, Rule rule, Reading reading)
      : function_(function),
        format_(format),
        rule_(std::move(rule)),
        reading_(std::move(reading)) {}

  void call(Rounding rounding, Observe, std::span<const Call> calls,
            std::span<Answer> answers) override {
    for (std::size_t i = 0; i < calls.size(); ++i) answers[i] = answer(calls[i], rounding);
  }

  std::optional<BlockEffects> call_block(Rounding rounding, const CallBlock& block) override {
    if (format_.width > 64) return std::nullopt;
    BlockEffects effects;
    for (std::size_t i = 0; i < block.results.size(); ++i) {
      Call one{{block.x[i], &format_}, {}};
      if (!block.y.empty()) one.y = {block.y[i], &format_};
      const Answer given = answer(one, rounding);
      block.results[i] = static_cast<std::uint64_t>(given.value.bits);
      const std::uint8_t signals = signals_of(flag_bits(given.flags), given.error_number);
      if (!block.signals.empty()) block.signals[i] = signals;
      effects.signalled |= signals != 0;
    }
    return effects;
  }

 private:
  Answer answer(const Call& given, Rounding rounding) const {
    const Call call = reading_(given);
    const auto any = [&](auto holds) {
      return holds(call.x) || (call.y.format != nullptr && holds(call.y));
    };
    const Truth t(function_, call);
    Answer answer;
    if (t.is_nan()) {
      answer.value = quiet_nan(format_);
      answer.flags.invalid = !any(is_nan);
    } else if (t.is_infinite()) {
      answer.value = infinity(format_, t.is_negative());
      answer.flags.divide_by_zero = !any(is_infinite);
    } else {
      answer.value = rule_(t, call, rounding);
      answer.flags.overflow = is_infinite(answer.value) || t.compare_size(beyond_all(format_)) >= 0;
    }
    const bool range = answer.flags.divide_by_zero || answer.flags.overflow;
    answer.error_number = answer.flags.invalid ? EDOM : range ? ERANGE : errno_before;
    return answer;
  }

  const Function& function_;
  const Format& format_;
  Rule rule_;
  Reading reading_;
};

}  // namespace

Target ruled_target(std::string name, const Function& function, const Format& format,
                    const Claim& claim, Rule rule, Reading reading) {
  Target target;
  target.name = "honest/" + std::move(name) + "/" + std::string(function.name) + ":" +
                std::string(format.name);
  target.function = &function;
  target.format = &format;
  target.claim = claim;
  target.open = [&function, &format, rule = std::move(rule), reading = std::move(reading)] {
    return std::make_unique<RuledCaller>(function, format, rule, reading);
  };
  return target;
}

}  // namespace napier::honest
