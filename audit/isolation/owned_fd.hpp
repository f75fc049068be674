// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <utility>

namespace napier {

/// A file descriptor, closed at the end of its life.
class OwnedFd {
 public:
  OwnedFd() = default;
  explicit OwnedFd(int fd) : fd_(fd) {}
  OwnedFd(OwnedFd&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  OwnedFd& operator=(OwnedFd&& other) noexcept {
    std::swap(fd_, other.fd_);
    return *this;
  }
  ~OwnedFd();
  int number() const { return fd_; }

 private:
  int fd_ = -1;
};

/// A nameless file in memory (memfd_create: no /dev/shm is needed), closed on exec, numbered 10 or
/// higher so that it can be given to a child as one of its first four files. `name` is for
/// debuggers. A sealed one keeps its size for good, whoever holds it: what maps it is never cut off
/// (SIGBUS). Throws std::runtime_error.
enum class Size { sealed, free };
OwnedFd memory_file(const char* name, std::size_t bytes, Size size);

}  // namespace napier
