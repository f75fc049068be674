// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// Functions that are given values and whose results go where pointers say, are returned, or are
// members of a struct that is returned.
#include <ffi.h>

#include <array>
#include <cassert>
#include <cstring>
#include <stdexcept>

#include "lib/target/array_code.hpp"

namespace napier {
namespace {

constexpr std::size_t most_parameters = 2 + outputs.size();
constexpr std::size_t most_returned = outputs.size();
constexpr std::size_t widest = 16;  // bytes of a value

ffi_type* value_type(const Format& format) {
  if (&format == &binary32) return &ffi_type_float;
  if (&format == &binary64) return &ffi_type_double;
  if (&format == &binary80) return &ffi_type_longdouble;
  assert(&format == &bfloat16);  // an encoding; why_unfit() refuses the others
  return &ffi_type_uint16;
}

class ValueCode final : public ArrayCode {
 public:
  ValueCode(void* address, const Shape& shape, const Format& format)
      : signature_(parse_signature(shape)), element_(static_cast<std::size_t>(format.bytes())) {
    const auto& slots = signature_.slots;
    const auto& returned = signature_.returned;
    assert(slots.size() <= most_parameters);
    std::memcpy(&code_, &address, sizeof code_);
    ffi_type* const value = value_type(format);
    types_.fill(&ffi_type_pointer);
    for (std::size_t i = 0; i < slots.size(); ++i)
      if (!slots[i].output) types_[i] = value;
    for (std::size_t i = 0; i < returned.size(); ++i) members_[i] = value;  // a null ends them
    struct_.type = FFI_TYPE_STRUCT;
    struct_.elements = members_.data();
    ffi_type* given = &ffi_type_void;
    if (!returned.empty()) given = returned.size() == 1 ? value : &struct_;
    if (::ffi_prep_cif(&interface_, FFI_DEFAULT_ABI, static_cast<unsigned>(slots.size()), given,
                       types_.data()) != FFI_OK)
      throw std::runtime_error("libffi cannot call a function of the shape " + shape.text);
  }

  void run(const Arrays& arrays) const noexcept override {
    for (std::size_t i = 0; i < arrays.length; ++i) call(arrays, i);
  }

 private:
  /// Where the i-th element of an output stands.
  std::byte* place(const Arrays& arrays, const Output& output, std::size_t i) const {
    return place_of(arrays, signature_.judged, output) + i * element_;
  }

  void call(const Arrays& arrays, std::size_t i) const {
    std::array<void*, most_parameters> pointers{}, places{};
    for (std::size_t k = 0; k < signature_.slots.size(); ++k) {
      const Slot& slot = signature_.slots[k];
      if (slot.output) {
        pointers[k] = place(arrays, *slot.output, i);
        places[k] = &pointers[k];
      } else {
        places[k] = (slot.other == Parameter::x ? arrays.x : arrays.a) + i * element_;
      }
    }
    alignas(widest) std::array<std::byte, most_returned * widest> given{};
    ::ffi_call(&interface_, code_, given.data(), places.data());
    for (std::size_t k = 0; k < signature_.returned.size(); ++k)
      std::memcpy(place(arrays, signature_.returned[k], i), &given[k * element_], element_);
  }

  Signature signature_;
  std::size_t element_;  ///< bytes
  std::array<ffi_type*, most_parameters> types_{};
  std::array<ffi_type*, most_returned + 1> members_{};
  ffi_type struct_{};
  mutable ffi_cif interface_{};  // ffi_call takes it as it is, and changes nothing
  void (*code_)() = nullptr;
};

}  // namespace

std::unique_ptr<ArrayCode> value_code(void* address, const Shape& shape, const Format& format) {
  return std::make_unique<ValueCode>(address, shape, format);
}

}  // namespace napier
