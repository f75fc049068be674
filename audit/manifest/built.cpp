// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "audit/manifest/built.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <array>
#include <cctype>
#include <cstdio>
#include <filesystem>
#include <mutex>
#include <sstream>
#include <stdexcept>

#include "reports/store/sha256.hpp"
#include "reports/text.hpp"

namespace napier {
namespace {

namespace fs = std::filesystem;

/// "exp-O3-ffast-math-1a2b3c4d.so": legible, and one for each way to build each file.
std::string file_name(const std::string& source, const std::string& compiler,
                      const std::string& flags) {
  std::string words;
  for (const char c : flags) {
    const bool plain = std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '.' || c == '_';
    if (plain || (!words.empty() && words.back() != '-')) words += plain ? c : '-';
  }
  constexpr std::size_t most = 60, telling = 8;
  return fmt::format("{}-{}-{}.so", fs::path(source).stem().string(), words.substr(0, most),
                     sha256(source + '\0' + compiler + '\0' + flags).substr(0, telling));
}

/// The first line that tells an error, of what a compiler printed; or the first.
std::string first_error(const std::string& printed) {
  std::istringstream lines(printed);
  std::string first;
  for (std::string line; std::getline(lines, line);) {
    if (line.find("error") != line.npos) return line;
    if (first.empty()) first = line;
  }
  return first.empty() ? "it told no reason" : first;
}

}  // namespace

struct Build::Once {
  std::once_flag flag;
  std::string failure;
};

Build::Build(std::string source, std::string compiler, std::string flags)
    : source_(std::move(source)),
      compiler_(std::move(compiler)),
      flags_(std::move(flags)),
      path_(fmt::format("{}/{}", built_folder, file_name(source_, compiler_, flags_))),
      once_(std::make_shared<Once>()) {}

void Build::make() {
  std::call_once(once_->flag, [this] {
    try {
      compile();
    } catch (const std::exception& error) {
      once_->failure = error.what();
    }
  });
  if (!once_->failure.empty()) throw std::runtime_error(once_->failure);
}

void Build::compile() const {
  std::error_code error;
  fs::create_directories(built_folder, error);
  if (error)
    throw std::runtime_error(
        fmt::format("{}: {}; what a manifest builds is put there", built_folder, error.message()));
  // Beside it, and renamed: another audit may be using what is there.
  const std::string made = fmt::format("{}.{}", path_, ::getpid());
  const std::string command = fmt::format("{} {} -shared -fPIC -o {} {} -lm 2>&1 < /dev/null",
                                          compiler_, flags_, shell_word(made), shell_word(source_));
  FILE* const pipe = ::popen(command.c_str(), "re");
  if (pipe == nullptr) throw std::runtime_error(compiler_ + " can't be run");
  std::string printed;
  std::array<char, 4096> bytes;
  for (std::size_t size; (size = std::fread(bytes.data(), 1, bytes.size(), pipe)) != 0;)
    printed.append(bytes.data(), size);
  if (::pclose(pipe) != 0) {
    fs::remove(made, error);
    throw std::runtime_error(
        fmt::format("{}: '{}' fails: {}", source_, how(), one_line(first_error(printed))));
  }
  fs::rename(made, path_, error);
  if (error) throw std::runtime_error(fmt::format("{}: {}", path_, error.message()));
}

}  // namespace napier
