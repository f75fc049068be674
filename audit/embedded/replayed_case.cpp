// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "audit/embedded/replayed_case.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <stdexcept>

#include "audit/selection.hpp"
#include "lib/fp/hexfloat.hpp"
#include "reports/text.hpp"

namespace napier {
namespace {

constexpr std::string_view no_arguments = "-";  ///< of what loading a function alone shows

constexpr std::string_view form =
    "write PROPERTY ROUNDING ARGUMENTS, as in 'accuracy nearest 0x1.8p+0' and 'product up "
    "0x1p+1,0x1p+0,0x1.8p+0'";

/// Takes the last word off the text; empty if there is none.
std::string_view last_word(std::string_view& text) {
  while (text.ends_with(' ')) text.remove_suffix(1);
  const std::size_t begin = text.rfind(' ') + 1;  // 0 where there is no blank
  const std::string_view word = text.substr(begin);
  text = text.substr(0, begin);
  while (text.ends_with(' ')) text.remove_suffix(1);
  return word;
}

struct Words {
  std::string_view before, property, rounding, arguments;
};
Words words_of(std::string_view text) {
  Words words;
  words.arguments = last_word(text);
  words.rounding = last_word(text);
  words.property = last_word(text);
  words.before = text;
  return words;
}

}  // namespace

std::string case_text(const Finding& finding) {
  std::string at;
  for (const Float x : finding.smallest.inputs) at += (at.empty() ? "" : ",") + to_hex(x);
  return fmt::format("{} {} {}", finding.property, name(finding.rounding),
                     at.empty() ? no_arguments : at);
}

std::string replay_line(std::string_view function, const Finding& finding,
                        std::string_view command) {
  return fmt::format("{}={}{}{}", replay_variable,
                     shell_word(fmt::format("{} {}", function, case_text(finding))),
                     command.empty() ? "" : " ", command);
}

std::optional<std::string> named_in_environment(std::string_view function,
                                                const std::vector<std::string>& properties) {
  const char* const text = std::getenv(replay_variable);
  if (text == nullptr || *text == '\0') return std::nullopt;
  const Words words = words_of(text);
  if (words.before.empty())
    throw std::invalid_argument(fmt::format(
        "{} is '{}', which names no case of a function: write its name before that, and {}",
        replay_variable, text, form));
  if (words.before != function) return std::nullopt;
  const auto asked = select_properties(properties);
  const auto named = select_properties({std::string(words.property)});
  if (std::ranges::none_of(named, [&](const Property* property) {
        return std::ranges::find(asked, property) != asked.end();
      }))
    return std::nullopt;
  return fmt::format("{} {} {}", words.property, words.rounding, words.arguments);
}

NamedCase replay_case(const Target& target, std::string_view text) {
  const Words words = words_of(text);
  if (words.property.empty() || !words.before.empty())
    throw std::invalid_argument(fmt::format("'{}' is no case: {}", text, form));
  const auto rounding = find_rounding(words.rounding);
  if (!rounding)
    throw std::invalid_argument(
        fmt::format("there is no rounding '{}': nearest, up, down or zero", words.rounding));
  std::vector<Float> inputs;
  std::string_view rest = words.arguments == no_arguments ? "" : words.arguments;
  while (!rest.empty()) {
    const std::size_t comma = std::min(rest.find(','), rest.size());
    inputs.push_back(parse_float(*target.format, rest.substr(0, comma)));
    rest.remove_prefix(std::min(comma + 1, rest.size()));
  }
  std::string property(words.property);
  ReplayedCase replayed = replay(target, property, *rounding, inputs);
  return {std::move(property), *rounding, std::move(replayed)};
}

}  // namespace napier
