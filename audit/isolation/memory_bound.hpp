// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdint>

namespace napier {

/// What a process of a target may allocate, in bytes: a quarter of the memory that this machine, or
/// the control group that we are in, has; a gigabyte at least.
std::uint64_t memory_bound();

/// Keeps this process, and each that it starts, from allocating more than memory_bound(), or than
/// what it was bounded to before: malloc() then gives null and mmap() fails. What is counted is
/// RLIMIT_DATA: private memory that can be written; neither files, nor address space that is only
/// reserved. Nothing is bounded under a sanitizer, which needs terabytes of its own.
void bound_memory() noexcept;
/// Does that bound anything?
bool memory_is_bounded() noexcept;

}  // namespace napier
