// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string>

#include "reports/view/view.hpp"

namespace napier {

/// The class of a tone in the page's style sheet; empty for a plain one.
std::string_view class_of(Tone tone);

/// The place on the page of the target at that place in the report: "target-7".
std::string anchor(std::size_t target);

/// A name as HTML that may be broken behind its signs, and not inside a word: "shipped/", "tang/",
/// "exp:", "binary64".
std::string html_name(std::string_view name);

/// A command line as HTML that may be broken between its words, and not behind their hyphens.
std::string html_command(std::string_view command);

/// A table as HTML, as short as it may be: the ends of rows and cells go without saying. Cells that
/// tell of a target lead there; `kind` is its class. The columns' meanings stand elsewhere on the
/// page, too.
std::string html_table(const Table& table, std::string_view kind, bool with_meanings = false);

}  // namespace napier
