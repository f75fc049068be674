// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <memory>
#include <string>

namespace napier {

/// Where shared objects are that manifests have built, below the folder that the command runs in.
inline constexpr std::string_view built_folder = ".napier/built";

/// A source file, how it is compiled, and the shared object that comes of it.
class Build {
 public:
  /// `flags` are words of a POSIX shell. Nothing is run.
  Build(std::string source, std::string compiler, std::string flags);

  const std::string& path() const { return path_; }  ///< of the shared object
  /// "gcc -O3 -ffast-math"
  std::string how() const { return compiler_ + (flags_.empty() ? "" : " " + flags_); }
  /// Compiles it, once however often it is asked for. Throws std::runtime_error with one line: how,
  /// and the first error that the compiler tells.
  void make();

 private:
  void compile() const;

  std::string source_, compiler_, flags_, path_;
  struct Once;
  std::shared_ptr<Once> once_;
};

}  // namespace napier
