// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// What the process of a shared object costs: the libm's functions, judged in this process and as
// shared objects, the two by turns, on the same cases; CPU seconds of both processes and time by
// the clock. Words after its name choose the rows that hold one of them.
#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "audit/isolation/serve.hpp"
#include "audit/target_string.hpp"
#include "lib/target/catalogue.hpp"
#include "props/domain/call_domain.hpp"
#include "props/judge/judge.hpp"

namespace napier {
namespace {

struct Spent {
  double cpu = 0;
  double wall = 0;
};

double seconds(const timeval& time) {
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
}

/// CPU time of this process and of those that have ended.
double cpu_seconds() {
  double sum = 0;
  for (const auto who : {RUSAGE_SELF, RUSAGE_CHILDREN}) {
    rusage used{};
    ::getrusage(who, &used);
    sum += seconds(used.ru_utime) + seconds(used.ru_stime);
  }
  return sum;
}

struct Row {
  const char* in_process;
  const char* foreign;
  std::vector<const char*> properties;
  std::uint64_t cases;
};

/// One audit of a target, with callers of its own, which end with it.
Spent cost_of(const Target& target, const Row& row) {
  const Subject subject(target, Rounding::nearest);
  std::vector<const Property*> jury;
  for (const char* name : row.properties) jury.push_back(find_property(name, target));
  std::vector<Tally> tallies(jury.size());
  auto caller = target.open();
  const Domain domain = jury.front()->where.domain(subject);
  // The first blocks are small, and errors grow known: that is no part of a long audit.
  for (const Portion& portion : portions(domain, row.cases / 8))
    judge_portion(jury, subject, domain, Seed{1}, portion, {caller.get(), nullptr}, tallies);
  const double cpu = cpu_seconds();
  const auto start = std::chrono::steady_clock::now();
  for (const Portion& portion : portions(domain, row.cases))
    judge_portion(jury, subject, domain, Seed{}, portion, {caller.get(), nullptr}, tallies);
  const std::chrono::duration<double> wall = std::chrono::steady_clock::now() - start;
  caller.reset();
  return {cpu_seconds() - cpu, wall.count()};
}

void print_row(const Row& row) {
  constexpr int turns = 9;
  const Target& here = *catalogue().find(row.in_process);
  SharedObjectOptions shape;
  shape.format = std::string(here.format->name);
  shape.function = std::string(here.function->name);
  Target there = foreign_target(row.foreign, shape).target;
  there.claim = here.claim;
  std::vector<double> cpu, wall, each;
  for (int turn = 0; turn < turns; ++turn) {
    const Spent in_process = cost_of(here, row), foreign = cost_of(there, row);
    cpu.push_back(in_process.cpu / foreign.cpu);
    wall.push_back(in_process.wall / foreign.wall);
    each.push_back(foreign.wall / static_cast<double>(row.cases) * 1e9);
  }
  const auto median = [](std::vector<double>& all) {
    std::ranges::nth_element(all, all.begin() + turns / 2);
    return all[turns / 2];
  };
  fmt::print(
      "{:<26} {:<42} {:>7.1f} ns a case; speed of in process: {:>4.0f} % by CPU, {:>4.0f} % "
      "by the clock\n",
      row.in_process, fmt::join(row.properties, ", "), median(each), 100 * median(cpu),
      100 * median(wall));
  std::fflush(stdout);
}

std::vector<Row> rows() {
  constexpr const char *exp = "libm/exp:binary64", *exp_so = "so:libm.so.6#exp";
  constexpr const char *pow = "libm/pow:binary64", *pow_so = "so:libm.so.6#pow";
  constexpr const char *expf = "libm/exp:binary32", *expf_so = "so:libm.so.6#expf";
  constexpr std::uint64_t many = 8'000'000, some = 1'000'000;
  return {{exp, exp_so, {"accuracy"}, many},
          {exp, exp_so, {"accuracy", "deterministic", "environment"}, many},
          {exp, exp_so, {"product"}, some},
          {expf, expf_so, {"accuracy"}, many},
          {pow, pow_so, {"accuracy"}, some},
          {pow, pow_so, {"product"}, some / 4}};
}

}  // namespace
}  // namespace napier

int main(int count, char** arguments) {
  using namespace napier;
  if (is_serving(count, arguments)) return serve_target(count, arguments);
  for (const Row& row : rows()) {
    const std::string title = fmt::format("{} {}", row.in_process, fmt::join(row.properties, " "));
    if (count == 1 || std::any_of(arguments + 1, arguments + count,
                                  [&](const char* word) { return title.find(word) != title.npos; }))
      print_row(row);
  }
}
