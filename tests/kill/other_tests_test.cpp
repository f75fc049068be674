// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// What other projects' tests of an exp make of wrong ones: the table of docs/why.md, and a test
// that holds it to what it says.
#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <limits>
#include <random>
#include <sstream>

#include "tests/kill/trial.hpp"
#include "tests/mutants/honest.hpp"

namespace napier {
namespace {

using Points = std::vector<double>;
using mutants::Mutant;

bool is_single(const Target& target) { return target.format == native_format<float>; }

/// The true value as tests have it, in a wider format.
long double right(const Function& function, double x) {
  const auto wide = static_cast<long double>(x);
  if (&function == &functions::exp) return std::exp(wide);
  if (&function == &functions::exp2) return std::exp2(wide);
  if (&function == &functions::expm1) return std::expm1(wide);
  if (&function == &functions::log) return std::log(wide);
  throw std::invalid_argument("no test of " + std::string(function.name));
}

/// Whether something holds of every point, of what the target gives there and of what is right;
/// ends at the first of which it doesn't.
template <class Holds>
bool everywhere(const Target& target, const Points& points, Holds holds) {
  constexpr std::size_t most = 1024;
  const auto caller = target.open();
  std::vector<Call> calls;
  std::vector<Answer> answers;
  for (std::size_t first = 0; first < points.size(); first += most) {
    const std::span part = std::span(points).subspan(first, std::min(most, points.size() - first));
    calls.clear();
    for (const double x : part)
      calls.push_back({is_single(target) ? from_native(float(x)) : from_native(x), {}});
    answers.resize(calls.size());
    caller->call(Rounding::nearest, Observe::values, calls, answers);
    for (std::size_t i = 0; i < calls.size(); ++i) {
      const double x = is_single(target) ? double(float(part[i])) : part[i];
      const double got = is_single(target) ? double(to_native<float>(answers[i].value))
                                           : to_native<double>(answers[i].value);
      if (!holds(i + first, got, right(*target.function, x))) return false;
    }
  }
  return true;
}

/// In the format of the target.
double rounded(const Target& target, long double t) {
  return is_single(target) ? static_cast<double>(static_cast<float>(t)) : static_cast<double>(t);
}

/// In ulps; that of infinite results is far above any claim.
double largest_error(const Tally& found) {
  const auto& entry = found.largest_errors.of_all();
  return entry ? entry->value.range.lo.value : 0;
}

bool same(double a, double b) { return a == b || (std::isnan(a) && std::isnan(b)); }

/// Whether |got - right| <= allowed(right) everywhere; infinities and NaN are equal to themselves.
template <class Allowed>
bool close(const Target& target, const Points& points, Allowed allowed) {
  return everywhere(target, points, [&](std::size_t, double got, long double right) {
    const double t = rounded(target, right);
    return same(got, t) || (std::isfinite(t) && std::fabs(got - t) <= allowed(t));
  });
}

/// How many numbers of the format lie between two.
std::uint64_t steps(const Target& target, double a, double b) {
  const auto place = [&](double y) {
    const std::int64_t bits = is_single(target)
                                  ? std::bit_cast<std::int32_t>(static_cast<float>(std::fabs(y)))
                                  : std::bit_cast<std::int64_t>(std::fabs(y));
    return std::signbit(y) ? -bits : bits;
  };
  const std::int64_t x = place(a), y = place(b);
  return x < y ? std::uint64_t(y) - std::uint64_t(x) : std::uint64_t(x) - std::uint64_t(y);
}

bool are_near(const Target& target, double y, double t, std::uint64_t most) {
  if (std::isnan(y) || std::isnan(t)) return std::isnan(y) && std::isnan(t);
  return steps(target, y, t) <= most;
}

bool within_steps(const Target& target, const Points& points, std::uint64_t most) {
  return everywhere(target, points, [&](std::size_t, double got, long double right) {
    return are_near(target, got, rounded(target, right), most);
  });
}

Points uniform(double low, double high, std::size_t count) {
  std::mt19937_64 bits(42);
  std::uniform_real_distribution<double> drawn(low, high);
  Points points(count);
  std::ranges::generate(points, [&] { return drawn(bits); });
  return points;
}

/// [-10, 10], of which log takes what is positive.
Points usual_points(const Target& target) {
  return uniform(target.function == &functions::log ? 0 : -10, 10, 10'000);
}

bool passes_allclose(const Mutant& mutant) {
  return close(mutant.target, usual_points(mutant.target),
               [](double t) { return 1e-8 + 1e-5 * std::fabs(t); });
}

bool passes_correlation(const Mutant& mutant) {
  long double n = 0, sx = 0, sy = 0, sxx = 0, syy = 0, sxy = 0;
  everywhere(mutant.target, usual_points(mutant.target), [&](std::size_t, double x, long double y) {
    n += 1, sx += x, sy += y, sxx += x * x, syy += y * y, sxy += x * y;
    return true;
  });
  return (n * sxy - sx * sy) / std::sqrt((n * sxx - sx * sx) * (n * syy - sy * sy)) > 0.999999L;
}

/// At most the next number to the right one, rounded.
bool passes_sampled_ulps(const Mutant& mutant) {
  return within_steps(mutant.target, usual_points(mutant.target), 1);
}

/// torch/testing/_internal/opinfo/core.py: small, large and extremal values, and a tensor of 1029 x
/// 917 numbers of [-9, 9]; assert_close's tolerances by type, torch/testing/_comparison.py.
bool passes_pytorch(const Mutant& mutant) {
  const bool log = mutant.target.function == &functions::log;
  Points points = uniform(log ? 0 : -9, 9, kill::count(20'000, 1029 * 917));
  const double pi = std::numbers::pi, inf = std::numeric_limits<double>::infinity();
  for (const double x : {0.001, 0.25, 1.0, pi / 2, pi - 0.00001, pi, pi + 0.00001, 501.0, 1001.2,
                         13437.7, 1e20, inf})
    points.insert(points.end(), {x, -x});
  points.insert(points.end(), {0.0, -0.0, 4988429.2, -4988429.2, std::nan("")});
  const bool single = is_single(mutant.target);
  return close(mutant.target, points, [&](double t) {
    return single ? 1e-5 + 1.3e-6 * std::fabs(t) : 1e-7 + 1e-7 * std::fabs(t);
  });
}

/// test/unary-ops.h: binary32, exp of [-10, 10] and log of [epsilon, 1000], the larger of 2 epsilon
/// and 6 epsilon |y|.
bool passes_xnnpack(const Mutant& mutant) {
  constexpr double epsilon = std::numeric_limits<float>::epsilon();
  return close(mutant.target,
               mutant.target.function == &functions::log ? uniform(epsilon, 1000, 10'000)
                                                         : uniform(-10, 10, 10'000),
               [](double t) { return std::fmax(2 * epsilon, 6 * epsilon * std::fabs(t)); });
}

/// numpy/core/tests/data: arguments, right values and how many steps a result may be off.
std::filesystem::path numpy_table(const Function& function) {
  return "/usr/lib/python3/dist-packages/numpy/core/tests/data/umath-validation-set-" +
         std::string(function.name) + ".csv";
}

struct NumpyRow {
  double x, y;
  std::uint64_t most;
};
std::vector<NumpyRow> numpy_rows(const Target& target) {
  const auto number = [&](std::uint64_t bits) {
    return is_single(target) ? double(std::bit_cast<float>(static_cast<std::uint32_t>(bits)))
                             : std::bit_cast<double>(bits);
  };
  // TestSpecialFloats, TestExpm1 and TestLog ask these by name.
  std::vector<NumpyRow> rows;
  for (const double x : {0.0, -0.0, HUGE_VAL, -HUGE_VAL, std::nan("")})
    rows.push_back({x, static_cast<double>(right(*target.function, x)), 0});
  std::ifstream table(numpy_table(*target.function));
  const std::string kind = is_single(target) ? "np.float32," : "np.float64,";
  for (std::string line; std::getline(table, line);) {
    if (!line.starts_with(kind)) continue;
    std::istringstream fields(line.substr(kind.size()));
    std::uint64_t x = 0, y = 0, most = 0;
    char comma = 0;
    fields >> std::hex >> x >> comma >> y >> comma >> std::dec >> most;
    if (!fields) throw std::runtime_error("not a row of NumPy's table: " + line);
    rows.push_back({number(x), number(y), most});
  }
  return rows;
}

/// test_umath.py: 10^6 numbers of binary32 of [0, 88.1], three steps (log: [0, 1000], four); and
/// test_umath_accuracy.py with the table of both formats.
bool passes_numpy(const Mutant& mutant) {
  const Target& target = mutant.target;
  const bool log = target.function == &functions::log;
  if (is_single(target) && (log || target.function == &functions::exp))
    if (!within_steps(target, uniform(0, log ? 1000 : 88.1, kill::count(20'000, 1'000'000)),
                      log ? 4 : 3))
      return false;
  const std::vector<NumpyRow> rows = numpy_rows(target);
  Points points;
  for (const NumpyRow& row : rows) points.push_back(row.x);
  return everywhere(target, points, [&](std::size_t i, double got, long double) {
    return are_near(target, got, rows[i].y, rows[i].most) &&
           (got != 0 || std::signbit(got) == std::signbit(rows[i].y));
  });
}

/// The numbers that OpenCL-CTS asks, test_conformance/math_brute_force: all of binary32, and of
/// binary64 those of which 20 leading bits and 12 trailing ones vary. Of these all leading bits
/// from 2^-60 to 2^12 and at the ends, one in 16 beyond, with three of the trailing ones; of
/// binary32 one in 2^16.
Points opencl_points(bool single) {
  Points points;
  if (single)
    for (std::uint64_t i = 0; i < std::uint64_t(1) << 32; i += 65537)
      points.push_back(double(std::bit_cast<float>(static_cast<std::uint32_t>(i))));
  if (single) return points;
  constexpr std::uint64_t sign = 1 << 19, leading = sign, one = 0x3FF00, binade = 1 << 8;
  for (std::uint64_t high = 0; high < 2 * leading; ++high) {
    const std::uint64_t place = high % sign;
    const bool ends = place < binade || place >= 0x7FE00, small = place < one - 60 * binade;
    if (!ends && (small || (place > one + 12 * binade && place % 16 != 0))) continue;
    for (const std::uint64_t low : {0x000, 0x7FF, 0xFFF})
      points.push_back(std::bit_cast<double>((high << 44 | low) - ((low & 0x800) << 1)));
  }
  return points;
}

/// At most three ulps. Of binary32 the argument that Napier found the worst is among all that the
/// full run asks.
bool passes_opencl(const Mutant& mutant, const Tally& found) {
  const Target& target = mutant.target;
  if (is_single(target) && largest_error(found) > 3) return false;
  static const Points singles = opencl_points(true), doubles = opencl_points(false);
  return everywhere(
      target, is_single(target) ? singles : doubles,
      [&](std::size_t, double got, long double right) {
        const double t = rounded(target, right);
        if (same(got, t)) return true;
        if (!std::isfinite(t) || !std::isfinite(got)) return false;
        const int digits = is_single(target) ? 24 : 53, least = is_single(target) ? -149 : -1074;
        const int exponent = t == 0 ? least : std::max(std::ilogb(t) - digits + 1, least);
        return std::fabs(got - right) <= std::ldexp(3.0L, exponent);
      });
}

/// A test by which an implementation passes.
struct Rule {
  std::string_view name;
  bool (*passes)(const Mutant&, const Tally& found);
  bool (*asks)(const Target&);
  /// How many wrong implementations of binary32 and of binary64 it passes.
  int singles, doubles;
};

bool any(const Target&) { return true; }

const std::vector<Rule>& rules() {
  static const std::vector<Rule> all{
      {"allclose", [](const Mutant& m, const Tally&) { return passes_allclose(m); }, any, 14, 61},
      {"correlation", [](const Mutant& m, const Tally&) { return passes_correlation(m); }, any, 17,
       62},
      {"1 ulp of 10^4 points", [](const Mutant& m, const Tally&) { return passes_sampled_ulps(m); },
       any, 11, 46},
      {"PyTorch", [](const Mutant& m, const Tally&) { return passes_pytorch(m); }, any, 11, 51},
      {"XNNPACK", [](const Mutant& m, const Tally&) { return passes_xnnpack(m); },
       [](const Target& target) {
         return is_single(target) &&
                (target.function == &functions::exp || target.function == &functions::log);
       },
       5, 0},
      {"NumPy", [](const Mutant& m, const Tally&) { return passes_numpy(m); },
       [](const Target& target) { return std::filesystem::exists(numpy_table(*target.function)); },
       7, 26},
      {"OpenCL", passes_opencl, any, 4, 21}};
  return all;
}

/// What Napier finds of a function's values, at effort quick at most.
Tally found_by_napier(const Target& target) {
  Tally all;
  const auto ask = [&](const char* name, std::uint64_t cases) {
    if (const Property* property = kill::property_for(name, target); property && !all.refuted)
      all.merge(kill::Trial(*property, target).judge(cases));
  };
  ask("accuracy", 20'000);
  ask("special_values", 20'000);
  ask("accuracy", 1'000'000);
  return all;
}

/// The mutants whose values are wrong in round to nearest, of functions that all these tests know.
struct Wrong {
  const Mutant* mutant;
  Tally found;
};
/// Farther off than any of these tests grants, or wrong where Annex F fixes the value.
bool is_grave(const Wrong& wrong) {
  return largest_error(wrong.found) > 4 || !wrong.mutant->keeps_special_values;
}
std::vector<Wrong> wrong_values() {
  std::vector<Wrong> all;
  for (const Mutant& mutant : mutants::all()) {
    const Function* function = mutant.target.function;
    if (function != &functions::exp && function != &functions::exp2 &&
        function != &functions::expm1 && function != &functions::log)
      continue;
    if (!mutant.seen_only_by.empty()) continue;
    if (mutant.name == "above_in_one_place") continue;  // breaks a promise that no other test knows
    if (!is_single(mutant.target) && mutant.target.format != native_format<double>) continue;
    if (Tally found = found_by_napier(mutant.target); found.refuted != 0)
      all.push_back({&mutant, std::move(found)});
  }
  return all;
}

TEST(OtherTests, PassWhatNapierRefutes) {
  const std::vector<Wrong> wrong = wrong_values();
  EXPECT_EQ(wrong.size(), 81U) << "docs/why.md tells of as many";
  const auto asked = [&](const Rule& rule, bool single) {
    return std::ranges::count_if(wrong, [&](const Wrong& one) {
      return is_single(one.mutant->target) == single && rule.asks(one.mutant->target);
    });
  };
  for (const Rule& rule : rules()) {
    int passed[2] = {}, grave = 0;
    const Wrong* gravest = nullptr;
    for (const Wrong& one : wrong) {
      if (!rule.asks(one.mutant->target) || !rule.passes(*one.mutant, one.found)) continue;
      ++passed[is_single(one.mutant->target) ? 0 : 1];
      grave += is_grave(one) ? 1 : 0;
      const auto error = [](const Wrong& of) { return largest_error(of.found); };
      std::cout << "  " << rule.name << " passes " << one.mutant->target.name << ": "
                << one.mutant->sin << ", " << error(one) << " ulp\n";
      if (gravest == nullptr || error(one) > error(*gravest)) gravest = &one;
    }
    std::cout << "| " << rule.name << " | " << passed[0] << " of " << asked(rule, true) << " | "
              << passed[1] << " of " << asked(rule, false) << " | " << grave << " | "
              << (gravest == nullptr ? std::string() : gravest->mutant->sin) << " |\n";
    if (asked(rule, true) == 0) continue;  // NumPy's tables are not on every machine
    EXPECT_EQ(passed[0], rule.singles) << rule.name;
    EXPECT_EQ(passed[1], rule.doubles) << rule.name;
  }
}

/// A rule that refuses right values would be no measure.
TEST(OtherTests, PassWhatIsRight) {
  const auto honest = [](const char* name, const Function& function, ScalarFunction code,
                         const Format* format) {
    Mutant row;
    row.name = row.target.name = name;
    row.target.function = &function;
    row.target.format = format;
    row.target.open = [code] { return direct_caller(code); };
    return row;
  };
  const Mutant all[] = {
      honest("exp", functions::exp, mutants::honest_exp<float>, native_format<float>),
      honest("exp", functions::exp, mutants::honest_exp<double>, native_format<double>),
      honest("exp2", functions::exp2, mutants::honest_exp2<float>, native_format<float>),
      honest("exp2", functions::exp2, mutants::honest_exp2<double>, native_format<double>),
      honest("expm1", functions::expm1, mutants::honest_expm1<float>, native_format<float>),
      honest("expm1", functions::expm1, mutants::honest_expm1<double>, native_format<double>),
      honest("log", functions::log, mutants::honest_log<float>, native_format<float>),
      honest("log", functions::log, mutants::honest_log<double>, native_format<double>)};
  for (const Mutant& mutant : all)
    for (const Rule& rule : rules())
      EXPECT_TRUE(!rule.asks(mutant.target) || rule.passes(mutant, {}))
          << rule.name << ' ' << mutant.target.name;
}

}  // namespace
}  // namespace napier
