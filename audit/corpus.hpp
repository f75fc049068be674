// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "lib/target/target.hpp"
#include "props/subject/subject.hpp"

namespace napier {

/// Arguments that are known to be hard, as somebody wrote them down.
struct CorpusLine {
  std::string function;  ///< "exp"; empty: of whichever
  std::vector<std::string> arguments;
};

/// Reads what CORE-MATH (.wc), glibc (auto-libm-test-in, benchtests' *-inputs) and people write: a
/// case a line, numbers between blanks or commas, hex floats or decimals, a function's name before
/// them if there is one, words behind them, and # before what is not meant. Throws
/// std::invalid_argument with file and line where a line begins with none of these.
std::vector<CorpusLine> parse_corpus(std::string_view text, const std::string& file);
/// … of a file; throws std::runtime_error if it can't be read.
std::vector<CorpusLine> read_corpus(const std::string& file);

/// Those of its cases that a target can be asked: of its function, with as many arguments as it
/// has, which its format holds.
std::vector<Point> points_of(const std::vector<CorpusLine>& corpus, const Target& target);

}  // namespace napier
