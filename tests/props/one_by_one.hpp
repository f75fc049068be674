// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include "props/property/property.hpp"

namespace napier::testing_support {

/// A law that is judged case by case, or in the blocks given; counts the cases that judge() saw.
class OneByOne final : public Property {
 public:
  explicit OneByOne(const Property& law, const BlockLaw* blocks = nullptr)
      : law_(law), blocks_(blocks) {}
  std::uint64_t judged() const { return judged_; }

  std::string_view name() const override { return law_.name(); }
  std::string_view law() const override { return law_.law(); }
  std::string_view statement() const override { return law_.statement(); }
  bool is_law() const override { return true; }
  std::string inapplicable(const Subject& subject) const override {
    return law_.inapplicable(subject);
  }
  bool judges(const Subject& subject) const override { return law_.judges(subject); }
  Domain domain(const Subject& subject) const override { return law_.domain(subject); }
  const BlockLaw* block_law(const Subject&) const override { return blocks_; }
  void plan(const Subject& subject, const Point& point, Transcript known,
            std::vector<Request>& wanted) const override {
    law_.plan(subject, point, known, wanted);
  }
  Verdict judge(const Subject& subject, const Point& point, Transcript transcript,
                Tally& figures) const override {
    ++judged_;
    return law_.judge(subject, point, transcript, figures);
  }
  std::string explain(const Subject& subject, const Point& point,
                      Transcript transcript) const override {
    return law_.explain(subject, point, transcript);
  }

 private:
  const Property& law_;
  const BlockLaw* blocks_;
  mutable std::uint64_t judged_ = 0;
};

}  // namespace napier::testing_support
