// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string_view>

#include "reports/view/view.hpp"

namespace napier {

/// Functions beside each other, a row an implementation: those of one function and format stand
/// together. The largest error, how many results are correctly rounded, whether order, special
/// values and laws are kept, how long a call takes where that was asked for, and who peaks at the
/// same arguments (overview.hpp). In the first mode that was tried. Without rows for fewer than two
/// targets.
Table implementation_table(const Report& report);

/// Whether any function is there in more than one implementation.
bool are_rivals(const Report& report);

/// What stands in its cells.
inline constexpr std::string_view implementations_meaning =
    "correctly rounded: of calls that are spread evenly over the arguments, without those whose "
    "results are saturated; "
    "✓ kept, ✗ refuted, ? left open, · not claimed: nothing wrong was seen, or in how many cases; "
    "targets with one letter peak at the same arguments, and likely share an ancestor";

}  // namespace napier
