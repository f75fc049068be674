// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "audit/shards/pieces.hpp"

#include <algorithm>
#include <bit>

#include "props/domain/spread.hpp"

namespace napier {
namespace {

constexpr std::uint64_t pieces_of_a_budget = 256;
constexpr std::uint64_t least = 4096;
constexpr std::uint64_t most = 65536;
constexpr std::uint64_t most_pieces = std::uint64_t(1) << 22;  // of a stratum

}  // namespace

Pieces::Pieces(const Domain& domain, std::uint64_t budget)
    : size_(std::clamp(budget / pieces_of_a_budget, least, most)) {
  const std::vector<Portion> wholes = portions(domain, budget);
  const auto pieces_of = [&](const Portion& whole) { return (whole.count + size_ - 1) / size_; };
  // All arguments of a binade are 2^52: what is done of them still fits a small checkpoint.
  while (std::ranges::any_of(wholes, [&](const Portion& w) { return pieces_of(w) > most_pieces; }))
    size_ *= 2;
  for (const Portion& whole : wholes) {
    parts_.push_back({whole, count_});
    count_ += pieces_of(whole);
  }
  if (count_ != 0) stride_ = spreading_stride(count_);
}

Pieces Pieces::of(std::uint64_t things) {
  Pieces pieces;
  pieces.parts_.push_back({{0, 0, things}, 0});
  pieces.count_ = things;
  return pieces;
}

Portion Pieces::portion(std::uint64_t piece) const {
  const auto next = std::ranges::upper_bound(parts_, piece, {}, &Part::first_piece);
  const auto& [whole, first_piece] = *(next - 1);
  const std::uint64_t before = (piece - first_piece) * size_;
  return {whole.stratum, whole.first + before, std::min(size_, whole.count - before)};
}

std::uint64_t Pieces::drawn() const {
  std::uint64_t all = 0;
  for (const Part& part : parts_) all += part.whole.count;
  return all;
}

std::size_t Pieces::wave_of(std::uint64_t turn) {
  return turn < 2 ? 0 : static_cast<std::size_t>(std::bit_width(turn)) - 1;
}

std::uint64_t Pieces::end_of_wave(std::size_t wave) const {
  return std::min(count_, std::uint64_t(2) << wave);
}

}  // namespace napier
