// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <CLI/App.hpp>
#include <optional>
#include <string>
#include <vector>

#include "lib/target/claim.hpp"
#include "lib/target/function.hpp"

namespace napier::cli {

/// What a caller says of somebody else's function: its shape and its claim.
struct ClaimOptions {
  std::optional<std::string> function;
  std::optional<std::string> format;
  std::optional<std::string> shape;
  std::vector<std::string> claims;  ///< sentences (claim_grammar.hpp)
  std::optional<std::string> profile;
  std::optional<std::string> max_ulp;
  std::optional<std::string> max_ulp_directed;
  std::optional<std::string> relative;
  std::optional<std::string> absolute;
  std::optional<std::string> rtol;
  std::optional<std::string> atol;
  bool correctly_rounded = false;
  bool faithful = false;
  bool special_values = false;
  bool monotone = false;
  bool flags = false;
  bool errno_values = false;
  bool strict = false;  ///< the four above
  bool flush_subnormals = false;
  std::vector<std::string> domains;
  std::vector<std::string> environment;  ///< NAME=VALUE

  void add_to(CLI::App& command);
  /// … those alone that say what the function is and how it is called, and where it runs.
  void add_shape_to(CLI::App& command, const std::string& group);
  void add_environment_to(CLI::App& command, const std::string& group);
  /// The options that were given, as on a command line, so that a replay line repeats them: words
  /// of a POSIX shell.
  std::string text() const;
  /// The first option given, other than --profile, which is for every target; empty if none was.
  std::string first_given() const;
  /// The claim they make. A sentence that begins with a function's name and a colon is said of that
  /// one alone. Throws std::invalid_argument with one clear line.
  Claim claim(const Function& of, const Format& in) const;
  /// The claim of a derivative that a function gives beside its value: the sentences that name it,
  /// "d_exp: …", and --domain, which is where both are asked.
  Claim claim_of_derivative(const Function& of, const Format& in) const;
  /// Throws std::invalid_argument where a sentence is about none of these functions.
  void check_said_of(const std::vector<const Function*>& all) const;

 private:
  ClaimOptions said_of(const Function& of) const;
  std::vector<std::string> words() const;
  /// --claim and what is short for it.
  std::string sentence() const;
};

}  // namespace napier::cli
