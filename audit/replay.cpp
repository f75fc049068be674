// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "audit/replay.hpp"

#include <fmt/format.h>

#include <stdexcept>

#include "audit/callers.hpp"
#include "audit/campaign.hpp"
#include "audit/load_effects.hpp"
#include "audit/trial.hpp"
#include "lib/fp/hexfloat.hpp"
#include "lib/target/thread_pair.hpp"
#include "lib/util/overloaded.hpp"
#include "reports/text.hpp"

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

ReplayedCase replay_loading(const Target& target) {
  const OwnedCallers callers(target);
  std::string text = one_line(target.name) + " environment, when it is loaded and first called";
  const std::vector<Finding> effects = load_effects(*callers.view().target);
  if (effects.empty()) return {false, text + "\nCONSISTENT. Neither changes anything."};
  for (const Finding& effect : effects) text += "\nREFUTED. " + effect.explanation + ".";
  return {true, text};
}

std::string calls_text(const Subject& subject, const JudgedCase& judged) {
  std::string text;
  for (std::size_t i = 0; i < judged.requests.size(); ++i) {
    const Request& request = judged.requests[i];
    const Answer& answer = judged.answers[i];
    const std::string second =
        request.call.y.format != nullptr ? ", " + to_hex(request.call.y) : std::string();
    text += fmt::format("\n  {}({}{}) = {}", subject.function(request.role).name,
                        to_hex(request.call.x), second,
                        answer.ending == Ending::returned ? to_hex(answer.value) : "no answer");
  }
  return text;
}

/// A race shows now and then, and only beside other calls: the case is judged many times, amid
/// others of its domain.
ReplayedCase replay_race(const Property& property, const Subject& subject, const Domain& domain,
                         const Point& point, const std::string& head) {
  constexpr std::uint64_t cases = 1024;
  constexpr std::uint64_t rounds = 16;
  const auto make = [&](Draw&, std::uint64_t i) -> std::optional<Point> {
    const auto stratum = static_cast<std::uint32_t>(i / 2 % domain.strata.size());
    const std::uint64_t size = domain.strata[stratum].size;
    const Address other{0, stratum, size == 0 ? i : i % size};
    return i % 2 == 0 ? point : domain.at(Seed{}, other).value_or(point);
  };
  Domain amid;
  amid.strata.push_back({"the case amid others", cases * rounds, 1, make});
  const Target& target = *subject.target;
  const auto pair = thread_pair(target.open);
  const auto primal = target.primal ? target.primal->open() : nullptr;
  Tally tally;
  for (std::uint64_t round = 0; round < rounds && tally.refuted == 0; ++round)
    tally.merge(judge_portion(property, subject, amid, Seed{}, {0, round * cases, cases},
                              {pair.get(), primal.get()}));
  if (!tally.first_refuted)
    return {false, fmt::format("{}\nCONSISTENT in {} cases amid others. A race shows only now and "
                               "then.",
                               head, tally.cases)};
  const auto arguments = tally.first_refuted->point.arguments();
  return {true, fmt::format("{}\nREFUTED in {} of {} cases amid others, first at {}: {}.", head,
                            tally.refuted, tally.cases,
                            list_of({arguments.begin(), arguments.end()}), race_text)};
}

}  // namespace

ReplayedCase replay(const Target& target, const std::string& name, Rounding rounding,
                    const std::vector<Float>& inputs) {
  if (inputs.empty() && name == "environment") return replay_loading(target);
  static_cast<void>(select_properties({name}));  // an unknown name is refused with the nearest ones
  const Property* property = find_property(name, target);
  if (property == nullptr) throw std::invalid_argument("'" + name + "' is no single property");
  const Subject subject(target, rounding);
  if (const std::string why = property->inapplicable(subject); !why.empty())
    throw std::invalid_argument(name + " does not apply to " + target.name + ": " + why);
  const Domain domain = property->domain(subject);
  const std::size_t wanted = arguments_of(domain);
  if (inputs.size() != wanted)
    throw std::invalid_argument(fmt::format("{} of {} takes {} argument{}, --at gives {}", name,
                                            target.name, wanted, wanted == 1 ? "" : "s",
                                            inputs.size()));
  Point point;
  for (const Float x : inputs) point.push(x);
  const std::string head =
      fmt::format("{} {} at {}, rounding {}", one_line(target.name), name,
                  inputs.empty() ? "its constants" : list_of(inputs), napier::name(rounding));
  if (!domain.admits(point) || !property->asks(subject, point))
    return {false, head + ": outside the domain of the claim, nothing is judged there"};

  if (property->from_two_threads()) return replay_race(*property, subject, domain, point, head);
  const OwnedCallers callers(target);
  const JudgedCase judged = judge_point(*property, subject, point, callers.view());
  std::string text = head + calls_text(subject, judged);
  const auto explain = [&] { return property->explain(subject, point, judged.transcript()); };
  return std::visit(
      overloaded{
          [&](const Consistent&) {
            if (!property->judges(subject))
              return ReplayedCase{false,
                                  text + "\nNOT JUDGED: nothing is claimed. " + explain() + "."};
            return ReplayedCase{false, text + "\nCONSISTENT. " + explain() + "."};
          },
          [&](const Refuted&) {
            if (!property->judges(subject))
              return ReplayedCase{false,
                                  text + "\nNOT JUDGED: nothing is claimed. " + explain() + "."};
            const Confirmed confirmed = confirm(*property, subject, point, callers.view());
            return ReplayedCase{true, text + "\nREFUTED. " + confirmed.explanation + "."};
          },
          [&](const Undecided& undecided) {
            return ReplayedCase{
                false, fmt::format("{}\nUNDECIDED ({}).", text, napier::name(undecided.cause))};
          },
      },
      judged.verdict);
}

}  // namespace napier
