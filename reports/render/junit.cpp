// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "reports/render/junit.hpp"

#include <fmt/format.h>

#include "reports/text.hpp"
#include "reports/view/checks.hpp"
#include "reports/view/shown.hpp"

namespace napier {
namespace {

/// How many of a suite's cases ended how.
struct Counts {
  int tests = 0, failures = 0, errors = 0, skipped = 0;

  Counts& operator+=(const Counts& more) {
    tests += more.tests;
    failures += more.failures;
    errors += more.errors;
    skipped += more.skipped;
    return *this;
  }
  /// Those that JUnit's schema knows of all suites together: what is skipped is a suite's.
  std::string attributes() const {
    return fmt::format("tests=\"{}\" failures=\"{}\" errors=\"{}\"", tests, failures, errors);
  }
};

std::string element(std::string_view name, std::string_view type, std::string_view message,
                    std::string_view text = {}) {
  const std::string typed = type.empty() ? "" : fmt::format(" type=\"{}\"", type);
  const std::string head =
      fmt::format("    <{}{} message=\"{}\"", name, typed, html_escaped(message));
  if (text.empty()) return head + "/>\n";
  return fmt::format("{}>{}</{}>\n", head, html_escaped(text), name);
}

class Suite {
 public:
  explicit Suite(const TargetResult& target) : name_(verdict_line(target).target) {}

  void add(const Check& check) {
    switch (check.state) {
      case Tone::refuted:
        if (check.known) {
          ++counts_.skipped;
          return add(check.name, element("skipped", "",
                                         "known issue: " + charge(*check.findings.front().finding),
                                         findings_text(check)));
        }
        ++counts_.failures;
        return add(
            check.name,
            element("failure", "refuted",
                    check.findings.empty() ? "refuted" : charge(*check.findings.front().finding),
                    findings_text(check)));
      case Tone::inconclusive:
        ++counts_.errors;
        return add(check.name, element("error", "inconclusive", check.why));
      case Tone::measured:
      case Tone::quiet:
        ++counts_.skipped;
        return add(check.name, element("skipped", "", check.why));
      case Tone::stands:
      case Tone::plain:
      case Tone::failed:
        break;
    }
    add(check.name, "");
  }

  void add_error(std::string_view name, std::string_view type, std::string_view why) {
    ++counts_.errors;
    add(name, element("error", type, why));
  }

  void add_skipped(std::string_view name, std::string_view why) {
    ++counts_.skipped;
    add(name, element("skipped", "", why));
  }

  const Counts& counts() const { return counts_; }
  std::string text() const {
    return fmt::format("  <testsuite name=\"{}\" {} skipped=\"{}\">\n{}  </testsuite>\n",
                       html_escaped(name_), counts_.attributes(), counts_.skipped, cases_);
  }

 private:
  void add(std::string_view name, const std::string& outcome) {
    ++counts_.tests;
    cases_ += fmt::format("   <testcase classname=\"{}\" name=\"{}\"", html_escaped(name_),
                          html_escaped(name));
    cases_ += outcome.empty() ? "/>\n" : ">\n" + outcome + "   </testcase>\n";
  }

  std::string name_;
  std::string cases_;
  Counts counts_;
};

Suite suite_of(const Report& report, const TargetResult& target) {
  Suite suite(target);
  if (target.verdict == TargetVerdict::absent) {
    suite.add_skipped("audit", target.failure);
    return suite;
  }
  if (target.verdict == TargetVerdict::failed) {
    suite.add_error("audit", "failed", target.failure);
    return suite;
  }
  for (const Check& check : checks_of(report, target)) suite.add(check);
  for (const KnownIssue& issue : target.known_issues)
    if (!issue.shows)
      suite.add_error("known issue of " + issue.properties.front(), "known issue shows no more",
                      issue.why);
  for (const std::string& what : target.contradictions)
    suite.add_error("napier itself", "contradiction", what);
  if (target.partial) suite.add_error("audit", "interrupted", "not all of it was tried");
  return suite;
}

}  // namespace

std::string render_junit(const Report& given) {
  const Report report = shown(given);
  Counts all;
  std::string suites;
  for (const TargetResult& target : report.targets) {
    const Suite suite = suite_of(report, target);
    all += suite.counts();
    suites += suite.text();
  }
  return fmt::format(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"napier\" {}>\n{}"
      "</testsuites>\n",
      all.attributes(), suites);
}

}  // namespace napier
