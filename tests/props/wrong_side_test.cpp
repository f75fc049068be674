// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// Where a promise of a side is broken, words show the side: the right rounding may be the very
// number that was given.
#include <gmock/gmock.h>

#include "lib/target/claim_grammar.hpp"
#include "tests/props/support.hpp"

namespace napier {
namespace {

using namespace testing_support;
using testing::HasSubstr;

std::string fault_at(const char* sentence, double x) {
  const Target target = correctly_rounded_target(functions::exp, binary64,
                                                 parse_claim(sentence, functions::exp, binary64));
  const auto caller = target.open();
  const Subject subject(target, Rounding::nearest);
  const Property& accuracy = property_named("accuracy", target);
  const Point at = point(x);
  const JudgedCase judged = judge_point(accuracy, subject, at, {caller.get(), nullptr});
  EXPECT_TRUE(refuted(judged.verdict)) << sentence << " at " << x;
  EXPECT_THAT(accuracy.explain(subject, at, judged.transcript()),
              HasSubstr(accuracy.fault(subject, at, judged.transcript())));
  return accuracy.fault(subject, at, judged.transcript());
}

TEST(WrongSide, IsToldWithTheDigitsInWhichTheTrueValueDiffers) {
  // 1 + 2^-52 is given, and next to right: 1 + 2^-52 + 2^-105.
  EXPECT_THAT(fault_at("upper bound", 0x1p-52),
              HasSubstr("it lies below the true value, 1.0000000000000002220446049250313"));
  EXPECT_THAT(fault_at("lower bound", 0x1.8p-52), HasSubstr("it lies above the true value, 1.000"));
  EXPECT_THAT(fault_at("upper bound", 1), HasSubstr("it lies below the true value, 2.71828182845"));
}

}  // namespace
}  // namespace napier
