// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "cli/failure_record.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <iterator>

#include "reports/store/sha256.hpp"
#include "reports/store/store.hpp"
#include "reports/view/figures.hpp"

namespace napier::cli {

FailureRecord::FailureRecord(std::vector<Candidate>& tried)
    : failures_(read_failures(std::string(failures_file))) {
  for (Candidate& candidate : tried) recalled_ += recall(failures_, candidate);
}

void FailureRecord::tell(Report& report) const {
  if (recalled_ == 0) return;
  report.provenance.notes.push_back(
      fmt::format("{} on record as refuted before {} asked again (failures.txt, sha256 {}).",
                  counted(recalled_, "case", "cases"), recalled_ == 1 ? "was" : "were",
                  sha256(failures_text(failures_))));
}

void FailureRecord::add(const Report& report) const {
  std::vector<Failure> all = failures_;
  std::ranges::move(failures_of(report), std::back_inserter(all));
  const std::filesystem::path file(failures_file);
  create_folder(file.parent_path());
  write_file(file, failures_text(std::move(all)));
}

}  // namespace napier::cli
