// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "audit/isolation/owned_fd.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <stdexcept>

namespace napier {

OwnedFd::~OwnedFd() {
  if (fd_ >= 0) ::close(fd_);
}

OwnedFd memory_file(const char* name, std::size_t bytes, Size size) {
  // A program started without stdin gets 0 for its first file; the child needs 0 to 3 for itself.
  constexpr int above_the_childs_own = 10;
  const OwnedFd low(
      ::memfd_create(name, size == Size::sealed ? MFD_CLOEXEC | MFD_ALLOW_SEALING : MFD_CLOEXEC));
  OwnedFd file(low.number() < 0 ? -1
                                : ::fcntl(low.number(), F_DUPFD_CLOEXEC, above_the_childs_own));
  if (file.number() < 0 || ::ftruncate(file.number(), static_cast<off_t>(bytes)) != 0) {
    if (errno == EFBIG)
      throw std::runtime_error(
          fmt::format("the memory to share with a child process counts as a file of {} bytes, more "
                      "than the limit on the size of files allows: raise it (ulimit -f)",
                      bytes));
    throw std::runtime_error(
        fmt::format("no memory to share with a child process: {}; raise the limits on memory and "
                    "open files (ulimit -n), or use fewer threads",
                    std::strerror(errno)));
  }
  if (size == Size::sealed)  // refused by kernels that know no seals, which is no reason to stop
    ::fcntl(file.number(), F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL);
  return file;
}

}  // namespace napier
