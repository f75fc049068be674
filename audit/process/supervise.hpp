// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string_view>

namespace napier {

// A command runs below a process of ours that does nothing but wait: it ends as the command ends,
// and when Napier is gone, however that came about, it ends the command and all that it started. No
// signal of the kernel's would do, since a command may have any of them blocked.

/// The first argument of such a process, followed by PARENT LINE and NAME=VALUE…, what is added to
/// the environment. It is in no help text: only Napier calls itself so.
inline constexpr std::string_view supervise_flag = "--supervise-command";
/// The same, and the command is cut off from the system.
inline constexpr std::string_view supervise_in_sandbox = "--supervise-in-sandbox";

/// Was this process started to run a command?
inline bool is_supervising(int argc, const char* const* argv) {
  return argc > 1 && (argv[1] == supervise_flag || argv[1] == supervise_in_sandbox);
}

/// The main function of such a process, to be called before anything else is done. It has the
/// session, the process group and the files 0, 1 and 2 that the command gets.
int supervise_command(int argc, char** argv);

}  // namespace napier
