// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// Calls of a process over its standard input and output: those that end it are known by their exact
// input, and the others keep their answers.
#include <gmock/gmock.h>
#include <signal.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <numeric>
#include <thread>

#include "audit/isolation/memory_bound.hpp"
#include "tests/audit/command_support.hpp"

namespace napier {
namespace {

using namespace command_test;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::vector<double> up_to(int most) {
  std::vector<double> all(static_cast<std::size_t>(most));
  std::iota(all.begin(), all.end(), 1.0);
  return all;
}

/// Calls it at 1 … 1000 and returns how the call at 3 ended; the others must have their answers.
Answer answer_at_three(ChildCaller& caller, int most = 1000) {
  const std::vector<double> arguments = up_to(most);
  const auto answers = answers_of(caller, arguments, Observe::values);
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    if (arguments[i] == 3) continue;
    EXPECT_EQ(answers[i].ending, Ending::returned) << arguments[i];
    EXPECT_EQ(answers[i].value, from_native(2 * arguments[i]));
  }
  return answers[2];
}

TEST(Command, AnswersInBlocksAndLines) {
  for (const auto& [text, pipe, words] : pipe_names) {
    const auto caller = open_process("", pipe);
    EXPECT_EQ(answer_at_three(*caller).value, from_native(6.0)) << text;
    EXPECT_EQ(caller->deaths(), 0);
    EXPECT_THAT(caller->wrong(), IsEmpty());
  }
  EXPECT_EQ(answer_at_three(*open_process("answers in decimal", Pipe::hex)).value,
            from_native(6.0));
}

TEST(Command, AnswersWholeBlocks) {
  const auto caller = open_process("");
  (void)answer_at_three(*caller, 20000);
  std::vector<std::uint64_t> x, results(4096);
  for (int i = 0; i < 4096; ++i) x.push_back(static_cast<std::uint64_t>(from_native(1.0 * i).bits));
  const auto effects = caller->call_block(Rounding::nearest, {x, {}, results});
  ASSERT_TRUE(effects);
  EXPECT_TRUE(effects->control_kept);
  for (int i = 0; i < 4096; ++i)
    EXPECT_EQ(results[static_cast<std::size_t>(i)],
              static_cast<std::uint64_t>(from_native(2.0 * i).bits));
}

TEST(Command, TellsItsProcessWhatIsAsked) {
  const std::string echo =
      "test \"$NAPIER_FUNCTION $NAPIER_FORMAT $NAPIER_ARGUMENTS $NAPIER_SHAPE $NAPIER_PROTOCOL\" = "
      "'exp binary64 1 hex 1' && exec ";
  EXPECT_THAT(failure_of(echo + process(""), Pipe::hex), IsEmpty());
  EXPECT_THAT(failure_of(echo + process(""), Pipe::raw), HasSubstr("exited with status 1"));
}

TEST(Command, FindsTheCallThatEndsItsProcess) {
  const std::vector<std::tuple<std::string, Ending, int>> behaviours{
      {"crashes", Ending::crashed, SIGSEGV},
      {"aborts", Ending::crashed, SIGABRT},
      {"exits", Ending::exited, 3},
      {"kills itself", Ending::crashed, SIGKILL}};
  for (const auto& [behaviour, ending, detail] : behaviours)
    for (const Pipe pipe : {Pipe::raw, Pipe::hex}) {
      SCOPED_TRACE(behaviour);
      const auto caller = open_process(behaviour, pipe);
      const Answer answer = answer_at_three(*caller);
      EXPECT_EQ(answer.ending, ending);
      EXPECT_EQ(answer.detail, detail);
      EXPECT_EQ(caller->deaths(), 1);
      caller->settle();
      for (const Loss& loss : caller->history().take_losses()) EXPECT_TRUE(loss.told);
    }
}

/// Counts the processes that a command starts, by a line each in a file.
class Starts {
 public:
  std::string counted(const std::string& line) const {
    return fmt::format("echo >>'{}'; exec {}", file_.string(), line);
  }
  std::size_t count() const {
    std::ifstream file(file_);
    return static_cast<std::size_t>(std::count(std::istreambuf_iterator<char>(file), {}, '\n'));
  }
  ~Starts() { std::filesystem::remove(file_); }

 private:
  std::filesystem::path file_ = std::filesystem::temp_directory_path() /
                                fmt::format("napier-starts-{}", static_cast<int>(::getpid()));
};

constexpr const char* raises_at_three = R"(python3 -c '
import struct, sys
while head := sys.stdin.buffer.read(4):
    n = int.from_bytes(head, "little")
    xs = struct.unpack(f"<{n}d", sys.stdin.buffer.read(8 * n))
    if 3.0 in xs: raise ValueError("three")
    sys.stdout.buffer.write(head + struct.pack(f"<{n}d", *[2 * x for x in xs]))
    sys.stdout.buffer.flush()
')";

/// Each start of an interpreter takes a while: a call that has ended one ends no other.
TEST(Command, ThatRaisesIsStartedAFewTimesHoweverOftenItIsAskedThat) {
  const Starts starts;
  Patience patience = short_patience();
  patience.loading = Patience{}.loading;  // an interpreter's start costs 0.6 s on some machines
  const auto caller = open_command(starts.counted(raises_at_three), Pipe::raw, patience);
  std::vector<double> arguments(2000);
  for (std::size_t i = 0; i < arguments.size(); ++i)
    arguments[i] = i % 100 == 70 ? 3 : 10 + static_cast<double>(i);
  for (int time = 0; time < 3; ++time) {
    const auto answers = answers_of(*caller, arguments, Observe::values);
    for (std::size_t i = 0; i < arguments.size(); ++i)
      EXPECT_EQ(answers[i].ending, i % 100 == 70 ? Ending::exited : Ending::returned) << i;
  }
  EXPECT_EQ(caller->deaths(), 1);
  EXPECT_LE(starts.count(), 16U);  // one, a half of the block each time, and once more by itself
}

TEST(Command, ThatWritesTooLittleInLongBlocksIsAskedForShorterOnes) {
  const auto caller = open_process("writes less than 1500");
  std::vector<double> arguments(20'000);
  for (std::size_t i = 0; i < arguments.size(); ++i) arguments[i] = static_cast<double>(i + 10);
  for (int time = 0; time < 2; ++time)
    for (const Answer& answer : answers_of(*caller, arguments, Observe::values))
      ASSERT_EQ(answer.ending, Ending::returned);
  caller->settle();
  const auto losses = caller->history().take_losses();
  ASSERT_EQ(losses.size(), 1U);
  EXPECT_THAT(describe(losses[0]), HasSubstr("hung during a call with an array of "));
}

TEST(Command, FindsTheCallThatHangs) {
  for (const std::string behaviour : {"hangs", "computes for ever", "stops itself"})
    for (const Pipe pipe : {Pipe::raw, Pipe::hex}) {
      SCOPED_TRACE(behaviour);
      const auto caller = open_process(behaviour, pipe);
      EXPECT_EQ(answer_at_three(*caller, 64).ending, Ending::hung);
      EXPECT_EQ(answer_at_three(*caller, 64).ending, Ending::hung);  // known by now
      EXPECT_EQ(caller->deaths(), 1);
    }
}

TEST(Command, FindsTheCallThatIsAnsweredWithSomethingElse) {
  const auto more = open_process("writes more");
  Answer answer = answer_at_three(*more, 64);
  EXPECT_EQ(answer.ending, Ending::unwritten);
  EXPECT_EQ(answer.detail, too_much);
  EXPECT_THAT(more->wrong(), HasSubstr("more than the result"));

  const auto lines = open_process("writes two lines", Pipe::hex);
  answer = answer_at_three(*lines, 64);
  EXPECT_EQ(answer.ending, Ending::unwritten);
  EXPECT_EQ(answer.detail, too_much);

  const auto word = open_process("writes a word", Pipe::hex);
  answer = answer_at_three(*word, 64);
  EXPECT_EQ(answer.ending, Ending::unwritten);
  EXPECT_EQ(answer.detail, no_number);
  EXPECT_EQ(word->deaths(), 0);
  EXPECT_THAT(word->wrong(), HasSubstr("it wrote 'three', which is no number of binary64"));
}

TEST(Command, BelievesNoBlockAfterSomethingThatCameUnasked) {
  const auto caller = open_process("writes more later");
  (void)answer_at_three(*caller);
  caller->settle();
  const auto losses = caller->history().take_losses();
  ASSERT_EQ(losses.size(), 1U);
  EXPECT_THAT(describe(losses[0]), HasSubstr("wrote what is no result during one of"));
}

TEST(Command, FindsEveryOneOfManyCallsThatEndItsProcess) {
  const auto caller = open_process("crashes at negatives");
  std::vector<double> arguments;
  for (int i = 0; i < 200; ++i) arguments.push_back(i % 50 == 7 ? -i : i);
  const auto answers = answers_of(*caller, arguments, Observe::values);
  for (std::size_t i = 0; i < arguments.size(); ++i)
    EXPECT_EQ(answers[i].ending, arguments[i] < 0 ? Ending::crashed : Ending::returned);
  EXPECT_EQ(caller->deaths(), 4);
}

TEST(Command, ThatEndsAfterEachBlockIsAskedOn) {
  const auto caller = open_process("ends after each block");
  EXPECT_EQ(answers_of(*caller, {4})[0].value, from_native(8.0));
  caller->settle();
  EXPECT_EQ(answers_of(*caller, {5})[0].value, from_native(10.0));
  EXPECT_THAT(caller->trouble(), HasSubstr("exited with status 0 between calls"));
}

TEST(Command, KeepsWhatItsProcessSaysOnOneLine) {
  const auto caller = open_process("says");
  EXPECT_EQ(answer_at_three(*caller, 8).ending, Ending::exited);
  EXPECT_THAT(caller->printed().first_line, HasSubstr("three is \\x1b[31mtoo much | for me"));
  EXPECT_GT(caller->printed().bytes, 30U);
}

TEST(Command, ReadsAllThatItsProcessSays) {
  const auto caller = open_process("cries");
  EXPECT_EQ(answer_at_three(*caller, 8).value, from_native(6.0));
  EXPECT_EQ(caller->printed().bytes, 200'000U);
  EXPECT_LT(caller->printed().first_line.size(), 1000U);
}

TEST(Command, ComparesBlocksOfManyLengths) {
  const auto caller = open_process("depends on its place");
  std::vector<Call> calls;
  for (int i = 1; i <= 20; ++i) calls.push_back(call_of(i));
  std::vector<Answer> answers(calls.size());
  caller->call_in_lanes(Rounding::nearest, calls, answers);
  EXPECT_EQ(answers[3].placement.length, 4);
  EXPECT_EQ(answers[3].placement.position, 3);
  EXPECT_NE(answers[3].value, from_native(8.0));
  const auto honest = open_process("");
  honest->call_in_lanes(Rounding::nearest, calls, answers);
  for (const Answer& answer : answers) EXPECT_EQ(answer.placement.length, 1);
}

struct BadStart {
  std::string line;
  std::string words;
};

TEST(Command, ThatGivesNoFirstAnswerIsRefusedInALine) {
  const std::vector<BadStart> all{
      {process("dies at start"), "no first answer: it exited with status 7 at 1"},
      {process("dies at start"), "it printed: no licence"},
      {process("silent"), "no first answer: it hung at 1"},
      {process("deaf"), "no first answer: it hung"},
      {process("mute"), "no first answer: it hung"},
      {process("greets"),
       "it wrote what is no result at 1: its reply to 1 calls begins with "
       "'Hell' and not with that number"},
      {process("floods"), "'spam"},
      {process("has no count"), "begins with '\\x00\\x00\\x00\\x00' and not with that number"},
      {process("writes too little"), "no first answer: it hung at 1"},
      {process("writes less than two"), "asked for 2 results at once, it wrote 1 and then waited"},
      {process("writes less than four"), "asked for 4 results at once, it wrote 3 and then waited"},
      {process("always writes more"), "it wrote more than the result of 1 call"},
      {process("forgets the count"), "and not with that number"},
      {"no-such-program-anywhere", "exited with status 127"},
      {"no-such-program-anywhere", "not found"},
      {"true", "exited with status 0"},
      {"cat >/dev/null", "no first answer: it hung"},
      {"exit 3 'unbalanced", "exited with status 2"}};
  for (const auto& [line, words] : all) {
    SCOPED_TRACE(line);
    const std::string why = failure_of(line);
    EXPECT_THAT(why, HasSubstr("exec:" + line + ": "));
    EXPECT_THAT(why, HasSubstr(words));
    EXPECT_THAT(why, HasSubstr("docs/protocol.md"));
    EXPECT_EQ(why.find('\n'), std::string::npos);
  }
  EXPECT_THAT(failure_of("echo hello", Pipe::hex),
              HasSubstr("it wrote 'hello', which is no number"));
  EXPECT_THAT(failure_of("yes 1", Pipe::hex), HasSubstr("it wrote more than"));
}

TEST(Command, LeavesNothingBehind) {
  const std::size_t files = open_files();
  for (const std::string behaviour : {"", "leaves a daemon", "hangs"}) {
    const auto before = children_of(::getpid());
    {
      const auto caller = open_process(behaviour);
      (void)answers_of(*caller, {1, 2});
      EXPECT_GT(children_of(::getpid()).size(), before.size());
    }
    EXPECT_EQ(children_of(::getpid()), before);
    EXPECT_EQ(open_files(), files);
  }
  (void)failure_of(process("silent"));
  EXPECT_EQ(open_files(), files);
  EXPECT_THAT(children_of(::getpid()), IsEmpty());
}

TEST(Command, MayAllocateAPartOfTheMachinesMemory) {
  if (!memory_is_bounded()) GTEST_SKIP() << "a sanitizer needs terabytes";
  const auto caller = open_process("says what it may allocate");
  const double allowed = to_native<double>(answers_of(*caller, {1.0})[0].value);
  EXPECT_LE(allowed, static_cast<double>(memory_bound()));
}

TEST(Command, EndsSoonWhenAStopIsWanted) {
  StopFlag stop{false};
  Patience patience;
  patience.stop = &stop;
  const auto caller = open_command(process("hangs"), Pipe::raw, patience);
  std::jthread ctrl_c([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
    stop = true;
  });
  const auto start = std::chrono::steady_clock::now();
  EXPECT_THROW((void)answers_of(*caller, {3}), Interrupted);
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(4));
}

}  // namespace
}  // namespace napier
