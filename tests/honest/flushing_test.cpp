// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// Targets that flush, as machines do: results before or after rounding, arguments to a zero of
// their sign. Everything else is right.
#include <gtest/gtest.h>

#include "tests/honest/court.hpp"
#include "tests/honest/legal.hpp"
#include "tests/honest/rows.hpp"

namespace napier::honest {
namespace {

Float argument_flushed(Float x) {
  if (x.format == nullptr || classify(x) != FloatClass::subnormal) return x;
  return zero(*x.format, is_negative(x));
}
Call arguments_flushed(const Call& call) {
  return {argument_flushed(call.x), argument_flushed(call.y)};
}
Call arguments_kept(const Call& call) { return call; }

enum class Flush { nothing, before_rounding, after_rounding, within_an_ulp };

/// Whether a result that is about to be returned is flushed.
bool is_flushed(Flush flush, const Truth& t, Float y) {
  const Format& f = *y.format;
  const Dyadic least = Dyadic::power_of_two(f.min_exponent());
  switch (flush) {
    case Flush::nothing:
      break;
    case Flush::before_rounding:
      return t.compare_size(least) < 0;
    case Flush::after_rounding:
      return classify(y) == FloatClass::subnormal;
    case Flush::within_an_ulp:
      return t.compare_size(add(least, Dyadic::power_of_two(f.least_exponent()))) < 0;
  }
  return false;
}

Counts counts() { return long_run() ? Counts{2'000, 300, 1 << 16} : Counts{80, 20, 0}; }

class Flushing : public testing::TestWithParam<Row> {
 protected:
  /// Claims and what goes with them: a target that is right but for what it flushes.
  static void expect(const char* how, Flush flush, const Reading& reading, const Claim& claim,
                     Choice choice) {
    const auto& [function, format, rounding] = GetParam();
    const auto rule = [flush, choice, claim, f = format](const Truth& t, const Call& call,
                                                         Rounding mode) {
      const Float right = right_result(t, *f, mode);
      const Float y = claim.correctly_rounded ? right
                      : claim.faithful
                          ? chosen(neighbours(t, *f), choice, call)
                          : chosen(within_ulps(t, *f, claim.max_ulp->limit, mode), choice, call);
      return is_flushed(flush, t, y) ? zero(*f, is_negative(right)) : y;
    };
    const Target target =
        ruled_target(std::string("flushing_") + how, *function, *format, claim, rule, reading);
    expect_stands(target, rounding, Calls::in_blocks, counts(), is_claimed);
    if (long_run()) expect_stands(target, rounding, Calls::singly, counts(), is_claimed);
  }

  static Claim flushing() {
    Claim claim;
    claim.flushing = napier::Flushing::may();
    claim.special_values = claim.flags = claim.errno_values = true;
    return claim;
  }
};

TEST_P(Flushing, OfCorrectlyRoundedResults) {
  Claim claim = flushing();
  claim.correctly_rounded = true;
  claim.monotone = true;
  expect("results_before", Flush::before_rounding, arguments_kept, claim, Choice::least);
  expect("results_after", Flush::after_rounding, arguments_kept, claim, Choice::least);
  expect("arguments", Flush::nothing, arguments_flushed, claim, Choice::least);
  expect("both", Flush::before_rounding, arguments_flushed, claim, Choice::least);
}

TEST_P(Flushing, OfResultsWithinAnUlp) {
  const auto& [function, format, rounding] = GetParam();
  Claim claim = flushing();
  claim.special_values = false;
  claim.max_ulp = parse_limit("1", *format);
  claim.max_ulp_directed = parse_limit("1", *format);
  expect("ulp_after", Flush::after_rounding, arguments_kept, claim, Choice::least);
  expect("ulp_edge", Flush::within_an_ulp, arguments_flushed, claim, Choice::most);
}

TEST_P(Flushing, OfEitherNeighbour) {
  Claim claim = flushing();
  claim.special_values = false;
  claim.faithful = true;
  expect("neighbours_before", Flush::before_rounding, arguments_kept, claim, Choice::in_turn);
  expect("neighbours_after", Flush::after_rounding, arguments_flushed, claim, Choice::in_turn);
}

INSTANTIATE_TEST_SUITE_P(All, Flushing, every_row(), row_title);

}  // namespace
}  // namespace napier::honest
