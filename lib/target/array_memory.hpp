// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>
#include <cstddef>
#include <memory>
#include <span>
#include <vector>

#include "lib/fp/float.hpp"
#include "lib/target/array_code.hpp"
#include "lib/target/placement.hpp"

namespace napier {

/// Elements of the longest array.
inline constexpr std::size_t longest_array = 1024;

/// The NaN that results are painted with, which nobody computes.
Bits paint_of(const Format& format);

/// Pages between two that nobody may touch.
class GuardedPages {
 public:
  explicit GuardedPages(std::size_t bytes);  ///< throws std::runtime_error
  GuardedPages(const GuardedPages&) = delete;
  GuardedPages& operator=(const GuardedPages&) = delete;
  ~GuardedPages();
  std::byte* begin() const { return begin_; }
  std::byte* end() const { return begin_ + size_; }
  /// Is it on one of the two?
  bool guard(const void* address) const;

 private:
  std::byte* whole_;
  std::byte* begin_;
  std::size_t size_;
};

/// The memory of an array call. It is painted where results will stand and around them, so that it
/// shows what was written, and where nothing was.
///
/// The paint is a NaN with a payload that nobody computes. A function that gives back exactly that
/// is told from one that writes nothing by other paint, another time.
class ArrayMemory {
 public:
  /// Of a function of that shape, whose other outputs have pages of their own.
  ArrayMemory(const Format& format, int arity, const Shape& shape);

  enum class Paint { usual, other };
  /// Makes room for an array of that length that stands so, and paints it.
  void lay_out(const Placement& placement, Paint paint = Paint::usual);
  std::byte* x(std::size_t i) const { return arrays_.x + i * x_step_; }
  std::byte* a(std::size_t i) const { return arrays_.a + i * x_step_; }
  const std::byte* y(std::size_t i) const { return arrays_.y + i * y_step_; }
  std::size_t length() const { return arrays_.length; }  ///< 0, where the placement says so
  bool has_second() const { return arrays_.a != nullptr; }
  /// All arguments are in place: what the function finds.
  const Arrays& given();

  bool unwritten(std::size_t i) const;
  bool any_unwritten() const;
  /// What was done beside results, and at which element; not what is unwritten.
  struct Trespass {
    Damage damage = Damage::none;
    std::size_t position = 0;
  };
  Trespass trespass() const;
  /// Of which array an address is that lies on a page that nobody may touch, and at which element
  /// it would be. A handler of a signal may ask.
  Trespassed beyond(const void* address) const;

 private:
  static constexpr std::size_t margin = 128;        ///< bytes that are painted beyond both ends
  static constexpr std::size_t pattern_size = 256;  ///< of the longest comparison at once
  std::size_t extent(std::size_t step) const {
    return length() == 0 ? 0 : (length() - 1) * step + element_;
  }
  bool is_painted(const std::byte* from, std::size_t bytes) const;
  void paint(std::byte* from, std::size_t bytes) const;
  void paint_around(std::byte* results) const;
  /// Where an array of so many bytes stands, by the placement.
  std::byte* stand(const GuardedPages& pages, std::size_t bytes, int offset) const;
  std::size_t margin_before() const { return fence_ == Fence::before ? 0 : margin; }
  std::size_t margin_after() const { return fence_ == Fence::after ? 0 : margin; }
  Trespass trespass_at(const std::byte* results) const;
  std::size_t changed_argument() const;

  std::size_t element_;  ///< bytes from one element to the next
  std::size_t datum_;    ///< bytes of it that are its value
  std::size_t judged_;   ///< place among `outputs` of what y is
  GuardedPages x_pages_, a_pages_, y_pages_;
  /// Of the outputs that are not judged, in the order of `outputs`; null where there is none.
  std::array<std::unique_ptr<GuardedPages>, outputs.size()> other_pages_;
  std::vector<std::byte> x_before_, a_before_;
  std::array<std::array<std::byte, pattern_size>, 2> paints_{};
  const std::byte* paint_ = nullptr;
  Arrays arrays_;
  std::size_t x_step_ = 0, y_step_ = 0;  ///< bytes from one element of the array to the next
  bool in_place_ = false;
  Fence fence_ = Fence::none;
};

}  // namespace napier
