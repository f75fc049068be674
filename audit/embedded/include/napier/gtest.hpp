// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

// Your exponential as a suite of GoogleTest tests, one for each property and law:
//
//   #include <napier/gtest.hpp>
//   NAPIER_AUDIT(MyExp, napier::exponential<double>(my_exp).claims("ulp <= 1; monotone"));
//
// A test fails with the witnesses, in decimal and in hex, is skipped where nothing is claimed of
// its property, and runs alone under --gtest_filter and under sharding. What makes no sense is one
// test that fails and says why. Link napier::gtest and a GoogleTest main.

#include <gtest/gtest.h>
#include <napier/audit.hpp>

#include <map>
#include <string>
#include <utility>
#include <vector>

namespace napier::detail {

/// Where an audit stands, and what it asks.
struct asked {
  const audited* function;
  std::string suite, property;
  const char* file;
  int line;
};

inline void test(const asked& what) {
  bool judged = false;
  std::string why;
  const int status = what.function->ask(what.suite, what.property, [&](const napier_check& check) {
    if (check.state == napier_refuted || check.state == napier_open)
      ADD_FAILURE_AT(what.file, what.line) << check.name << ": " << check.text;
    if (check.state == napier_measured)
      why = std::string(check.name) + ": " + check.text;
    else
      judged = true;
  });
  if (status == 70)
    ADD_FAILURE_AT(what.file, what.line) << "Napier contradicts itself: please report it";
  else if (!judged)
    GTEST_SKIP() << why;
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
  // Lives as long as the tests, which are never unregistered.
  const auto* kept = new audited(std::move(function));
  const std::vector<const char*> properties = kept->properties();
  for (const char* property : properties) {
    const asked what{kept, suite, property, file, line};
    testing::RegisterTest(suite, property, nullptr, nullptr, file, line,
                          [what]() -> testing::Test* { return new property_test(what); });
  }
  return static_cast<int>(properties.size());
}

}  // namespace napier::detail

/// Makes the audit of a function the tests of a suite: Suite.accuracy, Suite.product, …
#define NAPIER_AUDIT(suite, ...)                              \
  [[maybe_unused]] static const int napier_audit_of_##suite = \
      ::napier::detail::register_audit(#suite, __VA_ARGS__, __FILE__, __LINE__)
