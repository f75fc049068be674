// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lib/fp/format.hpp"

namespace napier {

/// A parameter of an array function.
enum class Parameter {
  x,   ///< the array of arguments, of a power the bases; also the results where there is no y
  a,   ///< the array of second arguments
  y,   ///< the array of results
  n,   ///< how many elements there are
  sx,  ///< how many elements further the next argument of x stands
  sa,
  sy,
};

/// The C type of an array function's numbers.
enum class CountType { size_t_, int_, long_ };

/// A vector type of the x86-64 ABI. A new one is a new row of vector_types.
struct VectorType {
  std::string_view name;  ///< as C spells it
  int bytes;
  const Format& element;
  std::string_view needs;  ///< what a processor must have, as /proc/cpuinfo spells it

  int lanes() const { return bytes / element.bytes(); }
};
inline constexpr std::array<VectorType, 6> vector_types{{{"__m128", 16, binary32, "sse2"},
                                                         {"__m128d", 16, binary64, "sse2"},
                                                         {"__m256", 32, binary32, "avx"},
                                                         {"__m256d", 32, binary64, "avx"},
                                                         {"__m512", 64, binary32, "avx512f"},
                                                         {"__m512d", 64, binary64, "avx512f"}}};

/// How a C function takes its arguments and gives its results: what stands after --shape. Who calls
/// (array_caller.hpp) reads this row; what each parameter is, parse_signature() (outputs.hpp)
/// tells.
///
///   scalar                T f(T), T f(T, T)
///   x,y,n and the like    an array function that returns nothing, its C parameters in order
///   vector:__m256d        V f(V), V f(V, V) by vectors of the x86-64 ABI
///   raw, hex, decimal     no C function: a process, see pipe.hpp
struct Shape {
  std::string text = "scalar";
  std::vector<Parameter> parameters;  ///< of an array function, as C has them
  CountType counts = CountType::size_t_;
  bool restricted = false;  ///< `y:restrict`: the results never take the arguments' place
  const VectorType* vector = nullptr;  ///< of a vector function

  bool is_scalar() const { return parameters.empty() && vector == nullptr; }
  bool is_array() const { return !parameters.empty(); }
  bool has(Parameter parameter) const;
  bool in_place() const { return is_array() && !has(Parameter::y); }

  friend bool operator==(const Shape& one, const Shape& other) { return one.text == other.text; }
};

/// Reads what stands after --shape. Throws std::invalid_argument with one line that names the mend.
Shape parse_shape(std::string_view text);

/// Why nothing of that format and number of arguments has this shape; empty if something may.
std::string why_unfit(const Shape& shape, const Format& format, int arity);

/// Why this machine cannot call functions of that shape, whose code needs a processor that has so
/// much beside it, as /proc/cpuinfo spells it; empty if it can.
std::string why_not_callable(const Shape& shape, std::string_view needs = {});

/// The C declaration of such a function: "void f(const double* x, double* y, size_t n)".
std::string declaration(const Shape& shape, const Format& format, int arity);

}  // namespace napier
