// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// Whatever the shards, in whatever order, stopped however often: the report is that of one process.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <random>
#include <set>

#include "audit/campaign.hpp"
#include "audit/effort.hpp"
#include "audit/selection.hpp"
#include "audit/shard_run.hpp"
#include "audit/shards/merged.hpp"
#include "audit/shards/pieces.hpp"
#include "audit/target_string.hpp"
#include "audit/trial/divided_work.hpp"
#include "audit/trial/plan.hpp"
#include "lib/target/catalogue.hpp"
#include "lib/target/claim_grammar.hpp"
#include "props/judge/islands.hpp"
#include "reports/store/json.hpp"
#include "reports/store/store.hpp"
#include "tests/audit/isolation_support.hpp"
#include "tests/mutants/mutants.hpp"

namespace napier {
namespace {

namespace fs = std::filesystem;
using testing::ContainsRegex;
using testing::HasSubstr;

/// Hands calls on, and raises a flag after so many blocks.
class RaisesLater final : public Caller {
 public:
  RaisesLater(std::unique_ptr<Caller> honest, StopFlag& flag, std::atomic<int>& left)
      : honest_(std::move(honest)), flag_(flag), left_(left) {}
  void call(Rounding rounding, Observe observe, std::span<const Call> calls,
            std::span<Answer> answers) override {
    count();
    honest_->call(rounding, observe, calls, answers);
  }
  std::optional<BlockEffects> call_block(Rounding rounding, const CallBlock& block) override {
    count();
    return honest_->call_block(rounding, block);
  }

 private:
  void count() {
    if (--left_ <= 0) flag_ = true;
  }
  std::unique_ptr<Caller> honest_;
  StopFlag& flag_;
  std::atomic<int>& left_;
};

class Shards : public testing::Test {
 protected:
  Shards() { fs::create_directories(folder_); }
  ~Shards() override { fs::remove_all(folder_); }

  static std::string in_one(const std::vector<Candidate>& tried, const CampaignOptions& options) {
    return json_text(run_campaign(tried, options));
  }

  /// The file of a shard that was told to stop after some blocks, again and again.
  fs::path run(const std::vector<Candidate>& tried, const CampaignOptions& options,
               const Shard& shard, bool is_stopped) {
    for (;;) {
      StopFlag flag{false};
      std::atomic<int> left = is_stopped ? static_cast<int>(random_() % 60) + 20 : 1 << 30;
      std::vector<Candidate> stopped = tried;
      for (Candidate& candidate : stopped)
        candidate.target.open = [&flag, &left, open = candidate.target.open] {
          return std::make_unique<RaisesLater>(open(), flag, left);
        };
      CampaignOptions own = options;
      own.stop = &flag;
      const ShardOutcome outcome =
          run_shard(is_stopped ? stopped : tried, own, shard, {}, folder_, {},
                    [this](const std::string& what) { warnings_.push_back(what); });
      if (outcome.end != ShardOutcome::End::stopped) return outcome.file;
      ++stops_;
    }
  }

  std::string in_shards(const std::vector<Candidate>& tried, CampaignOptions options,
                        std::uint64_t count, bool are_stopped = false) {
    std::vector<fs::path> files;
    for (std::uint64_t index = 0; index < count; ++index)
      files.push_back(run(tried, options, {index, count}, are_stopped));
    std::ranges::shuffle(files, random_);
    const MergedShards merged(files);
    options.shards = &merged;
    return json_text(run_campaign(tried, options));
  }

  void expect_same(const std::vector<Candidate>& tried, const CampaignOptions& options) {
    const std::string one = in_one(tried, options);
    for (const std::uint64_t count : {1, 2, 3, 7})
      EXPECT_EQ(one, in_shards(tried, options, count)) << count << " shards";
  }

  fs::path folder_ = fs::path(testing::TempDir()) / ("shards-" + std::to_string(::getpid()));
  std::mt19937 random_{1};
  std::vector<std::string> warnings_;
  int stops_ = 0;
};

Candidate from_catalogue(const char* name) { return {*catalogue().find(name), "", {}}; }
CampaignOptions cases(std::uint64_t number) {
  CampaignOptions options;
  options.cases = number;
  options.threads = 2;
  return options;
}

TEST_F(Shards, OfAGoodTargetAreAsOne) {
  expect_same({from_catalogue("libm/exp:binary64"), from_catalogue("libm/pow:binary32")},
              cases(9'000));
}

TEST_F(Shards, OfEveryArgumentAreAsOne) {
  CampaignOptions options;
  options.exhaustive = true;
  options.roundings = {Rounding::nearest, Rounding::up};
  options.properties = {"accuracy", "monotone", "deterministic"};
  Candidate candidate = from_catalogue("shipped/softmax/exp:binary16");
  candidate.target.claim = parse_claim("mean ulp <= 0.2; ulp <= 1 on [-1, 1]; rel <= 1e-3",
                                       *candidate.target.function, binary16);
  expect_same({candidate}, options);
}

/// A search of many islands, though of few cases.
CampaignOptions with_islands(CampaignOptions options) {
  options.properties = {"accuracy"};
  options.least_island = 1 << 14;
  return options;
}

/// Its islands are made by several shards; what follows on them by the merge.
TEST_F(Shards, OfASearchOfManyIslandsAreAsOne) {
  const CampaignOptions options = with_islands(cases(1'100'000));
  ASSERT_GE(Islands(*options.cases / part_of_a_search, options.least_island).count(), 4U);
  const std::vector<Candidate> tried{from_catalogue("libm/exp:binary64")};
  const std::string one = in_one(tried, options);
  EXPECT_THAT(one, HasSubstr("\"searched\""));
  EXPECT_EQ(one, in_shards(tried, options, 3));
}

TEST_F(Shards, MakeTheSearch) {
  const CampaignOptions options = with_islands(cases(300'000));
  const fs::path file = run({from_catalogue("libm/exp:binary64")}, options, {0, 1}, false);
  const ShardFile shard = read_shard(file);
  ASSERT_EQ(shard.trials.size(), 1U);
  ASSERT_EQ(shard.trials.front().juries.size(), 2U);
  EXPECT_EQ(shard.trials.front().juries[1].jury, "nearest: accuracy, searched");
  EXPECT_GT(shard.trials.front().juries[1].tallies.front().cases, 16'000U);
}

TEST_F(Shards, OfMutantsAreAsOne) {
  std::vector<Candidate> tried;
  for (const mutants::Mutant& mutant : mutants::all())
    if (tried.size() < 12) tried.push_back({mutant.target, "", {}});
  CampaignOptions options = cases(9'000);
  options.properties = {"accuracy", "1.1", "1.4", "monotone", "special_values"};
  expect_same(tried, options);
}

TEST_F(Shards, GoOnWhereTheyWereStopped) {
  const std::vector<Candidate> tried{from_catalogue("shipped/tang/exp:binary64")};
  CampaignOptions options = cases(40'000);
  options.properties = {"accuracy", "product", "monotone"};
  EXPECT_EQ(in_one(tried, options), in_shards(tried, options, 3, true));
  EXPECT_GT(stops_, 3);
  EXPECT_TRUE(warnings_.empty()) << warnings_.front();
}

/// Of a library that crashes in many calls, everybody stops at the same place.
TEST_F(Shards, OfATargetThatIsGivenUpAreAsOne) {
  SharedObjectOptions how;
  how.function = "exp";
  how.format = "binary64";
  how.worker = NAPIER_TEST_WORKER;
  for (const char* symbol : {"crash", "crash_above_three"}) {
    SharedObjectTarget made =
        shared_object_target("so:" + isolation_test::fixture("behaviours") + "#" + symbol, how);
    Candidate candidate{std::move(made.target), "", {}};
    candidate.target.claim.max_ulp = parse_limit("1", binary64);
    CampaignOptions options = cases(60'000);
    options.properties = {"accuracy", "product"};
    const std::string one = in_one({candidate}, options);
    fs::remove_all(folder_);
    fs::create_directories(folder_);
    EXPECT_EQ(one, in_shards({candidate}, options, 3)) << symbol;
  }
}

TEST_F(Shards, HaveANameForEveryJuryOfATrial) {
  CampaignOptions options;
  options.roundings = {all_roundings.begin(), all_roundings.end()};
  const auto properties = select_properties({});
  for (const Target& target : catalogue().targets()) {
    std::set<std::string> names;
    for (const auto& [subject, juries] : Plan(target, options).rounds(properties, [](auto&&...) {}))
      for (const Plan::Jury& jury : juries) {
        std::vector<std::string> of_this{judging(jury, subject, {}, 0, {}, nullptr).name};
        for (const Property* property : jury)
          of_this.push_back(searching(*property, subject, {}, Islands(1000, 10), {}, nullptr).name);
        for (const std::string& name : of_this)
          EXPECT_TRUE(names.insert(name).second) << target.name << " " << name;
      }
  }
}

TEST_F(Shards, SurviveTheirFilesBitForBit) {
  const fs::path file = run({{mutants::all().front().target, "", {}}}, cases(5'000), {0, 2}, false);
  const std::string text = read_file(file);
  EXPECT_EQ(text, shard_text(shard_from_text(text)));
}

TEST_F(Shards, AreDoneOnce) {
  const std::vector<Candidate> tried{from_catalogue("libm/exp:binary32")};
  const fs::path file = run(tried, cases(5'000), {0, 2}, false);
  const auto before = fs::last_write_time(file);
  const auto again = run_shard(tried, cases(5'000), {0, 2}, {}, folder_, {}, [](const auto&) {});
  EXPECT_EQ(ShardOutcome::End::done_before, again.end);
  EXPECT_EQ(before, fs::last_write_time(file));
}

class Checkpoints : public Shards {
 protected:
  /// The warning that is told of a checkpoint, and whether the shard is as without it.
  std::string warning_of(const std::string& checkpoint) {
    write_file(folder_ / "shard-0-of-1.checkpoint", checkpoint);
    const std::vector<Candidate> tried{from_catalogue("libm/exp:binary32")};
    EXPECT_EQ(in_one(tried, cases(5'000)), in_shards(tried, cases(5'000), 1));
    EXPECT_FALSE(fs::exists(folder_ / "shard-0-of-1.checkpoint"));
    return warnings_.empty() ? "" : warnings_.front();
  }
  std::string finished(std::uint64_t seed, const Shard& shard) {
    CampaignOptions options = cases(5'000);
    options.seed = {seed};
    const fs::path file = run({from_catalogue("libm/exp:binary32")}, options, shard, false);
    std::string text = read_file(file);
    fs::remove(file);
    return text;
  }
};

TEST_F(Checkpoints, ThatAreDamagedAreIgnored) {
  std::string text = finished(1, {0, 1});
  text[text.size() / 2] ^= 1;
  EXPECT_THAT(warning_of(text), HasSubstr("is ignored: it is damaged"));
}
TEST_F(Checkpoints, ThatAreEmptyAreIgnored) {
  EXPECT_THAT(warning_of(""), HasSubstr("it is no shard of an audit"));
}
TEST_F(Checkpoints, OfAnotherAuditAreIgnored) {
  EXPECT_THAT(warning_of(finished(2, {0, 1})), HasSubstr("the seed is 2 there and 1 here"));
}
TEST_F(Checkpoints, OfAnotherShardAreIgnored) {
  EXPECT_THAT(warning_of(finished(1, {1, 2})), HasSubstr("it is shard 1 of 2"));
}

class Merging : public Shards {
 protected:
  fs::path shard(const Shard& which, std::uint64_t seed = 1) {
    CampaignOptions options = cases(5'000);
    options.seed = {seed};
    options.properties = {"accuracy"};
    const fs::path file = run({from_catalogue("libm/exp:binary32")}, options, which, false);
    const fs::path kept = folder_ / std::to_string(kept_++);
    fs::rename(file, kept);
    return kept;
  }
  static std::string refusal(const std::vector<fs::path>& files) {
    try {
      const MergedShards merged(files);
    } catch (const std::runtime_error& error) {
      return error.what();
    }
    return {};
  }
  int kept_ = 0;
};

TEST_F(Merging, NamesTheMissingAsAnArray) {
  EXPECT_THAT(refusal({shard({0, 8}), shard({1, 8}), shard({3, 8}), shard({7, 8})}),
              HasSubstr("4 of 8 shards are missing or not ended: run them again, with Slurm as "
                        "sbatch --array=2,4-6"));
}
TEST_F(Merging, RefusesAShardTwice) {
  EXPECT_THAT(refusal({shard({0, 2}), shard({0, 2}), shard({1, 2})}),
              ContainsRegex("/0 and .*/1 are both shard 0 of 2: leave one out"));
}
TEST_F(Merging, RefusesOtherDivisions) {
  EXPECT_THAT(refusal({shard({0, 2}), shard({1, 3})}),
              ContainsRegex("/1 is shard 1 of 3, and the first file is one of 2"));
}
TEST_F(Merging, RefusesOtherAudits) {
  EXPECT_THAT(refusal({shard({0, 2}), shard({1, 2}, 7)}),
              ContainsRegex("/1 is of another audit than the first file: the seed is 7 there"));
}
TEST_F(Merging, RefusesWhatIsNoShard) {
  write_file(folder_ / "page", "<html>");
  EXPECT_THAT(refusal({folder_ / "page"}), HasSubstr("/page: it is no shard of an audit"));
}

TEST(Pieces, OfAllShardsAreAllOnce) {
  const Domain domain =
      property_called(Calling::by_others)
          .where.domain(Subject(*catalogue().find("libm/exp:binary64"), Rounding::nearest));
  const Pieces pieces(domain, 1'000'000);
  std::uint64_t drawn = 0;
  std::set<std::pair<std::uint32_t, std::uint64_t>> begins;
  for (std::uint64_t turn = 0; turn < pieces.count(); ++turn) {
    int owners = 0;
    for (std::uint64_t index = 0; index < 7; ++index)
      owners += pieces.belongs(turn, {index, 7}) ? 1 : 0;
    EXPECT_EQ(1, owners);
    const Portion portion = pieces.at(turn);
    begins.insert({portion.stratum, portion.first});
    drawn += portion.count;
  }
  EXPECT_EQ(pieces.count(), begins.size());
  EXPECT_EQ(pieces.drawn(), drawn);
}

/// All arguments of a binade of binary64, and more.
TEST(Pieces, OfAWholeBinadeAreFewEnough) {
  Domain domain;
  domain.strata.push_back({"a binade", std::uint64_t(1) << 52, 1024, nullptr});
  domain.strata.back().walk = 1024;
  const Pieces pieces(domain, std::uint64_t(1) << 52);
  EXPECT_LE(pieces.count(), std::uint64_t(1) << 22);
  EXPECT_EQ(pieces.drawn(), std::uint64_t(1) << 52);
}

}  // namespace
}  // namespace napier
