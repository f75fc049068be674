// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "lib/util/nearest.hpp"

#include <algorithm>
#include <utility>

namespace napier {
namespace {

constexpr std::size_t word_bits = 64;
constexpr std::size_t characters = 256;
std::size_t code(char c) { return static_cast<unsigned char>(c); }

/// 64 rows of a column of the table of distances, as differences of each from the one above it.
struct Rows {
  std::uint64_t rises = ~std::uint64_t{0};
  std::uint64_t falls = 0;

  /// On to the next column: `equal` are the rows whose characters agree; above the first row the
  /// distance rose (+1) or fell (−1) by `above`. By how much it does in the row of the mask.
  int advance(std::uint64_t equal, int above, std::uint64_t row) {
    const std::uint64_t vertical = equal | falls;
    if (above < 0) equal |= 1;
    const std::uint64_t diagonal = (((equal & rises) + rises) ^ rises) | equal;
    std::uint64_t up = falls | ~(diagonal | rises);
    std::uint64_t down = rises & diagonal;
    const int change = ((up & row) != 0 ? 1 : 0) - ((down & row) != 0 ? 1 : 0);
    up = up << 1 | (above > 0 ? 1 : 0);
    down = down << 1 | (above < 0 ? 1 : 0);
    rises = down | ~(vertical | up);
    falls = up & vertical;
    return change;
  }
};

}  // namespace

EditDistance::EditDistance(std::string_view text)
    : length_(text.size()),
      words_((text.size() + word_bits - 1) / word_bits),
      places_(characters * words_) {
  for (std::size_t i = 0; i < text.size(); ++i)
    places_[code(text[i]) * words_ + i / word_bits] |= Word{1} << i % word_bits;
}

std::size_t EditDistance::to(std::string_view other) const {
  if (length_ == 0) return other.size();
  std::vector<Rows> column(words_);
  const Word last_row = Word{1} << (length_ - 1) % word_bits;
  auto distance = static_cast<std::ptrdiff_t>(length_);
  for (const char c : other) {
    int change = 1;
    for (std::size_t i = 0; i < words_; ++i) {
      const Word row = i + 1 == words_ ? last_row : Word{1} << (word_bits - 1);
      change = column[i].advance(places_[code(c) * words_ + i], change, row);
    }
    distance += change;
  }
  return static_cast<std::size_t>(distance);
}

std::vector<std::string> nearest_names(std::string_view text,
                                       std::span<const std::string_view> names, std::size_t count,
                                       std::size_t farthest) {
  const EditDistance distance(text);
  std::vector<std::pair<std::size_t, std::string_view>> scored;
  for (const std::string_view name : names)
    if (const std::size_t far = distance.to(name); far <= farthest) scored.emplace_back(far, name);
  std::ranges::sort(scored);
  scored.erase(std::unique(scored.begin(), scored.end()), scored.end());
  std::vector<std::string> nearest;
  for (std::size_t i = 0; i < std::min(count, scored.size()); ++i)
    nearest.emplace_back(scored[i].second);
  return nearest;
}

}  // namespace napier
