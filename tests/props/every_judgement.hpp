// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <map>
#include <string>
#include <vector>

#include "props/domain/call_domain.hpp"
#include "props/judge/judge.hpp"
#include "tests/props/every_manner.hpp"
#include "tests/props/support.hpp"
#include "tests/props/tally_support.hpp"

// Blocks of calls in a format of 16 bits, judged at once and case by case, under claims of every
// kind.
namespace napier::testing_support {

inline constexpr std::uint64_t encodings = 1ull << 16;

struct NamedClaim {
  const char* name;
  Claim claim;
};

/// Claims of every kind, each with order, flags, errno and special values.
inline std::vector<NamedClaim> claims(const Format& format) {
  const auto strict = [](Claim claim) {
    claim.monotone = claim.flags = claim.errno_values = claim.special_values = true;
    return claim;
  };
  Claim flushing = strict(claim_ulps(format, "1", "1"));
  flushing.flushing = Flushing::may();
  Claim somewhere = strict(claim_ulps(format, "0.75", "1"));
  somewhere.domain = {{0.375, 30}, {-7, 2.75}, false};
  Claim below = strict(claim_correctly_rounded());
  below.domain = {{-2000, 0.001}, {-0.001, 2000}, false};
  Claim integers = strict(claim_ulps(format, "1", "1"));
  integers.domain.integer_exponent = true;
  Claim from_rounded = strict(Claim{});
  from_rounded.max_ulp = parse_limit("1.5", format, Metric::rounded);
  from_rounded.max_ulp_directed = parse_limit("1", format, Metric::rounded);
  Claim nearest_only = strict(claim_ulps(format, "0.5", "1"));
  nearest_only.max_ulp_directed.reset();
  return {{"correctly rounded", strict(claim_correctly_rounded())},
          {"half an ulp", strict(claim_ulps(format, "0.5", "1"))},
          {"some ulps", strict(claim_ulps(format, "2", "3"))},
          {"ulps from the rounded value", from_rounded},
          {"faithful", strict(claim_faithful())},
          {"flushing", flushing},
          {"in a domain", somewhere},
          {"in another domain", below},
          {"on integers", integers},
          {"nearest only", nearest_only},
          {"manners only", strict(Claim{})},
          {"nothing", Claim{}}};
}

using Jury = std::vector<const Property*>;

/// How many cases of each manner were refuted.
using Found = std::map<std::string, std::uint64_t>;

/// Every wrong answer is found somewhere, where all of them are tried.
inline void expect_all_found(const Found& found) {
  if (!long_run()) return;
  for (const NamedManner& named : manners)
    if (!named.honest) {
      EXPECT_GT(found.at(named.name), 0U) << named.name;
    }
}

/// Everything that is judged of single calls and next neighbours: together what is judged in
/// blocks, and by itself what is not.
inline std::vector<Jury> juries_of(const Subject& subject) {
  std::vector<Jury> juries(1);
  for (const Property& property : all_properties()) {
    if (relates_calls(property.family) || !property.inapplicable(subject).empty()) continue;
    if (!std::holds_alternative<InBlocks>(property.judging)) continue;
    if (in_blocks(property, subject) != nullptr)
      juries.front().push_back(&property);
    else
      juries.push_back({&property});
  }
  // Those of one domain stand together.
  std::ranges::stable_sort(juries.front(), {}, [](const Property* p) { return p->where.name; });
  return juries;
}

struct Case {
  RightAnswers& answers;
  const NamedClaim& claim;
  const NamedManner& manner;
  Rounding rounding;
  const Domain& domain;

  std::string words() const {
    return std::string(answers.function().name) + " " + std::string(answers.format().name) + ", " +
           std::string(name(rounding)) + ", " + claim.name + ", " + manner.name + ": ";
  }
};

inline std::vector<Tally> tallies_of(const Case& one, const Subject& subject, const Jury& jury,
                                     bool in_blocks) {
  std::vector<Tally> tallies(jury.size());
  const auto caller = answering(one.answers, one.manner.manner, in_blocks);
  const Portion all{0, 0, one.domain.strata.front().size};
  judge_portion(jury, subject, one.domain, Seed{}, all, {caller.get(), nullptr}, tallies);
  return tallies;
}

inline void judge_both_ways(const Case& one, bool compared, Found& found) {
  const Target target = target_of(one.answers, one.claim.claim);
  const Subject subject(target, one.rounding);
  for (const Jury& jury : juries_of(subject)) {
    const auto at_once = tallies_of(one, subject, jury, true);
    const auto singly = compared ? tallies_of(one, subject, jury, false) : at_once;
    for (std::size_t i = 0; i < jury.size(); ++i) {
      const std::string what = one.words() + std::string(jury[i]->name);
      // A block is made again where its calls tell of something, and then one or the other of two
      // results is seen: how often depends on that, but not whether.
      if (compared && !one.manner.manner.fickle) {
        expect_same(at_once[i], singly[i], what);
      } else if (compared && jury[i]->name == "deterministic") {
        EXPECT_EQ(at_once[i].refuted > 0, singly[i].refuted > 0) << what;
      }
      if (!jury[i]->judges(subject)) continue;
      found[one.manner.name] += at_once[i].refuted;
      EXPECT_EQ(at_once[i].undecided_cap, 0U) << what;
      if (one.manner.honest) {
        EXPECT_EQ(at_once[i].refuted, 0U) << what;
      }
    }
  }
}

/// Every claim meets an honest answer, in blocks; case by case each claim and each manner have
/// their turn. A long run tries all manners with all claims, or with one claim in so many.
inline void judge_in_turn(RightAnswers& answers, const Domain& domain, Rounding rounding,
                          std::size_t turn, Found& found, std::size_t when_long = 1) {
  const auto all = claims(answers.format());
  for (std::size_t c = 0; c < all.size(); ++c)
    for (std::size_t m = 0; m < std::size(manners); ++m) {
      const bool compared = long_run() ? (c + turn) % when_long == 0
                                       : c == turn % all.size() && m == turn % std::size(manners);
      if (compared || (manners[m].honest && (c + turn) % honest_ones == m))
        judge_both_ways({answers, all[c], manners[m], rounding, domain}, compared, found);
    }
}

/// A value of one argument, and of the other every encoding.
inline Domain line(Float fixed, bool over_bases) {
  Stratum all{
      over_bases ? "every base" : "every exponent", encodings, 1,
      [fixed, over_bases](Draw&, std::uint64_t i) {
        const Float moving{i * run, fixed.format};
        return std::optional(over_bases ? point_of({moving, fixed}) : point_of({fixed, moving}));
      }};
  all.walk = run;
  all.over_bases = over_bases;
  Domain domain;
  domain.strata.push_back(std::move(all));
  return domain;
}

}  // namespace napier::testing_support
