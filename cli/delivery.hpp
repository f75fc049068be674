// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include "cli/audit_options.hpp"
#include "cli/failure_record.hpp"
#include "reports/report.hpp"

// Where the report of an audit goes.
namespace napier::cli {

/// Places that can be written to, made and tried before hours of work.
void prepare(const AuditOptions& options);

/// Whether the report is printed for a person to read.
bool is_shown(const AuditOptions& options);

/// Puts the report where it was asked for. What can't be written is said on stderr, and keeps the
/// report from no other place. The verdicts have been told already, and where it has not to be seen
/// nothing is printed for a person. Was all written?
bool deliver(const Report& report, const AuditOptions& options, bool has_to_be_seen = true);

/// One line on stderr for every target that could not be audited. Could any be?
bool tell_failures(const Report& report);

/// Runs the audit, with what failed before, shows its progress and each verdict as it falls, and
/// delivers the report. Returns the exit status.
int try_and_deliver(const std::vector<Candidate>& tried, const FailureRecord& failures,
                    const CampaignOptions& campaign, const AuditOptions& options,
                    const std::function<bool()>& out_of_time);

}  // namespace napier::cli
