// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// Judgements of derivatives a second, on one core: calls, accuracy and the law (a^x)' = a^x ln a of
// the shelf's derivatives, beside the same of a plain exp.
#include <ctime>

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <memory>

#include "lib/target/catalogue.hpp"
#include "props/judge/judge.hpp"

namespace napier {
namespace {

double processor_seconds() {
  std::timespec time{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
}

void measure(const char* name, const char* law) {
  const Target& target = *catalogue().find(name);
  const Subject subject(target, Rounding::nearest);
  const auto caller = target.open();
  const auto primal = target.primal ? target.primal->open() : nullptr;
  std::printf("%-46s", name);
  for (const char* property_name : {"accuracy", law}) {
    const Property* property = nullptr;
    for (const Property& one : all_properties())
      if (one.name == property_name && one.inapplicable(subject).empty()) property = &one;
    if (property == nullptr) continue;
    const Domain domain = property->where.domain(subject);
    Tally tally;
    const double begin = processor_seconds();
    for (const Portion& portion : portions(domain, 1'000'000))
      tally.merge(
          judge_portion(*property, subject, domain, Seed{}, portion, {caller.get(), primal.get()}));
    const double seconds = processor_seconds() - begin;
    std::printf("  %-10s %8.2f M/s", property_name,
                static_cast<double>(tally.cases) * 1e-6 / seconds);
  }
  std::printf("\n");
}

}  // namespace
}  // namespace napier

int main() {
  using napier::measure;
  std::printf("Judgements of derivatives on one core, calls and points included:\n");
  measure("shipped/tang/exp:binary64", "own_slope");
  measure("shipped/derivative/own_slope/d_exp:binary64", "own_slope");
  measure("shipped/derivative/own_slope/d_expm1:binary64", "own_slope");
  measure("shipped/derivative/product/d_exp2:binary64", "slope");
  measure("shipped/derivative/two_words/d_exp10:binary64", "slope");
  measure("shipped/derivative/dual/d_exp:binary64", "own_slope");
  measure("shipped/derivative/dual/d_exp2:binary64", "slope");
  measure("shipped/derivative/central_difference/d_exp:binary64", "own_slope");
  measure("shipped/derivative/product/d_pow_y:binary64", "slope");
  measure("shipped/derivative/two_words/d_pow_x:binary64", "power_rule");
  measure("shipped/derivative/dual/d_pow_x:binary64", "power_rule");
  measure("shipped/derivative/jet/d3_exp2:binary64", "higher_slope");
  measure("shipped/derivative/jet/d2_pow_y:binary64", "higher_slope");
  return 0;
}
