// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "props/judge/case_block.hpp"

#include <algorithm>
#include <cassert>
#include <ranges>
#include <utility>

#include "lib/target/known_hang.hpp"

namespace napier {

CaseBlock::CaseBlock(Jury jury, const Subject& subject, Callers callers)
    : subject_(subject), callers_(callers), room_(std::exchange(spare_room(), {})) {
  clear_for(jury);
}

CaseBlock::~CaseBlock() { spare_room() = std::move(room_); }

CaseBlock::Room& CaseBlock::spare_room() {
  thread_local Room room;
  return room;
}

void CaseBlock::clear_for(Jury jury) {
  clear();
  jury_ = jury;
  slots_ = std::ranges::max(jury |
                            std::views::transform([](const Property* p) { return p->plan.most; }));
  const auto observes = [](const Property* p) { return p->observe == Observe::everything; };
  observe_ = std::ranges::any_of(jury, observes) ? Observe::everything : Observe::values;
  const auto raises = [](const Property* p) { return p->plan.raises_flags; };
  raises_flags_ = observe_ == Observe::everything || std::ranges::any_of(jury, raises);
}

void CaseBlock::add(const Located& located) {
  cases_.push_back({located, 0});
  if (requests_.size() < cases_.size() * slots_) {
    requests_.resize(cases_.size() * slots_);
    answers_.resize(cases_.size() * slots_);
  }
}

/// In rounds until no case wants another call: a call can depend on an earlier answer (the tower's
/// outer power). Every other round goes through the cases backwards, so that a second call with the
/// same input meets other neighbours, and where all is observed, or the plan wants it, with all
/// flags raised, so that it shows which of them it lowers and whether it depends on them.
void CaseBlock::answer() {
  bool backwards = false;
  while (plan()) {
    ask(Role::target, callers_.target, backwards);
    ask(Role::primal, callers_.primal, backwards);
    ask(Role::twin, callers_.twin, backwards);
    for (Case& c : cases_) c.made = c.planned;
    backwards = !backwards;
  }
}

bool CaseBlock::plan() {
  bool any = false;
  for (std::size_t i = 0; i < cases_.size(); ++i) {
    Case& c = cases_[i];
    c.planned = c.made;
    for (const Property* property : jury_) {
      wanted_.clear();
      property->plan.add(subject_, c.located.point, transcript(i), wanted_);
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

void CaseBlock::ask(Role role, Caller* caller, bool backwards) {
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
  const bool again = backwards && raises_flags_;
  caller->call(subject_.rounding, again ? Observe::flags_kept : observe_, calls_, given_);
  for (std::size_t n = 0; n < given_.size(); ++n) answers_[places_[n]] = given_[n];
}

void CaseBlock::note_calls(std::size_t i, Tally& tally) const {
  const Transcript made = transcript(i);
  // What does not return beside another call alone is told by the property that asks for that.
  const bool beside_another = jury_.front()->calling == Calling::in_two_threads;
  for (std::size_t k = 0; k < made.answers.size(); ++k) {
    if (made.requests[k].role == Role::twin) continue;  // of whom nothing is judged
    ++tally.calls;
    const Ending ending = made.answers[k].ending;
    if (ending == Ending::returned || ending == Ending::not_called) continue;
    if (beside_another && k > 0 && made.answers.front().ending == Ending::returned) continue;
    ++tally.unanswered;
    tally.lost += cost_of_loss(made.answers[k]);
    const Call& call = made.requests[k].call;
    Located where{located(i).address, {}};
    where.point.push(call.x);
    if (call.y.format != nullptr) where.point.push(call.y);
    if (!tally.first_unanswered || where.address < tally.first_unanswered->address)
      tally.first_unanswered = where;
  }
}

}  // namespace napier
