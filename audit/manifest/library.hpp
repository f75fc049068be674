// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <optional>
#include <string>
#include <vector>

// Shared objects as files. Nothing of them is run.
namespace napier {

/// Where a library is: a path with '/' as it stands, another name as the loader would look for it
/// (LD_LIBRARY_PATH, the folders of /etc/ld.so.conf, the system's). nullopt: not on this machine.
std::optional<std::string> find_library(const std::string& path);

/// What the file of a shared object says of itself.
struct LibraryFile {
  std::vector<std::string> functions;  ///< that it exports, each once, in alphabetical order
  std::string identity;                ///< "build-id:…", or "sha256:…" where it has none
};

/// Throws std::runtime_error with one line: no such file, or no shared object.
LibraryFile read_library(const std::string& path);

/// Its identity alone; empty where it can't be read.
std::string identity_of_library(const std::string& path);

}  // namespace napier
