// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include <fmt/format.h>

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

int run_list(const std::vector<std::string>& patterns, const ClaimOptions& options) {
  const std::vector<Candidate> listed =
      candidates(patterns.empty() ? std::vector<std::string>{"**"} : patterns, options);
  std::size_t width = 0;
  for (const Candidate& c : listed) width = std::max(width, one_line(c.target.name).size());
  std::string text;
  for (const Candidate& c : listed) {
    const Target& t = c.target;
    text += fmt::format("{:<{}}  {}\n{:<{}}  claim: {}; {}\n", one_line(t.name), width,
                        subject_text(t), "", width, describe(t.claim),
                        domain_text(t.claim.domain, t.function->arity == 2));
  }
  if (patterns.empty()) text += others_text;
  print(text);
  return 0;
}

}  // namespace

Run add_list(CLI::App& app) {
  auto* command = app.add_subcommand("list", "Show targets: method, claim, domain");
  auto patterns = std::make_shared<std::vector<std::string>>();
  command->add_option("TARGET", *patterns, "names or globs; all without one");
  auto options = std::make_shared<ClaimOptions>();
  options->add_to(*command);
  command->footer(R"(Examples:
  napier list
  napier list 'libm/*:binary64'
  napier list so:./libmine.so#my_exp --function exp --format binary64
Nothing of a shared object is run for it.)");
  return [patterns, options] { return run_list(*patterns, *options); };
}

}  // namespace napier::cli
