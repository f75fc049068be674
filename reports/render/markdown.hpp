// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "reports/report.hpp"

namespace napier {

struct Table;

/// What a reader of a job's summary looks through; GitHub takes 1024 KiB of all of them together.
inline constexpr std::size_t markdown_limit = 64 * 1024;

/// The report in GitHub's Markdown: summary, then each target's tables and findings (folded for
/// those that need no look), legend, provenance. Once `limit` bytes are full, further targets are
/// left out, refuted ones last, and the text says how many.
std::string render_markdown(const Report& report, std::size_t limit = markdown_limit);

/// A table. Text is escaped; exact data stand in code spans.
std::string markdown_table(const Table& table);
/// Implementations beside each other, who of them errs alike, and what the cells mean.
std::string markdown_implementations(const Report& report);
/// Text of any origin as Markdown text on one line: nothing in it is markup.
std::string markdown_escaped(std::string_view text);
/// The same as a code span.
std::string markdown_code(std::string_view text);

}  // namespace napier
