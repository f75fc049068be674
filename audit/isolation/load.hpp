// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string>
#include <string_view>

#include "audit/isolation/shared_object.hpp"

namespace napier {

/// A function of a loaded object.
struct LoadedFunction {
  void* address = nullptr;
  std::string bindings;  ///< which objects its object's calls go to, in words, see binding.hpp;
                         ///< empty where it was loaded before, as a library of this program
};

/// Loads the object into this process, which runs its constructors, and finds the function. For
/// the child only. Throws std::runtime_error with one line that names the target and the mend:
/// not loadable, no such symbol (with the nearest ones), data that holds no function's address
/// (what does is called through, see through_pointer.hpp), a symbol that is not the object's own
/// but of something it depends on, or an object whose own functions its calls don't reach.
LoadedFunction load_function(const SharedObject& object);

/// Does a file's name end as those of source files do?
bool is_source(std::string_view path);

}  // namespace napier
