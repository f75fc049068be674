// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string>

namespace napier {

/// What of the namespaces a process takes for itself alone.
enum class Sandbox {
  itself,       ///< all but the numbers of processes: for who goes on as the process that it is
  who_follows,  ///< … and those that it starts from now on number theirs anew
};

/// Cuts this process off from the system, and those that it starts: a user without any capability,
/// every file system read-only, a network without anything on it, no socket, and nothing shared
/// between processes. It can't be undone. What stays possible: to read files, to write into pipes
/// and devices that have a name and allow it, and to use up the processor.
///
/// Returns what the system refused, as "unshare: Operation not permitted", and then the process may
/// be cut off in part; empty if it worked. To be called when there is no other thread. A signal for
/// when the parent ends (PR_SET_PDEATHSIG) has to be asked for again.
std::string enter_sandbox(Sandbox what);

/// What a process meets that tries it: empty where a sandbox is possible. Starts one, which ends at
/// once; to be asked before there are threads.
std::string why_no_sandbox();

/// Whether foreign targets run in a sandbox; from now on they do.
bool sandbox_in_use();
void use_sandbox(bool use = true);

}  // namespace napier
