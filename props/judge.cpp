// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "props/judge.hpp"

#include <algorithm>
#include <cassert>

namespace napier {
namespace {

// Blocks are small enough to stay in cache and large enough to amortise a child's wake-up.
constexpr std::uint64_t block_size = 1024;

/// A case under way.
struct OpenCase {
  Located located;
  std::vector<Request> requests;
  std::vector<Answer> answers;
  std::size_t asked = 0;  // requests that have their answer
};

/// All the calls of one role that this round wants, in one block, answered in place.
void ask(Role role, std::vector<OpenCase>& cases, Caller* caller, const Subject& subject,
         Observe observe) {
  std::vector<Call> calls;
  std::vector<Answer*> places;
  for (OpenCase& open : cases)
    for (std::size_t i = open.asked; i < open.requests.size(); ++i)
      if (open.requests[i].role == role) {
        calls.push_back(open.requests[i].call);
        places.push_back(&open.answers[i]);
      }
  if (calls.empty()) return;
  assert(caller != nullptr && "a property asked somebody whom the target does not have");
  std::vector<Answer> answers(calls.size());
  caller->call(subject.rounding, observe, calls, answers);
  for (std::size_t i = 0; i < answers.size(); ++i) *places[i] = answers[i];
}

/// Plans and asks in rounds until no case wants another call. A call can depend on an earlier
/// answer (the tower's outer power), so there are at most three.
void answer_all(const Property& property, const Subject& subject, std::vector<OpenCase>& cases,
                Callers callers) {
  constexpr int most_rounds = 4;
  for (int round = 0; round < most_rounds; ++round) {
    bool any = false;
    for (OpenCase& open : cases) {
      std::vector<Request> wanted;
      property.plan(subject, open.located.point, {open.requests, open.answers}, wanted);
      open.asked = open.requests.size();
      open.requests.insert(open.requests.end(), wanted.begin(), wanted.end());
      open.answers.resize(open.requests.size());
      any = any || !wanted.empty();
    }
    if (!any) return;
    ask(Role::target, cases, callers.target, subject, property.observe());
    ask(Role::primal, cases, callers.primal, subject, property.observe());
  }
  assert(false && "a property kept asking");
}

void note_calls(const OpenCase& open, Tally& tally) {
  tally.calls += open.answers.size();
  for (std::size_t i = 0; i < open.answers.size(); ++i) {
    const Ending ending = open.answers[i].ending;
    if (ending == Ending::returned || ending == Ending::not_called) continue;
    ++tally.unanswered;
    Located where{open.located.address, {}};
    where.point.push(open.requests[i].call.x);
    if (open.requests[i].call.y.format != nullptr) where.point.push(open.requests[i].call.y);
    if (!tally.first_unanswered || where.address < tally.first_unanswered->address)
      tally.first_unanswered = where;
  }
}

}  // namespace

Tally judge_portion(const Property& property, const Subject& subject, const Domain& domain,
                    Seed seed, const Portion& portion, Callers callers) {
  Tally tally;
  const std::uint64_t key = property_key(property.name());
  std::vector<OpenCase> cases;
  for (std::uint64_t done = 0; done < portion.count; done += block_size) {
    cases.clear();
    const std::uint64_t count = std::min(block_size, portion.count - done);
    for (std::uint64_t i = 0; i < count; ++i) {
      const Address address{key, portion.stratum, portion.first + done + i};
      if (const auto point = domain.at(seed, address)) cases.push_back({{address, *point}, {}, {}});
    }
    answer_all(property, subject, cases, callers);
    for (const OpenCase& open : cases) {
      tally.add(property.judge(subject, open.located.point, {open.requests, open.answers}, tally),
                open.located);
      note_calls(open, tally);
    }
  }
  return tally;
}

JudgedCase judge_point(const Property& property, const Subject& subject, const Point& point,
                       Callers callers) {
  std::vector<OpenCase> cases;
  cases.push_back({{{property_key(property.name()), 0, 0}, point}, {}, {}});
  answer_all(property, subject, cases, callers);
  OpenCase& open = cases.front();
  JudgedCase judged{Undecided{}, std::move(open.requests), std::move(open.answers), {}};
  judged.verdict = property.judge(subject, point, judged.transcript(), judged.figures);
  note_calls({open.located, judged.requests, judged.answers}, judged.figures);
  return judged;
}

}  // namespace napier
