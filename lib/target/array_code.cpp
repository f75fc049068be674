// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "lib/target/array_code.hpp"

#include <ffi.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cassert>
#include <cstring>
#include <stdexcept>

namespace napier {
namespace {

constexpr std::size_t most_parameters = 6 + outputs.size();
/// Integer registers that arguments are passed in, at least: those that the shape has no parameter
/// for are given 0, so that a function of another shape does the same each time.
constexpr std::size_t registers = 6;

ffi_type* number_type(CountType type, bool is_signed) {
  switch (type) {
    case CountType::int_:
      return &ffi_type_sint;
    case CountType::long_:
      return &ffi_type_slong;
    case CountType::size_t_:
      break;
  }
  return is_signed ? &ffi_type_slong : &ffi_type_ulong;
}

ffi_type* type_of(const Shape& shape, const Slot& slot) {
  if (slot.output) return &ffi_type_pointer;
  switch (slot.other) {
    case Parameter::x:
    case Parameter::a:
    case Parameter::y:
      return &ffi_type_pointer;
    case Parameter::n:
      return number_type(shape.counts, false);
    case Parameter::sx:
    case Parameter::sa:
    case Parameter::sy:
      break;
  }
  return number_type(shape.counts, true);
}

/// The word that a parameter is, which is no output. libffi reads as much of it as the type has: on
/// the little-endian machines that there are, an int is its beginning.
std::uintptr_t word_of(const Arrays& arrays, Parameter parameter) {
  switch (parameter) {
    case Parameter::x:
      return reinterpret_cast<std::uintptr_t>(arrays.x);
    case Parameter::a:
      return reinterpret_cast<std::uintptr_t>(arrays.a);
    case Parameter::n:
      return arrays.length;
    case Parameter::sx:
    case Parameter::sa:
      return static_cast<std::uintptr_t>(arrays.x_stride);
    case Parameter::y:
    case Parameter::sy:
      break;
  }
  return static_cast<std::uintptr_t>(arrays.y_stride);
}
static_assert(std::endian::native == std::endian::little);
static_assert(sizeof(std::size_t) == sizeof(long) && sizeof(std::ptrdiff_t) == sizeof(long));

class ForeignArrayCode final : public ArrayCode {
 public:
  ForeignArrayCode(void* address, const Shape& shape) : signature_(parse_signature(shape)) {
    const std::vector<Slot>& slots = signature_.slots;
    assert(slots.size() <= most_parameters);
    std::memcpy(&code_, &address, sizeof code_);
    types_.fill(&ffi_type_ulong);
    for (std::size_t i = 0; i < slots.size(); ++i) types_[i] = type_of(shape, slots[i]);
    const std::size_t passed = std::max(slots.size(), registers);
    if (::ffi_prep_cif(&interface_, FFI_DEFAULT_ABI, static_cast<unsigned>(passed), &ffi_type_void,
                       types_.data()) != FFI_OK)
      throw std::runtime_error("libffi cannot call a function of the shape " + shape.text);
  }

  void run(const Arrays& arrays) const noexcept override {
    std::array<std::uintptr_t, most_parameters> words{};
    std::array<void*, most_parameters> places;
    for (std::size_t i = 0; i < places.size(); ++i) places[i] = &words[i];
    for (std::size_t i = 0; i < signature_.slots.size(); ++i) {
      const Slot& slot = signature_.slots[i];
      words[i] =
          slot.output
              ? reinterpret_cast<std::uintptr_t>(place_of(arrays, signature_.judged, *slot.output))
              : word_of(arrays, slot.other);
    }
    ::ffi_call(&interface_, code_, nullptr, places.data());
  }

 private:
  Signature signature_;
  std::array<ffi_type*, most_parameters> types_{};
  mutable ffi_cif interface_{};  // ffi_call takes it as it is, and changes nothing
  void (*code_)() = nullptr;
};

}  // namespace

std::unique_ptr<ArrayCode> array_code(void* address, const Shape& shape, const Format& format,
                                      int arity) {
  assert(!shape.is_scalar() && why_unfit(shape, format, arity).empty());
  if (shape.vector != nullptr) return vector_code(address, *shape.vector);
  if (is_by_value(shape)) return value_code(address, shape, format);
  return std::make_unique<ForeignArrayCode>(address, shape);
}

}  // namespace napier
