// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "props/suite/rapid.hpp"

#include <cstdlib>

#include <fmt/format.h>
#include <rapidcheck.h>

#include "lib/util/overloaded.hpp"

namespace napier::suite {
namespace {

using rc::detail::CaseDescription;
using rc::detail::CaseResult;

constexpr std::uint64_t our_seed = 1;

/// Draws a case, and carries its simpler cases with it, where the domain has one.
rc::Gen<std::optional<Case>> cases_of(const Asked& asked) {
  return {[&asked](const rc::Random& source, int) {
    rc::Random random = source;
    std::optional<Case> one;
    constexpr int attempts = 20;  // not every index of a stratum has a point
    for (int i = 0; i < attempts && !one; ++i) {
      const std::uint64_t mode = random.next();
      const std::uint64_t stratum = random.next();
      // 40 bits of index: a campaign that counts from 0 could come this far.
      one = asked.at(mode, stratum, random.next() >> 24);
    }
    return rc::shrinkable::shrinkRecur(one, [&asked](const std::optional<Case>& refuted) {
      std::vector<std::optional<Case>> simpler;
      if (refuted)
        for (const Case& other : asked.simpler(*refuted)) simpler.emplace_back(other);
      return rc::seq::fromContainer(std::move(simpler));
    });
  }};
}

CaseDescription described(CaseResult::Type type, std::string words,
                          const std::optional<Case>& one) {
  CaseDescription description;
  description.result = {type, std::move(words)};
  description.example = [one] {
    return rc::detail::Example{{"Case", one ? describe(*one) : "none"}};
  };
  return description;
}

CaseDescription judge(const Asked& asked, const std::optional<Case>& one, std::uint64_t& judged) {
  using Type = CaseResult::Type;
  if (!one) return described(Type::Discard, "no point there", one);
  ++judged;
  const JudgedCase answered = asked.judge(*one);
  return std::visit(
      overloaded{
          [&](const Consistent&) { return described(Type::Success, {}, one); },
          [&](const Refuted&) { return described(Type::Failure, asked.explain(*one), one); },
          [&](const Undecided& undecided) {
            return described(
                Type::Failure,
                fmt::format("{} of {} is undecided ({}), rounding {}.", asked.property().name,
                            asked.target().name, name(undecided.cause), describe(*one)),
                one);
          },
      },
      answered.verdict);
}

rc::detail::Configuration configuration(std::uint64_t cases) {
  rc::detail::Configuration fixed;
  fixed.testParams.seed = our_seed;
  fixed.testParams.maxSuccess = static_cast<int>(cases);
  const char* theirs = std::getenv("RC_PARAMS");
  return rc::detail::configFromString(theirs != nullptr ? theirs : "", fixed);
}

class Silent final : public rc::detail::TestListener {
 public:
  void onTestCaseFinished(const CaseDescription&) override {}
  void onShrinkTried(const CaseDescription&, bool) override {}
  void onTestFinished(const rc::detail::TestMetadata&, const rc::detail::TestResult&) override {}
};

/// What RC_PARAMS must be for RapidCheck to take this very way again.
std::string reproduce_line(const std::string& id, const rc::detail::Reproduce& reproduce) {
  rc::detail::Configuration again;
  again.testParams.seed = our_seed;
  again.reproduce.emplace(id, reproduce);
  return "RC_PARAMS='" + rc::detail::configToMinimalString(again) + "'";
}

std::string failure_of(const rc::detail::TestResult& result, const std::string& id) {
  if (result.is<rc::detail::FailureResult>()) {
    const auto& failure = result.get<rc::detail::FailureResult>();
    return fmt::format("{}\nAfter {} consistent cases and {} steps of shrinking. {}",
                       failure.description, failure.numSuccess, failure.reproduce.shrinkPath.size(),
                       reproduce_line(id, failure.reproduce));
  }
  if (result.is<rc::detail::GaveUpResult>())
    return "RapidCheck gave up: " + result.get<rc::detail::GaveUpResult>().description;
  if (result.is<rc::detail::Error>())
    return "RapidCheck failed: " + result.get<rc::detail::Error>().description;
  return {};
}

}  // namespace

Checked check(const Asked& asked, const std::string& id, std::uint64_t cases) {
  const rc::detail::Configuration config = configuration(cases);
  Checked checked;
  checked.seed = config.testParams.seed;
  const rc::detail::Property property = rc::gen::map(
      cases_of(asked),
      [&](const std::optional<Case>& one) { return judge(asked, one, checked.judged); });
  Silent silent;
  const auto result =
      rc::detail::checkProperty(property, {id, id}, config.testParams, silent, config.reproduce);
  checked.failure = failure_of(result, id);
  if (checked.failure.empty() && checked.judged == 0)
    checked.failure = config.reproduce.empty()
                          ? "No case was judged: the domain has no points."
                          : "No case was judged: RC_PARAMS reproduces " +
                                config.reproduce.begin()->first + ". Ask for that test alone.";
  return checked;
}

}  // namespace napier::suite
