// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "audit/isolation/sandbox.hpp"

#include <fcntl.h>
#include <linux/capability.h>
#include <linux/mount.h>
#include <sched.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <cstring>
#include <string_view>

#include "audit/isolation/call_filter.hpp"

namespace napier {
namespace {

std::atomic<bool> in_use = false;

std::string refused(std::string_view call) {
  return std::string(call) + ": " + std::strerror(errno);
}

bool write_to(const char* path, const std::string& text) {
  const int file = ::open(path, O_WRONLY | O_CLOEXEC);
  if (file < 0) return false;
  const bool written = ::write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size());
  ::close(file);
  return written;
}

/// The user that we were, and nobody else.
std::string stay(uid_t user, gid_t group) {
  const auto alone = [](unsigned id) {
    return std::to_string(id) + " " + std::to_string(id) + " 1";
  };
  if (!write_to("/proc/self/setgroups", "deny")) return refused("/proc/self/setgroups");
  if (!write_to("/proc/self/uid_map", alone(user))) return refused("/proc/self/uid_map");
  if (!write_to("/proc/self/gid_map", alone(group))) return refused("/proc/self/gid_map");
  return {};
}

/// Every mount of what is now our own view of the files.
std::string forbid_writing() {
#ifdef SYS_mount_setattr
  mount_attr attributes{};
  attributes.attr_set = MOUNT_ATTR_RDONLY;
  attributes.propagation = 1UL << 18;     // MS_PRIVATE
  constexpr unsigned recursive = 0x8000;  // AT_RECURSIVE
  if (::syscall(SYS_mount_setattr, AT_FDCWD, "/", recursive, &attributes, sizeof attributes) == 0)
    return {};
#else
  errno = ENOSYS;
#endif
  return refused("mount_setattr");
}

/// In our user namespace we have all of them, and could undo what was done.
std::string drop_capabilities() {
  for (int one = 0; one <= 63; ++one)
    if (::prctl(PR_CAPBSET_DROP, one, 0, 0, 0) != 0 && errno != EINVAL)
      return refused("prctl(PR_CAPBSET_DROP)");
  ::prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0);
  __user_cap_header_struct head{_LINUX_CAPABILITY_VERSION_3, 0};
  std::array<__user_cap_data_struct, _LINUX_CAPABILITY_U32S_3> none{};
  if (::syscall(SYS_capset, &head, none.data()) != 0) return refused("capset");
  if (::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return refused("prctl(PR_SET_NO_NEW_PRIVS)");
  return {};
}

}  // namespace

std::string enter_sandbox(Sandbox what) {
  const uid_t user = ::geteuid();
  const gid_t group = ::getegid();
  int own = CLONE_NEWUSER | CLONE_NEWNS | CLONE_NEWNET | CLONE_NEWIPC | CLONE_NEWUTS;
  if (what == Sandbox::who_follows) own |= CLONE_NEWPID;
  if (::unshare(own) != 0) return refused("unshare");
  if (std::string why = stay(user, group); !why.empty()) return why;
  if (std::string why = forbid_writing(); !why.empty()) return why;
  if (std::string why = drop_capabilities(); !why.empty()) return why;
  return forbid_sockets() ? std::string() : refused("seccomp");
}

std::string why_no_sandbox() {
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) return refused("pipe");
  const pid_t tried = ::fork();
  if (tried == 0) {
    const std::string why = enter_sandbox(Sandbox::who_follows);
    static_cast<void>(::write(ends[1], why.data(), why.size()) != 0);
    ::_exit(0);
  }
  ::close(ends[1]);
  std::string why = tried < 0 ? refused("fork") : std::string();
  std::array<char, 200> text;
  if (const ssize_t size = tried < 0 ? 0 : ::read(ends[0], text.data(), text.size()); size > 0)
    why.assign(text.data(), static_cast<std::size_t>(size));
  ::close(ends[0]);
  if (tried > 0) ::waitpid(tried, nullptr, 0);
  return why;
}

bool sandbox_in_use() { return in_use; }
void use_sandbox(bool use) { in_use = use; }

}  // namespace napier
