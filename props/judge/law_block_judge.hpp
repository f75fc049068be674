// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>
#include <deque>
#include <vector>

#include "props/judge/judge.hpp"
#include "props/law/law_block.hpp"
#include "props/property/property.hpp"

namespace napier {

/// Judges cases of a law a block at a time, and tallies what judge() would have found of each: the
/// cases that are certainly consistent and hold no largest figure at once, the others by judge()
/// itself with the same answers.
class LawBlockJudge {
 public:
  LawBlockJudge(const Property& property, const Subject& subject, Callers callers, Tally& tally);

  bool is_full() const { return filled_->blocks.back().is_full(); }
  void add(const Address& address, const Point& point) {
    if (filled_->current().is_full()) ++filled_->full;
    filled_->current().add(address, point);
  }
  /// Has the calls of the cases added begun, and judges those of the turn before. Leaves in
  /// `unusual` those added that are no cases of a block and perhaps none at all, in `uncalled`
  /// those judged that have to be called one by one.
  void turn(std::vector<Address>& unusual, std::vector<Located>& uncalled);
  /// Judges all.
  void finish(std::vector<Address>& unusual, std::vector<Located>& uncalled) {
    turn(unusual, uncalled);
    turn(unusual, uncalled);
  }

 private:
  /// Blocks that are called together.
  struct Group {
    std::deque<LawBlock> blocks;
    std::size_t full = 0;          ///< so many before the one that is filled
    std::vector<LawBlock*> asked;  ///< those with cases, once they are prepared
    LawBlock& current() { return blocks[full]; }
    void prepare(std::vector<Address>& unusual);
    void clear();
  };
  void judge(const Group& group, bool called, std::vector<Located>& uncalled);
  void tally_lanes(LawBlock& block);
  void tally_lane(LawBlock& block, std::size_t i);
  bool is_the_largest_apart(const LawBlock& block, std::size_t i) const;
  bool is_one_more_refuted(const LawBlock& block, std::size_t i) const;

  const Property& property_;
  const BlockLaw& law_;
  const Subject& subject_;
  Callers callers_;
  Tally& tally_;
  std::array<Group, 2> groups_;
  Group* filled_ = &groups_[0];
  Group* waiting_ = &groups_[1];  ///< for its calls
  MeetingBlock met_;
  Lanes apart_;
};

}  // namespace napier
