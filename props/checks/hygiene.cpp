// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// What is demanded of everyone, whatever is claimed, at any argument.
#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cstring>

#include "lib/fp/hexfloat.hpp"
#include "lib/target/pipe.hpp"
#include "props/domain/call_domain.hpp"
#include "props/property/property.hpp"

namespace napier {
namespace {

using HappenedWords = std::string (*)(Transcript);

/// What all rows have in common; what happened is said in words that go on.
Property demanded(std::string_view name, std::string_view statement, HappenedWords what_happened) {
  return {
      .name = name,
      .statement = statement,
      .promised = statement,
      .family = Family::hygiene,
      .about = About::words,
      .where = all_calls(),
      .explain =
          [=](const Subject&, const Point&, Transcript transcript) {
            std::string words = what_happened(transcript);
            const auto first = static_cast<unsigned char>(words.front());
            words.front() = static_cast<char>(std::toupper(first));
            return words;
          },
      .fault = [=](const Subject&, const Point&,
                   Transcript transcript) { return what_happened(transcript); },
      .blame = first_call,
  };
}

/// How a call ended.
std::string ending_words(const Answer& answer) {
  switch (answer.ending) {
    case Ending::crashed:
      return fmt::format("the call was killed by signal {} ({})", answer.detail,
                         ::strsignal(answer.detail));
    case Ending::exited:
      return fmt::format("the call ended its process with status {}", answer.detail);
    case Ending::hung:
      return "the call did not return in time";
    case Ending::unwritten:
      return answer.detail == too_much    ? "the process wrote more than the result"
             : answer.detail == no_number ? "the process wrote what is no result"
                                          : "the call returned and wrote no result";
    case Ending::not_called:
      return "the call was not made any more";
    case Ending::returned:
      break;
  }
  return "the call returned";
}

// Two calls with the same input.

bool returned(const Answer& answer) { return answer.ending == Ending::returned; }

Verdict judge_two(const Subject&, const Point&, Transcript transcript, Tally&) {
  const Answer& first = transcript.answers[0];
  if (!returned(first)) return Undecided{Cause::no_answer};  // and may not be asked again
  const Answer& second = transcript.answers[1];
  if (!returned(second)) return Undecided{Cause::no_answer};
  return first.value == second.value ? Verdict(Consistent{}) : Refuted{};
}

void add_repeated_otherwise(const CalledBlock& block, std::size_t i, Tally& tally) {
  const Answer answers[] = {{.value = block.result(i)}, {.value = block.repeated(i)}};
  tally.add(Refuted{}, block.located(i), answers);
}

bool judge_repeated(const Subject&, const CalledBlock& block, Tally& tally) {
  if (block.all_repeated_the_same()) {
    tally.add_consistent(block.size());
    return true;
  }
  for (std::size_t i = 0; i < block.size(); ++i)
    if (block.result(i) == block.repeated(i))
      tally.add_consistent(1);
    else
      add_repeated_otherwise(block, i, tally);
  return true;
}

constexpr std::string_view by_flags = "with all floating-point flags raised before it, ";

/// See same_call_with_flags_raised(): is it the flags that matter?
bool is_by_flags(Transcript transcript) {
  const auto& answers = transcript.answers;
  return answers.size() == 3 && returned(answers[2]) && answers[2].value == answers[0].value;
}

std::string repeated_words(Transcript t) {
  return fmt::format("two calls with the same input gave {} and{}{}", to_hex(t.answers[0].value),
                     is_by_flags(t) ? fmt::format(", {}", by_flags) : " ",
                     to_hex(t.answers[1].value));
}

Property deterministic() {
  Property row = demanded("deterministic", "the same input gives the same bits", repeated_words);
  row.asked_in = AskedIn::every_mode;
  row.plan = same_call_with_flags_raised();
  row.judge = judge_two;
  row.judging = InBlocks{.wishes = {.repeat = true}, .judge = judge_repeated};
  return row;
}

/// Points of all strata in turn, so that what is special stands beside what is not; `place` gives
/// the stratum, of so many, for the i-th point.
template <class Place>
auto of_every_stratum(const Subject& subject, std::string_view key, Place place) {
  return [calls = call_domain(subject), key, place](std::uint64_t i) {
    const std::uint64_t count = calls.strata.size();
    const auto stratum = static_cast<std::uint32_t>(place(i, count));
    const std::uint64_t size = calls.strata[stratum].size;
    const std::uint64_t index = i / count;
    return calls.at(Seed{}, {property_key(key), stratum, size == 0 ? index : index % size});
  };
}

/// 5, and a few points of every stratum, in one block.
Domain domain_of_a_past(const Subject& subject) {
  constexpr std::uint64_t cases = 256;
  Point ordinary;  // the very first call tells the most where nothing is special
  for (int k = 0; k < subject.target->function->arity; ++k)
    ordinary.push(from_integer(subject.format(), 5));
  const auto others = of_every_stratum(
      subject, "past", [](std::uint64_t i, std::uint64_t count) { return count - 1 - i % count; });
  Domain domain;
  domain.strata.push_back({"the first calls, and again after special values and 20,000 others",
                           cases, 1, [=](Draw&, std::uint64_t i) -> std::optional<Point> {
                             return i == 0 ? ordinary : others(i);
                           }});
  return domain;
}

/// The same: the first call of a case is made before anything else is asked, the second one amid a
/// past.
Property unmoved() {
  Property row = deterministic();
  row.asked_in = AskedIn::modes_asked_for;
  row.calling = Calling::amid_a_past;
  row.plan = same_call_twice();
  row.where = {.name = "past", .domain = domain_of_a_past};
  row.judging = CaseByCase{};
  return row;
}

/// The second call of a case is made by two threads at once, the first by one. What returns from
/// one thread is to return beside another. Only one call is told to have ended the process of both:
/// the others of its block have no answer.
Verdict judge_threads(const Subject& subject, const Point& point, Transcript transcript,
                      Tally& tally) {
  const Answer& alone = transcript.answers[0];
  const Answer& beside = transcript.answers[1];
  if (returned(alone) && !returned(beside) && beside.ending != Ending::not_called) return Refuted{};
  return judge_two(subject, point, transcript, tally);
}

Property threads() {
  Property row = demanded(
      "threads", "two threads at once get the same bits as one", [](Transcript t) -> std::string {
        const std::string one = "one thread got " + to_hex(t.answers[0].value);
        if (!returned(t.answers[1]))
          return fmt::format("{}; while another was calling, {}", one, ending_words(t.answers[1]));
        return fmt::format("{}; while another was calling, the result was {}", one,
                           to_hex(t.answers[1].value));
      });
  row.calling = Calling::in_two_threads;
  row.where = {.domain = call_domain};
  row.plan = same_call_twice();
  row.judge = judge_threads;
  return row;
}

// The first call of a case is an array of its own, the second an element of many arrays.

Domain domain_of_lanes(const Subject& subject) {
  const auto all = of_every_stratum(subject, "lanes",
                                    [](std::uint64_t i, std::uint64_t count) { return i % count; });
  Domain domain;
  domain.strata.push_back(
      {"arrays of points of every kind", 0, 1, [=](Draw&, std::uint64_t i) { return all(i); }});
  return domain;
}

std::string spoiled_words(const Answer& answer) {
  if (answer.error_number == 0) return "set errno to 0";
  return "changed the " + difference(answer.before, answer.after);
}

bool spoiled(const Answer& answer) {
  return answer.before != answer.after || answer.error_number == 0;
}

/// A function of arrays is observed in lanes, too; of a process nothing is seen but results.
bool is_observed(const Answer& alone) { return alone.placement.length != 0; }

/// What an array did to its surroundings that the call alone does not do: that is told elsewhere.
bool array_spoiled(Transcript transcript) {
  const Answer& alone = transcript.answers[0];
  const Answer& among = transcript.answers[1];
  return is_observed(alone) && among.placement != alone.placement && spoiled(among);
}

// A NaN's sign and payload are nobody's promise.
Verdict judge_lanes(const Subject&, const Point&, Transcript transcript, Tally&) {
  const Answer& alone = transcript.answers[0];
  const Answer& among = transcript.answers[1];
  if (!returned(alone)) return Undecided{Cause::no_answer};
  if (alone.placement.damage != Damage::none) return Refuted{};
  if (among.ending == Ending::not_called) return Undecided{Cause::no_answer};
  if (!returned(among) || among.placement.damage != Damage::none) return Refuted{};
  if (array_spoiled(transcript)) return Refuted{};
  const bool same = alone.value == among.value || (is_nan(alone.value) && is_nan(among.value));
  return same ? Verdict(Consistent{}) : Refuted{};
}

/// "the array of 5 that begins with this call"
std::string array_that_begins(const Answer& among) {
  const Placement& placement = among.placement;
  if (placement.empty) return "a call with " + describe_array(placement);
  return fmt::format("the array of {} that begins with this call", placement.length);
}

/// Of an array no element is to blame.
std::string unreturned_words(const Answer& among) {
  const Placement& placement = among.placement;
  const std::string touched = describe(placement.trespassed);
  return fmt::format("alone it returned; with {}{} {}{}", describe_array(placement),
                     placement.empty ? "," : ", of which this is the first element,",
                     ending_words(among), touched.empty() ? "" : ": it " + touched);
}

std::string lanes_words(Transcript transcript) {
  const Answer& alone = transcript.answers[0];
  const Answer& among = transcript.answers[1];
  if (alone.placement.damage != Damage::none)
    return fmt::format("the call {} ({})", describe(alone.placement.damage),
                       describe(alone.placement));
  const std::string place = describe(among.placement);
  if (among.placement.damage != Damage::none)
    return fmt::format("the call {} {}", describe(among.placement.damage), place);
  if (!returned(among)) return unreturned_words(among);
  if (array_spoiled(transcript))
    return fmt::format("{} {}, which the call alone does not", array_that_begins(among),
                       spoiled_words(among));
  if (alone.placement.length == 0 && among.placement.length == 1)  // a process, asked in blocks
    return fmt::format("among others the call gave {}, and alone it gave {}", to_hex(alone.value),
                       to_hex(among.value));
  return fmt::format("alone the call gave {}, and {} it gave {}", to_hex(alone.value), place,
                     to_hex(among.value));
}

Property lanes() {
  Property row =
      demanded("lanes", "the same bits at any place of any array; nothing else written or changed",
               lanes_words);
  row.asked_in = AskedIn::every_mode;
  row.calling = Calling::in_lanes;
  row.inapplicable = [](const Subject& subject) {
    const Shape& shape = subject.target->shape;  // a process takes blocks, which may differ, too
    return std::string(shape.is_scalar() && !is_process(shape) ? "it takes no arrays" : "");
  };
  row.where = {.domain = domain_of_lanes};
  row.plan = same_call_twice();
  row.judge = judge_lanes;
  return row;
}

// What a call leaves behind.

Verdict judge_environment(const Subject&, const Point&, Transcript transcript, Tally&) {
  const Answer& answer = transcript.answers.front();
  if (!returned(answer)) return Undecided{Cause::no_answer};
  return spoiled(answer) ? Verdict(Refuted{}) : Consistent{};
}

bool judge_order(const Subject&, const CalledBlock& block, Tally& tally) {
  if (block.all_in_order()) {
    tally.add_consistent(block.size());
    return true;
  }
  for (std::size_t i = 0; i < block.size(); ++i)
    if (block.in_order(i))
      tally.add_consistent(1);
    else
      tally.add(Refuted{}, block.located(i));
  return true;
}

Property environment() {
  Property row =
      demanded("environment", "control state and x87 stack as before; errno never set to 0",
               [](Transcript transcript) -> std::string {
                 return "the call " + spoiled_words(transcript.answers.front());
               });
  row.asked_in = AskedIn::every_mode;
  row.observe = Observe::everything;
  row.concerns_loading = true;
  row.judge = judge_environment;
  row.judging = InBlocks{.wishes = {.order = true}, .judge = judge_order};
  return row;
}

// That it comes back at all.

Verdict judge_return(const Subject&, const Point&, Transcript transcript, Tally&) {
  for (const Answer& answer : transcript.answers) {
    if (answer.ending == Ending::not_called) return Undecided{Cause::no_answer};
    if (!returned(answer)) return Refuted{};
  }
  return Consistent{};
}

std::string unreturned_words(Transcript t) {
  const auto lost = std::ranges::find_if_not(t.answers, returned);
  if (lost == t.answers.end()) return "the call returned";
  if (lost == t.answers.begin()) return ending_words(*lost);
  return fmt::format("{}{}", is_by_flags(t) ? by_flags : "made once more, ", ending_words(*lost));
}

/// A block whose calls don't all return is judged case by case.
bool judge_returned(const Subject&, const CalledBlock& block, Tally& tally) {
  tally.add_consistent(block.size());
  return true;
}

Property returns() {
  Property row = demanded("returns", "every call returns", unreturned_words);
  row.calling = Calling::by_others;
  row.about = About::no_return;
  row.plan = same_call_with_flags_raised();
  row.judge = judge_return;
  row.judging = InBlocks{.wishes = {.repeat = true}, .judge = judge_returned};
  return row;
}

}  // namespace

void contribute_hygiene(Properties& rows) {
  for (Property (*row)() : {deterministic, unmoved, threads, lanes, environment, returns})
    rows.push_back(row());
}

}  // namespace napier
