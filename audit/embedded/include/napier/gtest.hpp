// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

// Your exponential as a suite of GoogleTest tests, one for each property and law:
//
//   #include <napier/gtest.hpp>
//   NAPIER_AUDIT(MyExp, napier::exponential<double>(my_exp).claims("ulp <= 1; monotone"));
//
// A test fails with the witnesses, in decimal and in hex, the likely cause and a line that replays
// the case, is skipped where nothing is claimed of its property, and runs alone under
// --gtest_filter and under sharding. What makes no sense, or claims nothing, is one test that fails
// and says why. Link napier::gtest and a GoogleTest main.

#include <gtest/gtest.h>
#include <napier/audit.hpp>

#include <map>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#if defined(__linux__)
#include <unistd.h>
#endif

namespace napier::detail {

/// Where an audit stands, and what it asks.
struct asked {
  const audited* function;
  output which;
  std::string suite, property;
  const char* file;
  int line;

  std::string test() const {
    return which == output::derivative ? "derivative_" + property : property;
  }
};

/// One word of a shell.
inline std::string shell_word(const std::string& text) {
  if (text.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
                             "/._+-=:@%") == std::string::npos)
    return text;
  std::string word = "'";
  for (const char c : text) word += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return word + "'";
}

/// The command that runs a test of this program.
inline std::string command_for(const asked& what) {
  std::string program = "THIS_PROGRAM";
#if defined(__linux__)
  char path[4096];
  const auto length = ::readlink("/proc/self/exe", path, sizeof path);
  if (length > 0 && static_cast<std::size_t>(length) < sizeof path)
    program.assign(path, static_cast<std::size_t>(length));
#endif
  return shell_word(program) + " --gtest_filter=" + shell_word(what.suite + "." + what.test());
}

inline void test(const asked& what) try {
  bool judged = false;
  std::string why;
  const auto outcome = what.function->ask(
      what.which, what.suite, what.property, command_for(what), [&](const napier_check& check) {
        const std::string named = prefix_of(what.which) + std::string(check.name) + ": ";
        if (check.state == napier_open) ADD_FAILURE_AT(what.file, what.line) << named << check.text;
        if (check.state == napier_refuted)  // the text begins with what is refuted
          ADD_FAILURE_AT(what.file, what.line) << prefix_of(what.which) << check.text;
        show_replayed(check);
        judged = judged || check.state != napier_measured;
        // Of laws that were not asked for there are checks, too, without a case.
        if (why.empty() || check.cases != 0) why = named + check.text;
      });
  if (outcome.status == 70)
    ADD_FAILURE_AT(what.file, what.line) << contradiction;
  else if (!judged)
    GTEST_SKIP() << why;
} catch (const std::invalid_argument& refused) {
  ADD_FAILURE_AT(what.file, what.line) << refused.what();
}

class property_test : public testing::Test {
 public:
  explicit property_test(asked what) : asked_(std::move(what)) {}
  void TestBody() override { test(asked_); }

 private:
  asked asked_;
};

/// A test that fails, for an audit that cannot be.
class refusal : public testing::Test {
 public:
  refusal(std::string why, const char* file, int line)
      : why_(std::move(why)), file_(file), line_(line) {}
  void TestBody() override { ADD_FAILURE_AT(file_, line_) << why_; }

 private:
  std::string why_;
  const char* file_;
  int line_;
};

inline int refuse(const char* suite, const char* test, const std::string& why, const char* file,
                  int line) {
  testing::RegisterTest(suite, test, nullptr, nullptr, file, line,
                        [=]() -> testing::Test* { return new refusal(why, file, line); });
  return 1;
}

/// Registers a test for each property; returns how many.
inline int register_audit(const char* suite, audited function, const char* file, int line) {
  static std::map<std::string, std::string> places;  // of every suite in this program
  const std::string here = std::string(file) + ":" + std::to_string(line);
  const auto [first, is_new] = places.emplace(suite, here);
  if (!is_new)
    return refuse((std::string(suite) + "Again").c_str(), "has_a_name_of_its_own",
                  "two NAPIER_AUDIT are named " + std::string(suite) + ", at " + first->second +
                      " and " + here + ": rename one of them",
                  file, line);
  if (const std::string why = function.why_not(); !why.empty())
    return refuse(suite, "makes_sense", why, file, line);
  int tests = 0;
  if (!function.promises_something() && !function.is_measured_only())
    tests += refuse(suite, "claims_something", nothing_claimed, file, line);
  // Lives as long as the tests, which are never unregistered.
  const auto* kept = new audited(std::move(function));
  for (const output which : kept->outputs())
    for (const char* property : kept->properties(which)) {
      const asked what{kept, which, suite, property, file, line};
      testing::RegisterTest(suite, what.test().c_str(), nullptr, nullptr, file, line,
                            [what]() -> testing::Test* { return new property_test(what); });
      ++tests;
    }
  return tests;
}

}  // namespace napier::detail

/// Makes the audit of a function the tests of a suite: Suite.accuracy, Suite.product, … and of a
/// derivative beside its value Suite.derivative_accuracy, …
#define NAPIER_AUDIT(suite, ...)                              \
  [[maybe_unused]] static const int napier_audit_of_##suite = \
      ::napier::detail::register_audit(#suite, __VA_ARGS__, __FILE__, __LINE__)
