// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "cli/usage.hpp"

#include <fmt/format.h>

#include <charconv>

namespace napier::cli {
namespace {

/// "napier audit --help"
std::string help_of(const CLI::App& app) {
  const auto parsed = app.get_subcommands();
  return "napier " + (parsed.empty() ? "" : parsed.front()->get_name() + " ") + "--help";
}

}  // namespace

CLI::Validator whole_number(std::uint64_t least, std::uint64_t most) {
  const auto refusal = [least, most](const std::string& text) -> std::string {
    std::uint64_t value = 0;
    const char* const end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, value);
    if (error == std::errc() && stop == end && value >= least && value <= most) return {};
    return fmt::format("'{}' is not a whole number from {} to {}", text, least, most);
  };
  return {refusal, "N"};
}

CLI::Validator not_empty(const std::string& what) {
  const auto refusal = [what](const std::string& text) {
    return text.empty() ? "the name is empty: name " + what : std::string();
  };
  return {refusal, ""};
}

std::string usage_error(const CLI::App& app, const CLI::ParseError& error) {
  const std::string said = error.what();
  for (const CLI::App* command : app.get_subcommands())
    for (const CLI::Option* option : command->get_options())
      if (option->count() > 1 && option->get_expected_max() == 1 &&
          option->get_items_expected_max() == 1)
        return fmt::format("{} is given {} times: give it once", option->get_name(),
                           option->count());
  if (dynamic_cast<const CLI::ArgumentMismatch*>(&error) != nullptr)
    return fmt::format("{} lacks its value ({})", said.substr(0, said.find(':')), help_of(app));
  if (dynamic_cast<const CLI::ExtrasError*>(&error) != nullptr)
    return fmt::format("{} is not known here ({})", said.substr(said.rfind(": ") + 2),
                       help_of(app));
  if (dynamic_cast<const CLI::RequiredError*>(&error) != nullptr)
    return app.get_subcommands().empty() ? "a command is missing: audit, list, replay, report, "
                                           "compare or steps (napier --help)"
                                         : fmt::format("{} ({})", said, help_of(app));
  return said;
}

}  // namespace napier::cli
