// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "props/judge/judge.hpp"

namespace napier::suite {

/// A point in a rounding mode: what the suite draws and shrinks.
struct Case {
  Rounding rounding = Rounding::nearest;
  Point point;
};
/// "nearest at 0x1.8p+1, -0x1p-3".
std::string describe(const Case& one);

/// A property as it is asked of one target in every mode in which the target promises something.
/// It turns random numbers into cases and cases into verdicts; RapidCheck brings the numbers.
class Asked {
 public:
  /// Opens the target. The property must be applicable.
  Asked(const Property& property, const Target& target);

  const Property& property() const { return property_; }
  const Target& target() const { return target_; }
  /// How many cases there are to tell apart; nullopt if endless.
  std::optional<std::uint64_t> size() const;

  /// The case that three random numbers mean: its mode, its stratum (by the weights of a campaign)
  /// and its index there. The point is what a campaign with seed 1 has at that address, so that
  /// `napier replay` meets the same. nullopt where the domain has none.
  std::optional<Case> at(std::uint64_t mode, std::uint64_t stratum, std::uint64_t index) const;
  /// Simpler cases of the domain, simplest first.
  std::vector<Case> simpler(const Case& one) const;

  JudgedCase judge(const Case& one) const;
  /// A refuted case in words: the case in hex, both sides, the call to blame, the command that
  /// shows it again.
  std::string explain(const Case& one) const;

 private:
  Callers callers() const { return {caller_.get(), primal_.get()}; }
  const Subject& subject(Rounding rounding) const;
  bool concerns(const Point& point) const;

  const Property& property_;
  const Target& target_;
  std::vector<Subject> subjects_;
  Domain domain_;
  std::vector<Portion> portions_;
  std::uint64_t total_ = 0;
  std::unique_ptr<Caller> caller_;
  std::unique_ptr<Caller> primal_;
};

/// The command that shows a case again.
std::string replay_line(const Property& property, const Target& target, const Case& one);

}  // namespace napier::suite
