// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include "reports/report.hpp"

namespace napier {

/// The report with every text that it holds made fit to be shown (reports/text.hpp), on one line
/// each; an explanation keeps its line breaks. What a target is called, what it printed and what a
/// report.json of anybody says goes through here before a renderer sees it: none can forget. Its
/// digest is that of other texts: digest() asks the report itself.
Report shown(Report report);

}  // namespace napier
