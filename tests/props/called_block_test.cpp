// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// Judging a block at once gives the tally that judging its cases one by one gives.
#include "props/property/called_block.hpp"

#include "props/domain/call_domain.hpp"
#include "props/property/property.hpp"
#include "tests/props/support.hpp"
#include "tests/props/tally_support.hpp"

namespace napier {
namespace {

using testing_support::claim_correctly_rounded;
using testing_support::claim_faithful;
using testing_support::claim_ulps;
using testing_support::correctly_rounded_target;
using testing_support::count;
using testing_support::expect_same;
using testing_support::Fault;

/// Makes whole blocks of the calls that another makes one by one.
class Whole final : public Caller {
 public:
  explicit Whole(const Target& target) : caller_(target.open()), format_(*target.format) {}
  void call(Rounding rounding, Observe observe, std::span<const Call> calls,
            std::span<Answer> answers) override {
    caller_->call(rounding, observe, calls, answers);
  }
  std::optional<BlockEffects> call_block(Rounding rounding, const CallBlock& block) override {
    std::vector<Call> calls;
    calls.reserve(block.x.size());
    for (std::size_t i = 0; i < block.x.size(); ++i)
      calls.push_back(
          {{block.x[i], &format_}, block.y.empty() ? Float{} : Float{block.y[i], &format_}});
    std::vector<Answer> answers(calls.size());
    caller_->call(rounding, Observe::values, calls, answers);
    for (std::size_t i = 0; i < calls.size(); ++i)
      block.results[i] = static_cast<std::uint64_t>(answers[i].value.bits);
    ++blocks;
    return effects;
  }
  int blocks = 0;
  BlockEffects effects;

 private:
  std::unique_ptr<Caller> caller_;
  const Format& format_;
};

struct Named {
  const char* name;
  Fault fault;
};
const Named faults[] = {
    {"none", {}},
    {"a step now and then",
     [](const Call& call, Float y) {
       return (call.x.bits ^ call.y.bits) % 11 == 3 && is_finite(y) ? step(y, 1) : y;
     }},
    {"below powers of two",
     [](const Call&, Float y) {
       const bool power = is_finite(y) && !is_zero(y) && exact_value(y).reduced().significand == 1;
       return power ? next_down(y) : y;
     }},
    {"NaN and the other sign now and then",
     [](const Call& call, Float y) {
       const auto place = (call.x.bits + call.y.bits) % 61;
       return place == 5 ? quiet_nan(*y.format) : place == 7 ? negated(y) : y;
     }},
    {"inf from half the range on",
     [](const Call&, Float y) {
       const bool large =
           is_finite(y) && !is_zero(y) && exact_value(y).binade() >= y.format->max_exponent - 1;
       return large ? infinity(*y.format, is_negative(y)) : y;
     }},
    {"always far off", [](const Call&, Float y) { return is_finite(y) ? step(y, 9) : y; }},
    {"NaN from 1 on",
     [](const Call& call, Float y) {
       const Float& x = call.y.format != nullptr ? call.y : call.x;
       return is_nan(x) || ordinal(x) < ordinal(from_integer(*x.format, 1)) ? y
                                                                            : quiet_nan(*y.format);
     }},
    {"flushes", [](const Call&, Float y) {
       return classify(y) == FloatClass::subnormal ? zero(*y.format, is_negative(y)) : y;
     }}};

const Function* const asked_functions[] = {
    &functions::exp,    &functions::exp2,    &functions::exp10, &functions::expm1,
    &functions::exp2m1, &functions::exp10m1, &functions::log,   &functions::pow};

void compare_on(const Function& function, const Format& format, const Claim& claim,
                const Named& fault, Rounding rounding) {
  const Target target = correctly_rounded_target(function, format, claim, fault.fault);
  const Subject subject(target, rounding);
  const Domain domain = call_domain(subject);
  const Property* const jury[] = {find_property("accuracy", target),
                                  find_property("deterministic", target),
                                  find_property("returns", target)};
  constexpr std::size_t asked = std::size(jury);
  Whole whole(target);
  const auto singly = target.open();
  std::vector<Tally> at_once(asked), one_by_one(asked);
  for (const Portion& portion : portions(domain, count(2000, 100'000))) {
    // Split where a walk is under way: that makes no difference either.
    const std::uint64_t first = portion.count * 2 / 5;
    for (const auto& [begin, size] :
         {std::pair{std::uint64_t{0}, first}, std::pair{first, portion.count - first}}) {
      const Portion part{portion.stratum, portion.first + begin, size};
      judge_portion(jury, subject, domain, Seed{}, part, {&whole, nullptr}, at_once);
      judge_portion(jury, subject, domain, Seed{}, part, {singly.get(), nullptr}, one_by_one);
    }
  }
  EXPECT_GT(whole.blocks, 0);
  const std::string what = std::string(function.name) + " " + std::string(format.name) + ", " +
                           fault.name + ", " + std::string(name(rounding));
  for (std::size_t i = 0; i < asked; ++i) expect_same(at_once[i], one_by_one[i], what);
}

class CalledBlocks : public testing::TestWithParam<const Function*> {};
INSTANTIATE_TEST_SUITE_P(Of, CalledBlocks, testing::ValuesIn(asked_functions),
                         [](const auto& named) { return std::string(named.param->name); });

TEST_P(CalledBlocks, GiveTheTallyOfTheirCases) {
  int turn = 0;
  for (const Format* format : {&binary16, &bfloat16, &binary32, &binary64})
    for (const Named& fault : faults) {
      Claim somewhere = claim_ulps(*format, "0.5005", "1");
      somewhere.domain = {{0.375, 30}, {-7, 2.75}, false};
      const Claim claims[] = {claim_ulps(*format, "0.5005", "1"), claim_correctly_rounded(),
                              somewhere, claim_faithful(), Claim{}};
      // Every fault meets every mode and every claim in some format.
      const auto mode = static_cast<std::size_t>(turn % 4);
      compare_on(*GetParam(), *format, claims[static_cast<std::size_t>(turn / 3) % 5], fault,
                 all_roundings[mode]);
      ++turn;
    }
}

/// Some steps off, about as far as K ulp from the rounded value allows, next to powers of two too.
const Named few_steps_off{"some steps off", [](const Call& call, Float y) {
                            const auto bits = call.x.bits ^ (call.x.bits >> 7) ^ call.y.bits;
                            const auto steps = static_cast<Ordinal>(bits % 9) - 4;
                            return is_finite(y) ? step(y, steps) : y;
                          }};

TEST_P(CalledBlocks, CountUlpsFromTheRoundedValueAsTheirCasesDo) {
  for (const Format* format : {&binary16, &bfloat16, &binary32, &binary64})
    for (const char* k : {"1", "1.5", "2.3"}) {
      Claim claim;
      claim.max_ulp = parse_limit(k, *format, Metric::rounded);
      compare_on(*GetParam(), *format, claim, few_steps_off, Rounding::nearest);
    }
}

/// The tally of the accuracy of `count` cases from each index on, as blocks and as cases give it.
Tally tally_both_ways(const Target& target, Rounding rounding,
                      const std::vector<std::uint64_t>& starts, std::uint64_t count,
                      const std::string& what) {
  const Subject subject(target, rounding);
  const Domain domain = *every_call(subject);
  const Property* const jury[] = {find_property("accuracy", target)};
  Whole whole(target);
  const auto singly = target.open();
  std::vector<Tally> at_once(1), one_by_one(1);
  for (const std::uint64_t start : starts) {
    const Portion place{0, start, count};
    judge_portion(jury, subject, domain, Seed{}, place, {&whole, nullptr}, at_once);
    judge_portion(jury, subject, domain, Seed{}, place, {singly.get(), nullptr}, one_by_one);
  }
  expect_same(at_once[0], one_by_one[0], what + ", " + std::string(name(rounding)));
  return at_once[0];
}

/// The places of pairs, of a format of 16 bits, of each base with each exponent.
std::vector<std::uint64_t> pairs_of(const Format& format, const std::vector<double>& bases,
                                    const std::vector<std::uint64_t>& exponents) {
  std::vector<std::uint64_t> places;
  for (const double base : bases) {
    const auto x = round_to(format, Dyadic::of(base), Rounding::nearest);
    const auto bits = static_cast<std::uint64_t>(std::signbit(base) ? x.bits | 0x8000 : x.bits);
    for (const std::uint64_t exponent : exponents) places.push_back((bits << 16) + exponent);
  }
  return places;
}

TEST(CalledBlock, PowersOfEveryBaseGiveTheTallyOfTheirCases) {
  const auto places =
      pairs_of(binary16, {-2.0, -1.5, -0x1.004p0, -0x1.ffcp-1, -60000.0, -0.0, -1.0, 0x1.8p-9},
               {0x0000, 0x3c00, 0x4000, 0x6300, 0x7c00, 0xbc00, 0xc480});
  for (const Named& fault : faults)
    for (const Rounding rounding : all_roundings) {
      const Target target =
          correctly_rounded_target(functions::pow, binary16, claim_faithful(), fault.fault);
      EXPECT_GT(tally_both_ways(target, rounding, places, 200, fault.name).vacuous, 100U)
          << "fractions have no power of a negative base";
    }
}

/// What may become of long runs of one result.
const Named faults_in_runs[] = {
    {"none", {}},
    {"one of a run",
     [](const Call& call, Float y) {
       return call.x.bits % 1024 == 500 && is_finite(y) ? step(y, 1) : y;
     }},
    {"the last of a run",
     [](const Call& call, Float y) {
       return call.x.bits % 1024 == 1023 && is_finite(y) ? step(y, 1) : y;
     }},
    {"1 everywhere", [](const Call&, Float y) { return from_integer(*y.format, 1); }},
    {"NaN everywhere", [](const Call&, Float y) { return quiet_nan(*y.format); }},
    {"the largest number everywhere", [](const Call&, Float y) { return max_finite(*y.format); }},
    {"one step up", [](const Call&, Float y) { return is_finite(y) ? step(y, 1) : y; }}};

TEST(CalledBlock, RunsOfOneResultGiveTheTallyOfTheirCases) {
  std::uint64_t in_order = 0;
  std::size_t turn = 0;
  for (const Function* function : {&functions::exp, &functions::expm1, &functions::log})
    for (const Named& fault : faults_in_runs)
      for (const Rounding rounding : {Rounding::nearest, all_roundings[++turn % 4]}) {
        const Claim claim = rounding == Rounding::up ? Claim{} : claim_ulps(bfloat16, "0.75", "1");
        const Target target = correctly_rounded_target(*function, bfloat16, claim, fault.fault);
        const Tally tally = tally_both_ways(
            target, rounding, {0x0000, 0x3400, 0x3c00, 0x4400, 0x7c00, 0x8000, 0xc000}, 1024,
            std::string(function->name) + ", " + fault.name);
        in_order += tally.cases - tally.refuted;
      }
  EXPECT_GT(in_order, 100'000U);
}

/// Every exponent of some bases.
TEST(CalledBlock, RunsOfOneResultOfPowersGiveTheTallyOfTheirCases) {
  std::size_t turn = 0;
  for (const Named& fault : faults_in_runs) {
    const Rounding rounding = all_roundings[turn % 4];
    const Format& format = turn++ % 2 == 0 ? bfloat16 : binary16;
    const Claim claim = rounding == Rounding::up ? Claim{} : claim_ulps(format, "0.75", "1");
    const Target target = correctly_rounded_target(functions::pow, format, claim, fault.fault);
    const auto places =
        pairs_of(format, {0.5, 0x1.fep-1, 1.0, 1.0625, -3.0, 0x1p-14, 1e9},
                 {0x0000, 0x3800, 0x3c00, 0x4400, 0x6c00, 0x8000, 0xbc00, 0xe800, 0xfc00});
    EXPECT_GT(tally_both_ways(target, rounding, places, 1024, fault.name).vacuous, 1000U)
        << "fractions have no power of a negative base";
  }
}

TEST(CalledBlock, IsJudgedCaseByCaseWhereItsEffectsSayMore) {
  const Target target = correctly_rounded_target(functions::exp, binary32, claim_faithful());
  const Subject subject(target, Rounding::nearest);
  const Property* const jury[] = {find_property("environment", target)};
  const Domain domain = call_domain(subject);
  for (const BlockEffects effects : {BlockEffects{false, false}, BlockEffects{true, true}}) {
    Whole whole(target);
    whole.effects = effects;
    std::vector<Tally> tallies(1);
    judge_portion(jury, subject, domain, Seed{}, {2, 0, 2000}, {&whole, nullptr}, tallies);
    EXPECT_EQ(tallies[0].cases, 2000U);
    EXPECT_EQ(tallies[0].refuted, 0U);  // the single calls are innocent
  }
}

/// Whole blocks of a target that is no function of this process; how many were begun together.
class Begun final : public Caller {
 public:
  explicit Begun(const Target& target) : whole_(target) {}
  void call(Rounding rounding, Observe observe, std::span<const Call> calls,
            std::span<Answer> answers) override {
    whole_.call(rounding, observe, calls, answers);
  }
  std::optional<BlockEffects> call_block(Rounding rounding, const CallBlock& block) override {
    return whole_.call_block(rounding, block);
  }
  void begin_blocks(Rounding, std::span<const CallBlock> blocks) override {
    most = std::max(most, blocks.size());
  }
  std::size_t most = 0;

 private:
  Whole whole_;
};

TEST(CalledBlock, OfManyDomainsIsJudgedAsOfEach) {
  Target target = correctly_rounded_target(functions::exp, binary32,
                                           claim_ulps(binary32, "0.5", "0.5"), faults[1].fault);
  target.in_process = false;
  const Subject subject(target, Rounding::nearest);
  const Property& accuracy = *find_property("accuracy", target);
  std::vector<Domain> domains;
  for (const std::uint64_t size : {100, 1, 64, 300, 2}) {
    Domain all = call_domain(subject);
    Domain& one = domains.emplace_back();
    one.strata.push_back(std::move(all.strata[2]));
    one.strata.front().size = size;
  }
  Begun caller(target);
  std::vector<Tally> together(domains.size()), alone(domains.size());
  ASSERT_TRUE(judge_each(accuracy, subject, domains, Seed{}, {&caller, nullptr}, together));
  EXPECT_EQ(caller.most, domains.size());
  for (std::size_t i = 0; i < domains.size(); ++i) {
    const Portion whole{0, 0, domains[i].strata.front().size};
    alone[i] = judge_portion(accuracy, subject, domains[i], Seed{}, whole, {&caller, nullptr});
    EXPECT_EQ(together[i].cases, whole.count);
    EXPECT_GT(i == 0 ? together[i].refuted : 1, 0u);
    expect_same(together[i], alone[i], "a domain");
  }
}

/// The second time round every result is another.
class Fickle final : public Caller {
 public:
  void call(Rounding, Observe, std::span<const Call>, std::span<Answer>) override { FAIL(); }
  std::optional<BlockEffects> call_block(Rounding, const CallBlock& block) override {
    for (std::uint64_t& result : block.results) result = 0x3f800000 + turn_;
    ++turn_;
    return BlockEffects{};
  }

 private:
  std::uint64_t turn_ = 0;
};

TEST(CalledBlock, ShowsWhatIsNotTheSameTwice) {
  const Target target = correctly_rounded_target(functions::exp, binary32, Claim{});
  const Subject subject(target, Rounding::nearest);
  const Property* const jury[] = {find_property("deterministic", target)};
  Fickle fickle;
  std::vector<Tally> tallies(1);
  judge_portion(jury, subject, call_domain(subject), Seed{}, {2, 0, 500}, {&fickle, nullptr},
                tallies);
  EXPECT_EQ(tallies[0].refuted, 500U);
  EXPECT_EQ(tallies[0].first_refuted->address.index, 0U);
}

TEST(Walk, StaysAmongTheFiniteNumbersOfOneSign) {
  for (const Format* format : all_formats) {
    const Target target = correctly_rounded_target(functions::exp, *format, Claim{});
    const Subject subject(target, Rounding::nearest);
    const Domain domain = call_domain(subject);
    for (std::uint32_t i = 0; i < domain.strata.size(); ++i) {
      const std::uint64_t length = domain.strata[i].walk;
      for (std::uint64_t index = 0; length > 1 && index < 100 * length; index += length) {
        const Address address{1, i, index};
        const auto walk = domain.walk_at(Seed{}, address);
        ASSERT_TRUE(walk);
        const Float start = walk->start.args[0], end = walk->at(length - 1).args[0];
        EXPECT_EQ(is_negative(start), is_negative(end));
        EXPECT_TRUE(is_finite(end) || !is_finite(start)) << to_hex(start);
        for (const std::uint64_t steps : {std::uint64_t(0), std::uint64_t(1), length - 1}) {
          const auto point = domain.at(Seed{}, {1, i, index + steps});
          ASSERT_TRUE(point);
          EXPECT_EQ(*point, walk->at(steps));
        }
      }
    }
  }
}

}  // namespace
}  // namespace napier
