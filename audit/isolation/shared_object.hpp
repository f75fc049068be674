// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string>

namespace napier {

/// A symbol of a shared object. A path without '/' is left to the loader's search.
struct SharedObject {
  std::string path;
  std::string symbol;

  std::string name() const { return "so:" + path + "#" + symbol; }  ///< as on the command line
};

}  // namespace napier
