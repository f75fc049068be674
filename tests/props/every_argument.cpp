// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "tests/props/every_argument.hpp"

#include <cerrno>
#include <cmath>
#include <optional>
#include <unordered_map>

#include "lib/fp/native.hpp"
#include "lib/target/composition.hpp"
#include "oracles/oracle.hpp"
#include "tests/props/support.hpp"

namespace napier::testing_support {
namespace {

constexpr long double ln2 = 0.693147180559945309417232121458176568L;
constexpr long double ln10 = 2.30258509299404568401799145468436421L;

long double wide(Float x) { return static_cast<long double>(to_double(exact_value(x))); }
double special(Float x) {
  if (is_nan(x)) return std::nan("");
  if (is_infinite(x)) return is_negative(x) ? -INFINITY : INFINITY;
  const double size = to_double(exact_value(absolute(x)));
  return is_negative(x) ? -size : size;
}

/// Around a real value that is not 0: what it certainly lies between, ends included.
struct Between {
  long double lo, hi;
};

/// Beyond the range of long double any value serves as well as the true one.
Between around(long double t, bool negative) {
  const long double least = 0x1p-16000L, most = 0x1p16000L;
  const long double size = std::min(std::max(std::abs(t), least), most);
  const long double slack = size * 0x1p-45L;
  const Between b{size - slack, size + slack};
  return negative ? Between{-b.hi, -b.lo} : b;
}

/// t is above the bound, or below it, and not at it.
void set_apart(Between& t, long double bound, bool above) {
  const long double next = std::nextafter(bound, above ? INFINITY : -INFINITY);
  if (above) t = {std::max(t.lo, next), std::max(t.hi, next)};
  if (!above) t = {std::min(t.lo, next), std::min(t.hi, next)};
}

Between real_value(const Function& f, const Call& call) {
  const long double x = wide(call.x);
  if (f.kind == Kind::logarithm) return around(std::log(x), x < 1);
  if (f.arity == 2) {
    const long double size = std::abs(x), y = wide(call.y);
    const bool negative = x < 0 && is_odd_integer(call.y);
    Between t = around(std::pow(size, y), false);
    if (size != 1) set_apart(t, 1, (size > 1) == (y > 0));
    return negative ? Between{-t.hi, -t.lo} : t;
  }
  const bool natural = f.base == Base::e;
  const long double u = natural ? x : x * (f.base == Base::two ? ln2 : ln10);
  if (f.kind == Kind::power) {
    Between t = around(std::exp(u), false);
    set_apart(t, 1, x > 0);
    return t;
  }
  Between t = around(std::expm1(u), x < 0);
  set_apart(t, -1, true);
  if (natural) set_apart(t, x, true);
  return t;
}

Dyadic dyadic(long double x) { return exact_value(from_native(x)); }

/// How a real value in a mode rounds, and whether it overflows: |t| reaches, or exceeds, a limit.
struct Overflow {
  Dyadic limit;
  bool beyond;  ///< the limit itself is in range
};
Overflow overflow_of(const Format& f, Rounding rounding, bool negative) {
  const Dyadic largest = exact_value(max_finite(f));
  if (rounding == Rounding::nearest)
    return {add(largest, Dyadic::power_of_two(f.max_exponent - f.precision)), false};
  const bool away = rounding == (negative ? Rounding::down : Rounding::up);
  if (away) return {largest, true};
  return {Dyadic::power_of_two(f.max_exponent + 1), false};
}

Given given(Float value, bool overflows, bool tiny) {
  Given g;
  g.bits = static_cast<std::uint16_t>(value.bits);
  g.tiny = tiny;
  if (overflows) g.flags = flag_bit::overflow, g.error_number = ERANGE;
  return g;
}

Given of_dyadic(const Format& f, Dyadic t, Rounding rounding) {
  const Overflow limit = overflow_of(f, rounding, t.negative);
  const auto order = compare(magnitude(t), limit.limit);
  const bool overflows = limit.beyond ? order > 0 : order >= 0;
  const bool tiny = compare(magnitude(t), Dyadic::power_of_two(f.min_exponent())) < 0;
  return given(round_to(f, t, rounding), overflows, tiny);
}

Given of_reference(const Format& f, TrueValue& t, Rounding rounding) {
  const bool negative = t.sign() < 0;
  const auto beyond = negative ? Position::below : Position::above;
  const auto at = [&](const Dyadic& limit) { return t.compare(negative ? -limit : limit); };
  const Overflow limit = overflow_of(f, rounding, negative);
  const Position place = at(limit.limit);
  const bool overflows = place == beyond || (!limit.beyond && place == Position::equal);
  const Position normal = at(Dyadic::power_of_two(f.min_exponent()));
  return given(t.rounded(f, rounding).value(), overflows,
               normal != beyond && normal != Position::equal);
}

bool same(const Given& a, const Given& b) {
  return a.bits == b.bits && a.flags == b.flags && a.tiny == b.tiny;
}

bool is_given(Float x) { return x.format != nullptr; }

/// The value where it is exact by the special-value tables, as the machine has it.
std::optional<double> special_value(const Function& f, const Call& call) {
  const double x = special(call.x);
  if (f.arity == 2) {
    const double y = special(call.y);
    const bool real = std::isfinite(x) && std::isfinite(y) && x != 0 && y != 0 &&
                      std::abs(x) != 1 && !(x < 0 && !is_integer(call.y));
    return real ? std::nullopt : std::optional(std::pow(x, y));
  }
  if (f.kind == Kind::logarithm)
    return std::isfinite(x) && x > 0 && x != 1 ? std::nullopt : std::optional(std::log(x));
  if (std::isfinite(x) && x != 0) return std::nullopt;
  return f.kind == Kind::power ? std::exp(x) : std::expm1(x);
}

}  // namespace

const Given& RightAnswers::at(const Call& call, Rounding rounding) {
  const auto key = static_cast<std::uint32_t>(call.x.bits << 16 | call.y.bits);
  const auto [place, is_new] = known_.try_emplace(key);
  if (is_new) place->second = compute(call);
  return place->second[static_cast<std::size_t>(rounding)];
}

RightAnswers::Modes RightAnswers::compute_by_reference(const Call& call) const {
  TrueValue t(function_, call);
  Modes modes;
  for (const Rounding rounding : all_roundings) {
    const auto right = t.is_nan() ? quiet_nan(format_) : t.rounded(format_, rounding);
    modes[static_cast<std::size_t>(rounding)].bits = static_cast<std::uint16_t>(right.value().bits);
  }
  return modes;
}

RightAnswers::Modes RightAnswers::compute(const Call& call) const {
  if (is_derivative(function_) || is_composed(function_)) return compute_by_reference(call);
  const auto everywhere = [](const Given& g) { return Modes{g, g, g, g}; };
  const bool nan = is_nan(call.x) || (is_given(call.y) && is_nan(call.y));
  for (const Float x : {call.x, call.y})
    if (is_given(x) && is_nan(x) && is_signalling(x))
      return everywhere({static_cast<std::uint16_t>(quiet_nan(format_).bits), flag_bit::invalid});
  const auto value = special_value(function_, call);
  if (!value) return compute_real(call);
  Given g;
  if (std::isnan(*value)) {
    g.bits = static_cast<std::uint16_t>(quiet_nan(format_).bits);
    if (!nan) g.flags = flag_bit::invalid, g.error_number = EDOM;
    return everywhere(g);
  }
  const bool finite = is_finite(call.x) && (!is_given(call.y) || is_finite(call.y));
  Float y = std::isinf(*value) ? infinity(format_) : from_integer(format_, *value != 0 ? 1 : 0);
  if (std::signbit(*value)) y = negated(y);
  g.bits = static_cast<std::uint16_t>(y.bits);
  if (std::isinf(*value) && finite) g.flags = flag_bit::divide_by_zero, g.error_number = ERANGE;
  return everywhere(g);
}

RightAnswers::Modes RightAnswers::compute_real(const Call& call) const {
  const Between t = real_value(function_, call);
  const Dyadic lo = dyadic(t.lo), hi = dyadic(t.hi);
  Modes modes;
  bool certain = true;
  for (const Rounding rounding : all_roundings) {
    Given& g = modes[static_cast<std::size_t>(rounding)];
    g = of_dyadic(format_, lo, rounding);
    certain = certain && same(g, of_dyadic(format_, hi, rounding));
  }
  if (certain) return modes;
  TrueValue reference(function_, call);
  for (const Rounding rounding : all_roundings)
    modes[static_cast<std::size_t>(rounding)] = of_reference(format_, reference, rounding);
  return modes;
}

namespace {

Flags flags_of(std::uint8_t bits) {
  return {.invalid = (bits & flag_bit::invalid) != 0,
          .divide_by_zero = (bits & flag_bit::divide_by_zero) != 0,
          .overflow = (bits & flag_bit::overflow) != 0};
}

class Answering final : public Caller {
 public:
  Answering(RightAnswers& answers, Manner manner, bool in_blocks)
      : answers_(answers), manner_(std::move(manner)), in_blocks_(in_blocks) {}

  void call(Rounding rounding, Observe observe, std::span<const Call> calls,
            std::span<Answer> answers) override {
    for (std::size_t i = 0; i < calls.size(); ++i) {
      const Given g = given_at(calls[i], rounding);
      Answer& answer = answers[i] = {};
      answer.value = {g.bits, &answers_.format()};
      const bool flagged = observe == Observe::flags_kept;
      (flagged ? answer.lowered : answer.flags) = flags_of(flagged ? g.lowered : g.flags);
      answer.error_number = g.error_number;
    }
  }

  std::optional<BlockEffects> call_block(Rounding rounding, const CallBlock& block) override {
    if (!in_blocks_) return std::nullopt;
    BlockEffects effects;
    for (std::size_t i = 0; i < block.results.size(); ++i) {
      const auto datum = [&](std::span<const std::uint64_t> encodings) {
        return encodings.empty() ? Float{} : Float{encodings[i], &answers_.format()};
      };
      const Given g = given_at({datum(block.x), datum(block.y)}, rounding);
      block.results[i] = g.bits;
      const std::uint8_t signals =
          signals_of(block.flags_raised ? g.lowered : g.flags, g.error_number);
      if (!block.signals.empty()) block.signals[i] = signals;
      effects.signalled |= signals != 0;
      effects.flags_lowered |= block.flags_raised && g.lowered != 0;
      effects.errno_zeroed |= g.error_number == 0;
    }
    return effects;
  }

 private:
  Given given_at(const Call& call, Rounding rounding) {
    Given g = answers_.at(call, rounding);
    if (manner_.change) g = manner_.change(call, rounding, g);
    const auto key = static_cast<std::uint32_t>(call.x.bits << 16 | call.y.bits);
    if (manner_.fickle && place_of(call) % 512 == 300 && asked_[key]++ % 2 == 0) g.bits ^= 1;
    return g;
  }

  RightAnswers& answers_;
  Manner manner_;
  bool in_blocks_;
  std::unordered_map<std::uint32_t, std::uint64_t> asked_;  ///< how often
};

}  // namespace

std::unique_ptr<Caller> answering(RightAnswers& answers, const Manner& manner, bool in_blocks) {
  return std::make_unique<Answering>(answers, manner, in_blocks);
}

Target target_of(RightAnswers& answers, Claim claim) {
  Target target;
  target.name = "test/" + std::string(answers.function().name);
  target.function = &answers.function();
  target.format = &answers.format();
  target.claim = std::move(claim);
  target.open = [&answers] { return answering(answers, {}, false); };
  return target;
}

Target target_of(RightAnswers& answers, RightAnswers& values, Claim claim) {
  Target target = target_of(answers, claim);
  target.primal = std::make_shared<const Primal>(
      Primal{std::move(claim), [&values] { return answering(values, {}, false); }});
  return target;
}

}  // namespace napier::testing_support
