// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// Reverse mode on a tape (Linnainmaa 1970; Griewank & Walther, "Evaluating Derivatives"): each step
// of the program is written down with its partial derivatives; then the tape is read backwards, and
// each step hands what it has collected on to its operands. One reading gives the slopes along all
// arguments. The value is e^(y·ln x), as in naive_pow.cpp.
//
// The claims, in units of u = 2^-p as in dual.cpp, where the value e^z is 120.3 off:
//
//   along the exponent: e^z and 1·e^z are one number; times ln x, 1.2 off: 120.3 + 1.2 + ½
//   along the base: e^z·y, times 1/x:                                    120.3 + 1 + 1 + ½
//   10^x as e^(x·L), L = ln 10 rounded, 0.850u (0.234u) off: z by 1.850u·|x| ln 10, 4.26|x| ulp
//   (2.842|x|); beside that e^z, L and the product, 1.06 + 0.850 + ½ (1.14 + 0.234 + ½). Where e^z
//   is subnormal, it is 2.303·0.53 (0.57) least subnormals, 1.23 (1.32) in place of 1.06 (1.14).
#include <array>
#include <cassert>

#include "lib/derivative/row.hpp"
#include "lib/exponential/naive_pow.hpp"

namespace napier {
namespace {

using shelf::Working;

constexpr shelf::Method method{"tape", "reverse mode: each step written down, then read backwards",
                               "lib/derivative/tape.cpp"};

template <Working T>
class Tape {
 public:
  using Place = std::size_t;

  Place argument(T value) { return write(value, 0, 0, 0, 0); }
  Place product(Place a, Place b) { return write(of(a) * of(b), a, of(b), b, of(a)); }
  Place exp(Place a) {
    const T value = shelf::tang_exp(of(a));
    return write(value, a, value, a, 0);
  }
  Place log(Place a) { return write(shelf::series_log(of(a)), a, 1 / of(a), a, 0); }

  /// The slope of what stands last along an argument.
  T slope_along(Place argument) const {
    std::array<T, capacity> collected{};
    collected[size_ - 1] = 1;
    for (Place i = size_; i-- > 0;) {
      const Step& step = steps_[i];
      if (step.by_left != 0) collected[step.left] += collected[i] * step.by_left;
      if (step.by_right != 0) collected[step.right] += collected[i] * step.by_right;
    }
    return collected[argument];
  }

 private:
  static constexpr std::size_t capacity = 8;
  /// Where there is no operand its slope is 0.
  struct Step {
    T value;
    Place left;
    T by_left;
    Place right;
    T by_right;
  };

  T of(Place place) const { return steps_[place].value; }
  Place write(T value, Place left, T by_left, Place right, T by_right) {
    assert(size_ < capacity);
    steps_[size_] = {value, left, by_left, right, by_right};
    return size_++;
  }

  std::array<Step, capacity> steps_{};
  std::size_t size_ = 0;
};

template <Working T>
struct PowerTape : Tape<T> {
  std::size_t x, y;
  PowerTape(T x_, T y_) : x(this->argument(x_)), y(this->argument(y_)) {
    this->exp(this->product(y, this->log(x)));
  }
};

template <Working T>
T d_pow_x(T x, T y) {
  const PowerTape<T> tape(x, y);
  return tape.slope_along(tape.x);
}

template <Working T>
T d_pow_y(T x, T y) {
  const PowerTape<T> tape(x, y);
  return tape.slope_along(tape.y);
}

template <Working T>
T d_exp10(T x) {
  Tape<T> tape;
  const auto argument = tape.argument(x);
  tape.exp(tape.product(argument, tape.argument(shelf::ln10<T>.hi)));
  return tape.slope_along(argument);
}

/// A tape of one step, ln x: 1·(1/x), correctly rounded.
template <Working T>
T d_log(T x) {
  Tape<T> tape;
  const auto argument = tape.argument(x);
  tape.log(argument);
  return tape.slope_along(argument);
}

template <Working T>
void add(Catalogue& catalogue) {
  shelf::add_derivative<T>(
      catalogue, method, functions::d_exp10, Unary<T>(d_exp10<T>),
      {"ulp <= 2.1 + 2.842*|x| on [-60, 40]", "ulp <= 2.6 + 4.26*|x| on [-400, 310]"});
  shelf::add_derivative<T>(catalogue, method, functions::d_log, Unary<T>(d_log<T>),
                           {"correctly rounded", "correctly rounded"});
  const shelf::Value value{Binary<T>(shelf::naive_pow<T>), shelf::naive_pow_claim<T>()};
  constexpr std::string_view along_exponent =
      "ulp <= 122 on x in [0x1p-10, 0x1p10], y in [-12, 12]";
  shelf::add_derivative<T>(catalogue, method, functions::d_pow_y, Binary<T>(d_pow_y<T>),
                           {along_exponent, along_exponent}, value);
  constexpr std::string_view along_base =
      "ulp <= 123 on x in [0x1p-10, 0x1p10], y in [0x1p-20, 12]";
  shelf::add_derivative<T>(catalogue, method, functions::d_pow_x, Binary<T>(d_pow_x<T>),
                           {along_base, along_base}, value);
}

}  // namespace

void contribute_tape(Catalogue& catalogue) {
  add<float>(catalogue);
  add<double>(catalogue);
}

}  // namespace napier
