// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// Calls that leave their surroundings in disorder, also where the next one puts that right: the
// guilty ones are found, all of them, and nobody else is.
#include <cerrno>
#include <cfenv>
#include <cmath>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

#include "lib/fp/native.hpp"
#include "props/domain/call_domain.hpp"
#include "props/judge/judge.hpp"
#include "tests/props/support.hpp"

namespace napier {
namespace {

constexpr std::uint64_t encodings_of_one = 0x3f800000;
constexpr std::uint64_t cases = 1 << 16;

float right_exp(float x) { return static_cast<float>(std::exp(double(x))); }
bool is_guilty(float x) { return (from_native(x).bits & 7) == 5; }

template <class T>
Target target_of(Unary<T> code, const Function& function = functions::exp) {
  Target target;
  target.name = "test/exp";
  target.function = &function;
  target.format = native_format<T>;
  target.claim = testing_support::claim_ulps(*target.format, "0.75", "1.25");
  target.open = [code] { return direct_caller(code); };
  return target;
}

/// Every encoding of [1, 1 + 2^-7], judged by these.
std::vector<Tally> judged(const Target& target, const std::vector<const char*>& names,
                          Rounding rounding = Rounding::nearest) {
  const Subject subject(target, rounding);
  std::vector<const Property*> jury;
  for (const char* name : names) jury.push_back(find_property(name, target));
  const Domain domain = every_call(subject).value();
  return judge_portion(jury, subject, domain, Seed{}, {0, encodings_of_one, cases},
                       {target.open().get(), nullptr});
}

/// Leaves a disorder after one argument in eight, and puts it right at its start.
struct Sin {
  const char* name;
  Unary<float> code;
  int in_modes = 4;  ///< the first ones
};

template <void (*repair)(), void (*spoil)()>
float sinful(float x) {
  repair();
  const float y = right_exp(x);
  if (is_guilty(x)) spoil();
  return y;
}
void nothing() {}
void to_nearest() { std::fesetround(FE_TONEAREST); }
void upward() { std::fesetround(FE_UPWARD); }

#if defined(__x86_64__)
void keep_subnormals() { _mm_setcsr(_mm_getcsr() & ~0x8040U); }
void flush() { _mm_setcsr(_mm_getcsr() | 0x8000); }
void mask() { _mm_setcsr(_mm_getcsr() | 0x1f80); }
void unmask_invalid() { _mm_setcsr(_mm_getcsr() & ~0x80U); }
void empty_stack() { __asm__ volatile("emms"); }
void push() { __asm__ volatile("fld1"); }
void use_mmx() { __asm__ volatile("pxor %%mm0, %%mm0" : : : "memory"); }
void forwards() { __asm__ volatile("cld"); }
void backwards() { __asm__ volatile("std"); }
#endif

const Sin sins[] = {
    {"leaves upward", sinful<nothing, upward>},
    {"leaves upward, repaired by the next", sinful<to_nearest, upward>, 1},
#if defined(__x86_64__)
    {"leaves flushing", sinful<nothing, flush>},
    {"leaves flushing, repaired by the next", sinful<keep_subnormals, flush>},
    {"leaves invalid unmasked", sinful<nothing, unmask_invalid>},
    {"leaves invalid unmasked, repaired by the next", sinful<mask, unmask_invalid>},
    {"leaves the x87 stack in use", sinful<nothing, push>},
    {"leaves the x87 stack in use, repaired by the next", sinful<empty_stack, push>},
    {"leaves MMX in use", sinful<nothing, use_mmx>},
    {"leaves MMX in use, repaired by the next", sinful<empty_stack, use_mmx>},
    {"leaves the direction flag", sinful<nothing, backwards>},
    {"leaves the direction flag, repaired by the next", sinful<forwards, backwards>},
#endif
};

/// What shows in arithmetic is found at every guilty call; what does not, where every call is read.
TEST(Surroundings, AreFoundInDisorderAfterTheGuiltyCallsAlone) {
  for (const Sin& sin : sins)
    for (int mode = 0; mode < sin.in_modes; ++mode) {
      const Rounding rounding = all_roundings[static_cast<std::size_t>(mode)];
      if (rounding == Rounding::up && sin.code == sins[0].code) continue;  // no disorder there
      const Target target = target_of(sin.code);
      const auto tallies = judged(target, {"accuracy", "deterministic", "environment"}, rounding);
      const std::string what = std::string(sin.name) + ", " + std::string(name(rounding));
      EXPECT_EQ(tallies[0].refuted, 0U) << what << ": accuracy";
      EXPECT_EQ(tallies[1].refuted, 0U) << what << ": deterministic";
      EXPECT_GE(tallies[2].refuted, cases / 8 / 16) << what;
      EXPECT_LE(tallies[2].refuted, cases / 8) << what;
      ASSERT_TRUE(tallies[2].first_refuted) << what;
      EXPECT_TRUE(is_guilty(to_native<float>(tallies[2].first_refuted->point.args[0]))) << what;
    }
}

TEST(Surroundings, EveryGuiltyCallIsFoundWhereArithmeticShowsIt) {
  for (const Sin& sin : std::span(sins).first(4)) {
    const auto tally = judged(target_of(sin.code), {"environment"})[0];
    EXPECT_EQ(tally.refuted, cases / 8) << sin.name;
  }
}

/// One call in eight, whatever it is asked.
float every_eighth(float x) {
  static thread_local unsigned calls = 0;
  std::fesetround(FE_TONEAREST);
  const float y = right_exp(x);
  if (++calls % 8 == 0) std::fesetround(FE_UPWARD);
  return y;
}
TEST(Surroundings, AreFoundInDisorderByTheNumberOfTheCall) {
  const auto tally = judged(target_of(every_eighth), {"environment"})[0];
  EXPECT_EQ(tally.refuted, cases / 8);
}

float zeroes_errno(float x) {
  if (is_guilty(x)) errno = 0;
  return right_exp(x);
}
TEST(Surroundings, TheCallsThatSetErrnoToZeroAreFound) {
  const auto tallies = judged(target_of(zeroes_errno), {"deterministic", "environment"});
  EXPECT_EQ(tallies[0].refuted, 0U);
  EXPECT_EQ(tallies[1].refuted, cases / 8);
}

/// Raises a flag wrongly at some arguments, and clears it at the start of every call.
template <int flag, std::uint32_t mask>
float clears_and_raises(float x) {
  std::feclearexcept(flag);
  const float y = right_exp(x);
  if ((from_native(x).bits & mask) == (0x1405 & mask)) std::feraiseexcept(flag);
  return y;
}
constexpr std::uint32_t often = 511;
/// In one block of eight, which none before it draws suspicion to, and never in a 16th one.
constexpr std::uint32_t rarely = 8191;

TEST(Surroundings, AFlagThatTheNextCallClearsIsSeen) {
  for (const Unary<float> code :
       {clears_and_raises<FE_OVERFLOW, often>, clears_and_raises<FE_INVALID, often>,
        clears_and_raises<FE_DIVBYZERO, often>, clears_and_raises<FE_OVERFLOW, rarely>,
        clears_and_raises<FE_INVALID, rarely>, clears_and_raises<FE_DIVBYZERO, rarely>,
        clears_and_raises<FE_OVERFLOW | FE_INEXACT, rarely>}) {
    Target target = target_of(code);
    target.claim.flags = true;
    const Tally alone = judged(target, {"flags"})[0];
    EXPECT_EQ(alone.refuted, cases) << "each lowers it";
    const auto beside = judged(target, {"accuracy", "deterministic", "environment", "flags"});
    EXPECT_EQ(beside[2].refuted, 0U) << "sticky flags are no hygiene";
    EXPECT_EQ(beside[3].refuted, cases);
  }
}

template <int flag>
float lowers(float x) {
  if (is_guilty(x)) std::feclearexcept(flag);
  return right_exp(x);
}
float holds_back(float x) {
  std::fenv_t before;
  std::feholdexcept(&before);
  std::feraiseexcept(FE_OVERFLOW | FE_INVALID | FE_DIVBYZERO);
  const float y = right_exp(x);
  std::feclearexcept(FE_ALL_EXCEPT);
  std::feupdateenv(&before);
  return y;
}
/// IEEE 754: a flag that is raised is lowered only at the user's request.
TEST(Surroundings, TheCallsThatLowerAFlagOfTheirCallerAreFound) {
  for (const Unary<float> code :
       {lowers<FE_OVERFLOW>, lowers<FE_INVALID>, lowers<FE_DIVBYZERO>, lowers<FE_ALL_EXCEPT>}) {
    Target target = target_of(code);
    target.claim.flags = true;
    for (const Rounding rounding : all_roundings) {
      const auto tallies = judged(target, {"accuracy", "deterministic", "flags"}, rounding);
      EXPECT_EQ(tallies[0].refuted, 0U);
      EXPECT_EQ(tallies[1].refuted, 0U);
      EXPECT_EQ(tallies[2].refuted, cases / 8);
      ASSERT_TRUE(tallies[2].first_refuted);
      EXPECT_TRUE(is_guilty(to_native<float>(tallies[2].first_refuted->point.args[0])));
    }
  }
}
TEST(Surroundings, NobodyIsAccusedWhoPutsTheFlagsBackOrLowersWhatIsNotJudged) {
  for (const Unary<float> code : {holds_back, lowers<FE_INEXACT | FE_UNDERFLOW>}) {
    Target target = target_of(code);
    target.claim.flags = true;
    for (const Tally& tally : judged(target, {"accuracy", "deterministic", "flags"}))
      EXPECT_EQ(tally.refuted, 0U);
  }
}

template <int flag>
float heeds(float x) {
  const bool was_raised = std::fetestexcept(flag) != 0;
  return was_raised ? 2 * right_exp(x) : right_exp(x);
}
/// Results must not depend on what an earlier call, of whatever function, has raised.
TEST(Surroundings, AResultThatDependsOnAFlagIsNotTheSameTwice) {
  struct Row {
    Unary<float> code;
    int flag;
  };
  for (const auto& [code, flag] :
       {Row{heeds<FE_OVERFLOW>, FE_OVERFLOW}, Row{heeds<FE_UNDERFLOW>, FE_UNDERFLOW},
        Row{heeds<FE_INVALID>, FE_INVALID}, Row{heeds<FE_DIVBYZERO>, FE_DIVBYZERO}}) {
    Target target = target_of(code);
    target.claim.flags = true;
    EXPECT_GT(judged(target, {"accuracy", "deterministic", "flags"})[1].refuted, 0U) << flag;
    if (flag != FE_UNDERFLOW) {  // which is raised before every block
      EXPECT_GT(judged(target, {"deterministic"})[0].refuted, 0U) << flag;
    }
  }
}

float innocent(float x) { return right_exp(x); }
TEST(Surroundings, OfAnInnocentFunctionAreInOrder) {
  Target target = target_of(innocent);
  target.claim.flags = true;
  for (const Rounding rounding : {Rounding::nearest})
    for (const Tally& tally :
         judged(target, {"accuracy", "deterministic", "environment", "flags"}, rounding)) {
      EXPECT_EQ(tally.cases, cases);
      EXPECT_EQ(tally.refuted, 0U);
    }
}

// Case by case: there are no blocks of binary80.

bool is_guilty(long double x) { return std::fabs(x) > 1; }
template <void (*spoil)()>
long double late_sinner(long double x) {
  long double y = std::exp(x);
  __asm__ volatile("" : "+m"(y));  // off the x87 stack, which may be spoiled
  if (is_guilty(x)) spoil();
  return y;
}
TEST(Surroundings, NoCaseSuffersFromTheOneBefore) {
  const Unary<long double> codes[] = {
    late_sinner<upward>,
#if defined(__x86_64__)
    late_sinner<push>
#endif
  };
  for (const Unary<long double> code : codes) {
    Target target = target_of(code);
    target.claim = testing_support::claim_ulps(binary80, "1.5", "2");
    const Subject subject(target, Rounding::nearest);
    for (const char* name : {"accuracy", "deterministic", "environment"}) {
      const Property& property = *find_property(name, target);
      const auto caller = target.open();
      Tally tally;
      for (const Portion& portion : portions(property.where.domain(subject), 4000))
        tally.merge(judge_portion(property, subject, property.where.domain(subject), Seed{},
                                  portion, {caller.get(), nullptr}));
      if (std::string_view(name) == "environment")
        EXPECT_GT(tally.refuted, 500U);
      else
        EXPECT_EQ(tally.refuted, 0U) << name;
    }
  }
}

long double lowers_one(long double x) {
  if (is_guilty(x)) std::feclearexcept(FE_OVERFLOW);
  return std::exp(x);
}
TEST(Surroundings, TheCallsThatLowerAFlagAreFoundCaseByCase) {
  Target target = target_of<long double>(lowers_one);
  target.claim.flags = true;
  const Subject subject(target, Rounding::nearest);
  const Property& flags = *find_property("flags", target);
  const Domain domain = flags.where.domain(subject);
  const auto caller = target.open();
  Tally tally;
  for (const Portion& portion : portions(domain, 4000))
    tally.merge(judge_portion(flags, subject, domain, Seed{}, portion, {caller.get(), nullptr}));
  EXPECT_GT(tally.refuted, 500U);
  ASSERT_TRUE(tally.first_refuted);
  EXPECT_TRUE(is_guilty(to_native<long double>(tally.first_refuted->point.args[0])));
  const Confirmed confirmed = confirm(flags, subject, tally.first_refuted->point,
                                      {caller.get(), nullptr}, tally.first_refuted->answers);
  EXPECT_TRUE(confirmed.repeatable);
  EXPECT_EQ(confirmed.witness.fault, "lowered overflow, which had been raised before it");
}

double upward_now_and_then(double x) {
  const double y = static_cast<double>(std::exp(static_cast<long double>(x)));
  if ((from_native(x).bits & 7) == 5) std::fesetround(FE_UPWARD);
  return y;
}
TEST(Surroundings, NoLawSuffersFromTheCallBefore) {
  const Target target = target_of<double>(upward_now_and_then);
  const Subject subject(target, Rounding::nearest);
  for (const char* name : {"product", "reciprocal", "own_slope"}) {
    const Property& law = *find_property(name, target);
    const auto caller = target.open();
    for (const Portion& portion : portions(law.where.domain(subject), 4000))
      EXPECT_EQ(judge_portion(law, subject, law.where.domain(subject), Seed{}, portion,
                              {caller.get(), nullptr})
                    .refuted,
                0U)
          << name;
  }
}

}  // namespace
}  // namespace napier
