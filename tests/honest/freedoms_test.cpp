// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// Targets that use to the full what a claim lets them do beside its errors, and do no more:
// infinite as early as they may be, subnormal results all flushed, results or arguments alone; and
// two ulp off everywhere but at integers, where they are exact.
#include <gtest/gtest.h>

#include "lib/target/claim_grammar.hpp"
#include "tests/honest/court.hpp"
#include "tests/honest/legal.hpp"
#include "tests/honest/rows.hpp"

namespace napier::honest {
namespace {

bool is_subnormal(Float x) { return x.format != nullptr && classify(x) == FloatClass::subnormal; }
Float flushed(Float x) { return is_subnormal(x) ? zero(*x.format, is_negative(x)) : x; }
Call arguments_flushed(const Call& call) { return {flushed(call.x), flushed(call.y)}; }
Call arguments_kept(const Call& call) { return call; }

Counts counts() { return long_run() ? Counts{2'000, 300, 1 << 16} : Counts{40, 10, 0}; }

/// Of each function and format nearest, and of the other modes one in turn; in a long run all.
std::vector<Row> rows_in_turn() {
  std::vector<Row> rows;
  for (const Function* function : tried_functions)
    for (const Format* format : all_formats) {
      const auto turn = (function->name.size() + format->name.size()) % 3 + 1;
      for (const Rounding rounding : all_roundings)
        if (long_run() || rounding == Rounding::nearest || rounding == all_roundings[turn])
          rows.emplace_back(function, format, rounding);
    }
  return rows;
}

class Freedoms : public testing::TestWithParam<Row> {
 protected:
  static void expect(const char* sentence, const Rule& rule,
                     const Reading& reading = arguments_kept) {
    const auto& [function, format, rounding] = GetParam();
    SCOPED_TRACE(sentence);
    const Claim claim = parse_claim(sentence, *function, *format);
    const Target target = ruled_target("free", *function, *format, claim, rule, reading);
    // The limits of a pow are many, and no freer than those of the others.
    const auto asked = [binary = function->arity == 2](const Property& property) {
      return is_claimed(property) && !(binary && property.family == Family::limits);
    };
    expect_stands(target, rounding, Calls::in_blocks, counts(), asked);
    if (long_run()) expect_stands(target, rounding, Calls::singly, counts(), asked);
  }
};

TEST_P(Freedoms, InfiniteAsEarlyAsMayBe) {
  const Format& f = *std::get<const Format*>(GetParam());
  const Dyadic ulps = Dyadic::of_integer(3).scaled(f.max_exponent - f.precision + 1);
  const Dyadic least = subtract(Dyadic::power_of_two(f.max_exponent + 1), ulps);
  const Rule rule = [&f, least](const Truth& t, const Call&, Rounding mode) {
    return t.compare_size(least) >= 0 ? infinity(f, t.is_negative()) : right_result(t, f, mode);
  };
  expect("ulp <= 1 in all; early overflow <= 3; flags; errno", rule);
  expect("correctly rounded; early overflow <= 3", rule);
}

TEST_P(Freedoms, ResultsThatMustFlush) {
  const Format& f = *std::get<const Format*>(GetParam());
  const Rule rule = [&f](const Truth& t, const Call&, Rounding mode) {
    return flushed(right_result(t, f, mode));
  };
  expect("correctly rounded; flush results must; special values; monotone", rule);
  expect("ulp <= 1 in all; flush results must", rule);
  expect("ulp <= 1 in all; flush results may", rule);
}

TEST_P(Freedoms, ArgumentsAloneFlushed) {
  const Format& f = *std::get<const Format*>(GetParam());
  const Rule rule = [&f](const Truth& t, const Call&, Rounding mode) {
    return right_result(t, f, mode);
  };
  expect("correctly rounded; flush arguments may; special values", rule, arguments_flushed);
  expect("faithful; flush arguments may", rule, arguments_flushed);
}

TEST_P(Freedoms, ExactOnIntegersAlone) {
  const auto& [function, format, rounding] = GetParam();
  if (function->base == Base::e) return;
  const Rule rule = [f = format](const Truth& t, const Call& call, Rounding mode) {
    const auto is_whole = [](Float x) { return x.format == nullptr || is_integer(x); };
    const Legal datum = neighbours(t, *f);
    const bool exact = is_whole(call.x) && is_whole(call.y) && datum.least == datum.most;
    const Dyadic two = Dyadic::of_integer(2);
    return exact ? datum.least : chosen(within_ulps(t, *f, two, mode), Choice::in_turn, call);
  };
  expect("ulp <= 2 in all; exact on integers", rule);
}

TEST_P(Freedoms, BoundsFromBelowAndFromAbove) {
  const Format& f = *std::get<const Format*>(GetParam());
  const auto rounded = [&f](Rounding side) -> Rule {
    return [&f, side](const Truth& t, const Call&, Rounding) { return right_result(t, f, side); };
  };
  expect("lower bound in all", rounded(Rounding::down));
  expect("upper bound in all; faithful", rounded(Rounding::up));
}

INSTANTIATE_TEST_SUITE_P(All, Freedoms, testing::ValuesIn(rows_in_turn()), row_title);

}  // namespace
}  // namespace napier::honest
