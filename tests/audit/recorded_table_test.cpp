// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// Tables of results: written from a target, read again, and what equals one.
#include <gmock/gmock.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <filesystem>

#include "audit/campaign.hpp"
#include "audit/recorded_table.hpp"
#include "lib/target/catalogue.hpp"
#include "lib/target/claim_grammar.hpp"
#include "reports/store/store.hpp"
#include "tests/audit/isolation_support.hpp"

namespace napier {
namespace {

namespace fs = std::filesystem;
using testing::AllOf;
using testing::Each;
using testing::HasSubstr;

_Float16 half_exp(_Float16 x) { return static_cast<_Float16>(std::exp(static_cast<double>(x))); }
_Float16 other_nan(_Float16 x) { return x != x ? -x : half_exp(x); }
bool rounds_up() {
  volatile double one = 1, tiny = 1e-30;
  return one + tiny > 1;
}
_Float16 wrong_upwards(_Float16 x) {
  return x == static_cast<_Float16>(3) && rounds_up() ? static_cast<_Float16>(20) : half_exp(x);
}
double exp_of(double x) { return std::exp(x); }
double wrong_beyond_700(double x) { return x > 700 ? std::exp(x) * (1 + 0x1p-52) : std::exp(x); }
double pow_of(double x, double y) { return std::pow(x, y); }
double no_sign(double x, double y) { return std::fabs(std::pow(x, y)); }

Target target_of(const std::string& name, const Function& function, const Format& format,
                 ScalarFunction code, const std::string& claim = "") {
  Target target;
  target.name = name;
  target.function = &function;
  target.format = &format;
  target.open = [code] { return direct_caller(code); };
  if (!claim.empty()) target.claim = parse_claim(claim, function, format);
  return target;
}

Target half(const std::string& name, Unary<_Float16> code, const std::string& claim = "") {
  return target_of(name, functions::exp, binary16, code, claim);
}

class RecordedTable : public testing::Test {
 protected:
  void SetUp() override {
    folder = fs::temp_directory_path() /
             ("napier-table-" + std::to_string(static_cast<long>(::getpid())));
    fs::create_directories(folder);
  }
  void TearDown() override { fs::remove_all(folder); }

  /// Writes it, and gives the claim of who equals it.
  std::string written(const Target& target, const RecordOptions& options) const {
    return written(table_text(record(target, options).results));
  }
  std::string written(const std::string& text) const {
    write_file(folder / "results.txt", text);
    return "equals \"table:" + (folder / "results.txt").string() + '"';
  }

  static TargetResult audited(const Target& target, std::uint64_t cases = 100'000) {
    CampaignOptions options;
    options.properties = {"equals", "accuracy"};
    options.cases = cases;
    options.threads = 1;
    return run_campaign({Candidate{target, "", {}}}, options).targets.front();
  }

  fs::path folder;
};

const std::vector<Rounding> all_modes{all_roundings.begin(), all_roundings.end()};

TEST_F(RecordedTable, IsReadAsItWasWritten) {
  for (const Format* format : all_formats) {
    RecordedResults results{.target = "some/exp",
                            .machine = "some machine",
                            .seed = 7,
                            .function = &functions::pow,
                            .format = format,
                            .roundings = {Rounding::down, Rounding::nearest},
                            .calls = {{from_integer(*format, 1), from_integer(*format, 3)},
                                      {from_integer(*format, 2), infinity(*format, true)}},
                            .results = {}};
    for (int i = 0; i < 4; ++i) results.results.push_back(from_integer(*format, -i).bits);
    const auto read = parse_table(table_text(results), "file");
    EXPECT_EQ(read->target, results.target);
    EXPECT_EQ(read->machine, results.machine);
    EXPECT_EQ(read->seed, results.seed);
    EXPECT_EQ(read->function, results.function);
    EXPECT_EQ(read->format, format);
    EXPECT_EQ(read->roundings, results.roundings);
    EXPECT_EQ(read->calls, results.calls);
    EXPECT_TRUE(read->results == results.results);
    EXPECT_EQ(read->at(results.calls[1], Rounding::nearest), from_integer(*format, -3));
    EXPECT_EQ(read->at(results.calls[1], Rounding::up), std::nullopt);
    EXPECT_EQ(read->at({from_integer(*format, 1), from_integer(*format, 4)}, Rounding::down),
              std::nullopt);
  }
}

TEST_F(RecordedTable, OfANarrowFormatIsOfEveryArgumentAndComparedInAllItsModes) {
  const std::string claim = written(half("first", half_exp), {.roundings = all_modes});
  const TargetResult same = audited(half("same", other_nan, claim));
  EXPECT_EQ(same.verdict, TargetVerdict::stands);
  std::vector<Rounding> modes;
  for (const Measurement& row : same.measurements)
    if (row.property == "equals") {
      modes.push_back(row.rounding);
      EXPECT_EQ(row.strength, Strength::exhaustive);
      EXPECT_EQ(row.cases, 1U << 16);
    }
  EXPECT_EQ(modes, all_modes);
  EXPECT_THAT(same.notes,
              testing::Contains(AllOf(HasSubstr("first on "), HasSubstr("every argument"),
                                      HasSubstr("nearest, up, down, zero"))));

  const TargetResult other = audited(half("other", wrong_upwards, claim));
  ASSERT_EQ(other.findings.size(), 1U);
  EXPECT_EQ(other.findings[0].rounding, Rounding::up);
  EXPECT_EQ(other.findings[0].smallest.inputs, std::vector{from_integer(binary16, 3)});
  EXPECT_THAT(other.findings[0].smallest.fault, HasSubstr("results.txt gives 0x1.418p+4"));
  EXPECT_TRUE(other.findings[0].repeatable);
}

TEST_F(RecordedTable, OfNearestAloneIsComparedToNearestAlone) {
  const std::string claim = written(half("first", half_exp), {});
  EXPECT_EQ(audited(half("other", wrong_upwards, claim)).verdict, TargetVerdict::stands);
}

TEST_F(RecordedTable, OfAWideFormatIsOfArgumentsThatASeedDraws) {
  const Target first = target_of("first", functions::exp, binary64, Unary<double>(exp_of));
  const RecordOptions drawn{.cases = 4'000, .seed = {3}};
  const std::string text = table_text(record(first, drawn).results);
  EXPECT_EQ(text, table_text(record(first, drawn).results));
  EXPECT_NE(text, table_text(record(first, {.cases = 4'000, .seed = {4}}).results));
  const std::string claim = written(text);
  const auto with = [&](Unary<double> code) {
    return audited(target_of("other", functions::exp, binary64, code, claim), 20'000);
  };
  const TargetResult same = with(exp_of);
  EXPECT_EQ(same.verdict, TargetVerdict::stands);
  const auto drawn_row = std::ranges::find_if(same.measurements, [](const Measurement& m) {
    return m.property == "equals" && m.strength == Strength::sampled;
  });
  ASSERT_NE(drawn_row, same.measurements.end());
  EXPECT_EQ(drawn_row->cases, parse_table(text, "")->calls.size());
  const TargetResult other = with(wrong_beyond_700);
  ASSERT_EQ(other.findings.size(), 1U);
  // What it is shrunk to is one of the table's arguments, too.
  const Float at = other.findings[0].smallest.inputs.front();
  EXPECT_TRUE(parse_table(text, "")->has(Call{at, {}}));
}

TEST_F(RecordedTable, OfTwoArguments) {
  const Target first = target_of("first", functions::pow, binary64, Binary<double>(pow_of));
  const std::string claim = written(first, {.roundings = {Rounding::up}, .cases = 4'000});
  const auto with = [&](Binary<double> code) {
    return audited(target_of("other", functions::pow, binary64, code, claim));
  };
  EXPECT_EQ(with(pow_of).verdict, TargetVerdict::stands);
  const TargetResult other = with(no_sign);
  ASSERT_EQ(other.findings.size(), 1U);
  EXPECT_EQ(other.findings[0].rounding, Rounding::up);
}

TEST_F(RecordedTable, LeavesOutWhatGaveNoAnswer) {
  Target target = *catalogue().find("libm/exp:binary32");
  const Recorded whole = record(target, {.cases = 500});
  EXPECT_EQ(whole.without_answer, 0U);
  const auto results = std::make_shared<const RecordedResults>([&] {
    RecordedResults some = whole.results;
    some.calls.erase(some.calls.begin());
    some.results.erase(some.results.begin());
    return some;
  }());
  target.open = [results] { return recorded_caller(results); };
  const Recorded rest = record(target, {.cases = 500});
  EXPECT_EQ(rest.without_answer, 1U);
  EXPECT_EQ(rest.results.calls, results->calls);
}

TEST_F(RecordedTable, DamagedForeignAndEmptyFilesAreALineEach) {
  const std::string good = table_text(record(half("first", half_exp), {}).results);
  const auto changed = [&](std::string_view what, std::string_view by) {
    std::string text = good;
    return text.replace(text.find(what), what.size(), by);
  };
  const auto of_another = table_text(
      record(target_of("first", functions::exp, binary64, Unary<double>(exp_of)), {.cases = 50})
          .results);
  for (const auto& [text, words] : {
           std::pair(std::string(), "is empty"),
           std::pair(std::string("0x1p+0 0x1p+1\n"), "is no table of results"),
           std::pair(std::string("\x7f"
                                 "ELF\n\0\x01",
                                 7),
                     "is no table of results"),
           std::pair(changed("table 1", "table 2"), "version 2"),
           std::pair(changed("\n3c00 ", "\n3c00 1"), "is damaged or cut off"),
           std::pair(good.substr(0, good.size() / 2), "is damaged or cut off"),
           std::pair(good + "more\n", "is damaged or cut off"),
           std::pair(of_another, "is exp of binary64, and this is exp of binary16"),
       }) {
    const TargetResult result = audited(half("other", half_exp, written(text)));
    EXPECT_EQ(result.verdict, TargetVerdict::failed);
    EXPECT_THAT(result.failure, AllOf(HasSubstr(words), HasSubstr("results.txt")));
    EXPECT_EQ(result.failure.find('\n'), std::string::npos);
  }
  const TargetResult none = audited(half("other", half_exp, "equals table:/nowhere/at-all.txt"));
  EXPECT_EQ(none.verdict, TargetVerdict::failed);
  EXPECT_THAT(none.failure, HasSubstr("/nowhere/at-all.txt"));
}

TEST_F(RecordedTable, IsLookedForFromAFolder) {
  EXPECT_EQ(tables_seen_from("there", "ulp <= 1; equals table:a.txt; monotone"),
            "ulp <= 1; equals table:there/a.txt; monotone");
  EXPECT_EQ(tables_seen_from("th ere", "equals 'table:a b.txt'"),
            "equals \"table:th ere/a b.txt\"");
  EXPECT_EQ(tables_seen_from("there", "equals table:/a.txt"), "equals table:/a.txt");
  EXPECT_EQ(tables_seen_from("", "equals table:a.txt"), "equals table:a.txt");
  EXPECT_EQ(tables_seen_from("there", "equals libm/exp"), "equals libm/exp");
}

}  // namespace
}  // namespace napier
