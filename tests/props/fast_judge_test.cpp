// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// Double-double sets are a short cut, never another opinion: whatever they decide the reference
// decides alike. Claims of every tightness are put to libm, so that both verdicts occur and many
// cases lie at the edge.
#include <array>

#include "lib/target/catalogue.hpp"
#include "props/law/law_domain.hpp"
#include "props/law/law_judge.hpp"
#include "tests/props/support.hpp"

namespace napier {
namespace {

using namespace testing_support;

struct Counts {
  std::uint64_t judged = 0;
  std::array<std::uint64_t, 3> verdicts{};
};

/// The calls a law wants at a point, answered.
struct Asked {
  std::vector<Request> requests;
  std::vector<Answer> answers;

  Asked(const LawReadings& law, const Subject& subject, const Point& point, Caller& caller) {
    for (int round = 0; round < 3; ++round) {
      std::vector<Request> wanted;
      law.plan(subject, point, {requests, answers}, wanted);
      for (const Request& request : wanted) {
        Answer answer;
        caller.call(subject.rounding, Observe::values, {&request.call, 1}, {&answer, 1});
        requests.push_back(request);
        answers.push_back(answer);
      }
    }
  }
};

void compare_judges(const LawReadings& law, const Target& target, std::uint64_t each,
                    Counts& counts) {
  constexpr std::string_view limits[] = {"1.5", "1", "0.6", "0.5", "0.4", "0.25", "0.1", "0"};
  std::vector<Subject> subjects;
  std::vector<Target> claimed;
  for (const auto limit : limits) {
    claimed.push_back(target);
    claimed.back().claim = claim_ulps(*target.format, limit, limit);
  }
  claimed.push_back(target);
  claimed.back().claim = claim_correctly_rounded();
  claimed.push_back(target);
  claimed.back().claim = claim_faithful();
  const auto caller = target.open();
  for (const Target& one : claimed)
    for (const Rounding rounding : {Rounding::nearest, Rounding::up})
      subjects.emplace_back(one, rounding);
  std::size_t next = 0;
  for (const Point& point : points_of(law_domain(law, subjects[0]), law.name, each)) {
    const Subject& subject = subjects[next++ % subjects.size()];
    const Asked asked(law, subject, point, *caller);
    const Transcript transcript{asked.requests, asked.answers};
    const Verdict fast = law.judge(subject, point, transcript);
    const Verdict slow = law.judge_by_reference(subject, point, transcript);
    ++counts.judged;
    ++counts.verdicts[slow.index()];
    EXPECT_EQ(fast.index(), slow.index())
        << law.name << " of " << target.name << " at " << text(point) << ", claimed "
        << describe(*subject.claim) << ", " << name(subject.rounding);
  }
}

TEST(FastJudge, AgreesWithTheReference) {
  const std::uint64_t each = count(250, 20000);
  Counts counts;
  for (const Function* function :
       {&functions::exp, &functions::exp2, &functions::expm1, &functions::pow})
    for (const Format* format : formats) {
      const Target* target =
          catalogue().find("libm/" + std::string(function->name) + ":" + std::string(format->name));
      ASSERT_NE(target, nullptr) << function->name;
      const Subject subject(*target, Rounding::nearest);
      for (const LawReadings& law : law_readings())
        if (inapplicable(law, subject).empty()) compare_judges(law, *target, each, counts);
    }
  EXPECT_GT(counts.judged, count(10'000, 800'000));
  // The comparison is worth something only if both verdicts occur.
  EXPECT_GT(counts.verdicts[0], counts.judged / 10);
  EXPECT_GT(counts.verdicts[1], counts.judged / 10);
  EXPECT_LT(counts.verdicts[2], counts.judged / 1000);
  RecordProperty("consistent", std::to_string(counts.verdicts[0]));
  RecordProperty("refuted", std::to_string(counts.verdicts[1]));
  RecordProperty("undecided", std::to_string(counts.verdicts[2]));
}

}  // namespace
}  // namespace napier
