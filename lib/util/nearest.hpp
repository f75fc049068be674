// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace napier {

/// How many characters have to be put in, left out or changed (Levenshtein) to make a text into
/// others. Each costs |other| steps for every 64 characters of the text.
///
/// Source: Myers, "A fast bit-vector algorithm for approximate string matching based on dynamic
/// programming", J. ACM 46 (1999), in Hyyrö's form for whole strings (2003).
class EditDistance {
 public:
  explicit EditDistance(std::string_view text);
  std::size_t to(std::string_view other) const;

 private:
  using Word = std::uint64_t;
  std::size_t length_;
  std::size_t words_;
  std::vector<Word> places_;  ///< [c·words + i]: where character c stands in the text's i-th 64
};

/// Up to `count` of the names, nearest to the text by edit distance first, then in alphabetical
/// order; none farther than `farthest`.
std::vector<std::string> nearest_names(
    std::string_view text, std::span<const std::string_view> names, std::size_t count = 3,
    std::size_t farthest = std::numeric_limits<std::size_t>::max());

}  // namespace napier
