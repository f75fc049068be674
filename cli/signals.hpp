// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include "audit/stop.hpp"

// What becomes of a running command when it is told to end.
namespace napier::cli {

/// The exit status of a command that was interrupted.
inline constexpr int interrupted_status = 130;
/// … and of one that wrote down how far it came and is to be run again.
inline constexpr int checkpoint_status = 75;

/// From here on Ctrl-C, SIGTERM and SIGHUP end the program at once, with status 130: its child
/// processes die with it and files that are just being written are removed. What was ignored
/// already, as nohup does, stays ignored. A write that fails is an error that is reported, not a
/// signal: so is a file that grows beyond a limit, and a pipe that nobody reads.
void settle_signals();

/// From here on the first of those signals only raises the flag that is returned; a second one
/// ends the program as above. Within a fifth of a second they count as one: timeout(1), for one,
/// sends two.
StopFlag& stop_on_signal();

/// The same for work that is written down before it ends: SIGUSR1 raises the flag, too, and only a
/// second Ctrl-C ends the program at once. Clusters announce the end by several signals.
StopFlag& checkpoint_on_signal();
/// Has Ctrl-C come?
bool was_interrupted();

/// From here on the first of those signals ends the program again, whether or not one has come.
void end_at_once_on_signal();

/// Gives a reader who went away before all was written what such writers do in Unix: a silent
/// death by SIGPIPE (128 + 13 in a shell). Returns where the program was started with SIGPIPE
/// ignored, so that its parent is told by an error.
void end_by_broken_pipe();

}  // namespace napier::cli
