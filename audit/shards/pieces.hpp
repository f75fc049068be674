// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdint>
#include <vector>

#include "props/domain/domain.hpp"
#include "reports/report.hpp"

namespace napier {

/// The cases of a budget in pieces of some thousand: what a thread does at a time, and what is done
/// or not done when a checkpoint is written. They depend on domain and budget alone.
///
/// A piece is named by its turn. Neighbouring pieces have like errors, growing for long stretches:
/// each case a new largest one, which only the reference can measure. So turns are spread: the
/// first pieces tell how large the largest may be.
class Pieces {
 public:
  Pieces(const Domain& domain, std::uint64_t budget);
  /// So many things, each a piece: the first index of a portion says which.
  static Pieces of(std::uint64_t things);

  std::uint64_t count() const { return count_; }
  /// Indices of strata in all of them.
  std::uint64_t drawn() const;
  Portion at(std::uint64_t turn) const { return portion(turn * stride_ % count_); }
  /// Piece b of every stratum belongs to shard b mod n.
  bool belongs(std::uint64_t turn, const Shard& shard) const {
    return at(turn).first / size_ % shard.count == shard.index;
  }

  /// Turns are taken in waves that double: whether to go on with a target that loses calls is asked
  /// between two waves, and so at the same place for any number of threads and shards.
  static std::size_t wave_of(std::uint64_t turn);
  /// The turn after the last one of the wave.
  std::uint64_t end_of_wave(std::size_t wave) const;

 private:
  Pieces() = default;
  struct Part {
    Portion whole;
    std::uint64_t first_piece;
  };
  Portion portion(std::uint64_t piece) const;

  std::vector<Part> parts_;
  std::uint64_t size_ = 1;  ///< of a piece, in cases
  std::uint64_t count_ = 0;
  std::uint64_t stride_ = 1;
};

}  // namespace napier
