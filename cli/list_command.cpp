// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include <fmt/format.h>

#include "audit/profiles.hpp"
#include "cli/candidates.hpp"
#include "cli/commands.hpp"
#include "cli/terminal.hpp"
#include "lib/target/catalogue.hpp"
#include "lib/target/pipe.hpp"
#include "reports/text.hpp"

namespace napier::cli {
namespace {

std::string domain_text(const ClaimDomain& domain, bool binary) {
  std::string words;
  const auto say = [&words](std::string_view variable, const Range& range) {
    if (range == Range{}) return;
    words +=
        fmt::format("{}{} in [{}, {}]", words.empty() ? "" : ", ", variable, range.lo, range.hi);
  };
  say("x", domain.x);
  if (binary) say("y", domain.y);
  if (domain.integer_exponent) words += words.empty() ? "integer exponents" : ", integer exponents";
  return words.empty() ? "everywhere" : words;
}

/// What it computes, and of a function that is none of one value, how it is called in C.
std::string subject_text(const Target& t) {
  if (const auto pipe = find_pipe(t.shape.text))
    return fmt::format("{}; {}: {}", t.function->statement, t.shape.text, words(*pipe));
  const std::string what = t.method.empty() ? std::string(t.function->statement) : t.method;
  if (t.shape.is_scalar()) return what;
  return fmt::format("{}; {}: {}", what, t.shape.text,
                     declaration(t.shape, *t.format, t.function->arity));
}

/// What has no list.
constexpr const char* others_text =
    "\n"
    "Other people's: so:PATH#SYMBOL, a function of a shared object, as `napier shim` makes one of "
    "a\n"
    "C++ callable; exec:COMMAND, a process, for which examples/adapters/ has programs for awk, C "
    "(of\n"
    "aarch64, too), Fortran, Go, Java, JavaScript, Lua, NumPy, OCaml, Perl, Python and Rust.\n";

struct ListOptions {
  std::vector<std::string> patterns;
  ClaimOptions claim;
  bool profiles = false;
  bool missing = false;
};

/// "name  title", and what it promises and where that is written.
int list_profiles() {
  std::string text;
  for (const ProfileNote& profile : napier::profiles()) {
    text += fmt::format("{}  {}\n  {}\n  source: {}\n", profile.name, profile.title,
                        profile.promises, profile.source);
    if (!profile.note.empty()) text += fmt::format("  note: {}\n", profile.note);
  }
  print(text);
  return 0;
}

/// What is named and not on this machine, a line each.
int list_missing(const std::vector<Candidate>& listed) {
  std::string text;
  for (const Candidate& c : listed)
    if (!c.absent.empty())
      text += fmt::format("{}  {}\n", one_line(c.target.name), one_line(c.absent));
  print(text.empty() ? "Nothing is missing.\n" : text);
  return 0;
}

std::string state_text(const Candidate& c) {
  if (!c.absent.empty()) return "not installed: " + c.absent;
  if (!c.failure.empty()) return "can't be tried: " + c.failure;
  return fmt::format("claim: {}; {}", describe(c.target.claim),
                     domain_text(c.target.claim.domain, c.target.function->arity == 2));
}

int run_list(const ListOptions& options) {
  if (options.profiles) return list_profiles();
  const std::vector<Candidate> listed = candidates(
      options.patterns.empty() ? std::vector<std::string>{"**"} : options.patterns, options.claim);
  if (options.missing) return list_missing(listed);
  std::size_t width = 0;
  for (const Candidate& c : listed) width = std::max(width, one_line(c.target.name).size());
  std::string text;
  for (const Candidate& c : listed) {
    const Target& t = c.target;
    text += fmt::format("{:<{}}  {}\n{:<{}}  {}\n", one_line(t.name), width, subject_text(t), "",
                        width, one_line(state_text(c)));
    if (c.expect)
      text += fmt::format("{:<{}}  asked for: {}; {}\n", "", width, describe(*c.expect),
                          domain_text(c.expect->domain, t.function->arity == 2));
  }
  if (options.patterns.empty()) text += others_text;
  print(text);
  return 0;
}

}  // namespace

Run add_list(CLI::App& app) {
  auto* command = app.add_subcommand("list", "Show targets: method, claim, domain");
  auto options = std::make_shared<ListOptions>();
  command->add_option("TARGET", options->patterns,
                      "names or globs, manifests (FILE.toml), libraries; all without one");
  command->add_flag("--missing", options->missing,
                    "only what a manifest names and is not on this machine");
  command->add_flag("--profiles", options->profiles,
                    "the profiles that --profile knows: what each promises, and where");
  options->claim.add_to(*command);
  return [options] { return run_list(*options); };
}

}  // namespace napier::cli
