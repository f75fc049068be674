// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <deque>

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

  bool is_full() const { return blocks_.back().is_full(); }
  void add(const Address& address, const Point& point) {
    if (blocks_[filled_].is_full()) ++filled_;
    blocks_[filled_].add(address, point);
  }
  /// Judges the cases added. Leaves in `unusual` those that are no cases of a block and perhaps
  /// none at all, in `uncalled` those that have to be called one by one.
  void finish(std::vector<Address>& unusual, std::vector<Located>& uncalled);

 private:
  void tally_lanes(LawBlock& block);
  void tally_lane(LawBlock& block, std::size_t i);
  bool is_the_largest_apart(const LawBlock& block, std::size_t i) const;
  bool is_one_more_refuted(const LawBlock& block, std::size_t i) const;

  const Property& property_;
  const BlockLaw& law_;
  const Subject& subject_;
  Callers callers_;
  Tally& tally_;
  std::deque<LawBlock> blocks_;  ///< called together: one, or of a child some
  std::size_t filled_ = 0;       ///< of those
  MeetingBlock met_;
  Lanes apart_;
};

}  // namespace napier
