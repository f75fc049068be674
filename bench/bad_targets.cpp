// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// What it costs to judge a bad target beside a good one: CPU time of a whole audit of each, one
// thread, at effort quick. A good one comes first, the bad ones of its function and format follow,
// each compared with it as if its own calls took as long as those of the good one.
// scripts/bench.sh builds and runs it.
//
//   napier_bench_bad_targets [--effort EFFORT] [--simd LEVEL] [--keep FOLDER] [--mutants]
//                            [--properties] [--part N] [WORD…]
//
// --mutants takes the mutants of tests/mutants beside honest targets instead, and tells the ten
// dearest; --properties prints each property's time; --keep writes the reports to a folder; words
// choose targets that hold one of them;
// --part asks for accuracy alone, 2^32/N cases of it: in binary32 one in N of all walks over every
// argument, as efforts above quick ask for them. It measures when they are asked for once more and
// the largest errors are known, as they are for most of an audit.
#include <sys/resource.h>
#include <time.h>

#include <algorithm>
#include <atomic>
#include <bit>
#include <cmath>
#include <filesystem>
#include <map>
#include <span>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "audit/trial/trial.hpp"
#include "lib/target/catalogue.hpp"
#include "oracles/fast/scalar/simd_level.hpp"
#include "props/judge/judge.hpp"
#include "reports/store/json.hpp"
#include "reports/store/store.hpp"
#include "tests/mutants/honest.hpp"

namespace napier {
namespace {

double process_seconds() {
  rusage used{};
  getrusage(RUSAGE_SELF, &used);
  return static_cast<double>(used.ru_utime.tv_sec) +
         static_cast<double>(used.ru_utime.tv_usec) * 1e-6;
}

struct Options {
  Effort effort = Effort::quick;
  bool mutants = false;
  bool properties = false;
  std::uint64_t part = 0;  ///< one in so many cases, of accuracy alone; 0: a whole audit
  std::string folder;      ///< of the reports, if they are to be kept
  std::vector<std::string> words;
};

/// A target's cost, in seconds of CPU time.
struct Cost {
  double whole = 0;
  double calls = 0;  ///< of that its own
  std::uint64_t refuted = 0;
  std::uint64_t cases = 0;
  std::map<std::string, double> of_property;
};

void keep_report(const std::string& folder, const TargetResult& result) {
  Report report;
  report.targets.push_back(result);
  std::string name = result.name + ".json";
  std::ranges::replace(name, '/', '+');
  write_file(std::filesystem::path(folder) / name, json_text(report));
}

/// Adds up the CPU time of somebody's calls, by any thread.
class Timed final : public Caller {
 public:
  Timed(std::unique_ptr<Caller> caller, std::atomic<std::uint64_t>& nanoseconds)
      : caller_(std::move(caller)), nanoseconds_(nanoseconds) {}
  void call(Rounding rounding, Observe observe, std::span<const Call> calls,
            std::span<Answer> answers) override {
    const Lap lap(nanoseconds_);
    caller_->call(rounding, observe, calls, answers);
  }
  std::optional<BlockEffects> call_block(Rounding rounding, const CallBlock& block) override {
    const Lap lap(nanoseconds_);
    return caller_->call_block(rounding, block);
  }
  void renew(Asking asking) override { caller_->renew(asking); }

 private:
  struct Lap {
    explicit Lap(std::atomic<std::uint64_t>& to) : sum(to) {}
    ~Lap() { sum += now() - start; }
    static std::uint64_t now() {
      timespec time{};
      clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
      return static_cast<std::uint64_t>(time.tv_sec) * 1'000'000'000 +
             static_cast<std::uint64_t>(time.tv_nsec);
    }
    std::atomic<std::uint64_t>& sum;
    std::uint64_t start = now();
  };
  std::unique_ptr<Caller> caller_;
  std::atomic<std::uint64_t>& nanoseconds_;
};

/// Of accuracy alone, of one in so many cases, when their largest errors are known.
Cost cost_of_part(const Target& target, std::uint64_t part) {
  std::atomic<std::uint64_t> calls = 0;
  const Property* const jury[] = {find_property("accuracy", target)};
  const Subject subject(target, Rounding::nearest);
  Timed caller(target.open(), calls);
  Tally tally;
  const auto every = jury[0]->where.every_point(subject);
  const Domain domain = every ? *every : jury[0]->where.domain(subject);
  const auto judge = [&](const Portion& portion) {
    judge_portion(jury, subject, domain, Seed{}, portion, {&caller, nullptr}, {&tally, 1});
  };
  const auto judge_all = [&] {
    const Stratum& first = domain.strata.front();
    for (std::uint64_t at = 0; every && at < first.size; at += part * first.walk)
      judge({0, at, first.walk});
    if (!every) std::ranges::for_each(portions(domain, (std::uint64_t{1} << 32) / part), judge);
  };
  judge_all();
  const std::uint64_t refuted = tally.refuted, cases = tally.cases;
  calls = 0;
  const double start = process_seconds();
  judge_all();
  const double whole = process_seconds() - start;
  return {
      whole, static_cast<double>(calls) * 1e-9, tally.refuted - refuted, tally.cases - cases, {}};
}

Cost cost_of(Target target, const Options& options) {
  if (options.part != 0) return cost_of_part(target, options.part);
  std::atomic<std::uint64_t> calls = 0;
  target.open = [open = target.open, &calls]() -> std::unique_ptr<Caller> {
    return std::make_unique<Timed>(open(), calls);
  };
  CampaignOptions campaign;
  campaign.effort = options.effort;
  campaign.threads = 1;
  Cost cost;
  std::string running;
  double since = process_seconds();
  const auto lap = [&](const std::string& next) {
    const double now = process_seconds();
    if (!running.empty()) cost.of_property[running] += now - since;
    running = next;
    since = now;
  };
  Progress progress;
  progress.begins = [&](const std::string&, const std::string& property) { lap(property); };
  const double start = process_seconds();
  TrialRecord record;
  const TargetResult result = try_candidate({target, "", {}}, campaign, progress, record);
  lap("");
  cost.whole = process_seconds() - start;
  cost.calls = static_cast<double>(calls) * 1e-9;
  if (!options.folder.empty()) keep_report(options.folder, result);
  for (const Measurement& row : result.measurements)
    cost.refuted += row.refuted, cost.cases += row.cases;
  return cost;
}

/// A good target and bad ones of the same function and format.
struct Contest {
  Target good;
  std::vector<Target> bad;
};

// Bad in one way each, and else libm's, whose calls cost little.
double far_off_exp(double x) {
  const double y = std::exp(x);
  return x > 1 ? y * (1 + 11 * 0x1p-53) : y;
}
/// Off by up to ±8 ulp, as the argument's bits have it.
double noisy(double y, double x) {
  const auto noise = static_cast<double>(std::bit_cast<std::uint64_t>(x) % 17) - 8;
  return y * (1 + noise * 0x1p-53);
}
double noisy_exp(double x) { return noisy(std::exp(x), x); }
double noisy_expm1(double x) { return noisy(std::expm1(x), x); }
double wrong_base_exp(double x) { return std::exp(x * (1 + 0x1p-40)); }
double scaled_exp(double x) { return std::exp(x) * (1 + 0x1p-45); }
double ramp_exp(double x) { return std::exp(x) * (1 + x * 0x1p-58); }
double exp_in_float(double x) { return std::exp(static_cast<float>(x)); }
double exp_less_one(double x) { return std::exp(x) - 1; }
double expm1_of_another_base(double x) { return std::expm1(x * (1 + 0x1p-40)); }
double naive_pow(double x, double y) { return std::exp(y * std::log(x)); }
double wrong_base_pow(double x, double y) { return std::pow(x, y * (1 + 0x1p-40)); }
double scaled_pow(double x, double y) { return std::pow(x, y) * (1 + 0x1p-45); }
double ramp_log(double x) {
  const double y = std::log(x);
  return y * (1 + y * 0x1p-55);
}
double log_in_float(double x) { return std::log(static_cast<float>(x)); }
double wrong_base_log(double x) { return std::log(x) * (1 + 0x1p-40); }
float noisy(float y, float x) {
  const auto noise = static_cast<float>(std::bit_cast<std::uint32_t>(x) % 17) - 8;
  return y * (1 + noise * 0x1p-24F);
}
float noisy_expf(float x) { return noisy(std::exp(x), x); }
float noisy_expm1f(float x) { return noisy(std::expm1(x), x); }
float noisy_logf(float x) { return noisy(std::log(x), x); }
float noisy_powf(float x, float y) { return noisy(std::pow(x, y), y); }
float wrong_base_expf(float x) { return std::exp(x * (1 + 0x1p-20F)); }

std::vector<Contest> hand_made() {
  const auto contest = [](const char* good,
                          std::initializer_list<std::pair<const char*, ScalarFunction>> bad) {
    Contest made{*catalogue().find(good), {}};
    for (const auto& [name, code] : bad) {
      Target target = made.good;
      target.name = fmt::format("{}, {}", good, name);
      target.open = [code = code] { return direct_caller(code); };
      made.bad.push_back(std::move(target));
    }
    return made;
  };
  return {contest("libm/exp:binary64", {{"11 ulp off above 1", far_off_exp},
                                        {"off by -8 to 8 ulp everywhere", noisy_exp},
                                        {"of the base e^(1 + 2^-40)", wrong_base_exp},
                                        {"times 1 + 2^-45", scaled_exp},
                                        {"times 1 + x 2^-58", ramp_exp},
                                        {"of the argument in binary32", exp_in_float}}),
          contest("libm/expm1:binary64", {{"as exp(x) - 1", exp_less_one},
                                          {"of another base", expm1_of_another_base},
                                          {"off by -8 to 8 ulp everywhere", noisy_expm1}}),
          contest("libm/log:binary64", {{"times 1 + 2^-55 log x", ramp_log},
                                        {"of the argument in binary32", log_in_float},
                                        {"times 1 + 2^-40", wrong_base_log}}),
          contest("libm/pow:binary64", {{"as exp(y log x)", naive_pow},
                                        {"of y times 1 + 2^-40", wrong_base_pow},
                                        {"times 1 + 2^-45", scaled_pow}}),
          contest("libm/exp:binary32", {{"off by -8 to 8 ulp everywhere", noisy_expf},
                                        {"of the base e^(1 + 2^-20)", wrong_base_expf}}),
          contest("libm/expm1:binary32", {{"off by -8 to 8 ulp everywhere", noisy_expm1f}}),
          contest("libm/log:binary32", {{"off by -8 to 8 ulp everywhere", noisy_logf}}),
          contest("libm/pow:binary32", {{"off by -8 to 8 ulp everywhere", noisy_powf}})};
}

/// libm in a wider format, rounded once, as mutants are but for their sins.
template <class T>
ScalarFunction honest_code(const Function& f) {
  using namespace mutants;
  if (&f == &functions::exp) return Unary<T>(honest_exp<T>);
  if (&f == &functions::exp2) return Unary<T>(honest_exp2<T>);
  if (&f == &functions::exp10) return Unary<T>(honest_exp10<T>);
  if (&f == &functions::expm1) return Unary<T>(honest_expm1<T>);
  if (&f == &functions::exp2m1) return Unary<T>(honest_exp2m1<T>);
  if (&f == &functions::exp10m1) return Unary<T>(honest_exp10m1<T>);
  if (&f == &functions::log) return Unary<T>(honest_log<T>);
  return Binary<T>(honest_pow<T>);
}

/// Those that answer every call, without derivatives.
std::vector<Contest> of_mutants() {
  std::vector<Contest> contests;
  for (const mutants::Mutant& mutant : mutants::all()) {
    const Target& target = mutant.target;
    const bool native = target.format == &binary64 || target.format == &binary32;
    if (target.function->kind == Kind::slope || !native || mutant.seen_only_by == "returns")
      continue;
    auto same = std::ranges::find_if(contests, [&](const Contest& contest) {
      const Target& good = contest.good;
      return good.function == target.function && good.format == target.format &&
             describe(good.claim) == describe(target.claim) &&
             good.claim.domain == target.claim.domain;
    });
    if (same == contests.end()) {
      Target good = target;
      good.name = fmt::format("honest/{}:{}", good.function->name, good.format->name);
      const ScalarFunction code = good.format == &binary64 ? honest_code<double>(*good.function)
                                                           : honest_code<float>(*good.function);
      good.open = [code] { return direct_caller(code); };
      contests.push_back({std::move(good), {}});
      same = contests.end() - 1;
    }
    same->bad.push_back(target);
  }
  return contests;
}

struct Line {
  std::string name;
  double ratio;
};

/// As if the calls of both took as long.
double ratio(const Cost& cost, const Cost& good) {
  return (cost.whole - cost.calls + good.calls) / good.whole;
}

void print_cost(const Options& options, const std::string& name, const Cost& cost,
                const Cost& good) {
  fmt::print("  {:<58} {:>8.2f} s, calls {:>8.2f} s {:>7.2f} x {:>5.1f} % refuted\n", name,
             cost.whole, cost.calls, ratio(cost, good),
             100 * static_cast<double>(cost.refuted) /
                 static_cast<double>(std::max<std::uint64_t>(cost.cases, 1)));
  if (options.properties)
    for (const auto& [property, seconds] : cost.of_property)
      fmt::print("      {:<54} {:>8.3f} s\n", property, seconds);
  std::fflush(stdout);
}

void run(const Options& options) {
  std::vector<Line> lines;
  const auto wanted = [&](const Target& target) {
    return options.words.empty() || std::ranges::any_of(options.words, [&](const auto& word) {
             return target.name.find(word) != target.name.npos;
           });
  };
  for (const Contest& contest : options.mutants ? of_mutants() : hand_made()) {
    if (std::ranges::none_of(contest.bad, wanted)) continue;
    const Cost good = cost_of(contest.good, options);
    print_cost(options, contest.good.name, good, good);
    for (const Target& bad : contest.bad) {
      if (!wanted(bad)) continue;
      const Cost cost = cost_of(bad, options);
      print_cost(options, bad.name, cost, good);
      lines.push_back({bad.name, ratio(cost, good)});
    }
  }
  std::ranges::sort(lines, std::greater(), &Line::ratio);
  lines.resize(std::min<std::size_t>(lines.size(), 10));
  fmt::print("The dearest beside good ones:\n");
  for (const Line& line : lines) fmt::print("  {:<58} {:>7.2f} x\n", line.name, line.ratio);
}

}  // namespace
}  // namespace napier

int main(int count, char** arguments) {
  using namespace napier;
  Options options;
  const std::vector<std::string> words(arguments + 1, arguments + count);
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (words[i] == "--mutants")
      options.mutants = true;
    else if (words[i] == "--properties")
      options.properties = true;
    else if (words[i] == "--keep" && i + 1 < words.size())
      options.folder = words[++i];
    else if (words[i] == "--simd" && i + 1 < words.size())
      use_simd_level(words[++i]);
    else if (words[i] == "--part" && i + 1 < words.size())
      options.part = std::max(std::stoull(words[++i]), 1ULL);
    else if (words[i] == "--effort" && i + 1 < words.size())
      options.effort = find_effort(words[++i]).value_or(Effort::quick);
    else
      options.words.push_back(words[i]);
  }
  fmt::print("One thread, effort {}; filters by {}.\n", name(options.effort), simd_level());
  run(options);
}
