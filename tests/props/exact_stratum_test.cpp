// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// The stratum of exact results holds them, and, where it is enumerated, all of them.
#include "props/domain/exact_stratum.hpp"

#include <algorithm>
#include <map>

#include "oracles/exact_cases.hpp"
#include "tests/props/support.hpp"

namespace napier {
namespace {

using namespace testing_support;

enum class Place { elsewhere, datum, midpoint };

/// Where f(call) lies among the data of the format: by what the oracle holds as exact, rounded.
Place place_of(const Function& function, const Format& format, const Call& call) {
  if (!exact_case(function, call)) return Place::elsewhere;
  TrueValue truth(function, call);
  const Float down = truth.rounded(format, Rounding::down).value();
  const Float up = truth.rounded(format, Rounding::up).value();
  if (down == up) return is_finite(down) ? Place::datum : Place::elsewhere;
  if (is_infinite(down) || is_infinite(up)) return Place::elsewhere;
  const Dyadic middle = add(exact_value(down), exact_value(up)).scaled(-1);
  return truth.compare(middle) == Position::equal ? Place::midpoint : Place::elsewhere;
}

const std::array all_formats{&binary16, &bfloat16, &binary32, &binary64, &binary80, &binary128};
const std::array exact_functions{&functions::exp2, &functions::exp10, &functions::exp2m1,
                                 &functions::exp10m1};

TEST(ExactStratum, HoldsNothingButExactResultsAndMidpoints) {
  for (const Function* function : exact_functions)
    for (const Format* format : all_formats)
      for (const Float x : exact_arguments(*function, *format)) {
        if (is_zero(x)) continue;  // a special case
        EXPECT_NE(place_of(*function, *format, {x, {}}), Place::elsewhere)
            << function->name << ' ' << format->name << ' ' << to_hex(x);
      }
}

TEST(ExactStratum, LacksNoArgumentOfAFormatOf16Bits) {
  for (const Function* function : exact_functions)
    for (const Format* format : {&binary16, &bfloat16}) {
      const auto known = exact_arguments(*function, *format);
      for (Bits bits = 0; bits < (Bits(1) << 16); ++bits) {
        const Float x{bits, format};
        if (!is_finite(x) || is_zero(x)) continue;
        if (place_of(*function, *format, {x, {}}) == Place::elsewhere) continue;
        EXPECT_NE(std::ranges::find(known, x), known.end())
            << function->name << ' ' << format->name << ' ' << to_hex(x);
      }
    }
}

TEST(ExactStratum, ReachesAsFarAsTheTableOfExactCasesSays) {
  const auto ends = [](const Function& function, const Format& format) {
    const auto xs = exact_arguments(function, format);
    return std::pair(to_double(exact_value(xs.front())), to_double(exact_value(xs.back())));
  };
  using Ends = std::pair<double, double>;
  EXPECT_EQ(ends(functions::exp2, binary64), Ends(-1075, 1023));
  EXPECT_EQ(ends(functions::exp2, binary128), Ends(-16'495, 16'383));
  EXPECT_EQ(ends(functions::exp10, binary32), Ends(0, 10));
  EXPECT_EQ(ends(functions::exp10, binary64), Ends(0, 23));
  EXPECT_EQ(ends(functions::exp10, binary80), Ends(0, 27));
  EXPECT_EQ(ends(functions::exp10, binary128), Ends(0, 49));
  EXPECT_EQ(ends(functions::exp2m1, binary80), Ends(-65, 65));
  EXPECT_EQ(ends(functions::exp10m1, bfloat16), Ends(0, 2));
  EXPECT_EQ(ends(functions::exp10m1, binary64), Ends(0, 16));
  EXPECT_EQ(ends(functions::exp10m1, binary128), Ends(0, 34));
}

TEST(ExactStratum, GoesThroughAllArgumentsHoweverManyThereAre) {
  for (const Format* format : {&binary64, &binary80}) {
    const auto stratum = exact_argument_stratum(functions::exp2, *format).value();
    const auto xs = exact_arguments(functions::exp2, *format);
    EXPECT_EQ(stratum.size, format == &binary64 ? xs.size() : 0);
    std::vector<Bits> seen;
    seen.reserve(xs.size());
    Draw draw(Seed{}, Address{});
    for (std::uint64_t i = 0; i < xs.size(); ++i)
      seen.push_back(stratum.make(draw, i).value().args[0].bits);
    std::ranges::sort(seen);
    EXPECT_EQ(std::ranges::adjacent_find(seen), seen.end()) << format->name;
  }
  EXPECT_FALSE(exact_argument_stratum(functions::exp, binary64));
  EXPECT_FALSE(exact_argument_stratum(functions::log, binary64));
}

TEST(ExactStratum, OfSmallPowersHoldsDataAloneTheSmallestFirst) {
  for (const Format* format : all_formats) {
    const Stratum stratum = small_power_stratum(*format);
    Draw draw(Seed{}, Address{});
    std::vector<std::pair<Bits, Bits>> seen;
    for (std::uint64_t i = 0; i < stratum.size; ++i) {
      const Point at = stratum.make(draw, i).value();
      const Call call = at.call();
      EXPECT_EQ(place_of(functions::pow, *format, call), Place::datum)
          << format->name << ' ' << text(at);
      seen.emplace_back(call.x.bits, call.y.bits);
    }
    std::ranges::sort(seen);
    EXPECT_EQ(std::ranges::adjacent_find(seen), seen.end()) << format->name;
  }
}

/// What it says of itself, in integer arithmetic that has nothing in common with its own.
TEST(ExactStratum, OfSmallPowersLacksNoPairOfIntegersUpTo128) {
  for (const Format* format : all_formats) {
    const Stratum stratum = small_power_stratum(*format);
    Draw draw(Seed{}, Address{});
    std::map<std::pair<std::int64_t, std::int64_t>, bool> asked;
    const auto whole = [](Float x) { return static_cast<std::int64_t>(to_double(exact_value(x))); };
    for (std::uint64_t i = 0; i < stratum.size; ++i) {
      const Point at = stratum.make(draw, i).value();
      if (is_integer(at.args[0]) && is_integer(at.args[1]))
        asked[{whole(at.args[0]), whole(at.args[1])}] = true;
    }
    for (std::int64_t x = 2; x <= 128; ++x)
      for (std::int64_t y = -128; y <= 128; ++y) {
        const auto exponent = exactly(*format, Dyadic::of_integer(y));
        if (y == 0 || !exponent) continue;
        const Call call{from_integer(*format, x), *exponent};
        if (place_of(functions::pow, *format, call) != Place::datum) continue;
        EXPECT_TRUE((asked[{x, y}])) << format->name << ' ' << x << '^' << y;
        EXPECT_TRUE((asked[{-x, y}])) << format->name << " (-" << x << ")^" << y;
      }
  }
}

TEST(ExactStratum, OfPowersHoldsEveryKindAndNothingElse) {
  for (const Format* format : all_formats) {
    Domain domain;
    domain.strata.push_back(exact_power_stratum(*format));
    std::map<std::string, int> kinds;
    for (const Point& at : points_of(domain, "calls", count(2000, 50'000))) {
      const Call call{at.args[0], at.args[1]};
      const Place place = place_of(functions::pow, *format, call);
      EXPECT_NE(place, Place::elsewhere) << format->name << ' ' << text(at);
      const Float result = TrueValue(functions::pow, call).rounded(*format, Rounding::zero).value();
      const bool subnormal = is_zero(result) || classify(result) == FloatClass::subnormal;
      ++kinds[std::string(subnormal ? "subnormal " : "normal ") +
              (place == Place::midpoint ? "midpoint" : "datum")];
      kinds["root"] += is_integer(at.args[1]) ? 0 : 1;
      kinds["negative base"] += is_negative(at.args[0]) ? 1 : 0;
      kinds["inverse"] += is_negative(at.args[1]) ? 1 : 0;
    }
    for (const char* kind : {"normal datum", "normal midpoint", "subnormal datum",
                             "subnormal midpoint", "root", "negative base", "inverse"})
      EXPECT_GE(kinds[kind], 40) << kind << " in " << format->name;
  }
}

}  // namespace
}  // namespace napier
