// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "tests/honest/court.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <memory>
#include <string>

#include "lib/fp/hexfloat.hpp"
#include "lib/target/thread_pair.hpp"
#include "props/judge/judge.hpp"
#include "tests/honest/places.hpp"

namespace napier::honest {

bool long_run() { return std::getenv("NAPIER_LONG") != nullptr; }

namespace {

/// Refuses blocks, so that every call is made and judged alone.
class SingleCalls final : public Caller {
 public:
  explicit SingleCalls(std::unique_ptr<Caller> caller) : caller_(std::move(caller)) {}
  void call(Rounding rounding, Observe observe, std::span<const Call> calls,
            std::span<Answer> answers) override {
    caller_->call(rounding, observe, calls, answers);
  }

 private:
  std::unique_ptr<Caller> caller_;
};

std::unique_ptr<Caller> caller_for(const Property& property, const Target& target, Calls calls) {
  if (property.calling == Calling::in_two_threads) return thread_pair(target.open);
  if (calls == Calls::in_blocks) return target.open();
  return std::make_unique<SingleCalls>(target.open());
}

/// Every argument, if these are few enough.
Domain ground(const Property& property, const Subject& subject, const Counts& counts) {
  if (auto every = property.where.every_point(subject))
    if (every->strata.front().size <= counts.every) return std::move(*every);
  return property.where.domain(subject);
}

std::uint64_t budget_of(const Property& property, const Domain& domain, const Counts& counts) {
  const std::uint64_t usual = relates_calls(property.family) ? counts.cases : counts.calls;
  const std::uint64_t size = domain.strata.front().size;
  return domain.strata.size() == 1 && size != 0 && size <= counts.every ? size : usual;
}

std::string point_words(const Point& point) {
  std::string words;
  for (const Float x : point.arguments()) words += (words.empty() ? "" : ", ") + to_hex(x);
  return words;
}

std::string refuted_words(const Property& property, const Subject& subject, const Point& point,
                          Callers callers) {
  try {
    return point_words(point) + ": " + confirm(property, subject, point, callers).explanation;
  } catch (const std::logic_error& error) {
    return point_words(point) + ": " + error.what();
  }
}

/// The first case that stays undecided.
std::string undecided_words(const Property& property, const Subject& subject, const Domain& domain,
                            std::uint64_t budget, Callers callers) {
  for (const Portion& portion : portions(domain, budget))
    for (std::uint64_t i = 0; i < portion.count; ++i) {
      const Address address{property_key(property.where.name), portion.stratum, portion.first + i};
      const auto point = domain.at(Seed{}, address);
      if (!point || !property.where.asks(subject, *point)) continue;
      const JudgedCase judged = judge_point(property, subject, *point, callers);
      if (!std::holds_alternative<Undecided>(judged.verdict)) continue;
      return point_words(*point) + ": " + property.explain(subject, *point, judged.transcript());
    }
  return "none, if asked one by one";
}

void judge(const Property& property, const Subject& subject, const Domain& domain,
           std::uint64_t budget, Calls calls) {
  const Target& target = *subject.target;
  const auto caller = caller_for(property, target, calls);
  const auto primal = target.primal ? target.primal->open() : nullptr;
  const Callers callers{caller.get(), primal.get()};
  Tally tally;
  for (const Portion& portion : portions(domain, budget))
    tally.merge(judge_portion(property, subject, domain, Seed{}, portion, callers));
  const std::string what = std::string(property.name) + " of " + target.name + ", " +
                           std::string(name(subject.rounding)) +
                           (calls == Calls::singly ? ", one by one" : ", in blocks") + ", " +
                           std::to_string(tally.cases) + " cases";
  EXPECT_GT(tally.cases, 0u) << what;
  EXPECT_EQ(tally.undecided_no_answer, 0u) << what;
  if (tally.undecided_cap != 0)
    ADD_FAILURE() << what << ", undecided are " << tally.undecided_cap << ", the first at "
                  << undecided_words(property, subject, domain, budget, callers);
  if (tally.refuted != 0)
    ADD_FAILURE() << what << ", refuted are " << tally.refuted << ", the first at "
                  << refuted_words(property, subject, tally.first_refuted->point, callers);
}

/// Whether it asks single calls, and perhaps their neighbours, at any arguments.
bool asks_single_calls(const Property& property) {
  return is_claimed(property) && std::holds_alternative<InBlocks>(property.judging);
}

}  // namespace

bool is_anything(const Property&) { return true; }

bool is_claimed(const Property& property) { return property.family != Family::hygiene; }

void expect_stands(const Target& target, Rounding rounding, Calls calls, const Counts& counts,
                   const Which& asked) {
  const Subject subject(target, rounding);
  const Domain places = places_that_matter(*target.function, *target.format);
  for (const Property& property : all_properties()) {
    if (!asked(property)) continue;
    if (!property.inapplicable(subject).empty() || !property.judges(subject)) continue;
    const Domain domain = ground(property, subject, counts);
    judge(property, subject, domain, budget_of(property, domain, counts), calls);
    if (asks_single_calls(property))
      judge(property, subject, places, places.strata.front().size, calls);
  }
}

}  // namespace napier::honest
