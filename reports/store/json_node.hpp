// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

#include "lib/fp/hexfloat.hpp"
#include "reports/store/json_tree.hpp"
#include "reports/text.hpp"

namespace napier {

/// A JSON value that knows where it stands, so that a refusal can say it: "targets[2].laws[0]".
/// Every reader throws std::runtime_error, in one line, when something else stands there.
class JsonNode {
 public:
  JsonNode(const Json& value, std::string place) : value_(&value), place_(std::move(place)) {}

  [[noreturn]] void refuse(const std::string& why) const {
    throw std::runtime_error(one_line((place_.empty() ? "the report" : place_) + " " + why));
  }

  bool has(std::string_view key) const { return value_->is_object() && value_->contains(key); }
  bool is_null() const { return value_->is_null(); }
  const Json& value() const { return *value_; }

  JsonNode operator[](std::string_view key) const {
    if (!value_->is_object()) refuse("is not an object");
    const auto found = value_->find(key);
    if (found == value_->end()) refuse("lacks '" + std::string(key) + "'");
    return {*found, (place_.empty() ? "" : place_ + ".") + std::string(key)};
  }

  std::string text() const {
    if (!value_->is_string()) refuse("is not a string");
    return bytes_of(value_->get_ref<const std::string&>());
  }
  std::string text_or_nothing() const { return is_null() ? std::string() : text(); }
  bool flag() const {
    if (!value_->is_boolean()) refuse("is neither true nor false");
    return value_->get<bool>();
  }
  std::uint64_t count() const {
    if (!value_->is_number_unsigned()) refuse("is not a count");
    return value_->get<std::uint64_t>();
  }
  /// A number ≥ 0 or "inf".
  double figure() const {
    if (*value_ == "inf") return infinite_ulp.value;
    if (!value_->is_number() || value_->get<double>() < 0)
      refuse("is neither a number from 0 on nor \"inf\"");
    return value_->get<double>();
  }
  /// A number, "inf" or "-inf".
  double signed_figure() const {
    if (*value_ == "inf") return infinite_ulp.value;
    if (*value_ == "-inf") return -infinite_ulp.value;
    if (!value_->is_number()) refuse("is neither a number nor \"inf\" nor \"-inf\"");
    return value_->get<double>();
  }
  Float datum(const Format& format) const {
    const std::string spelling = text();
    try {
      return parse_float(format, spelling);
    } catch (const std::invalid_argument& refusal) {
      refuse(std::string("is no datum: ") + refusal.what());
    }
  }
  /// One of the values whose names are known.
  template <class Choice>
  Choice choice(std::initializer_list<std::pair<std::string_view, Choice>> choices) const {
    const std::string word = text();
    for (const auto& [name, value] : choices)
      if (name == word) return value;
    refuse("is '" + word + "', which this napier does not know");
  }

  /// Reads each element of an array.
  template <class Read>
  auto list(Read read) const {
    if (!value_->is_array()) refuse("is not a list");
    std::vector<decltype(read(*this))> rows;
    for (const Json& element : *value_)
      rows.push_back(read(JsonNode(element, place_ + "[" + std::to_string(rows.size()) + "]")));
    return rows;
  }

 private:
  const Json* value_;
  std::string place_;
};

}  // namespace napier
