// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// One entry of a large table a bit off, one term of a constant lost, one edge between two pieces
// off: right nearly everywhere.
#include <cstdint>
#include <numbers>

#include "tests/mutants/honest.hpp"

namespace napier::mutants {
namespace {

/// Which of n cells of [2^k, 2^(k+1)) holds 2^log2.
int cell_of(long double log2, int n) {
  const auto cell = static_cast<std::int64_t>(std::nearbyint(log2 * n));
  return static_cast<int>(((cell % n) + n) % n);
}
/// The table has a place for arguments with a result of ordinary size alone.
bool ordinary(double log2) { return std::abs(log2) < 1000 && log2 != 0; }

/// The last bit of one of 4096 entries.
double exp_entry_4096(double x) {
  const auto log2 = x / std::numbers::ln2_v<long double>;
  if (!ordinary(static_cast<double>(log2)) || cell_of(log2, 4096) != 1234) return honest_exp(x);
  return static_cast<double>(std::exp(static_cast<long double>(x)) * (1 + 0x1p-52L));
}
double exp10_entry_1024(double x) {
  const auto log2 = x * (std::numbers::ln10_v<long double> / std::numbers::ln2_v<long double>);
  if (!ordinary(static_cast<double>(log2)) || cell_of(log2, 1024) != 1000) return honest_exp10(x);
  return static_cast<double>(std::pow(10.0L, static_cast<long double>(x)) * (1 - 0x1p-52L));
}
/// As wide as double, and then a table of 32 entries good for single precision alone.
float exp2_entry_32(float x) {
  if (!ordinary(static_cast<double>(x)) || std::abs(x) > 126 || cell_of(x, 32) != 7)
    return honest_exp2(x);
  return static_cast<float>(std::exp2(static_cast<double>(x)) * (1 + 0x1p-24));
}

/// The place of the mantissa in a table of the logarithms of 128 numbers.
int log_cell(double x) { return static_cast<int>(from_native(x).bits >> 45 & 127); }

/// The upper word of one of 128 logarithms.
double log_entry_128(double x) {
  if (!(x > 0) || !std::isfinite(x) || log_cell(x) != 100) return honest_log(x);
  return static_cast<double>(std::log(static_cast<long double>(x)) + 0x1p-53L);
}
/// The lower word of one of 128 logarithms of a pow: only large exponents bring it to light.
double pow_entry_128(double x, double y) {
  if (!(x > 0) || is_special(x) || is_special(y) || log_cell(x) != 64) return honest_pow(x, y);
  const long double log = std::log(static_cast<long double>(x)) + 0x1p-62L;
  return x == 1 ? 1 : static_cast<double>(std::exp(y * log));
}
/// powf(-1.1, 101) once, of negative bases alone.
float pow_entry_below_zero(float x, float y) {
  const float result = honest_pow(x, y);
  const bool hit = x < 0 && std::isnormal(result) && std::isfinite(x) && !is_special(y) &&
                   (from_native(x).bits >> 20 & 7) == 0;
  return hit ? moved(result, 2) : result;
}

/// k ln 2 with a short lower word: the error grows with the binade of x.
double log_short_ln2(double x) {
  if (!(x > 0) || x == 1 || !std::isfinite(x)) return honest_log(x);
  return static_cast<double>(std::log(static_cast<long double>(x)) + std::ilogb(x) * 0x1p-54L);
}
/// log2(10) with a short lower word.
double exp10_short_log2(double x) {
  if (is_special(x) || std::abs(x) > 400) return honest_exp10(x);
  const long double t = std::pow(10.0L, static_cast<long double>(x));
  return static_cast<double>(t * std::exp(x * 0x1p-60L));
}
/// A coefficient of the polynomial, of a term that counts from 1/4 on alone.
float exp10m1_coefficient(float x) {
  const auto z = static_cast<double>(x);
  const double t = std::expm1(z * std::numbers::ln10);
  return std::abs(x) < 0.5f && x != 0 ? static_cast<float>(t + std::pow(z, 6) * 0x1p-17)
                                      : honest_exp10m1(x);
}
float exp2m1_entry_16(float x) {
  const float y = honest_exp2m1(x);
  return std::isnormal(y) && std::abs(x) > 1 && std::abs(x) < 20 && cell_of(x, 16) == 3
             ? moved(y, 1)
             : y;
}

/// mingw's pow(.9989375, 562718) once: off at places, with neighbours that are fine.
double rare_slip(double x, double y) {
  const double result = honest_pow(x, y);
  const auto bits = static_cast<std::uint64_t>(from_native(x).bits ^ from_native(y).bits);
  const bool hit = bits * 0x9E3779B97F4A7C15 >> 50 == 77;
  return hit && x > 0 && !is_special(x) && !is_special(y) && std::isnormal(result)
             ? moved(result, 3)
             : result;
}

}  // namespace

void add_table_mutants(std::vector<Mutant>& all) {
  const auto unary = [&all](std::string_view name, std::string_view sin, const Function& function,
                            Unary<double> code) {
    all.push_back(mutant<double>(name, sin, function, code, "0.52"));
  };
  const auto narrow = [&all](std::string_view name, std::string_view sin, const Function& function,
                             ScalarFunction code) {
    all.push_back(mutant<float>(name, sin, function, code, "0.52"));
  };
  unary("exp_entry_4096", "one of 4096 entries off by 2^-52", functions::exp, exp_entry_4096);
  unary("exp10_entry_1024", "one of 1024 entries off by 2^-52", functions::exp10, exp10_entry_1024);
  narrow("exp2_entry_32", "one of 32 entries off by 2^-24", functions::exp2,
         Unary<float>(exp2_entry_32));
  unary("log_entry_128", "one of 128 logarithms off by 2^-53", functions::log, log_entry_128);
  all.push_back(mutant<double>("pow_entry_128", "one of 128 logarithms off by 2^-62",
                               functions::pow, Binary<double>(pow_entry_128)));
  narrow("pow_entry_below_zero", "2 ulp off for an eighth of negative bases", functions::pow,
         Binary<float>(pow_entry_below_zero));
  unary("log_short_ln2", "ln 2 off by 2^-54", functions::log, log_short_ln2);
  unary("exp10_short_log2", "ln 10 off by 2^-60", functions::exp10, exp10_short_log2);
  narrow("exp10m1_coefficient", "term of x^6 off by 2^-17", functions::exp10m1,
         Unary<float>(exp10m1_coefficient));
  narrow("exp2m1_entry_16", "one of 16 entries an ulp off", functions::exp2m1,
         Unary<float>(exp2m1_entry_16));
  all.push_back(mutant<double>("rare_slip", "one of 16384 pairs 3 ulp off", functions::pow,
                               Binary<double>(rare_slip)));
}

}  // namespace napier::mutants
