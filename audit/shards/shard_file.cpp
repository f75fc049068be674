// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "audit/shards/shard_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <stdexcept>

#include "audit/shards/fields.hpp"
#include "lib/fp/hexfloat.hpp"
#include "lib/fp/native.hpp"
#include "reports/store/sha256.hpp"
#include "reports/store/store.hpp"
#include "reports/text.hpp"

namespace napier {
namespace {

using Tree = nlohmann::ordered_json;

/// The first words of a file; the number is that of the form in which things are written.
constexpr std::string_view heading = "napier shard 2 sha256:";

template <class T>
concept Said = requires(T& value) {
  fields(value, [](const char*, auto&) {});
};
template <class T>
concept SaysItself = requires(T& value) {
  T::fields(value, [](const char*, auto&) {});
};

__extension__ using Wide = unsigned __int128;

// What the two ways share: how each kind of value is written.

template <class T>
void write(Tree& tree, const T& value);
template <class T>
void read(const Tree& tree, T& value);

/// A number in hex digits.
std::string digits(Wide number) { return fmt::format("{:x}", number); }
Wide number_of(std::string_view text) {
  Wide number = 0;
  for (const char digit : text) {
    unsigned value = 0;
    if (std::from_chars(&digit, &digit + 1, value, 16).ec != std::errc())
      throw std::runtime_error("a number has other characters than hex digits");
    number = number << 4 | value;
  }
  return number;
}

void write_value(Tree& tree, const Wide& value) { tree = digits(value); }
void read_value(const Tree& tree, Wide& value) { value = number_of(tree.get<std::string>()); }

void write_value(Tree& tree, const std::string& value) { tree = utf8_of(value); }
void read_value(const Tree& tree, std::string& value) { value = bytes_of(tree.get<std::string>()); }

void write_value(Tree& tree, const double& value) { tree = to_hex(from_native(value)); }
void read_value(const Tree& tree, double& value) {
  value = to_native<double>(parse_float(binary64, tree.get<std::string>()));
}

void write_value(Tree& tree, const Ulp& value) { write_value(tree, value.value); }
void read_value(const Tree& tree, Ulp& value) { read_value(tree, value.value); }

/// By its bits: NaNs differ.
void write_value(Tree& tree, const Float& x) {
  tree = x.format == nullptr ? std::string() : fmt::format("{}:{}", x.format->name, digits(x.bits));
}
void read_value(const Tree& tree, Float& x) {
  const auto text = tree.get<std::string>();
  if (text.empty()) return void(x = {});
  const std::size_t colon = text.find(':');
  x.format = find_format(text.substr(0, colon));
  if (x.format == nullptr || colon == std::string::npos)
    throw std::runtime_error("'" + text + "' is no datum");
  x.bits = number_of(std::string_view(text).substr(colon + 1));
}

void write_value(Tree& tree, const Point& point) {
  tree = Tree::array();
  for (const Float& x : point.arguments()) write_value(tree.emplace_back(), x);
}
void read_value(const Tree& tree, Point& point) {
  if (tree.size() > Point::capacity) throw std::runtime_error("a point has too many arguments");
  for (const Tree& element : tree) {
    Float x;
    read_value(element, x);
    point.push(x);
  }
}

template <class First, class Second>
void write_value(Tree& tree, const std::pair<First, Second>& pair) {
  tree = Tree::array();
  write(tree.emplace_back(), pair.first);
  write(tree.emplace_back(), pair.second);
}
template <class First, class Second>
void read_value(const Tree& tree, std::pair<First, Second>& pair) {
  read(tree.at(0), pair.first);
  read(tree.at(1), pair.second);
}

template <class T>
void write_value(Tree& tree, const std::optional<T>& value) {
  if (value) write(tree, *value);
}
template <class T>
void read_value(const Tree& tree, std::optional<T>& value) {
  if (!tree.is_null()) read(tree, value.emplace());
}

/// Counts, most of which are 0: each other one with its place.
template <std::size_t size>
void write_value(Tree& tree, const std::array<std::uint64_t, size>& counts) {
  tree = Tree::array();
  for (std::size_t i = 0; i < size; ++i)
    if (counts[i] != 0) write_value(tree.emplace_back(), std::pair(i, counts[i]));
}
template <std::size_t size>
void read_value(const Tree& tree, std::array<std::uint64_t, size>& counts) {
  for (const Tree& pair : tree) counts.at(pair.at(0).get<std::size_t>()) = pair.at(1);
}

template <class T>
concept List = requires(T& list) {
  list.emplace_back();
}
&&!std::same_as<T, std::string>;
template <List T>
void write_value(Tree& tree, const T& list) {
  tree = Tree::array();
  for (const auto& element : list) write(tree.emplace_back(), element);
}
template <List T>
void read_value(const Tree& tree, T& list) {
  for (const Tree& element : tree) read(element, list.emplace_back());
}

void write_value(Tree& tree, const std::set<std::uint64_t>& set) {
  tree = Tree::array();
  for (const std::uint64_t element : set) tree.push_back(element);
}
void read_value(const Tree& tree, std::set<std::uint64_t>& set) {
  for (const Tree& element : tree) set.insert(element.get<std::uint64_t>());
}

template <class T>
void write_value(Tree& tree, const std::map<int, T>& map) {
  tree = Tree::array();
  for (const auto& [key, value] : map) write_value(tree.emplace_back(), std::pair(key, value));
}
template <class T>
void read_value(const Tree& tree, std::map<int, T>& map) {
  for (const Tree& pair : tree) read(pair.at(1), map[pair.at(0).get<int>()]);
}

/// Calls T::fields or fields, whichever there is.
template <class T, class Say>
void say_fields(T& value, const Say& say) {
  using Plain = std::remove_const_t<T>;
  if constexpr (SaysItself<Plain>)
    Plain::fields(value, say);
  else
    fields(value, say);
}

template <class T>
void write(Tree& tree, const T& value) {
  if constexpr (std::is_enum_v<T>) {
    tree = static_cast<int>(value);
  } else if constexpr (std::is_arithmetic_v<T> && !std::is_floating_point_v<T>) {
    tree = value;
  } else if constexpr (Said<T> || SaysItself<T>) {
    tree = Tree::object();
    say_fields(value, [&tree](const char* name, const auto& field) { write(tree[name], field); });
  } else {
    write_value(tree, value);
  }
}

template <class T>
void read(const Tree& tree, T& value) {
  if constexpr (std::is_enum_v<T>) {
    value = static_cast<T>(tree.get<int>());
  } else if constexpr (std::is_arithmetic_v<T> && !std::is_floating_point_v<T>) {
    value = tree.get<T>();
  } else if constexpr (Said<T> || SaysItself<T>) {
    say_fields(value, [&tree](const char* name, auto& field) { read(tree.at(name), field); });
  } else {
    read_value(tree, value);
  }
}

}  // namespace

std::string difference(const RunIdentity& there, const RunIdentity& here) {
  for (std::size_t i = 0; i < std::max(there.size(), here.size()); ++i) {
    if (i >= there.size()) return fmt::format("{} is missing there", one_line(here[i].first));
    if (i >= here.size()) return fmt::format("{} is missing here", one_line(there[i].first));
    const auto& [name, value] = there[i];
    const auto& [name_here, value_here] = here[i];
    if (name != name_here)
      return fmt::format("{} there stands for {} here", one_line(name), one_line(name_here));
    if (value != value_here)
      return fmt::format("{} is {} there and {} here", one_line(name), one_line(value),
                         one_line(value_here));
  }
  return {};
}

std::string shard_text(const ShardFile& file) {
  Tree tree;
  write(tree, file);
  const std::string body = tree.dump() + "\n";
  return fmt::format("{}{}\n{}", heading, sha256(body), body);
}

ShardFile shard_from_text(std::string_view text) {
  constexpr std::string_view any_version = "napier shard ";
  if (!text.starts_with(any_version)) throw std::runtime_error("it is no shard of an audit");
  if (!text.starts_with(heading))
    throw std::runtime_error("it was written by another version of napier");
  const std::size_t end = text.find('\n');
  const std::string_view body = end == std::string_view::npos ? "" : text.substr(end + 1);
  if (text.substr(0, end) != std::string(heading) + sha256(body))
    throw std::runtime_error("it is damaged: its checksum is not that of its contents");
  try {
    ShardFile file;
    read(Tree::parse(body), file);
    return file;
  } catch (const std::exception& refusal) {
    throw std::runtime_error(std::string("it is no shard of this napier: ") + refusal.what());
  }
}

ShardFile read_shard(const std::filesystem::path& path) {
  const std::string text = read_file(path);
  try {
    return shard_from_text(text);
  } catch (const std::runtime_error& refusal) {
    throw std::runtime_error(one_line(path.string()) + ": " + refusal.what());
  }
}

}  // namespace napier
