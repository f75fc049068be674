// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// Arguments a second that a process is asked for, judged on the way: of exec:COMMAND, the program's
// only word, which computes exp.
#include <chrono>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "audit/isolation/serve.hpp"
#include "audit/process/supervise.hpp"
#include "audit/target_string.hpp"
#include "props/judge/judge.hpp"

namespace napier {
namespace {

void print_speed(const std::string& command, const Format& format) {
  constexpr std::uint64_t cases = 8'000'000;
  SharedObjectOptions options;
  options.function = "exp";
  options.format = std::string(format.name);
  const Target target = command_target(command, options).target;
  const auto caller = target.open();
  const Subject subject(target, Rounding::nearest);
  const Property* accuracy = find_property("accuracy", target);
  const Domain domain = accuracy->where.domain(subject);
  std::vector<Tally> tallies(1);
  const auto judge = [&](std::uint64_t count, Seed seed) {
    const auto start = std::chrono::steady_clock::now();
    for (const Portion& portion : portions(domain, count))
      judge_portion({&accuracy, 1}, subject, domain, seed, portion, {caller.get(), nullptr},
                    tallies);
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  };
  judge(cases / 8, Seed{1});  // the first blocks are small
  const double seconds = judge(cases, Seed{});
  fmt::print("{:<10} {:>6.2f} million arguments a second\n", format.name,
             static_cast<double>(cases) / seconds / 1e6);
}

}  // namespace
}  // namespace napier

int main(int count, char** arguments) {
  using namespace napier;
  if (is_serving(count, arguments)) return serve_target(count, arguments);
  if (is_supervising(count, arguments)) return supervise_command(count, arguments);
  if (count != 2) return 2;
  print_speed(arguments[1], binary64);
}
