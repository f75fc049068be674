// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// exp with a wrong constant, factor, table entry or piece.
#include <numbers>

#include "tests/mutants/honest.hpp"

namespace napier::mutants {
namespace {

/// (e(1 + 2^-40))^x: an exponential in every respect, of the wrong base.
template <class T>
T wrong_base(T x) {
  if (is_special(x)) return honest_exp(x);
  return static_cast<T>(std::exp(Wide<T>(x)) * std::exp(x * std::log1p(part<T>(-40))));
}

template <class T>
T constant_one(T x) {
  return is_special(x) ? honest_exp(x) : T(1);
}

template <class T>
T scaled(T x) {
  if (is_special(x)) return honest_exp(x);
  return static_cast<T>(std::exp(Wide<T>(x)) * (1 + part<T>(-45)));
}

template <class T>
T absolute_argument(T x) {
  return is_special(x) ? honest_exp(x) : honest_exp(std::abs(x));
}

template <class T>
T bad_binade(T x) {
  if (!(x >= 2 && x < 4)) return honest_exp(x);
  return static_cast<T>(std::exp(Wide<T>(x)) * (1 + part<T>(-45)));
}

template <class T>
T one_ulp_more(T x) {
  const T y = honest_exp(x);
  return is_special(x) || !std::isfinite(y) ? y : std::nextafter(y, T(INFINITY));
}

/// A table of 2^(j/64) with one entry off in its last bits.
template <class T>
bool in_bad_cell(T x) {
  const Wide<T> cell = std::nearbyint(64 * Wide<T>(x) / std::numbers::ln2_v<Wide<T>>);
  return std::fmod(std::fmod(cell, Wide<T>(64)) + 64, Wide<T>(64)) == 37;
}
template <class T>
T wrong_cell(T x) {
  if (is_special(x) || std::abs(x) > 800) return honest_exp(x);
  return static_cast<T>(std::exp(Wide<T>(x)) * (in_bad_cell(x) ? 1 + part<T>(-48) : 1));
}

/// x = k ln 2 + r with the low word of ln 2 off by 2^-57: each multiple of ln 2 costs 2^-57.
long double multiples_of_ln2(double x) {
  return std::nearbyint(static_cast<long double>(x) / std::numbers::ln2_v<long double>);
}
double wrong_low_ln2(double x) {
  if (is_special(x) || std::abs(x) > 800) return honest_exp(x);
  const long double t = std::exp(static_cast<long double>(x));
  return static_cast<double>(t * std::exp(-multiples_of_ln2(x) * 0x1p-57L));
}

/// e^-x as 1/e^x, each rounded.
template <class T>
T by_reciprocal(T x) {
  return x < 0 && x > -700 ? 1 / honest_exp(-x) : honest_exp(x);
}

/// Takes e^x for "a little below 1" whenever x is tiny, whatever its sign.
template <class T>
T swallows_sign(T x) {
  const bool tiny = x != 0 && std::abs(x) < part<T>(-54);
  return tiny ? std::nextafter(T(1), T(0)) : honest_exp(x);
}

}  // namespace

void add_exp_mutants(std::vector<Mutant>& all) {
  using LogError = std::function<Quad(double)>;
  const auto exp64 = [&all](std::string_view name, std::string_view sin, Unary<double> code,
                            LogError log_error = {}, std::string_view ulps = "1") {
    all.push_back(mutant<double>(name, sin, functions::exp, code, ulps));
    all.back().log_error = std::move(log_error);
  };
  exp64("wrong_base", "base e(1 + 2^-40)", wrong_base<double>,
        [](double x) { return Quad(x) * std::log1p(0x1p-40L); });
  exp64("constant_one", "1 for every finite x", constant_one<double>,
        [](double x) { return -Quad(x); });
  exp64("scaled", "times 1 + 2^-45", scaled<double>,
        [](double x) { return is_special(x) ? Quad(0) : Quad(std::log1p(0x1p-45L)); });
  exp64("absolute_argument", "e^|x|", absolute_argument<double>,
        [](double x) { return x < 0 ? -2 * Quad(x) : Quad(0); });
  exp64("bad_binade", "times 1 + 2^-45 for 2 <= x < 4", bad_binade<double>,
        [](double x) { return x >= 2 && x < 4 ? Quad(std::log1p(0x1p-45L)) : Quad(0); });
  exp64("wrong_cell", "one of 64 entries 2^(k/64) off by 2^-48", wrong_cell<double>,
        [](double x) { return in_bad_cell(x) ? Quad(std::log1p(0x1p-48L)) : Quad(0); });
  exp64("wrong_low_ln2", "low word of ln 2 off by 2^-57: the error grows with |x|", wrong_low_ln2,
        [](double x) { return -Quad(multiples_of_ln2(x)) * 0x1p-57; });
  exp64("one_ulp_more", "rounded, then one ulp more", one_ulp_more<double>);
  exp64("by_reciprocal", "1/e^-x for negative x", by_reciprocal<double>);
  exp64("swallows_sign", "1 - 2^-53 for tiny x of either sign", swallows_sign<double>, {}, "0.51");

  const auto exp32 = [&all](std::string_view name, std::string_view sin, Unary<float> code) {
    all.push_back(mutant<float>(name, sin, functions::exp, code));
  };
  exp32("wrong_base_32", "base e(1 + 2^-11)", wrong_base<float>);
  exp32("bad_binade_32", "times 1 + 2^-16 for 2 <= x < 4", bad_binade<float>);
  exp32("wrong_cell_32", "one of 64 entries 2^(k/64) off by 2^-19", wrong_cell<float>);
}

}  // namespace napier::mutants
