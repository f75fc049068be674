// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <memory>
#include <string>

#include "audit/isolation/child_caller.hpp"
#include "audit/process/command.hpp"

namespace napier {

/// Starts the command and makes a first call. `worker` is a program whose main calls
/// supervise_command(). Callers of one target have one history.
///
/// It is asked for values alone, rounding to nearest: of flags, errno and control state a process
/// tells nothing, and the answers say that nothing was signalled. A call that ends the process, or
/// is answered with what is no result, is found by asking in ever smaller blocks.
///
/// Throws std::runtime_error with one line that names the target and the mend, when there is no
/// first answer: the command can't be started, ends, hangs, or writes too little, too much or no
/// result for a harmless argument, or for a few.
std::unique_ptr<ChildCaller> command_caller(const Command& command,
                                            const std::string& worker = default_worker(),
                                            Patience patience = {},
                                            std::shared_ptr<History> history = nullptr);

}  // namespace napier
