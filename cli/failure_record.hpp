// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string>
#include <vector>

#include "audit/failures.hpp"

namespace napier::cli {

/// What was refuted before in this folder: read before an audit, told in its report, added to.
class FailureRecord {
 public:
  /// Reads the file and hands every candidate what is its own.
  explicit FailureRecord(std::vector<Candidate>& tried);
  /// How many cases were asked again, and the sum of the file, in the report's provenance.
  void tell(Report& report) const;
  /// Writes the file anew, with what the report refutes.
  void add(const Report& report) const;

 private:
  std::vector<Failure> failures_;
  std::size_t recalled_ = 0;
};

}  // namespace napier::cli
