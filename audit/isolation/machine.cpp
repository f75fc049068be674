// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "audit/isolation/machine.hpp"

#include <elf.h>
#include <link.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <fstream>

namespace napier {
namespace {

struct Machine {
  unsigned number;
  const char* name;
};
constexpr std::array machines{
    Machine{EM_X86_64, "x86-64"},       Machine{EM_386, "x86 of 32 bits"},
    Machine{EM_AARCH64, "AArch64"},     Machine{EM_ARM, "ARM of 32 bits"},
    Machine{EM_RISCV, "RISC-V"},        Machine{EM_PPC64, "POWER of 64 bits"},
    Machine{EM_S390, "IBM Z"},          Machine{EM_MIPS, "MIPS"},
    Machine{EM_SPARCV9, "SPARC V9"},    Machine{EM_LOONGARCH, "LoongArch"},
    Machine{EM_PPC, "POWER of 32 bits"}};

/// The begin of an ELF file, which is the same for 32 and 64 bits.
using Begin = std::array<unsigned char, 20>;

bool read_begin(const std::string& path, Begin& begin) {
  std::ifstream file(path, std::ios::binary);
  return file.read(reinterpret_cast<char*>(begin.data()), begin.size()) &&
         std::memcmp(begin.data(), ELFMAG, SELFMAG) == 0;
}

unsigned machine_of(const Begin& begin) {
  const unsigned first = begin[18], second = begin[19];  // e_machine, in the file's byte order
  return begin[EI_DATA] == ELFDATA2MSB ? first << 8 | second : second << 8 | first;
}

}  // namespace

std::string other_machine(const std::string& path) {
  Begin theirs{}, ours{};
  if (!read_begin(path, theirs) || !read_begin("/proc/self/exe", ours)) return {};
  const unsigned number = machine_of(theirs);
  if (number == machine_of(ours) && theirs[EI_CLASS] == ours[EI_CLASS] &&
      theirs[EI_DATA] == ours[EI_DATA])
    return {};
  const auto known = std::ranges::find(machines, number, &Machine::number);
  std::string name = known != machines.end() ? known->name : "machine " + std::to_string(number);
  if (number == EM_X86_64 && theirs[EI_CLASS] == ELFCLASS32) name += " with addresses of 32 bits";
  if (number != EM_X86_64 && theirs[EI_DATA] == ELFDATA2MSB) name += ", big-endian";
  return name;
}

}  // namespace napier
