// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
// The fast oracle: a value, and a value with the error of a result in ulps, per function.
#include <benchmark/benchmark.h>

#include <cmath>
#include <string>
#include <vector>

#include "lib/fp/native.hpp"
#include "oracles/fast/scalar/fast_oracle.hpp"

namespace napier {
namespace {

struct Points {
  std::vector<Call> calls;
  std::vector<Float> results;
};

/// A fixed spread over the arguments with results in the range of binary64.
Points points(const Function& f) {
  Points out;
  double phase = 0.5;
  for (int i = 0; i < 512; ++i) {
    phase = std::fmod(phase + 0.61803398874989485, 1);
    const double other = std::fmod(phase * 137.50776405003785, 1);
    const double wide = 1400 * phase - 700;
    Call call{from_native(f.base == Base::ten ? 0.43 * wide : wide), {}};
    if (f.kind == Kind::logarithm) call.x = from_native(std::exp2(wide));
    if (f.arity == 2)
      call = {from_native(std::exp2(20 * phase - 10)), from_native(100 * other - 50)};
    out.calls.push_back(call);
    out.results.push_back(from_native(upper(fast_value(f, call).value())));
  }
  return out;
}

void value(benchmark::State& state, const Function& f) {
  const Points all = points(f);
  std::size_t i = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(fast_value(f, all.calls[i]));
    i = (i + 1) % all.calls.size();
  }
}

void value_and_error(benchmark::State& state, const Function& f) {
  const Points all = points(f);
  std::size_t i = 0;
  for (auto _ : state) {
    const auto t = fast_value(f, all.calls[i]);
    benchmark::DoNotOptimize(fast_signed_error(t.value(), all.results[i], Rounding::nearest));
    i = (i + 1) % all.calls.size();
  }
}

}  // namespace
}  // namespace napier

int main(int argc, char** argv) {
  for (const napier::Function* f : napier::all_functions()) {
    const std::string name(f->name);
    benchmark::RegisterBenchmark(("value/" + name).c_str(), napier::value, std::ref(*f));
    benchmark::RegisterBenchmark(("error/" + name).c_str(), napier::value_and_error, std::ref(*f));
  }
  benchmark::Initialize(&argc, argv);
  benchmark::RunSpecifiedBenchmarks();
}
