// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "audit/candidate.hpp"

namespace napier {

/// What is asked of a target, where and on how much of it. It keeps references to both.
class Plan {
 public:
  Plan(const Target& target, const CampaignOptions& options) : target_(target), options_(options) {}

  /// The modes that were asked for; else nearest, and the others where a directed claim, or an
  /// effort that goes to every argument, brings them in.
  std::vector<Rounding> roundings() const;

  /// The others, in which hygiene alone is asked: nobody may do there what nobody may do.
  std::vector<Rounding> other_roundings() const;

  /// A mode that only a directed claim brings in: what is claimed is judged there, on fewer cases,
  /// and nothing is measured for its own sake.
  bool unasked(const Subject& subject) const;

  /// The whole budget in the modes that were asked for; a part of it in those that only a directed
  /// claim brings in, and some thousand of hygiene elsewhere.
  std::uint64_t cases_of(const Property& property, const Subject& subject) const;

  /// Where a property is judged and on how much of it: everywhere, if the budget goes that far.
  struct Ground {
    Domain domain;
    std::uint64_t cases;
    Strength strength;
  };
  Ground ground(const Property& property, const Subject& subject) const;
  /// Whether the two are judged on the same cases: they have one domain, or both go through every
  /// call there is in blocks.
  bool share_calls(const Property& one, const Property& other, const Subject& subject) const;

  /// Properties that are judged on the same calls.
  using Jury = std::vector<const Property*>;
  /// How many calls it will make, about: where every call there is may be asked, but few belong to
  /// the claim's domain, by a sample of them.
  std::uint64_t calls(const Jury& jury, const Subject& subject) const;
  /// Puts a property among those that it shares calls with, or by itself. Those of one domain stand
  /// together, as judge_portion() wants them.
  void seat(std::vector<Jury>& juries, const Property& property, const Subject& subject) const;

  struct Round {  ///< in one rounding mode
    Subject subject;
    std::vector<Jury> juries;
  };
  /// Told of a property that does not apply, and why.
  using NotAsked = std::function<void(const Property&, const Subject&, const std::string& why_not)>;
  /// All that is asked of the target, but what is judged on the calls of others or amid a past.
  std::vector<Round> rounds(const std::vector<const Property*>& properties,
                            const NotAsked& not_asked) const;

 private:
  std::vector<Jury> juries(const std::vector<const Property*>& properties, const Subject& subject,
                           const NotAsked& not_asked) const;
  bool for_hygiene_alone(const Subject& subject) const;

  const Target& target_;
  const CampaignOptions& options_;
};

}  // namespace napier
