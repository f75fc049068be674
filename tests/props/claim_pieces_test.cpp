// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// Claims in pieces, and what a claim lets a target do beside its errors: blocks find what single
// cases find, both what the definition says, and the claim sets of the laws hold every true value
// that a result is allowed for.
#include <algorithm>

#include "lib/target/catalogue.hpp"
#include "lib/target/claim_grammar.hpp"
#include "lib/target/claim_set.hpp"
#include "props/claim/promises.hpp"
#include "tests/props/one_by_one.hpp"
#include "tests/props/sixteen_bits.hpp"
#include "tests/props/tally_support.hpp"

namespace napier {
namespace {

using namespace testing_support;

constexpr const char* sentences[] = {
    "rel <= 1e-3 on [-2, 2]; abs + rel <= 1e-4 + 2e-3 elsewhere",
    "ulp <= 0.5 on [-1, 1]; ulp <= 1 elsewhere",
    "ulp <= 1 on [-4, 0]; rel <= 1e-3 on [0, 4]; correctly rounded on [5, 6]",
    "correctly rounded on [0.5, 1]; faithful elsewhere",
    "ulp <= 2; abs <= 0.01 on [-3, 1]",
    "ulp <= 1 on [0, 8]; monotone",
    "bfloat16 ulp <= 0.3",
    "ulp <= 1; early overflow <= 30",
    "correctly rounded; flush results must",
    "ulp <= 1 on [-8, 2]; abs <= 1 elsewhere; flush results may",
    "ulp <= 1; flush arguments may",
    "ulp <= 1; exact on integers",
    "exact on integers",
};

/// An ulp or three too much here and there, flushed here, infinite too early there.
Float faulty(const Call& call, Float right) {
  if (!is_finite(right)) return right;
  if (call.x.bits % 5 == 0) return next_up(right);
  if (call.x.bits % 101 == 0) return step(right, 3);
  if (call.x.bits % 3 == 0 && classify(right) == FloatClass::subnormal)
    return zero(*right.format, is_negative(right));
  if (call.x.bits % 2 == 0 && exact_value(right).binade() == right.format->max_exponent)
    return infinity(*right.format, is_negative(right));
  return right;
}

/// How many of all results break a promise about their own call, for each target.
std::vector<std::uint64_t> broken(const std::vector<Target>& targets, const Results& results) {
  std::vector<std::uint64_t> counts(targets.size());
  for (std::size_t bits = 0; bits < results.size(); ++bits) {
    const Call call{{Bits(bits), targets.front().format}, {}};
    TrueValue truth(*targets.front().function, call);
    if (truth.is_nan()) continue;
    for (std::size_t i = 0; i < targets.size(); ++i) {
      const Subject subject(targets[i], Rounding::nearest);
      if (reference_keeps(subject, call, results[bits], truth) == Truth::no) ++counts[i];
    }
  }
  return counts;
}

/// Of pieces with several promises the largest share need not be at a largest error: it is not told
/// of accuracy, and depends on what the filter left open.
Tally without_shares(Tally tally) {
  tally.largest_share = 0;
  return tally;
}

void expect_judged_as_defined(const Function& function, const Format& format) {
  const auto results = std::make_shared<const Results>(results_of(function, format, faulty));
  std::vector<Target> in_blocks, singly;
  for (const char* sentence : sentences) {
    if (&format == &bfloat16 && std::string_view(sentence).starts_with("bfloat16")) continue;
    const Claim claim = parse_claim(sentence, function, format);
    in_blocks.push_back(table_target(function, format, claim, results, true));
    singly.push_back(table_target(function, format, claim, results, false));
  }
  const std::vector<std::uint64_t> defined = broken(in_blocks, *results);
  for (std::size_t i = 0; i < in_blocks.size(); ++i) {
    const std::string what = in_blocks[i].name + ": " + in_blocks[i].claim.sentence;
    const Tally found = accuracy_everywhere(in_blocks[i]);
    expect_same(without_shares(found), without_shares(accuracy_everywhere(singly[i])), what);
    EXPECT_EQ(found.refuted, defined[i]) << what;
    EXPECT_EQ(found.undecided_cap, 0U) << what;
  }
}

TEST(ClaimPieces, AreJudgedInBlocksAsOneByOneAndAsDefined) {
  expect_judged_as_defined(functions::exp2, binary16);
  expect_judged_as_defined(functions::exp10m1, long_run() ? binary16 : bfloat16);
}

/// The piece of a call decides, to the very end of it.
TEST(ClaimPieces, EndWhereTheySay) {
  const Claim claim =
      parse_claim("ulp <= 0.5 on [-1, 1]; ulp <= 1 elsewhere", functions::exp2, binary64);
  const Target target = correctly_rounded_target(functions::exp2, binary64, claim);
  const Subject subject(target, Rounding::nearest);
  const auto words_at = [&](double x) {
    const auto& promises = subject.promises(Role::target, {from_native(x), {}});
    return promises.size() == 1 ? describe(promises.front()) : "";
  };
  EXPECT_EQ(words_at(1), "<= 0.5 ulp");
  EXPECT_EQ(words_at(-1), "<= 0.5 ulp");
  EXPECT_EQ(words_at(std::nextafter(1.0, 2.0)), "<= 1 ulp");
  EXPECT_EQ(words_at(std::nextafter(-1.0, -2.0)), "<= 1 ulp");
  EXPECT_EQ(words_at(std::numeric_limits<double>::infinity()), "<= 1 ulp");
}

TEST(ClaimPieces, WhereNothingIsPromisedNothingIsAsked) {
  const Claim claim =
      parse_claim("ulp <= 1 on [-1, 0]; rel <= 1 on [2, 3]; monotone", functions::exp, binary16);
  const Target target = correctly_rounded_target(functions::exp, binary16, claim);
  const Subject subject(target, Rounding::nearest);
  const Property& accuracy = *find_property("accuracy", target);
  const auto asked = [&](double x) {
    const Float datum = round_to(binary16, Dyadic::of(x), Rounding::nearest);
    return accuracy.where.asks(subject, point_of({datum}));
  };
  EXPECT_TRUE(asked(-1) && asked(0) && asked(2) && asked(3));
  EXPECT_FALSE(asked(1) || asked(-1.5) || asked(4));
  for (const Property* law : applicable_laws(subject))
    for (const Point& point : points_of(*law, subject, 200)) {
      std::vector<Request> wanted;
      law->plan.add(subject, point, {}, wanted);
      for (const Request& request : wanted) EXPECT_TRUE(subject.covers_error(request));
    }
}

/// Every t that the reference allows a result for is in its claim set.
TEST(ClaimFreedoms, AreInTheClaimSets) {
  for (const char* sentence :
       {"ulp <= 1; early overflow <= 3", "correctly rounded in all; early overflow <= 0.5",
        "faithful; early overflow <= 100", "ulp <= 1; flush results must", "rel <= 1e-2"}) {
    const Claim claim = parse_claim(sentence, functions::exp2, binary16);
    const Target target = correctly_rounded_target(functions::pow, binary16, claim);
    for (const Rounding rounding : all_roundings) {
      const Subject subject(target, rounding);
      for (const bool negative : {false, true})
        for (const Float size : {infinity(binary16), max_finite(binary16), min_subnormal(binary16),
                                 zero(binary16), next_down(min_normal(binary16))})
          for (const double t : {65536.0, 65535.0, 65504.0, 65520.0, 65440.0, 65439.0, 62336.0,
                                 62335.0, 0x1p-24, 0x1p-14, 0x1p-15, 0x1p-25}) {
            const Float y = negative ? negated(size) : size;
            const double value = negative ? -t : t;
            const Call call{from_native(value), from_native(1.0)};
            TrueValue truth(functions::pow, call);
            const bool kept = reference_keeps(subject, call, y, truth) == Truth::yes;
            bool in_set = true;
            for (const AccuracyClaim& promise : subject.promises(Role::target)) {
              const ClaimSet set = claim_set(y, promise, claim, rounding, call.x);
              const Dyadic exact = Dyadic::of(value);
              in_set = in_set && !set.empty && (!set.lo || compare(*set.lo, exact) <= 0) &&
                       (!set.hi || compare(exact, *set.hi) <= 0);
            }
            EXPECT_TRUE(!kept || in_set) << to_hex(y) << " for " << value << ", " << sentence;
          }
    }
  }
}

/// Laws of a claim in pieces, in blocks and case by case.
TEST(ClaimPieces, OfLawsAreReadInBlocksAsCaseByCase) {
  int compared = 0;
  for (const char* name : {"libm/exp:binary64", "libm/exp2:binary32", "libm/pow:binary64",
                           "libm/expm1:binary64", "libm/rounded_once/exp:bfloat16"})
    for (const char* sentence : {"rel <= 1e-2 on [-20, 20]; ulp <= 2 elsewhere",
                                 "ulp <= 0.25 on [0, 5]; ulp <= 3 elsewhere",
                                 "rel <= 1e-9 on [-1, 1]; ulp <= 1 + 0.5*|x| elsewhere",
                                 "ulp <= 1; early overflow <= 4", "exact on integers; ulp <= 1"}) {
      Target target = *catalogue().find(name);
      const bool binary = target.function->arity == 2;
      if ((binary && std::string_view(sentence).find('|') != std::string_view::npos) ||
          (target.function->base == Base::e && std::string_view(sentence).starts_with("exact")))
        continue;
      target.claim = parse_claim(sentence, *target.function, *target.format);
      const Subject subject(target, Rounding::nearest);
      const auto caller = target.open();
      for (const Property& law : all_properties()) {
        if (!relates_calls(law.family) || !law.inapplicable(subject).empty()) continue;
        if (block_law(law, subject) == nullptr) continue;
        ++compared;
        const auto tally_of = [&](const Property& property) {
          Tally tally;
          const Domain domain = property.where.domain(subject);
          for (const Portion& portion : portions(domain, count(400, 20'000)))
            tally.merge(
                judge_portion(property, subject, domain, Seed{}, portion, {caller.get(), nullptr}));
          return tally;
        };
        expect_same(tally_of(law), tally_of(OneByOne(law).row()),
                    target.name + ", " + std::string(law.name) + ": " + sentence);
      }
    }
  EXPECT_GT(compared, 60);
}

}  // namespace
}  // namespace napier
