// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// What a target does besides answering: none of it reaches us, all of it is known.
#include <fcntl.h>
#include <gmock/gmock.h>
#include <signal.h>
#include <sys/wait.h>

#include <chrono>
#include <cmath>
#include <functional>
#include <thread>

#include "lib/fp/environment.hpp"
#include "tests/audit/isolation_support.hpp"

namespace napier {
namespace {

using namespace isolation_test;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

bool eventually(const std::function<bool()>& holds) {
  for (int i = 0; i < 500; ++i) {
    if (holds()) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  return false;
}

TEST(IsolatedManners, WhatItPrintsIsCountedAndReachesNobody) {
  ::testing::internal::CaptureStdout();
  ::testing::internal::CaptureStderr();
  const auto caller = open("print_always");
  (void)answers_of(*caller, std::vector<double>(10'000, 2.0));
  const Printed printed = caller->printed();
  EXPECT_THAT(::testing::internal::GetCapturedStdout(), IsEmpty());
  EXPECT_THAT(::testing::internal::GetCapturedStderr(), IsEmpty());
  EXPECT_EQ(printed.first_line, "exp of 0x1p+0");
  const std::size_t first = std::string("exp of 0x1p+0\nis 0x1.5bf0a8b145769p+1\n").size();
  const std::size_t other = std::string("exp of 0x1p+1\nis 0x1.d8e64b8d4ddadp+2\n").size();
  EXPECT_EQ(printed.bytes, first + 10'000 * other);
}

TEST(IsolatedManners, PrintingWithoutEndIsAHangAndCostsBoundedMemory) {
  const auto caller = open("print_without_end");
  EXPECT_EQ(answers_of(*caller, {3.0})[0].ending, Ending::hung);
  EXPECT_GT(caller->printed().bytes, std::uint64_t{1} << 20);
  EXPECT_LE(caller->printed().bytes, std::uint64_t{64} << 20);
}

TEST(IsolatedManners, ItFindsAnEmptyStdinAndNoFilesOfOurs) {
  EXPECT_EQ(answers_of(*open("read_stdin_always"), {2.0})[0].value, from_native(2.0));
  const int ours = ::open("/proc/self/status", O_RDWR);  // without O_CLOEXEC
  EXPECT_EQ(answers_of(*open("write_to_files_always"), {2.0})[0].value, from_native(2.0));
  if (ours >= 0) ::close(ours);
}

TEST(IsolatedManners, ClosingAllFilesDisturbsNothing) {
  const auto caller = open("close_files_always");
  const auto answers = answers_of(*caller, std::vector<double>(10'000, 2.0));
  EXPECT_EQ(answers.back().value, from_native(2.0));
  EXPECT_EQ(caller->deaths(), 0);
}

TEST(IsolatedManners, AChangedRoundingModeAndALostErrnoAreSeenAtTheCallAlone) {
  const auto answers = answers_of(*open("round_upward"), {1, 3, 2});
  EXPECT_EQ(answers[0].after, answers[0].before);
  EXPECT_THAT(difference(answers[1].before, answers[1].after), HasSubstr("rounding direction"));
  EXPECT_EQ(answers[2].after, answers[2].before);
  const auto errors = answers_of(*open("reset_errno"), {1, 3, 2});
  EXPECT_EQ(errors[0].error_number, errno_before);
  EXPECT_EQ(errors[1].error_number, 0);
  EXPECT_EQ(errors[2].error_number, errno_before);
}

TEST(IsolatedManners, FlushingTurnedOnByLoadingIsKnown) {
  const auto flushing = open("halve", "flushes");
  EXPECT_EQ(difference(flushing->arrival().before, flushing->arrival().after_loading),
            "flush-to-zero bit, denormals-are-zero bit");
  const auto clean = open("halve");
  EXPECT_EQ(clean->arrival().before, clean->arrival().after_loading);
  EXPECT_EQ(clean->arrival().first_answer.before, clean->arrival().first_answer.after);
}

TEST(IsolatedManners, FlushingTurnedOnByTheFirstCallAloneIsKnown) {
  const auto caller = open("flush_once");
  const Answer& first = caller->arrival().first_answer;
  EXPECT_EQ(difference(first.before, first.after), "flush-to-zero bit, denormals-are-zero bit");
  const Answer later = answers_of(*caller, {2.0})[0];
  EXPECT_EQ(later.before, later.after);
}

TEST(IsolatedManners, NoFileAndNoProcessIsLeftBehind) {
  const std::size_t files = open_files();
  {
    const auto caller = open("crash");
    (void)answers_of(*caller, {1, 3, 1, 3, 1});
    EXPECT_EQ(children_of(::getpid()).size(), 1U);
  }
  EXPECT_FALSE(failure({fixture("crashes_loading"), "good"}).empty());
  EXPECT_EQ(open_files(), files);
  EXPECT_THAT(children_of(::getpid()), IsEmpty());
}

TEST(IsolatedManners, WhatItStartedEndsWithIt) {
  auto caller = open("fork_always");
  const auto helper =
      static_cast<pid_t>(to_native<double>(answers_of(*caller, {2.0}, Observe::values)[0].value));
  ASSERT_GT(helper, 0);
  EXPECT_TRUE(is_running(helper));
  caller.reset();
  EXPECT_TRUE(eventually([helper] { return !is_running(helper); }));
}

TEST(IsolatedManners, ItIgnoresTheCtrlCThatIsMeantForUs) {
  const auto caller = open("good_exp");
  const std::vector<pid_t> children = children_of(::getpid());
  ASSERT_EQ(children.size(), 1U);
  EXPECT_NE(::getpgid(children[0]), ::getpgrp());
}

// In a process of its own: opens a caller, tells its child's number, and calls what never returns.
[[noreturn]] void hang_forever(int report) {
  Patience patience;
  patience.stuck = std::chrono::hours(1);
  const auto caller = open("spin", "behaviours", binary64, 1, patience);
  const pid_t child = children_of(::getpid()).at(0);
  if (::write(report, &child, sizeof child) != sizeof child) ::_exit(1);
  (void)answers_of(*caller, {3.0});
  ::_exit(0);
}

TEST(IsolatedManners, ItDiesWithItsParentEvenWhileHanging) {
  int ends[2];
  ASSERT_EQ(::pipe(ends), 0);
  const pid_t parent = ::fork();
  if (parent == 0) hang_forever(ends[1]);
  pid_t child = 0;
  ASSERT_EQ(::read(ends[0], &child, sizeof child), static_cast<ssize_t>(sizeof child));
  EXPECT_TRUE(is_running(child));
  ::kill(parent, SIGKILL);
  ::waitpid(parent, nullptr, 0);
  EXPECT_TRUE(eventually([child] { return !is_running(child); }));
  ::waitpid(child, nullptr, 0);  // who has had children is the heir of what is left behind
  ::close(ends[0]);
  ::close(ends[1]);
}

// Exits with 0 if a caller works and a crash is told apart, in a process without files 0 to 2 and
// with SIGCHLD ignored.
[[noreturn]] void call_from_a_bare_process() {
  for (const int fd : {0, 1, 2}) ::close(fd);
  ::signal(SIGCHLD, SIG_IGN);
  const auto answers = answers_of(*open("crash"), {1, 3, 1});
  const bool well = answers[0].ending == Ending::returned && answers[1].ending == Ending::crashed &&
                    answers[1].detail == SIGSEGV && answers[2].ending == Ending::returned;
  ::_exit(well ? 0 : 1);
}

TEST(IsolatedManners, NeitherStdinNorAWatchedSigchldIsNeeded) {
  const pid_t bare = ::fork();
  if (bare == 0) call_from_a_bare_process();
  int status = -1;
  ::waitpid(bare, &status, 0);
  EXPECT_EQ(status, 0);
}

TEST(IsolatedManners, AKillFromOutsideIsNoFinding) {
  const auto caller = open("good_exp");
  const std::vector<double> arguments(1'000'000, 2.0);
  for (int round = 0; round < 3; ++round) {
    const std::vector<pid_t> children = children_of(::getpid());
    ASSERT_EQ(children.size(), 1U);
    std::thread killer([child = children[0]] {
      ::usleep(10'000);
      ::kill(child, SIGKILL);
    });
    const auto answers = answers_of(*caller, arguments, Observe::values);
    killer.join();
    EXPECT_NE(children_of(::getpid()), children);
    for (const Answer& answer : answers) ASSERT_EQ(answer.value, from_native(::exp(2)));
  }
  EXPECT_EQ(caller->deaths(), 0);
}

}  // namespace
}  // namespace napier
