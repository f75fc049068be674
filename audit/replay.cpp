// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "audit/replay.hpp"
#include "audit/selection.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <optional>
#include <span>
#include <stdexcept>
#include <thread>
#include <utility>

#include "audit/campaign.hpp"
#include "audit/explained_call.hpp"
#include "audit/trial/amid_others.hpp"
#include "audit/trial/callers.hpp"
#include "audit/trial/load_effects.hpp"
#include "audit/trial/losses.hpp"
#include "audit/trial/trial.hpp"
#include "lib/fp/decimal.hpp"
#include "lib/fp/hexfloat.hpp"
#include "lib/target/lanes.hpp"
#include "lib/target/past.hpp"
#include "lib/target/pipe.hpp"
#include "lib/util/overloaded.hpp"
#include "oracles/oracle.hpp"
#include "props/law/law_sides.hpp"
#include "props/property/askable.hpp"
#include "props/subject/wrong_rounding.hpp"
#include "reports/text.hpp"
#include "reports/view/errors.hpp"
#include "reports/view/figures.hpp"
#include "reports/view/number_line.hpp"

namespace napier {
namespace {

std::string list_of(const std::vector<Float>& inputs) {
  std::string text;
  for (const Float x : inputs) text += (text.empty() ? "" : ", ") + to_hex(x);
  return text;
}

/// How many arguments the property's points have: as many as the first one that is drawn.
std::size_t arguments_of(const Domain& domain) {
  for (std::uint32_t stratum = 0; stratum < domain.strata.size(); ++stratum)
    for (std::uint64_t index = 0; index < 64; ++index)
      if (const auto point = domain.at(Seed{}, {0, stratum, index})) return point->count;
  return 0;
}

std::string why(Cause cause) {
  switch (cause) {
    case Cause::precision_cap:
      return "the two sides could not be told apart at the highest precision";
    case Cause::no_answer:
      return "a call gave no answer, which the property `returns` judges";
  }
  return {};
}

ReplayedCase replay_loading(const Target& target) {
  const OwnedCallers callers(target);
  std::string text = one_line(target.name) + " environment, when it is loaded and first called";
  const std::vector<Finding> effects = load_effects(*callers.view().target);
  if (effects.empty()) return {Replayed::stands, text + "\nCONSISTENT. Neither changes anything."};
  for (const Finding& effect : effects) text += "\nREFUTED. " + effect.explanation + ".";
  return {Replayed::refuted, text};
}

std::string calls_text(const Subject& subject, const JudgedCase& judged) {
  std::string text;
  for (std::size_t i = 0; i < judged.requests.size(); ++i)
    text += call_text(subject.function(judged.requests[i].role), subject, judged.requests[i],
                      judged.answers[i]);
  return text;
}

/// The call that a reader looks at first: the one to blame, or the first; pictured, and amid its
/// neighbours.
std::string closer_look(const Property& property, const Subject& subject, const Point& point,
                        const JudgedCase& judged, Callers callers) {
  if (property.about != About::a_value || judged.requests.empty()) return {};
  const auto returned = [](const Answer& answer) { return answer.ending == Ending::returned; };
  if (!std::ranges::all_of(judged.answers, returned)) return {};
  std::size_t index = 0;
  if (std::holds_alternative<Refuted>(judged.verdict))
    index = property.blame(subject, point, judged.transcript()).value_or(0);
  const Request& request = judged.requests[index];
  const Function& function = subject.function(request.role);
  Caller* caller = request.role == Role::primal ? callers.primal : callers.target;
  return call_picture(function, subject, request, judged.answers[index]) +
         neighbours_text(function, subject, request, *caller);
}

/// Both sides of a law in one picture; empty where it is no law, or no side has an end.
std::string sides_picture(const Property& property, const Subject& subject, const Point& point,
                          const JudgedCase& judged) {
  const auto returned = [](const Answer& answer) { return answer.ending == Ending::returned; };
  if (!relates_calls(property.family) || !std::ranges::all_of(judged.answers, returned)) return {};
  const auto sides = sides_of_law(property.name, subject, point, judged.transcript());
  if (!sides) return {};
  const std::array<LineItem, 3> items{{{"left side", sides->left[0], sides->left[1]},
                                       {"right side", sides->right[0], sides->right[1]},
                                       {"true value", 0, 0}}};
  const bool has_an_end = std::ranges::any_of(std::span(items).first(2), [](const LineItem& side) {
    return std::isfinite(side.lo) || std::isfinite(side.hi);
  });
  if (!has_an_end) return {};
  std::string text = number_line(items, "ulp", "    ");
  text.pop_back();
  return fmt::format("\n  Both sides of {}, if the claim held, from the true value:\n{}",
                     sides->statement, text);
}

std::string refuted_amid_others(const std::string& head, const Tally& tally,
                                std::string_view what) {
  const auto arguments = tally.first_refuted->point.arguments();
  return fmt::format("{}\nREFUTED in {} of {} cases amid others, first at {}: {}.", head,
                     tally.refuted, tally.cases, list_of({arguments.begin(), arguments.end()}),
                     what);
}

/// A race shows now and then, and only beside other calls: the case is judged many times, amid
/// others of its domain.
ReplayedCase replay_race(const Property& property, const Subject& subject, const Domain& domain,
                         const Point& point, const std::string& head) {
  const Tally tally = tried_again_in_two_threads(property, subject, domain, point);
  if (!tally.first_refuted)
    return {Replayed::stands,
            fmt::format("{}\nCONSISTENT in {} cases amid others. A race shows only now and "
                        "then.",
                        head, tally.cases)};
  const bool ended = tally.first_refuted->answers.back().ending != Ending::returned;
  return {Replayed::refuted,
          refuted_amid_others(head, tally, ended ? end_in_company_text : race_text)};
}

/// What depends on an element's place may depend on its neighbours.
ReplayedCase replay_lanes(const Property& property, const Subject& subject, const Domain& domain,
                          const Point& point, const std::string& head) {
  const auto target = subject.target->open();
  const auto caller = calls_in_lanes(*target);
  constexpr std::uint64_t cases = 1024;
  const Domain amid = amid_others(domain, point, cases);
  const Tally tally =
      judge_portion(property, subject, amid, Seed{}, {0, 0, cases}, {caller.get(), nullptr});
  if (!tally.first_refuted)
    return {Replayed::stands,
            fmt::format("{}\nCONSISTENT in {} cases amid others.", head, tally.cases)};
  const RefutedCase& first = *tally.first_refuted;
  const std::vector<Request> requests(first.answers.size(),
                                      Request{Role::target, first.point.call()});
  return {Replayed::refuted,
          refuted_amid_others(head, tally,
                              property.fault(subject, first.point, {requests, first.answers}))};
}

/// A function that remembers does not show it where nothing was asked before.
std::optional<ReplayedCase> replay_past(const Target& target, const Subject& subject,
                                        const Point& point, const std::string& head) {
  const Property& amid = property_called(Calling::amid_a_past);
  const JudgedCase judged = tried_again_amid_a_past(amid, subject, point);
  if (std::holds_alternative<Refuted>(judged.verdict))
    return ReplayedCase{Replayed::refuted, fmt::format("{}{}\nREFUTED: {}.", head,
                                                       calls_text(subject, judged), past_text)};
  const std::vector<Float> inputs(point.arguments().begin(), point.arguments().end());
  const auto found = first_call_changed(*target.open());
  if (!found || found->smallest.inputs != inputs) return std::nullopt;
  return ReplayedCase{Replayed::refuted, fmt::format("{}\nREFUTED. {}.", head, found->explanation)};
}

/// A process may end by what no single call does: in a thread of the target's own, by a timer, at
/// the thousandth call. What had been asked before is not known any more, so many others are.
ReplayedCase replay_death(const Target& target, Rounding rounding, const Call& call,
                          const std::string& text) {
  constexpr std::chrono::milliseconds for_a_timer(300);
  const auto caller = target.open();
  const auto amid = calls_with_past(*caller, *target.format, target.function->arity);
  Answer answer;
  for (int block = 0; block < 2; ++block)
    amid->call(rounding, Observe::values, {&call, 1}, {&answer, 1});
  std::this_thread::sleep_for(for_a_timer);
  const std::vector<Loss> losses = take_losses({caller.get()});
  if (losses.empty())
    return {Replayed::stands,
            text +
                "\nCONSISTENT. The call returned, by itself and after 20,000 other calls in one "
                "process. An end of the process that no call is to blame for, as in a thread of "
                "its own, may show again only when all is audited again."};
  return {Replayed::refuted,
          fmt::format("{}\nREFUTED. By itself the call returned. With 20,000 other calls before it "
                      "in one process: {}.",
                      text, describe(losses.front()))};
}

}  // namespace

int status_of(Replayed outcome) {
  switch (outcome) {
    case Replayed::refuted:
      return 1;
    case Replayed::undecided:
      return 3;
    case Replayed::stands:
      break;
  }
  return 0;
}

ReplayedCase replay(const Target& target, const std::string& name, Rounding rounding,
                    const std::vector<Float>& inputs) {
  static_cast<void>(select_properties({name}));  // an unknown name is refused with the nearest ones
  const Property* property = find_property(name, target);
  if (property == nullptr)
    throw std::invalid_argument("'" + name + "' names several properties: name one");
  if (inputs.empty() && property->concerns_loading) return replay_loading(target);
  const Subject subject(target, rounding);
  if (const std::string why = why_not_asked(*property, subject); !why.empty())
    throw std::invalid_argument(name + " does not apply to " + target.name + ": " + why);
  const Domain domain = property->where.domain(subject);
  const std::size_t wanted = arguments_of(domain);
  if (inputs.empty() && measures_errors(property->name) && !target.claim.statistics.empty())
    throw std::invalid_argument(fmt::format(
        "'{}' is about all errors together, and no call replays it: audit {} with --property {} "
        "--exhaustive",
        target.claim.statistics.front().words, target.name, name));
  if (inputs.size() != wanted)
    throw std::invalid_argument(
        fmt::format("{} of {} takes {}, and here {} given", name, target.name,
                    counted(wanted, "argument", "arguments"),
                    inputs.size() == 1 ? "is one" : fmt::format("are {}", inputs.size())));
  Point point;
  for (const Float x : inputs) point.push(x);
  const std::string head =
      fmt::format("{} {} at {}, {}", one_line(target.name), name,
                  inputs.empty() ? "its constants" : list_of(inputs), mode_text(rounding));
  if (!domain.admits(point) || !property->where.asks(subject, point)) {
    const Call call = point.call();
    const bool covered = covers(subject.claim->domain, call.x, call.y);
    return {Replayed::stands,
            head + (covered ? ": no case of this property, nothing is judged there"
                            : ": outside the domain of the claim, nothing is judged there")};
  }

  if (property->calling == Calling::in_lanes)
    return replay_lanes(*property, subject, domain, point, head);
  if (property->calling == Calling::in_two_threads)
    return replay_race(*property, subject, domain, point, head);
  const OwnedCallers callers(target);
  const JudgedCase judged = judge_point(*property, subject, point, callers.view());
  std::string text = head + calls_text(subject, judged);
  const auto explain = [&] { return property->explain(subject, point, judged.transcript()); };
  const auto looked = [&] {
    return sides_picture(*property, subject, point, judged) +
           closer_look(*property, subject, point, judged, callers.view());
  };
  const auto unjudged = [&] {
    return ReplayedCase{Replayed::stands,
                        text + "\nNOT JUDGED: nothing is claimed. " + explain() + "."};
  };
  return std::visit(overloaded{
                        [&](const Consistent&) {
                          if (!property->judges(subject)) return unjudged();
                          if (name == property_called(Calling::amid_a_past).name)
                            if (auto past = replay_past(target, subject, point, head))
                              return std::move(*past);
                          if (property->calling == Calling::by_others && !target.in_process)
                            return replay_death(target, rounding, point.call(), text);
                          return ReplayedCase{Replayed::stands,
                                              text + looked() + "\nCONSISTENT. " + explain() + "."};
                        },
                        [&](const Refuted&) {
                          if (!property->judges(subject)) return unjudged();
                          const Confirmed confirmed =
                              confirm(*property, subject, point, callers.view(), judged.answers);
                          return ReplayedCase{Replayed::refuted, text + looked() + "\nREFUTED. " +
                                                                     confirmed.explanation + "."};
                        },
                        [&](const Undecided& undecided) {
                          return ReplayedCase{Replayed::undecided,
                                              text + "\nUNDECIDED: " + why(undecided.cause) + "."};
                        },
                    },
                    judged.verdict);
}

UlpRange error_at(const Target& target, Rounding rounding, const std::vector<Float>& inputs) {
  const OwnedCallers callers(target);
  const Call call{inputs.front(), inputs.size() > 1 ? inputs.back() : Float{}};
  Answer answer;
  callers.view().target->call(rounding, Observe::values, {&call, 1}, {&answer, 1});
  if (answer.ending != Ending::returned) return {infinite_ulp, infinite_ulp};
  return TrueValue(*target.function, call).error(answer.value, rounding);
}

}  // namespace napier
