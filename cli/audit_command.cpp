// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <stdexcept>
#include <thread>
#include <utility>

#include "audit/campaign.hpp"
#include "audit/corpus.hpp"
#include "audit/deadline.hpp"
#include "audit/selection.hpp"
#include "cli/candidates.hpp"
#include "cli/commands.hpp"
#include "cli/failure_record.hpp"
#include "cli/signals.hpp"
#include "cli/terminal.hpp"
#include "cli/usage.hpp"
#include "lib/target/claim_grammar.hpp"
#include "oracles/fast/scalar/simd_level.hpp"
#include "reports/render/html.hpp"
#include "reports/render/markdown.hpp"
#include "reports/store/json.hpp"
#include "reports/store/store.hpp"
#include "reports/text.hpp"
#include "reports/view/figures.hpp"

namespace napier::cli {
namespace {

struct AuditOptions {
  std::vector<std::string> targets;
  ClaimOptions claim;
  std::optional<std::string> effort;
  std::vector<std::string> properties;
  std::vector<std::string> roundings;
  std::uint64_t seed = 1;
  std::uint64_t cases = 0;
  double max_seconds = 0;
  int threads = 0;
  std::string simd;
  std::string out;
  std::string json;
  std::vector<std::string> known_issues;
  std::vector<std::string> corpora;
  bool exhaustive = false;
  bool timings = false;
  bool record = false;
  bool quiet = false;
  bool verbose = false;
};

/// More than any machine has: a larger number is a slip.
constexpr std::uint64_t most_threads = 65'536;

void use_simd(const std::string& level) {
  try {
    use_simd_level(level);
  } catch (const std::invalid_argument& refused) {
    throw std::invalid_argument(std::string("--simd: ") + refused.what());
  }
}

CampaignOptions campaign_options(const AuditOptions& given) {
  CampaignOptions options;
  const std::string named = given.effort.value_or("standard");
  const auto effort = find_effort(named);
  if (!effort)
    throw std::invalid_argument("--effort '" + named + "' is unknown: quick, standard or deep");
  options.effort = *effort;
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
  options.exhaustive = given.exhaustive;
  options.timings = given.timings;
  for (const std::string& text : given.roundings) {
    if (text == "all") {
      options.roundings = {all_roundings.begin(), all_roundings.end()};
      continue;
    }
    const auto rounding = find_rounding(text);
    if (!rounding)
      throw std::invalid_argument("--rounding '" + text +
                                  "' is unknown: nearest, up, down, zero or all");
    if (std::ranges::find(options.roundings, *rounding) == options.roundings.end())
      options.roundings.push_back(*rounding);
  }
  static_cast<void>(select_properties(options.properties));  // refuse unknown names before any work
  return options;
}

/// The shipped list and the files given, or none at all; read before any work.
std::vector<ExpectedIssue> known_issues(const AuditOptions& options) {
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
    if (!any)
      throw std::invalid_argument(
          fmt::format("--corpus {}: of its {} no target can be asked: they are of other functions "
                      "or formats",
                      one_line(file), counted(corpus.size(), "case", "cases")));
  }
}

/// Places that can be written to, made and tried before hours of work.
void prepare(const AuditOptions& options) {
  if (!options.quiet || options.json == "-") check_stdout();
  if (!options.out.empty()) create_folder(options.out);
  if (options.json.empty() || options.json == "-") return;
  const auto folder = std::filesystem::path(options.json).parent_path();
  if (!folder.empty() && !std::filesystem::is_directory(folder))
    throw std::runtime_error("cannot write " + options.json + ": there is no folder " +
                             folder.string());
  create_folder(folder.empty() ? std::filesystem::path(".") : folder);  // it can be written to
  if (std::filesystem::is_directory(options.json))
    throw std::runtime_error("cannot write " + options.json + ": it is a directory");
}

/// Does something, and says on stderr what kept it from being done. Was it done?
template <class Action>
bool try_to(Action action) {
  try {
    action();
    return true;
  } catch (const std::exception& error) {
    complain(error.what());
    return false;
  }
}

/// A pipe or a device.
bool is_stream(const std::filesystem::path& path) {
  std::error_code error;
  return std::filesystem::is_other(path, error);
}

bool written(const std::vector<OutputFile>& files) {
  return files.empty() || try_to([&] { write_files(files); });
}

/// Writes the files that were asked for, together; a form that can't be made keeps no other from
/// being written. Were all?
bool store(const Report& report, const AuditOptions& options) {
  std::vector<OutputFile> files;
  bool made = true;
  const auto add = [&](const std::filesystem::path& path, auto render) {
    made = try_to([&] { files.push_back({path, render(report)}); }) && made;
  };
  const auto json = [](const Report& one) { return json_text(one); };
  if (!options.out.empty()) {
    const std::filesystem::path folder(options.out);
    add(folder / "report.json", json);
    add(folder / "report.html", render_html);
    add(folder / "report.md", [](const Report& one) { return render_markdown(one); });
  }
  if (options.json.empty() || options.json == "-") return written(files) && made;
  if (!is_stream(options.json)) {
    add(options.json, json);
    return written(files) && made;
  }
  // A pipe that nobody reads takes no report for ever: that must keep no file from being written,
  // and Ctrl-C must end it.
  const bool stored = written(files);
  end_at_once_on_signal();
  return try_to([&] { write_file(options.json, json(report)); }) && stored && made;
}

/// Whether the report is printed for a person to read.
bool is_shown(const AuditOptions& options) { return !options.quiet && options.json != "-"; }

/// Puts the report where it was asked for. What can't be written is said on stderr, and keeps the
/// report from no other place. The verdicts have been told already.
bool deliver(const Report& report, const AuditOptions& options) {
  const bool stored = store(report, options);
  if (options.json == "-") return try_to([&] { print(json_text(report)); }) && stored;
  if (!is_shown(options)) return stored;
  return try_to([&] {
           TerminalOptions terminal = terminal_options(options.verbose);
           if (stored && !options.out.empty())
             terminal.written = (std::filesystem::path(options.out) / "report.html").string();
           print(render_rest(report, terminal));
         }) &&
         stored;
}

/// One line on stderr for every target that could not be audited. Was any?
bool tell_failures(const Report& report) {
  bool any_tried = false;
  for (const TargetResult& target : report.targets) {
    for (const std::string& what : target.contradictions) complain(what);
    if (target.verdict == TargetVerdict::failed)
      complain(target.failure);
    else if (target.verdict != TargetVerdict::absent)
      any_tried = true;
  }
  for (const TargetResult& target : report.targets)
    if (!any_tried && target.verdict == TargetVerdict::absent)
      complain(target.name + " is not installed: " + target.failure);
  return any_tried;
}

int run_audit(const AuditOptions& options) {
  if (options.quiet && options.verbose)
    throw std::invalid_argument("--quiet and -v contradict each other: leave one out");
  CampaignOptions campaign = campaign_options(options);
  StopFlag& stop = stop_on_signal();
  campaign.stop = &stop;
  const std::vector<ExpectedIssue> known = known_issues(options);
  std::vector<Candidate> tried = candidates(options.targets, options.claim, campaign.stop);
  add_corpora(options.corpora, tried);
  for (Candidate& candidate : tried) {
    std::ranges::move(known_issues_of(known, candidate.target.name),
                      std::back_inserter(candidate.known));
    if (campaign.cases || campaign.exhaustive) candidate.cases.reset();
  }
  const FailureRecord failures(tried);
  check_feasible(tried, campaign);
  prepare(options);
  const Deadline deadline(options.max_seconds, stop);
  ProgressLine line(!options.quiet, tried.size());
  Progress progress;
  progress.begins = [&line](const std::string& target, const std::string& property) {
    line.say(target + "  " + property);
  };
  // Where nobody can be tried there is no report, and stderr says why.
  std::string untold;
  bool any_tried = false;
  progress.ends = [&](const TargetResult& result, std::size_t place) {
    line.ends(place + 1);
    if (!is_shown(options)) return;
    untold += render_verdict(result, terminal_options(options.verbose));
    any_tried = any_tried || was_tried(result.verdict);
    if (any_tried) tell(std::exchange(untold, {}));
  };
  if (!options.quiet)
    progress.foresees = [&line](const std::string& cost) {
      line.say("");
      complain(cost);
    };
  Report report = run_campaign(tried, campaign, progress);
  report.out_of_time = report.partial && deadline.passed();
  failures.tell(report);
  line.say("");
  if (!tell_failures(report)) return exit_code(report);  // nobody was tried: there is no report
  if (report.partial && !options.quiet)
    complain(report.out_of_time
                 ? fmt::format("the {:g} seconds were up: the report covers what was done in them",
                               options.max_seconds)
                 : "interrupted: the report covers what was done until then");
  const bool recorded = !options.record || try_to([&] { failures.add(report); });
  const bool delivered = deliver(report, options) && recorded;
  const int status = exit_code(report);
  // Of several the gravest: 130, 70, 1, 2, 3, 0.
  const bool graver = status == interrupted_status || status == contradiction_status || status == 1;
  return delivered || graver ? status : 2;
}

}  // namespace

Run add_audit(CLI::App& app) {
  auto* command =
      app.add_subcommand("audit", "Try targets and report what stands and what is refuted");
  auto options = std::make_shared<AuditOptions>();
  command
      ->add_option("TARGET", options->targets,
                   "COLLECTION/…/FUNCTION[:FORMAT] with * and **, so:PATH#SYMBOL (globs too), "
                   "exec:COMMAND, a library, lib.so, or a manifest, FILE.toml")
      ->required();
  options->claim.add_to(*command);
  command->add_option("--effort", options->effort, "quick, standard or deep (default: standard)");
  command->add_flag("--exhaustive", options->exhaustive,
                    "every argument: for one argument of at most 32 bits");
  command
      ->add_option(
          "--cases", options->cases,
          "how many cases of each property, in place of the effort's number: for slow targets")
      ->check(whole_number(1));
  command
      ->add_option("--max-seconds", options->max_seconds,
                   "end after S seconds, with what was found until then: a partial report")
      ->check(seconds());
  command
      ->add_option("--property", options->properties,
                   "only these properties: names, globs or numbers of laws, as below")
      ->delimiter(',');
  command
      ->add_option("--rounding", options->roundings,
                   "nearest, up, down, zero or all (default: nearest, and the others where a "
                   "directed claim is made)")
      ->delimiter(',');
  command->add_option("--seed", options->seed, "the seed of the points that are drawn")
      ->check(whole_number(0))
      ->capture_default_str();
  command
      ->add_option("--threads", options->threads,
                   "at most so many threads (default: as many as there are processors)")
      ->check(whole_number(1, most_threads));
  command->add_option("--simd", options->simd,
                      "the instruction set of the filters, in place of the best: avx2, sse4, …");
  command
      ->add_option("--out", options->out, "the folder for report.json, report.html and report.md")
      ->check(not_empty("a folder"));
  command
      ->add_option("--json", options->json, "the file for the report as JSON; - is standard output")
      ->check(not_empty("a file, or - for standard output"));
  command
      ->add_option("--known-issues", options->known_issues,
                   "a TOML file of findings that don't fail the run as long as they show "
                   "(docs/manifests.md), beside the shipped list; none: not even that")
      ->allow_extra_args(false)
      ->check(not_empty("a file"));
  command
      ->add_option("--corpus", options->corpora,
                   "a file of arguments that accuracy is asked of whatever else is drawn: a case a "
                   "line, as CORE-MATH's .wc and glibc's auto-libm-test-in")
      ->allow_extra_args(false)
      ->check(not_empty("a file"));
  command->add_flag("--record", options->record,
                    "add what is refuted to .napier/failures.txt, which every later audit in this "
                    "folder asks again");
  command->add_flag("--timings", options->timings, "report how long each property took");
  command->add_flag("--quiet", options->quiet, "print nothing: the exit status tells");
  command->add_flag("-v,--verbose", options->verbose,
                    "print every table, what the columns mean, and what made the report");
  command->footer(R"(Examples:
  napier audit libm/exp:binary64 --effort quick
  napier audit 'libm/*:binary64' --cases 10000 --out report
  napier audit so:libm.so.6#expm1f --max-ulp 2 --property 1.1,1.2,accuracy --cases 10000
  napier audit so:libm.so.6#exp --claim 'rel <= 1e-15 on [-700, 700]' --cases 10000
  napier audit 'shipped/**:bfloat16' --property 1.1 --cases 1000 --max-seconds 60

Properties, with the numbers of the laws:
)" + properties_help() +
                  R"(
Claims: PROMISE [on DOMAIN | elsewhere] [in MODES]; PROMISE …   of a result y and the true value t
)" + promises_help() +
                  R"(  DOMAIN: [LO, HI], and for pow x in [LO, HI] (base), y in [LO, HI] (exponent)
  MODES: nearest, up, down, zero, directed or all, with commas

Exit status: 0 every claim stands, 1 refuted, 2 usage or environment, 3 inconclusive or out of time,
70 Napier contradicts itself, 130 interrupted.)");
  return [options] { return run_audit(*options); };
}

}  // namespace napier::cli
