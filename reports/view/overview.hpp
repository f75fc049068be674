// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string>
#include <vector>

#include "reports/view/view.hpp"

// What shows only where targets stand side by side.
namespace napier {

/// Targets of one function and format that peak at the same arguments, range by range: they likely
/// compute alike, and share an ancestor.
struct Kinship {
  std::vector<std::size_t> targets;  ///< their places in the report
  std::size_t shared = 0;  ///< ranges in which every one peaks at the argument of the first
  std::size_t ranges = 0;  ///< that the first is compared in
};
/// Only errors are compared that a correctly rounded result never has: of those the hardest
/// arguments are the same for everybody. In the first mode that was tried.
std::vector<Kinship> kinships(const Report& report);
/// A row a family.
Table kinship_table(const Report& report);

/// The largest error of each target in each region of its arguments, or of its results where it has
/// two arguments, in ulps: a row a target, with the share of its claim. In the first mode that was
/// tried.
Table region_table(const Report& report);

}  // namespace napier
