// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include <fmt/format.h>
#include <fnmatch.h>

#include <algorithm>
#include <filesystem>
#include <span>
#include <stdexcept>

#include "audit/manifest.hpp"
#include "audit/manifest/library.hpp"
#include "audit/nearest.hpp"
#include "reports/text.hpp"

namespace napier {
namespace {

constexpr std::string_view scheme = "so:";

/// The names of files end so: lib.so, lib.so.6.
bool is_file_of_library(std::string_view text) {
  return text.ends_with(".so") || text.find(".so.") != std::string_view::npos;
}

bool is_glob(std::string_view symbol) { return symbol.find_first_of("*?[") != symbol.npos; }

struct Named {
  std::string path;
  std::string glob;
};
Named named(std::string_view text) {
  if (!text.starts_with(scheme)) {
    // What was typed as a file is one, where it exists; else it is the loader's to find.
    const bool here = text.find('/') == text.npos && std::filesystem::exists(text);
    return {(here ? "./" : "") + std::string(text), "*"};
  }
  SharedObject object = parse_shared_object(text);
  return {std::move(object.path), std::move(object.symbol)};
}

bool is_recognised(const std::string& symbol) {
  const WellKnown known = well_known(symbol);
  return known.function != nullptr && known.format != nullptr;
}

}  // namespace

bool is_library(std::string_view text) {
  if (!text.starts_with(scheme))
    return is_file_of_library(text) && text.find(':') == text.npos && text.find('#') == text.npos;
  const std::size_t hash = text.rfind('#');
  return hash != text.npos && is_glob(text.substr(hash + 1));
}

namespace {

/// What a library exports, of which a glob means some.
struct Meant {
  std::string path;
  std::string glob;
  std::vector<std::string> all;
  std::vector<std::string> recognised;
  std::vector<std::string> unknown;
};

Meant meant_by(std::string_view text) {
  auto [path, glob] = named(text);
  const auto file = find_library(path);
  if (!file) throw std::runtime_error(fmt::format("{}: there is no such library", one_line(path)));
  Meant meant{std::move(path), std::move(glob), read_library(*file).functions, {}, {}};
  for (const std::string& symbol : meant.all)
    if (fnmatch(meant.glob.c_str(), symbol.c_str(), 0) == 0)
      (is_recognised(symbol) ? meant.recognised : meant.unknown).push_back(symbol);
  return meant;
}

}  // namespace

std::vector<std::string> library_targets(std::string_view text) {
  const Meant meant = meant_by(text);
  std::vector<std::string> targets;
  for (const std::string& symbol : meant.recognised)
    targets.push_back(SharedObject{meant.path, symbol}.name());
  if (!targets.empty()) return targets;
  if (!meant.unknown.empty())
    throw std::invalid_argument(fmt::format(
        "{}: the name {} does not tell what it computes: name it alone, with --function and "
        "--format",
        one_line(text), meant.unknown.front()));
  const std::vector<std::string_view> all(meant.all.begin(), meant.all.end());
  throw std::invalid_argument(fmt::format("{}: no function of the {} that it exports is meant{}",
                                          one_line(text), all.size(),
                                          nearest_clause(meant.glob, all)));
}

std::string passed_over(std::string_view text) {
  constexpr std::size_t shown = 5;
  const Meant meant = meant_by(text);
  if (meant.unknown.empty()) return {};
  std::string names;
  for (const std::string& name :
       std::span(meant.unknown).first(std::min(shown, meant.unknown.size())))
    names += (names.empty() ? "" : ", ") + name;
  const std::size_t count = meant.unknown.size();
  return fmt::format(
      "{}: of its functions {} passed over, for {} not tell what {}: {}{}. Name one to have it "
      "tried: 'so:{}#{}' --function exp --format binary64",
      one_line(text), count == 1 ? "one was" : fmt::format("{} were", count),
      count == 1 ? "its name does" : "their names do", count == 1 ? "it computes" : "they compute",
      names, count > shown ? ", …" : "", one_line(meant.path), meant.unknown.front());
}

}  // namespace napier
