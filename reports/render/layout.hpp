// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "reports/view/view.hpp"

// Text in columns of equal characters.
namespace napier {

/// How many columns a text takes: its characters, each one wide.
std::size_t text_width(std::string_view text);

/// Breaks a text at blanks into lines of at most `width` columns, each begun with `indent` blanks;
/// the first line goes behind `first`, which takes the place of its indent. Words that are longer
/// stay whole, so that they can be copied. Width 0 breaks nothing.
std::string wrapped(std::string_view text, int width, std::size_t indent,
                    std::string_view first = {});

/// Puts a colour around a text; the text alone where there are none.
using Paint = std::function<std::string(std::string_view text, Tone tone)>;

/// A table with two blanks between its columns. What is too wide for `width` first loses what is
/// said beside its cells, then its optional columns. Width 0: as wide as it likes.
std::string laid_out(const Table& table, int width, const Paint& paint);

}  // namespace napier
