// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// Flags, errno and order are judged in blocks as they are case by case.
#include <bit>
#include <cerrno>
#include <cmath>
#include <map>

#include "props/domain/call_domain.hpp"
#include "props/judge/judge.hpp"
#include "tests/props/support.hpp"

namespace napier {
namespace {

using namespace testing_support;

void raise_overflow() {
  volatile float large = 0x1p100F;
  large = large * large;
}

// This machine's functions, and what a careless wrapper makes of them.
float honest_exp(float x) { return std::exp(x); }
float honest_log(float x) { return std::log(x); }
float silent_exp(float x) {
  const float y = std::exp(x);
  clear_flags();
  errno = errno_before;
  return y;
}
float loud_exp(float x) {
  if (std::bit_cast<std::uint32_t>(x) % 97 == 5) raise_overflow();
  if (std::bit_cast<std::uint32_t>(x) % 89 == 3) errno = EDOM;
  return std::exp(x);
}
float forgetful_exp(float x) {  // clears what the calls before it raised
  clear_flags();
  if (std::bit_cast<std::uint32_t>(x) % 97 == 5) raise_overflow();
  return std::exp(x);
}
float rough_exp(float x) {
  const auto bits = std::bit_cast<std::uint32_t>(x);
  const float y = std::exp(x);
  return bits % 53 == 7 ? std::nextafter(y, 0.0F) : bits % 301 == 7 ? -y : y;
}
float rough_log(float x) {
  const float y = std::log(x);
  return std::bit_cast<std::uint32_t>(x) % 53 == 7 ? y * 0.5F : y;
}
float honest_pow(float x, float y) { return std::pow(x, y); }
float silent_pow(float x, float y) {
  const float power = std::pow(x, y);
  clear_flags();
  errno = errno_before;
  return power;
}

/// Makes single calls only.
class SingleCalls final : public Caller {
 public:
  explicit SingleCalls(ScalarFunction function) : caller_(direct_caller(function)) {}
  void call(Rounding rounding, Observe observe, std::span<const Call> calls,
            std::span<Answer> answers) override {
    caller_->call(rounding, observe, calls, answers);
  }

 private:
  std::unique_ptr<Caller> caller_;
};

struct Mannered {
  const char* name;
  const Function& function;
  ScalarFunction code;
};
const Mannered mannered[] = {
    {"honest exp", functions::exp, &honest_exp},       {"silent exp", functions::exp, &silent_exp},
    {"forgetful exp", functions::exp, &forgetful_exp}, {"loud exp", functions::exp, &loud_exp},
    {"rough exp", functions::exp, &rough_exp},         {"honest log", functions::log, &honest_log},
    {"rough log", functions::log, &rough_log},         {"honest pow", functions::pow, &honest_pow},
    {"silent pow", functions::pow, &silent_pow}};

Claim strict() {
  Claim claim = claim_ulps(binary32, "1", "2");
  claim.monotone = claim.flags = claim.errno_values = true;
  return claim;
}

/// Runs of encodings at the places where something changes, and some anywhere.
std::vector<Portion> places(const Domain& domain) {
  if (domain.strata.size() > 1) return portions(domain, count(20'000, 400'000));
  std::vector<Portion> all;
  for (const float x : {0.0F, 0x1p-126F, 1.0F, 88.72F, 103.9F, 0x1.fffffep127F, -0.0F, -87.3F,
                        -103.97F, -0x1.fffffep127F, std::nanf("")}) {
    const std::uint64_t place = std::uint64_t(std::bit_cast<std::uint32_t>(x)) / 1024 * 1024;
    const std::uint64_t before = std::min<std::uint64_t>(place, 1024);
    all.push_back({0, place - before + 100, 2500});
  }
  for (std::uint64_t i = 0; i < 64; ++i) all.push_back({0, (i << 26) + 700, 1500});
  return all;
}

void expect_same_tallies(const Tally& whole, const Tally& single, const std::string& what) {
  EXPECT_EQ(whole.cases, single.cases) << what;
  EXPECT_EQ(whole.refuted, single.refuted) << what;
  EXPECT_EQ(whole.vacuous, single.vacuous) << what;
  EXPECT_EQ(whole.undecided_cap, single.undecided_cap) << what;
  EXPECT_EQ(whole.first_refuted.has_value(), single.first_refuted.has_value()) << what;
  if (whole.first_refuted && single.first_refuted) {
    EXPECT_EQ(whole.first_refuted->point, single.first_refuted->point) << what;
    EXPECT_EQ(whole.first_refuted->address, single.first_refuted->address) << what;
  }
}

/// The refuted cases of a property, judged both ways.
std::uint64_t refuted_of(const Mannered& one, const char* property_name, const Claim& claim,
                         Rounding rounding) {
  Target target = correctly_rounded_target(one.function, binary32, claim);
  const Subject subject(target, rounding);
  const Property& property = *find_property(property_name, target);
  if (!property.inapplicable(subject).empty()) return 0;
  const auto everywhere = property.where.every_point(subject);
  const Domain domain = everywhere ? *everywhere : property.where.domain(subject);
  const Property* const jury[] = {&property};
  const auto whole = direct_caller(one.code);
  SingleCalls singly(one.code);
  std::vector<Tally> at_once(1), one_by_one(1);
  for (const Portion& place : places(domain)) {
    judge_portion(jury, subject, domain, Seed{}, place, {whole.get(), nullptr}, at_once);
    judge_portion(jury, subject, domain, Seed{}, place, {&singly, nullptr}, one_by_one);
  }
  expect_same_tallies(
      at_once[0], one_by_one[0],
      std::string(one.name) + " " + property_name + " " + std::string(name(rounding)));
  EXPECT_GT(at_once[0].cases, 1000U) << one.name << " " << property_name;
  return at_once[0].refuted;
}

TEST(BlockManners, AreJudgedAsCaseByCase) {
  std::map<std::string, std::uint64_t> found;
  for (const Mannered& one : mannered)
    for (const char* property : {"flags", "errno", "monotone"})
      for (const Rounding rounding : {Rounding::nearest, Rounding::up}) {
        const std::uint64_t cases = refuted_of(one, property, strict(), rounding);
        if (rounding == Rounding::nearest) found[std::string(one.name) + " " + property] = cases;
      }
  for (const char* kept : {"honest exp flags", "honest exp errno", "honest exp monotone",
                           "honest log flags", "honest log errno", "honest log monotone"})
    EXPECT_EQ(found[kept], 0U) << kept;
  for (const char* broken : {"silent exp flags", "silent exp errno", "loud exp flags",
                             "forgetful exp flags", "loud exp errno", "rough exp monotone",
                             "rough log monotone", "silent pow flags", "silent pow errno"})
    EXPECT_GT(found[broken], 0U) << broken;
}

TEST(BlockManners, InsideAClaimedDomainAlone) {
  Claim claim = strict();
  claim.domain.x.lo = -50;
  claim.domain.x.hi = 89;
  for (const char* property : {"flags", "errno", "monotone"})
    for (const Mannered& one : {mannered[1], mannered[3]})
      refuted_of(one, property, claim, Rounding::nearest);
}

TEST(BlockManners, WhereSubnormalsMayFlush) {
  Claim claim = strict();
  claim.flushing = Flushing::may();
  for (const char* property : {"flags", "errno", "monotone"})
    for (const Mannered& one : {mannered[1], mannered[3]})
      refuted_of(one, property, claim, Rounding::nearest);
}

}  // namespace
}  // namespace napier
