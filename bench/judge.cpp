// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// What one judgement costs: a law and an accuracy case, decided by the double-double sets and by
// the reference. Points and answers are made beforehand, so drawing and calling are not counted.
#include <benchmark/benchmark.h>

#include <vector>

#include "lib/target/catalogue.hpp"
#include "oracles/oracle.hpp"
#include "props/judge/judge.hpp"
#include "props/law/law_block.hpp"
#include "props/law/law_judge.hpp"

namespace napier {
namespace {

/// Some hundred judged cases of one property on one target.
struct Cases {
  Cases(const char* target_name, const char* property_name)
      : target(*catalogue().find(target_name)),
        subject(target, Rounding::nearest),
        property(*find_property(property_name, target)) {
    const auto caller = target.open();
    const Domain domain = property.where.domain(subject);
    for (const Portion& portion : portions(domain, 4096))
      for (std::uint64_t i = 0; i < portion.count; ++i)
        if (const auto point = domain.at(Seed{}, {0, portion.stratum, i})) {
          points.push_back(*point);
          cases.push_back(judge_point(property, subject, *point, {caller.get(), nullptr}));
        }
  }
  const Target& target;
  Subject subject;
  const Property& property;
  std::vector<Point> points;
  std::vector<JudgedCase> cases;
};

const LawReadings& law_of(const Cases& cases) {
  for (const LawReadings& law : law_readings())
    if (law.name == cases.property.name && !law.direct) return law;
  std::abort();
}

void law_by_sets(benchmark::State& state, const char* target, const char* law) {
  const Cases c(target, law);
  const LawReadings& readings = law_of(c);
  std::size_t i = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(readings.judge(c.subject, c.points[i], c.cases[i].transcript()));
    i = (i + 1) % c.points.size();
  }
}

/// A block of cases with its calls made, read again and again: time is of a block, `M/s` counts
/// cases.
void law_by_blocks(benchmark::State& state, const char* target_name, const char* law_name) {
  const Cases c(target_name, law_name);
  const BlockLaw& law = *block_law(c.property, c.subject);
  LawBlock block(c.subject, law.shape);
  law.plan(block);
  std::size_t next = 0;
  while (!block.is_full()) block.add({}, c.points[next++ * 15 % c.points.size()]);
  std::vector<Address> unusual;
  block.prepare(unusual);
  const auto caller = c.target.open();
  block.call(*caller);
  MeetingBlock met;
  Lanes apart;
  for (auto _ : state) {
    law.read(block, met, apart);
    benchmark::DoNotOptimize(met);
    benchmark::DoNotOptimize(apart);
  }
  state.counters["M/s"] = benchmark::Counter(static_cast<double>(block.size()) * 1e-6,
                                             benchmark::Counter::kIsIterationInvariantRate);
}

void law_by_reference(benchmark::State& state, const char* target, const char* law) {
  const Cases c(target, law);
  const LawReadings& readings = law_of(c);
  std::size_t i = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(
        readings.judge_by_reference(c.subject, c.points[i], c.cases[i].transcript()));
    i = (i + 1) % c.points.size();
  }
}

void law_machine_reading(benchmark::State& state, const char* target, const char* law) {
  const Cases c(target, law);
  const LawReadings& readings = law_of(c);
  std::size_t i = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(readings.machine(c.subject, c.points[i], c.cases[i].transcript()));
    i = (i + 1) % c.points.size();
  }
}

void accuracy_by_filter(benchmark::State& state, const char* target) {
  const Cases c(target, "accuracy");
  Tally tally;
  for (std::size_t i = 0; i < c.points.size(); ++i)  // so that only record breakers are referred
    c.property.judge(c.subject, c.points[i], c.cases[i].transcript(), tally);
  std::size_t i = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(
        c.property.judge(c.subject, c.points[i], c.cases[i].transcript(), tally));
    i = (i + 1) % c.points.size();
  }
}

void accuracy_by_reference(benchmark::State& state, const char* target) {
  const Cases c(target, "accuracy");
  std::size_t i = 0;
  for (auto _ : state) {
    TrueValue truth(*c.target.function, c.cases[i].requests.front().call);
    const Float y = c.cases[i].answers.front().value;
    benchmark::DoNotOptimize(truth.error(y, Rounding::nearest));
    for (const AccuracyClaim& claim : c.subject.promises(Role::target))
      benchmark::DoNotOptimize(truth.keeps(y, claim, Rounding::nearest));
    i = (i + 1) % c.points.size();
  }
}

void drawing(benchmark::State& state, const char* target, const char* property) {
  const Cases c(target, property);
  const Domain domain = c.property.where.domain(c.subject);
  std::uint64_t i = 0;
  for (auto _ : state) {
    const auto stratum = static_cast<std::uint32_t>(i % domain.strata.size());
    const std::uint64_t size = domain.strata[stratum].size;
    benchmark::DoNotOptimize(domain.at(Seed{}, {0, stratum, size != 0 ? i % size : i}));
    ++i;
  }
}

}  // namespace
}  // namespace napier

using namespace napier;
BENCHMARK_CAPTURE(law_by_sets, exp_product, "libm/exp:binary64", "product");
BENCHMARK_CAPTURE(law_by_sets, exp_reciprocal, "libm/exp:binary64", "reciprocal");
BENCHMARK_CAPTURE(law_by_sets, exp_tower, "libm/exp:binary64", "tower");
BENCHMARK_CAPTURE(law_by_sets, exp_own_slope, "libm/exp:binary64", "own_slope");
BENCHMARK_CAPTURE(law_by_sets, expm1_product, "libm/expm1:binary64", "product");
BENCHMARK_CAPTURE(law_by_sets, pow_product, "libm/pow:binary64", "product");
BENCHMARK_CAPTURE(law_by_sets, pow_tower, "libm/pow:binary64", "tower");
BENCHMARK_CAPTURE(law_by_blocks, exp_product, "libm/exp:binary64", "product");
BENCHMARK_CAPTURE(law_by_blocks, exp_reciprocal, "libm/exp:binary64", "reciprocal");
BENCHMARK_CAPTURE(law_by_blocks, exp_quotient, "libm/exp:binary64", "quotient");
BENCHMARK_CAPTURE(law_by_blocks, exp_tower, "libm/exp:binary64", "tower");
BENCHMARK_CAPTURE(law_by_blocks, exp_own_slope, "libm/exp:binary64", "own_slope");
BENCHMARK_CAPTURE(law_by_blocks, pow_product, "libm/pow:binary64", "product");
BENCHMARK_CAPTURE(law_by_blocks, pow_tower, "libm/pow:binary64", "tower");
BENCHMARK_CAPTURE(law_by_blocks, pow_slope, "libm/pow:binary64", "slope");
BENCHMARK_CAPTURE(law_by_reference, exp_product, "libm/exp:binary64", "product");
BENCHMARK_CAPTURE(law_by_reference, exp_tower, "libm/exp:binary64", "tower");
BENCHMARK_CAPTURE(law_by_reference, pow_product, "libm/pow:binary64", "product");
BENCHMARK_CAPTURE(law_machine_reading, exp_product, "libm/exp:binary64", "product");
BENCHMARK_CAPTURE(law_machine_reading, exp_tower, "libm/exp:binary64", "tower");
BENCHMARK_CAPTURE(accuracy_by_filter, exp, "libm/exp:binary64");
BENCHMARK_CAPTURE(accuracy_by_filter, exp_binary32, "libm/exp:binary32");
BENCHMARK_CAPTURE(accuracy_by_filter, pow, "libm/pow:binary64");
BENCHMARK_CAPTURE(accuracy_by_reference, exp, "libm/exp:binary64");
BENCHMARK_CAPTURE(accuracy_by_reference, pow, "libm/pow:binary64");
BENCHMARK_CAPTURE(drawing, exp_accuracy, "libm/exp:binary64", "accuracy");
BENCHMARK_CAPTURE(drawing, exp_product, "libm/exp:binary64", "product");
BENCHMARK_CAPTURE(drawing, pow_product, "libm/pow:binary64", "product");
BENCHMARK_MAIN();
