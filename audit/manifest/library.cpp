// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "audit/manifest/library.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <gelf.h>
#include <glob.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <stdexcept>

#include "audit/isolation/owned_fd.hpp"
#include "reports/store/sha256.hpp"
#include "reports/text.hpp"

namespace napier {
namespace {

namespace fs = std::filesystem;

void add_folders_of(const std::string& configuration, std::vector<std::string>& folders,
                    int depth) {
  constexpr int deepest = 4;
  std::ifstream lines(configuration);
  for (std::string line; depth < deepest && std::getline(lines, line);) {
    line = line.substr(0, line.find('#'));
    std::istringstream words(line);
    std::string word;
    if (!(words >> word)) continue;
    if (word != "include") {
      folders.push_back(word);
      continue;
    }
    if (!(words >> word)) continue;
    glob_t found{};
    if (::glob(word.c_str(), 0, nullptr, &found) == 0)
      for (std::size_t i = 0; i < found.gl_pathc; ++i)
        add_folders_of(found.gl_pathv[i], folders, depth + 1);
    ::globfree(&found);
  }
}

std::vector<std::string> loader_folders() {
  std::vector<std::string> folders;
  if (const char* given = std::getenv("LD_LIBRARY_PATH")) {
    std::istringstream parts(given);
    for (std::string part; std::getline(parts, part, ':');)
      folders.push_back(part.empty() ? "." : part);
  }
  add_folders_of("/etc/ld.so.conf", folders, 0);
  for (const char* folder : {"/lib", "/usr/lib", "/lib64", "/usr/lib64"}) folders.push_back(folder);
  return folders;
}

/// An ELF file that is open.
class ElfFile {
 public:
  explicit ElfFile(const std::string& path)
      : path_(path), file_(::open(path.c_str(), O_RDONLY | O_CLOEXEC)) {
    if (file_.number() < 0) refuse("cannot be read");
    ::elf_version(EV_CURRENT);
    elf_ = ::elf_begin(file_.number(), ELF_C_READ, nullptr);
    GElf_Ehdr header;
    if (elf_ == nullptr || ::gelf_getehdr(elf_, &header) == nullptr || header.e_type != ET_DYN) {
      ::elf_end(elf_);
      refuse("is no shared object");
    }
  }
  ElfFile(const ElfFile&) = delete;
  ElfFile& operator=(const ElfFile&) = delete;
  ~ElfFile() { ::elf_end(elf_); }

  template <class See>
  void sections(GElf_Word type, See see) const {
    for (Elf_Scn* section = nullptr; (section = ::elf_nextscn(elf_, section)) != nullptr;) {
      GElf_Shdr header;
      if (::gelf_getshdr(section, &header) == nullptr || header.sh_type != type) continue;
      if (Elf_Data* data = ::elf_getdata(section, nullptr)) see(header, data);
    }
  }

  /// Is that symbol of the dynamic table one of an old version, which nobody gets who asks by name?
  bool is_hidden(int index) const {
    constexpr int hidden = 0x8000;
    bool is = false;
    sections(SHT_GNU_versym, [&](const GElf_Shdr&, Elf_Data* data) {
      GElf_Versym version = 0;
      is = ::gelf_getversym(data, index, &version) != nullptr && (version & hidden) != 0;
    });
    return is;
  }

  std::vector<std::string> functions() const {
    std::vector<std::string> names;
    sections(SHT_DYNSYM, [&](const GElf_Shdr& header, Elf_Data* data) {
      GElf_Sym symbol;
      for (int i = 0; ::gelf_getsym(data, i, &symbol) != nullptr; ++i) {
        const auto type = GELF_ST_TYPE(symbol.st_info);
        const bool function = type == STT_FUNC || type == STT_GNU_IFUNC;
        if (!function || symbol.st_shndx == SHN_UNDEF || is_hidden(i)) continue;
        if (const char* name = ::elf_strptr(elf_, header.sh_link, symbol.st_name))
          names.emplace_back(name);
      }
    });
    std::ranges::sort(names);
    names.erase(std::unique(names.begin(), names.end()), names.end());
    return names;
  }

  std::string build_id() const {
    std::string id;
    sections(SHT_NOTE, [&](const GElf_Shdr&, Elf_Data* data) {
      GElf_Nhdr note;
      std::size_t name = 0, content = 0;
      for (std::size_t at = 0; (at = ::gelf_getnote(data, at, &note, &name, &content)) != 0;) {
        const auto* bytes = static_cast<const unsigned char*>(data->d_buf);
        if (note.n_type != NT_GNU_BUILD_ID || !id.empty()) continue;
        for (std::size_t i = 0; i < note.n_descsz; ++i)
          id += fmt::format("{:02x}", bytes[content + i]);
      }
    });
    return id;
  }

 private:
  [[noreturn]] void refuse(const char* why) const {
    throw std::runtime_error(one_line(path_) + " " + why);
  }

  std::string path_;
  OwnedFd file_;
  Elf* elf_ = nullptr;
};

std::string sha256_of_file(const std::string& path) {
  std::ifstream from(path, std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(from), {}};
  return sha256(bytes);
}

std::string identity_of(const ElfFile& file, const std::string& path) {
  const std::string id = file.build_id();
  return id.empty() ? "sha256:" + sha256_of_file(path) : "build-id:" + id;
}

}  // namespace

std::optional<std::string> find_library(const std::string& path) {
  std::error_code error;
  if (path.find('/') != std::string::npos)
    return fs::exists(path, error) ? std::optional(path) : std::nullopt;
  for (const std::string& folder : loader_folders())
    if (const fs::path found = fs::path(folder) / path; fs::exists(found, error))
      return found.string();
  return std::nullopt;
}

LibraryFile read_library(const std::string& path) {
  const ElfFile file(path);
  return {file.functions(), identity_of(file, path)};
}

std::string identity_of_library(const std::string& path) {
  const auto found = find_library(path);
  if (!found) return {};
  try {
    return identity_of(ElfFile(*found), *found);
  } catch (const std::runtime_error&) {
    return {};
  }
}

}  // namespace napier
