// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "audit/isolation/load.hpp"

#include <dlfcn.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <span>
#include <stdexcept>
#include <string_view>
#include <vector>

#include "audit/isolation/binding.hpp"
#include "audit/isolation/exports.hpp"
#include "audit/isolation/machine.hpp"
#include "audit/isolation/through_pointer.hpp"
#include "audit/nearest.hpp"

namespace napier {
namespace {

[[noreturn]] void refuse(const SharedObject& object, const std::string& why) {
  throw std::runtime_error(object.name() + ": " + why);
}

bool is_folder(const std::string& path) {
  struct stat found {};
  return ::stat(path.c_str(), &found) == 0 && S_ISDIR(found.st_mode);
}

std::string mend_of_loading(const SharedObject& object, std::string_view error) {
  const bool slash = object.path.find('/') != std::string::npos;
  const auto says = [error](std::string_view words) {
    return error.find(words) != std::string_view::npos;
  };
  if (is_folder(object.path)) return "that is a folder: name a library in it";
  if (::access(object.path.c_str(), F_OK) == 0 && is_source(object.path))
    return fmt::format(
        "that is a source file: build a shared object of it, as by cc -O2 -shared -fPIC -o "
        "libmine.so {} -lm",
        object.path);
  if (!slash && ::access(object.path.c_str(), F_OK) == 0)
    return fmt::format("a name without / is looked for by the loader alone: write so:./{}#{}",
                       object.path, object.symbol);
  if (says("No such file") && !slash)
    return "give a path with a /, or a name that ldconfig -p lists";
  if (says("No such file") && ::access(object.path.c_str(), F_OK) != 0) return "check the path";
  if (says("No such file")) return "it needs a library that is missing: see ldd";
  if (says("undefined symbol")) return "link it with the library that defines this symbol";
  if (says("invalid ELF header") || says("file too short") || says("wrong ELF class"))
    return "a shared library for this machine is needed, as cc -shared -fPIC makes";
  return "check that it is a shared library for this machine";
}

// An exception that leaves a constructor of the object ends the process here, as a crash.
void* open_object(const char* path) noexcept {
  return ::dlopen(path, RTLD_NOW | RTLD_LOCAL | binding_flag());
}

/// Was it loaded before, as a library of this program? Then it is bound as in other programs, each
/// function when it is first called.
bool is_ours(const SharedObject& object) {
  void* const handle = ::dlopen(object.path.c_str(), RTLD_NOW | RTLD_NOLOAD);
  if (handle != nullptr) ::dlclose(handle);
  return handle != nullptr;
}

void* load(const SharedObject& object) {
  void* const handle = open_object(object.path.c_str());
  if (handle != nullptr) return handle;
  const char* const error = ::dlerror();
  if (const std::string machine = other_machine(object.path); !machine.empty())
    refuse(object, fmt::format("it is for another machine, {}; build it for this one, or try it as "
                               "a process under an emulator: see docs/protocol.md",
                               machine));
  const std::string words = error != nullptr ? error : "no reason given";
  refuse(object, fmt::format("cannot be loaded: {}; {}", words, mend_of_loading(object, words)));
}

std::string no_such_symbol(const SharedObject& object, std::span<const Export> exports) {
  std::vector<std::string_view> functions;
  for (const Export& row : exports)
    if (row.kind == SymbolKind::function) functions.push_back(row.name);
  const std::string nearest = nearest_clause(object.symbol, functions);
  if (!nearest.empty()) return "no such symbol" + nearest;
  return fmt::format(
      "no such symbol among its {} functions: nm -D --defined-only lists them; a "
      "C++ function needs extern \"C\"",
      functions.size());
}

/// The code of a symbol that is data: a variable that holds the address of a function.
void* code_of_variable(const SharedObject& object, const Export& own, void* variable) {
  const bool holds_code = own.size == sizeof(void*) && variable != nullptr &&
                          is_code(*static_cast<const void* const*>(variable));
  if (!holds_code)
    refuse(object,
           "this symbol is data, and neither a function nor a variable that holds the "
           "address of one; name the function that reads it");
  void* const code = code_through(static_cast<const void* const*>(variable));
  if (code == nullptr)
    refuse(object,
           "this system lets no code be made that calls through a variable; name a "
           "function instead");
  return code;
}

}  // namespace

bool is_source(std::string_view path) {
  constexpr std::array<std::string_view, 14> ends{".c",   ".cc", ".cpp", ".cxx", ".C", ".h", ".hpp",
                                                  ".f90", ".f",  ".rs",  ".go",  ".s", ".S", ".py"};
  return std::ranges::any_of(ends, [&](std::string_view end) { return path.ends_with(end); });
}

LoadedFunction load_function(const SharedObject& object) {
  const bool ours = is_ours(object);
  void* const handle = load(object);
  const std::vector<Export> exports = exports_of(handle);
  const auto own = std::ranges::find(exports, object.symbol, &Export::name);
  // dlsym also finds what the object's dependencies define. Auditing libm's exp in the name of a
  // library that merely uses it would be a false good news.
  void* address = ::dlsym(handle, object.symbol.c_str());
  if (own != exports.end() && own->kind == SymbolKind::data)
    address = code_of_variable(object, *own, address);
  if (own == exports.end() && address != nullptr)
    refuse(object, fmt::format("it does not define this symbol but gets it from {0}: write "
                               "so:{0}#{1} to audit that one",
                               path_of_address(address), object.symbol));
  if (address == nullptr) refuse(object, no_such_symbol(object, exports));
  // Auditing libm's exp in the name of an object that calls its own would be another.
  if (ours) return {address, {}};
  if (const std::string name = passed_by(handle); !name.empty())
    refuse(object, fmt::format("its calls of {} would not get its own or that of what it was "
                               "linked with: {}; run a napier without it",
                               name, why_not_bound_deeply()));
  return {address, bindings_text(handle)};
}

}  // namespace napier
