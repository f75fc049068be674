// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string>
#include <string_view>

namespace napier {

// Text that comes from outside – a path, a name, what a target printed, a field of report.json – as
// it may be written down: one function for each medium.

/// For a terminal: control characters, those that turn the direction of writing, that break a line
/// or that nobody sees, and bytes that are no UTF-8 appear as \xNN, so that no target writes on the
/// reader's terminal. Line breaks stay, a tab is a blank.
std::string visible(std::string_view text);
/// The same on one line.
std::string one_line(std::string_view text);

/// For HTML: the same, and nothing in it is markup.
std::string html_escaped(std::string_view text);

/// For a command line: one word of a POSIX shell that hands on these very bytes and runs nothing,
/// made of characters that visible() and utf8_of() leave as they are. What can't be quoted so is
/// printed by the shell's own printf; of that a shell drops line breaks at the very end, and no
/// more.
std::string shell_word(std::string_view text);

/// For JSON, whose strings are UTF-8: bytes that are none become \xNN, and so does a backslash that
/// would read as the begin of one, as \x5c. bytes_of() gives back what it was.
std::string utf8_of(std::string_view bytes);
std::string bytes_of(std::string_view utf8);

}  // namespace napier
