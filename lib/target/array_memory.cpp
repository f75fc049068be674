// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "lib/target/array_memory.hpp"

#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cassert>
#include <cstring>
#include <stdexcept>

namespace napier {
namespace {

constexpr std::size_t boundary = 64;     // of a cache line, and of the widest vector
constexpr std::size_t most_offset = 16;  // elements
constexpr std::size_t most_stride = 4;   // elements
constexpr std::size_t widest = 16;       // bytes of an element
constexpr std::size_t around = 1 << 12;  // bytes of an overrun that reach no guard

/// Bytes that hold an array however it is laid out.
constexpr std::size_t room = (longest_array * most_stride + most_offset) * widest + 2 * around;

std::size_t page_size() { return static_cast<std::size_t>(::sysconf(_SC_PAGESIZE)); }

/// A NaN that nobody computes.
Bits odd_nan(const Format& format, bool negative) {
  const Bits payload =
      (Bits(0x5a5a'5a5a'5a5a'5a5a) << 64 | 0x5a5a'5a5a'5a5a'5a5a) >> (negative ? 1 : 0) &
      ((Bits(1) << (format.fraction_bits() - 1)) - 1);
  const Float nan = quiet_nan(format);
  return (negative ? negated(nan) : nan).bits | payload;
}

}  // namespace

Bits paint_of(const Format& format) { return odd_nan(format, false); }

GuardedPages::GuardedPages(std::size_t bytes) {
  const std::size_t page = page_size();
  size_ = (bytes + page - 1) / page * page;
  void* const memory =
      ::mmap(nullptr, size_ + 2 * page, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED) throw std::runtime_error("no memory for the arrays of a call");
  whole_ = static_cast<std::byte*>(memory);
  begin_ = whole_ + page;
  if (::mprotect(begin_, size_, PROT_READ | PROT_WRITE) != 0)
    throw std::runtime_error("no memory for the arrays of a call");
}

bool GuardedPages::guard(const void* address) const {
  const auto* const at = static_cast<const std::byte*>(address);
  const std::size_t page = page_size();
  return (at >= whole_ && at < begin_) || (at >= end() && at < end() + page);
}

GuardedPages::~GuardedPages() { ::munmap(whole_, size_ + 2 * page_size()); }

ArrayMemory::ArrayMemory(const Format& format, int arity, const Shape& shape)
    : element_(static_cast<std::size_t>(format.bytes())),
      datum_(static_cast<std::size_t>(format.width) / 8),
      x_pages_(room),
      a_pages_(arity == 2 ? room : 1),
      y_pages_(room),
      x_before_(room),
      a_before_(arity == 2 ? room : 0) {
  const Signature signature = parse_signature(shape);
  judged_ = place_of(signature.judged);
  for (std::size_t k = 0; k < outputs.size(); ++k)
    if (outputs[k] != signature.judged && signature.gives(outputs[k]))
      other_pages_[k] = std::make_unique<GuardedPages>(room);
  for (std::size_t k = 0; k < paints_.size(); ++k) {
    std::array<std::byte, widest> one;
    one.fill(std::byte{0x5a});
    const Bits bits = odd_nan(format, k == 1);
    std::memcpy(one.data(), &bits, datum_);
    for (std::size_t at = 0; at < pattern_size; at += element_)
      std::memcpy(&paints_[k][at], one.data(), element_);
  }
}

void ArrayMemory::paint(std::byte* from, std::size_t bytes) const {
  for (; bytes > pattern_size; from += pattern_size, bytes -= pattern_size)
    std::memcpy(from, paint_, pattern_size);
  std::memcpy(from, paint_, bytes);
}

bool ArrayMemory::is_painted(const std::byte* from, std::size_t bytes) const {
  for (; bytes > pattern_size; from += pattern_size, bytes -= pattern_size)
    if (std::memcmp(from, paint_, pattern_size) != 0) return false;
  return std::memcmp(from, paint_, bytes) == 0;
}

void ArrayMemory::lay_out(const Placement& placement, Paint paint_kind) {
  assert(placement.length >= 1 && placement.length <= longest_array);
  assert(placement.x_offset <= most_offset && placement.y_offset <= most_offset);
  assert(placement.x_stride <= most_stride && placement.y_stride <= most_stride);
  static_assert(around % boundary == 0);
  paint_ = paints_[paint_kind == Paint::usual ? 0 : 1].data();
  in_place_ = placement.in_place;
  fence_ = placement.fence;
  arrays_.length = placement.empty ? 0 : placement.length;
  x_step_ = placement.x_stride * element_;
  y_step_ = in_place_ ? x_step_ : placement.y_stride * element_;
  arrays_.x = stand(x_pages_, extent(x_step_), placement.x_offset);
  arrays_.a = a_before_.empty() ? nullptr : stand(a_pages_, extent(x_step_), placement.x_offset);
  arrays_.y = in_place_ ? arrays_.x : stand(y_pages_, extent(y_step_), placement.y_offset);
  arrays_.x_stride = placement.x_stride;
  arrays_.y_stride = in_place_ ? placement.x_stride : placement.y_stride;
  paint_around(arrays_.y);
  for (std::size_t k = 0; k < other_pages_.size(); ++k) {
    if (other_pages_[k] == nullptr) continue;
    arrays_.others[k] = stand(*other_pages_[k], extent(y_step_), placement.y_offset);
    paint_around(arrays_.others[k]);
  }
}

std::byte* ArrayMemory::stand(const GuardedPages& pages, std::size_t bytes, int offset) const {
  switch (fence_) {
    case Fence::before:
      return pages.begin();
    case Fence::after:
      return pages.end() - bytes;
    case Fence::none:
      break;
  }
  return pages.begin() + around + static_cast<std::size_t>(offset) * element_;
}

void ArrayMemory::paint_around(std::byte* results) const {
  paint(results - margin_before(), margin_before() + extent(y_step_) + margin_after());
}

const Arrays& ArrayMemory::given() {
  if (!in_place_) std::memcpy(x_before_.data(), arrays_.x, extent(x_step_));
  if (has_second()) std::memcpy(a_before_.data(), arrays_.a, extent(x_step_));
  return arrays_;
}

bool ArrayMemory::unwritten(std::size_t i) const {
  return !in_place_ && std::memcmp(y(i), paint_, datum_) == 0;
}

namespace {
/// Is any of so many elements, so many bytes apart, just that? A comparison of each by its size
/// that the compiler knows takes a tenth of the time.
template <class Word>
bool any_is(const std::byte* at, std::size_t step, std::size_t count, const std::byte* what) {
  Word wanted;
  std::memcpy(&wanted, what, sizeof wanted);
  bool any = false;
  for (std::size_t i = 0; i < count; ++i) {
    Word word;
    __builtin_memcpy(&word, at + i * step, sizeof word);  // memcpy is a call, without builtins
    any |= word == wanted;
  }
  return any;
}
}  // namespace

bool ArrayMemory::any_unwritten() const {
  if (in_place_) return false;
  const std::byte* const first = y(0);
  switch (datum_) {
    case 2:
      return any_is<std::uint16_t>(first, y_step_, arrays_.length, paint_);
    case 4:
      return any_is<std::uint32_t>(first, y_step_, arrays_.length, paint_);
    case 8:
      return any_is<std::uint64_t>(first, y_step_, arrays_.length, paint_);
    default:
      break;
  }
  for (std::size_t i = 0; i < arrays_.length; ++i)
    if (unwritten(i)) return true;
  return false;
}

std::size_t ArrayMemory::changed_argument() const {
  std::size_t i = 0;
  const auto differs = [this](const std::byte* now, const std::vector<std::byte>& before,
                              std::size_t at) {
    return std::memcmp(now, &before[at * x_step_], datum_) != 0;
  };
  while (i + 1 < arrays_.length && (in_place_ || !differs(x(i), x_before_, i)) &&
         !(has_second() && differs(a(i), a_before_, i)))
    ++i;
  return i;
}

ArrayMemory::Trespass ArrayMemory::trespass() const {
  if (const Trespass found = trespass_at(arrays_.y); found.damage != Damage::none) return found;
  for (const std::byte* const other : arrays_.others) {
    if (other == nullptr) continue;
    if (const Trespass found = trespass_at(other); found.damage != Damage::none) return found;
  }
  const std::size_t bytes = extent(x_step_);
  if ((!in_place_ && std::memcmp(arrays_.x, x_before_.data(), bytes) != 0) ||
      (has_second() && std::memcmp(arrays_.a, a_before_.data(), bytes) != 0))
    return {Damage::arguments, changed_argument()};
  return {};
}

namespace {
/// The k-th of `outputs`.
Trespassed::Of output_of(std::size_t k) {
  static_assert(outputs.size() == 4 && outputs[3].letter == "da");
  return static_cast<Trespassed::Of>(static_cast<std::size_t>(Trespassed::Of::y) + k);
}
}  // namespace

Trespassed ArrayMemory::beyond(const void* address) const {
  using Of = Trespassed::Of;
  const auto size = static_cast<std::ptrdiff_t>(element_);
  Trespassed found;
  const auto look = [&](Of array, const GuardedPages& pages, const std::byte* first) {
    if (first == nullptr || !pages.guard(address)) return;
    const std::ptrdiff_t apart = static_cast<const std::byte*>(address) - first;
    const std::ptrdiff_t element = (apart - (apart < 0 ? size - 1 : 0)) / size;
    found = {.array = array, .element = static_cast<std::int32_t>(element)};
  };
  look(Of::x, x_pages_, arrays_.x);
  look(Of::a, a_pages_, arrays_.a);
  if (!in_place_) look(output_of(judged_), y_pages_, arrays_.y);
  for (std::size_t k = 0; k < outputs.size(); ++k)
    if (other_pages_[k] != nullptr) look(output_of(k), *other_pages_[k], arrays_.others[k]);
  return found;
}

/// … around the results that stand there.
ArrayMemory::Trespass ArrayMemory::trespass_at(const std::byte* results) const {
  const std::size_t last = std::max<std::size_t>(arrays_.length, 1) - 1;
  if (!is_painted(results - margin_before(), margin_before())) return {Damage::before, 0};
  if (!is_painted(results + extent(y_step_), margin_after())) return {Damage::after, last};
  if (y_step_ != element_)
    for (std::size_t i = 0; i < last; ++i)
      if (!is_painted(results + i * y_step_ + element_, y_step_ - element_))
        return {Damage::between, i};
  return {};
}

}  // namespace napier
