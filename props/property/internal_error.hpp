// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>

#include "props/subject/subject.hpp"

namespace napier {

/// Napier contradicts itself: a law was refuted and no call is to blame, or a case was refuted and,
/// with the same answers again, it is not. What it says asks for a report.
class InternalError : public std::logic_error {
 public:
  using std::logic_error::logic_error;
};

/// For an InternalError: the filter refutes a case, and the reference does not.
std::string disagreement(std::string_view property, const Subject& subject, const Point& point);

}  // namespace napier
