// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// What the bulk filter passes is in order, as the reference sees it, on every instruction set.
#include <gtest/gtest.h>

#include <array>

#include "lib/fp/ordinal.hpp"
#include "tests/oracles/bulk_cases.hpp"
#include "tests/oracles/bulk_runs.hpp"

namespace napier {
namespace {

using namespace testing_support;

/// How many cases passed; every group that stops it is stepped over.
std::size_t expect_passes_only_what_is_in_order(const Function& f, const Cases& cases,
                                                const BulkFilter& filter, BulkLimit limit,
                                                bool rounded_right) {
  const Rounding rounding = filter.plan().rounding;
  std::size_t total = 0;
  for (std::size_t at = 0; at < cases.x.size();) {
    const auto rest = [at](const std::vector<double>& all) { return std::span(all).subspan(at); };
    const std::vector<double> limits(cases.x.size(), limit.value());
    const auto passed =
        filter.pass(rest(cases.x), rest(cases.y), {rest(limits), limit, rounded_right, edges});
    std::uint64_t misrounded = 0, no_value = 0;
    std::array<std::uint64_t, edges.size()> beyond{};
    for (std::size_t i = at; i < at + passed.count; ++i) {
      const Truths is = truths(f, cases.calls[i], cases.results[i], limit, rounding);
      misrounded += is.misrounded ? 1 : 0;
      no_value += is.no_value ? 1 : 0;
      for (std::size_t k = 0; k < edges.size() && !is.no_value; ++k)
        beyond[k] += is_beyond(f, cases.calls[i], cases.results[i], edges[k], rounding) ? 1 : 0;
      EXPECT_TRUE((is.in_order && !(rounded_right && is.misrounded)) || is.no_value)
          << words(f, cases.calls[i]) << " -> " << to_hex(cases.results[i]) << " " << name(rounding)
          << " " << limit.value();
    }
    EXPECT_EQ(passed.misrounded, misrounded) << f.name << " " << name(rounding);
    EXPECT_EQ(passed.no_value, no_value) << f.name << " " << name(rounding);
    for (std::size_t k = 0; k < edges.size(); ++k)
      EXPECT_EQ(passed.beyond[k], beyond[k])
          << f.name << " " << name(rounding) << " above " << edges[k] << " ulp";
    total += passed.count;
    at += passed.count + BulkFilter::group();
  }
  return total;
}

TEST_P(OnEveryLevel, PassesOnlyWhatTheReferenceFindsInOrder) {
  for (const Function* f : functions_with_kernel)
    for (const Format* format : formats_with_kernel)
      for (const Rounding rounding : all_roundings) {
        const auto filter = BulkFilter::of(*f, *format, rounding);
        const Cases cases = drawn_cases(*f, *format, rounding, points(400));
        const double usual = rounding == Rounding::nearest ? 0.5 : 1;
        for (const double limit : {usual, usual / 3, 1.7, 40.0})
          expect_passes_only_what_is_in_order(*f, cases, *filter, BulkLimit::at_most(limit),
                                              limit == 1.7);
      }
}

TEST_P(OnEveryLevel, PassesOnlyWhatIsInOrderNextToPowersOfTwo) {
  for (const Function* f : functions_with_kernel) {
    if (f->kind == Kind::logarithm) continue;
    for (const Format* format : formats_with_kernel)
      for (const Rounding rounding : all_roundings) {
        const auto filter = BulkFilter::of(*f, *format, rounding);
        const Cases cases = cases_at_binades(*f, *format, rounding);
        for (const double limit : {0.75, 3.0})
          expect_passes_only_what_is_in_order(*f, cases, *filter, BulkLimit::at_most(limit), false);
      }
  }
}

/// Results anywhere between a step and 2^45 of them from the right one, infinities, zeros and NaNs.
Cases far_cases(const Function& f, const Format& format, Rounding rounding, int count) {
  Cases cases;
  Points draws(f, format, 41);
  Random random(43);
  const int most = std::min(format.width - 10, 45);
  for (int i = 0; i < count; ++i) {
    const Call call = draws.draw();
    TrueValue t(f, call);
    const auto right = t.rounded(format, rounding);
    if (!right || !is_finite(*right)) continue;
    const Ordinal steps = Ordinal(1) << random.between(0, most);
    const Float y = step(*right, random.between(0, 1) == 0 ? steps : -steps);
    const Float nowhere[] = {infinity(format), infinity(format, true), quiet_nan(format),
                             zero(format)};
    const auto place = static_cast<std::size_t>(random.between(0, 15));
    cases.add(call, place < std::size(nowhere) ? nowhere[place] : y);
  }
  return cases;
}

TEST_P(OnEveryLevel, PassesFarResultsWithinTheirLimitAndSortsThem) {
  std::size_t passed = 0, asked = 0;
  for (const Function* f : functions_with_kernel)
    for (const Format* format : formats_with_kernel)
      for (const Rounding rounding : all_roundings) {
        const auto filter = BulkFilter::of(*f, *format, rounding);
        const Cases cases = far_cases(*f, *format, rounding, points(200));
        for (const double limit :
             {40.0, 0x1p20, 0x1p48, 0x1p990, BulkLimit::most, BulkLimit::infinite}) {
          passed += expect_passes_only_what_is_in_order(*f, cases, *filter,
                                                        BulkLimit::at_most(limit), false);
          asked += cases.x.size();
        }
      }
  EXPECT_GT(passed, asked / 4);
}

/// Beside a vast result every t of a binade is at one place, and on one side of it: of the other
/// sign the error is above |y|, of the same sign it is not.
TEST_P(OnEveryLevel, TellsVastResultsOfEitherSignApart) {
  const auto filter = BulkFilter::of(functions::exp, binary32, Rounding::nearest);
  const double vast = 0x1p100, ulp = 0x1p-23;  // of e^½
  const auto passes = [&](double y, double limit) {
    const std::vector<double> xs(BulkFilter::group(), 0.5), ys(xs.size(), y);
    const std::vector<double> limits(xs.size(), limit);
    return filter->pass(xs, ys, {limits, BulkLimit::at_most(limit)}).count != 0;
  };
  const double at = vast / ulp;
  EXPECT_TRUE(passes(vast, at));
  EXPECT_FALSE(passes(-vast, at));
  EXPECT_TRUE(passes(-vast, std::nextafter(at, BulkLimit::most)));
  EXPECT_FALSE(passes(vast, at / 2));
}

/// Where nothing is too far off, what is infinite or no number leaves nothing to ask.
TEST_P(OnEveryLevel, PassesInfinitiesAndNaNsWhereSomeWereWorse) {
  for (const Function* f : functions_with_kernel)
    for (const Format* format : formats_with_kernel)
      for (const Float y : {infinity(*format), infinity(*format, true), quiet_nan(*format)}) {
        const auto filter = BulkFilter::of(*f, *format, Rounding::nearest);
        Cases cases;
        Points draws(*f, *format, 47);
        while (cases.x.size() < 256) {
          const Call call = draws.draw();
          TrueValue t(*f, call);
          const auto right = t.rounded(*format, Rounding::nearest);
          const bool is_number = right && is_finite(*right) && !is_zero(*right) && !t.is_exact();
          if (is_number && !left_to_the_reference(*f, call.x)) cases.add(call, y);
        }
        const std::size_t passed = expect_passes_only_what_is_in_order(
            *f, cases, *filter, BulkLimit::at_most(BulkLimit::infinite), false);
        EXPECT_GE(passed, 240U) << f->name << " " << format->name << " " << to_hex(y);
      }
}

void expect_passes_nearly_everything(const Function& f, const Format& format, Rounding rounding) {
  const auto filter = BulkFilter::of(f, format, rounding);
  std::vector<double> x, y;
  Points draws(f, format, 29);
  while (x.size() < 1024) {
    const Call call = draws.draw();
    TrueValue t(f, call);
    if (t.is_exact() || t.is_infinite() || left_to_the_reference(f, call.x)) continue;
    x.push_back(as_double(call.x));
    y.push_back(as_double(*t.rounded(format, rounding)));
  }
  std::size_t stops = 0;  // at a group each, however wide, for a case that is open
  for (std::size_t at = 0; at < x.size(); ++stops) {
    const std::vector<double> limits(x.size() - at, 1);
    const auto passed = filter->pass(std::span(x).subspan(at), std::span(y).subspan(at),
                                     {limits, BulkLimit::at_most(1), true});
    at += passed.count + BulkFilter::group();
  }
  EXPECT_LE(stops, x.size() / 50) << f.name << " " << format.name << " " << name(rounding);
}

TEST_P(OnEveryLevel, PassesNearlyEverythingThatIsRoundedRightly) {
  for (const Function* f : functions_with_kernel)
    for (const Format* format : {&binary32, &binary64})
      for (const Rounding rounding : all_roundings)
        expect_passes_nearly_everything(*f, *format, rounding);
}

/// Arguments from which results stay the same for a while, next to powers of two and elsewhere.
std::vector<Float> starts_of_runs(const Function& f, const Format& format) {
  std::vector<Float> starts;
  for (const Call& call : cases_at_binades(f, format, Rounding::nearest).calls)
    starts.push_back(call.x);
  Points draws(f, format, 31);
  for (int i = 0; i < points(40); ++i) starts.push_back(draws.draw().x);
  return starts;
}

TEST_P(OnEveryLevel, TellsARunOfOneResultByItsEnds) {
  RunsTold told;
  Random random(37);
  for (const Function* f : functions_with_kernel)
    for (const Format* format : formats_with_kernel)
      for (const Float first : starts_of_runs(*f, *format)) {
        const Rounding rounding = all_roundings[static_cast<std::size_t>(random.between(0, 3))];
        const auto filter = BulkFilter::of(*f, *format, rounding);
        try_runs(
            *f, first, rounding, random,
            [](Float x) {
              return Call{x, {}};
            },
            [&](double from, double to, double y, const BulkFilter::Wanted& wanted) {
              return filter->pass_alike(from, to, y, wanted);
            },
            told);
      }
  EXPECT_GT(told.right, 1000U);
  EXPECT_GT(told.wrong, 1000U);
  EXPECT_GT(told.far, 100U);
  EXPECT_GT(told.nowhere, 100U);
}

INSTANTIATE_TEST_SUITE_P(BulkFilter, OnEveryLevel,
                         ::testing::ValuesIn(hwy::SupportedAndGeneratedTargets()), level_name);

}  // namespace
}  // namespace napier
