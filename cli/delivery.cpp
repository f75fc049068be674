// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "cli/delivery.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <stdexcept>
#include <utility>

#include "cli/signals.hpp"
#include "cli/terminal.hpp"
#include "reports/render/html.hpp"
#include "reports/render/markdown.hpp"
#include "reports/store/json.hpp"
#include "reports/store/store.hpp"
#include "reports/text.hpp"
#include "reports/view/figures.hpp"

namespace napier::cli {

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

namespace {

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
    add(folder / "report.html", [](const Report& one) { return render_html(one); });
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

}  // namespace

bool is_shown(const AuditOptions& options) { return !options.quiet && options.json != "-"; }

bool deliver(const Report& report, const AuditOptions& options, bool has_to_be_seen) {
  const bool stored = store(report, options);
  if (options.json == "-") return try_to([&] { print(json_text(report)); }) && stored;
  if (!is_shown(options) || !has_to_be_seen) return stored;
  return try_to([&] {
           TerminalOptions terminal = terminal_options(options.verbose);
           if (stored && !options.out.empty())
             terminal.written = (std::filesystem::path(options.out) / "report.html").string();
           print(render_rest(report, terminal));
         }) &&
         stored;
}

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

int try_and_deliver(const std::vector<Candidate>& tried, const FailureRecord& failures,
                    const CampaignOptions& campaign, const AuditOptions& options,
                    const std::function<bool()>& out_of_time) {
  ProgressLine line(!options.quiet, tried.size());
  Progress progress;
  progress.begins = [&line](const std::string& target, const std::string& property) {
    line.say(target + ": " + property);
  };
  // Where nobody can be tried stderr says why, and reports alone are written.
  std::string untold;
  bool any_tried = false;
  progress.ends = [&](const TargetResult& result, std::size_t place) {
    line.ends(place + 1, result);
    if (!is_shown(options)) return;
    // On a screen the line of progress counts those that stand, and the table has their figures.
    if (tried.size() > most_lines && is_screen() && !needs_a_look(result)) {
      any_tried = any_tried || was_tried(result.verdict);
      return;
    }
    untold += render_verdict(result, terminal_options(options.verbose));
    any_tried = any_tried || was_tried(result.verdict);
    if (any_tried) tell(std::exchange(untold, {}));
  };
  if (!options.quiet)
    progress.foresees = [&line](const std::string& cost) {
      line.say("");
      complain(cost + "; --cases N asks for fewer");
    };
  Report report = run_campaign(tried, campaign, progress);
  report.out_of_time = report.partial && out_of_time();
  failures.tell(report);
  line.say("");
  // Where nobody was tried stderr has said all that there is to be seen.
  const bool any_was_tried = tell_failures(report);
  if (report.partial && !options.quiet)
    complain(report.out_of_time
                 ? fmt::format("the {:g} seconds were up: the report covers what was done in them",
                               options.max_seconds)
                 : "interrupted: the report covers what was done until then");
  const bool recorded = !options.record || try_to([&] { failures.add(report); });
  const bool delivered = deliver(report, options, any_was_tried) && recorded;
  const int status = exit_code(report);
  // Of several the gravest: 130, 70, 1, 2, 3, 0.
  const bool graver = status == interrupted_status || status == contradiction_status || status == 1;
  return delivered || graver ? status : 2;
}

}  // namespace napier::cli
