// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string>
#include <string_view>

namespace napier {

/// Text of any origin made fit to be shown: control characters, those that turn the direction of
/// writing and bytes that are no UTF-8 appear as \xNN, so that no target writes on the reader's
/// terminal. Line breaks stay.
std::string visible(std::string_view text);
/// The same on one line.
std::string one_line(std::string_view text);
/// The same as text of HTML: nothing in it is markup.
std::string html_escaped(std::string_view text);

}  // namespace napier
