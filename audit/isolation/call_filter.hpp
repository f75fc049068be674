// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

namespace napier {

/// Keeps this process and those that it starts from doing anything to others: system calls that
/// send a signal do so to this process or its group alone, and none reads or writes another one's
/// memory, takes its files, follows its steps or sets its limits. Each fails with EPERM. It can't
/// be undone.
///
/// What stays possible: to be a nuisance to all, as by using up the disk.
///
/// False where the system refuses the filter, as one without seccomp does: then nothing is kept.
/// To be called when there is no other thread, with PR_SET_NO_NEW_PRIVS set.
bool filter_calls() noexcept;

/// Keeps this process and those that it starts from making sockets, which fail with EPERM: one that
/// has a path reaches who listens there, whatever namespace of the network it is in. On the same
/// terms.
bool forbid_sockets() noexcept;

}  // namespace napier
