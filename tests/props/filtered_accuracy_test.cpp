// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// What the filter counts on its own, consistent or refuted, is what the reference alone counts.
#include "lib/fp/ordinal.hpp"
#include "props/domain/call_domain.hpp"
#include "props/judge/judge.hpp"
#include "tests/props/support.hpp"
#include "tests/props/tally_support.hpp"

namespace napier {
namespace {

using namespace testing_support;

/// A result at a fault: none, some steps off everywhere, NaN or infinite now and then or always.
const Fault faults[] = {
    [](const Call&, Float y) { return y; },
    [](const Call& call, Float y) {
      return is_finite(y) ? step(y, 1 + static_cast<Ordinal>(call.x.bits % 5)) : y;
    },
    [](const Call& call, Float y) {  // anywhere between a little off and out of all proportion
      const auto steps = Ordinal(1) << (call.x.bits % unsigned(y.format->width - 2));
      return is_finite(y) ? step(y, call.x.bits % 7 < 3 ? steps : -steps) : y;
    },
    [](const Call& call, Float y) { return call.x.bits % 3 == 0 ? quiet_nan(*y.format) : y; },
    [](const Call& call, Float y) { return call.x.bits % 3 == 0 ? infinity(*y.format) : y; },
    [](const Call&, Float y) { return is_zero(y) ? negated(y) : y; },
    // As far off as each other, but for the last bits.
    [](const Call&, Float y) { return is_finite(y) ? max_finite(*y.format) : y; },
    [](const Call&, Float y) { return is_finite(y) ? infinity(*y.format, !is_negative(y)) : y; },
};

void compare_on(const Function& function, const Format& format, const Claim& claim,
                const Fault& fault, Rounding rounding, Tally& overall) {
  const Target target = correctly_rounded_target(function, format, claim, fault);
  const Subject subject(target, rounding);
  const Domain domain = call_domain(subject);
  const Property& accuracy = *find_property("accuracy", target);
  const auto caller = target.open();
  Tally alone, filtered;
  for (const Portion& portion : portions(domain, count(1500, 40'000))) {
    filtered.merge(
        judge_portion(accuracy, subject, domain, Seed{}, portion, {caller.get(), nullptr}));
    for (std::uint64_t i = 0; i < portion.count; ++i) {
      const Address address{property_key(accuracy.domain_name()), portion.stratum,
                            portion.first + i};
      const auto point = domain.at(Seed{}, address);
      if (!point || !accuracy.asks(subject, *point)) continue;
      JudgedCase judged = judge_point(accuracy, subject, *point, {caller.get(), nullptr});
      judged.figures.add(judged.verdict, {address, *point});
      alone.merge(judged.figures);
    }
  }
  expect_same(filtered, alone,
              std::string(function.name) + " " + std::string(format.name) + ", " +
                  std::string(name(rounding)));
  EXPECT_LE(filtered.referred, alone.referred);
  overall.merge(filtered);
}

TEST(FilteredAccuracy, CountsWhatTheReferenceCounts) {
  Tally overall;
  std::size_t turn = 0;
  for (const Function* function :
       {&functions::exp, &functions::exp2, &functions::expm1, &functions::log, &functions::pow})
    for (const Format* format : {&binary32, &binary64, &binary80})
      for (const Fault& fault : faults) {
        Claim flushing = claim_ulps(*format, "1", "1");
        flushing.flushing = Flushing::may();
        const Claim claims[] = {claim_ulps(*format, "0.75", "1"), claim_correctly_rounded(),
                                claim_faithful(), flushing, Claim{}};
        compare_on(*function, *format, claims[turn % 5], fault, all_roundings[turn % 4], overall);
        compare_on(*function, *format, claims[turn % 5], fault, Rounding::zero, overall);
        Claim rounded;
        rounded.max_ulp = parse_limit("1", *format, Metric::rounded);
        rounded.max_ulp_directed = parse_limit("1", *format, Metric::rounded);
        compare_on(*function, *format, rounded, fault, all_roundings[turn % 4], overall);
        ++turn;
      }
  EXPECT_GT(overall.refuted, overall.cases / 10);
  EXPECT_LT(overall.referred, overall.cases / 2);
}

}  // namespace
}  // namespace napier
