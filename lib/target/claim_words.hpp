// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace napier {

/// A word, a number or a symbol of a claim.
struct Word {
  std::string text;
  bool is_number = false;
  bool is_target = false;  ///< a target string: what follows `equals`, in quotation marks or not
  std::size_t offset = 0;  ///< in what was given
};

/// The words of a claim (claim_grammar.hpp), and a place among them.
class Words {
 public:
  explicit Words(std::string_view text);

  bool at_end() const { return place_ == words_.size(); }
  std::size_t place() const { return place_; }
  void go_to(std::size_t place) { place_ = place; }
  bool is(std::string_view text) const { return !at_end() && words_[place_].text == text; }
  std::string_view word() const { return at_end() ? std::string_view() : words_[place_].text; }
  const Word& next();  ///< refuses at the end
  bool take(std::string_view text);
  void expect(std::string_view text, std::string_view how);

  /// Goes past the words of a pattern, K being any number, FORMAT the name of a format and TARGET
  /// a target string, as far as they fit; whether all do.
  bool fits(std::string_view pattern);
  /// The numbers, the names of formats and target strings of a pattern that fits.
  std::vector<Word> read(std::string_view pattern);

  /// The words with single blanks where people put them; all, or from one to before another.
  std::string text() const { return text(0, words_.size()); }
  std::string text(std::size_t begin, std::size_t end) const;

  /// Throws std::invalid_argument: the claim, the word, and what is wrong with it.
  [[noreturn]] void refuse(const std::string& why) const;
  [[noreturn]] void refuse(const Word& word, const std::string& why) const;
  /// Does something that may refuse a word.
  template <class Do>
  void at(const Word& word, Do something) const {
    try {
      something();
    } catch (const std::invalid_argument& refused) {
      refuse(word, refused.what());
    }
  }
  template <class Do>
  void at(std::size_t place, Do something) const {
    at(words_[place], something);
  }

 private:
  std::vector<Word> words_;
  std::size_t place_ = 0;
};

/// A pattern as it is shown: "rel <= R".
std::string spelled(std::string_view pattern);

}  // namespace napier
