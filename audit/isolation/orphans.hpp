// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <unistd.h>

namespace napier {

/// From now on this process is the parent of what its children leave behind when they end: a daemon
/// does not get away.
void adopt_orphans() noexcept;

/// Ends and reaps the processes that this one has been left, and what they leave in turn: its
/// children in other sessions than its own, but for those of which `is_known` says so.
void end_orphans(bool (*is_known)(pid_t));

}  // namespace napier
