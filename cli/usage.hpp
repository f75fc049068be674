// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <CLI/App.hpp>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

// What a command line may hold, and what is said where it does not.
namespace napier::cli {

/// A whole number from `least` on, up to `most`, in decimal digits.
CLI::Validator whole_number(std::uint64_t least,
                            std::uint64_t most = std::numeric_limits<std::uint64_t>::max());

/// A whole number from `least` on, up to `most`, which may be negative.
CLI::Validator integer(std::int64_t least, std::int64_t most);

/// A time above 0 in seconds, a decimal.
CLI::Validator seconds();

/// Any text but the empty one; `what` is the noun for it: "a folder".
CLI::Validator not_empty(const std::string& what);

/// NAME=VALUE.
CLI::Validator variable();

/// The words that an option takes, where these are few: what shells complete.
std::vector<std::string> values_of(const CLI::Option& option);

/// Every property with its name, its law's number and its statement, a line each.
std::string properties_help();

/// The names of all formats: "binary16, bfloat16, … or binary128".
std::string format_names();

/// The names of the commands: "audit, list or replay".
std::string command_names(const CLI::App& app);

/// An option of the parsed command that is given more often than it is read, as a line; empty if
/// there is none. Of flags CLI11 takes any number.
std::string repetition(const CLI::App& app);

/// What is wrong with a command line that CLI11 refused, in one line, and how to mend it.
std::string usage_error(const CLI::App& app, const CLI::ParseError& error);

}  // namespace napier::cli
