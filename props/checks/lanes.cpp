// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include <fmt/format.h>

#include "lib/fp/hexfloat.hpp"
#include "lib/target/pipe.hpp"
#include "props/checks/hygiene.hpp"

namespace napier {
namespace {

/// The first call of a case is an array of its own, the second an element of many arrays
/// (calls_in_lanes).
class Lanes final : public Hygiene {
 public:
  std::string_view name() const override { return "lanes"; }
  std::string_view statement() const override {
    return "the same bits at any place of any array, and nothing else written";
  }
  bool in_lanes() const override { return true; }
  std::string inapplicable(const Subject& subject) const override {
    const Shape& shape = subject.target->shape;  // a process takes blocks, which may differ, too
    return shape.is_scalar() && !is_process(shape) ? "it takes no arrays" : "";
  }
  std::string_view domain_name() const override { return name(); }
  std::optional<Domain> exhaustive_domain(const Subject&) const override { return {}; }
  std::size_t most_calls() const override { return 2; }

  /// Points of all strata in turn, so that what is special stands beside what is not.
  Domain domain(const Subject& subject) const override {
    Domain domain;
    domain.strata.push_back(
        {"arrays of points of every kind", 0, 1,
         [calls = call_domain(subject)](Draw&, std::uint64_t i) -> std::optional<Point> {
           const std::uint64_t count = calls.strata.size();
           const auto stratum = static_cast<std::uint32_t>(i % count);
           const std::uint64_t size = calls.strata[stratum].size;
           const std::uint64_t index = i / count;
           return calls.at(Seed{},
                           {property_key("lanes"), stratum, size == 0 ? index : index % size});
         }});
    return domain;
  }

  void plan(const Subject&, const Point& point, Transcript known,
            std::vector<Request>& wanted) const override {
    if (known.requests.size() < 2) wanted.push_back({Role::target, point.call()});
  }

  // A NaN's sign and payload are nobody's promise.
  Verdict judge(const Subject&, const Point&, Transcript transcript, Tally&) const override {
    const Answer& alone = transcript.answers[0];
    const Answer& among = transcript.answers[1];
    if (alone.ending != Ending::returned) return Undecided{Cause::no_answer};
    if (alone.placement.damage != Damage::none) return Refuted{};
    if (among.ending == Ending::not_called) return Undecided{Cause::no_answer};
    if (among.ending != Ending::returned || among.placement.damage != Damage::none)
      return Refuted{};
    const bool same = alone.value == among.value || (is_nan(alone.value) && is_nan(among.value));
    return same ? Verdict(Consistent{}) : Refuted{};
  }

  std::string what_happened(Transcript transcript) const override {
    const Answer& alone = transcript.answers[0];
    const Answer& among = transcript.answers[1];
    if (alone.placement.damage != Damage::none)
      return fmt::format("the call {} ({})", describe(alone.placement.damage),
                         describe(alone.placement));
    const std::string place = describe(among.placement);
    if (among.placement.damage != Damage::none)
      return fmt::format("the call {} {}", describe(among.placement.damage), place);
    if (among.ending != Ending::returned)
      return fmt::format("alone the call gave {}, and {} it did not return", to_hex(alone.value),
                         place);
    if (among.placement.length <= 1)  // of a process, whose calls are made in blocks
      return fmt::format("among others the call gave {}, and alone it gave {}", to_hex(alone.value),
                         to_hex(among.value));
    return fmt::format("alone the call gave {}, and {} it gave {}", to_hex(alone.value), place,
                       to_hex(among.value));
  }
};

}  // namespace

std::unique_ptr<const Property> lanes_property() { return std::make_unique<Lanes>(); }

}  // namespace napier
