// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "props/domain/domain.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <set>
#include <string_view>

#include "lib/target/catalogue.hpp"
#include "oracles/oracle.hpp"
#include "props/domain/base_sampler.hpp"
#include "props/domain/call_domain.hpp"
#include "props/domain/exponent_range.hpp"
#include "tests/props/support.hpp"

namespace napier {
namespace {

using namespace testing_support;

/// x·ln a of a call, to aim by.
double exponent_of(const Subject& subject, const Point& point) {
  const Float last = point.args[point.count - 1];
  if (is_infinite(last)) return is_negative(last) ? -INFINITY : INFINITY;
  if (!subject.has_base_argument())
    return to_double(exact_value(point.args[0])) * log_of_fixed_base(subject.power().base);
  return to_double(exact_value(point.args[1])) * approximate_log(point.args[0]);
}

Target honest(const Function& function, const Format& format) {
  return correctly_rounded_target(function, format, claim_correctly_rounded());
}

TEST(Domain, YieldsPointsInEveryStratumOfEveryProperty) {
  for (const Function* function : powers)
    for (const Format* format : formats) {
      const Target target = honest(*function, *format);
      const Subject subject(target, Rounding::nearest);
      for (const Property& property : all_properties()) {
        if (!property.inapplicable(subject).empty()) continue;
        const Domain domain = property.where.domain(subject);
        for (std::uint32_t i = 0; i < domain.strata.size(); ++i) {
          const std::uint64_t tries = domain.strata[i].size != 0 ? domain.strata[i].size : 200;
          std::uint64_t found = 0;
          for (std::uint64_t index = 0; index < tries; ++index)
            if (domain.at(Seed{}, {1, i, index})) ++found;
          EXPECT_GE(2 * found, tries) << property.name << " of " << target.name << ": "
                                      << domain.strata[i].name << " yields " << found;
        }
      }
    }
}

TEST(Domain, GivesTheSamePointForTheSameAddress) {
  const Target target = honest(functions::pow, binary64);
  const Subject subject(target, Rounding::nearest);
  const Domain one = property_named("product", target).where.domain(subject);
  const Domain two = property_named("product", target).where.domain(subject);
  for (std::uint64_t i = 0; i < 100; ++i) {
    const Address address{property_key("product"), 0, i};
    EXPECT_EQ(one.at(Seed{1}, address), two.at(Seed{1}, address));
    EXPECT_NE(one.at(Seed{1}, address), one.at(Seed{2}, address));
  }
}

TEST(Domain, KeepsEveryCallInsideTheClaim) {
  for (const Function* function : {&functions::exp, &functions::pow}) {
    Target target = honest(*function, binary64);
    target.claim.domain = {.x = {0.5, 8}, .y = {-3, 20}};
    const Subject subject(target, Rounding::nearest);
    for (const Property& property : all_properties()) {
      if (!property.inapplicable(subject).empty()) continue;
      const auto points = points_of(property, subject, 500);
      const bool needs_more = property.name == "reciprocal" || property.name == "zeroth_power";
      if (needs_more && function == &functions::exp) {
        EXPECT_TRUE(points.empty()) << "neither 0 nor any −x is in [0.5, 8]";
        continue;
      }
      EXPECT_FALSE(points.empty()) << property.name << " of " << function->name;
      const bool hygiene = property.name == "returns" || property.name == "environment" ||
                           property.name == "deterministic" || property.name == "threads";
      if (hygiene) continue;  // asked everywhere
      for (const Point& point : points) {
        std::vector<Request> wanted;
        property.plan.add(subject, point, {}, wanted);
        for (const Request& request : wanted)
          EXPECT_TRUE(subject.covers(request)) << property.name << " at " << text(point);
      }
    }
  }
}

TEST(Domain, AsksIntegerExponentsOnlyOfWhoPromisesNoOthers) {
  Target target = honest(functions::pow, binary64);
  target.claim.domain = {.x = {}, .y = {-64, 64}, .integer_exponent = true};
  const Subject subject(target, Rounding::nearest);
  for (const Property* law : applicable_laws(subject)) {
    const auto points = points_of(*law, subject, 300);
    EXPECT_GE(points.size(), 100u) << law->name;
    for (const Point& point : points) {
      std::vector<Request> wanted;
      law->plan.add(subject, point, {}, wanted);
      for (const Request& request : wanted)
        EXPECT_TRUE(is_integer(request.call.y)) << law->name << " at " << text(point);
    }
  }
}

TEST(Domain, RefusesWhatALawSaysNothingOf) {
  const Target target = honest(functions::pow, binary64);
  const Subject subject(target, Rounding::nearest);
  const auto admits = [&](std::string_view law, const Point& point) {
    return property_named(law, target).where.domain(subject).admits(point);
  };
  constexpr double huge = std::numeric_limits<double>::max();
  EXPECT_TRUE(admits("product", point(2.0, 3.0, 0.5)));
  EXPECT_FALSE(admits("product", point(-2.0, 3.0, 0.5))) << "a negative base";
  EXPECT_FALSE(admits("product", point(0.0, 3.0, 0.5))) << "a base of 0";
  EXPECT_FALSE(admits("product", point(2.0, huge, huge))) << "x + y overflows";
  EXPECT_FALSE(admits("product", point(2.0, 3.0, double(INFINITY))));
  EXPECT_FALSE(admits("quotient", point(2.0, -huge, huge)));
  EXPECT_FALSE(admits("tower", point(2.0, huge, 2.0)));
  EXPECT_FALSE(admits("tower", point(2.0, 3.0, 0.0))) << "y = 0";
  EXPECT_TRUE(admits("slope", point(2.0, 3.0, 0.5)));
  EXPECT_TRUE(admits("slope", point(0.5, 3.0, -0.5)));
  EXPECT_FALSE(admits("slope", point(2.0, 3.0, -0.5))) << "h ln a < 0";
  EXPECT_FALSE(admits("slope", point(1.0, 3.0, 0.5))) << "a = 1";
  EXPECT_FALSE(admits("slope", point(2.0, 3.0, 0.0))) << "h = 0";
  EXPECT_FALSE(admits("slope", point(2.0, 1.0, 0x1p-60))) << "x + h is inexact";
  EXPECT_TRUE(admits("integer_power", point(3.0, 7.0)));
  EXPECT_FALSE(admits("integer_power", point(3.0, 0.5))) << "no number of factors";
  EXPECT_FALSE(admits("integer_power", point(3.0, -1.0)));
  EXPECT_FALSE(admits("integer_power", point(3.0, 1e300))) << "nobody multiplies that often";
}

TEST(Domain, AsksNoSubnormalArgumentsOfWhoMayFlushThem) {
  Target target = honest(functions::exp, binary64);
  target.claim.flushing = Flushing::may();
  const Subject subject(target, Rounding::nearest);
  const Domain domain = property_named("reciprocal", target).where.domain(subject);
  EXPECT_FALSE(domain.admits(point(0x1p-1074)));
  EXPECT_TRUE(domain.admits(point(0x1p-1022)));
}

// What share of a stratum's points has results that are normal and not 1.
TEST(CallDomain, AimsWhereItSaysItDoes) {
  for (const Function* function : powers)
    for (const Format* format : formats) {
      const Target target = honest(*function, *format);
      const Subject subject(target, Rounding::nearest);
      const ExponentRange range = exponent_range(*function, *format);
      const Domain domain = call_domain(subject);
      const double slack = std::abs(range.hi) * std::ldexp(1, -6);
      for (std::uint32_t i = 0; i < domain.strata.size(); ++i) {
        const std::string& stratum = domain.strata[i].name;
        std::uint64_t inside = 0;
        std::uint64_t drawn = 0;
        for (std::uint64_t index = 0; index < 400; ++index) {
          if (domain.strata[i].size != 0) break;
          const auto point = domain.at(Seed{}, {1, i, index});
          if (!point) continue;
          const double u = exponent_of(subject, *point);
          const double p = format->precision;
          ++drawn;
          inside += (stratum == "wide" && u >= range.lo - 1 && u <= range.hi + 1) ||
                    (stratum == "core" && std::abs(u) >= 0x1p-9 && std::abs(u) <= 9) ||
                    (stratum == "small" && std::abs(u) < 0.5 && std::abs(u) > std::exp2(-p - 1)) ||
                    (stratum == "tiny" && std::abs(u) < std::exp2(1 - p)) ||
                    (stratum == "near overflow" && std::abs(u - range.hi) <= slack) ||
                    (stratum == "gradual underflow" && u >= range.lo - 1 &&
                     u <= std::max(range.least_normal, range.lo + 1) + 1) ||
                    (stratum == "saturated" && (u > range.hi || u < range.lo));
        }
        const bool described = stratum == "wide" || stratum == "core" || stratum == "small" ||
                               stratum == "tiny" || stratum == "near overflow" ||
                               stratum == "gradual underflow" || stratum == "saturated";
        if (!described) continue;
        EXPECT_GE(double(inside), 0.97 * double(drawn)) << target.name << ": " << stratum;
      }
    }
}

TEST(CallDomain, HasTheSpecialArguments) {
  const auto xs = special_arguments(binary64);
  for (const Float x : {zero(binary64), zero(binary64, true), infinity(binary64),
                        infinity(binary64, true), min_subnormal(binary64), max_finite(binary64),
                        from_native(0x1p53), from_native(0x1p53 - 1), from_native(-3.0)})
    EXPECT_NE(std::ranges::find(xs, x), xs.end()) << to_hex(x);
  EXPECT_TRUE(std::ranges::any_of(xs, is_nan));
}

TEST(BaseSampler, ReachesOneAndTheEndsOfTheFormat) {
  for (const Format* format : formats) {
    int near_one = 0;
    int far = 0;
    int integers = 0;
    for (std::uint64_t i = 0; i < 2000; ++i) {
      Draw draw(Seed{}, {1, 0, i});
      const Float a = draw_base(draw, *format, {});
      ASSERT_TRUE(is_finite(a) && !is_negative(a) && !is_zero(a)) << to_hex(a);
      const double log = approximate_log(a);
      near_one += std::abs(log) < 0x1p-8 ? 1 : 0;
      far += std::abs(log) > 20 ? 1 : 0;
      integers += is_integer(a) && log < 3 && log > 0.5 ? 1 : 0;
      EXPECT_NEAR(log, std::log(to_double(exact_value(a))), 0x1p-40 * std::abs(log) + 0x1p-52);
    }
    EXPECT_GT(near_one, 100);
    EXPECT_GT(far, 200);
    EXPECT_GT(integers, 100);
  }
}

TEST(BaseSampler, KnowsTheBasesOfOtherFunctionsInEveryFormat) {
  for (const Format* format : formats) {
    const std::vector<Float> bases = bases_of_other_functions(*format);
    ASSERT_EQ(bases.size(), 9U);
    for (std::size_t i = 0; i < bases.size(); i += 3) {
      EXPECT_EQ(bases[i + 1], next_down(bases[i]));
      EXPECT_EQ(bases[i + 2], next_up(bases[i]));
    }
    EXPECT_EQ(bases[0], TrueValue(functions::exp, {from_integer(*format, 1), {}})
                            .rounded(*format, Rounding::nearest));
    EXPECT_EQ(bases[3], from_integer(*format, 2));
    EXPECT_EQ(bases[6], from_integer(*format, 10));
  }
}

/// Hundreds of exponents for the double nearest e, in accuracy and in every law.
TEST(BaseSampler, TheBasesOfOtherFunctionsAreAskedWithManyExponents) {
  const Target& target = *catalogue().find("libm/pow:binary64");
  const Subject subject(target, Rounding::nearest);
  const Float e = bases_of_other_functions(binary64)[0];
  for (const char* name : {"accuracy", "product", "reciprocal", "quotient", "tower", "slope"}) {
    const Property& property = *find_property(name, target);
    const Domain domain = property.where.domain(subject);
    std::set<Bits> exponents;
    for (const Portion& portion : portions(domain, 100'000))
      for (std::uint64_t i = 0; i < portion.count; ++i)
        if (const auto at = domain.at(Seed{}, {1, portion.stratum, portion.first + i}))
          if (at->args[0] == e) exponents.insert(at->args[1].bits);
    EXPECT_GT(exponents.size(), 300U) << name;
  }
}

TEST(BaseSampler, StaysInsideTheClaimWhereItCan) {
  for (const Range range : {Range{0.5, 8}, Range{2, 4}, Range{1e-30, 1e-20}}) {
    int inside = 0;
    for (std::uint64_t i = 0; i < 1000; ++i) {
      Draw draw(Seed{}, {1, 0, i});
      inside += contains(range, draw_base(draw, binary64, range)) ? 1 : 0;
    }
    EXPECT_GT(inside, 200) << range.lo << " " << range.hi;
  }
}

Stratum stratum(std::string name, std::uint64_t size, double weight) {
  return {std::move(name), size, weight, [](Draw&, std::uint64_t i) -> std::optional<Point> {
            return point(static_cast<double>(i));
          }};
}

std::map<std::uint32_t, std::uint64_t> counts_of(const Domain& domain, std::uint64_t budget) {
  std::map<std::uint32_t, std::uint64_t> counts;
  for (const Portion& portion : portions(domain, budget)) {
    EXPECT_EQ(portion.first, 0u);
    const Stratum& stratum = domain.strata[portion.stratum];
    EXPECT_TRUE(stratum.size == 0 || portion.count == stratum.size ||
                portion.count % stratum.walk == 0)
        << "part of a walk";
    EXPECT_TRUE(counts.emplace(portion.stratum, portion.count).second) << "a stratum twice";
  }
  return counts;
}

TEST(Portions, EnumerateWholeStrataAndShareTheRestByWeight) {
  Domain domain;
  domain.strata = {stratum("edges", 100, 1), stratum("wide", 0, 3), stratum("core", 0, 1)};
  using Counts = std::map<std::uint32_t, std::uint64_t>;
  EXPECT_EQ(counts_of(domain, 1100), (Counts{{0, 100}, {1, 750}, {2, 250}}));
  EXPECT_EQ(counts_of(domain, 120), (Counts{{0, 90}, {1, 22}, {2, 7}}));
  EXPECT_EQ(counts_of(domain, 40), (Counts{{0, 30}, {1, 7}, {2, 2}})) << "a quarter is drawn";
  EXPECT_EQ(counts_of(domain, 0), Counts{});
}

TEST(Portions, CutEnumeratedStrataEvenlyAndInWholeWalks) {
  Domain domain;
  domain.strata = {stratum("edges", 100, 1), stratum("every", 4096, 1), stratum("few", 3, 1)};
  using Counts = std::map<std::uint32_t, std::uint64_t>;
  EXPECT_EQ(counts_of(domain, 4199), (Counts{{0, 100}, {1, 4096}, {2, 3}}));
  EXPECT_EQ(counts_of(domain, 2100), (Counts{{0, 50}, {1, 2048}, {2, 1}}));
  domain.strata[1].walk = 1024;
  EXPECT_EQ(counts_of(domain, 2100), (Counts{{0, 50}, {1, 2048}, {2, 1}}));
  EXPECT_EQ(counts_of(domain, 2000), (Counts{{0, 47}, {1, 1024}, {2, 1}}));
  domain.strata[1].size = 4097;  // whole, its last walk is shorter
  EXPECT_EQ(counts_of(domain, 4200), (Counts{{0, 100}, {1, 4097}, {2, 3}}));
}

TEST(Portions, LeaveToTheOthersWhatAStratumHasNoUseFor) {
  Domain domain;
  domain.strata = {stratum("edges", 100, 1), stratum("wide", 0, 3), stratum("ties", 0, 1),
                   stratum("core", 0, 1)};
  domain.strata[2].most = 50;
  using Counts = std::map<std::uint32_t, std::uint64_t>;
  EXPECT_EQ(counts_of(domain, 200), (Counts{{0, 100}, {1, 60}, {2, 20}, {3, 20}}));
  EXPECT_EQ(counts_of(domain, 1150), (Counts{{0, 100}, {1, 750}, {2, 50}, {3, 250}}));
  domain.strata[3].most = 100;
  EXPECT_EQ(counts_of(domain, 1150), (Counts{{0, 100}, {1, 900}, {2, 50}, {3, 100}}));
  domain.strata[1].most = 200;
  EXPECT_EQ(counts_of(domain, 1150), (Counts{{0, 100}, {1, 200}, {2, 50}, {3, 100}}));
}

TEST(Portions, BeginWithThoseThatAreFirst) {
  Domain domain;
  domain.strata = {stratum("edges", 100, 1), stratum("wide", 0, 1), stratum("ends", 20, 1),
                   stratum("exact", 400, 1)};
  domain.strata[2].first = domain.strata[3].first = true;
  using Counts = std::map<std::uint32_t, std::uint64_t>;
  EXPECT_EQ(counts_of(domain, 2000), (Counts{{2, 20}, {3, 400}, {0, 100}, {1, 1480}}));
  EXPECT_EQ(counts_of(domain, 400), (Counts{{2, 20}, {3, 140}, {0, 100}, {1, 140}}));
  EXPECT_EQ(counts_of(domain, 12), (Counts{{2, 5}, {3, 2}, {0, 2}, {1, 3}}));
  EXPECT_EQ(counts_of(domain, 1), (Counts{{2, 1}}));
  EXPECT_EQ(portions(domain, 2000).front().stratum, 2U);
}

TEST(Portions, NeverExceedTheBudgetOrAStratum) {
  for (const Function* function : powers) {
    const Target target = honest(*function, binary64);
    const Subject subject(target, Rounding::nearest);
    for (const Property& property : all_properties()) {
      if (!property.inapplicable(subject).empty()) continue;
      const Domain domain = property.where.domain(subject);
      for (const std::uint64_t budget : {1u, 10u, 1000u, 10000u, 1000000u}) {
        std::uint64_t total = 0;
        for (const auto& [index, portion] : counts_of(domain, budget)) {
          total += portion;
          const std::uint64_t size = domain.strata[index].size;
          EXPECT_TRUE(size == 0 || portion <= size) << property.name;
        }
        EXPECT_LE(total, budget) << property.name;
        const bool endless =
            std::ranges::any_of(domain.strata, [](const Stratum& one) { return one.size == 0; });
        EXPECT_TRUE(!endless || total + domain.strata.size() >= budget) << property.name;
      }
    }
  }
}

/// Whatever an author may write: of negative numbers, of zero or of next to nothing, for functions
/// that have hardly a value there. Points are made or not; none aborts, and none is outside.
TEST(Domain, MayBeAnything) {
  const double inf = INFINITY;
  const Range odd[] = {{-20, -10},
                       {0, 0},
                       {-1, -0.5},
                       {-inf, -1e300},
                       {-inf, 0},
                       {-2, -2},
                       {-0x1p-1074, 0},
                       {0, 0x1p-1074},
                       {0x1p-1074, 0x1p-1073},
                       {1, 1},
                       {1e300, inf},
                       {-inf, inf},
                       {1 - 0x1p-53, 1 + 0x1p-52},
                       {1e-9, 2e-9}};
  const auto is_asked = [](const Function& function) {
    constexpr std::string_view some[] = {"exp",     "exp2m1",  "pow",    "log",
                                         "d_expm1", "d_pow_x", "d_pow_y"};
    return long_run() || std::ranges::find(some, function.name) != std::end(some);
  };
  for (const Function* function : all_functions()) {
    if (!is_asked(*function)) continue;
    for (std::size_t i = 0; i < std::size(odd); ++i)
      for (const std::size_t other : {0, 5}) {
        Target target = honest(*function, i % 2 == 0 ? binary64 : binary16);
        target.claim.domain.x = odd[i];
        if (function->arity == 2) target.claim.domain.y = odd[(i + other) % std::size(odd)];
        if (function->arity == 1 && other != 0) continue;
        const Subject subject(target, Rounding::nearest);
        for (const Property& property : all_properties()) {
          if (!property.inapplicable(subject).empty()) continue;
          const Domain domain = property.where.domain(subject);
          for (std::uint32_t stratum = 0; stratum < domain.strata.size(); ++stratum)
            for (std::uint64_t index = 0; index < 3; ++index) {
              const std::uint64_t size = domain.strata[stratum].size;
              if (size != 0 && index >= size) break;
              if (const auto at = domain.at(Seed{}, {1, stratum, index})) {
                EXPECT_TRUE(domain.admits(*at)) << property.name << " of " << target.name;
              }
            }
        }
      }
  }
}

}  // namespace
}  // namespace napier
