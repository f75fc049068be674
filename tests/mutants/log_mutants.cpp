// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// ln gone wrong.
#include "tests/mutants/honest.hpp"

namespace napier::mutants {
namespace {

/// Whether C23 Annex F fixes the value of a logarithm there.
bool is_special_log(double x) { return !(x > 0) || x == 1 || !std::isfinite(x); }

/// c·ln x is a logarithm too, to the base e^(1/c).
double wrong_base_log(double x) {
  if (is_special_log(x)) return honest_log(x);
  return static_cast<double>(std::log(static_cast<long double>(x)) * (1 + 0x1p-46L));
}

/// c + ln x has the right slope.
double shifted_log(double x) {
  if (is_special_log(x) && x != 1) return honest_log(x);
  return static_cast<double>(std::log(static_cast<long double>(x)) + 0x1p-30L);
}

/// ln x = k ln 2 + ln m with 1 ≤ m < 2: below 1 the two cancel.
double cancelling_log(double x) {
  if (is_special_log(x)) return honest_log(x);
  const int k = std::ilogb(x);
  const double m = std::scalbn(x, -k);
  return k * 0x1.62e42fefa39efp-1 + honest_log(m);
}

}  // namespace

void add_log_mutants(std::vector<Mutant>& all) {
  all.push_back(mutant<double>("wrong_base_log", "times 1 + 2^-46", functions::log,
                               Unary<double>(wrong_base_log)));
  all.push_back(mutant<double>("shifted_log", "2^-30 too large, at 1 too", functions::log,
                               Unary<double>(shifted_log), "1", false));
  all.push_back(mutant<double>("cancelling_log", "-ln 2 + ln 2x for x below 1", functions::log,
                               Unary<double>(cancelling_log)));
}

}  // namespace napier::mutants
