// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "props/subject/subject.hpp"
#include "props/subject/verdict.hpp"

namespace napier {

/// Where the sides of a law lie if the claim holds, in ulps from the true value. An end that is
/// infinite is none; a side that no real value explains has NaN for both.
struct LawSides {
  std::string_view statement;
  std::string truth;      ///< the true value in hex
  bool less_one = false;  ///< all of it is of values less one
  std::array<double, 2> left{}, right{};
};

/// The sides of the law of that name in a case whose calls returned; nullopt where no law is named
/// so that can be asked of this subject.
std::optional<LawSides> sides_of_law(std::string_view name, const Subject& subject,
                                     const Point& point, Transcript transcript);

}  // namespace napier
