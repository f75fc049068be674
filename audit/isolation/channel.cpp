// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "audit/isolation/channel.hpp"

#include <fmt/format.h>
#include <linux/futex.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <climits>
#include <cstring>
#include <ctime>
#include <new>
#include <stdexcept>

namespace napier {
namespace {

void* map(int file) {
  void* memory = ::mmap(nullptr, sizeof(Channel), PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
  if (memory == MAP_FAILED)
    throw std::runtime_error(
        fmt::format("cannot map {} bytes to share with a child process: {}; "
                    "raise the limit on memory (ulimit -v)",
                    sizeof(Channel), std::strerror(errno)));
  return memory;
}

// The futex is shared between processes, so none of the PRIVATE operations.
void futex(const std::atomic<std::uint32_t>& word, int operation, std::uint32_t value,
           const timespec* limit) {
  ::syscall(SYS_futex, &word, operation, value, limit, nullptr, 0);
}

}  // namespace

SharedChannel::SharedChannel()
    : file_(memory_file("napier-channel", sizeof(Channel), Size::sealed)),
      channel_(new (map(file_.number())) Channel) {}

SharedChannel::SharedChannel(int file) {
  struct stat status {};
  if (::fstat(file, &status) != 0 || status.st_size != static_cast<off_t>(sizeof(Channel)))
    throw std::runtime_error("this is no channel of the same build of napier");
  channel_ = static_cast<Channel*>(map(file));
  if (channel_->magic != Channel::expected_magic)
    throw std::runtime_error("this is no channel of the same build of napier");
}

SharedChannel::~SharedChannel() { ::munmap(channel_, sizeof(Channel)); }

void hand_over(Channel& channel, Turn to) {
  channel.turn.store(to, std::memory_order_release);
  futex(channel.turn, FUTEX_WAKE, INT_MAX, nullptr);
}

void sleep_during(const Channel& channel, Turn turn, std::chrono::nanoseconds limit) {
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(limit);
  const timespec time{static_cast<std::time_t>(seconds.count()),
                      static_cast<long>((limit - seconds).count())};
  futex(channel.turn, FUTEX_WAIT, turn, &time);
}

}  // namespace napier
