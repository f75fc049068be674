// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace napier {

enum class SymbolKind { function, data };

/// A symbol that a shared object defines itself, as its dynamic symbol table has it.
struct Export {
  std::string_view name;  ///< lives as long as the object stays loaded
  SymbolKind kind;        ///< indirect functions and symbols without a type count as functions
  std::size_t size = 0;   ///< bytes
};

/// What a loaded object exports, read from its tables in memory; none of its code is run. The
/// objects it depends on are not looked into. `handle` is from dlopen.
std::vector<Export> exports_of(void* handle);

/// A function that a loaded object calls by name, through its own tables.
struct Binding {
  std::string_view name;  ///< lives as long as the object stays loaded
  const void* address;    ///< what its calls reach
  bool weak;              ///< anybody's will do, as of an inline function of C++
};

/// The functions that a loaded object calls by name and may get from other objects, as the loader
/// bound them, sorted by name. To be asked after everything was bound (RTLD_NOW).
std::vector<Binding> bindings_of(void* handle);

/// The file of a loaded object, as the loader has it.
std::string loaded_path(void* handle);

/// The file of the loaded object that an address lies in; empty if none.
std::string path_of_address(const void* address);

}  // namespace napier
