// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// By hand and not by libseccomp: the rules are of two kinds, a call that is refused and a call that
// is for oneself alone, so the program is a table and two rows of instructions for each; and a test
// makes every call of the table.
#include "audit/isolation/call_filter.hpp"

#include <fcntl.h>
#include <linux/audit.h>
#include <linux/capability.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <linux/sockios.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace napier {
namespace {

#if defined(__x86_64__)

/// A system call whose first argument is who it is for.
struct ForOneself {
  std::uint32_t number;
  bool group;  ///< 0 and −pid are one's own process group
};
constexpr std::array for_oneself{
    ForOneself{SYS_kill, true},
    ForOneself{SYS_tkill, false},  // of a process's threads only the first is known by its number
    ForOneself{SYS_tgkill, false},
    ForOneself{SYS_rt_sigqueueinfo, false},
    ForOneself{SYS_rt_tgsigqueueinfo, false},
    ForOneself{SYS_prlimit64, true},
};

constexpr std::array<long, 9> refused{
    SYS_ptrace,         SYS_process_vm_readv, SYS_process_vm_writev, SYS_pidfd_send_signal,
    SYS_pidfd_getfd,    SYS_process_madvise,  SYS_process_mrelease,  SYS_perf_event_open,
    SYS_io_uring_setup,  // whose calls no filter sees
};

/// What makes a socket: of a path, too, which no namespace of the network hides.
constexpr std::array<long, 2> sockets{SYS_socket, SYS_io_uring_setup};

/// A command, the second argument, that names who gets the signals of a file.
struct Owner {
  std::uint32_t number;
  std::uint32_t command;
};
constexpr std::array owners{Owner{SYS_fcntl, F_SETOWN}, Owner{SYS_fcntl, F_SETOWN_EX},
                            Owner{SYS_ioctl, FIOSETOWN}, Owner{SYS_ioctl, SIOCSPGRP}};

using Program = std::vector<sock_filter>;

void load(Program& program, std::size_t offset) {
  program.push_back(BPF_STMT(BPF_LD | BPF_W | BPF_ABS, static_cast<std::uint32_t>(offset)));
}
/// What is loaded is that: the next instruction; else so many are skipped.
void unless_equal_skip(Program& program, std::uint32_t value, std::uint8_t skipped) {
  program.push_back(BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, value, 0, skipped));
}
void answer(Program& program, std::uint32_t action) {
  program.push_back(BPF_STMT(BPF_RET | BPF_K, action));
}

constexpr std::uint32_t allow = SECCOMP_RET_ALLOW;
constexpr std::uint32_t refuse = SECCOMP_RET_ERRNO | EPERM;
constexpr std::size_t number_at = offsetof(seccomp_data, nr);
// A pid is an int: the kernel looks at the lower half of the argument alone.
constexpr std::size_t first_at = offsetof(seccomp_data, args), second_at = first_at + 8;

void add_for_oneself(Program& program, const ForOneself& call, std::uint32_t self) {
  Program rule;
  load(rule, first_at);
  std::vector<std::uint32_t> allowed{self};
  if (call.group) allowed.insert(allowed.end(), {0, -self});
  for (const std::uint32_t who : allowed) {
    unless_equal_skip(rule, who, 1);
    answer(rule, allow);
  }
  answer(rule, refuse);
  unless_equal_skip(program, call.number, static_cast<std::uint8_t>(rule.size()));
  program.insert(program.end(), rule.begin(), rule.end());
}

void add_owner(Program& program, const Owner& owner) {
  unless_equal_skip(program, owner.number, 4);
  load(program, second_at);
  unless_equal_skip(program, owner.command, 1);
  answer(program, refuse);
  load(program, number_at);  // for the rules that follow
}

void refuse_all(Program& program, std::span<const long> numbers) {
  for (const long number : numbers) {
    unless_equal_skip(program, static_cast<std::uint32_t>(number), 1);
    answer(program, refuse);
  }
}

/// The number of the call is loaded, and no other code's calls come through.
Program begun() {
  Program program;
  load(program, offsetof(seccomp_data, arch));
  unless_equal_skip(program, AUDIT_ARCH_X86_64, 1);
  program.push_back(BPF_JUMP(BPF_JMP | BPF_JA, 1, 0, 0));
  answer(program, refuse);  // calls of 32-bit code have other numbers
  load(program, number_at);
  program.push_back(BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, __X32_SYSCALL_BIT, 0, 1));
  answer(program, refuse);  // so have these
  return program;
}

Program program_for(std::uint32_t self) {
  Program program = begun();
  refuse_all(program, refused);
  for (const ForOneself& call : for_oneself) add_for_oneself(program, call, self);
  for (const Owner& owner : owners) add_owner(program, owner);
  answer(program, allow);
  return program;
}

/// Who may follow others' steps may also write into /proc/PID/mem, which no filter sees. A process
/// that lacks what its parent has may do neither to it.
void drop_power_over_others() {
  __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
  std::array<__user_cap_data_struct, _LINUX_CAPABILITY_U32S_3> sets{};
  if (::syscall(SYS_capget, &header, sets.data()) != 0) return;
  for (const unsigned power : {CAP_SYS_PTRACE, CAP_KILL}) {
    __user_cap_data_struct& set = sets.at(CAP_TO_INDEX(power));
    set.effective &= ~CAP_TO_MASK(power);
    set.permitted &= ~CAP_TO_MASK(power);
    set.inheritable &= ~CAP_TO_MASK(power);
  }
  ::syscall(SYS_capset, &header, sets.data());
}

bool use(Program program) {
  const sock_fprog filter{static_cast<unsigned short>(program.size()), program.data()};
  return ::prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter, 0, 0) == 0;
}

#endif

}  // namespace

bool filter_calls() noexcept {
#if defined(__x86_64__)
  drop_power_over_others();
  return use(program_for(static_cast<std::uint32_t>(::getpid())));
#else
  return false;
#endif
}

bool forbid_sockets() noexcept {
#if defined(__x86_64__)
  Program program = begun();
  refuse_all(program, sockets);
  answer(program, allow);
  return use(std::move(program));
#else
  return false;
#endif
}

}  // namespace napier
