// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace napier {

/// What each property is worth: the share of its cases that refute each mutant, an implementation
/// made wrong on purpose.
struct KillMatrix {
  struct Mutant {
    std::string name;
    std::string sin;  ///< what is wrong with it, in words
  };
  /// A place of the matrix.
  struct Cell {
    std::optional<double> share;  ///< of the cases, 0 … 1; absent where the property can't be asked
    bool must_be_zero = false;    ///< the property can't see this fault, and a refutation is a bug
  };

  std::string
      subject;  ///< of whom the mutants are, and the claim they break: "exp:binary64, 1 ulp"
  std::vector<std::string> properties;   ///< the columns
  std::vector<Mutant> mutants;           ///< the rows
  std::vector<std::vector<Cell>> cells;  ///< one row a mutant, one cell a property
};

/// For a terminal: tables of at most `width` columns, mutants down, as many below each other as the
/// properties need, and what their marks mean.
std::string render_terminal(const KillMatrix& matrix, int width);
/// The same in Markdown, with the mutants' sins.
std::string render_markdown(const KillMatrix& matrix);
/// The same as a page of its own that asks nobody for anything.
std::string render_html(const KillMatrix& matrix);

}  // namespace napier
