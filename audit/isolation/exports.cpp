// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "audit/isolation/exports.hpp"

#include <dlfcn.h>
#include <elf.h>
#include <link.h>

#include <algorithm>
#include <cstdint>
#include <span>

namespace napier {
namespace {

const link_map* map_of(void* handle) {
  link_map* map = nullptr;
  return ::dlinfo(handle, RTLD_DI_LINKMAP, &map) == 0 ? map : nullptr;
}

/// The tables of the dynamic section that we read (System V ABI, "Dynamic Linking").
struct Tables {
  const ElfW(Sym) * symbols = nullptr;
  const char* strings = nullptr;
  const std::uint32_t* hash = nullptr;
  const std::uint32_t* gnu_hash = nullptr;
  std::span<const ElfW(Rela)> bound_at_calls;  ///< the procedure linkage table's
  std::span<const ElfW(Rela)> bound_at_once;
};

Tables tables_of(const link_map& map) {
  // glibc turns the offsets into addresses where the section is writable, other loaders don't.
  const auto address = [&map](ElfW(Addr) value) {
    return reinterpret_cast<const void*>(value < map.l_addr ? map.l_addr + value : value);
  };
  const auto relocations = [](const void* at, std::size_t bytes) {
    return std::span(static_cast<const ElfW(Rela)*>(at), bytes / sizeof(ElfW(Rela)));
  };
  const void *at_calls = nullptr, *at_once = nullptr;
  std::size_t bytes_at_calls = 0, bytes_at_once = 0;
  Tables tables;
  for (const ElfW(Dyn)* entry = map.l_ld; entry->d_tag != DT_NULL; ++entry) {
    const void* const at = address(entry->d_un.d_ptr);
    switch (entry->d_tag) {
      case DT_SYMTAB:
        tables.symbols = static_cast<const ElfW(Sym)*>(at);
        break;
      case DT_STRTAB:
        tables.strings = static_cast<const char*>(at);
        break;
      case DT_HASH:
        tables.hash = static_cast<const std::uint32_t*>(at);
        break;
      case DT_GNU_HASH:
        tables.gnu_hash = static_cast<const std::uint32_t*>(at);
        break;
      case DT_JMPREL:
        at_calls = at;
        break;
      case DT_RELA:
        at_once = at;
        break;
      case DT_PLTRELSZ:
        bytes_at_calls = entry->d_un.d_val;
        break;
      case DT_RELASZ:
        bytes_at_once = entry->d_un.d_val;
        break;
      default:
        break;
    }
  }
  if (at_calls != nullptr) tables.bound_at_calls = relocations(at_calls, bytes_at_calls);
  if (at_once != nullptr) tables.bound_at_once = relocations(at_once, bytes_at_once);
  return tables;
}

/// The GNU hash table has no count: the symbols end with the chain of the last filled bucket.
std::size_t count_by_gnu_hash(const std::uint32_t* table) {
  const std::uint32_t bucket_count = table[0];
  const std::uint32_t first_hashed = table[1];
  const std::uint32_t bloom_words = table[2];
  const std::uint32_t* buckets = table + 4 + bloom_words * (sizeof(ElfW(Addr)) / 4);
  const std::uint32_t* chain = buckets + bucket_count;
  std::size_t last = 0;
  for (const std::uint32_t bucket : std::span(buckets, bucket_count))
    last = std::max<std::size_t>(last, bucket);
  if (last < first_hashed) return first_hashed;
  while ((chain[last - first_hashed] & 1) == 0) ++last;  // the lowest bit ends a chain
  return last + 1;
}

std::size_t symbol_count(const Tables& tables) {
  if (tables.hash != nullptr) return tables.hash[1];
  return tables.gnu_hash != nullptr ? count_by_gnu_hash(tables.gnu_hash) : 0;
}

bool is_function(unsigned char type) {
  return type == STT_FUNC || type == STT_GNU_IFUNC || type == STT_NOTYPE;
}

/// Does it put the address of a symbol in a place of the object's, and nothing else?
bool puts_an_address(const ElfW(Rela) & relocation) {
  const auto type = ELF64_R_TYPE(relocation.r_info);
#if defined(__x86_64__)
  return type == R_X86_64_JUMP_SLOT || type == R_X86_64_GLOB_DAT ||
         (type == R_X86_64_64 && relocation.r_addend == 0);
#elif defined(__aarch64__)
  return type == R_AARCH64_JUMP_SLOT || type == R_AARCH64_GLOB_DAT ||
         (type == R_AARCH64_ABS64 && relocation.r_addend == 0);
#else
  return false;
#endif
}

}  // namespace

std::vector<Export> exports_of(void* handle) {
  const link_map* map = map_of(handle);
  if (map == nullptr) return {};
  const Tables tables = tables_of(*map);
  if (tables.symbols == nullptr || tables.strings == nullptr) return {};
  std::vector<Export> found;
  for (const ElfW(Sym) & symbol : std::span(tables.symbols, symbol_count(tables))) {
    const unsigned char type = ELF64_ST_TYPE(symbol.st_info);  // the same in 32 bits
    const unsigned char binding = ELF64_ST_BIND(symbol.st_info);
    if (symbol.st_shndx == SHN_UNDEF || symbol.st_shndx == SHN_ABS || binding == STB_LOCAL ||
        type == STT_SECTION || type == STT_FILE)
      continue;
    found.push_back({tables.strings + symbol.st_name,
                     is_function(type) ? SymbolKind::function : SymbolKind::data, symbol.st_size});
  }
  return found;
}

std::vector<Binding> bindings_of(void* handle) {
  const link_map* map = map_of(handle);
  if (map == nullptr) return {};
  const Tables tables = tables_of(*map);
  if (tables.symbols == nullptr || tables.strings == nullptr) return {};
  std::vector<Binding> found;
  for (const auto& relocations : {tables.bound_at_calls, tables.bound_at_once})
    for (const ElfW(Rela) & relocation : relocations) {
      const ElfW(Sym)& symbol = tables.symbols[ELF64_R_SYM(relocation.r_info)];
      if (!puts_an_address(relocation) || !is_function(ELF64_ST_TYPE(symbol.st_info))) continue;
      const auto* const place =
          reinterpret_cast<const void* const*>(map->l_addr + relocation.r_offset);
      if (*place == nullptr) continue;  // a weak one that nobody has
      found.push_back(
          {tables.strings + symbol.st_name, *place, ELF64_ST_BIND(symbol.st_info) == STB_WEAK});
    }
  std::ranges::sort(found, {}, &Binding::name);
  const auto twice = std::ranges::unique(found, {}, &Binding::name);
  found.erase(twice.begin(), twice.end());
  return found;
}

std::string loaded_path(void* handle) {
  const link_map* map = map_of(handle);
  return map == nullptr ? "" : map->l_name;
}

std::string path_of_address(const void* address) {
  Dl_info info{};
  return ::dladdr(address, &info) != 0 && info.dli_fname != nullptr ? info.dli_fname : "";
}

}  // namespace napier
