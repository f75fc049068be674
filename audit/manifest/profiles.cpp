// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "audit/profiles.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "audit/manifest/embedded.hpp"
#include "audit/manifest/promise_table.hpp"
#include "audit/nearest.hpp"

namespace napier {
namespace {

struct ClaimProfile {
  ProfileNote note;
  PromiseTable promises;
};

ClaimProfile profile_in(const manifests::Embedded& file) {
  const std::string name(file.name);
  const TomlNode root = TomlNode::parse(file.text, fmt::format("profiles/{}.toml", name));
  root.check_keys({"title", "source", "note", "promises"});
  ProfileNote note{name, root["title"].text(), root["source"].text(), root.text_or("note", ""), {}};
  PromiseTable promises(root["promises"], note.title + ": " + note.source);
  note.promises = promises.keys();
  return {std::move(note), std::move(promises)};
}

const manifests::Embedded& file_named(const std::string& name) {
  const auto all = manifests::profiles();
  const auto found = std::ranges::find(all, name, &manifests::Embedded::name);
  if (found != all.end()) return *found;
  std::vector<std::string_view> names;
  for (const manifests::Embedded& file : all) names.push_back(file.name);
  throw std::invalid_argument("there is no profile '" + name + "'" + nearest_clause(name, names) +
                              " (napier list --profiles shows all)");
}

}  // namespace

std::vector<ProfileNote> profiles() {
  std::vector<ProfileNote> all;
  for (const manifests::Embedded& file : manifests::profiles())
    all.push_back(profile_in(file).note);
  return all;
}

void check_profile(const std::string& name) { static_cast<void>(file_named(name)); }

Claim profile_claim(const std::string& name, const Function& function, const Format& format) {
  const ClaimProfile profile = profile_in(file_named(name));
  if (auto promised = profile.promises.find(function, format)) return std::move(promised->claim);
  throw std::invalid_argument(fmt::format("profile {} promises nothing of {}:{}; it is about {}",
                                          name, function.name, format.name, profile.note.promises));
}

}  // namespace napier
