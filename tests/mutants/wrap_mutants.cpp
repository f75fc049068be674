// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// Integers that are too short for the scale of a far result: harmless wherever a result that wraps
// round stays infinite or 0 all the same, so right but for a few hundred binades in billions.
#include <cstdint>
#include <limits>
#include <numbers>

#include "tests/mutants/honest.hpp"

namespace napier::mutants {
namespace {

/// m·2^k, 1 ≤ m < 2, with k as it is left of log2 of the result in 32 bits.
double scaled_in_32_bits(double log2) {
  const double whole = std::floor(log2);
  const auto k = static_cast<std::int32_t>(
      static_cast<std::uint32_t>(std::fmod(whole, 0x1p32) + (whole < 0 ? 0x1p32 : 0)));
  return std::ldexp(1 + (log2 - whole), k);
}

/// Between the far ends of the binades that a 64-bit integer counts.
bool is_far(double log2) { return std::abs(log2) > 1100 && std::abs(log2) < 0x1p62; }

/// Go's exp on amd64 once: e^1.4885222e9 was 2.5e-16.
double exp_wraps(double x) {
  const double log2 = x / std::numbers::ln2;
  return is_far(log2) ? scaled_in_32_bits(log2) : honest_exp(x);
}

double exp2_wraps(double x) { return is_far(x) ? scaled_in_32_bits(x) : honest_exp2(x); }

/// The bias is added before the sign is looked at: k + 1023 wraps a little below 2^31.
double exp10_bias_wraps(double x) {
  const double log2 = x * (std::numbers::ln10 / std::numbers::ln2);
  const bool wraps = log2 > 0x1p31 - 1023 && log2 < 0x1p31;
  return wraps ? 0.0 : honest_exp10(x);
}

/// k counts 128ths of a binade, a table's cells, and is short of bits that much earlier.
double cells_wrap(double x) {
  const double cells = x * (128 / std::numbers::ln2);
  if (!(std::abs(cells) > 1100 * 128 && std::abs(cells) < 0x1p62)) return honest_exp(x);
  const double whole = std::floor(cells);
  const auto k = static_cast<std::int32_t>(
      static_cast<std::uint32_t>(static_cast<std::uint64_t>(static_cast<std::int64_t>(whole))));
  return std::ldexp(std::exp2(static_cast<double>(k % 128) / 128), k / 128);
}

/// e^x - 1 far below 0, where it is -1 whatever e^x is.
double expm1_wraps(double x) {
  const double log2 = x / std::numbers::ln2;
  return x < 0 && is_far(log2) ? scaled_in_32_bits(log2) - 1 : honest_expm1(x);
}

float exp2m1_wraps(float x) {
  const auto log2 = static_cast<double>(x);
  return x < 0 && is_far(log2) ? static_cast<float>(scaled_in_32_bits(log2) - 1) : honest_exp2m1(x);
}

double pow_wraps(double x, double y) {
  if (!(x > 0) || is_special(x) || is_special(y)) return honest_pow(x, y);
  const auto log2 = static_cast<double>(y * std::log2(static_cast<long double>(x)));
  return is_far(log2) ? scaled_in_32_bits(log2) : honest_pow(x, y);
}

}  // namespace

void add_wrap_mutants(std::vector<Mutant>& all) {
  const auto unary = [&all](std::string_view name, std::string_view sin, const Function& function,
                            Unary<double> code, bool keeps_special_values = true) {
    all.push_back(mutant<double>(name, sin, function, code, "1", keeps_special_values));
  };
  unary("exp_wraps", "the scale's 32 bits wrap round, often to infinity", functions::exp,
        exp_wraps);
  unary("exp2_wraps", "the scale's 32 bits wrap round", functions::exp2, exp2_wraps);
  unary("exp10_bias_wraps", "0 where k + 1023 leaves 32 bits", functions::exp10, exp10_bias_wraps);
  unary("cells_wrap", "32 bits count 128ths of a binade", functions::exp, cells_wrap);
  unary("expm1_wraps", "the scale wraps far below 0", functions::expm1, expm1_wraps,
        false);  // to infinities of both signs
  all.push_back(mutant<float>("exp2m1_wraps", "the scale wraps far below 0", functions::exp2m1,
                              Unary<float>(exp2m1_wraps)));
  all.push_back(mutant<double>("pow_wraps", "the scale's 32 bits wrap round", functions::pow,
                               Binary<double>(pow_wraps)));
}

}  // namespace napier::mutants
