// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "audit/candidate.hpp"
#include "lib/target/recorded_results.hpp"

// A table of results: what a target gave on one machine, for `equals table:FILE` on another one.
namespace napier {

/// Is it of the form table:FILE?
bool is_recorded_table(std::string_view text);
/// FILE of table:FILE, and the other way round.
std::string file_of_table(std::string_view text);
std::string table_in(const std::string& file);

struct RecordOptions {
  std::vector<Rounding> roundings{Rounding::nearest};
  std::uint64_t cases = 20'000;  ///< so many arguments are drawn where there are too many for all
  Seed seed;
  const StopFlag* stop = nullptr;
};

struct Recorded {
  RecordedResults results;
  std::uint64_t without_answer = 0;  ///< calls that are left out: some mode gave none
};

/// Calls the target: of one argument in a format of 16 bits with every argument, else with those
/// that an audit of that seed draws first. Throws std::runtime_error with one line where it can't
/// be opened or gives no answer at all, or the stop flag is raised.
Recorded record(const Target& target, const RecordOptions& options);

/// The text of a table: words and values a line, the encodings of a call and of its results a line,
/// and at the end the SHA-256 of all of it.
std::string table_text(const RecordedResults& results);

/// What table_text() wrote. Throws std::invalid_argument with one line that names the file where it
/// is empty, something else, or not what was written.
std::shared_ptr<const RecordedResults> parse_table(std::string_view text, const std::string& file);
/// The same of a file.
std::shared_ptr<const RecordedResults> read_table(const std::string& file);

/// A claim whose tables' relative paths are those of a folder, from where we are.
std::string tables_seen_from(const std::string& folder, const std::string& claim);

/// What it is, in a line: whose results, from where, at how many arguments and in which modes.
std::string words_of(const RecordedResults& results);

}  // namespace napier
