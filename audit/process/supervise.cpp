// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "audit/process/supervise.hpp"

#include <signal.h>
#include <spawn.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <ctime>
#include <string>

#include "audit/isolation/memory_bound.hpp"
#include "audit/isolation/orphans.hpp"
#include "audit/isolation/sandbox.hpp"

namespace napier {
namespace {

constexpr int could_not_start = 127;  // as a shell says it

void settle_in() {
  ::closefrom(3);
  bound_memory();
  const rlimit no_core{1, 1};  // 1 stops a core dump into a program, too: see core(5)
  ::setrlimit(RLIMIT_CORE, &no_core);
  ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);  // it may not become one that we can't end
  adopt_orphans();
}

/// In our session and group, with every signal at its default. −1 if it can't be started.
pid_t start(char* line) {
  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  sigset_t signals;
  sigfillset(&signals);
  posix_spawnattr_setsigdefault(&attributes, &signals);
  sigemptyset(&signals);
  posix_spawnattr_setsigmask(&attributes, &signals);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
  char shell[] = "sh", option[] = "-c";
  char* const words[] = {shell, option, line, nullptr};
  pid_t command = -1;
  const int error = ::posix_spawn(&command, "/bin/sh", nullptr, &attributes, words, environ);
  posix_spawnattr_destroy(&attributes);
  return error == 0 ? command : -1;
}

bool nobody(pid_t /*process*/) { return false; }

[[noreturn]] void end_all(pid_t command) {
  ::kill(command, SIGKILL);
  ::waitpid(command, nullptr, 0);
  end_orphans(nobody);
  ::kill(0, SIGKILL);
  ::_exit(0);
}

/// The signal that ended the command, 0 if none did. Of a program that it started a shell says it
/// by its own exit status, 128 and the number.
int fatal_signal(const siginfo_t& info) {
  constexpr int said_by_a_shell = 128;
  constexpr std::array fatal{SIGHUP,  SIGINT, SIGQUIT, SIGILL,  SIGTRAP, SIGABRT,
                             SIGBUS,  SIGFPE, SIGKILL, SIGSEGV, SIGPIPE, SIGALRM,
                             SIGTERM, SIGSYS, SIGXCPU, SIGXFSZ};
  if (info.si_code != CLD_EXITED) return info.si_status;
  const int said = info.si_status - said_by_a_shell;
  return std::ranges::find(fatal, said) != fatal.end() ? said : 0;
}

/// As the command ended, so that who waits for us sees that.
[[noreturn]] void end_likewise(const siginfo_t& info) {
  if (const int signal = fatal_signal(info); signal != 0) {
    sigset_t all;
    sigfillset(&all);
    ::sigprocmask(SIG_UNBLOCK, &all, nullptr);
    ::signal(signal, SIG_DFL);
    ::raise(signal);
  }
  ::_exit(info.si_status);
}

}  // namespace

int supervise_command(int argc, char** argv) {
  constexpr int usage = 2;
  if (argc < 4) return usage;
  const pid_t parent = std::atoi(argv[2]);
  for (int i = 4; i < argc; ++i) ::putenv(argv[i]);
  settle_in();
  if (argv[1] == supervise_in_sandbox)
    if (const std::string why = enter_sandbox(Sandbox::who_follows); !why.empty()) {
      const std::string line = "the system allows no sandbox (" + why + "): leave out --sandbox\n";
      static_cast<void>(::write(STDERR_FILENO, line.data(), line.size()) != 0);
      ::_exit(could_not_start);
    }
  sigset_t signals;
  sigemptyset(&signals);
  for (const int signal : {SIGCHLD, SIGHUP}) sigaddset(&signals, signal);
  ::sigprocmask(SIG_BLOCK, &signals, nullptr);
  ::prctl(PR_SET_PDEATHSIG, SIGHUP);
  const pid_t command = start(argv[3]);
  if (command < 0) {
    static_cast<void>(!::write(STDERR_FILENO, "no /bin/sh\n", 11));
    ::_exit(could_not_start);
  }
  for (const int file : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) ::close(file);
  for (;;) {
    if (::getppid() != parent) end_all(command);
    siginfo_t info{};
    if (::waitid(P_PID, static_cast<id_t>(command), &info, WEXITED | WNOHANG) == 0 &&
        info.si_pid == command)
      end_likewise(info);
    const timespec a_second{1, 0};
    ::sigtimedwait(&signals, nullptr, &a_second);
  }
}

}  // namespace napier
