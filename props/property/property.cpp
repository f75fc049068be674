// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "props/property/property.hpp"

#include <algorithm>
#include <cassert>

#include "props/claim/promises.hpp"
#include "props/domain/call_domain.hpp"
#include "props/domain/covered_part.hpp"

namespace napier {

CasePlan one_call() {
  return {1,
          [](const Subject&, const Point& point, Transcript known, std::vector<Request>& wanted) {
            if (known.requests.empty()) wanted.push_back({Role::target, point.call()});
          }};
}

CasePlan same_call_twice() {
  return {2,
          [](const Subject&, const Point& point, Transcript known, std::vector<Request>& wanted) {
            if (known.requests.size() < 2) wanted.push_back({Role::target, point.call()});
          }};
}

CasePlan same_call_with_flags_raised() {
  return {
      3,
      [](const Subject&, const Point& point, Transcript known, std::vector<Request>& wanted) {
        const auto answers = known.answers;
        const auto returned = [&](std::size_t i) { return answers[i].ending == Ending::returned; };
        const auto differ = [&] { return !returned(1) || answers[0].value != answers[1].value; };
        const bool more = answers.empty() || (answers.size() == 1 && returned(0)) ||
                          (answers.size() == 2 && returned(0) && differ());
        if (more) wanted.push_back({Role::target, point.call()});
      },
      true};
}

Where all_calls() {
  return {
      .name = call_domain_name,
      .domain = call_domain,
      .every_point = every_call,
      .at_calls = true,
  };
}

Where covered_calls() {
  Where where = all_calls();
  where.every_point = every_covered_call;
  where.asks = [](const Subject& subject, const Point& point) {
    const Call call = point.call();
    return covers(subject.claim->domain, call.x, call.y);
  };
  where.asks_along = [](const Subject& subject, const Walk& walk, std::uint64_t step,
                        std::uint64_t count) {
    return covered_part(subject.claim->domain, walk, step, count).count != 0;
  };
  return where;
}

std::optional<std::size_t> call_that_broke_its_claim(const Subject& subject, const Point&,
                                                     Transcript transcript) {
  std::optional<std::size_t> worst;
  double worst_error = -1;
  for (std::size_t i = 0; i < transcript.requests.size(); ++i) {
    const Request& request = transcript.requests[i];
    const Answer& answer = transcript.answers[i];
    if (answer.ending != Ending::returned) continue;
    TrueValue truth(subject.function(request.role), request.call);
    if (reference_keeps(subject, request, answer.value, truth) != Truth::no) continue;
    const double error = truth.error(answer.value, subject.rounding).lo.value;
    if (error > worst_error) worst = i, worst_error = error;
  }
  return worst;
}

std::optional<std::size_t> first_call(const Subject&, const Point&, Transcript) { return 0; }

const InBlocks* in_blocks(const Property& property, const Subject& subject) {
  constexpr int widest = 64;  // bits of an encoding in a block
  const auto* blocks = std::get_if<InBlocks>(&property.judging);
  const bool can = blocks != nullptr && subject.format().width <= widest && blocks->serves(subject);
  return can ? blocks : nullptr;
}

const BlockLaw* block_law(const Property& property, const Subject& subject) {
  const auto* blocks = std::get_if<LawInBlocks>(&property.judging);
  return blocks != nullptr && blocks->serves(subject) ? blocks->law : nullptr;
}

std::span<const Property> all_properties() {
  static const Properties all = [] {
    Properties rows;
    contribute_properties(rows);
    std::ranges::stable_sort(rows, {}, &Property::family);
    for (Property& row : rows)
      if (row.where.name.empty()) row.where.name = row.name;
    return rows;
  }();
  return all;
}

const Property* find_property(std::string_view name, const Target& target) {
  const Property* found = nullptr;
  for (const Property& property : all_properties()) {
    const bool named = property.name == name || (!name.empty() && property.law == name);
    if (!named || property.calling == Calling::amid_a_past) continue;
    // The slope laws have two rows of one name: the one that applies is meant.
    const Subject subject(target, Rounding::nearest);
    if (found == nullptr || property.inapplicable(subject).empty()) found = &property;
  }
  return found;
}

const Property* known_property(std::string_view name) {
  const auto all = all_properties();
  const auto known = std::ranges::find(all, name, &Property::name);
  return known != all.end() ? &*known : nullptr;
}

const Property& property_called(Calling calling) {
  assert(calling != Calling::plain && "there are many of those");
  return *std::ranges::find(all_properties(), calling, &Property::calling);
}

const Property& property_of_loading() {
  return *std::ranges::find(all_properties(), true, &Property::concerns_loading);
}

}  // namespace napier
