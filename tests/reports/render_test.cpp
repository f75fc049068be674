// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <regex>
#include <sstream>

#include "reports/render/html.hpp"
#include "reports/render/layout.hpp"
#include "reports/render/markdown.hpp"
#include "reports/render/terminal.hpp"
#include "reports/store/json.hpp"
#include "reports/view/view.hpp"
#include "tests/reports/sample.hpp"

namespace napier {
namespace {

using testing::ContainsRegex;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

/// The places of the texts, which must all be there.
std::vector<std::size_t> places(const std::string& text, std::initializer_list<const char*> parts) {
  std::vector<std::size_t> found;
  for (const char* part : parts) {
    found.push_back(text.find(part));
    EXPECT_NE(std::string::npos, found.back()) << part;
  }
  return found;
}

TEST(Terminal, BeginsWithTheVerdict) {
  EXPECT_THAT(
      render_terminal(refuted_report()),
      StartsWith("REFUTED so:./libbad.so#my_exp exp:binary64 — claimed <= 1 ulp, but 3.2 ulp at 3 "
                 "(the gravest of 2 findings)"));
}

TEST(Terminal, SaysThingsInTheirOrder) {
  const auto order = places(render_terminal(refuted_report()),
                            {"REFUTED", "#1 accuracy", "worst", "smallest", "also in", "replay",
                             "refuted    1.1 product", "stands     1.2", "1 target: 1 refuted"});
  EXPECT_TRUE(std::ranges::is_sorted(order));
}

TEST(Terminal, SaysEverythingInItsOrderWhereItIsAskedFor) {
  const auto order = places(render_terminal(refuted_report(), {.verbose = true}),
                            {"REFUTED", "1.1 product", "1.6 own_slope", "accuracy", "#1 accuracy",
                             "worst", "smallest", "replay", "#2 law 1.1", "seed", "digest"});
  EXPECT_TRUE(std::ranges::is_sorted(order));
}

TEST(Terminal, SaysAFaultOnceInDecimalAndInHex) {
  const std::string text = render_terminal(refuted_report(), {.width = 200});
  EXPECT_THAT(text, HasSubstr("worst     exp(3): got 20.08553692318768, right is "
                              "20.085536923187668, off by 3.2 ulp\n"));
  EXPECT_THAT(text, HasSubstr("exp(0x1.8p+1): got 0x1.415e5bf6fb109p+4"));
  EXPECT_THAT(text, HasSubstr("also in   law 1.1 product in 431 cases (#2)"));
  EXPECT_THAT(text, Not(HasSubstr("\n  #2")));
}

TEST(Terminal, NamesItselfAsItWasCalledAndThePageThatItWrote) {
  TerminalOptions options;
  options.command = "build/release/napier";
  options.written = "out/report.html";
  const std::string text = render_terminal(refuted_report(), options);
  EXPECT_THAT(text, HasSubstr("replay    build/release/napier replay so:./libbad.so#my_exp"));
  EXPECT_THAT(text, testing::EndsWith("\nReport: out/report.html\n"));
}

TEST(Terminal, IsTheLinesOfItsVerdictsAndTheRest) {
  for (const bool verbose : {false, true}) {
    const TerminalOptions options{false, verbose, 100};
    std::string text;
    for (const TargetResult& target : sample_report().targets)
      text += render_verdict(target, options);
    EXPECT_EQ(render_terminal(sample_report(), options),
              text + render_rest(sample_report(), options));
  }
}

TEST(Summary, BeginsWithTheGravestVerdictsEachInItsOrder) {
  Report report = sample_report();
  std::ranges::rotate(report.targets, report.targets.begin() + 1);
  std::vector<std::string> expected;
  for (const VerdictCount& count : verdict_counts(report))
    for (const TargetResult& target : report.targets)
      if (target.verdict == count.verdict) expected.push_back(verdict_line(target).target);
  std::vector<std::string> shown;
  for (const Row& row : summary_table(report).rows) shown.push_back(row.cells[1].text);
  EXPECT_EQ(shown, expected);
  EXPECT_NE(report.targets.front().verdict, verdict_counts(report).front().verdict);
}

TEST(Terminal, OfManyTargetsBeginsWithAVerdictLineForEach) {
  const Report report = sample_report();
  const auto lines = lines_of(render_terminal(report));
  for (std::size_t i = 0; i < report.targets.size(); ++i)
    EXPECT_EQ(verdict_line(report.targets[i]).text(), lines[i]);
}

TEST(Terminal, ShowsThoseThatNeedALook) {
  const std::string text = render_terminal(sample_report());
  EXPECT_THAT(text, HasSubstr("── so:./libbad.so#my_exp exp:binary64 ──"));
  EXPECT_THAT(text, HasSubstr("── shipped/naive_pow pow:binary64 ──"));
  EXPECT_THAT(text, Not(HasSubstr("── libm/exp:binary64 ──")));
  EXPECT_THAT(render_terminal(sample_report(), {.verbose = true}),
              HasSubstr("── libm/exp:binary64 ──"));
}

/// Of many targets those that stand, and one that does not.
Report collection(std::size_t standing) {
  Report report = sample_report();
  const TargetResult good = report.targets[1], bad = report.targets[0];
  report.targets.assign(standing, good);
  report.targets.push_back(bad);
  return report;
}

TEST(Terminal, OfACollectionTellsTheFirstFaultsAndTheTable) {
  const std::string text = render_terminal(collection(most_lines));
  EXPECT_THAT(text, Not(HasSubstr("STANDS ")));
  EXPECT_THAT(text, HasSubstr("REFUTED so:./libbad.so#my_exp exp:binary64\n  #1 accuracy breaks"));
  EXPECT_THAT(text, HasSubstr("     cause     one table entry\n     worst     exp(3): got"));
  EXPECT_THAT(text, HasSubstr("     replay    napier replay so:./libbad.so#my_exp"));
  EXPECT_THAT(text, Not(HasSubstr("     smallest")));
  EXPECT_THAT(text, HasSubstr("largest error, ulp"));
  // One fewer, and each has its line.
  EXPECT_THAT(render_terminal(collection(most_lines - 1)), HasSubstr("STANDS libm/exp:binary64"));
}

TEST(Terminal, OfACollectionCountsTheFaultyOnesThatItHasNoRoomFor) {
  Report report = collection(0);
  report.targets.assign(40, report.targets.front());
  const std::string text = render_terminal(report);
  EXPECT_THAT(text, HasSubstr("And 32 targets with faults or open questions"));
}

TEST(Terminal, HasARowForAFunctionAndAColumnForAFormat) {
  const std::string text = render_terminal(sample_report());
  EXPECT_THAT(text, ContainsRegex("largest error, ulp +binary32 +binary64\n"));
  EXPECT_THAT(text, ContainsRegex("\n  libm/exp +(= 0.5022|≥ 0.5112) +(= 0.5022|≥ 0.5112)\n"));
  EXPECT_THAT(text, ContainsRegex("\n  so:./libbad.so#my_exp exp +✗ ≥ 3.2\n"));
}

TEST(Matrix, HasARowForEachTimeThatATargetWasNamed) {
  Report report = sample_report();
  report.targets = {report.targets[1], report.targets[1]};
  EXPECT_EQ(2u, error_matrix(report).rows.size());
}

TEST(Terminal, HasSixLawRowsForATarget) {
  for (const char* law :
       {"1.1 product", "1.2 reciprocal", "1.3 quotient", "1.4 tower", "1.5 slope", "1.6 own_slope"})
    EXPECT_THAT(render_terminal(refuted_report()), HasSubstr(law));
}

TEST(Terminal, ShowsALawOnceAndWhyItWasLeftUndecided) {
  EXPECT_THAT(render_terminal(refuted_report()), HasSubstr("open       1.4 tower (1 undecided)"));
  const std::string text = render_terminal(refuted_report(), {.verbose = true});
  EXPECT_THAT(text, HasSubstr("?  1.4 tower"));
  EXPECT_THAT(text, Not(HasSubstr("?  tower")));
  EXPECT_THAT(text, HasSubstr("sampled over wide, small factor, core; undecided: 1 at the "
                              "precision cap"));
}

TEST(Terminal, IsColouredOnlyWhereItIsAskedFor) {
  const std::string colour = render_terminal(sample_report(), {.color = true});
  EXPECT_THAT(colour, HasSubstr("\x1b[1;31mREFUTED\x1b[0m"));
  EXPECT_EQ(render_terminal(sample_report()),
            std::regex_replace(colour, std::regex("\x1b\\[[0-9;]*m"), ""));
}

TEST(Terminal, KeepsTextWithinItsWidth) {
  for (const int width : {60, 80, 100, 140})
    for (const std::string& line : lines_of(render_terminal(sample_report(), {.width = width}))) {
      // What is to be copied or looked for stays on one line: verdicts, replays, rows of data.
      const bool whole =
          line.find(" — ") != std::string::npos || line.find("0x1") != std::string::npos;
      const bool row = std::regex_search(line, std::regex("^  ?\\S+  |^ {5}[a-z]+  |^  [^ ]  "));
      if (!whole && !row) {
        EXPECT_LE(text_width(line), static_cast<std::size_t>(width)) << line;
      }
    }
}

TEST(Terminal, OfAnotherCharsetIsAscii) {
  for (const bool verbose : {false, true}) {
    TerminalOptions options{.verbose = verbose};
    const std::string usual = render_terminal(sample_report(), options);
    options.unicode = false;
    const std::string ascii = render_terminal(sample_report(), options);
    EXPECT_TRUE(std::ranges::all_of(ascii, [](unsigned char c) { return c < 0x80; }));
    EXPECT_EQ(lines_of(usual).size(), lines_of(ascii).size());
    EXPECT_THAT(ascii, HasSubstr("STANDS libm/exp:binary64 -- claimed"));
    EXPECT_THAT(ascii, HasSubstr("observed >= 0.5112 ulp at 3"));
  }
}

TEST(Terminal, OfNothingSaysSo) {
  EXPECT_THAT(render_terminal(Report{}), HasSubstr("Nothing was tested."));
  EXPECT_THAT(render_markdown(Report{}), HasSubstr("Nothing was tested."));
  EXPECT_THAT(render_html(Report{}), HasSubstr("Nothing was tested."));
}

TEST(VerdictLine, CallsAMaximumABoundOnlyIfAllWasTriedAndDecided) {
  Report report = sample_report();
  TargetResult& target = report.targets[2];
  ASSERT_EQ(Strength::exhaustive, target.measurements[0].strength);
  EXPECT_THAT(verdict_line(target).reason, HasSubstr("bound 0.5022 ulp at 3"));
  target.measurements[0].undecided_cap = 1;
  EXPECT_THAT(verdict_line(target).reason, HasSubstr("observed ≥ 0.5021 ulp"));
  target.measurements[0].undecided_cap = 0;
  target.measurements.push_back(target.measurements[0]);
  target.measurements[1].strength = Strength::sampled;
  EXPECT_THAT(verdict_line(target).reason, HasSubstr("observed ≥ 0.5021 ulp"));
}

TEST(VerdictLine, SaysHowToBeJudgedWhereNothingWasClaimed) {
  EXPECT_THAT(verdict_line(sample_report().targets[3]).text(),
              testing::EndsWith("No claim made: measured only. Add --max-ulp 1 to judge."));
}

TEST(VerdictLine, NamesTheClaimOfADerivativeBesideAValue) {
  TargetResult target = sample_report().targets[3];
  target.function = "d_exp";
  for (const char* shape : {"d:pair", "d:x,y,d,n"}) {
    target.shape = shape;
    EXPECT_THAT(verdict_line(target).text(), testing::EndsWith("Add --claim 'd_exp: ulp <= 1' to "
                                                               "judge."));
  }
  for (const char* shape : {"scalar", "vector:__m256d", "raw"}) {
    target.shape = shape;
    EXPECT_THAT(verdict_line(target).text(), testing::EndsWith("Add --max-ulp 1 to judge."));
  }
}

TEST(Charge, OfAllErrorsTogetherCountsNoBrokenCases) {
  Finding finding;
  finding.basis = Basis::claim;
  finding.claimed = "mean ulp <= 0.3";
  finding.count = 8389;
  EXPECT_EQ(charge(finding), "breaks the claim \"mean ulp <= 0.3\" in 8,389 cases");
  finding.smallest.fault = "over all arguments it is 0.5 ulp";
  EXPECT_EQ(charge(finding), "breaks the claim \"mean ulp <= 0.3\", over 8,389 cases");
}

TEST(VerdictLine, SaysWhatWasLeftUndecided) {
  EXPECT_THAT(verdict_line(sample_report().targets[4]).text(),
              HasSubstr("accuracy left 4 of 300,000 cases undecided: 3 at the precision cap and 1 "
                        "without an answer"));
}

TEST(VerdictLine, TellsWhatWasOnlyMeasuredFromWhatWasNotTried) {
  TargetResult target = sample_report().targets[4];
  target.laws.clear();
  target.measurements = {Measurement{.property = "special_values", .cases = 51, .refuted = 2}};
  EXPECT_THAT(verdict_line(target).reason,
              HasSubstr("nothing was judged: what was tried is not claimed"));
  target.measurements.clear();
  EXPECT_THAT(verdict_line(target).reason, HasSubstr("no point lies inside the claim's domain"));
  target.notes.push_back("Not asked: special_values (Annex F knows no derivatives)");
  EXPECT_THAT(verdict_line(target).reason,
              HasSubstr("nothing was tried. Not asked: special_values (Annex F knows"));
}

TEST(VerdictLine, NamesWhoseWordsWereBroken) {
  TargetResult target = sample_report().targets[5];
  EXPECT_THAT(verdict_line(target).reason,
              StartsWith("required of every target: every call returns; the call did not return in "
                         "time, at"));
  target.findings.erase(target.findings.begin());
  EXPECT_EQ(
      "asked for the values of C23 Annex F, but got -0, right is 0 (the sign of a zero is lost) at "
      "(-0, 2), rounding up",
      verdict_line(target).reason);
}

TEST(VerdictLine, MeasuresNoDistanceBetweenZeros) {
  TargetResult target = sample_report().targets[5];
  target.findings.erase(target.findings.begin());
  // The true value is not quite 0: both zeros are less than the least double's worth of ulps off.
  target.findings.front().worst.ulp = {{0}, {std::numeric_limits<double>::denorm_min()}};
  const std::string reason = verdict_line(target).reason;
  EXPECT_THAT(reason, HasSubstr("got -0, right is 0 (the sign of a zero is lost)"));
  EXPECT_THAT(reason, Not(HasSubstr(" ulp")));
}

TEST(VerdictLine, OfACaseWithoutArgumentsNamesTheCall) {
  TargetResult target = refuted_report().targets.front();
  target.findings.resize(1);
  Finding& finding = target.findings.front();
  finding.worst.inputs.clear();
  finding.worst.call = "exp(0x1p+0)";
  EXPECT_THAT(verdict_line(target).reason, HasSubstr(" in exp(1)"));
  EXPECT_THAT(sentence(finding, finding.worst, target.claim),
              testing::AllOf(StartsWith("exp(0x1p+0) gave "), Not(HasSubstr("no arguments"))));
}

TEST(EveryFormat, SaysTheSameOfEachTarget) {
  const Report report = sample_report();
  const std::string terminal = render_terminal(report, {.verbose = true, .width = 0});
  const std::string markdown = render_markdown(report);
  const std::string html = render_html(report);
  const std::string html_without_breaks =
      std::regex_replace(html, std::regex("</?span>|<wbr>"), "");
  for (const TargetResult& target : report.targets) {
    EXPECT_THAT(terminal, HasSubstr(verdict_line(target).reason));
    EXPECT_THAT(markdown, HasSubstr(markdown_escaped(verdict_line(target).reason)));
    for (const Finding& finding : target.findings)
      for (const std::string& text : {terminal, markdown, html_without_breaks})
        EXPECT_THAT(text, HasSubstr(finding.replay));
  }
  for (const std::string& text : {terminal, markdown, html})
    EXPECT_THAT(text, HasSubstr(digest(report)));
}

TEST(EveryFormat, ShoutsWhenTheOraclesContradictEachOther) {
  Report report = refuted_report();
  report.oracles.disagreed = 2;
  for (const std::string& text :
       {render_terminal(report), render_markdown(report), render_html(report)})
    EXPECT_THAT(text, HasSubstr("THE ORACLES CONTRADICT EACH OTHER at 2 of 24,002 points"));
}

TEST(EveryFormat, HasNoTrailingBlanks) {
  for (const Report& report : {sample_report(), refuted_report(), hostile_report(), Report{}})
    for (const std::string& text :
         {render_terminal(report), render_terminal(report, {true, true, 60}),
          render_markdown(report), render_html(report), json_text(report)}) {
      EXPECT_THAT(text, Not(ContainsRegex("[ \t]\n")));
      EXPECT_TRUE(text.ends_with("\n") && !text.ends_with("\n\n"));
    }
}

TEST(EveryFormat, LetsNoTargetSpeakForIt) {
  const Report report = hostile_report();
  EXPECT_THAT(render_terminal(report), Not(HasSubstr("\x1b")));
  EXPECT_THAT(render_html(report), Not(ContainsRegex("<script>(alert|[^/])")));
  EXPECT_THAT(render_html(report), Not(HasSubstr("\x1b")));
  EXPECT_THAT(render_html(report), HasSubstr("{{f}}"));
  const std::string markdown = render_markdown(report);
  EXPECT_THAT(markdown, Not(HasSubstr("\x1b")));
  // Outside code there is no tag but ours, and a bar that is not escaped ends a cell.
  EXPECT_THAT(markdown,
              HasSubstr("\\<script\\>alert('x')\\</script\\> \\| \\`a\\` \\*b\\* \\_c\\_"));
}

TEST(Markdown, FitsItsLimitAndSaysWhatItLeavesOut) {
  Report report = sample_report();
  for (int i = 0; i < 100; ++i) report.targets.push_back(report.targets[1]);
  report.targets.push_back(report.targets[0]);
  const std::string whole = render_markdown(report, std::string::npos);
  const std::string cut = render_markdown(report, 70'000);
  EXPECT_GT(whole.size(), 150'000U);
  EXPECT_LE(cut.size(), 70'100U);
  EXPECT_THAT(cut, ContainsRegex("The tables of [0-9]+ targets are left out: there is"));
  // The refuted ones have their place, the last of the list too.
  const auto count = [](const std::string& text, const std::string& part) {
    std::size_t times = 0;
    for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++times;
    return times;
  };
  EXPECT_EQ(2U, count(cut, "### REFUTED `so:./libbad.so"));
}

TEST(Markdown, HasRowsOfEqualLength) {
  for (const Report& report : {sample_report(), hostile_report()}) {
    std::ptrdiff_t bars = 0;  // of the table that the line before belongs to; 0 outside
    for (const std::string& line : lines_of(render_markdown(report))) {
      const std::string unescaped = std::regex_replace(line, std::regex("\\\\."), "");
      const auto found = line.starts_with("|") ? std::ranges::count(unescaped, '|') : 0;
      if (bars > 0 && found > 0) {
        EXPECT_EQ(bars, found) << line;
      }
      bars = found;
    }
  }
}

}  // namespace
}  // namespace napier
