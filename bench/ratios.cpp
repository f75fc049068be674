// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// What an audit costs beside merely calling the target, and beside the same audit by MPFR alone and
// by Boost.Multiprecision alone: one thread and its CPU time, the same arguments, the ways of a row
// taken in turn in one run; medians. scripts/bench.sh builds and runs it. Words after its name
// choose the rows that hold one of them in their titles.
#include <algorithm>
#include <bit>
#include <cmath>
#include <ctime>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <boost/multiprecision/mpfr.hpp>

#include "lib/fp/native.hpp"
#include "lib/target/catalogue.hpp"
#include "oracles/fast/scalar/simd_level.hpp"
#include "props/domain/call_domain.hpp"
#include "props/judge/judge.hpp"

namespace napier {
namespace {

/// One way of doing a row's work, on a number of cases.
struct Way {
  std::string name;
  std::uint64_t cases;
  std::function<void()> run;
};

/// CPU time of this thread in ns: what else the machine has to do counts little.
double thread_ns() {
  std::timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) * 1e9 + static_cast<double>(now.tv_nsec);
}

/// Medians in ns a case, the ways by turns.
std::vector<double> measure(const std::vector<Way>& ways) {
  constexpr int turns = 7;
  std::vector<std::vector<double>> taken(ways.size());
  for (int turn = 0; turn < turns; ++turn)
    for (std::size_t i = 0; i < ways.size(); ++i) {
      const double start = thread_ns();
      ways[i].run();
      taken[i].push_back((thread_ns() - start) / static_cast<double>(ways[i].cases));
    }
  std::vector<double> medians;
  for (std::vector<double>& all : taken) {
    std::ranges::nth_element(all, all.begin() + turns / 2);
    medians.push_back(all[turns / 2]);
  }
  return medians;
}

void print_row(const std::string& task, const std::vector<Way>& ways) {
  const std::vector<double> ns = measure(ways);
  fmt::print("{}\n", task);
  for (std::size_t i = 0; i < ways.size(); ++i)
    fmt::print("  {:<46} {:>10.2f} ns a case {:>9.2f} x the bare calls\n", ways[i].name, ns[i],
               ns[i] / ns[0]);
  std::fflush(stdout);
}

template <class T>
void keep(T& value) {
  __asm__ volatile("" : : "g"(&value) : "memory");
}

/// The cases of a domain as arguments of a native type, in the order in which they are judged.
template <class T>
struct Arguments {
  std::vector<T> x, y;
};
template <class T>
Arguments<T> arguments_of(const Domain& domain, const std::vector<Portion>& all,
                          const Property& property) {
  Arguments<T> arguments;
  for (const Portion& portion : all)
    for (std::uint64_t i = 0; i < portion.count; ++i) {
      const auto point = domain.at(
          Seed{}, {property_key(property.where.name), portion.stratum, portion.first + i});
      if (!point) continue;
      arguments.x.push_back(to_native<T>(point->args[0]));
      if (point->count == 2) arguments.y.push_back(to_native<T>(point->args[1]));
    }
  return arguments;
}

template <class T, class F>
void call_all(F function, const Arguments<T>& arguments) {
  __asm__ volatile("" : "+r"(function));
  T sum = 0;
  for (std::size_t i = 0; i < arguments.x.size(); ++i)
    if constexpr (std::is_invocable_v<F, T, T>)
      sum += function(arguments.x[i], arguments.y[i]);
    else
      sum += function(arguments.x[i]);
  keep(sum);
}

using Real = boost::multiprecision::mpfr_float_50;

/// A function of one argument as the other checkers have it.
struct Others {
  int (*by_mpfr)(mpfr_ptr, mpfr_srcptr, mpfr_rnd_t) = mpfr_exp;
  Real (*by_boost)(const Real&) = [](const Real& x) -> Real { return exp(x); };
};

/// The largest error of the first cases, in ulps of the results, as a checker on MPFR measures it.
template <class T, class F>
void largest_by_mpfr(F function, const Others& others, const Arguments<T>& arguments,
                     std::size_t count) {
  mpfr_t x, y, t;
  mpfr_inits2(std::numeric_limits<T>::digits, x, y, nullptr);
  mpfr_init2(t, 2 * std::numeric_limits<T>::digits + 16);
  double largest = 0;
  for (std::size_t i = 0; i < count; ++i) {
    mpfr_set_d(x, arguments.x[i], MPFR_RNDN);
    T result;
    if constexpr (std::is_invocable_v<F, T, T>) {
      mpfr_set_d(y, arguments.y[i], MPFR_RNDN);
      mpfr_pow(t, x, y, MPFR_RNDN);
      result = function(arguments.x[i], arguments.y[i]);
    } else {
      others.by_mpfr(t, x, MPFR_RNDN);
      result = function(arguments.x[i]);
    }
    if (!std::isfinite(result) || result == 0 || mpfr_regular_p(t) == 0) continue;
    mpfr_sub_d(t, t, result, MPFR_RNDN);
    const double ulp = std::ldexp(1.0, std::ilogb(result) - std::numeric_limits<T>::digits + 1);
    largest = std::max(largest, std::fabs(mpfr_get_d(t, MPFR_RNDN)) / ulp);
  }
  keep(largest);
  mpfr_clears(x, y, t, nullptr);
}

/// … as one on Boost's mpfr_float_50 does.
template <class T, class F>
void largest_by_boost(F function, const Others& others, const Arguments<T>& arguments,
                      std::size_t count) {
  double largest = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const Real x = arguments.x[i];
    Real t;
    T result;
    if constexpr (std::is_invocable_v<F, T, T>) {
      t = pow(x, Real(arguments.y[i]));
      result = function(arguments.x[i], arguments.y[i]);
    } else {
      t = others.by_boost(x);
      result = function(arguments.x[i]);
    }
    if (!std::isfinite(result) || result == 0 || !isfinite(t)) continue;
    const double ulp = std::ldexp(1.0, std::ilogb(result) - std::numeric_limits<T>::digits + 1);
    largest = std::max(largest, std::fabs(static_cast<double>(t - result)) / ulp);
  }
  keep(largest);
}

/// Judging portions of a target's domain.
class Audit {
 public:
  Audit(const char* target, const std::vector<const char*>& properties,
        Rounding rounding = Rounding::nearest)
      : target_(*catalogue().find(target)), subject_(with_manners(target_), rounding) {
    caller_ = target_.open();
    for (const char* name : properties) jury_.push_back(find_property(name, target_));
    tallies_.resize(jury_.size());
  }
  const Property& property() const { return *jury_.front(); }
  const Subject& subject() const { return subject_; }
  /// Errors grow known as in a campaign, where what a thread has seen before counts.
  void run(const Domain& domain, const std::vector<Portion>& all) {
    for (const Portion& portion : all)
      judge_portion(jury_, subject_, domain, Seed{}, portion, {caller_.get(), nullptr}, tallies_);
  }

 private:
  static const Target& with_manners(Target& target) {
    target.claim.monotone = target.claim.flags = target.claim.errno_values = true;
    return target;
  }
  Target target_;
  Subject subject_;
  std::unique_ptr<Caller> caller_;
  std::vector<const Property*> jury_;
  std::vector<Tally> tallies_;
};

std::uint64_t cases_in(const std::vector<Portion>& all) {
  std::uint64_t sum = 0;
  for (const Portion& portion : all) sum += portion.count;
  return sum;
}

/// Stretches spread over every encoding, each from the middle of its part on.
std::vector<Portion> spread(std::uint64_t domain_size, std::uint64_t stretches,
                            std::uint64_t length) {
  std::vector<Portion> all;
  const std::uint64_t part = domain_size / stretches;
  for (std::uint64_t i = 0; i < stretches; ++i) all.push_back({0, part * i + part / 2, length});
  return all;
}

constexpr std::uint64_t all_of_binary32 = std::uint64_t(1) << 32;

/// A function of binary32 on encodings spread over all of them.
struct Exhaustive {
  const char* name;
  float (*function)(float);
  Rounding rounding;
  std::vector<const char*> properties;
  bool with_others = false;  ///< beside the two other ways

  std::string title() const {
    return fmt::format("{}, spread over all 2^32, {}: {}", name, napier::name(rounding),
                       fmt::join(properties, ", "));
  }
};

void exhaustive_row(const Exhaustive& row) {
  Audit audit(row.name, row.properties, row.rounding);
  const Domain domain = every_call(audit.subject()).value();
  const auto portions = spread(all_of_binary32, 64, 1 << 15);
  const auto arguments = arguments_of<float>(domain, portions, audit.property());
  constexpr std::size_t few = 1 << 13;
  std::vector<Way> ways{{"bare calls", cases_in(portions),
                         [&] {
                           const ScopedRounding mode(row.rounding);
                           call_all(row.function, arguments);
                         }},
                        {"napier", cases_in(portions), [&] { audit.run(domain, portions); }}};
  if (row.with_others) {
    ways.push_back(
        {"MPFR alone, 64 bits", few, [&] { largest_by_mpfr(row.function, {}, arguments, few); }});
    ways.push_back({"Boost mpfr_float_50 alone", few,
                    [&] { largest_by_boost(row.function, {}, arguments, few); }});
  }
  audit.run(domain, spread(all_of_binary32, 4096, 4));
  print_row(row.title(), ways);
}

/// So many of the cases of a campaign of 10^8, of every stratum its share.
std::vector<Portion> part_of_campaign(const Domain& domain, std::uint64_t count) {
  constexpr std::uint64_t campaign = 100'000'000;
  std::vector<Portion> all = portions(domain, campaign);
  for (Portion& portion : all) portion.count = portion.count / (campaign / count) + 1;
  return all;
}

template <class F>
void sampled_row(const char* name, F function, std::uint64_t count, const Others& others = {}) {
  Audit audit(name, {"accuracy"});
  const Domain domain = audit.property().where.domain(audit.subject());
  const auto all = part_of_campaign(domain, count);
  const auto arguments = arguments_of<double>(domain, all, audit.property());
  constexpr std::size_t few = 1 << 12;
  Arguments<double> some;  // of every stratum
  for (std::size_t i = 0; i < few; ++i) {
    const std::size_t place = arguments.x.size() / few * i;
    some.x.push_back(arguments.x[place]);
    if (!arguments.y.empty()) some.y.push_back(arguments.y[place]);
  }
  audit.run(domain, all);
  print_row(
      fmt::format("{}, sampled over all strata: drawing, calling, accuracy", name),
      {{"bare calls", arguments.x.size(), [&] { call_all(function, arguments); }},
       {"napier", cases_in(all), [&] { audit.run(domain, all); }},
       {"MPFR alone, 122 bits", few, [&] { largest_by_mpfr(function, others, some, few); }},
       {"Boost mpfr_float_50 alone", few, [&] { largest_by_boost(function, others, some, few); }}});
}

void law_row(const char* name, const char* law) {
  Audit audit(name, {law});
  const Domain domain = audit.property().where.domain(audit.subject());
  const auto all = portions(domain, 50'000);
  const std::vector<double> ns = measure({{law, cases_in(all), [&] { audit.run(domain, all); }}});
  fmt::print("{}, law {}: {:.0f} ns a case, {:.2f} M a second and core\n", name, law, ns[0],
             1000 / ns[0]);
}

void pairs_row() {
  Audit audit("libm/rounded_once/pow:binary16", {"accuracy"});
  const Domain domain = every_call(audit.subject()).value();
  const auto some =
      spread(all_of_binary32, 510, 1 << 12);  // no power of two: exponents of all sizes
  const auto caller = catalogue().find("libm/rounded_once/pow:binary16")->open();
  std::vector<std::uint64_t> x, y, results(cases_in(some));
  for (const Portion& portion : some)
    for (std::uint64_t i = 0; i < portion.count; ++i) {
      x.push_back((portion.first + i) >> 16);
      y.push_back((portion.first + i) & 0xffff);
    }
  print_row("pow, spread over all pairs of binary16, rounded once from binary32: accuracy",
            {{"bare calls, by the same caller", cases_in(some),
              [&] {
                static_cast<void>(caller->call_block(Rounding::nearest, {x, y, results, {}}));
              }},
             {"napier", cases_in(some), [&] { audit.run(domain, some); }}});
}

/// A row: what it is, and what prints it.
struct Row {
  std::string title;
  std::function<void()> print;
};

std::vector<Row> rows() {
  std::vector<Row> all;
  const auto exhaustive = [&all](const Exhaustive& row) {
    all.push_back({row.title(), [row] { exhaustive_row(row); }});
  };
  exhaustive({"libm/exp:binary32", ::expf, Rounding::nearest, {"accuracy", "monotone"}, true});
  constexpr struct {
    const char* name;
    float (*function)(float);
  } functions[] = {{"libm/exp:binary32", ::expf},
                   {"libm/exp2:binary32", ::exp2f},
                   {"libm/exp10:binary32", ::exp10f},
                   {"libm/expm1:binary32", ::expm1f},
                   {"libm/log:binary32", ::logf}};
  for (const std::vector<const char*>& properties :
       {std::vector{"accuracy"}, {"accuracy", "flags"}, {"accuracy", "flags", "errno"}})
    for (const auto& f : functions)
      for (const Rounding mode : all_roundings) exhaustive({f.name, f.function, mode, properties});
  const auto sampled = [&all](const std::string& name, double (*function)(double),
                              const Others& others) {
    all.push_back(
        {name + ", sampled", [=] { sampled_row(name.c_str(), function, 2'000'000, others); }});
  };
  sampled("libm/exp:binary64", ::exp, {});
  sampled("libm/expm1:binary64", ::expm1,
          {mpfr_expm1, [](const Real& x) -> Real { return expm1(x); }});
  sampled("libm/log:binary64", ::log, {mpfr_log, [](const Real& x) -> Real { return log(x); }});
  all.push_back({"libm/pow:binary64, sampled", [] {
                   sampled_row<double (*)(double, double)>("libm/pow:binary64", ::pow, 500'000);
                 }});
  all.push_back({"pow, pairs of binary16", [] { pairs_row(); }});
  const auto law = [&all](const char* target, const char* name) {
    all.push_back({fmt::format("{}, law {}", target, name), [=] { law_row(target, name); }});
  };
  for (const char* name : {"product", "tower", "own_slope"}) law("libm/exp:binary64", name);
  for (const char* name : {"product", "tower"}) law("libm/pow:binary64", name);
  return all;
}

}  // namespace
}  // namespace napier

int main(int count, char** arguments) {
  using namespace napier;
  const std::span<char*> words(arguments + 1, arguments + count);
  fmt::print("One thread; filters by {}.\n", simd_level());
  for (const Row& row : rows()) {
    const auto holds = [&row](const char* word) { return row.title.find(word) != row.title.npos; };
    if (words.empty() || std::ranges::any_of(words, holds)) row.print();
  }
}
