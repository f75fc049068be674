// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <string>

#include "lib/fp/hexfloat.hpp"
#include "lib/fp/ordinal.hpp"
#include "lib/target/caller.hpp"
#include "lib/target/function.hpp"
#include "tests/lib/support.hpp"

/// Arguments at which two oracles are compared: the whole range of results and its edges, exact
/// cases and their neighbours, bases next to 1.
namespace napier::testing_support {

inline std::string words(const Function& f, const Call& call) {
  return std::string(f.name) + "(" + to_hex(call.x) +
         (f.arity == 2 ? ", " + to_hex(call.y) : std::string()) + ") in " +
         std::string(call.x.format->name);
}

/// Counts of points: NAPIER_LONG=1 asks for ten times as many.
inline int points(int usual) {
  const char* set = std::getenv("NAPIER_LONG");
  return set != nullptr && *set == '1' ? 10 * usual : usual;
}

class Points {
 public:
  Points(const Function& function, const Format& format, std::uint64_t seed)
      : function_(function), format_(format), random_(seed) {}

  Call draw() {
    if (function_.arity == 2) return with_base();
    if (function_.kind == Kind::logarithm) return {absolute(base()), {}};
    const long double log_a = function_.base == Base::e     ? 1
                              : function_.base == Base::two ? std::log(2.0L)
                                                            : std::log(10.0L);
    return {exponent(log_a), {}};
  }

 private:
  long double uniform(long double lo, long double hi) {
    return lo + static_cast<long double>(random_.next() >> 1) * 0x1p-63L * (hi - lo);
  }
  Float nearest(long double value) {
    return round_to(format_, exact_value(from_native(value)), Rounding::nearest);
  }
  Float nudged(Float x) {
    const Ordinal steps = random_.between(-2, 2) * (Ordinal(1) << random_.between(0, 8));
    const Float y = step(x, random_.coin() ? 0 : steps);
    return is_finite(y) ? y : max_finite(format_);
  }

  /// An exponent of a base whose logarithm is known roughly, so that a^x lies in the format's range
  /// or just outside.
  Float exponent(long double log_a) {
    const long double ln2 = std::log(2.0L);
    const long double hi = (format_.max_exponent + 1) * ln2 / log_a;
    const long double lo = (format_.least_exponent() - 1) * ln2 / log_a;
    switch (random_.next() % 6) {
      case 0:
        return nearest(uniform(1.01L * lo, 1.01L * hi));
      case 1:
        return nudged(nearest(random_.coin() ? hi : lo + random_.between(0, 1) * ln2 / log_a));
      case 2:
        return nudged(nearest(std::round(uniform(lo, hi))));
      case 3:
        return nudged(nearest(static_cast<long double>(random_.between(-130, 130)) / 4));
      default:
        break;
    }
    // Log-uniform in magnitude, from the least subnormal to the end of the range.
    const int top = std::min(static_cast<int>(std::ilogb(std::fabs(lo))) + 1, format_.max_exponent);
    const auto power = random_.between(random_.coin() ? -40 : format_.least_exponent(), top);
    const Dyadic m{random_.coin(), random_.bits() | 1, power - 127};
    return round_to(format_, m, Rounding::zero);
  }

  Float base() {
    switch (random_.next() % 4) {
      case 0:
        return nudged(near_one());
      case 1: {  // odd^(2^j)·2^e: a base with exact powers and roots
        std::int64_t m = 2 * random_.between(0, 7) + 1;
        for (auto j = random_.between(0, 2); j > 0 && m < 100000; --j) m *= m;
        const auto e = 16 * random_.between(-8, 8) + random_.between(0, 1);
        return nudged(round_to(format_, Dyadic::of_integer(m).scaled(e), Rounding::zero));
      }
      case 2:
        return finite_number(format_, random_, std::min(60, format_.max_exponent));
      default:
        break;
    }
    const Float any = finite_number(format_, random_);
    return is_zero(any) ? min_subnormal(format_) : any;
  }

  /// 1 ± 2^−t with t log-uniform up to the last place.
  Float near_one() {
    const auto t = random_.between(1, format_.precision);
    const Dyadic off{random_.coin(), 1, -t};
    return round_to(format_, add(Dyadic::of_integer(1), off), Rounding::up);
  }

  Call with_base() {
    const Float x = base();
    const Float positive = absolute(x);
    // x may lie outside long double's normal range only where its binade serves as well.
    const Dyadic value = exact_value(positive);
    const long double log_x = value.is_zero()
                                  ? -1
                                  : std::log(as_long_double(value.scaled(-value.binade()))) +
                                        static_cast<long double>(value.binade()) * std::log(2.0L);
    const long double size = log_x == 0 ? 1 : std::fabs(log_x);
    Float y{};
    switch (random_.next() % 5) {
      case 0:
        y = nearest(static_cast<long double>(random_.between(-40, 40)));
        break;
      case 1:
        y = nudged(nearest(static_cast<long double>(random_.between(-64, 64)) / 16));
        break;
      default:
        y = exponent(size);
        break;
    }
    const bool whole = is_negative(x) && random_.next() % 8 != 0;
    if (whole && !is_integer(y)) y = nearest(std::nearbyint(as_long_double(exact_value(y))));
    return {x, y};
  }

  static long double as_long_double(const Dyadic& value) {
    return to_native<long double>(round_to(binary80, value, Rounding::nearest));
  }

  const Function& function_;
  const Format& format_;
  Random random_;
};

}  // namespace napier::testing_support
