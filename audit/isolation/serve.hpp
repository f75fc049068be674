// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string_view>

namespace napier {

/// The first argument of a process that is to serve a target, followed by FD PATH SYMBOL FORMAT
/// ARITY SHAPE, and by sandbox_word if it is to be cut off from the system. It is in no help text:
/// only Napier calls itself so.
inline constexpr std::string_view serve_flag = "--serve-target";
inline constexpr std::string_view sandbox_word = "sandbox";

/// Was this process started to serve a target?
inline bool is_serving(int argc, const char* const* argv) {
  return argc > 1 && argv[1] == serve_flag;
}

/// The main function of such a process, to be called before anything else is done. Returns the
/// exit status; it ends with its parent at the latest.
int serve_target(int argc, const char* const* argv);

}  // namespace napier
