// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "lib/target/target.hpp"

namespace napier {

/// Implementations by name, sorted.
class Catalogue {
 public:
  /// Throws std::logic_error if the name is taken.
  void add(Target target);
  std::span<const Target> targets() const { return targets_; }
  const Target* find(std::string_view name) const;

  /// Targets whose name matches COLLECTION/…/FUNCTION[:FORMAT]; without a format all formats.
  /// `*` matches within one path part, `**` across parts.
  std::vector<const Target*> match(std::string_view pattern) const;
  /// Up to `count` names nearest to the text by edit distance, for error messages; with their
  /// formats if the text has one.
  std::vector<std::string> nearest(std::string_view text, std::size_t count = 3) const;

 private:
  std::vector<Target> targets_;
};

/// The implementations linked into this program: this machine's libm and all of lib/exponential and
/// lib/derivative.
///
/// A file lib/exponential/NAME.cpp or lib/derivative/NAME.cpp joins by defining
/// `void napier::contribute_NAME(Catalogue&)`: the build collects the files into a table.
const Catalogue& catalogue();

}  // namespace napier
