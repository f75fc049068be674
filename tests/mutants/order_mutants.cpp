// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// Values within a wide claim, but out of order where two pieces meet.
#include <numbers>

#include "tests/mutants/honest.hpp"

namespace napier::mutants {
namespace {

/// Below the edge a few encodings wide: a piece ends too high.
bool just_below(double x, double edge) { return x < edge && x > edge * (1 - 0x1p-44); }

/// At one edge of the table alone, half a cell beside 77/128.
double exp2_edge(double x) {
  const double part = x - std::floor(x);
  return x > 0 && x < 1 && just_below(part, 77.5 / 128) ? moved(honest_exp2(x), 2) : honest_exp2(x);
}
/// The reduction switches to k = 1 at ln 2 / 2.
double expm1_edge(double x) {
  return just_below(x, std::numbers::ln2 / 2) ? moved(honest_expm1(x), 4) : honest_expm1(x);
}
/// The table of exp has cells in x, not in x / ln 2.
double exp_edge_in_x(double x) {
  const double t = 64 * x;
  const double edge = std::nearbyint(t);
  return x > 0 && x < 1 && just_below(t, edge) ? moved(honest_exp(x), 2) : honest_exp(x);
}
/// ln falls by three ulps from 1.75 on, where it rises by one a step.
double log_edge(double x) {
  const double y = honest_log(x);
  return x >= 1.75 && x < 2 ? moved(y, -3) : y;
}
double log_binades(double x) {
  const double y = honest_log(x);
  return x >= 1024 && std::ilogb(x) % 2 == 0 && std::isfinite(x) ? moved(y, -1) : y;
}
float exp10_integers(float x) {
  const float y = honest_exp10(x);
  return x == 1 || x == 2 || x == 3 ? moved(y, -3) : y;
}
float exp10m1_edge(float x) {
  return x >= 0.0625f && x < 0.5f ? moved(honest_exp10m1(x), -3) : honest_exp10m1(x);
}
double exp2m1_plateau(double x) {
  const double y = honest_exp2m1(x);
  return x < -1 && x > -20 && (from_native(x).bits & 0xFF) == 0x80 ? moved(y, 2) : y;
}

}  // namespace

void add_order_mutants(std::vector<Mutant>& all) {
  const auto add = [&all](std::string_view name, std::string_view sin, const Function& function,
                          ScalarFunction code) {
    const bool wide = std::holds_alternative<Unary<double>>(code);
    Mutant row = wide ? mutant<double>(name, sin, function, code, "5")
                      : mutant<float>(name, sin, function, code, "5");
    row.seen_only_by = "monotone";
    row.target.claim.monotone = true;
    all.push_back(std::move(row));
  };
  using One = Unary<double>;
  add("exp2_edge", "2 ulp too high below 77.5/128", functions::exp2, One(exp2_edge));
  add("expm1_edge", "4 ulp too high below ln 2 / 2", functions::expm1, One(expm1_edge));
  add("exp_edge_in_x", "2 ulp too high below multiples of 1/64", functions::exp,
      One(exp_edge_in_x));
  add("log_edge", "3 ulp lower from 7/4 to 2", functions::log, One(log_edge));
  add("log_binades", "an ulp lower in every other binade", functions::log, One(log_binades));
  add("exp10_integers", "3 ulp too low at 1, 2, 3", functions::exp10, Unary<float>(exp10_integers));
  add("exp10m1_edge", "3 ulp lower from 1/16 to 1/2", functions::exp10m1,
      Unary<float>(exp10m1_edge));
  add("exp2m1_plateau", "every 256th result 2 ulp too high", functions::exp2m1,
      One(exp2m1_plateau));
}

}  // namespace napier::mutants
