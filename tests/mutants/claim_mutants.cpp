// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// Wrong by what one kind of promise says, and by nothing else: in a piece of a claim, in ulps of
// another format, at integers, next to overflow, and where results or arguments are flushed.
#include <string>

#include "lib/target/claim_grammar.hpp"
#include "tests/mutants/honest.hpp"

namespace napier::mutants {
namespace {

/// Good to a thousandth everywhere, where a millionth is promised near 0.
double coarse_inside(double x) {
  return std::abs(x) < 1.5 ? honest_exp(x) * (1 + 5e-4) : honest_exp(x);
}
/// Good to a millionth near 0, where that is promised, and to a hundredth outside.
double coarse_outside(double x) {
  return std::abs(x) > 20 ? honest_exp(x) * (1 + 1e-2) : honest_exp(x);
}
/// The piece that the author means ends at 1, not just before.
float short_of_the_end(float x) { return x == 1 ? honest_exp(x) * 1.01f : honest_exp(x); }
/// Good for exponents in [-8, 8] of any base, where more is promised in a box of both.
double coarse_in_a_box(double x, double y) {
  const bool inside = x > 0.5 && x < 2 && std::abs(y) < 8;
  return inside ? honest_pow(x, y) * (1 + 1e-4) : honest_pow(x, y);
}

/// Cut to bfloat16, and a step up now and then.
float two_steps_of_bfloat16(float x) {
  const float right = honest_exp(x);
  if (is_special(x) || !std::isnormal(right)) return right;
  const float step = std::ldexp(1.0f, std::ilogb(right) - 7);
  return x > 1 && x < 1.25f ? right + 1.5f * step : right + 0.5f * step;
}

/// 10^2 is 99.99999.
float near_a_hundred(float x) { return x == 2 ? std::nextafter(100.0f, 0.0f) : honest_exp10(x); }
double near_eight(double x, double y) {
  return x == 2 && y == 3 ? std::nextafter(8.0, 9.0) : honest_pow(x, y);
}

double nine_to_the_fifth(double x, double y) {
  return x == 9 && y == 5 ? moved(honest_pow(x, y), 8) : honest_pow(x, y);
}

/// The way that leads to infinity ends too early, and nobody has been there.
double none_beyond_711(double x) { return x > 711 && x <= 800 ? 1 : honest_exp(x); }
/// The last entry of a table of 2^n.
double forgets_a_corner(double x, double y) {
  return x == 0.5 && y == 40 ? moved(honest_pow(x, y), 3) : honest_pow(x, y);
}

/// Infinite some way below the limit, farther than is promised.
float far_too_early(float x) {
  return x > 127.99f ? std::numeric_limits<float>::infinity() : honest_exp2(x);
}

/// A lower bound that lies above in one place.
double above_in_one_place(double x) {
  const double right = honest_exp(x);
  if (is_special(x)) return right;
  return std::nextafter(right, x > 2 && x < 2.5 ? HUGE_VAL : 0.0);
}

/// Flushes all subnormal results but the largest.
double keeps_the_largest(double x) {
  const double right = honest_exp(x);
  const bool tiny = right != 0 && right < std::numeric_limits<double>::min();
  return tiny && right < 0x1.8p-1023 ? 0 : right;
}
/// Reads subnormal arguments as 0, where only results may be flushed.
double reads_them_as_zero(double x) {
  return std::abs(x) < std::numeric_limits<double>::min() ? honest_log(0.0) : honest_log(x);
}
/// Gives 0 for subnormal results, where only arguments may be flushed.
float gives_zero(float x) {
  const float right = honest_exp(x);
  return std::abs(right) < std::numeric_limits<float>::min() ? 0 : right;
}

}  // namespace

void add_claim_mutants(std::vector<Mutant>& all) {
  const auto claimed = [&all](const Mutant& row, const std::string& sentence) {
    all.push_back(row);
    Target& target = all.back().target;
    target.claim = parse_claim(sentence, *target.function, *target.format);
    target.claim.source = "tests/mutants";
  };
  claimed(mutant<double>("coarse_inside", "5e-4 off where 1e-6 is promised", functions::exp,
                         Unary<double>(coarse_inside)),
          "rel <= 1e-6 on [-1.5, 1.5]; abs + rel <= 1e-300 + 1e-3 elsewhere");
  claimed(mutant<double>("coarse_outside", "1e-2 off where 1e-3 is promised", functions::exp,
                         Unary<double>(coarse_outside)),
          "ulp <= 1 on [-20, 20]; abs + rel <= 1e-300 + 1e-3 elsewhere");
  claimed(mutant<float>("short_of_the_end", "wrong at the end of a piece alone", functions::exp,
                        Unary<float>(short_of_the_end)),
          "ulp <= 1 on [-1, 1]; abs + rel <= 1e-30 + 0.1 elsewhere");
  claimed(mutant<double>("coarse_in_a_box", "1e-4 off for some bases and exponents", functions::pow,
                         Binary<double>(coarse_in_a_box)),
          "rel <= 1e-6 on x in [0.5, 2], y in [-8, 8]; abs + rel <= 1e-300 + 1e-3 elsewhere");
  claimed(mutant<float>("two_steps_of_bfloat16", "1.5 ulp of bfloat16 off", functions::exp,
                        Unary<float>(two_steps_of_bfloat16)),
          "bfloat16 ulp <= 1");
  claimed(mutant<float>("near_a_hundred", "10^2 is 99.99999", functions::exp10,
                        Unary<float>(near_a_hundred)),
          "ulp <= 1; exact on integers");
  claimed(
      mutant<double>("near_eight", "2^3 is next to 8", functions::pow, Binary<double>(near_eight)),
      "ulp <= 2; exact on integers");
  claimed(mutant<double>("nine_to_the_fifth", "9^5 is 8 ulp off", functions::pow,
                         Binary<double>(nine_to_the_fifth)),
          "ulp <= 1; exact on integers");
  claimed(mutant<double>("none_beyond_711", "1 in (711, 800]", functions::exp,
                         Unary<double>(none_beyond_711)),
          "ulp <= 1 on [-800, 800]");
  claimed(mutant<double>("forgets_a_corner", "3 ulp off at a corner of its domain", functions::pow,
                         Binary<double>(forgets_a_corner)),
          "ulp <= 1 on x in [0.5, 8], y in [-20, 40]");
  claimed(mutant<float>("far_too_early", "infinite 0.01 before the limit", functions::exp2,
                        Unary<float>(far_too_early)),
          "ulp <= 1; early overflow <= 100");
  claimed(mutant<double>("above_in_one_place", "a lower bound that lies above in (2, 2.5)",
                         functions::exp, Unary<double>(above_in_one_place)),
          "lower bound on [-700, 700]; ulp <= 3 on [-700, 700]");
  claimed(mutant<double>("keeps_the_largest", "the largest subnormal results are not flushed",
                         functions::exp, Unary<double>(keeps_the_largest)),
          "ulp <= 1; flush results must");
  claimed(mutant<double>("reads_them_as_zero", "subnormal arguments are read as 0", functions::log,
                         Unary<double>(reads_them_as_zero)),
          "ulp <= 1; flush results may");
  claimed(mutant<float>("gives_zero", "subnormal results are 0", functions::exp,
                        Unary<float>(gives_zero)),
          "ulp <= 1; flush arguments may");
}

}  // namespace napier::mutants
