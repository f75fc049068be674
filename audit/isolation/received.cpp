// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "audit/isolation/received.hpp"

#include <cstring>
#include <initializer_list>
#include <type_traits>

namespace napier {
namespace {

/// Its bytes, read once.
template <class T>
T copy_of(const T& given) {
  static_assert(std::is_trivially_copyable_v<T>);
  T copy;
  std::memcpy(&copy, &given, sizeof copy);
  return copy;
}

void mend(std::initializer_list<bool*> all) {
  for (bool* one : all) *one = received(*one);
}

void mend(Flags& flags) {
  auto& [invalid, divide_by_zero, overflow, underflow, inexact] = flags;
  mend({&invalid, &divide_by_zero, &overflow, &underflow, &inexact});
}

/// The first of its kind, where it is none.
template <class Enum>
void mend(Enum& value, Enum last) {
  using Number = std::make_unsigned_t<std::underlying_type_t<Enum>>;
  if (static_cast<Number>(value) > static_cast<Number>(last)) value = Enum{};
}

}  // namespace

bool received(const bool& given) {
  unsigned char byte = 0;
  std::memcpy(&byte, &given, 1);
  return byte != 0;
}

BlockEffects received(const BlockEffects& given) {
  BlockEffects copy = copy_of(given);
  auto& [control_kept, errno_zeroed, signalled, unwritten, lowered] = copy;
  mend({&control_kept, &errno_zeroed, &signalled, &unwritten, &lowered});
  return copy;
}

Placement received(const Placement& given) {
  Placement copy = copy_of(given);
  mend({&copy.in_place, &copy.empty, &copy.trespassed.wrote});
  mend(copy.fence, Fence::after);
  mend(copy.damage, Damage::something);
  mend(copy.trespassed.array, Trespassed::Of::da);
  return copy;
}

Answer received(const Answer& given) {
  Answer copy = copy_of(given);
  copy.placement = received(copy.placement);
  mend(copy.flags);
  mend(copy.lowered);
  mend(copy.ending, Ending::not_called);
  return copy;
}

}  // namespace napier
