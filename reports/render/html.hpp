// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string>

#include "reports/report.hpp"
#include "reports/view/comparison.hpp"

namespace napier {

/// The report as one page that opens from disk and asks nobody for anything: verdicts, each
/// target's tables and findings, what the words mean, provenance. Light or dark as the reader's
/// system is. Nothing that came from a target is markup.
std::string render_html(const Report& report);
/// The same with what has changed since `base`, which names a report or a baseline, in front.
std::string render_html(const Report& report, const std::vector<Compared>& changes,
                        const std::string& base);

}  // namespace napier
