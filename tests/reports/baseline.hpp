// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string>
#include <string_view>

namespace napier {

/// The text of tests/reports/baselines/NAME is `text`. With NAPIER_APPROVE set it is made so: the
/// difference is then for the eyes of whoever commits it.
void expect_baseline(std::string_view name, const std::string& text);

}  // namespace napier
