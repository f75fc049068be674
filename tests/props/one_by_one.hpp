// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include "props/property/property.hpp"

namespace napier::testing_support {

/// A law that is judged case by case, or in the blocks given; counts the cases that judge() saw.
/// It outlives its row.
class OneByOne {
 public:
  explicit OneByOne(const Property& law, const BlockLaw* blocks = nullptr) : row_(law) {
    row_.judge = [this, &law](const Subject& subject, const Point& point, Transcript transcript,
                              Tally& figures) {
      ++judged_;
      return law.judge(subject, point, transcript, figures);
    };
    row_.judging = CaseByCase{};
    if (blocks != nullptr) row_.judging = LawInBlocks{[](const Subject&) { return true; }, blocks};
  }
  OneByOne(const OneByOne&) = delete;
  OneByOne& operator=(const OneByOne&) = delete;

  const Property& row() const { return row_; }
  std::uint64_t judged() const { return judged_; }

 private:
  Property row_;
  std::uint64_t judged_ = 0;
};

}  // namespace napier::testing_support
