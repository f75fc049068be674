// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <span>
#include <string_view>

// Files that are part of the program.
namespace napier::manifests {

extern const std::string_view known_issues_toml;

struct Embedded {
  std::string_view name;  ///< of the file, without its ending
  std::string_view text;
};
/// The files of profiles/, in alphabetical order. The build makes the list.
std::span<const Embedded> profiles();
/// The files foreign/NAME.toml likewise.
std::span<const Embedded> foreign_packages();

}  // namespace napier::manifests
