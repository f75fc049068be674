// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "audit/target_string.hpp"

#include <gmock/gmock.h>

#include <cmath>

#include "tests/audit/isolation_support.hpp"

namespace napier {
namespace {

using namespace isolation_test;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

std::string refusal(const std::string& text, const SharedObjectOptions& options = {}) {
  try {
    (void)shared_object_target(text, options);
  } catch (const std::invalid_argument& error) {
    EXPECT_THAT(error.what(), Not(HasSubstr("\n")));
    return error.what();
  }
  return {};
}

SharedObjectOptions options(std::optional<std::string> function,
                            std::optional<std::string> format) {
  SharedObjectOptions made;
  made.function = std::move(function);
  made.format = std::move(format);
  made.worker = NAPIER_TEST_WORKER;
  return made;
}

TEST(TargetString, SplitsAtTheLastHash) {
  const SharedObject object = parse_shared_object("so:./odd#name.so#exp");
  EXPECT_EQ(object.path, "./odd#name.so");
  EXPECT_EQ(object.symbol, "exp");
  EXPECT_EQ(object.name(), "so:./odd#name.so#exp");
}

TEST(TargetString, NeedsAPathAndASymbol) {
  EXPECT_THAT(refusal("so:./libmine.so"), HasSubstr("symbol is missing"));
  EXPECT_THAT(refusal("so:./libmine.so#"), HasSubstr("symbol is missing after the #"));
  EXPECT_THAT(refusal("so:#exp"), HasSubstr("path is missing"));
  EXPECT_THAT(refusal("so:"), HasSubstr("so:PATH#SYMBOL"));
  EXPECT_THAT(refusal("libm/exp"), HasSubstr("no shared object"));
}

TEST(TargetString, ReadsWellKnownSymbols) {
  struct Row {
    const char* symbol;
    const Function& function;
    const Format& format;
  };
  using namespace functions;
  const Format& wide = *native_format<long double>;
  const Row rows[] = {
      {"exp", exp, binary64},
      {"expf", exp, binary32},
      {"expl", exp, wide},
      {"expf16", exp, binary16},
      {"expf32", exp, binary32},
      {"expf64x", exp, wide},
      {"expf128", exp, binary128},
      {"expq", exp, binary128},
      {"expbf16", exp, bfloat16},
      {"exp2", exp2, binary64},
      {"exp2f", exp2, binary32},
      {"exp10", exp10, binary64},
      {"exp10f16", exp10, binary16},
      {"pow10", exp10, binary64},
      {"pow10f", exp10, binary32},
      {"expm1", expm1, binary64},
      {"expm1f", expm1, binary32},
      {"exp2m1", exp2m1, binary64},
      {"exp10m1f", exp10m1, binary32},
      {"pow", pow, binary64},
      {"powf", pow, binary32},
      {"powl", pow, wide},
      {"logf", log, binary32},
      {"__expf_finite", exp, binary32},
      {"__powl_finite", pow, wide},
      {"__ieee754_exp", exp, binary64},
      {"__exp2f", exp2, binary32},
      {"cr_expm1f", expm1, binary32},
      {"Sleef_exp_u10", exp, binary64},
      {"Sleef_powf_u10", pow, binary32},
      {"Sleef_expd1_u10purec", exp, binary64},
      {"Sleef_expm1f1_u10purecfma", expm1, binary32},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(well_known(row.symbol).function, &row.function) << row.symbol;
    EXPECT_EQ(well_known(row.symbol).format, &row.format) << row.symbol;
  }
}

TEST(TargetString, GuessesNothingFromOtherNames) {
  for (const char* symbol : {"my_exp", "expo", "expff", "exp1", "d_exp", "log2", "powi", "_exp",
                             "exp_finite", "e", "__", "Sleef_exp"}) {
    EXPECT_EQ(well_known(symbol).function, nullptr) << symbol;
    EXPECT_EQ(well_known(symbol).format, nullptr) << symbol;
  }
}

TEST(TargetString, ReadsNamesOfVectorFunctions) {
  struct Row {
    const char* symbol;
    const Function& function;
    const char* shape;
  };
  using namespace functions;
  for (const Row& row : {Row{"_ZGVbN2v_exp", exp, "vector:__m128d"},
                         {"_ZGVcN4v_exp", exp, "vector:__m256d"},
                         {"_ZGVdN8v_expf", exp, "vector:__m256"},
                         {"_ZGVeN8v_exp2", exp2, "vector:__m512d"},
                         {"_ZGVeN16vv_powf", pow, "vector:__m512"},
                         {"Sleef_expd4_u10avx2", exp, "vector:__m256d"},
                         {"Sleef_expf16_u10", exp, "vector:__m512"},
                         {"Sleef_finz_expf4_u10sse4", exp, "vector:__m128"},
                         {"Sleef_exp10d8_u35avx512f", exp10, "vector:__m512d"},
                         {"Sleef_expm1d2_u10avx2128", expm1, "vector:__m128d"},
                         {"Sleef_powf8_u10", pow, "vector:__m256"}}) {
    const WellKnown known = well_known(row.symbol);
    EXPECT_EQ(known.function, &row.function) << row.symbol;
    ASSERT_TRUE(known.shape) << row.symbol;
    EXPECT_EQ(known.shape->text, row.shape) << row.symbol;
    EXPECT_EQ(known.format, &known.shape->vector->element) << row.symbol;
  }
  // Lanes that the instruction set does not have, masks, too few or too many arguments.
  for (const char* symbol : {"_ZGVbN4v_exp", "_ZGVdM4v_exp", "_ZGVdN4vv_exp", "_ZGVdN4v_pow",
                             "_ZGVdN4v_sin", "Sleef_expd1_u10avx2", "Sleef_expd3_u10avx2",
                             "Sleef_expd4_u10neon", "Sleef_expdx_u10sve", "_ZGV", "Sleef_"})
    EXPECT_EQ(well_known(symbol).function, nullptr) << symbol;
}

TEST(TargetString, RefusesAShapeThatDoesNotFit) {
  const auto with = [](const char* shape, const char* function = "exp",
                       const char* format = "binary64") {
    SharedObjectOptions made = options(function, format);
    made.shape = shape;
    return refusal("so:libm.so.6#exp", made);
  };
  EXPECT_THAT(with("x,y"), HasSubstr("n is missing"));
  EXPECT_THAT(with("x,y,n", "pow"), HasSubstr("a is missing"));
  EXPECT_THAT(with("vector:__m256d", "exp", "binary32"), HasSubstr("elements of binary64"));
  EXPECT_EQ(with("x,y,n"), "");
}

TEST(TargetString, SaysWhatItInferred) {
  const auto both = shared_object_target("so:libm.so.6#powf");
  EXPECT_EQ(both.target.name, "so:libm.so.6#powf");
  EXPECT_EQ(both.target.function, &functions::pow);
  EXPECT_EQ(both.target.format, &binary32);
  EXPECT_EQ(both.inferred,
            "so:libm.so.6#powf: by its name taken as --function pow --format binary32");
  const auto half = shared_object_target("so:libm.so.6#powf", options("pow", std::nullopt));
  EXPECT_THAT(half.inferred, AllOf(HasSubstr("--format binary32"), Not(HasSubstr("--function"))));
  const auto none = shared_object_target("so:libm.so.6#powf", options("pow", "binary32"));
  EXPECT_THAT(none.inferred, IsEmpty());
}

TEST(TargetString, LetsTheOptionsOverruleTheName) {
  const auto made = shared_object_target("so:./x.so#expf", options("d_exp2", "binary64"));
  EXPECT_EQ(made.target.function, &functions::d_exp2);
  EXPECT_EQ(made.target.format, &binary64);
}

TEST(TargetString, AsksForWhatTheNameDoesNotTell) {
  EXPECT_THAT(refusal("so:./x.so#my_exp"),
              AllOf(HasSubstr("--function, one of exp exp2"), HasSubstr("--format, one of")));
  EXPECT_THAT(refusal("so:./x.so#my_exp", options("exp", std::nullopt)),
              AllOf(Not(HasSubstr("--function")), HasSubstr("--format, one of binary16")));
}

TEST(TargetString, SuggestsTheNearestFunctionAndFormat) {
  EXPECT_THAT(refusal("so:./x.so#f", options("expn1", "binary64")),
              HasSubstr("nearest: expm1, exp"));
  EXPECT_THAT(refusal("so:./x.so#f", options("exp", "binary46")),
              HasSubstr("nearest: binary16, binary32, binary64;"));
  EXPECT_THAT(refusal("so:./x.so#f", options("exp", "double")), HasSubstr("double is binary64"));
}

TEST(TargetString, OpensNothingBeforeItIsAskedTo) {
  const auto made =
      shared_object_target("so:./no/such.so#exp", options(std::nullopt, std::nullopt));
  EXPECT_THAT(children_of(::getpid()), IsEmpty());
  EXPECT_THROW((void)made.target.open(), std::runtime_error);
}

TEST(TargetString, OpensACallerInAChild) {
  const auto made = shared_object_target("so:libm.so.6#exp", options(std::nullopt, std::nullopt));
  const auto caller = made.target.open();
  EXPECT_EQ(children_of(::getpid()).size(), 1U);
  EXPECT_EQ(answers_of(*caller, {2.0})[0].value, from_native(::exp(2)));
}

}  // namespace
}  // namespace napier
