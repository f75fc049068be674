// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "audit/manifest.hpp"

#include <fmt/format.h>
#include <fnmatch.h>

#include <algorithm>
#include <filesystem>

#include "audit/collections.hpp"
#include "audit/manifest/built.hpp"
#include "audit/manifest/library.hpp"
#include "audit/manifest/program.hpp"
#include "audit/manifest/promise_table.hpp"
#include "audit/manifest/toml_tree.hpp"
#include "audit/manifest/values.hpp"
#include "audit/profiles.hpp"
#include "lib/target/claim_domain.hpp"
#include "lib/target/outputs.hpp"
#include "reports/text.hpp"

namespace napier {
namespace {

namespace fs = std::filesystem;

/// NAME=VALUE, of a table.
std::vector<std::string> environment_of(const TomlNode& node) {
  std::vector<std::string> variables;
  for (const auto& [name, value] : node.entries()) {
    if (name.empty() || name.find_first_of("= ") != std::string::npos)
      value.refuse("is no name of an environment variable");
    variables.push_back(name + "=" + value.text());
  }
  return variables;
}

/// An option with its value, as words of a POSIX shell behind others.
void add_words(std::string& words, std::string_view option, const std::string& value) {
  words += fmt::format("{}{} {}", words.empty() ? "" : " ", option, shell_word(value));
}

/// A path with '/' as it is seen from a folder; of a name alone, the file in that folder where
/// names of files are meant and there is one, else what the loader finds.
std::string path_of_library(const std::string& path, const fs::path& folder, bool names_file) {
  std::error_code error;
  const bool relative = fs::path(path).is_relative();
  if (path.find('/') == std::string::npos && !(names_file && fs::exists(folder / path, error)))
    return path;
  const std::string seen =
      relative ? (folder / path).lexically_normal().string() : std::string(path);
  return seen.find('/') == std::string::npos ? "./" + seen : seen;
}

constexpr std::string_view placeholder = "{here}";

/// A [[target]], which may mean several.
class Entry {
 public:
  Entry(const TomlNode& node, const std::optional<PromiseTable>& expected, const Patience& patience)
      : node_(node), folder_(fs::path(node.file()).parent_path()), patience_(patience) {
    node.check_keys({"target",  "function",    "format",   "shape",    "claim",
                     "profile", "source",      "build",    "compiler", "flags",
                     "expect",  "property",    "rounding", "cases",    "budget",
                     "domain",  "environment", "package",  "note",     "exclude"});
    if (node.has("cases") && node.has("budget"))
      node["budget"].refuse("says the same as cases: keep one of them");
    const std::string source = node.text_or("source", fs::path(node.file()).filename().string());
    if (const TomlNode* given = node.find("claim")) claim_.emplace(*given, source);
    for (const char* key : {"compiler", "flags"})
      if (const TomlNode* given = node.find(key); given != nullptr && !node.has("build"))
        given->refuse("is for what is built: add build, the source file");
    if (claim_ && node.has("profile"))
      node["profile"].refuse("and a claim contradict each other: keep one of them");
    if (const TomlNode* given = node.find("expect"))
      expect_.emplace(*given, given->file());
    else
      expect_ = expected;
    if (const TomlNode* given = node.find("environment")) environment_ = environment_of(*given);
  }

  std::vector<Candidate> candidates() const {
    std::vector<Candidate> all;
    const TomlNode& targets = node_["target"];
    for (const std::string& text : targets.texts())
      for (Candidate& candidate :
           targets.at_this_place([&] { return node_.has("build") ? built(text) : named(text); }))
        all.push_back(std::move(candidate));
    if (all.empty()) targets.refuse("names nobody");
    return all;
  }

 private:
  std::vector<Candidate> named(const std::string& text) const {
    std::vector<Candidate> all;
    if (is_command_target(text)) return {finished(command(text))};
    if (!is_shared_object_target(text) && !is_library(text)) {
      for (const char* key : {"function", "format", "shape", "environment"})
        if (const TomlNode* given = node_.find(key))
          given->refuse("is for targets of shared objects, and " + text + " is none");
      for (Candidate& candidate : select_candidates(text, patience_))
        all.push_back(finished(std::move(candidate)));
      return all;
    }
    const std::string seen = seen_from_here(text);
    if (!is_library(seen)) return outputs(seen);
    const SharedObject object =
        parse_shared_object(is_shared_object_target(seen) ? seen : "so:" + seen + "#*");
    if (!find_library(object.path)) return {absent(object)};
    for (const std::string& target : library_targets(seen))
      if (!is_excluded(parse_shared_object(target).symbol))
        all.push_back(finished(foreign(target, options())));
    if (std::string others = passed_over(seen); !others.empty() && !all.empty())
      all.front().notes.push_back(std::move(others));
    return all;
  }

  /// A function of a source file, once for each way to compile it. It is compiled when it is first
  /// asked for.
  std::vector<Candidate> built(const std::string& symbol) const {
    const std::string compiler = node_.text_or("compiler", "cc");
    const std::string source = (folder_ / node_["build"].text()).lexically_normal().string();
    std::vector<Candidate> all;
    for (const std::string& flags : node_.texts_or("flags", {"-O2"})) {
      const auto build = std::make_shared<Build>(source, compiler, flags);
      for (const SharedObjectOptions& output :
           each_output(SharedObject{build->path(), symbol}.name(), options()))
        all.push_back(finished(from(build, symbol, output)));
    }
    return all;
  }

  Candidate from(const std::shared_ptr<Build>& build, const std::string& symbol,
                 const SharedObjectOptions& options) const {
    SharedObjectTarget made =
        shared_object_target(SharedObject{build->path(), symbol}.name(), options);
    const auto after_building = [&build](const OpenCaller& open) {
      return [build, open] {
        build->make();
        return open();
      };
    };
    made.target.open = after_building(made.target.open);
    if (made.target.primal)
      made.target.primal = std::make_shared<const Primal>(
          Primal{made.target.primal->claim, after_building(made.target.primal->open)});
    Candidate candidate{std::move(made.target), words_of(options), {}};
    if (!made.inferred.empty()) candidate.notes.push_back(made.inferred);
    candidate.notes.push_back("built by " + build->how());
    candidate.environment = environment_;
    if (!is_program(first_program(node_.text_or("compiler", "cc"))))
      candidate.absent = why_absent(node_.text_or("compiler", "cc"));
    return candidate;
  }

  /// A path of the manifest, from where we are.
  std::string seen_from_here(const std::string& text) const {
    const bool alone = !is_shared_object_target(text);
    SharedObject object = alone ? SharedObject{text, {}} : parse_shared_object(text);
    object.path = path_of_library(object.path, folder_, alone);
    return alone ? object.path : object.name();
  }

  bool is_excluded(const std::string& symbol) const {
    return std::ranges::any_of(node_.texts_or("exclude", {}), [&](const std::string& glob) {
      return fnmatch(glob.c_str(), symbol.c_str(), 0) == 0;
    });
  }

  /// A function that was named by itself: each of its outputs is a candidate.
  std::vector<Candidate> outputs(const std::string& text) const {
    std::vector<Candidate> all;
    const WellKnown known = well_known(parse_shared_object(text).symbol);
    const bool callable = !known.shape || why_not_callable(*known.shape, known.needs).empty();
    if (!callable) return {finished(foreign(text, options()))};
    for (const SharedObjectOptions& output : each_output(text, options()))
      all.push_back(finished(foreign(text, output)));
    return all;
  }

  SharedObjectOptions options() const {
    SharedObjectOptions options;
    const auto given = [&](const char* key) {
      const TomlNode* found = node_.find(key);
      return found == nullptr ? std::nullopt : std::optional(found->text());
    };
    options.function = given("function");
    options.format = given("format");
    options.shape = given("shape");
    options.environment = environment_;
    options.patience = patience_;
    return options;
  }

  static std::string words_of(const SharedObjectOptions& options) {
    std::string words;
    const auto add = [&](std::string_view option, const std::optional<std::string>& given) {
      if (given) add_words(words, option, *given);
    };
    add("--function", options.function);
    add("--format", options.format);
    add("--shape", options.shape);
    for (const std::string& variable : options.environment) add_words(words, "--env", variable);
    return words;
  }

  /// A command, seen from where we are; {here} stands for the manifest's folder.
  Candidate command(std::string text) const {
    if (const TomlNode* given = node_.find("environment"))
      given->refuse("is for shared objects: write exec:env NAME=VALUE …");
    const std::string here = shell_word(folder_.empty() ? "." : folder_.string());
    for (std::size_t at = 0; (at = text.find(placeholder, at)) != text.npos; at += here.size())
      text.replace(at, placeholder.size(), here);
    Candidate candidate{command_target(text, options()).target, words_of(options()), {}};
    const std::string program = first_program(text);
    if (!is_program(program)) candidate.absent = why_absent(program);
    return candidate;
  }

  Candidate foreign(const std::string& text, const SharedObjectOptions& options) const {
    const WellKnown known = well_known(parse_shared_object(text).symbol);
    const std::string lacks =
        known.shape ? why_not_callable(*known.shape, known.needs) : std::string();
    if (!lacks.empty()) return not_here(text, known, lacks);
    SharedObjectTarget made = shared_object_target(text, options);
    Candidate candidate{std::move(made.target), words_of(options), {}};
    if (!made.inferred.empty()) candidate.notes.push_back(made.inferred);
    candidate.environment = environment_;
    const std::string path = parse_shared_object(text).path;
    if (find_library(path))
      candidate.object = identity_of_library(path);
    else
      candidate.absent = why_absent(path);
    return candidate;
  }

  std::string why_absent(const std::string& path) const {
    const std::vector<std::string> packages = node_.texts_or("package", {});
    std::string names;
    for (const std::string& name : packages) names += (names.empty() ? "" : " ") + name;
    return fmt::format("{} is not on this machine{}", one_line(path),
                       names.empty() ? "" : " (package " + names + ")");
  }

  static Candidate not_here(const std::string& name, const WellKnown& known, std::string why) {
    Candidate candidate;
    candidate.target.name = name;
    candidate.target.function = known.function;
    candidate.target.format = known.format;
    candidate.absent = std::move(why);
    return candidate;
  }

  /// Of a glob nobody knows what it would have named.
  Candidate absent(const SharedObject& object) const {
    return not_here(object.name(), {&functions::exp, &binary64}, why_absent(object.path));
  }

  Candidate finished(Candidate candidate) const {
    const Function& function = *candidate.target.function;
    const Format& format = *candidate.target.format;
    const std::string shape = candidate.claim_options;
    const bool derived = is_derived(candidate.target);
    if (derived) claim_of_value(candidate.target, state(*function.primal, candidate));
    // One sentence for all is the value's: a derivative's errors are others.
    if (!derived)
      candidate.target.claim = state(function, candidate);
    else if (claim_ && !claim_->is_sentence())
      candidate.target.claim = state(function, candidate);
    if (expect_ && !(derived && expect_->is_sentence()))
      if (auto found = expect_->find(function, format)) {
        candidate.expect = found->claim;
        candidate.expect_options = shape;
        say(candidate.expect_options, function, derived, found->sentence);
      }
    if (const TomlNode* given = node_.find("property"))
      candidate.properties = property_names(*given);
    if (const TomlNode* given = node_.find("rounding")) candidate.roundings = roundings_of(*given);
    for (const char* key : {"cases", "budget"})
      if (const TomlNode* given = node_.find(key)) candidate.cases = given->count();
    if (const TomlNode* given = node_.find("domain")) state_domain(*given, candidate);
    for (const std::string& note : node_.texts_or("note", {})) candidate.notes.push_back(note);
    return candidate;
  }

  /// Where the claim holds, which replay lines repeat.
  static void state_domain(const TomlNode& given, Candidate& candidate) {
    Target& target = candidate.target;
    if (target.claim.domain != ClaimDomain{})
      given.refuse("and the claim both say where it holds: keep one of them");
    target.claim.domain = given.at_this_place(
        [&] { return parse_domain(given.texts(), *target.function, *target.format); });
    for (const std::string& text : given.texts())
      candidate.claim_options +=
          (candidate.claim_options.empty() ? "" : " ") + shell_word("--domain=" + text);
  }

  /// What the author claims of a function, which the candidate's replay lines repeat.
  Claim state(const Function& function, Candidate& candidate) const {
    const Format& format = *candidate.target.format;
    if (claim_) {
      const auto found = claim_->find(function, format);
      if (!found) return {};
      const bool derived = is_derived(candidate.target);
      say(candidate.claim_options, function, derived && function.primal != nullptr,
          found->sentence);
      return found->claim;
    }
    const TomlNode* const profile = node_.find("profile");
    if (profile == nullptr) return candidate.target.claim;
    add_words(candidate.claim_options, "--profile", profile->text());
    return profile->at_this_place([&] { return profile_claim(profile->text(), function, format); });
  }

  /// Is it a derivative that a function gives beside its value?
  static bool is_derived(const Target& target) {
    return parse_signature(target.shape).judged.order != 0;
  }

  /// A sentence about a derivative beside its value says so.
  static void say(std::string& options, const Function& function, bool derived,
                  const std::string& sentence) {
    add_words(options, "--claim",
              derived ? fmt::format("{}: {}", function.name, sentence) : sentence);
  }

  const TomlNode& node_;
  fs::path folder_;
  Patience patience_;
  std::optional<PromiseTable> claim_;
  std::optional<PromiseTable> expect_;
  std::vector<std::string> environment_;
};

std::vector<ExpectedIssue> issues_of(const TomlNode& root) {
  std::vector<ExpectedIssue> all;
  if (const TomlNode* files = root.find("known_issues"))
    for (const std::string& file : files->texts())
      std::ranges::move(
          read_known_issues((fs::path(root.file()).parent_path() / file).lexically_normal()),
          std::back_inserter(all));
  return all;
}

/// What is wrong with an entry keeps no other from being tried: it fails, in a line with its place.
std::vector<Candidate> candidates_of(const TomlNode& node,
                                     const std::optional<PromiseTable>& expected,
                                     const Patience& patience, std::optional<PlacedError>& wrong) {
  try {
    return Entry(node, expected, patience).candidates();
  } catch (const PlacedError& error) {
    if (!wrong) wrong = error;
    Candidate candidate;
    const TomlNode* target = node.is_table() ? node.find("target") : nullptr;
    candidate.target.name = target != nullptr && target->is_text() ? target->text() : node.key();
    candidate.target.function = &functions::exp;  // nobody knows of which it is
    candidate.target.format = &binary64;
    candidate.failure = error.what();
    return {candidate};
  }
}

}  // namespace

bool is_manifest(std::string_view text) {
  return text.ends_with(".toml") && text.find(':') == text.npos;
}

std::vector<Candidate> manifest_candidates(const std::string& file, const Patience& patience) {
  const TomlNode root = TomlNode::read(file);
  root.check_keys({"expect", "known_issues", "target"});
  std::optional<PromiseTable> expected;
  if (const TomlNode* given = root.find("expect")) expected.emplace(*given, given->file());
  const std::vector<ExpectedIssue> known = issues_of(root);
  std::vector<Candidate> all;
  std::optional<PlacedError> wrong;
  bool any_right = false;
  for (const TomlNode& node : root["target"].list())
    for (Candidate& candidate : candidates_of(node, expected, patience, wrong)) {
      any_right |= candidate.failure.empty();
      std::ranges::copy(known_issues_of(known, candidate.target.name),
                        std::back_inserter(candidate.known));
      all.push_back(std::move(candidate));
    }
  if (wrong && !any_right) throw *wrong;
  return all;
}

}  // namespace napier
