// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <atomic>
#include <exception>

// How a long audit is told to end early and still say what it found.
namespace napier {

/// Raised once, by any thread or by a signal handler, when what is under way is to end soon. Work
/// polls it between pieces and keeps what was done. A null pointer to one is never raised.
using StopFlag = std::atomic<bool>;
static_assert(StopFlag::is_always_lock_free);  // so that a signal handler may raise it

inline bool raised(const StopFlag* stop) {
  return stop != nullptr && stop->load(std::memory_order_relaxed);
}

/// Thrown where an answer was waited for that does not come, once the flag is raised. No failure of
/// the target: it is no std::runtime_error, which would become one.
class Interrupted : public std::exception {
 public:
  const char* what() const noexcept override { return "interrupted"; }
};

}  // namespace napier
