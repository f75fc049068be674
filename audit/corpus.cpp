// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "audit/corpus.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

#include "audit/corpus_forms.hpp"
#include "lib/fp/hexfloat.hpp"
#include "lib/target/function.hpp"
#include "reports/store/store.hpp"
#include "reports/text.hpp"

namespace napier {
namespace {

std::vector<std::string> words_of(std::string_view line) {
  std::vector<std::string> words;
  std::string word;
  const auto end_word = [&] {
    if (!word.empty()) words.push_back(std::move(word));
    word.clear();
  };
  for (const char c : line.substr(0, line.find('#')))
    if (c == ' ' || c == '\t' || c == ',' || c == '\r')
      end_word();
    else
      word += c;
  end_word();
  return words;
}

/// Could it be meant as one? Whether a format holds it is another question. CORE-MATH's lists have
/// signalling NaNs, which are nobody's cases: special values ask them of everyone.
bool is_number(std::string_view word) {
  if (word.starts_with('-') || word.starts_with('+')) word.remove_prefix(1);
  return word == "inf" || word == "nan" || word == "snan" || word == "qnan" ||
         (!word.empty() && word.find_first_of("0123456789") <= 1 &&
          word.find_first_not_of("0123456789abcdefABCDEFxXpP+-.") == word.npos);
}

std::string without_plus(std::string word) { return word.starts_with('+') ? word.substr(1) : word; }

}  // namespace

std::vector<CorpusLine> parse_corpus(std::string_view text, const std::string& file) {
  if (is_source_of_intervals(text)) return intervals_of(text);
  std::vector<CorpusLine> corpus;
  std::size_t number = 0;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::vector<std::string> words = words_of(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    ++number;
    if (words.empty() || is_head_of_validation_set(words)) continue;
    if (words.front().starts_with("np.")) {
      auto validated = validation_case(words);
      if (!validated)
        throw std::invalid_argument(one_line(fmt::format(
            "{}, line {}: this is no case of a validation set of NumPy: np.float32 or np.float64, "
            "the encodings of arguments and of a result, and a tolerance",
            file, number)));
      corpus.push_back(std::move(*validated));
      continue;
    }
    CorpusLine line;
    auto word = words.begin();
    // glibc's files have functions that are unknown here: their cases are nobody's.
    if (!is_number(*word) && words.size() > 1 && is_number(words[1])) line.function = *word++;
    for (; word != words.end() && is_number(*word); ++word)
      line.arguments.push_back(without_plus(*word));
    if (line.arguments.empty())
      throw std::invalid_argument(one_line(fmt::format(
          "{}, line {}: '{}' is no number: a line is a case, as 0x1.8p+1, or 2,0.5 of pow, or exp "
          "0x1.8p+1; # begins what is not meant",
          file, number, words.front())));
    corpus.push_back(std::move(line));
  }
  return corpus;
}

std::vector<CorpusLine> read_corpus(const std::string& file) {
  return parse_corpus(read_file(file), file);
}

std::vector<Point> points_of(const std::vector<CorpusLine>& corpus, const Target& target) {
  std::vector<Point> points;
  for (const CorpusLine& line : corpus) {
    if (!line.function.empty() && line.function != target.function->name) continue;
    if (line.format != nullptr) {
      if (line.format == target.format && is_for(line, target)) add_encoded(line, points);
      continue;
    }
    if (line.arguments.size() != static_cast<std::size_t>(target.function->arity)) continue;
    try {
      Point point;
      for (const std::string& argument : line.arguments)
        point.push(parse_float(*target.format, argument));
      points.push_back(point);
    } catch (const std::invalid_argument&) {  // of another format
    }
  }
  return points;
}

}  // namespace napier
