// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "audit/shards/merged.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

#include "audit/shards/jury_work.hpp"
#include "reports/text.hpp"

namespace napier {
namespace {

namespace fs = std::filesystem;

std::string shown(const fs::path& file) { return one_line(file.string()); }

/// "2 of 8 shards are missing: run them again, with Slurm as sbatch --array=2,5"
[[noreturn]] void refuse_missing(std::span<const std::uint64_t> missing, std::uint64_t count) {
  throw std::runtime_error(fmt::format(
      "{} of {} shards {} missing or not ended: run {} again, with Slurm as sbatch --array={}",
      missing.size(), count, missing.size() == 1 ? "is" : "are",
      missing.size() == 1 ? "it" : "them", array_text(missing)));
}

}  // namespace

std::string array_text(std::span<const std::uint64_t> numbers) {
  std::string text;
  for (std::size_t first = 0, last = 0; first < numbers.size(); first = last + 1) {
    last = first;
    while (last + 1 < numbers.size() && numbers[last + 1] == numbers[last] + 1) ++last;
    text += (text.empty() ? "" : ",") + std::to_string(numbers[first]);
    if (last != first) text += "-" + std::to_string(numbers[last]);
  }
  return text;
}

MergedShards::MergedShards(std::span<const fs::path> files) {
  for (const fs::path& file : files) check_header(file, read_shard(file));
  check_complete();
  for (const auto& [index, file] : files_) add(read_shard(file));
  check_failures();
}

void MergedShards::check_header(const fs::path& file, const ShardFile& shard) {
  if (count_ == 0) {
    run_ = shard.run;
    words_ = shard.words;
    count_ = shard.shard.count;
  }
  if (const std::string other = difference(shard.run, run_); !other.empty())
    throw std::runtime_error(
        fmt::format("{} is of another audit than the first file: {}; merge shards of one audit",
                    shown(file), other));
  if (shard.shard.count != count_)
    throw std::runtime_error(fmt::format(
        "{} is shard {} of {}, and the first file is one of {}: merge shards of one division",
        shown(file), shard.shard.index, shard.shard.count, count_));
  if (!shard.ended) return;
  const auto [same, is_new] = files_.try_emplace(shard.shard.index, file);
  if (!is_new)
    throw std::runtime_error(fmt::format("{} and {} are both shard {} of {}: leave one out",
                                         shown(same->second), shown(file), shard.shard.index,
                                         count_));
}

void MergedShards::check_complete() const {
  std::vector<std::uint64_t> missing;
  for (std::uint64_t index = 0; index < count_; ++index)
    if (!files_.contains(index)) missing.push_back(index);
  if (!missing.empty()) refuse_missing(missing, count_);
}

/// What fails everywhere fails here, too, and is told of the target; what fails on some machines is
/// told of them.
void MergedShards::check_failures() const {
  for (const auto& [key, trial] : trials_)
    if (!trial.failed.empty() && trial.failed.size() != count_)
      throw std::runtime_error(fmt::format(
          "{}: {} ({}) could not be gone on with: {}; mend it, remove the file, and run the shard "
          "again, with Slurm as sbatch --array={}",
          shown(files_.at(trial.failed.front())), one_line(trial.part.target),
          trial.failed.size() == 1 ? "in this shard alone" : "in this shard and others",
          one_line(trial.part.failure), array_text(trial.failed)));
}

void MergedShards::add(ShardFile shard) {
  for (TrialPart& more : shard.trials)
    add(trials_[{more.place, more.expected}], std::move(more), shard.shard.index);
}

void MergedShards::add(Trial& trial, TrialPart more, std::uint64_t shard) {
  TrialPart& all = trial.part;
  if (all.target.empty()) {
    all.place = more.place;
    all.expected = more.expected;
    all.target = more.target;
  }
  for (JuryPart& part : more.juries) {
    if (part.ended) ++trial.ended[part.jury];
    const auto same = std::ranges::find(all.juries, part.jury, &JuryPart::jury);
    if (same == all.juries.end()) {
      all.juries.push_back(std::move(part));
      continue;
    }
    same->drawn += part.drawn;
    same->lost.resize(std::max(same->lost.size(), part.lost.size()));
    for (std::size_t i = 0; i < part.lost.size(); ++i) same->lost[i] += part.lost[i];
    same->tallies.resize(std::max(same->tallies.size(), part.tallies.size()));
    for (std::size_t i = 0; i < part.tallies.size(); ++i) same->tallies[i].merge(part.tallies[i]);
    if (same->contradiction.empty()) same->contradiction = std::move(part.contradiction);
  }
  std::ranges::move(more.losses, std::back_inserter(all.losses));
  if (all.words.empty()) all.words = std::move(more.words);
  all.printed |= more.printed;
  all.filtered |= more.filtered;
  all.unfiltered |= more.unfiltered;
  if (more.failure.empty()) return;
  trial.failed.push_back(shard);
  if (all.failure.empty()) all.failure = std::move(more.failure);
}

const TrialPart* MergedShards::trial(const TrialKey& key) const {
  const auto found = trials_.find({key.place, key.expected});
  return found == trials_.end() ? nullptr : &found->second.part;
}

const JuryPart* MergedShards::jury(const TrialKey& key, const std::string& name) const {
  const auto found = trials_.find({key.place, key.expected});
  if (found == trials_.end()) return nullptr;
  const auto part = std::ranges::find(found->second.part.juries, name, &JuryPart::jury);
  if (part == found->second.part.juries.end()) return nullptr;
  if (!part->contradiction.empty()) return &*part;
  if (found->second.ended.at(name) != count_) return nullptr;
  const std::size_t last = part->pieces == 0 ? 0 : Pieces::wave_of(part->pieces - 1);
  std::uint64_t lost = 0;
  for (std::size_t wave = 0; wave < std::min(last, part->lost.size()); ++wave)
    lost += part->lost[wave];
  return lost >= most_lost_calls ? nullptr : &*part;
}

}  // namespace napier
