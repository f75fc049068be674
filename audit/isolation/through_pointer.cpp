// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "audit/isolation/through_pointer.hpp"

#include <link.h>
#include <sys/mman.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace napier {
namespace {

// Both use a register that the ABI leaves to such code: nobody passes anything in it.
#if defined(__x86_64__)
constexpr std::array<std::uint8_t, 5> jump{0x49, 0xbb,  // movabs r11, the eight bytes that follow
                                           0x41, 0xff, 0x23};  // jmp [r11]
constexpr std::size_t before_address = 2;
#elif defined(__aarch64__)
constexpr std::array<std::uint8_t, 12> jump{
    0x70, 0x00, 0x00, 0x58,   // ldr x16, the eight bytes 12 bytes on
    0x10, 0x02, 0x40, 0xf9,   // ldr x16, [x16]
    0x00, 0x02, 0x1f, 0xd6};  // br x16
constexpr std::size_t before_address = jump.size();
#else
constexpr std::array<std::uint8_t, 0> jump{};
constexpr std::size_t before_address = 0;
#endif

struct Looked {
  std::uintptr_t address;
  bool found = false;
};

int look(dl_phdr_info* object, std::size_t /*size*/, void* data) {
  auto& looked = *static_cast<Looked*>(data);
  for (int i = 0; i < object->dlpi_phnum; ++i) {
    const auto& segment = object->dlpi_phdr[i];
    const std::uintptr_t begin = object->dlpi_addr + segment.p_vaddr;
    looked.found |= segment.p_type == PT_LOAD && (segment.p_flags & PF_X) != 0 &&
                    looked.address >= begin && looked.address - begin < segment.p_memsz;
  }
  return looked.found ? 1 : 0;
}

}  // namespace

bool is_code(const void* address) {
  Looked looked{reinterpret_cast<std::uintptr_t>(address)};
  ::dl_iterate_phdr(look, &looked);
  return looked.found;
}

void* code_through(const void* const* variable) {
  if (jump.empty()) return nullptr;
  constexpr std::size_t size = 64;
  void* const memory =
      ::mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED) return nullptr;
  auto* const code = static_cast<std::uint8_t*>(memory);
  std::memcpy(code, jump.data(), before_address);
  std::memcpy(code + before_address, &variable, sizeof variable);
  std::memcpy(code + before_address + sizeof variable, jump.data() + before_address,
              jump.size() - before_address);
  __builtin___clear_cache(reinterpret_cast<char*>(code), reinterpret_cast<char*>(code) + size);
  return ::mprotect(memory, size, PROT_READ | PROT_EXEC) == 0 ? memory : nullptr;
}

}  // namespace napier
