// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "props/judge.hpp"

#include <algorithm>
#include <cassert>
#include <ranges>

#include "props/law_block_judge.hpp"

namespace napier {
namespace {

// Blocks are small enough to stay in cache and large enough to amortise a child's wake-up.
constexpr std::uint64_t block_size = 1024;

constexpr std::uint64_t cost_of_a_hang = 16;  // in lost calls: a watchdog's patience each

/// Some cases under way, judged by one or several properties on the same calls.
class Block {
 public:
  using Jury = std::span<const Property* const>;

  Block(Jury jury, const Subject& subject, Callers callers)
      : jury_(jury),
        subject_(subject),
        callers_(callers),
        slots_(std::ranges::max(jury | std::views::transform(&Property::most_calls))) {
    const auto observes = [](const Property* p) { return p->observe() == Observe::everything; };
    observe_ = std::ranges::any_of(jury, observes) ? Observe::everything : Observe::values;
  }

  void clear() { cases_.clear(); }
  void add(const Located& located) {
    cases_.push_back({located, 0});
    if (requests_.size() < cases_.size() * slots_) {
      requests_.resize(cases_.size() * slots_);
      answers_.resize(cases_.size() * slots_);
    }
  }

  std::size_t size() const { return cases_.size(); }
  const Located& located(std::size_t i) const { return cases_[i].located; }
  Transcript transcript(std::size_t i) const {
    return {{&requests_[i * slots_], cases_[i].made}, {&answers_[i * slots_], cases_[i].made}};
  }

  /// Plans and asks in rounds until no case wants another call: a call can depend on an earlier
  /// answer (the tower's outer power). Every other round goes through the cases backwards, so that
  /// a second call with the same input meets other neighbours.
  void answer() {
    bool backwards = false;
    while (plan()) {
      ask(Role::target, callers_.target, backwards);
      ask(Role::primal, callers_.primal, backwards);
      for (Case& c : cases_) c.made = c.planned;
      backwards = !backwards;
    }
  }

 private:
  struct Case {
    Located located;
    std::size_t made;  ///< calls with an answer
    std::size_t planned = 0;
  };

  bool plan() {
    bool any = false;
    for (std::size_t i = 0; i < cases_.size(); ++i) {
      Case& c = cases_[i];
      c.planned = c.made;
      for (const Property* property : jury_) {
        wanted_.clear();
        property->plan(subject_, c.located.point, transcript(i), wanted_);
        if (wanted_.empty()) continue;
        assert(c.made + wanted_.size() <= slots_ && "a property makes more calls than it says");
        std::ranges::copy(wanted_, &requests_[i * slots_ + c.made]);
        c.planned = c.made + wanted_.size();
        any = true;
        break;  // the others see these calls in the next round
      }
    }
    return any;
  }

  void ask(Role role, Caller* caller, bool backwards) {
    calls_.clear();
    places_.clear();
    for (std::size_t n = 0; n < cases_.size(); ++n) {
      const std::size_t i = backwards ? cases_.size() - 1 - n : n;
      for (std::size_t k = cases_[i].made; k < cases_[i].planned; ++k) {
        const std::size_t place = i * slots_ + k;
        if (requests_[place].role != role) continue;
        calls_.push_back(requests_[place].call);
        places_.push_back(place);
      }
    }
    if (calls_.empty()) return;
    assert(caller != nullptr && "a property asked somebody whom the target does not have");
    given_.resize(calls_.size());
    caller->call(subject_.rounding, observe_, calls_, given_);
    for (std::size_t n = 0; n < given_.size(); ++n) answers_[places_[n]] = given_[n];
  }

  Jury jury_;
  const Subject& subject_;
  Callers callers_;
  std::size_t slots_;
  Observe observe_ = Observe::values;
  std::vector<Case> cases_;
  std::vector<Request> requests_;  // slots_ per case
  std::vector<Answer> answers_;
  std::vector<Request> wanted_;
  std::vector<Call> calls_;
  std::vector<std::size_t> places_;
  std::vector<Answer> given_;
};

void note_calls(const Located& located, Transcript transcript, Tally& tally) {
  tally.calls += transcript.answers.size();
  for (std::size_t i = 0; i < transcript.answers.size(); ++i) {
    const Ending ending = transcript.answers[i].ending;
    if (ending == Ending::returned || ending == Ending::not_called) continue;
    ++tally.unanswered;
    tally.lost += ending == Ending::hung ? cost_of_a_hang : 1;
    const Call& call = transcript.requests[i].call;
    Located where{located.address, {}};
    where.point.push(call.x);
    if (call.y.format != nullptr) where.point.push(call.y);
    if (!tally.first_unanswered || where.address < tally.first_unanswered->address)
      tally.first_unanswered = where;
  }
}

}  // namespace

namespace {

using Jury = std::span<const Property* const>;

/// Case by case.
class Singly {
 public:
  Singly(Jury jury, const Subject& subject, Callers callers, std::span<Tally> tallies)
      : jury_(jury), subject_(subject), tallies_(tallies), block_(jury, subject, callers) {}

  void add(const Located& located) {
    block_.add(located);
    if (block_.size() == block_size) finish();
  }
  void finish() {
    block_.answer();
    for (std::size_t i = 0; i < block_.size(); ++i) {
      const Located& located = block_.located(i);
      note_calls(located, block_.transcript(i), tallies_.front());
      for (std::size_t j = 0; j < jury_.size(); ++j)
        if (jury_[j]->asks(subject_, located.point))
          tallies_[j].add(
              jury_[j]->judge(subject_, located.point, block_.transcript(i), tallies_[j]), located);
    }
    block_.clear();
  }

 private:
  Jury jury_;
  const Subject& subject_;
  std::span<Tally> tallies_;
  Block block_;
};

/// A block of calls at a time, where every property can; what one can't judge so, or a block that
/// can't be called so, goes case by case.
class InBlocks {
 public:
  InBlocks(Jury jury, const Subject& subject, Callers callers, std::span<Tally> tallies)
      : jury_(jury), subject_(subject), callers_(callers), tallies_(tallies), block_(subject) {
    for (const Property* property : jury) wishes_ = wishes_ | property->block_wishes();
  }

  void add(const Walk& walk, Address address, std::uint64_t steps, std::uint64_t count) {
    block_.add(walk, address, steps, count);
    if (block_.size() >= block_size) finish();
  }
  bool empty() const { return block_.size() == 0; }
  void finish() {
    if (empty()) return;
    if (block_.call(*callers_.target, wishes_)) {
      tallies_.front().calls += block_.calls();
      for (std::size_t j = 0; j < jury_.size(); ++j)
        if (!jury_[j]->judge_block(subject_, block_, tallies_[j]))
          judge_singly(jury_.subspan(j, 1), tallies_.subspan(j, 1), true);
    } else {
      judge_all_singly();
    }
    block_.clear();
  }

 private:
  /// Those of one domain plan their calls with each other in mind, and only those.
  void judge_all_singly() {
    for (std::size_t begin = 0, end = 0; begin < jury_.size(); begin = end) {
      while (end < jury_.size() && jury_[end]->domain_name() == jury_[begin]->domain_name()) ++end;
      judge_singly(jury_.subspan(begin, end - begin), tallies_.subspan(begin, end - begin),
                   begin != 0);
    }
  }

  void judge_singly(Jury jury, std::span<Tally> tallies, bool counted) {
    const std::uint64_t calls = tallies.front().calls;
    Singly singly(jury, subject_, callers_, tallies);
    for (std::size_t i = 0; i < block_.size(); ++i) singly.add(block_.located(i));
    singly.finish();
    if (counted) tallies.front().calls = calls;
  }

  Jury jury_;
  const Subject& subject_;
  Callers callers_;
  std::span<Tally> tallies_;
  BlockWishes wishes_;
  CalledBlock block_;
};

/// A law, in blocks of cases as far as they are usual.
bool judge_law(const Property& law, const Subject& subject, const Domain& domain, Seed seed,
               const Portion& portion, Callers callers, Tally& tally, const GoOn& go_on) {
  const Property* const jury[] = {&law};
  Singly singly(jury, subject, callers, {&tally, 1});
  LawBlockJudge blocks(law, subject, *callers.target, tally);
  std::vector<Address> unusual;
  std::vector<Located> uncalled;
  const auto one_by_one = [&](const Address& where) {
    if (const auto point = domain.at(seed, where)) singly.add({where, *point});
  };
  const auto finish = [&] {
    blocks.finish(unusual, uncalled);
    std::ranges::for_each(unusual, one_by_one);
    for (const Located& located : uncalled) singly.add(located);
    unusual.clear();
    uncalled.clear();
  };
  Address address{property_key(law.domain_name()), portion.stratum, portion.first};
  for (; address.index < portion.first + portion.count; ++address.index) {
    if ((address.index - portion.first) % block_size == 0 && !go_on()) return false;
    if (const auto point = domain.attempt(seed, address))
      blocks.add(address, *point);
    else
      one_by_one(address);
    if (blocks.is_full()) finish();
  }
  finish();
  singly.finish();
  return true;
}

}  // namespace

bool judge_portion(std::span<const Property* const> jury, const Subject& subject,
                   const Domain& domain, Seed seed, const Portion& portion, Callers callers,
                   std::span<Tally> tallies, const GoOn& go_on) {
  const Address first{property_key(jury.front()->domain_name()), portion.stratum, portion.first};
  const auto can = [&](const Property* p) { return p->judges_blocks(subject); };
  if (jury.size() == 1 && jury.front()->block_law(subject) != nullptr)
    return judge_law(*jury.front(), subject, domain, seed, portion, callers, tallies.front(),
                     go_on);
  const std::uint64_t length = domain.strata[portion.stratum].walk;
  if (!std::ranges::all_of(jury, can)) {
    Singly singly(jury, subject, callers, tallies);
    for (Address address = first; address.index < first.index + portion.count; ++address.index) {
      if ((address.index - first.index) % block_size == 0 && !go_on()) return false;
      if (const auto point = domain.at(seed, address)) singly.add({address, *point});
    }
    singly.finish();
    return true;
  }
  InBlocks blocks(jury, subject, callers, tallies);
  for (Address address = first; address.index < first.index + portion.count;) {
    const std::uint64_t steps = address.index % length;
    const std::uint64_t count =
        std::min(length - steps, first.index + portion.count - address.index);
    if (const auto walk = domain.walk_at(seed, address)) {
      if (blocks.empty() && !go_on()) return false;
      blocks.add(*walk, address, steps, count);
    }
    address.index += count;
  }
  blocks.finish();
  return true;
}

std::vector<Tally> judge_portion(std::span<const Property* const> jury, const Subject& subject,
                                 const Domain& domain, Seed seed, const Portion& portion,
                                 Callers callers) {
  std::vector<Tally> tallies(jury.size());
  judge_portion(jury, subject, domain, seed, portion, callers, tallies);
  return tallies;
}

Tally judge_portion(const Property& property, const Subject& subject, const Domain& domain,
                    Seed seed, const Portion& portion, Callers callers) {
  const Property* const jury[] = {&property};
  return judge_portion(jury, subject, domain, seed, portion, callers).front();
}

JudgedCase judge_point(const Property& property, const Subject& subject, const Point& point,
                       Callers callers) {
  const Property* const jury[] = {&property};
  Block block(jury, subject, callers);
  block.add({{property_key(property.domain_name()), 0, 0}, point});
  block.answer();
  const Transcript transcript = block.transcript(0);
  JudgedCase judged{Undecided{},
                    {transcript.requests.begin(), transcript.requests.end()},
                    {transcript.answers.begin(), transcript.answers.end()},
                    {}};
  judged.verdict = property.judge(subject, point, judged.transcript(), judged.figures);
  note_calls(block.located(0), judged.transcript(), judged.figures);
  return judged;
}

}  // namespace napier
