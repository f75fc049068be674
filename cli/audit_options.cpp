// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "cli/audit_options.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>
#include <thread>

#include "audit/corpus.hpp"
#include "audit/isolation/sandbox.hpp"
#include "audit/selection.hpp"
#include "cli/candidates.hpp"
#include "cli/usage.hpp"
#include "oracles/fast/scalar/simd_level.hpp"
#include "reports/text.hpp"
#include "reports/view/figures.hpp"

namespace napier::cli {
namespace {

void use_simd(const std::string& level) {
  try {
    use_simd_level(level);
  } catch (const std::invalid_argument& refused) {
    throw std::invalid_argument(std::string("--simd: ") + refused.what());
  }
}

}  // namespace

std::vector<Rounding> roundings_of(const std::vector<std::string>& names) {
  std::vector<Rounding> roundings;
  for (const std::string& text : names) {
    if (text == "all") {
      roundings = {all_roundings.begin(), all_roundings.end()};
      continue;
    }
    const auto rounding = find_rounding(text);
    if (!rounding)
      throw std::invalid_argument("--rounding '" + text +
                                  "' is unknown: nearest, up, down, zero or all");
    if (std::ranges::find(roundings, *rounding) == roundings.end()) roundings.push_back(*rounding);
  }
  return roundings;
}

CampaignOptions AuditOptions::campaign() const {
  const AuditOptions& given = *this;
  CampaignOptions options;
  const std::string named = given.effort.value_or("standard");
  const auto found = find_effort(named);
  if (!found)
    throw std::invalid_argument("--effort '" + named + "' is unknown: quick, standard or deep");
  options.effort = *found;
  options.properties = given.properties;
  options.seed = {given.seed};
  // More than there are processors would only wait for each other.
  options.threads =
      std::min(given.threads, std::max(1, static_cast<int>(std::thread::hardware_concurrency())));
  if (given.cases != 0 && given.exhaustive)
    throw std::invalid_argument(fmt::format(
        "--cases {} and --exhaustive contradict each other: leave one out", given.cases));
  if (given.cases != 0 && given.effort)
    throw std::invalid_argument(fmt::format(
        "--cases {} and --effort {} contradict each other, for an effort is a number of "
        "cases: leave one out",
        given.cases, named));
  if (given.cases != 0) options.cases = given.cases;
  if (!given.simd.empty()) use_simd(given.simd);
  if (given.sandbox) {
    if (const std::string why = why_no_sandbox(); !why.empty())
      throw std::runtime_error("--sandbox: the system allows none (" + why + "): leave it out");
    use_sandbox();
  }
  options.exhaustive = given.exhaustive;
  options.timings = given.timings;
  options.roundings = roundings_of(given.roundings);
  static_cast<void>(select_properties(options.properties));  // refuse unknown names before any work
  return options;
}

namespace {

/// The shipped list and the files given, or none at all; read before any work.
std::vector<ExpectedIssue> known_issues_for(const AuditOptions& options) {
  constexpr std::string_view none = "none";
  std::vector<ExpectedIssue> all = shipped_known_issues();
  for (const std::string& file : options.known_issues) {
    if (file == none && options.known_issues.size() > 1)
      throw std::invalid_argument("--known-issues none and a file contradict each other");
    if (file == none) return {};
    std::ranges::move(read_known_issues(file), std::back_inserter(all));
  }
  return all;
}

/// Hands every candidate the cases that it can be asked. A corpus that is nobody's is a slip.
void add_corpora(const std::vector<std::string>& files, std::vector<Candidate>& candidates) {
  for (const std::string& file : files) {
    const std::vector<CorpusLine> corpus = read_corpus(file);
    bool any = false;
    for (Candidate& candidate : candidates) {
      std::vector<Point> points = points_of(corpus, candidate.target);
      any = any || !points.empty();
      std::ranges::move(points, std::back_inserter(candidate.corpus));
    }
    if (corpus.empty())
      throw std::invalid_argument(
          fmt::format("--corpus {}: it holds no case: leave the option out", one_line(file)));
    if (!any)
      throw std::invalid_argument(
          fmt::format("--corpus {}: of its {} no target can be asked: they are of other functions "
                      "or formats",
                      one_line(file), counted(corpus.size(), "case", "cases")));
  }
}

}  // namespace

std::vector<Candidate> AuditOptions::candidates(const CampaignOptions& campaign) const {
  const std::vector<ExpectedIssue> known = known_issues_for(*this);
  std::vector<Candidate> tried = cli::candidates(targets, claim, campaign.stop);
  add_corpora(corpora, tried);
  for (Candidate& candidate : tried) {
    std::ranges::move(known_issues_of(known, candidate.target.name),
                      std::back_inserter(candidate.known));
    if (campaign.cases || campaign.exhaustive) candidate.cases.reset();
  }
  check_feasible(tried, campaign);
  return tried;
}

void AuditOptions::add_to(CLI::App& command) {
  command
      .add_option("TARGET", targets,
                  "COLLECTION/…/FUNCTION[:FORMAT] with * and **, so:PATH#SYMBOL (globs too), "
                  "exec:COMMAND, a library, lib.so, or a manifest, FILE.toml")
      ->required();
  claim.add_to(command);
  command.add_option("--effort", effort, "quick, standard or deep (default: standard)");
  command.add_flag("--exhaustive", exhaustive,
                   "every argument: for one argument of at most 32 bits, or of the claim's domain");
  command
      .add_option(
          "--cases", cases,
          "how many cases of each property, in place of the effort's number: for slow targets")
      ->check(whole_number(1));
  command
      .add_option("--max-seconds", max_seconds,
                  "end after S seconds, with what was found until then: a partial report")
      ->check(seconds());
  command
      .add_option("--property", properties,
                  "only these properties: names, globs or numbers of laws, as below")
      ->delimiter(',')
      ->allow_extra_args(false);  // what follows is the target
  command
      .add_option("--rounding", roundings,
                  "nearest, up, down, zero or all (default: nearest, and the others where a "
                  "directed claim is made)")
      ->delimiter(',')
      ->allow_extra_args(false);
  command.add_option("--seed", seed, "the seed of the points that are drawn")
      ->check(whole_number(0))
      ->capture_default_str();
  command
      .add_option("--threads", threads,
                  "at most so many threads (default: as many as there are processors)")
      ->check(whole_number(1, most_threads));
  command.add_option("--simd", simd,
                     "the instruction set of the filters, in place of the best: avx2, sse4, …");
  command.add_option("--out", out, "the folder for report.json, report.html and report.md")
      ->check(not_empty("a folder"));
  command.add_option("--json", json, "the file for the report as JSON; - is standard output")
      ->check(not_empty("a file, or - for standard output"));
  command
      .add_option("--known-issues", known_issues,
                  "a TOML file of findings that don't fail the run as long as they show "
                  "(docs/manifests.md), beside the shipped list; none: not even that")
      ->allow_extra_args(false)
      ->check(not_empty("a file"));
  command
      .add_option("--corpus", corpora,
                  "a file of arguments that accuracy and the laws are asked of whatever else is "
                  "drawn: a case a line, as CORE-MATH's .wc and glibc's auto-libm-test-in, NumPy's "
                  "validation sets, or Arm's TEST_INTERVAL lines")
      ->allow_extra_args(false)
      ->check(not_empty("a file"));
  command.add_option(
      "--shard", shard,
      "only the part I of N, from 0: what it finds is in the folder --out, and napier "
      "merge makes the report of all N; goes on from its checkpoint");
  command.add_flag("--record", record,
                   "add what is refuted to .napier/failures.txt, which every later audit in this "
                   "folder asks again");
  command.add_flag(
      "--sandbox", sandbox,
      "cut so: and exec: targets off from the system: no writing of files, no network, "
      "no other process (Linux namespaces)");
  command.add_flag("--timings", timings, "report how long properties and calls took");
  command.add_flag("--quiet", quiet, "print nothing: the exit status tells");
  command.add_flag("-v,--verbose", verbose,
                   "print every table, what the columns mean, and what made the report");
}

}  // namespace napier::cli
