// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "lib/target/claim.hpp"
#include "lib/target/claim_words.hpp"
#include "lib/target/function.hpp"

namespace napier {

/// The numbers of a promise, and the format that it names, as its kind asks for them. What is no
/// such number is refused at its word.
class Stated {
 public:
  Stated(const Words& words, std::vector<Word> read, std::string text, const Format& results)
      : words_(words), read_(std::move(read)), text_(std::move(text)), results_(results) {}

  Amount amount(std::size_t i) const;
  /// So many times the ulp that 1 has in the format of the results.
  Amount epsilons(std::size_t i) const;
  UlpLimit ulps(std::size_t i, Metric metric) const;
  /// Of the last one, where there are not so many.
  Decimal decimal(std::size_t i) const { return amount(i).exact; }
  /// The FORMAT of the pattern: no finer than results are.
  const Format& format() const;
  /// The TARGET of the pattern, without quotation marks.
  std::string target() const;
  const std::string& text() const { return text_; }  ///< of the whole promise

 private:
  const Word& number(std::size_t i) const;
  const Words& words_;
  std::vector<Word> read_;  ///< numbers, and the names of formats
  std::string text_;
  const Format& results_;
};

/// A kind of promise about the error of a result: how it is written, and what it says. Everything
/// else follows from that. A new kind is a new row of the table.
struct ErrorKind {
  std::string_view pattern;  ///< words and symbols, with K for a number ≥ 0 and FORMAT for its name
  /// What it says of a result y and the true value t, for --help: with the letters of spelled().
  std::string_view means;
  AccuracyClaim (*says)(const Stated& stated);
  bool of_every_mode = false;  ///< where none is named; else it is about nearest
  /// Why it can't be promised of a function; empty: it can. Null: of all functions it can.
  std::string (*unsuited)(const Function& function) = nullptr;
};
std::span<const ErrorKind> error_kinds();

/// What is said of results in a way of its own, and has no modes.
struct Fact {
  std::string_view pattern;
  std::string_view means;
  void (*state)(Claim& claim, const Stated& stated);
  bool is_freedom = false;  ///< it says nothing by itself: it goes with all other promises
};
std::span<const Fact> facts();

/// A promise about all errors together.
struct StatisticKind {
  std::string_view pattern;
  std::string_view means;
  Statistic::Of of;
};
/// Of a promise of a share: how many per cent. That of errors within a bound, which is its number,
/// stands in its words; p99 says it without.
Decimal share_of(const Statistic& promise);
std::span<const StatisticKind> statistic_kinds();

}  // namespace napier
