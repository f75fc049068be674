// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace napier {

/// What is wrong in a file, with its place.
struct PlacedError : std::invalid_argument {
  using std::invalid_argument::invalid_argument;
};

/// A value of a TOML file that knows where it stands: what is wrong with it is told in one line
/// with file, line and key. Everything here throws PlacedError.
class TomlNode {
 public:
  /// The table of a whole file. `file` is its name in messages.
  static TomlNode parse(std::string_view text, const std::string& file);
  /// … of a file on disk; throws std::runtime_error where it can't be read.
  static TomlNode read(const std::string& file);

  using Entries = std::vector<std::pair<std::string, TomlNode>>;

  const std::string& key() const { return key_; }
  const std::string& file() const { return *file_; }
  bool is_table() const { return std::holds_alternative<Entries>(value_); }
  bool is_text() const { return std::holds_alternative<std::string>(value_); }
  bool has(std::string_view key) const { return find(key) != nullptr; }

  /// The entries of a table, in the order of their keys.
  const Entries& entries() const;
  const TomlNode* find(std::string_view key) const;        ///< nullptr if it lacks it
  const TomlNode& operator[](std::string_view key) const;  ///< refuses if it lacks it
  /// Refuses any key but these, with the nearest of them.
  void check_keys(std::initializer_list<std::string_view> known) const;

  const std::string& text() const;
  /// A list of texts; one text alone is a list of one.
  std::vector<std::string> texts() const;
  std::uint64_t count() const;  ///< a whole number from 1
  double number() const;
  const std::vector<TomlNode>& list() const;

  /// What is said of an absent key instead.
  std::string text_or(std::string_view key, std::string otherwise) const;
  std::vector<std::string> texts_or(std::string_view key, std::vector<std::string> otherwise) const;

  [[noreturn]] void refuse(std::string_view why) const;
  /// Does something; what it throws as std::invalid_argument is said of this place.
  template <class Do>
  auto at_this_place(Do something) const {
    try {
      return something();
    } catch (const PlacedError&) {  // which has its place already
      throw;
    } catch (const std::invalid_argument& refused) {
      refuse_text(refused.what());
    }
  }

 private:
  friend struct TomlReader;
  [[noreturn]] void refuse_text(const std::string& why) const;

  std::variant<std::string, double, std::int64_t, bool, std::vector<TomlNode>, Entries> value_;
  std::shared_ptr<const std::string> file_;
  std::string key_;  ///< "target[2].claim"; empty of the whole file
  std::size_t line_ = 1;
};

}  // namespace napier
