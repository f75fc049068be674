// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// What cannot be called at all: one line with the target's name and the mend.
#include <gmock/gmock.h>
#include <stdlib.h>

#include "tests/audit/isolation_support.hpp"

namespace napier {
namespace {

using namespace isolation_test;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

auto one_line_about(const SharedObject& object) {
  return AllOf(StartsWith("so:" + object.path + "#" + object.symbol + ": "), Not(HasSubstr("\n")));
}

void expect_failure(const SharedObject& object, const std::string& cause, const std::string& mend,
                    const Format& format = binary64) {
  EXPECT_THAT(failure(object, format),
              AllOf(one_line_about(object), HasSubstr(cause), HasSubstr(mend)));
}

TEST(UncallableTarget, FileThatIsMissing) {
  expect_failure({"./no/such.so", "exp"}, "No such file", "check the path");
}

TEST(UncallableTarget, NameThatTheLoaderDoesNotFind) {
  expect_failure({"libno_such.so", "exp"}, "No such file", "give a path with a /");
}

TEST(UncallableTarget, FileHereWithoutASlash) {
  const std::filesystem::path before = std::filesystem::current_path();
  std::filesystem::current_path(std::string(NAPIER_BINARY_DIR) + "/fixtures");
  expect_failure({"libisolation_behaviours.so", "crash"}, "cannot be loaded",
                 "write so:./libisolation_behaviours.so#crash");
  std::filesystem::current_path(before);
}

TEST(UncallableTarget, FileThatIsNoLibrary) {
  const std::string text = ::testing::TempDir() + "/napier_text.so";
  std::ofstream(text) << "GROUP ( libm.so.6 ) and enough of text to be longer than an ELF header\n";
  expect_failure({text, "exp"}, "invalid ELF header", "a shared library for this machine");
  std::filesystem::remove(text);
}

TEST(UncallableTarget, LibraryForAnotherMachine) {
  const std::string copy = ::testing::TempDir() + "/napier_other_machine.so";
  constexpr int place_of_class = 4, place_of_machine = 18;
  const auto changed = [&](int place, char value) {
    std::filesystem::copy_file(fixture("behaviours"), copy,
                               std::filesystem::copy_options::overwrite_existing);
    std::fstream(copy, std::ios::in | std::ios::out | std::ios::binary).seekp(place).put(value);
  };
  changed(place_of_machine, static_cast<char>(243));
  expect_failure({copy, "good_exp"}, "it is for another machine, RISC-V;", "under an emulator");
  changed(place_of_class, 1);
  expect_failure({copy, "good_exp"}, "it is for another machine", "build it for this one");
  std::filesystem::remove(copy);
}

TEST(UncallableTarget, LibraryThatLacksWhatItNeeds) {
  expect_failure({fixture("lacks_symbol"), "good"}, "undefined symbol: defined_nowhere",
                 "link it with the library");
}

TEST(UncallableTarget, SymbolThatIsMisspelled) {
  expect_failure({fixture("behaviours"), "god_exp"}, "no such symbol", "nearest: good_exp");
}

TEST(UncallableTarget, SymbolUnlikeAnyOther) {
  expect_failure({fixture("flushes"), "a_name_like_no_other"}, "no such symbol", "nm -D");
}

TEST(UncallableTarget, SymbolThatIsData) {
  expect_failure({fixture("behaviours"), "table_of_values"}, "data", "name the function");
}

TEST(UncallableTarget, SymbolOfADependencyIsNotTakenForItsOwn) {
  expect_failure({fixture("behaviours"), "exp"}, "does not define this symbol", "libm.so.6#exp");
}

TEST(UncallableTarget, CrashWhileLoading) {
  expect_failure({fixture("crashes_loading"), "good"}, "crashed (SIGSEGV) while being loaded",
                 "it printed: no licence found");
}

TEST(UncallableTarget, ExceptionWhileLoading) {
  expect_failure({fixture("throws_loading"), "good"}, "crashed (SIGABRT) while being loaded",
                 "it printed: terminate called");
}

TEST(UncallableTarget, HangWhileLoading) {
  expect_failure({fixture("hangs_loading"), "good"}, "hung while being loaded", "dlopen");
}

TEST(UncallableTarget, CrashAtEachFirstCall) {
  expect_failure({fixture("behaviours"), "crash_always"},
                 "crashed (SIGSEGV) at 1, crashed (SIGSEGV) at 0.5",
                 "check that it is double f(double)");
}

TEST(UncallableTarget, WorkerThatIsMissing) {
  EXPECT_THROW((void)child_caller({"libm.so.6", "exp"}, binary64, 1, "/no/such/worker"),
               std::runtime_error);
}

TEST(UncallableTarget, WorkerThatDoesNotServe) {
  try {
    (void)child_caller({"libm.so.6", "exp"}, binary64, 1, "/bin/false");
    FAIL();
  } catch (const std::runtime_error& error) {
    EXPECT_THAT(error.what(), HasSubstr("exited with status 1 before it began"));
  }
}

TEST(UncallableTarget, WorkerThatWouldStartItselfWithoutEnd) {
  ::setenv("NAPIER_SERVING", "1", 1);
  EXPECT_THAT(failure({fixture("behaviours"), "good_exp"}), HasSubstr("serve_target first"));
  ::unsetenv("NAPIER_SERVING");
}

}  // namespace
}  // namespace napier
