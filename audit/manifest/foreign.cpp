// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "audit/manifest/foreign.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cstdlib>
#include <filesystem>

#include "audit/manifest/embedded.hpp"
#include "audit/manifest/library.hpp"
#include "audit/manifest/promise_table.hpp"

namespace napier {
namespace {

namespace fs = std::filesystem;

fs::path folder_of_modules() {
  if (const char* given = std::getenv("NAPIER_FOREIGN")) return given;
  std::error_code error;
  return fs::read_symlink("/proc/self/exe", error).parent_path() / "foreign";
}

/// A file foreign/NAME.toml, and the module that the build makes of NAME.cpp.
class Package {
 public:
  Package(const manifests::Embedded& file, const fs::path& folder, const Patience& patience)
      : name_(file.name),
        root_(TomlNode::parse(file.text, fmt::format("foreign/{}.toml", name_))),
        module_((folder / (name_ + ".so")).string()),
        patience_(patience) {
    root_.check_keys(
        {"title", "package", "header", "libraries", "source", "note", "cases", "expect"});
    const bool is_built = find_library(module_).has_value();
    if (is_built) object_ = identity_of_library(module_);
    if (!is_built)
      absent_ = fmt::format("not built, for want of a package or of a full build (package {})",
                            fmt::join(root_["package"].texts(), " "));
  }

  std::vector<Candidate> candidates() const {
    const PromiseTable expected(root_["expect"], root_["source"].text());
    std::vector<Candidate> all;
    for (const auto& [key, sentence] : root_["expect"].entries())
      all.push_back(sentence.at_this_place([&] { return candidate(key, expected); }));
    return all;
  }

 private:
  Candidate candidate(const std::string& key, const PromiseTable& expected) const {
    const std::size_t colon = key.find(':');
    if (colon == key.npos)
      throw std::invalid_argument("a row of foreign/ is FUNCTION:FORMAT, as in d_exp:binary64");
    SharedObjectOptions options;
    options.function = key.substr(0, colon);
    options.format = key.substr(colon + 1);
    options.patience = patience_;
    const SharedObject object{module_, *options.function + "_" + *options.format};
    Candidate made{shared_object_target(object.name(), options).target, "", {}};
    made.target.name = fmt::format("foreign/{}/{}", name_, key);
    made.target.method = root_["title"].text();
    made.expect = expected.find(*made.target.function, *made.target.format)->claim;
    made.notes = root_.texts_or("note", {});
    made.object = object_;
    made.absent = absent_;
    if (const TomlNode* cases = root_.find("cases")) made.cases = cases->count();
    return made;
  }

  std::string name_;
  TomlNode root_;
  std::string module_;
  Patience patience_;
  std::string object_;
  std::string absent_;
};

}  // namespace

std::vector<Candidate> foreign_candidates(const Patience& patience) {
  const fs::path folder = folder_of_modules();
  std::vector<Candidate> all;
  for (const manifests::Embedded& file : manifests::foreign_packages())
    for (Candidate& candidate : Package(file, folder, patience).candidates())
      all.push_back(std::move(candidate));
  return all;
}

}  // namespace napier
