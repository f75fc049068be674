// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <chrono>
#include <mutex>
#include <optional>

#include "audit/shards/part.hpp"
#include "audit/shards/pieces.hpp"

namespace napier {

/// Lost calls (a hung one counts several) after which a target is tried no further.
inline constexpr std::uint64_t most_lost_calls = 64;

/// Hands the pieces of a jury, or of a search, that are a shard's own to threads, and keeps account
/// of what is done, so that whoever locks the mutex sees a part that is true: its tallies are those
/// of the pieces that it calls done, to the last case.
class JuryWork {
 public:
  /// The part is new, or what was done before.
  JuryWork(JuryPart& part, std::size_t properties, const Pieces& pieces, const Shard& shard,
           std::mutex& mutex);

  /// Begins a wave, or goes on with one; false when nothing is left to do.
  bool begin_wave();
  /// After all threads have come back and published.
  void end_wave();

  /// What a thread has done and not published yet.
  struct Batch {
    std::vector<Tally> tallies;
    std::vector<std::uint64_t> done;
    std::chrono::steady_clock::time_point begun;
  };
  Batch new_batch() const;
  /// The turn of a piece to do now; nullopt when the wave has none left.
  std::optional<std::uint64_t> take();
  /// Adds the batch to the part, and begins it anew. For a thread between two pieces.
  void publish(Batch& batch);
  /// The same from time to time: a batch that is lost was a second's work.
  void publish_if_old(Batch& batch);
  /// Adds the cases of a piece that is not done, and never will be by anybody.
  void add_unfinished(const Batch& batch);
  Portion portion(std::uint64_t turn) const { return pieces_.at(turn); }

 private:
  void add(const std::vector<Tally>& more);

  JuryPart& part_;
  const Pieces& pieces_;
  Shard shard_;
  std::mutex& mutex_;
  std::size_t wave_ = 0;
  std::vector<std::uint64_t> again_;  ///< turns that were open before
};

}  // namespace napier
