// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "audit/manifest/toml_tree.hpp"
#include "lib/target/claim.hpp"
#include "lib/target/function.hpp"

namespace napier {

/// A sentence, or a table of sentences for functions and formats, of which the most special one
/// counts alone: "exp:binary32", then exp, then binary32, then all. A sentence is a text, or a
/// table with a `claim` and a `source` of its own.
class PromiseTable {
 public:
  /// Refuses keys that name no function and no format. `source` is of sentences without their own.
  PromiseTable(const TomlNode& node, std::string source);

  struct Found {
    std::string sentence;
    Claim claim;
  };
  /// What is promised of a function in a format; nullopt if nothing is. Throws
  /// std::invalid_argument, with the place of the sentence, if it is no claim.
  std::optional<Found> find(const Function& function, const Format& format) const;

  /// Is it one sentence for all?
  bool is_sentence() const;

  /// What it speaks of: "exp:binary32, exp2:binary32".
  std::string keys() const;

 private:
  const TomlNode* sentence(const Function& function, const Format& format) const;

  TomlNode node_;
  std::string source_;
};

}  // namespace napier
