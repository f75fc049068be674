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
  /// Of that format alone: its encodings, or the ends of an interval, which may be encodings. Null:
  /// of every format that has these numbers.
  const Format* format = nullptr;
  /// Of an interval: so many calls along its encodings. 0: a case.
  std::uint64_t calls = 0;
  bool of_both_signs = false;  ///< that of the other sign, too
};

/// Reads what CORE-MATH (.wc), glibc (auto-libm-test-in, benchtests' *-inputs) and people write: a
/// case a line, numbers between blanks or commas, hex floats or decimals, a function's name before
/// them if there is one, words behind them, and # before what is not meant. Also NumPy's validation
/// sets (np.float32,0x3f800000,…), and of a source of Arm's optimized-routines its TEST_INTERVAL
/// lines, of which those with named ends are left out. Throws std::invalid_argument with file and
/// line where a line begins with none of these.
std::vector<CorpusLine> parse_corpus(std::string_view text, const std::string& file);
/// … of a file; throws std::runtime_error if it can't be read.
std::vector<CorpusLine> read_corpus(const std::string& file);

/// Those of its cases that a target can be asked: of its function, with as many arguments as it
/// has, which its format holds. Of an interval its ends, and at most 1000 calls in all.
std::vector<Point> points_of(const std::vector<CorpusLine>& corpus, const Target& target);

}  // namespace napier
