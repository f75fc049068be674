// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "props/domain/domain.hpp"
#include "props/property/called_block.hpp"
#include "props/tally/tally.hpp"

namespace napier {

struct BlockLaw;

/// Something that must hold of an implementation, or of its claim: judge(property, subject, case).
///
/// A property is a value without state: it says where it is asked, which calls it needs and what
/// their answers mean. It never calls anything itself.
class Property {
 public:
  Property() = default;
  Property(const Property&) = delete;
  Property& operator=(const Property&) = delete;
  virtual ~Property() = default;

  virtual std::string_view name() const = 0;
  virtual std::string_view law() const { return {}; }  ///< "1.1" … "1.6"
  virtual std::string_view statement() const = 0;
  /// Whether it is also asked in a rounding mode that nobody asked for and only a directed claim
  /// brings in: what that claim is about.
  virtual bool asked_of_directed_claims() const { return is_law(); }
  /// A law or an anchor: it judges calls by each other.
  virtual bool is_law() const { return false; }
  /// Whether the calls are to be made by a thread_pair: what it finds is a race, and may not be
  /// found again.
  virtual bool from_two_threads() const { return false; }
  /// Whether the calls are to be made by calls_in_lanes().
  virtual bool in_lanes() const { return false; }
  /// Whether its points are asked first of all, and again after special values and many other
  /// calls (calls_with_past): what it finds may not be found again.
  virtual bool amid_a_past() const { return false; }
  /// Whether it is asked in every rounding mode, whatever was asked for.
  virtual bool asked_in_every_mode() const { return false; }
  virtual Observe observe() const { return Observe::values; }

  /// Why it can't be asked of this subject; empty if it can.
  virtual std::string inapplicable(const Subject& subject) const = 0;
  /// Whether a verdict is passed, or figures are only measured, since nothing was claimed.
  virtual bool judges(const Subject& subject) const = 0;
  virtual Domain domain(const Subject& subject) const = 0;
  /// Properties of one name share their domain, and can be judged on the same calls.
  virtual std::string_view domain_name() const { return name(); }
  /// Whether a point of the shared domain is this property's concern.
  virtual bool asks(const Subject&, const Point&) const { return true; }
  /// Whether asks() may say so of any of so many points of a walk from a step on.
  virtual bool asks_along(const Subject&, const Walk&, std::uint64_t /*step*/,
                          std::uint64_t /*count*/) const {
    return true;
  }
  /// The most calls that plan() makes for a case.
  virtual std::size_t most_calls() const { return 4; }

  /// Appends the calls that are still wanted, given those already made; none when complete.
  virtual void plan(const Subject& subject, const Point& point, Transcript known,
                    std::vector<Request>& wanted) const = 0;
  /// The verdict; figures measured on the way are added to the tally.
  virtual Verdict judge(const Subject& subject, const Point& point, Transcript transcript,
                        Tally& figures) const = 0;
  /// Judges a block of calls at once and adds to the tally what judge() would for each; false if it
  /// can't, for this block or ever. Only for properties that make one call a case, the same one
  /// twice, or that of the next larger argument.
  virtual bool judge_block(const Subject&, const CalledBlock&, Tally&) const { return false; }
  /// Whether judge_block() is worth a try.
  virtual bool judges_blocks(const Subject&) const { return false; }
  virtual BlockWishes block_wishes() const { return {}; }
  /// How a law is read of whole blocks of cases; nullptr if it can't be of this subject.
  virtual const BlockLaw* block_law(const Subject&) const { return nullptr; }
  /// Whether large errors are worth a search, where not every point is asked.
  virtual bool is_searched() const { return false; }
  /// Every point at which it could be asked, where these are few enough to be counted: asked there,
  /// its figures are bounds. nullopt: too many, or it has a finite domain of its own.
  virtual std::optional<Domain> exhaustive_domain(const Subject&) const { return std::nullopt; }
  /// Both sides, their intervals and what was broken, in words.
  virtual std::string explain(const Subject& subject, const Point& point,
                              Transcript transcript) const = 0;
  /// What is wrong at a refuted point, as words that go on from "at 0x1p+0: got …, right is …";
  /// empty where those values say it all.
  virtual std::string fault(const Subject&, const Point&, Transcript) const { return {}; }
  /// Whether it is a value that a refuted call got wrong: else what it gave, and how far from the
  /// true value that is, is beside the point, and fault() alone says what is wrong.
  virtual bool is_about_values() const { return true; }
  /// The call to blame for a refutation, as the reference sees it: by default the one whose own
  /// error exceeds its claim the most. nullopt if there is none, which for a law is a defect of
  /// Napier, never a finding.
  virtual std::optional<std::size_t> blame(const Subject& subject, const Point& point,
                                           Transcript transcript) const;
};

/// Every property, in the order of reports: laws, anchors, accuracy, special values, monotony,
/// limits, manners, hygiene.
std::span<const Property* const> all_properties();
const Property* find_property(std::string_view name, const Target& target);

// The families; a new property is a new row of one of them, or a new file like theirs.
std::vector<std::unique_ptr<const Property>> law_properties();
std::unique_ptr<const Property> accuracy_property();
std::unique_ptr<const Property> special_values_property();
std::unique_ptr<const Property> monotone_property();
std::unique_ptr<const Property> overflow_property();
std::unique_ptr<const Property> flags_property();
std::unique_ptr<const Property> errno_property();
std::vector<std::unique_ptr<const Property>> hygiene_properties();

}  // namespace napier
