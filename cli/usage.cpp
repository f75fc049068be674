// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "cli/usage.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <set>

#include "audit/nearest.hpp"
#include "lib/target/composition.hpp"
#include "lib/target/function.hpp"
#include "props/property/property.hpp"
#include "reports/render/renderers.hpp"

namespace napier::cli {
namespace {

/// "napier audit --help"
std::string help_of(const CLI::App& app) {
  const auto parsed = app.get_subcommands();
  return "napier " + (parsed.empty() ? "" : parsed.front()->get_name() + " ") + "--help";
}

}  // namespace

namespace {
template <class Number>
CLI::Validator number_from(Number least, Number most) {
  const auto refusal = [least, most](const std::string& text) -> std::string {
    Number value = 0;
    const char* const end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, value);
    if (error == std::errc() && stop == end && value >= least && value <= most) return {};
    return fmt::format("'{}' is not a whole number from {} to {}", text, least, most);
  };
  return {refusal, "N"};
}
}  // namespace

CLI::Validator whole_number(std::uint64_t least, std::uint64_t most) {
  return number_from(least, most);
}

CLI::Validator integer(std::int64_t least, std::int64_t most) { return number_from(least, most); }

CLI::Validator seconds() {
  const auto refusal = [](const std::string& text) -> std::string {
    double value = 0;
    const char* const end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, value);
    if (error == std::errc() && stop == end && value > 0 && std::isfinite(value)) return {};
    return fmt::format("'{}' is no number of seconds above 0, as 90 or 0.5", text);
  };
  return {refusal, "S"};
}

CLI::Validator not_empty(const std::string& what) {
  const auto refusal = [what](const std::string& text) {
    return text.empty() ? "the name is empty: name " + what : std::string();
  };
  return {refusal, ""};
}

CLI::Validator variable() {
  const auto refusal = [](const std::string& text) {
    const bool has_name = text.find('=') != text.npos && text.front() != '=';
    return has_name ? std::string() : fmt::format("'{}' sets no variable: write NAME=VALUE", text);
  };
  return {refusal, ""};
}

std::vector<std::string> values_of(const CLI::Option& option) {
  const std::string name = option.get_name();
  std::vector<std::string> values;
  const auto add_names = [&values](const auto& rows, auto name_of) {
    for (const auto& row : rows) values.emplace_back(name_of(row));
  };
  if (name == "--effort") return {"quick", "standard", "deep"};
  if (name == "--rounding") return {"nearest", "up", "down", "zero", "all"};
  if (name == "--near") return {"midpoints", "numbers", "both"};
  if (name == "--function")
    for (const auto rows : {all_functions(), all_compositions()})
      add_names(rows, [](const Function* one) { return one->name; });
  else if (name == "--format")
    add_names(all_formats, [](const Format* one) { return one->name; });
  else if (name == "--property")
    add_names(all_properties(), [](const Property& one) { return one.name; });
  else if (name == "--as")
    add_names(renderers(), [](const Renderer& one) { return one.name; });
  std::set<std::string> seen;
  std::erase_if(values, [&](const std::string& value) { return !seen.insert(value).second; });
  return values;
}

std::string properties_help() {
  std::string text;
  std::set<std::string_view> seen;  // some are asked in two ways
  for (const Property& property : all_properties())
    if (seen.insert(property.name).second)
      text += fmt::format("  {:<4}{:<17} {}\n", property.law, property.name, property.statement);
  return text;
}

namespace {

/// "one, two or three".
std::string choice_of(const std::vector<std::string>& words) {
  std::string text;
  for (std::size_t i = 0; i < words.size(); ++i)
    text += (i == 0 ? "" : i + 1 == words.size() ? " or " : ", ") + words[i];
  return text;
}

}  // namespace

std::string format_names() {
  std::vector<std::string> names;
  for (const Format* format : all_formats) names.emplace_back(format->name);
  return choice_of(names);
}

std::string command_names(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; }))
    names.push_back(command->get_name());
  return choice_of(names);
}

namespace {

std::vector<std::string> option_names(const CLI::App& command) {
  std::vector<std::string> names;
  for (const CLI::Option* option : command.get_options())
    for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
  return names;
}

/// What to write in place of an option that a command does not have.
std::string mend(const CLI::App& app, const CLI::App& command, const std::string& option) {
  for (const CLI::App* other : app.get_subcommands([](const CLI::App*) { return true; })) {
    const std::vector<std::string> names = option_names(*other);
    if (other != &command && std::ranges::find(names, option) != names.end())
      return fmt::format("; it is an option of {}", other->get_name());
  }
  const std::vector<std::string> names = option_names(command);
  return nearest_clause(option, std::vector<std::string_view>(names.begin(), names.end()));
}

/// The first option that is not known, or else the first word.
std::string unknown_word(const std::vector<std::string>& words) {
  const auto option =
      std::ranges::find_if(words, [](const std::string& word) { return word.starts_with("-"); });
  const std::string word = option == words.end() ? words.front() : *option;
  return word.substr(0, word.find('='));
}

}  // namespace

namespace {
/// The two options of which CLI11 says one word.
std::string both_of(const std::string& said, std::string_view word, const char* sentence) {
  const std::size_t at = said.find(word);
  if (at == said.npos) return said;
  return fmt::format(fmt::runtime(sentence), said.substr(0, at), said.substr(at + word.size()));
}
}  // namespace

std::string repetition(const CLI::App& app) {
  for (const CLI::App* command : app.get_subcommands())
    for (const CLI::Option* option : command->get_options())
      if (option->count() > 1 && option->get_items_expected_max() <= 1)
        return fmt::format("{} is given {} times: give it once", option->get_name(),
                           option->count());
  return {};
}

std::string usage_error(const CLI::App& app, const CLI::ParseError& error) {
  if (std::string repeated = repetition(app); !repeated.empty()) return repeated;
  const std::string said = error.what();
  if (dynamic_cast<const CLI::ArgumentMismatch*>(&error) != nullptr)
    return fmt::format("{} lacks its value ({})", said.substr(0, said.find(':')), help_of(app));
  if (dynamic_cast<const CLI::ExtrasError*>(&error) != nullptr) {
    const auto parsed = app.get_subcommands();
    const CLI::App& command = parsed.empty() ? app : *parsed.front();
    std::vector<std::string> words = command.remaining();
    if (words.empty()) words = app.remaining();
    if (words.empty()) return said;
    const std::string word = unknown_word(words);
    return fmt::format("{} is not known here{} ({})", word, mend(app, command, word), help_of(app));
  }
  if (dynamic_cast<const CLI::ExcludesError*>(&error) != nullptr)
    return both_of(said, " excludes ", "{} and {} contradict each other: leave one out");
  if (dynamic_cast<const CLI::RequiresError*>(&error) != nullptr)
    return both_of(said, " requires ", "{} says nothing without {}: give both");
  if (dynamic_cast<const CLI::RequiredError*>(&error) != nullptr)
    return app.get_subcommands().empty()
               ? fmt::format("a command is missing: {} (napier --help)", command_names(app))
               : fmt::format("{} ({})", said, help_of(app));
  return said;
}

}  // namespace napier::cli
