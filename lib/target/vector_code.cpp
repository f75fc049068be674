// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include <cassert>
#include <cstring>
#include <stdexcept>

#include "lib/target/array_code.hpp"

// How a vector travels depends on what the caller is compiled for, so there is a caller for each
// size, which is compiled for it and called through a pointer: nothing else of this program is.
namespace napier {
namespace {

#if defined(__x86_64__)

template <class V>
using UnaryVector = V (*)(V);
template <class V>
using BinaryVector = V (*)(V, V);

using Float4 = float __attribute__((vector_size(16)));
using Double2 = double __attribute__((vector_size(16)));
using Float8 = float __attribute__((vector_size(32)));
using Double4 = double __attribute__((vector_size(32)));
using Float16 = float __attribute__((vector_size(64)));
using Double8 = double __attribute__((vector_size(64)));

/// Full vectors in memory.
struct Vectors {
  void* code;
  const void* x;
  const void* a;  ///< null for one argument
  void* y;
};
using CallVectors = void (*)(const Vectors&);

template <class V>
void call_128(const Vectors& memory) {
  V x, a;
  std::memcpy(&x, memory.x, sizeof x);
  if (memory.a != nullptr) std::memcpy(&a, memory.a, sizeof a);
  const V y = memory.a == nullptr ? reinterpret_cast<UnaryVector<V>>(memory.code)(x)
                                  : reinterpret_cast<BinaryVector<V>>(memory.code)(x, a);
  std::memcpy(memory.y, &y, sizeof y);
}

template <class V>
__attribute__((target("avx"))) void call_256(const Vectors& memory) {
  V x, a;
  std::memcpy(&x, memory.x, sizeof x);
  if (memory.a != nullptr) std::memcpy(&a, memory.a, sizeof a);
  const V y = memory.a == nullptr ? reinterpret_cast<UnaryVector<V>>(memory.code)(x)
                                  : reinterpret_cast<BinaryVector<V>>(memory.code)(x, a);
  std::memcpy(memory.y, &y, sizeof y);
}

template <class V>
__attribute__((target("avx512f"))) void call_512(const Vectors& memory) {
  V x, a;
  std::memcpy(&x, memory.x, sizeof x);
  if (memory.a != nullptr) std::memcpy(&a, memory.a, sizeof a);
  const V y = memory.a == nullptr ? reinterpret_cast<UnaryVector<V>>(memory.code)(x)
                                  : reinterpret_cast<BinaryVector<V>>(memory.code)(x, a);
  std::memcpy(memory.y, &y, sizeof y);
}

CallVectors caller_of(const VectorType& type) {
  const bool narrow = &type.element == &binary32;
  switch (type.bytes) {
    case 16:
      return narrow ? call_128<Float4> : call_128<Double2>;
    case 32:
      return narrow ? call_256<Float8> : call_256<Double4>;
    default:
      assert(type.bytes == 64);
      return narrow ? call_512<Float16> : call_512<Double8>;
  }
}

class VectorCode final : public ArrayCode {
 public:
  VectorCode(void* address, const VectorType& type)
      : address_(address),
        call_(caller_of(type)),
        bytes_(static_cast<std::size_t>(type.bytes)),
        element_(static_cast<std::size_t>(type.element.bytes())) {}

  void run(const Arrays& arrays) const noexcept override {
    assert(arrays.x_stride == 1 && arrays.y_stride == 1);
    const std::size_t end = arrays.length * element_;
    std::size_t done = 0;
    for (; done + bytes_ <= end; done += bytes_)
      call_({address_, arrays.x + done, arrays.a == nullptr ? nullptr : arrays.a + done,
             arrays.y + done});
    if (done < end) run_last(arrays, done, end - done);
  }

 private:
  static constexpr std::size_t most = 64;

  /// A vector that is filled up with its last element: one alone is in every lane.
  void run_last(const Arrays& arrays, std::size_t done, std::size_t size) const {
    alignas(most) std::byte x[most], a[most], y[most];
    const auto fill = [&](std::byte* vector, const std::byte* from) {
      std::memcpy(vector, from, size);
      for (std::size_t at = size; at < bytes_; at += element_)
        std::memcpy(vector + at, from + size - element_, element_);
    };
    fill(x, arrays.x + done);
    if (arrays.a != nullptr) fill(a, arrays.a + done);
    call_({address_, x, arrays.a == nullptr ? nullptr : a, y});
    std::memcpy(arrays.y + done, y, size);
  }

  void* address_;
  CallVectors call_;
  std::size_t bytes_;    ///< of a vector
  std::size_t element_;  ///< bytes of an element
};

}  // namespace

std::unique_ptr<ArrayCode> vector_code(void* address, const VectorType& type) {
  return std::make_unique<VectorCode>(address, type);
}

#else

}  // namespace

std::unique_ptr<ArrayCode> vector_code(void* /*address*/, const VectorType& type) {
  throw std::runtime_error(std::string(type.name) + " is a type of x86-64");
}

#endif

}  // namespace napier
