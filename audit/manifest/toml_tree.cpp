// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "audit/manifest/toml_tree.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

// Some malformed texts fail the parser's own assertions: no reason to abort.
namespace napier {
struct UnparsableError : std::logic_error {
  using std::logic_error::logic_error;
};
}  // namespace napier
#define TOML_ASSERT(expression) \
  static_cast<void>((expression) || (throw napier::UnparsableError(#expression), false))
// Some of them stand in functions that promise not to throw: these end the program as before.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wterminate"
#include <toml++/toml.h>
#pragma GCC diagnostic pop

#include "audit/nearest.hpp"
#include "reports/store/store.hpp"
#include "reports/text.hpp"

namespace napier {

/// From toml++'s tree to ours.
struct TomlReader {
  std::shared_ptr<const std::string> file;

  TomlNode node(const toml::node& from, const std::string& key) const {
    TomlNode made;
    made.file_ = file;
    made.key_ = key;
    made.line_ = from.source().begin.line;
    if (const auto* text = from.as_string())
      made.value_ = text->get();
    else if (const auto* real = from.as_floating_point())
      made.value_ = real->get();
    else if (const auto* whole = from.as_integer())
      made.value_ = whole->get();
    else if (const auto* flag = from.as_boolean())
      made.value_ = flag->get();
    else if (const auto* list = from.as_array())
      made.value_ = elements(*list, key);
    else if (const auto* table = from.as_table())
      made.value_ = entries(*table, key);
    else
      made.refuse("is a date or a time, which says nothing here");
    return made;
  }

  std::vector<TomlNode> elements(const toml::array& list, const std::string& key) const {
    std::vector<TomlNode> all;
    for (const toml::node& element : list)
      all.push_back(node(element, fmt::format("{}[{}]", key, all.size() + 1)));
    return all;
  }

  TomlNode::Entries entries(const toml::table& table, const std::string& key) const {
    TomlNode::Entries all;
    for (const auto& [name, value] : table) {
      const std::string own(name.str());
      all.emplace_back(own, node(value, key.empty() ? own : key + "." + own));
      // A value that is a table or a list begins behind its key: the key's line is the better one.
      all.back().second.line_ = name.source().begin.line;
    }
    return all;
  }
};

TomlNode TomlNode::parse(std::string_view text, const std::string& file) {
  const auto name = std::make_shared<const std::string>(file);
  try {
    return TomlReader{name}.node(toml::parse(text), "");
  } catch (const UnparsableError&) {
    throw PlacedError(one_line(file) + ": is no TOML: a value is missing or malformed");
  } catch (const toml::parse_error& error) {
    throw PlacedError(one_line(
        fmt::format("{}, line {}: {}", file, error.source().begin.line, error.description())));
  }
}

TomlNode TomlNode::read(const std::string& file) { return parse(read_file(file), file); }

void TomlNode::refuse_text(const std::string& why) const {
  const std::string place = key_.empty() ? "" : fmt::format("{}: ", key_);
  throw PlacedError(one_line(fmt::format("{}, line {}: {}{}", *file_, line_, place, why)));
}

void TomlNode::refuse(std::string_view why) const { refuse_text(std::string(why)); }

const TomlNode::Entries& TomlNode::entries() const {
  if (!is_table()) refuse("is not a table");
  return std::get<Entries>(value_);
}

const TomlNode* TomlNode::find(std::string_view key) const {
  const auto found = std::ranges::find(entries(), key, &Entries::value_type::first);
  return found == entries().end() ? nullptr : &found->second;
}

const TomlNode& TomlNode::operator[](std::string_view key) const {
  if (const TomlNode* found = find(key)) return *found;
  refuse(fmt::format("lacks '{}'", key));
}

void TomlNode::check_keys(std::initializer_list<std::string_view> known) const {
  const std::vector<std::string_view> names(known);
  for (const auto& [key, value] : entries())
    if (std::ranges::find(names, key) == names.end())
      value.refuse("is no key that is known here" + nearest_clause(key, names));
}

const std::string& TomlNode::text() const {
  if (!is_text()) refuse("is not a text in quotes");
  return std::get<std::string>(value_);
}

std::vector<std::string> TomlNode::texts() const {
  if (is_text()) return {text()};
  if (!std::holds_alternative<std::vector<TomlNode>>(value_))
    refuse("is neither a text in quotes nor a list of these");
  std::vector<std::string> all;
  for (const TomlNode& element : list()) all.push_back(element.text());
  return all;
}

std::uint64_t TomlNode::count() const {
  const auto* whole = std::get_if<std::int64_t>(&value_);
  if (whole == nullptr || *whole < 1) refuse("is not a whole number from 1");
  return static_cast<std::uint64_t>(*whole);
}

double TomlNode::number() const {
  if (const auto* real = std::get_if<double>(&value_)) return *real;
  if (const auto* whole = std::get_if<std::int64_t>(&value_)) return static_cast<double>(*whole);
  refuse("is not a number");
}

const std::vector<TomlNode>& TomlNode::list() const {
  if (!std::holds_alternative<std::vector<TomlNode>>(value_)) refuse("is not a list");
  return std::get<std::vector<TomlNode>>(value_);
}

std::string TomlNode::text_or(std::string_view key, std::string otherwise) const {
  const TomlNode* found = find(key);
  return found == nullptr ? std::move(otherwise) : found->text();
}

std::vector<std::string> TomlNode::texts_or(std::string_view key,
                                            std::vector<std::string> otherwise) const {
  const TomlNode* found = find(key);
  return found == nullptr ? std::move(otherwise) : found->texts();
}

}  // namespace napier
