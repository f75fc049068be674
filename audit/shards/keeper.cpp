// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "audit/shards/keeper.hpp"

#include <fmt/format.h>

#include <condition_variable>
#include <stdexcept>
#include <system_error>

#include "reports/store/store.hpp"
#include "reports/text.hpp"

namespace napier {
namespace {

namespace fs = std::filesystem;

fs::path file_of(const fs::path& folder, const Shard& shard, const char* ending) {
  return folder / fmt::format("shard-{}-of-{}.{}", shard.index, shard.count, ending);
}

/// Why a checkpoint can't be gone on from; empty if it can.
std::string unfit(const ShardFile& there, const ShardFile& here) {
  if (const std::string other = difference(there.run, here.run); !other.empty()) return other;
  if (there.shard.index != here.shard.index || there.shard.count != here.shard.count)
    return fmt::format("it is shard {} of {}", there.shard.index, there.shard.count);
  return {};
}

}  // namespace

fs::path finished_file(const fs::path& folder, const Shard& shard) {
  return file_of(folder, shard, "napier");
}

ShardKeeper::ShardKeeper(ShardFile begun, const fs::path& folder, Warn warn)
    : shard_(std::move(begun)),
      finished_(finished_file(folder, shard_.shard)),
      checkpoint_(file_of(folder, shard_.shard, "checkpoint")),
      warn_(std::move(warn)) {
  std::error_code error;
  if (!fs::exists(checkpoint_, error)) return;
  const auto ignored = [&](const std::string& why) {
    warn_(fmt::format("{} is ignored: {}", one_line(checkpoint_.string()), why));
  };
  try {
    ShardFile before = shard_from_text(read_file(checkpoint_));
    const std::string why_not = unfit(before, shard_);
    if (why_not.empty())
      shard_.trials = std::move(before.trials);
    else
      ignored("it is of another audit: " + why_not);
  } catch (const std::runtime_error& refusal) {
    ignored(refusal.what());
  }
}

std::string ShardKeeper::text() {
  const std::lock_guard lock(mutex_);
  return shard_text(shard_);
}

void ShardKeeper::write_checkpoint() { write_file(checkpoint_, text()); }

void ShardKeeper::write_now_and_then() {
  writer_ = std::jthread([this](const std::stop_token& ended) {
    constexpr auto often = std::chrono::seconds(30);
    std::mutex mutex;
    std::unique_lock lock(mutex);
    std::condition_variable_any never;
    while (!never.wait_for(lock, ended, often, [] { return false; }) && !ended.stop_requested())
      try {
        write_checkpoint();
      } catch (const std::runtime_error& refusal) {
        warn_(refusal.what());
      }
  });
}

void ShardKeeper::stop_at_checkpoint() {
  writer_ = {};  // so that no older one comes after it
  write_checkpoint();
}

void ShardKeeper::finish() {
  writer_ = {};
  {
    const std::lock_guard lock(mutex_);
    shard_.ended = true;
  }
  write_file(finished_, text());
  remove_file(checkpoint_);
}

}  // namespace napier
