// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "reports/render/ctrf.hpp"

#include <nlohmann/json.hpp>

#include "reports/text.hpp"
#include "reports/view/checks.hpp"
#include "reports/view/shown.hpp"

namespace napier {
namespace {

using Json = nlohmann::ordered_json;

struct Status {
  const char* word;  ///< CTRF's
  const char* raw;   ///< ours
};

Status status_of(Tone state) {
  switch (state) {
    case Tone::refuted:
    case Tone::failed:
      return {"failed", "refuted"};
    case Tone::inconclusive:
      return {"other", "inconclusive"};
    case Tone::measured:
      return {"skipped", "measured"};
    case Tone::quiet:
      return {"skipped", "not applicable"};
    case Tone::stands:
    case Tone::plain:
      break;
  }
  return {"passed", "stands"};
}

class Tests {
 public:
  void add(const std::string& target, const std::string& name, Status status,
           const std::string& message, const std::string& trace) {
    Json test{{"name", target + " " + name}, {"status", status.word}, {"duration", 0},
              {"rawStatus", status.raw},     {"suite", {target}},     {"type", "property"}};
    if (!message.empty()) test["message"] = message;
    if (!trace.empty()) test["trace"] = trace;
    tests_.push_back(std::move(test));
    counts_[status.word] = counts_.value(status.word, 0) + 1;
  }
  Json summary() const {
    Json summary{{"tests", tests_.size()}};
    for (const char* word : {"passed", "failed", "pending", "skipped", "other"})
      summary[word] = counts_.value(word, 0);
    summary["start"] = 0;
    summary["stop"] = 0;
    return summary;
  }
  const Json& tests() const { return tests_; }

 private:
  Json tests_ = Json::array();
  Json counts_ = Json::object();
};

void add_target(Tests& tests, const Report& report, const TargetResult& target) {
  const std::string name = verdict_line(target).target;
  if (target.verdict == TargetVerdict::failed)
    return tests.add(name, "audit", {"failed", "could not be audited"}, target.failure, "");
  for (const Check& check : checks_of(report, target)) {
    const bool refuted = check.state == Tone::refuted && !check.findings.empty();
    tests.add(name, check.name, status_of(check.state),
              refuted ? charge(*check.findings.front().finding) : check.why,
              refuted ? findings_text(check) : "");
  }
  for (const std::string& what : target.contradictions)
    tests.add(name, "napier itself", {"failed", "contradiction"}, what, "");
  if (target.partial)
    tests.add(name, "audit", {"other", "interrupted"}, "not all of it was tried", "");
}

}  // namespace

std::string render_ctrf(const Report& given) {
  const Report report = shown(given);
  Tests tests;
  for (const TargetResult& target : report.targets) add_target(tests, report, target);
  const Json tree{{"reportFormat", "CTRF"},
                  {"specVersion", "0.0.0"},
                  {"results",
                   {{"tool", {{"name", "napier"}, {"version", report.provenance.version}}},
                    {"summary", tests.summary()},
                    {"tests", tests.tests()}}}};
  return tree.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace napier
