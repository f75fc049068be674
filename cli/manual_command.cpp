// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <stdexcept>

#include "cli/commands.hpp"
#include "cli/terminal.hpp"
#include "cli/usage.hpp"
#include "napier_build_info.hpp"

// Everything here is read from the commands as they are declared; nothing is said twice.
namespace napier::cli {
namespace {

using Commands = std::vector<const CLI::App*>;

Commands commands_of(const CLI::App& app) {
  return app.get_subcommands([](const CLI::App*) { return true; });
}

/// Options, without what a command takes by its place.
std::vector<const CLI::Option*> options_of(const CLI::App& command) {
  return command.get_options([](const CLI::Option* option) { return option->nonpositional(); });
}

bool takes_value(const CLI::Option& option) { return option.get_items_expected_max() > 0; }

std::string long_name(const CLI::Option& option) {
  return option.get_lnames().empty() ? "" : option.get_lnames().front();
}

std::string replaced(std::string_view text, std::string_view characters, std::string_view before) {
  std::string all;
  for (const char c : text) {
    if (characters.find(c) != characters.npos) all += before;
    all += c;
  }
  return all;
}

// troff reads a dot or an apostrophe at the begin of a line as a request.
std::string roff(std::string_view text) {
  std::string all;
  bool begins = true;
  for (const char c : text) {
    if (begins && (c == '.' || c == '\'')) all += "\\&";
    begins = c == '\n';
    if (c == '\\')
      all += "\\e";
    else if (c == '-')
      all += "\\-";
    else
      all += c;
  }
  return all;
}

std::string man(const CLI::App& app) {
  std::string page =
      fmt::format(".TH NAPIER 1 \"\" \"napier {}\" \"User Commands\"\n.SH NAME\n", build::version);
  const std::string about = app.get_description();  // "Napier: how wrong …"
  page += "napier \\- " + roff(about.substr(about.find(": ") + 2)) + "\n.SH SYNOPSIS\n.nf\n";
  for (const CLI::App* command : commands_of(app)) {
    page += "\\fBnapier " + roff(command->get_name()) + "\\fR [OPTIONS]";
    for (const CLI::Option* option : command->get_options())
      if (!option->nonpositional()) page += " " + roff(option->get_name(true));
    page += "\n";
  }
  page += ".fi\n.SH COMMANDS\n";
  for (const CLI::App* command : commands_of(app)) {
    page +=
        ".SS napier " + roff(command->get_name()) + "\n" + roff(command->get_description()) + ".\n";
    for (const CLI::Option* option : options_of(*command)) {
      const std::string value =
          takes_value(*option) ? " \\fI" + roff(option->get_type_name()) + "\\fR" : "";
      page += ".TP\n\\fB" + roff(option->get_name(false, true)) + "\\fR" + value + "\n" +
              roff(option->get_description()) + "\n";
    }
    if (!command->get_footer().empty())
      page += ".PP\n.nf\n" + roff(command->get_footer()) + "\n.fi\n";
  }
  return page + ".SH EXIT STATUS\n" + roff(app.get_footer()) + "\n";
}

std::string markdown(const CLI::App& app) {
  std::string page =
      "# The command line\n\nWritten by `napier manual markdown`; a test compares.\n\n```text\n" +
      app.help() + "```\n";
  for (const CLI::App* command : commands_of(app))
    page += fmt::format("\n## napier {}\n\n```text\n{}```\n", command->get_name(),
                        command->help("napier"));
  std::string tidy;  // CLI11 leaves blanks at the ends of lines
  for (const char c : page) {
    if (c == '\n') tidy.erase(tidy.find_last_not_of(' ') + 1);
    tidy += c;
  }
  return tidy;
}

std::string all_options(const CLI::App& command) {
  std::vector<std::string> names;
  for (const CLI::Option* option : options_of(command)) names.push_back("--" + long_name(*option));
  return fmt::format("{}", fmt::join(names, " "));
}

std::string all_names(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::App* command : commands_of(app)) names.push_back(command->get_name());
  return fmt::format("{}", fmt::join(names, " "));
}

std::string bash(const CLI::App& app) {
  std::string cases;
  std::string values;
  std::vector<std::string> valued;
  for (const CLI::App* command : commands_of(app)) {
    cases += fmt::format("    {}) options='{}' ;;\n", command->get_name(), all_options(*command));
    for (const CLI::Option* option : options_of(*command)) {
      const std::vector<std::string> words = values_of(*option);
      const std::string name = option->get_name();
      if (words.empty() || std::ranges::find(valued, name) != valued.end()) continue;
      valued.push_back(name);
      values += fmt::format("    {}) words='{}' ;;\n", name, fmt::join(words, " "));
    }
  }
  return "# bash completion for napier; written by napier manual bash\n"
         "_napier() {\n"
         "  local current=${COMP_WORDS[COMP_CWORD]} options='--help --version' words=\n"
         "  case ${COMP_WORDS[COMP_CWORD - 1]} in\n" +
         values +
         "  esac\n"
         "  if [ -n \"$words\" ]; then\n"
         "    mapfile -t COMPREPLY < <(compgen -W \"$words\" -- \"$current\")\n"
         "    return\n"
         "  fi\n"
         "  case ${COMP_WORDS[1]} in\n" +
         cases +
         "  esac\n"
         "  if [ \"$COMP_CWORD\" -eq 1 ]; then\n"
         "    mapfile -t COMPREPLY < <(compgen -W \"" +
         all_names(app) +
         " $options\" -- \"$current\")\n"
         "  elif [[ $current == -* ]]; then\n"
         "    mapfile -t COMPREPLY < <(compgen -W \"$options\" -- \"$current\")\n"
         "  else\n"
         "    compopt -o filenames 2>/dev/null\n"
         "    mapfile -t COMPREPLY < <(compgen -f -- \"$current\")\n"
         "  fi\n"
         "}\n"
         "complete -F _napier napier\n";
}

std::string zsh(const CLI::App& app) {
  const auto quoted = [](std::string_view text) {
    std::string all;
    for (const char c : replaced(text, "[]:\\", "\\")) all += c == '\'' ? "'\\''" : std::string{c};
    return all;
  };
  std::string names, cases;
  for (const CLI::App* command : commands_of(app)) {
    names += fmt::format("    '{}:{}'\n", command->get_name(), quoted(command->get_description()));
    cases += fmt::format("    {})\n      _arguments", command->get_name());
    for (const CLI::Option* option : options_of(*command)) {
      const std::vector<std::string> words = values_of(*option);
      std::string value;
      if (takes_value(*option))
        value = words.empty() ? ":value:_files" : fmt::format(":value:({})", fmt::join(words, " "));
      cases += fmt::format(" \\\n        '*--{}[{}]{}'", long_name(*option),
                           quoted(option->get_description()), value);
    }
    cases += " \\\n        '*:target:_files'\n      ;;\n";
  }
  return "#compdef napier\n# zsh completion for napier; written by napier manual zsh\n"
         "local -a commands\ncommands=(\n" +
         names +
         ")\nif ((CURRENT == 2)); then\n  _describe command commands\nelse\n"
         "  shift words\n  ((CURRENT--))\n  case ${words[1]} in\n" +
         cases + "  esac\nfi\n";
}

std::string fish(const CLI::App& app) {
  const auto quoted = [](std::string_view text) { return replaced(text, "'\\", "\\"); };
  std::string text = "# fish completion for napier; written by napier manual fish\n";
  for (const CLI::App* command : commands_of(app))
    text += fmt::format("complete -c napier -n __fish_use_subcommand -a {} -d '{}'\n",
                        command->get_name(), quoted(command->get_description()));
  for (const CLI::App* command : commands_of(app))
    for (const CLI::Option* option : options_of(*command)) {
      const std::vector<std::string> words = values_of(*option);
      text +=
          fmt::format("complete -c napier -n '__fish_seen_subcommand_from {}' -l {}{} -d '{}'\n",
                      command->get_name(), long_name(*option),
                      !takes_value(*option) ? ""
                      : words.empty()       ? " -r"
                                            : fmt::format(" -x -a '{}'", fmt::join(words, " ")),
                      quoted(option->get_description()));
    }
  return text;
}

struct Form {
  std::string_view name;
  std::string (*written)(const CLI::App& app);
};
constexpr std::array forms{Form{"man", man}, Form{"markdown", markdown}, Form{"bash", bash},
                           Form{"zsh", zsh}, Form{"fish", fish}};

}  // namespace

Run add_manual(CLI::App& app) {
  auto* command = app.add_subcommand("manual", "Print this manual, or a shell's completions");
  auto form = std::make_shared<std::string>();
  command
      ->add_option("FORM", *form,
                   "man for a man page, markdown, or bash, zsh or fish for completions")
      ->required();
  command->footer("Examples:\n  napier manual man\n  napier manual bash");
  return [form, &app] {
    const auto known = std::ranges::find(forms, *form, &Form::name);
    if (known == forms.end())
      throw std::invalid_argument("there is no form '" + *form +
                                  "' of the manual: man, markdown, bash, zsh or fish");
    print(known->written(app));
    return 0;
  };
}

}  // namespace napier::cli
