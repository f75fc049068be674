// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string>
#include <vector>

#include "lib/target/shape.hpp"

namespace napier {

/// A symbol of a shared object, and how it is called. A path without '/' is left to the loader's
/// search.
struct SharedObject {
  std::string path;
  std::string symbol;
  Shape shape = {};
  std::vector<std::string> environment = {};  ///< NAME=VALUE, of the processes that load it

  std::string name() const { return "so:" + path + "#" + symbol; }  ///< as on the command line
};

}  // namespace napier
