// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sys/types.h>

#include <chrono>

namespace napier {

/// What the processes of a session, as /proc has them, make of their processors.
struct SessionUse {
  std::chrono::nanoseconds cpu{};  ///< of all that live, and of those that they have waited for
  bool running = false;            ///< some thread of theirs is running, or would if it could
};

/// Of the session of that leader. Nothing where there is no /proc.
SessionUse session_use(pid_t leader);

}  // namespace napier
