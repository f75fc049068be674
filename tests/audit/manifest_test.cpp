// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "audit/manifest.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "audit/campaign.hpp"
#include "audit/manifest/library.hpp"
#include "audit/profiles.hpp"

namespace napier {
namespace {

using testing::AllOf;
using testing::Contains;
using testing::ElementsAre;
using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

namespace fs = std::filesystem;

/// A manifest in a folder of its own.
class Manifests : public testing::Test {
 protected:
  Manifests() {
    std::string pattern = fs::temp_directory_path() / "napier-manifest-XXXXXX";
    folder_ = ::mkdtemp(pattern.data());
  }
  ~Manifests() override { fs::remove_all(folder_); }

  std::string written(const std::string& text, const std::string& name = "m.toml") const {
    std::ofstream(folder_ / name) << text;
    return folder_ / name;
  }
  std::vector<Candidate> read(const std::string& text) const {
    return manifest_candidates(written(text));
  }
  std::string refusal(const std::string& text) const {
    try {
      read(text);
    } catch (const std::invalid_argument& refused) {
      return refused.what();
    }
    return {};
  }

  fs::path folder_;
};

const std::string behaviours = "so:" NAPIER_BINARY_DIR "/fixtures/libisolation_behaviours.so";

TEST_F(Manifests, SayWhoIsTriedUnderWhichClaim) {
  const auto all = read(
      "[[target]]\ntarget = \"so:libm.so.6#expf\"\nclaim = \"ulp <= 1; monotone\"\n"
      "source = \"the manual\"\ncases = 7\nproperty = [\"accuracy\"]\nrounding = \"all\"\n"
      "note = \"a note\"\n");
  ASSERT_EQ(all.size(), 1u);
  const Candidate& one = all.front();
  EXPECT_EQ(one.target.function, &functions::exp);
  EXPECT_EQ(one.target.format, &binary32);
  EXPECT_EQ(describe(one.target.claim), "<= 1 ulp, monotone");
  EXPECT_EQ(one.target.claim.source, "the manual");
  EXPECT_EQ(one.claim_options, "--claim 'ulp <= 1; monotone'");
  EXPECT_EQ(one.cases, 7u);
  EXPECT_THAT(one.properties, ElementsAre("accuracy"));
  EXPECT_EQ(one.roundings.size(), 4u);
  EXPECT_THAT(one.notes, Contains("a note"));
  EXPECT_THAT(one.object, AnyOf(StartsWith("build-id:"), StartsWith("sha256:")));
  EXPECT_FALSE(one.expect);
}

TEST_F(Manifests, BudgetAndDomainAreWhatTheCommandLineHas) {
  const auto all = read(
      "[[target]]\ntarget = \"so:libm.so.6#exp\"\nclaim = \"ulp <= 1\"\nbudget = 9\n"
      "domain = \"-20,20\"\n[[target]]\ntarget = \"so:libm.so.6#pow\"\n"
      "domain = [\"x=0.5,2\", \"y=-3,3\"]\n");
  ASSERT_EQ(all.size(), 2u);
  EXPECT_EQ(all[0].cases, 9u);
  EXPECT_EQ(all[0].target.claim.domain.x, (Range{-20, 20}));
  EXPECT_EQ(all[0].claim_options, "--claim 'ulp <= 1' --domain=-20,20");
  EXPECT_EQ(all[1].target.claim.domain.y, (Range{-3, 3}));
  const std::string entry = "[[target]]\ntarget = \"so:libm.so.6#exp\"\n";
  EXPECT_THAT(refusal(entry + "budget = 1\ncases = 2\n"), HasSubstr("line 3"));
  EXPECT_THAT(refusal(entry + "domain = \"20,-20\"\n"), HasSubstr("write -20,20"));
  EXPECT_THAT(refusal(entry + "domain = \"1,2\"\nclaim = \"ulp <= 1 on [1, 3]\"\n"),
              HasSubstr("both say where it holds"));
}

TEST_F(Manifests, AWrongEntryKeepsNoOtherFromBeingTried) {
  const auto all = read(
      "[[target]]\ntarget = \"libm/exp:binary64\"\nproperty = \"special_values\"\n"
      "[[target]]\ntarget = \"so:libm.so.6#exp\"\nclaim = \"upl <= 1\"\n"
      "[[target]]\ntaget = \"libm/exp2:binary64\"\n");
  ASSERT_EQ(all.size(), 3u);
  EXPECT_EQ(all[0].failure, "");
  EXPECT_EQ(all[1].target.name, "so:libm.so.6#exp");
  EXPECT_THAT(all[1].failure, AllOf(HasSubstr("m.toml, line 6"), HasSubstr("'ulp <= K'")));
  EXPECT_THAT(all[2].failure, AllOf(HasSubstr("line 8"), HasSubstr("nearest: target")));
  const Report report = run_campaign(all, {.effort = Effort::quick});
  EXPECT_EQ(report.targets[0].verdict, TargetVerdict::stands);
  EXPECT_EQ(report.targets[1].verdict, TargetVerdict::failed);
  EXPECT_EQ(exit_code(report), 2);
}

TEST_F(Manifests, TheMostSpecialSentenceCountsAlone) {
  const std::string tables =
      "[expect]\nall = \"ulp <= 9\"\nbinary64 = \"ulp <= 8\"\nexp2 = \"ulp <= 7\"\n"
      "\"exp2:binary64\" = \"ulp <= 6\"\n[[target]]\ntarget = [\"libm/exp:binary32\", "
      "\"libm/exp:binary64\", \"libm/exp2:binary32\", \"libm/exp2:binary64\"]\n";
  std::vector<std::string> asked;
  for (const Candidate& one : read(tables)) asked.push_back(describe(*one.expect));
  EXPECT_THAT(asked, ElementsAre("<= 9 ulp", "<= 8 ulp", "<= 7 ulp", "<= 6 ulp"));
  asked.clear();
  for (const Candidate& one : read(tables + "expect = \"ulp <= 5\"\n"))
    asked.push_back(describe(*one.expect));
  EXPECT_THAT(asked, ElementsAre("<= 5 ulp", "<= 5 ulp", "<= 5 ulp", "<= 5 ulp"));
}

TEST_F(Manifests, GlobsMeanTheFunctionsWhoseNamesTell) {
  const auto all = read("[[target]]\ntarget = \"so:libm.so.6#exp*\"\nexclude = \"expm1*\"\n");
  std::vector<std::string> names;
  for (const Candidate& one : all) names.push_back(one.target.name);
  EXPECT_THAT(names, Contains("so:libm.so.6#exp2f"));
  EXPECT_THAT(names, Not(Contains(HasSubstr("expm1"))));
  EXPECT_THAT(refusal("[[target]]\ntarget = \"so:libm.so.6#expq*\"\n"),
              AllOf(HasSubstr("m.toml, line 2"), HasSubstr("nearest: exp")));
}

TEST_F(Manifests, PathsAreSeenFromTheirFolder) {
  fs::create_symlink(NAPIER_BINARY_DIR "/fixtures", folder_ / "lib");
  const auto all = read(
      "[[target]]\ntarget = \"so:lib/libisolation_behaviours.so#good_exp\"\nfunction = \"exp\"\n"
      "format = \"binary64\"\n");
  EXPECT_EQ(all.front().absent, "");
  EXPECT_THAT(all.front().target.name, EndsWith("/lib/libisolation_behaviours.so#good_exp"));
}

TEST_F(Manifests, WhatIsNotInstalledIsCountedAndChangesNothing) {
  auto all = read(
      "[[target]]\ntarget = [\"so:libnone.so.3#exp\", \"so:libnone.so.3#Sleef_*\"]\n"
      "package = \"libnone3\"\n[[target]]\ntarget = \"libm/exp:binary64\"\n"
      "property = \"special_values\"\n");
  ASSERT_EQ(all.size(), 3u);
  EXPECT_THAT(all[0].absent, AllOf(HasSubstr("libnone.so.3"), HasSubstr("libnone3")));
  const Report report = run_campaign(all, {.effort = Effort::quick});
  EXPECT_EQ(report.targets[0].verdict, TargetVerdict::absent);
  EXPECT_EQ(report.targets[1].verdict, TargetVerdict::absent);
  EXPECT_EQ(report.targets[2].verdict, TargetVerdict::stands);
  EXPECT_EQ(exit_code(report), 0);
  all.pop_back();
  EXPECT_EQ(exit_code(run_campaign(all, {.effort = Effort::quick})), 3);  // nothing was tested
}

TEST_F(Manifests, ClaimAndExpectationAreBothJudged) {
  const auto verdict_of = [&](const std::string& claims) {
    return run_campaign(read("[[target]]\ntarget = \"libm/exp:binary64\"\ncases = 20000\n"
                             "property = [\"accuracy\", \"monotone\"]\n" +
                             claims),
                        {.effort = Effort::quick})
        .targets.front();
  };
  const TargetResult short_of = verdict_of("claim = \"ulp <= 1\"\nexpect = \"ulp <= 0.5001\"\n");
  EXPECT_EQ(short_of.verdict, TargetVerdict::refuted);
  ASSERT_EQ(short_of.findings.size(), 1u);
  EXPECT_EQ(short_of.findings.front().basis, Basis::expectation);
  EXPECT_THAT(short_of.findings.front().replay, HasSubstr("0.5001"));
  const TargetResult broken = verdict_of("claim = \"ulp <= 0.5001\"\nexpect = \"ulp <= 1\"\n");
  ASSERT_EQ(broken.findings.size(), 1u);
  EXPECT_EQ(broken.findings.front().basis, Basis::claim);
  const TargetResult both = verdict_of("claim = \"ulp <= 1\"\nexpect = \"monotone\"\n");
  EXPECT_EQ(both.verdict, TargetVerdict::stands);
  for (const Measurement& m : both.measurements) EXPECT_TRUE(m.judged) << m.property;
}

TEST_F(Manifests, TheEnvironmentReachesTheTarget) {
  const std::string target =
      "[[target]]\ntarget = \"so:" NAPIER_BINARY_DIR
      "/fixtures/libmanifest_environment.so#environment_exp\"\nfunction = \"exp\"\n"
      "format = \"binary64\"\ncases = 5000\nproperty = \"accuracy\"\nclaim = \"ulp <= 1\"\n";
  // The tests' own program serves no targets: a worker does.
  const auto verdict_of = [&](const std::string& text) {
    auto all = read(text);
    SharedObjectOptions options;
    options.function = "exp", options.format = "binary64";
    options.worker = NAPIER_TEST_WORKER;
    options.environment = all.front().environment;
    const Claim claim = all.front().target.claim;
    all.front().target = shared_object_target(all.front().target.name, options).target;
    all.front().target.claim = claim;
    return run_campaign(all, {.effort = Effort::quick}).targets.front();
  };
  EXPECT_EQ(verdict_of(target).verdict, TargetVerdict::stands);
  const TargetResult worse = verdict_of(target + "environment = { NAPIER_TEST_WORSE = \"1\" }\n");
  EXPECT_EQ(worse.verdict, TargetVerdict::refuted);
  EXPECT_THAT(worse.environment, ElementsAre("NAPIER_TEST_WORSE=1"));
  EXPECT_THAT(worse.findings.front().replay, HasSubstr("--env NAPIER_TEST_WORSE=1"));
}

TEST_F(Manifests, CommandsAreSeenFromWhereWeAre) {
  const std::string of = "\"\nfunction = \"exp\"\nformat = \"binary64\"\npackage = \"p\"\n";
  const auto all = read("[[target]]\ntarget = \"exec:env A=1 sh {here}/my exp.sh" + of +
                        "[[target]]\ntarget = \"exec:no-such-program 1" + of);
  EXPECT_EQ(all[0].target.name, "exec:env A=1 sh " + folder_.string() + "/my exp.sh");
  EXPECT_EQ(all[0].absent, "");
  EXPECT_EQ(all[0].claim_options, "--function exp --format binary64");
  EXPECT_THAT(all[1].absent, AllOf(HasSubstr("no-such-program"), HasSubstr("package p")));
  EXPECT_THAT(refusal("[[target]]\ntarget = \"exec:sh" + of + "environment = { A = \"1\" }\n"),
              HasSubstr("write exec:env"));
  EXPECT_THAT(refusal("[[target]]\ntarget = \"exec:sh\"\n"), HasSubstr("--function"));
}

TEST_F(Manifests, KnownIssuesAreReadFromTheirFolder) {
  written(
      "[[known_issue]]\ntarget = \"libm/exp:binary64\"\nproperty = \"accuracy\"\nat = \"0x1p+0\"\n"
      "why = \"w\"\nsource = \"s\"\n",
      "known.toml");
  const auto all =
      read("known_issues = \"known.toml\"\n[[target]]\ntarget = \"libm/exp*:binary64\"\n");
  for (const Candidate& one : all)
    EXPECT_EQ(one.known.size(), one.target.name == "libm/exp:binary64" ? 1u : 0u);
}

TEST_F(Manifests, WhatIsWrongIsToldWithFileLineAndKey) {
  const std::string good = "[[target]]\ntarget = \"libm/exp:binary64\"\n";
  EXPECT_EQ(refusal(good), "");
  EXPECT_THAT(refusal(good + "clam = \"ulp <= 1\"\n"),
              AllOf(HasSubstr("m.toml, line 3: target[1].clam"), HasSubstr("nearest: claim")));
  EXPECT_THAT(refusal(good + "claim = \"ulp < 1\"\n"),
              AllOf(HasSubstr("line 3: target[1].claim"), HasSubstr("'<'")));
  EXPECT_THAT(refusal(good + "cases = 0\n"), HasSubstr("target[1].cases: is not a whole number"));
  EXPECT_THAT(refusal(good + "format = \"binary64\"\n"), HasSubstr("is for targets of shared"));
  EXPECT_THAT(refusal(good + "claim = \"ulp <= 1\"\nprofile = \"java\"\n"),
              HasSubstr("keep one of them"));
  EXPECT_THAT(refusal(good + "profile = \"jave\"\n"), HasSubstr("nearest: java"));
  EXPECT_THAT(refusal(good + "claim = {binary65 = \"ulp <= 1\"}\n"),
              HasSubstr("nearest: binary64"));
  EXPECT_THAT(refusal("[[target]]\nclaim = \"ulp <= 1\"\n"), HasSubstr("lacks 'target'"));
  EXPECT_THAT(refusal("[[target]]\ntarget = \"libm/exq:binary64\"\n"),
              HasSubstr("nearest: libm/exp:binary64"));
  EXPECT_THAT(refusal("[target]\n"), HasSubstr("target: is not a list"));
  EXPECT_THAT(refusal("[[target]]\ntarget = \"" + behaviours + "#good_exp\"\n"),
              AllOf(HasSubstr("line 2"), HasSubstr("--function")));
  EXPECT_THAT(refusal("[[targets]]\n"), HasSubstr("nearest: target"));
  EXPECT_THROW(manifest_candidates(folder_ / "none.toml"), std::runtime_error);
}

TEST(Libraries, TellTheirFunctionsWithoutBeingRun) {
  const LibraryFile loads_badly =
      read_library(NAPIER_BINARY_DIR "/fixtures/libisolation_crashes_loading.so");
  EXPECT_FALSE(loads_badly.functions.empty());
  EXPECT_THAT(read_library(*find_library("libm.so.6")).functions, Contains("expf"));
  EXPECT_FALSE(find_library("libnone.so.3"));
  EXPECT_FALSE(find_library("./libnone.so"));
  EXPECT_THROW(read_library("/dev/null"), std::runtime_error);
  EXPECT_THROW(read_library("/"), std::runtime_error);
  EXPECT_EQ(identity_of_library("/dev/null"), "");
}

TEST(Libraries, AreTriedWholeIfNamedAlone) {
  EXPECT_TRUE(is_library("lib.so") && is_library("./lib.so.6") && is_library("so:a.so#exp*"));
  EXPECT_FALSE(is_library("so:a.so#exp") || is_library("libm/exp*") || is_library("m.toml"));
  EXPECT_THAT(library_targets("libm.so.6"),
              AllOf(Contains("so:libm.so.6#exp"), Contains("so:libm.so.6#powl"),
                    Not(Contains("so:libm.so.6#sin"))));
  // Of an old version, which no program is linked with any more: none is to be had by that name.
  EXPECT_THAT(library_targets("libm.so.6"), Not(Contains("so:libm.so.6#__exp_finite")));
  EXPECT_THROW(library_targets("libnone.so"), std::runtime_error);
}

TEST(Libraries, SayWhichFunctionsArePassedOver) {
  EXPECT_THAT(passed_over("libm.so.6"),
              AllOf(HasSubstr("libm.so.6: of its functions "), HasSubstr(" were passed over"),
                    HasSubstr("'so:libm.so.6#"), HasSubstr("--function exp --format binary64")));
  EXPECT_EQ(passed_over("so:libm.so.6#expf"), "");
  EXPECT_THROW((void)passed_over("libnone.so"), std::runtime_error);
}

TEST(Profiles, EachPromisesWhatItsFileSaysAndIsAClaim) {
  EXPECT_GE(profiles().size(), 13u);
  for (const ProfileNote& profile : profiles()) {
    SCOPED_TRACE(profile.name);
    EXPECT_NE(profile.title, "");
    EXPECT_THAT(profile.source, HasSubstr("https://"));
    int promised = 0;
    for (const Function* function : all_functions())
      for (const Format* format : all_formats) {
        const std::string key = std::string(function->name) + ":" + std::string(format->name);
        if ((", " + profile.promises + ",").find(" " + key + ",") == std::string::npos) continue;
        const Claim claim = profile_claim(profile.name, *function, *format);
        EXPECT_TRUE(claim.anything()) << key;
        EXPECT_THAT(claim.source, HasSubstr(profile.title));
        ++promised;
      }
    EXPECT_EQ(promised, 1 + std::ranges::count(profile.promises, ','));
  }
}

TEST(Profiles, FiguresAreThoseOfTheirSources) {
  const auto words = [](const char* name, const Function& function, const Format& format) {
    return describe(profile_claim(name, function, format));
  };
  EXPECT_THAT(words("opencl", functions::pow, binary32), HasSubstr("<= 16 ulp"));
  EXPECT_THAT(words("vulkan", functions::exp, binary16), HasSubstr("ulp <= 1 + 2*|x|"));
  for (const char* name : {"vulkan", "webgpu", "opencl-relaxed"}) {
    const Claim log = profile_claim(name, functions::log, binary32);
    EXPECT_THAT(log.sentence, HasSubstr("abs <= 0x1p-21 on [0.5, 2]; ulp <= 3 on [")) << name;
    EXPECT_TRUE(log.is_piecewise()) << name;
    EXPECT_EQ(log.domain.x, (Range{0x1p-126, 0x1.fffffep+127})) << name;
  }
  EXPECT_THAT(profile_claim("webgpu", functions::log, binary16).sentence,
              HasSubstr("abs <= 0x1p-7 on [0.5, 2]"));
  EXPECT_EQ(words("cuda", functions::exp10, binary32), "<= 2 ulp from the rounded value");
  EXPECT_EQ(words("sleef-u10", functions::exp10, binary64), "<= 1.09 ulp, special values");
}

TEST(Profiles, WhatAProfileDoesNotKnowIsOneLine) {
  EXPECT_THROW(
      try {
        profile_claim("java", functions::exp2, binary64);
      } catch (const std::invalid_argument& refused) {
        EXPECT_THAT(refused.what(), AllOf(HasSubstr("java"), HasSubstr("exp2:binary64"),
                                          HasSubstr("expm1:binary64")));
        throw;
      },
      std::invalid_argument);
  EXPECT_THROW(check_profile("opencll"), std::invalid_argument);
}

}  // namespace
}  // namespace napier
