// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>
#include <cstddef>
#include <memory>

#include "lib/target/outputs.hpp"

namespace napier {

/// The arrays of one call. Element i of x stands at x + i * x_stride elements; so it is with a.
struct Arrays {
  std::byte* x = nullptr;
  std::byte* a = nullptr;  ///< null for one argument
  std::byte* y = nullptr;  ///< what is judged; x itself where the results take its place
  /// Where other outputs go, in the order of `outputs`; of the judged one it is null.
  std::array<std::byte*, outputs.size()> others{};
  std::size_t length = 0;
  std::ptrdiff_t x_stride = 1;
  std::ptrdiff_t y_stride = 1;
};

/// Where an output goes, of a function of which another one, or that, is judged.
inline std::byte* place_of(const Arrays& arrays, const Output& judged, const Output& output) {
  return output == judged ? arrays.y : arrays.others[place_of(output)];
}

/// Code that computes arrays.
class ArrayCode {
 public:
  ArrayCode() = default;
  ArrayCode(const ArrayCode&) = delete;
  ArrayCode& operator=(const ArrayCode&) = delete;
  virtual ~ArrayCode() = default;
  /// noexcept, so that an exception that leaves foreign code ends the process there and then.
  virtual void run(const Arrays& arrays) const noexcept = 0;
  /// Whether it may be asked for arrays of no elements, as any C function may.
  virtual bool takes_empty() const { return true; }
};

/// The code at an address that is of an array or a vector shape, of that format and number of
/// arguments.
///
/// Array functions are called by libffi, which knows what the ABI of this machine makes of any
/// order of pointers, int, long and size_t: C++ has no sound call through the wrong type of
/// function, and 7! types of one. It takes some 20 ns a call. So are functions by value, of one
/// element after another. Vector functions have types of their
/// own, one for each row of vector_types; a last vector that is not full is filled with its last
/// element.
std::unique_ptr<ArrayCode> array_code(void* address, const Shape& shape, const Format& format,
                                      int arity);

/// The same for vector shapes alone.
std::unique_ptr<ArrayCode> vector_code(void* address, const VectorType& type);
/// The same for functions that are given values, one at a time (is_by_value).
std::unique_ptr<ArrayCode> value_code(void* address, const Shape& shape, const Format& format);

}  // namespace napier
