// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// The same bits as another target: one source built in two ways, a scalar and a vector, a rewrite
// and what it replaces. No oracle is asked: what is true is beside the point.
#include <fmt/format.h>

#include <cmath>

#include "lib/fp/hexfloat.hpp"
#include "lib/fp/ordinal.hpp"
#include "lib/target/pipe.hpp"
#include "props/domain/spread.hpp"
#include "props/property/property.hpp"

namespace napier {
namespace {

std::string why_not(const Subject& subject) {
  if (subject.claim->equals.empty()) return "no other target is named that it equals";
  const Twin* twin = subject.twin();
  if (twin == nullptr) return "the target '" + subject.claim->equals + "' is not at hand here";
  if (twin->recorded && !twin->recorded->has(subject.rounding))
    return fmt::format("{} has no results of this rounding mode", twin->name);
  const bool nearest_alone = is_process(twin->shape) && subject.rounding != Rounding::nearest;
  return nearest_alone ? twin->name + " is a process, which rounds to nearest" : "";
}

/// The table whose results are to be the same; null where it is another target.
const RecordedResults* table_of(const Subject& subject) {
  const Twin* twin = subject.twin();
  return twin != nullptr ? twin->recorded.get() : nullptr;
}

Domain recorded_calls(const RecordedResults& table) {
  Stratum stratum;
  stratum.name = fmt::format("{} recorded calls", table.calls.size());
  stratum.size = table.calls.size();
  stratum.make = [&table](Draw&, std::uint64_t index) {
    const Call& call = table.calls[index];
    Point point;
    point.push(call.x);
    if (call.y.format != nullptr) point.push(call.y);
    return std::optional(point);
  };
  Domain domain;
  domain.strata.push_back(spread(std::move(stratum)));
  return domain;
}

/// Those of accuracy, by another name: whoever else is judged on calls takes the second one of a
/// case for a repetition of the first.
///
/// Of a table those calls alone that it has.
Where calls_of_two() {
  Where where = covered_calls();
  where.name = "calls of two targets";
  where.domain = [all = where.domain](const Subject& subject) {
    const RecordedResults* table = table_of(subject);
    return table == nullptr ? all(subject) : recorded_calls(*table);
  };
  where.every_point = [all = where.every_point](const Subject& subject) {
    const RecordedResults* table = table_of(subject);
    return table == nullptr || table->is_whole() ? all(subject) : std::nullopt;
  };
  where.asks = [covers = where.asks](const Subject& subject, const Point& point) {
    const RecordedResults* table = table_of(subject);
    return covers(subject, point) && (table == nullptr || table->has(point.call()));
  };
  return where;
}

/// Its own call, then that of the other.
void plan(const Subject&, const Point& point, Transcript known, std::vector<Request>& wanted) {
  if (!known.requests.empty()) return;
  wanted.push_back({Role::target, point.call()});
  wanted.push_back({Role::twin, point.call()});
}

/// A NaN's sign and payload are nobody's promise.
bool same(Float a, Float b) { return a == b || (is_nan(a) && is_nan(b)); }

/// Encodings between two results: infinite where one is no number.
double apart(Float a, Float b) {
  if (is_nan(a) || is_nan(b)) return std::numeric_limits<double>::infinity();
  return std::abs(static_cast<double>(ordinal(a) - ordinal(b)));  // whose difference is exact
}

/// The farther apart, the worse.
Verdict verdict_on(Float a, Float b) {
  if (same(a, b)) return Consistent{};
  return Refuted{apart(a, b)};
}

struct Pair {
  const Answer& own;
  const Answer& other;
};
std::optional<Pair> both(Transcript transcript) {
  const Answer *own = nullptr, *other = nullptr;
  for (std::size_t i = 0; i < transcript.requests.size(); ++i)
    (transcript.requests[i].role == Role::twin ? other : own) = &transcript.answers[i];
  if (own == nullptr || other == nullptr) return std::nullopt;
  return Pair{*own, *other};
}

Verdict judge(const Subject&, const Point&, Transcript transcript, Tally&) {
  const auto pair = both(transcript);
  if (!pair || pair->own.ending != Ending::returned || pair->other.ending != Ending::returned)
    return Undecided{Cause::no_answer};
  return verdict_on(pair->own.value, pair->other.value);
}

bool judge_block(const Subject&, const CalledBlock& block, Tally& tally) {
  if (block.all_like_the_twin()) {
    tally.add_consistent(block.size());
    return true;
  }
  for (std::size_t i = 0; i < block.size(); ++i) {
    const Float own = block.result(i), other = block.twins(i);
    if (same(own, other)) {
      tally.add_consistent(1);
      continue;
    }
    const Answer answers[] = {{.value = own}, {.value = other}};
    tally.add(verdict_on(own, other), block.located(i), answers);
  }
  return true;
}

std::string words_on(const Subject& subject, const Point&, Transcript transcript) {
  const auto pair = both(transcript);
  if (!pair) return "only one of the two was asked";
  const auto text = [](const Answer& answer) {
    return answer.ending == Ending::returned ? to_hex(answer.value) : std::string("no answer");
  };
  const double distance = apart(pair->own.value, pair->other.value);
  const std::string far =
      distance > 0 && std::isfinite(distance)
          ? fmt::format(", {:.0f} encoding{} apart", distance, distance == 1 ? "" : "s")
          : "";
  return fmt::format("it gives {}, and {} gives {}{}", text(pair->own), subject.twin()->name,
                     text(pair->other), far);
}

}  // namespace

void contribute_equals(Properties& rows) {
  Property row;
  row.name = "equals";
  row.statement = row.promised = "the same bits as another target";
  row.family = Family::equality;
  row.about = About::words;
  row.inapplicable = why_not;
  row.claims_mode = [](const Subject& subject) {
    const RecordedResults* table = table_of(subject);
    return table != nullptr && table->has(subject.rounding);
  };
  row.where = calls_of_two();
  row.plan = {2, plan};
  row.judge = judge;
  row.judging = InBlocks{.wishes = {.twin = true}, .judge = judge_block};
  row.explain = [](const Subject& subject, const Point& point, Transcript transcript) {
    std::string text = words_on(subject, point, transcript);
    text.front() = 'I';
    return text;
  };
  row.fault = words_on;
  row.blame = first_call;
  rows.push_back(std::move(row));
}

}  // namespace napier
