// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string>

namespace napier {

/// Which machine a library is for, in words such as "AArch64", where that is another one than this
/// program's; empty if it is for this one, or no ELF file. The loader says of such a library that
/// there is no such file.
std::string other_machine(const std::string& path);

}  // namespace napier
