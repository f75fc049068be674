// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "props/domain/domain.hpp"
#include "props/property/called_block.hpp"
#include "props/tally/tally.hpp"

namespace napier {

struct BlockLaw;
struct Property;
using Properties = std::vector<Property>;

/// What kind of fact a property is, in the order of reports.
enum class Family {
  law,
  anchor,
  accuracy,
  special_values,
  order,
  limits,
  equality,
  manners,
  hygiene
};

/// A law or an anchor judges calls by each other.
constexpr bool relates_calls(Family family) {
  return family == Family::law || family == Family::anchor;
}

/// How the calls of a property's cases are made. What is found by any but plain calls may not be
/// found again.
enum class Calling {
  plain,
  in_two_threads,  ///< by a thread_pair: the second call of a case by two threads at once
  in_lanes,        ///< by calls_in_lanes(): the second call is an element of many arrays
  amid_a_past,     ///< by calls_with_past(): first of all, and again after many other calls
  by_others,       ///< none of its own: it is judged on all calls of the other properties
};

/// In which rounding modes a property is asked. Each includes the ones before it.
enum class AskedIn {
  modes_asked_for,  ///< those that a user asks for, else to nearest
  claimed_modes,    ///< also those that nobody asked for and only a directed claim brings in
  every_mode,
};

/// What a finding is about.
enum class About {
  a_value,    ///< which value a call got wrong, and how far off it is
  words,      ///< Property::fault alone: what the call gave is beside the point
  no_return,  ///< that a call did not return, which costs a process each time it is asked
};

/// The calls of a case.
struct CasePlan {
  std::size_t most = 1;  ///< calls of a case
  /// Appends the calls that are still wanted, given those already made; none when complete.
  std::function<void(const Subject&, const Point&, Transcript known, std::vector<Request>& wanted)>
      add;
  bool raises_flags = false;  ///< all flags are raised before each call of every other round
};
/// The call at the case's point.
CasePlan one_call();
/// The same, and again in a later round, after those of all other cases of a block.
CasePlan same_call_twice();
/// The same, if the first returned, with all flags raised before the second, as blocks are
/// repeated. Where that ended otherwise, or gave something else, the call is made once more without
/// them: whether they are why.
CasePlan same_call_with_flags_raised();

/// Where a property is asked.
struct Where {
  /// Properties whose places have one name have one domain, and can be judged on the same calls.
  /// Empty: the property's own name.
  std::string_view name = {};
  std::function<Domain(const Subject&)> domain;
  /// Every point at which it could be asked, where these are few enough to be counted: asked there,
  /// its figures are bounds. nullopt: too many, or the domain is a finite one of its own.
  std::function<std::optional<Domain>(const Subject&)> every_point = [](const Subject&) {
    return std::optional<Domain>();
  };
  /// Whether a point of the domain is this property's concern.
  std::function<bool(const Subject&, const Point&)> asks = [](const Subject&, const Point&) {
    return true;
  };
  /// Whether asks() may say so of any of so many points of a walk from a step on.
  std::function<bool(const Subject&, const Walk&, std::uint64_t step, std::uint64_t count)>
      asks_along = [](const Subject&, const Walk&, std::uint64_t, std::uint64_t) { return true; };
  /// Whether its points are the arguments of a call, and it can be asked at those of any call.
  bool at_calls = false;
};
/// Single calls anywhere (props/domain/call_domain.hpp), whatever the claim speaks of.
Where all_calls();
/// The same, as far as the claim speaks of them.
Where covered_calls();

/// How cases are judged beside one by one, by Property::judge, which every property can be.
struct CaseByCase {};
/// Many calls at once; only for properties that make one call a case, the same one twice, or the
/// call of the next larger argument.
struct InBlocks {
  /// Whether it is worth a try. Formats of more than 64 bits are in no blocks anyway.
  std::function<bool(const Subject&)> serves = [](const Subject&) { return true; };
  BlockWishes wishes = {};
  /// Adds to the tally what Property::judge would find of each case; false if it can't.
  std::function<bool(const Subject&, const CalledBlock&, Tally&)> judge;
};
/// A law, read of whole blocks of cases.
struct LawInBlocks {
  std::function<bool(const Subject&)> serves;
  const BlockLaw* law = nullptr;
};
using Judging = std::variant<CaseByCase, InBlocks, LawInBlocks>;

/// The call to blame for a refutation: the one whose own error exceeds its claim the most, as the
/// reference sees it; nullopt if there is none.
std::optional<std::size_t> call_that_broke_its_claim(const Subject& subject, const Point& point,
                                                     Transcript transcript);
/// The first call: where a case is one call, or one call and what it is compared with.
std::optional<std::size_t> first_call(const Subject& subject, const Point& point,
                                      Transcript transcript);

/// Something that must hold of an implementation, or of its claim: judge(property, subject, case).
/// A row: it says what is asked, where, by which calls, and what their answers mean. It never calls
/// anything itself.
struct Property {
  std::string_view name;
  std::string_view law = {};  ///< "1.1" … "1.6"; empty for all others
  std::string_view statement;
  /// The words that a refutation breaks, if these are not what the subject promises of its errors.
  std::string_view promised = {};
  Family family = Family::hygiene;
  AskedIn asked_in = AskedIn::modes_asked_for;
  Observe observe = Observe::values;
  Calling calling = Calling::plain;
  About about = About::a_value;
  /// Whether large errors are worth a search, where not every point is asked.
  bool is_searched = false;
  /// Whether to load a shared object, before any call, can break it as well.
  bool concerns_loading = false;

  /// Why it can't be asked of this subject; empty if it can.
  std::function<std::string(const Subject&)> inapplicable = [](const Subject&) {
    return std::string();
  };
  /// Whether a verdict is passed, or figures are only measured, since nothing was claimed.
  std::function<bool(const Subject&)> judges = [](const Subject&) { return true; };
  /// Whether the claim itself names the subject's mode: then it is asked there in full, even if no
  /// user asks for that mode.
  std::function<bool(const Subject&)> claims_mode = [](const Subject&) { return false; };
  Where where;
  CasePlan plan = one_call();
  /// The verdict; figures measured on the way are added to the tally.
  std::function<Verdict(const Subject&, const Point&, Transcript, Tally& figures)> judge;
  Judging judging = CaseByCase{};
  /// Both sides, their intervals and what was broken, in words.
  std::function<std::string(const Subject&, const Point&, Transcript)> explain;
  /// What is wrong at a refuted point, as words that go on from "at 0x1p+0: got …, right is …";
  /// empty where those values say it all.
  std::function<std::string(const Subject&, const Point&, Transcript)> fault =
      [](const Subject&, const Point&, Transcript) { return std::string(); };
  /// The call to blame for a refutation. nullopt if there is none, which for a law is a defect of
  /// Napier, never a finding.
  std::function<std::optional<std::size_t>(const Subject&, const Point&, Transcript)> blame =
      call_that_broke_its_claim;
};

/// Whose words a refutation breaks.
inline Basis basis_of(const Property& property, const Subject& subject) {
  return property.family == Family::hygiene ? Basis::everyone : subject.basis;
}

/// How it is judged in blocks of calls, or read as a law of blocks of cases; nullptr if it can't be
/// of this subject.
const InBlocks* in_blocks(const Property& property, const Subject& subject);
const BlockLaw* block_law(const Property& property, const Subject& subject);

/// Adds every row. The build writes it: it calls contribute_<file>(Properties&) of every file in
/// props/checks that has no header of its own (cmake/NapierRows.cmake).
void contribute_properties(Properties& rows);

/// Every property, in the order of reports: by family, then as its file has it.
std::span<const Property> all_properties();
/// The one of that name that can be asked of the target; if none can, the first of the name;
/// nullptr if there is none. Never the one that is judged amid a past: it has its name from
/// another.
const Property* find_property(std::string_view name, const Target& target);
/// The first of a name that a report has; nullptr for a name of another version.
const Property* known_property(std::string_view name);
/// The only one whose calls are made so: in any way but plainly.
const Property& property_called(Calling calling);
/// The only one that loading concerns.
const Property& property_of_loading();

}  // namespace napier
