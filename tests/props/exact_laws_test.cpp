// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// A law as its row states it must be a theorem: the oracle's two sides overlap at any precision.
#include "props/law/algebra/exact.hpp"
#include "props/law/law_domain.hpp"
#include "props/law/law_judge.hpp"
#include "tests/props/support.hpp"

namespace napier {
namespace {

using namespace testing_support;

// Twice the precision makes the sides' enclosures half as many digits wide, and they must still
// overlap: a law that is off by anything is found out by one of the two.
TEST(ExactLaws, HoldAtEveryPointOfTheirDomainAtTwoPrecisions) {
  const std::uint64_t each = count(200, 4000);
  std::uint64_t asked = 0;
  for (const Function* function : powers)
    for (const Format* format : formats) {
      const Target target = correctly_rounded_target(*function, *format, claim_correctly_rounded());
      const Subject subject(target, Rounding::nearest);
      const Precision start = default_refinement(*format).start;
      for (const LawReadings& law : law_readings()) {
        if (!inapplicable(law, subject).empty()) continue;
        const auto points = points_of(law_domain(law, subject), law.name, each);
        EXPECT_FALSE(points.empty()) << law.name << " of " << target.name;
        for (const Point& point : points) {
          ++asked;
          for (const Precision precision : {start, Precision{4 * start.bits}})
            EXPECT_TRUE(law.holds(subject, point, precision))
                << law.name << " of " << target.name << " at " << text(point) << ", "
                << precision.bits << " bits";
        }
      }
    }
  // 5 functions, 2 formats and 6 laws with as many points as are asked for.
  EXPECT_GT(asked, each * 5 * 2 * 5);
}

TEST(ExactLaws, HoldForDerivativesDirectly) {
  using namespace functions;
  for (const Function* function :
       {&d_exp, &d_exp2, &d_pow_y, &d_pow_x, &derivative(d_exp, 3), &derivative(d_expm1, 2),
        &derivative(d_exp10, 7), &derivative(d_pow_y, 2), &derivative(d_pow_y, 3),
        &derivative(d_pow_x, 2), &derivative(d_pow_x, 5), &mixed_derivative()}) {
    Target target = correctly_rounded_target(*function, binary64, claim_correctly_rounded());
    target.primal = std::make_shared<const Primal>(Primal{claim_correctly_rounded(), {}});
    const Subject subject(target, Rounding::nearest);
    int rows = 0;
    for (const LawReadings& law : law_readings()) {
      if (!inapplicable(law, subject).empty()) continue;
      ++rows;
      for (const Point& point : points_of(law_domain(law, subject), law.name, 200))
        EXPECT_TRUE(law.holds(subject, point, Precision{400}))
            << law.name << " of " << target.name << " at " << text(point);
    }
    EXPECT_EQ(rows, 1) << target.name;
  }
}

TEST(ExactAlgebra, TellsAFalseLawFromATrueOne) {
  const Target target =
      correctly_rounded_target(functions::exp, binary64, claim_correctly_rounded());
  const Subject subject(target, Rounding::nearest);
  ExactAlgebra<Enclosure, Form::plain> k(subject, {}, Precision{120});
  const Argument x = exact_argument(from_native(1.5));
  const Argument y = exact_argument(from_native(0.3));
  const auto product = k.power(x) * k.power(y);
  EXPECT_NE(meeting(product, k.power(x + y)), Meeting::disjoint);
  EXPECT_EQ(meeting(product, k.power(x - y)), Meeting::disjoint);
  // What rounding left out of x + y counts, and so would a part in 2^100 of anything else.
  Argument sum = x + y;
  ASSERT_FALSE(sum.is_exact());
  EXPECT_EQ(meeting(product, k.power(exact_argument(sum.value))), Meeting::disjoint);
  sum.remainder = add(sum.remainder, Dyadic::power_of_two(-100));
  EXPECT_EQ(meeting(product, k.power(sum)), Meeting::disjoint);
}

TEST(Laws, SayWhyTheyCannotBeAsked) {
  for (const Function* function : all_functions()) {
    const Target target = correctly_rounded_target(*function, binary64, claim_correctly_rounded());
    const Subject subject(target, Rounding::nearest);
    int slopes = 0;
    for (const LawReadings& law : law_readings()) {
      const bool is_slope = law.number == "1.5" || law.number == "1.6";
      if (is_slope && inapplicable(law, subject).empty()) ++slopes;
    }
    // Every power has a slope law, and exactly one; a derivative alone has nothing to compare with.
    const bool power = function->kind == Kind::power || function->kind == Kind::power_minus_one;
    EXPECT_EQ(slopes, power ? 1 : 0) << function->name;
  }
}

}  // namespace
}  // namespace napier
