// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "reports/report.hpp"
#include "reports/view/comparison.hpp"

// What is kept of a report to compare later ones with: a file for a repository, a line for each
// property of each target in each rounding mode on each machine, sorted.
namespace napier {

struct Baseline {
  struct Line {
    std::string machine;  ///< machine_of() the report that it is from
    Standing standing;
  };
  std::vector<Line> lines;

  /// What it has of a machine. Throws std::runtime_error that names those it has if it has nothing.
  std::vector<Standing> of(const std::string& machine) const;
};

/// What figures depend on beside the target: "glibc 2.36, x86-64-v4", the C library and its
/// version, the architecture and the level of the processor.
std::string machine_of(const Provenance& provenance);

/// Whether a file's text is that of a baseline, and not of a report.json.
bool is_baseline(std::string_view text);

/// Throws std::runtime_error that names the line which can't be read, or a later version.
Baseline baseline_from(std::string_view text);
std::string baseline_text(const Baseline& baseline);

/// Takes over what a report says of its targets on its machine. Other targets and machines keep
/// their lines, and so does a target that could not be audited.
void update(Baseline& baseline, const Report& report);

}  // namespace napier
