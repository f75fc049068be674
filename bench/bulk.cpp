// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// What judging every argument costs beside merely calling the target: the same encodings, spread
// over the whole format, called in a bare loop and judged by properties.
#include <benchmark/benchmark.h>

#include <bit>
#include <cmath>
#include <vector>

#include "lib/target/catalogue.hpp"
#include "props/domain/call_domain.hpp"
#include "props/judge/judge.hpp"

namespace napier {
namespace {

constexpr std::uint64_t stretch = 1 << 16;
constexpr std::uint64_t stretches = 64;

std::uint64_t first_of(std::uint64_t i) { return ((std::uint64_t(1) << 32) / stretches) * i; }

template <class F>
float sum_of_calls(F function, std::uint64_t first) {
  __asm__ volatile("" : "+r"(function));
  float sum = 0;
  for (std::uint64_t i = first; i < first + stretch; ++i)
    sum += function(std::bit_cast<float>(static_cast<std::uint32_t>(i)));
  return sum;
}

void bare_calls(benchmark::State& state, float (*function)(float), Rounding rounding) {
  for (auto _ : state) {
    const ScopedRounding mode(rounding);
    for (std::uint64_t i = 0; i < stretches; ++i)
      benchmark::DoNotOptimize(sum_of_calls(function, first_of(i)));
  }
  state.counters["case"] =
      benchmark::Counter(double(stretch * stretches) * double(state.iterations()),
                         benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}

void judged(benchmark::State& state, const char* name, const std::vector<const char*>& properties,
            Rounding rounding) {
  Target target = *catalogue().find(name);
  target.claim.monotone = target.claim.flags = target.claim.errno_values = true;
  const Subject subject(target, rounding);
  const Domain domain = every_call(subject).value();
  const auto caller = target.open();
  std::vector<const Property*> jury;
  jury.reserve(properties.size());
  for (const char* property : properties) jury.push_back(find_property(property, target));
  std::vector<Tally> tallies(jury.size());
  // A campaign soon knows about how large the largest error is: so does this.
  constexpr std::uint64_t glances = 4096;
  for (std::uint64_t i = glances; i-- > 0;)
    judge_portion(jury, subject, domain, Seed{}, {0, ((std::uint64_t(1) << 32) / glances) * i, 4},
                  {caller.get(), nullptr}, tallies);
  for (auto _ : state)
    for (std::uint64_t i = 0; i < stretches; ++i)
      judge_portion(jury, subject, domain, Seed{}, {0, first_of(i), stretch},
                    {caller.get(), nullptr}, tallies);
  state.counters["case"] =
      benchmark::Counter(double(stretch * stretches) * double(state.iterations()),
                         benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}

}  // namespace
}  // namespace napier

using namespace napier;
BENCHMARK_CAPTURE(bare_calls, expf, ::expf, Rounding::nearest)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(judged, expf_accuracy, "libm/exp:binary32", {"accuracy"}, Rounding::nearest)
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(bare_calls, expf_up, ::expf, Rounding::up)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(judged, expf_monotone, "libm/exp:binary32", {"monotone"}, Rounding::nearest)
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(judged, expf_flags_errno, "libm/exp:binary32", {"flags", "errno"},
                  Rounding::nearest)
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(judged, expf_accuracy_up, "libm/exp:binary32", {"accuracy"}, Rounding::up)
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(judged, expf_accuracy_zero, "libm/exp:binary32", {"accuracy"}, Rounding::zero)
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(bare_calls, expm1f, ::expm1f, Rounding::nearest)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(judged, expm1f_accuracy, "libm/expm1:binary32", {"accuracy"}, Rounding::nearest)
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(bare_calls, logf, ::logf, Rounding::nearest)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(judged, logf_accuracy, "libm/log:binary32", {"accuracy"}, Rounding::nearest)
    ->Unit(benchmark::kMillisecond);
BENCHMARK_MAIN();
