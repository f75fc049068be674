// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "lib/target/claim_words.hpp"

#include <algorithm>

#include "lib/fp/format.hpp"

namespace napier {
namespace {

constexpr std::string_view blanks = " \t\r\n", digits = "0123456789.";

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_digit(char c) { return digits.find(c) != std::string_view::npos; }

/// The length of the word that a text begins with.
std::size_t length_of_first(std::string_view text) {
  const auto while_all = [&](auto belongs) {
    return static_cast<std::size_t>(std::ranges::find_if_not(text, belongs) - text.begin());
  };
  if (is_letter(text.front()))
    return while_all([](char c) { return is_letter(c) || (is_digit(c) && c != '.'); });
  if (!is_digit(text.front())) return text.starts_with("<=") || text.starts_with(">=") ? 2 : 1;
  // A sign belongs to a number after the mark of its exponent: e, or p of a hex float.
  const bool hex = text.starts_with("0x") || text.starts_with("0X");
  const std::string_view marks = hex ? "pP" : "eE";
  char before = ' ';
  return while_all([&](char c) {
    const bool sign = (c == '+' || c == '-') && marks.find(before) != std::string_view::npos;
    before = c;
    return sign || is_digit(c) || is_letter(c);
  });
}

/// The length of the target string that a text begins with: up to its second quotation mark, or to
/// the end of a word.
std::size_t length_of_target(std::string_view text) {
  const char mark = text.front();
  const auto end = mark == '"' || mark == '\'' ? text.find(mark, 1) : text.npos;
  return end != text.npos ? end + 1 : std::min(text.find_first_of(" \t\r\n;"), text.size());
}

/// Is there a blank between two words as people write them? Bars are not asked about.
bool are_apart(const std::string& before, const std::string& after) {
  constexpr std::string_view closes = ",;)]*", opens = "([*-";
  return closes.find(after) == std::string_view::npos &&
         opens.find(before) == std::string_view::npos && !(before == "max" && after == "(");
}

}  // namespace

Words::Words(std::string_view text) {
  for (std::string_view rest = text;;) {
    rest.remove_prefix(std::min(rest.find_first_not_of(blanks), rest.size()));
    if (rest.empty()) break;
    const bool target = !words_.empty() && words_.back().text == "equals" && rest.front() != ';';
    const std::size_t length = target ? length_of_target(rest) : length_of_first(rest);
    words_.push_back({std::string(rest.substr(0, length)), !target && is_digit(rest.front()),
                      target, text.size() - rest.size()});
    rest.remove_prefix(length);
  }
}

const Word& Words::next() {
  if (at_end()) refuse("is not where a claim may end");
  return words_[place_++];
}

bool Words::take(std::string_view text) {
  if (!is(text)) return false;
  ++place_;
  return true;
}

void Words::expect(std::string_view text, std::string_view how) {
  if (!take(text))
    refuse("is not the '" + std::string(text) + "' that belongs here: " + std::string(how));
}

bool Words::fits(std::string_view pattern) {
  for (const Word& wanted : Words(pattern).words_) {
    const bool fit =
        !at_end() && (wanted.text == "TARGET"   ? words_[place_].is_target
                      : wanted.text == "K"      ? words_[place_].is_number
                      : wanted.text == "FORMAT" ? find_format(words_[place_].text) != nullptr
                                                : words_[place_].text == wanted.text);
    if (!fit) return false;
    ++place_;
  }
  return true;
}

std::vector<Word> Words::read(std::string_view pattern) {
  const std::size_t begin = place_;
  fits(pattern);
  std::vector<Word> read;
  for (std::size_t i = begin; i < place_; ++i)
    if (words_[i].is_number || words_[i].is_target || find_format(words_[i].text) != nullptr)
      read.push_back(words_[i]);
  return read;
}

std::string Words::text(std::size_t begin, std::size_t end) const {
  std::string text;
  bool inside = false;  // of the bars of |x|
  for (std::size_t i = begin; i < end; ++i) {
    const bool bar = words_[i].text == "|";
    const bool close = bar && inside, opened = i != begin && words_[i - 1].text == "|" && inside;
    if (i != begin && !close && !opened && are_apart(words_[i - 1].text, words_[i].text))
      text += ' ';
    text += words_[i].text;
    if (bar) inside = !inside;
  }
  return text;
}

void Words::refuse(const std::string& why) const {
  if (!at_end()) refuse(words_[place_], why);
  throw std::invalid_argument("claim '" + text() + "', at its end: it " + why);
}

void Words::refuse(const Word& word, const std::string& why) const {
  const bool named = why.starts_with('\'');
  throw std::invalid_argument("claim '" + text() + "', at character " +
                              std::to_string(word.offset + 1) + ": " +
                              (named ? "" : "'" + word.text + "' ") + why);
}

std::string spelled(std::string_view pattern) {
  std::string text;
  // The last number of a relative error is R, the others are A and B, and one alone is K.
  const auto count = std::ranges::count(pattern, 'K');
  const std::string_view names = [&]() -> std::string_view {
    if (count >= 2 && pattern.starts_with("within")) return "KP";
    if (count >= 2) return pattern.find("rel") == pattern.npos ? "AB" : "ARN";
    if (pattern.starts_with("rel")) return "R";
    return pattern.starts_with("abs") ? "A" : "K";
  }();
  std::size_t number = 0;
  for (const char c : pattern) text += c == 'K' ? names[number++] : c;
  return "'" + text + "'";
}

}  // namespace napier
