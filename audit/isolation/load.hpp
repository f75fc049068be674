// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include "audit/isolation/shared_object.hpp"

namespace napier {

/// Loads the object into this process, which runs its constructors, and finds the function. For
/// the child only. Throws std::runtime_error with one line that names the target and the mend:
/// not loadable, no such symbol (with the nearest ones), a symbol that is data, or one that is not
/// the object's own but of something it depends on.
void* load_function(const SharedObject& object);

}  // namespace napier
