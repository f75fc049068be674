// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lib/target/function.hpp"
#include "lib/target/shape.hpp"

// Shapes of functions that give derivatives beside the value. A target is one of their outputs.
//
//   x,y,d,n    void f(const T* x, T* y, T* d, size_t n): arrays
//   x,y,d      void f(T x, T* y, T* d): no n, so x is a value, and the results go through pointers
//   y=x,d      T f(T x, T* d): the value is returned; d=x,y returns the derivative
//   pair       struct { T y, d; } f(T x), short for y,d=x
//   d:x,y,d,n  of any of them, the output that a target is; without it that is y
namespace napier {

/// What a function gives: the value, or one of its derivatives. A new one is a new row of outputs.
struct Output {
  std::string_view letter;  ///< in a shape
  int order;                ///< of the derivative; 0 of the value
  Variable variable;        ///< of a power of two arguments: with respect to what

  friend bool operator==(const Output& one, const Output& other) {
    return one.letter == other.letter;
  }
};
inline constexpr std::array<Output, 4> outputs{{{"y", 0, Variable::exponent},
                                                {"d", 1, Variable::base},
                                                {"d2", 2, Variable::base},
                                                {"da", 1, Variable::exponent}}};
/// Its place among `outputs`.
std::size_t place_of(const Output& output);

/// A parameter: an output, or what it is beside that.
struct Slot {
  std::optional<Output> output;
  Parameter other = Parameter::x;
};

/// A shape with its outputs. Of a shape without derivatives it says what the shape says.
struct Signature {
  std::vector<Slot> slots;       ///< the parameters, as C has them
  std::vector<Output> returned;  ///< in a struct if it is more than one
  Output judged = outputs[0];    ///< which of the outputs a target is
  bool chosen = false;           ///< the shape says so

  bool gives(const Output& output) const;
  /// The derivatives that it gives, in the order of `outputs`.
  std::vector<Output> derivatives() const;
};

/// Throws std::invalid_argument as parse_shape() does.
Signature parse_signature(const Shape& shape);

/// One value after another, whose results go where pointers say or are returned.
inline bool is_by_value(const Shape& shape) { return shape.is_array() && !shape.has(Parameter::n); }

/// The same shape as a target that is another output: "d:x,y,d,n".
Shape looking_at(const Shape& shape, const Output& output);

/// What an output of a function is: of exp and d it is d_exp. Null where there is no such function.
const Function* function_of(const Output& output, const Function& value);

/// Why no code of that function, the value's where derivatives are given beside it, has this shape;
/// empty if some may.
std::string why_unfit(const Shape& shape, const Function& value, const Format& format);

}  // namespace napier
