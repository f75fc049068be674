// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "audit/isolation/binding.hpp"

#include <dlfcn.h>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <map>
#include <string_view>
#include <vector>

#include "audit/isolation/exports.hpp"

namespace napier {
namespace {

std::string home_of(const char* function) {
  return path_of_address(::dlsym(RTLD_DEFAULT, function));
}

/// What every program calls says nothing of the arithmetic.
bool is_of_the_system(std::string_view path) {
  static const std::array system{home_of("gettid"), home_of("__tls_get_addr"),
                                 home_of("_Unwind_Resume"), home_of("__cxa_throw")};
  return std::ranges::find(system, path) != system.end();
}

}  // namespace

std::string why_not_bound_deeply() {
#ifndef RTLD_DEEPBIND
  return "this loader has no RTLD_DEEPBIND";
#else
  for (const char* const runtime : {"__asan_init", "__hwasan_init", "__msan_init", "__tsan_init"})
    if (::dlsym(RTLD_DEFAULT, runtime) != nullptr)
      return "a sanitizer in this process does not bear RTLD_DEEPBIND";
  const std::string memory = home_of("malloc");
  if (memory != home_of("gettid"))
    return fmt::format("the malloc of {} does not bear RTLD_DEEPBIND", memory);
  return {};
#endif
}

int binding_flag() {
#ifdef RTLD_DEEPBIND
  if (why_not_bound_deeply().empty()) return RTLD_DEEPBIND;
#endif
  return 0;
}

std::string passed_by(void* handle) {
  for (const Binding& binding : bindings_of(handle)) {
    const std::string name(binding.name);
    // By its home: of one name there are several versions, or several addresses by the processor.
    const void* const own = ::dlsym(handle, name.c_str());
    if (own == nullptr) continue;  // linked with nothing that has it, it gets what its user has
    const std::string wanted = path_of_address(own);
    if (!binding.weak && !is_of_the_system(wanted) && path_of_address(binding.address) != wanted)
      return name;
  }
  return {};
}

std::string bindings_text(void* handle) {
  constexpr std::size_t most_names = 12, most_own = 3;
  const std::string own = loaded_path(handle);
  std::map<std::string, std::vector<std::string_view>> by_home;  // its own, "", come first
  for (const Binding& binding : bindings_of(handle)) {
    const std::string home = path_of_address(binding.address);
    if (!binding.name.starts_with('_') && !is_of_the_system(home))
      by_home[home == own ? "" : home].push_back(binding.name);
  }
  std::string text;
  for (const auto& [home, names] : by_home) {
    const std::size_t shown = std::min(names.size(), home.empty() ? most_own : most_names);
    text += fmt::format(
        "{}{}{} from {}", text.empty() ? "" : "; ",
        fmt::join(names.begin(), names.begin() + static_cast<std::ptrdiff_t>(shown), ", "),
        shown == names.size() ? "" : fmt::format(" and {} more", names.size() - shown),
        home.empty() ? "itself" : home);
  }
  return text;
}

}  // namespace napier
