// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "audit/collections.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <stdexcept>

#include "audit/isolation/load.hpp"
#include "audit/manifest/foreign.hpp"
#include "lib/target/catalogue.hpp"
#include "reports/text.hpp"

namespace napier {
namespace {

/// What is to be typed in place of a path; empty where it looks like none.
std::string about_path(const std::string& path) {
  std::error_code error;
  if (std::filesystem::is_directory(path, error))
    return fmt::format("a folder here: a function of a shared object in it is so:{}#SYMBOL",
                       shell_word((std::filesystem::path(path) / "libmine.so").string()));
  const bool here = std::filesystem::is_regular_file(path, error);
  if (here && is_source(path))
    return fmt::format(
        "a source file here: build a shared object of it, as by cc -O2 -shared -fPIC -o libmine.so "
        "{} -lm, and audit so:./libmine.so#SYMBOL",
        shell_word(path));
  if (here)
    return "a file here: a function of a shared object is so:PATH#SYMBOL, and a manifest ends with "
           ".toml";
  const bool like_a_path = path.starts_with("./") || path.starts_with("../") ||
                           path.starts_with("/") || path.starts_with("~") || is_source(path);
  return like_a_path ? "no file here: a function of a shared object is so:PATH#SYMBOL" : "";
}

[[noreturn]] void nobody_is_meant(const std::string& pattern, const Catalogue& foreign) {
  if (const auto hash = pattern.find('#'); hash != std::string::npos) {
    // What was typed as a file is one, where it exists; else it is the loader's to find.
    std::error_code error;
    const bool here =
        pattern.find('/') > hash && std::filesystem::exists(pattern.substr(0, hash), error);
    throw std::invalid_argument("no target is named '" + pattern +
                                "': a function of a shared object is so:" + (here ? "./" : "") +
                                pattern);
  }
  if (const std::string advice = about_path(pattern); !advice.empty())
    throw std::invalid_argument("no target is named '" + pattern + "', which is " + advice);
  const Catalogue& asked = pattern.starts_with("foreign/") ? foreign : catalogue();
  std::string nearest;
  for (const std::string& name : asked.nearest(pattern))
    nearest += (nearest.empty() ? "; nearest: " : ", ") + name;
  throw std::invalid_argument("no target is named '" + pattern + "'" + nearest +
                              " (napier list shows all)");
}

}  // namespace

std::vector<Candidate> select_candidates(const std::string& pattern, const Patience& patience) {
  std::vector<Candidate> foreign = foreign_candidates(patience);
  Catalogue names;
  for (const Candidate& candidate : foreign) names.add(candidate.target);
  std::vector<Candidate> meant;
  for (const Target* target : names.match(pattern))
    meant.push_back(*std::ranges::find(foreign, target->name,
                                       [](const Candidate& c) { return c.target.name; }));
  for (const Target* target : catalogue().match(pattern)) meant.push_back({*target, "", {}});
  if (meant.empty()) nobody_is_meant(pattern, names);
  return meant;
}

}  // namespace napier
