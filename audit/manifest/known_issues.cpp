// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "audit/known_issues.hpp"

#include <fmt/format.h>
#include <sys/utsname.h>

#include <algorithm>
#include <cmath>

#include "audit/manifest/embedded.hpp"
#include "audit/manifest/toml_tree.hpp"
#include "audit/manifest/values.hpp"
#include "audit/provenance.hpp"
#include "audit/selection.hpp"
#include "lib/fp/hexfloat.hpp"
#include "lib/target/claim_domain.hpp"

namespace napier {
namespace {

/// [LO, HI] of numbers or of texts, for hex floats and infinities.
Range interval(const TomlNode& node) {
  if (node.list().size() != 2) node.refuse("is not an interval: write [LO, HI]");
  const auto end = [](const TomlNode& one, IntervalEnd which) {
    return one.is_text() ? one.at_this_place([&] { return interval_end(one.text(), which); })
                         : one.number();
  };
  const Range range{end(node.list()[0], IntervalEnd::lower),
                    end(node.list()[1], IntervalEnd::upper)};
  if (!(range.lo <= range.hi))
    node.refuse(is_reversed(range) ? "begins above its end" : "holds no number of binary64");
  return range;
}

ExpectedIssue issue_of(const TomlNode& node) {
  node.check_keys({"target", "property", "rounding", "at", "argument", "base", "exponent", "got",
                   "at_most_ulp", "libm", "architecture", "why", "source"});
  ExpectedIssue issue;
  issue.target = node["target"].text();
  issue.properties = property_names(node["property"]);
  if (const TomlNode* given = node.find("rounding")) issue.roundings = roundings_of(*given);
  issue.at = node["at"].texts();
  if (issue.at.empty() || issue.at.size() > 2)
    node["at"].refuse("is not the arguments of a call: write one, or a base and an exponent");
  for (const char* key : {"argument", "base"})
    if (const TomlNode* given = node.find(key)) issue.x = interval(*given);
  if (const TomlNode* given = node.find("exponent")) issue.y = interval(*given);
  if (const TomlNode* given = node.find("got")) issue.got = given->text();
  if (const TomlNode* given = node.find("at_most_ulp")) {
    issue.at_most = given->number();
    if (!(issue.at_most >= 0)) given->refuse("is not a number of ulps");
  }
  issue.libm = node.texts_or("libm", {});
  issue.architecture = node.texts_or("architecture", {});
  issue.why = node["why"].text();
  issue.source = node["source"].text();
  return issue;
}

std::vector<ExpectedIssue> issues_of(const TomlNode& root) {
  root.check_keys({"known_issue"});
  std::vector<ExpectedIssue> all;
  for (const TomlNode& node : root["known_issue"].list()) all.push_back(issue_of(node));
  return all;
}

bool holds(const std::vector<std::string>& wanted, std::string_view is) {
  return wanted.empty() || std::ranges::find(wanted, is) != wanted.end();
}

}  // namespace

std::vector<ExpectedIssue> parse_known_issues(std::string_view text, const std::string& file) {
  return issues_of(TomlNode::parse(text, file));
}

std::vector<ExpectedIssue> read_known_issues(const std::string& file) {
  return issues_of(TomlNode::read(file));
}

std::vector<ExpectedIssue> shipped_known_issues() {
  return parse_known_issues(manifests::known_issues_toml, "the shipped known issues");
}

std::vector<ExpectedIssue> known_issues_of(const std::vector<ExpectedIssue>& all,
                                           const std::string& target) {
  utsname machine{};
  ::uname(&machine);
  const std::string libm = libm_version();
  std::vector<ExpectedIssue> own;
  std::ranges::copy_if(all, std::back_inserter(own), [&](const ExpectedIssue& issue) {
    return issue.target == target && holds(issue.libm, libm) &&
           holds(issue.architecture, machine.machine);
  });
  return own;
}

}  // namespace napier
