// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <mutex>
#include <string>
#include <thread>

#include "audit/shards/shard_file.hpp"

namespace napier {

/// Told in one line what goes wrong and ends nothing.
using Warn = std::function<void(const std::string&)>;

/// Keeps what a shard has done, and writes it down from time to time: a checkpoint, from which the
/// same command goes on. Work that changes it locks the mutex.
///
/// The same shard may run twice at once: whole files take each other's place, each of them true,
/// and what is finished has another name than a checkpoint, which so never takes its place.
class ShardKeeper {
 public:
  /// In that folder. Begins with what its checkpoint has, if that is one of this shard of this
  /// audit; else it warns.
  ShardKeeper(ShardFile begun, const std::filesystem::path& folder, Warn warn);

  ShardFile& shard() { return shard_; }
  std::mutex& mutex() { return mutex_; }

  /// Writes checkpoints from now on until it is destroyed; it warns where one can't be written.
  void write_now_and_then();
  /// Writes a last one. Throws std::runtime_error where it can't be written.
  void stop_at_checkpoint();
  /// Writes the finished file, and removes the checkpoint.
  void finish();

  const std::filesystem::path& finished() const { return finished_; }
  const std::filesystem::path& checkpoint() const { return checkpoint_; }

 private:
  std::string text();
  void write_checkpoint();

  ShardFile shard_;
  std::filesystem::path finished_;
  std::filesystem::path checkpoint_;
  Warn warn_;
  std::mutex mutex_;
  std::jthread writer_;
};

/// Where the finished file of a shard is: "FOLDER/shard-3-of-8.napier".
std::filesystem::path finished_file(const std::filesystem::path& folder, const Shard& shard);

}  // namespace napier
