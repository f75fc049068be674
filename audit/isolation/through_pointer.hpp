// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

namespace napier {

/// Does an address lie in code of this program or of an object that it has loaded?
bool is_code(const void* address);

/// Code that goes on at the address that a variable holds when it is called, whatever the function
/// is that stands there, with all arguments as they came. Such variables are how VOLK and others
/// choose the code for a processor: the first call may put another address into it. It stays for
/// as long as the process. Null where no memory can be made code, or the machine is neither x86-64
/// nor aarch64.
void* code_through(const void* const* variable);

}  // namespace napier
