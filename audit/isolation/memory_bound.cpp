// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "audit/isolation/memory_bound.hpp"

#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <limits>

namespace napier {
namespace {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool sanitized = true;  // by GCC
#elif defined(__has_feature)
constexpr bool sanitized = __has_feature(address_sanitizer) || __has_feature(thread_sanitizer) ||
                           __has_feature(memory_sanitizer);
#else
constexpr bool sanitized = false;
#endif

constexpr std::uint64_t unbounded = std::numeric_limits<std::uint64_t>::max();

/// The number that a file begins with; "max", or no such file, is no bound.
std::uint64_t number_in(const char* path) {
  std::FILE* const file = std::fopen(path, "re");
  if (file == nullptr) return unbounded;
  unsigned long long number = 0;
  const bool read = std::fscanf(file, "%llu", &number) == 1;
  std::fclose(file);
  return read ? number : unbounded;
}

}  // namespace

std::uint64_t memory_bound() {
  constexpr std::uint64_t least = std::uint64_t{1} << 30, parts = 4;
  const auto pages = static_cast<std::uint64_t>(::sysconf(_SC_PHYS_PAGES));
  const std::uint64_t machine = pages * static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
  const std::uint64_t memory = std::min({machine, number_in("/sys/fs/cgroup/memory.max"),
                                         number_in("/sys/fs/cgroup/memory/memory.limit_in_bytes")});
  return std::max(memory / parts, least);
}

bool memory_is_bounded() noexcept { return !sanitized; }

void bound_memory() noexcept {
  if (sanitized) return;
  rlimit bound{};
  if (::getrlimit(RLIMIT_DATA, &bound) != 0) return;
  bound.rlim_cur = std::min<rlim_t>({bound.rlim_cur, bound.rlim_max, memory_bound()});
  bound.rlim_max = bound.rlim_cur;
  ::setrlimit(RLIMIT_DATA, &bound);
}

}  // namespace napier
