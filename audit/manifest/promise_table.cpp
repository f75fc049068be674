// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "audit/manifest/promise_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "audit/nearest.hpp"
#include "audit/recorded_table.hpp"
#include "lib/target/claim_grammar.hpp"
#include "lib/target/composition.hpp"

namespace napier {
namespace {

constexpr std::string_view every = "all";

std::vector<std::string> known_keys() {
  std::vector<std::string> keys{std::string(every)};
  for (const Format* format : all_formats) keys.emplace_back(format->name);
  for (const auto rows : {all_functions(), all_compositions()})
    for (const Function* function : rows) {
      keys.emplace_back(function->name);
      for (const Format* format : all_formats)
        keys.push_back(fmt::format("{}:{}", function->name, format->name));
    }
  return keys;
}

/// d2_exp, d3_exp2:binary64: of derivatives the first order alone is listed.
bool is_higher_order(std::string_view key) {
  const std::size_t colon = std::min(key.find(':'), key.size());
  return find_function(key.substr(0, colon)) != nullptr &&
         (colon == key.size() || find_format(key.substr(colon + 1)) != nullptr);
}

bool is_one_sentence(const TomlNode& node) { return node.is_text() || node.has("claim"); }

void check_sentence(const TomlNode& node) {
  if (!node.is_text()) node.check_keys({"claim", "source"});
}

}  // namespace

PromiseTable::PromiseTable(const TomlNode& node, std::string source)
    : node_(node), source_(std::move(source)) {
  if (is_sentence()) {
    check_sentence(node_);
    return;
  }
  const std::vector<std::string> keys = known_keys();
  for (const auto& [key, value] : node_.entries()) {
    if (std::ranges::find(keys, key) == keys.end() && !is_higher_order(key))
      value.refuse("is neither a function, nor a format, nor FUNCTION:FORMAT, nor 'all'" +
                   nearest_clause(key, std::vector<std::string_view>(keys.begin(), keys.end())));
    check_sentence(value);
  }
}

const TomlNode* PromiseTable::sentence(const Function& function, const Format& format) const {
  if (is_sentence()) return &node_;
  for (const std::string& key :
       {fmt::format("{}:{}", function.name, format.name), std::string(function.name),
        std::string(format.name), std::string(every)})
    if (const TomlNode* found = node_.find(key)) return found;
  return nullptr;
}

std::optional<PromiseTable::Found> PromiseTable::find(const Function& function,
                                                      const Format& format) const {
  const TomlNode* found = sentence(function, format);
  if (found == nullptr) return std::nullopt;
  const TomlNode& words = found->is_text() ? *found : (*found)["claim"];
  const std::string sentence =
      tables_seen_from(std::filesystem::path(words.file()).parent_path().string(), words.text());
  Found made{sentence, words.at_this_place([&] {
               Claim claim = parse_claim(sentence, function, format);
               check_says_something(claim);
               return claim;
             })};
  made.claim.source = found->is_text() ? source_ : found->text_or("source", source_);
  return made;
}

bool PromiseTable::is_sentence() const { return is_one_sentence(node_); }

std::string PromiseTable::keys() const {
  if (is_sentence()) return std::string(every);
  std::string text;
  for (const auto& [key, value] : node_.entries()) text += (text.empty() ? "" : ", ") + key;
  return text;
}

}  // namespace napier
