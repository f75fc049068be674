// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "audit/manifest/program.hpp"

#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <sstream>

namespace napier {

std::string first_program(const std::string& text) {
  std::istringstream words(text.substr(text.find(':') + 1));
  std::string word;
  while (words >> word && (word == "env" || word.find('=') != word.npos)) {
  }
  return word;
}

bool is_program(const std::string& name) {
  const auto runs = [](const std::filesystem::path& path) {
    return ::access(path.c_str(), X_OK) == 0;
  };
  if (name.empty() || name.find_first_of("'\"$`\\(") != name.npos) return true;
  if (name.find('/') != name.npos) return runs(name);
  const char* path = std::getenv("PATH");
  std::istringstream folders(path == nullptr ? "/usr/bin:/bin" : path);
  for (std::string folder; std::getline(folders, folder, ':');)
    if (runs(std::filesystem::path(folder) / name)) return true;
  return false;
}

}  // namespace napier
