// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "lib/target/nearest_promises.hpp"

#include <algorithm>
#include <vector>

#include "lib/target/claim_words.hpp"
#include "lib/util/nearest.hpp"

namespace napier {
namespace {

/// How far a word is from one of a promise: not at all where one begins the other, as "relative"
/// and "rel", and a step where the same letters stand in another order, as "upl" and "ulp".
std::size_t distance(std::string word, std::string other) {
  constexpr std::size_t telling = 3;  // letters
  if (other.size() >= telling && word.starts_with(other)) return 0;
  if (word.size() >= telling && other.starts_with(word)) return 0;
  const std::size_t edits = EditDistance(word).to(other);
  std::ranges::sort(word);
  std::ranges::sort(other);
  return word == other ? 1 : edits;
}

/// The first word of a pattern.
std::string first_word(std::string_view pattern) {
  const auto end = std::ranges::find_if_not(
      pattern, [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); });
  return {pattern.begin(), end};
}

}  // namespace

std::string nearest_promises(std::string_view word, std::span<const std::string_view> patterns) {
  constexpr std::size_t most = 3;
  std::size_t nearest = std::max<std::size_t>(1, word.size() / 2);
  std::vector<std::string_view> found;
  for (const std::string_view pattern : patterns) {
    const std::string first = first_word(pattern);
    const std::size_t far = distance(std::string(word), first);
    if (first.empty() || far > nearest) continue;
    if (far < nearest) found.clear();
    nearest = far;
    found.push_back(pattern);
  }
  if (found.empty())
    return ": write 'ulp <= K', 'rel <= R', 'monotone' or another one of docs/claims.md";
  found.resize(std::min(most, found.size()));
  std::string text;
  for (const auto pattern : found) text += (text.empty() ? "; nearest: " : ", ") + spelled(pattern);
  return text;
}

}  // namespace napier
