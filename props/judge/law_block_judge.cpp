// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "props/judge/law_block_judge.hpp"

#include <cmath>
#include <utility>

namespace napier {

LawBlockJudge::LawBlockJudge(const Property& property, const Subject& subject, Callers callers,
                             Tally& tally)
    : property_(property),
      law_(*block_law(property, subject)),
      subject_(subject),
      callers_(callers),
      tally_(tally) {
  constexpr std::size_t of_a_child = 8;
  for (Group& group : groups_)
    for (std::size_t n = subject.target->in_process ? 1 : of_a_child; n > 0; --n)
      law_.plan(group.blocks.emplace_back(subject, law_.shape));
}

void LawBlockJudge::Group::prepare(std::vector<Address>& unusual) {
  for (LawBlock& block : blocks) {
    if (block.size() == 0) continue;
    block.prepare(unusual);
    if (block.size() != 0) asked.push_back(&block);
  }
}

void LawBlockJudge::Group::clear() {
  for (LawBlock& block : blocks) block.clear();
  asked.clear();
  full = 0;
}

void LawBlockJudge::turn(std::vector<Address>& unusual, std::vector<Located>& uncalled) {
  filled_->prepare(unusual);
  const bool called = !waiting_->asked.empty() &&
                      LawBlock::call(waiting_->asked, *callers_.target, callers_.primal);
  if (!filled_->asked.empty()) LawBlock::begin(filled_->asked, *callers_.target);
  judge(*waiting_, called, uncalled);
  waiting_->clear();
  std::swap(filled_, waiting_);
}

void LawBlockJudge::judge(const Group& group, bool called, std::vector<Located>& uncalled) {
  for (LawBlock* block : group.asked) {
    if (called) {
      tally_lanes(*block);
      continue;
    }
    for (std::size_t i = 0; i < block->size(); ++i) uncalled.push_back(block->located(i));
  }
}

void LawBlockJudge::tally_lanes(LawBlock& block) {
  tally_.calls += block.calls();
  law_.read(block, met_, apart_);
  for (std::size_t i = 0; i < block.size(); ++i) tally_lane(block, i);
}

bool LawBlockJudge::is_the_largest_apart(const LawBlock& block, std::size_t i) const {
  const auto& largest = tally_.user.entry;
  if (!largest || apart_[i] > largest->value) return true;
  return apart_[i] == largest->value && bits_less(block.located(i).point, largest->point);
}

/// Neither the first refuted case nor the worst. Where many are equally far apart, as the zeroth
/// powers of a scaled one, the place tells.
bool LawBlockJudge::is_one_more_refuted(const LawBlock& block, std::size_t i) const {
  const double most_share = met_.share_apart[i];
  if (tally_.holds_refuted(block.address(i), most_share)) return true;
  return tally_.first_refuted && tally_.first_refuted->address < block.address(i) &&
         tally_.holds_worst(block.located(i).point, most_share);
}

void LawBlockJudge::tally_lane(LawBlock& block, std::size_t i) {
  const double least = met_.least_resolution[i], most = met_.most_resolution[i];
  const bool decided = !std::isnan(least) && Tally::count_alike(least, most) &&
                       tally_.holds_share(met_.share[i]) && !is_the_largest_apart(block, i);
  if (decided) return tally_.add_resolved(least);
  const bool is_refuted = !std::isnan(met_.share_apart[i]) && is_one_more_refuted(block, i) &&
                          !is_the_largest_apart(block, i);
  if (is_refuted && !tally_.confirms_next()) {
    static_cast<void>(tally_.add_refuted(1));
    return;
  }
  const Located located = block.located(i);
  const Transcript transcript = block.transcript(i);
  const Verdict verdict = property_.judge(subject_, located.point, transcript, tally_);
  if (is_refuted && !std::holds_alternative<Refuted>(verdict))
    throw InternalError(disagreement(property_.name, subject_, located.point));
  tally_.add(verdict, located, transcript.answers);
}

}  // namespace napier
