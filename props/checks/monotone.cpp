// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// Neighbours in order: a^x, a^x - 1 and ln x rise with x, and x^y rises or falls in each argument
// as the signs of ln x and of y say. A refutation needs no oracle: two results strictly out of
// order, where the true function is weakly monotone between their arguments.
#include <fmt/format.h>

#include "lib/fp/hexfloat.hpp"
#include "lib/fp/ordinal.hpp"
#include "lib/target/composition.hpp"
#include "oracles/compositions/composition.hpp"
#include "oracles/fast/calls/bulk_filter.hpp"
#include "oracles/oracle.hpp"
#include "props/checks/monotone_domain.hpp"
#include "props/domain/call_domain.hpp"
#include "props/domain/covered_part.hpp"
#include "props/property/property.hpp"

namespace napier {
namespace {

enum class Trend { unknown, rises, falls, constant };

Trend reversed(Trend trend) {
  return trend == Trend::rises ? Trend::falls : trend == Trend::falls ? Trend::rises : trend;
}

/// -1, 0 or 1 as x lies below y, on it or above it; -0 is below +0.
int order(Float x, Float y) {
  const Ordinal a = ordinal(x);
  const Ordinal b = ordinal(y);
  return a < b ? -1 : a > b ? 1 : 0;
}

/// x^y from x to the next larger base, y fixed. |x|^y rises in |x| for y > 0; a negative base needs
/// an integer y, whose parity gives the sign, and both bases on one side of 0.
Trend along_base(Float x, Float next, Float y) {
  if (is_zero(y)) return Trend::constant;
  const Trend in_size = is_negative(y) ? Trend::falls : Trend::rises;
  if (!is_negative(x)) return in_size;
  if (!is_negative(next) || is_zero(next) || !is_integer(y)) return Trend::unknown;
  return is_odd_integer(y) ? in_size : reversed(in_size);  // |x| falls as x rises
}

/// x^y from y to the next larger exponent, x >= +0 fixed.
Trend along_exponent(Float x) {
  if (is_negative(x)) return Trend::unknown;
  const int side = order(x, from_integer(*x.format, 1));
  return side > 0 ? Trend::rises : side < 0 ? Trend::falls : Trend::constant;
}

/// A neighbour of the first call of a case, and how the true value goes from it to there.
struct Neighbour {
  Call call;
  Trend trend = Trend::unknown;
};

/// Whether a claim that lets subnormals flush may let this result flush too: the error that is
/// claimed may lift it above the least normal number.
bool may_flush(Float y) {
  return is_zero(y) || (is_finite(y) && exact_value(y).binade() <= y.format->min_exponent());
}

/// Where the function has no values to be in order.
bool undefined(const Subject& subject, const Call& call) {
  return subject.target->function->kind == Kind::logarithm && is_negative(call.x);
}

/// The neighbours with their trends, unknown where the claim says nothing of them.
std::array<Neighbour, 2> neighbours(const Subject& subject, const Call& at) {
  std::array<Neighbour, 2> found;
  if (is_nan(at.x) || (at.y.format != nullptr && is_nan(at.y))) return found;
  const Float next = next_up(at.x);
  if (at.y.format == nullptr) {
    if (!undefined(subject, at)) found[0] = {{next, {}}, Trend::rises};
  } else if (is_composed(*subject.target->function)) {
    found = {{{{next, at.y}, Trend::rises}, {{at.x, next_up(at.y)}, Trend::rises}}};
  } else {
    found[0] = {{next, at.y}, along_base(at.x, next, at.y)};
    found[1] = {{at.x, next_up(at.y)}, along_exponent(at.x)};
  }
  for (Neighbour& neighbour : found)
    if (neighbour.trend != Trend::unknown && !subject.covers({Role::target, neighbour.call}))
      neighbour.trend = Trend::unknown;
  return found;
}

Trend trend_to(const Subject& subject, const Point& point, const Call& call) {
  for (const Neighbour& neighbour : neighbours(subject, point.call()))
    if (neighbour.call == call) return neighbour.trend;
  return Trend::unknown;
}

/// The call whose result is out of order with that of the first. Zeros are equal; a NaN has no
/// order and is for accuracy to judge.
std::optional<std::size_t> reversal(const Subject& subject, const Point& point,
                                    Transcript transcript) {
  const Float here = transcript.answers.front().value;
  for (std::size_t i = 1; i < transcript.answers.size(); ++i) {
    const Float there = transcript.answers[i].value;
    if (is_nan(here) || is_nan(there) || (is_zero(here) && is_zero(there))) continue;
    // Who may flush may do so at one of two neighbours and not at the other.
    if (subject.claim->flushing.any() && may_flush(here) && may_flush(there)) continue;
    const int rise = order(there, here);
    switch (trend_to(subject, point, transcript.requests[i].call)) {
      case Trend::rises:
        if (rise < 0) return i;
        break;
      case Trend::falls:
        if (rise > 0) return i;
        break;
      case Trend::constant:
        if (rise != 0) return i;
        break;
      case Trend::unknown:
        break;
    }
  }
  return std::nullopt;
}

std::string inapplicable(const Subject& subject) {
  const Function& function = *subject.target->function;
  if (is_composed(function) && (is_derivative(function) || !composition_of(function).rises))
    return "it does not rise with every argument";
  if (function.kind == Kind::slope && function.arity == 2)
    return "a slope of a power is not monotone";
  if (function.arity == 1 && subject.claim->domain.integer_exponent)
    return "consecutive encodings are no integers";
  return {};
}

bool asks(const Subject& subject, const Point& point) {
  const Call first = point.call();
  if (!subject.covers({Role::target, first})) return false;
  return std::ranges::any_of(neighbours(subject, first), [](const Neighbour& neighbour) {
    return neighbour.trend != Trend::unknown;
  });
}

void plan(const Subject& subject, const Point& point, Transcript known,
          std::vector<Request>& wanted) {
  if (!known.requests.empty()) return;
  const Call first = point.call();
  wanted.push_back({Role::target, first});
  for (const Neighbour& neighbour : neighbours(subject, first))
    if (neighbour.trend != Trend::unknown) wanted.push_back({Role::target, neighbour.call});
}

Verdict judge(const Subject& subject, const Point& point, Transcript transcript, Tally&) {
  for (const Answer& answer : transcript.answers)
    if (answer.ending != Ending::returned) return Undecided{Cause::no_answer};
  return reversal(subject, point, transcript) ? Verdict(Refuted{}) : Consistent{};
}

void add_refuted(const CalledBlock& block, std::size_t i, std::size_t next, Tally& tally) {
  const Answer answers[] = {{.value = block.result(i)}, {.value = block.result(next)}};
  tally.add(Refuted{}, block.located(i), answers);
}

/// Results weakly in order along the whole stretch, and to the neighbour beyond it.
bool is_in_order(const CalledBlock& block, std::size_t k) {
  const Stretch& stretch = block.stretches()[k];
  const std::size_t first = stretch.begin, last = first + stretch.count - 1;
  const std::size_t next = block.size() + k;  // where the neighbour's result is
  const bool down = is_negative(block.call_at(first).x);
  if (block.results_are_alike(first, stretch.count) && block.result(next) == block.result(last) &&
      !is_nan(block.result(next)))
    return true;
  const std::span<const double> results = block.results();
  const auto along = results.subspan(first, stretch.count);
  return down ? results[next] >= results[first] && weakly_falls(along)
              : results[next] >= results[last] && weakly_rises(along);
}

/// As judge() does, on two calls of a block.
void judge_pair(const Subject& subject, const CalledBlock& block, std::size_t i, std::size_t next,
                Tally& tally) {
  const Located located = block.located(i);
  if (!asks(subject, located.point)) return;
  const Request requests[] = {{Role::target, block.call_at(i)},
                              {Role::target, block.call_at(next)}};
  Answer answers[2];
  answers[0].value = block.result(i);
  answers[1].value = block.result(next);
  tally.add(judge(subject, located.point, {requests, answers}, tally), located, answers);
}

/// Pairs in order need no more than that, where every case is asked. The last encoding of a
/// stretch tells where: NaNs come after all numbers of their sign, and a stretch keeps its sign.
/// Whether results are in order is asked of each of them.
void judge_stretch(const Subject& subject, const CalledBlock& block, std::size_t k, Tally& tally) {
  const Stretch& stretch = block.stretches()[k];
  const Call last = block.call_at(stretch.begin + stretch.count - 1);
  const auto part = covered_part(subject.claim->domain, stretch.walk, stretch.steps, stretch.count);
  if (part.count == 0) return;
  const Call first = block.call_at(stretch.begin);
  const auto all_covered = [&] {
    const Float above = next_up(is_negative(first.x) ? first.x : last.x);
    return part.whole && part.count == stretch.count && covers(subject.claim->domain, above, {});
  };
  const bool everywhere = !subject.claim->flushing.any() && !is_nan(last.x) &&
                          !undefined(subject, last) &&
                          (subject.claim->domain == ClaimDomain{} || all_covered());
  if (everywhere && is_in_order(block, k)) return tally.add_consistent(stretch.count);
  const std::span<const double> results = block.results();
  std::uint64_t plain = 0;
  block.each_with_next(k, [&](std::size_t i, std::size_t next) {
    if (everywhere && results[next] >= results[i])
      ++plain;
    else if (everywhere && results[next] < results[i] && is_finite(block.call_at(i).x))
      add_refuted(block, i, next, tally);  // a bad target has a billion of them
    else
      judge_pair(subject, block, i, next, tally);
  });
  tally.add_consistent(plain);
}

bool judge_block(const Subject& subject, const CalledBlock& block, Tally& tally) {
  for (const Stretch& stretch : block.stretches())
    if (stretch.walk.stride != 1 || stretch.walk.towards_zero) return false;
  for (std::size_t k = 0; k < block.stretches().size(); ++k)
    judge_stretch(subject, block, k, tally);
  return true;
}

/// Encodings of a block's stretches are consecutive, and their neighbours beside them.
bool serves_blocks(const Subject& subject) {
  constexpr int widest = 24;  // bits of a significand
  return subject.target->function->arity == 1 && subject.format().precision <= widest;
}

/// Of two results out of order, the one that is farther from its true value.
std::optional<std::size_t> blame(const Subject& subject, const Point& point,
                                 Transcript transcript) {
  const auto second = reversal(subject, point, transcript);
  if (!second) return std::nullopt;
  const auto error = [&](std::size_t i) {
    TrueValue truth(*subject.target->function, transcript.requests[i].call);
    return truth.error(transcript.answers[i].value, subject.rounding).lo;
  };
  return error(*second) > error(0) ? *second : 0;
}

std::string fault(const Subject& subject, const Point& point, Transcript transcript) {
  const auto second = reversal(subject, point, transcript);
  if (!second) return {};
  const auto says = [&](std::size_t i) {
    const Call& call = transcript.requests[i].call;
    return fmt::format("{}{} gives {}", to_hex(call.x),
                       call.y.format != nullptr ? ", " + to_hex(call.y) : "",
                       to_hex(transcript.answers[i].value));
  };
  const Trend trend = trend_to(subject, point, transcript.requests[*second].call);
  return fmt::format("{} and its neighbour {}, but the true value {} between them", says(0),
                     says(*second),
                     trend == Trend::rises   ? "rises"
                     : trend == Trend::falls ? "falls"
                                             : "stays the same");
}

std::string explain(const Subject& subject, const Point& point, Transcript transcript) {
  const std::string wrong = fault(subject, point, transcript);
  return wrong.empty() ? "The results are in order" : wrong;
}

constexpr std::string_view in_order = "results of consecutive arguments weakly in order";

}  // namespace

void contribute_monotone(Properties& rows) {
  rows.push_back({
      .name = "monotone",
      .statement = in_order,
      .promised = in_order,
      .family = Family::order,
      .about = About::words,
      .inapplicable = inapplicable,
      // In the directed modes it is measured only: the claim is one of round to nearest.
      .judges =
          [](const Subject& subject) {
            return subject.claim->monotone && subject.rounding == Rounding::nearest;
          },
      .where = {.domain = monotone_domain,
                .every_point =
                    [](const Subject& subject) {
                      return serves_blocks(subject) ? every_covered_call(subject) : std::nullopt;
                    },
                .asks = asks,
                .asks_along = covered_calls().asks_along},
      .plan = {3, plan},
      .judge = judge,
      .judging =
          InBlocks{.serves = serves_blocks, .wishes = {.neighbours = true}, .judge = judge_block},
      .explain = explain,
      .fault = fault,
      .blame = blame,
  });
}

}  // namespace napier
