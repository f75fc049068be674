// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <memory>
#include <sstream>
#include <stdexcept>

#include "audit/nearest.hpp"
#include "audit/shard_plan.hpp"
#include "cli/audit_options.hpp"
#include "cli/cluster_scripts.hpp"
#include "cli/commands.hpp"
#include "cli/signals.hpp"
#include "cli/terminal.hpp"
#include "cli/usage.hpp"
#include "reports/text.hpp"

namespace napier::cli {
namespace {

struct PlanOptions {
  AuditOptions audit;
  std::string cluster;
  std::uint64_t shards = 0;
};

const Cluster& cluster_called(const std::string& name) {
  std::vector<std::string_view> names;
  for (const Cluster& cluster : clusters()) {
    if (cluster.name == name) return cluster;
    names.push_back(cluster.name);
  }
  throw std::invalid_argument("--cluster '" + name + "' is unknown" + nearest_clause(name, names) +
                              ": slurm, parallel, actions, kubernetes or htcondor");
}

bool is_installed(std::string_view command) {
  const char* const path = std::getenv("PATH");
  std::stringstream folders(path == nullptr ? "" : path);
  for (std::string folder; std::getline(folders, folder, ':');) {
    const std::string file = fmt::format("{}/{}", folder, command);
    if (::access(file.c_str(), X_OK) == 0) return true;
  }
  return false;
}

/// The words of the audit, without those of the plan and those that the script says.
std::string audit_words() {
  std::string text;
  const std::vector<std::string>& words = words_of_command();
  for (std::size_t i = 0; i < words.size(); ++i) {
    bool left_out = false;
    for (const std::string option : {"--cluster", "--shards", "--threads"}) {
      if (words[i].starts_with(option + "=")) left_out = true;
      if (words[i] != option) continue;
      left_out = true;
      ++i;
      break;
    }
    if (left_out) continue;
    text += (text.empty() ? "" : " ") + shell_word(words[i]);
  }
  return text;
}

int run_plan(const PlanOptions& options) {
  const Cluster& cluster = cluster_called(options.cluster);
  for (const std::string* given : {&options.audit.shard, &options.audit.out, &options.audit.json})
    if (!given->empty())
      throw std::invalid_argument("leave out --shard, --out and --json: the script says them");
  if (options.audit.record || options.audit.timings)
    throw std::invalid_argument("leave out --record and --timings: shards can't do that");
  if (options.shards > cluster.most_shards)
    throw std::invalid_argument(fmt::format("--shards {}: --cluster {} takes at most {}",
                                            options.shards, cluster.name, cluster.most_shards));
  CampaignOptions campaign = options.audit.campaign();
  campaign.stop = &stop_on_signal();
  const ShardPlan plan = plan_shards(options.audit.candidates(campaign), campaign);
  const std::uint64_t shards =
      options.shards != 0 ? options.shards : std::min(plan.shards, cluster.most_shards);
  const std::string each = span_text(plan.time / static_cast<double>(shards));
  const std::string estimate = fmt::format(
      "some {:.2g} cases, {} of one core by a probe here; {} shards of some {}, all "
      "of them in {} on as many cores",
      plan.cases, span_text(plan.time), shards, each, each);
  if (!cluster.command.empty() && !is_installed(cluster.command))
    complain(fmt::format("{} is not installed here{}: use the script where it is", cluster.command,
                         cluster.package.empty()
                             ? ""
                             : fmt::format(" (in Debian the package {})", cluster.package)));
  print(cluster.script({audit_words(), estimate, shards}));
  return 0;
}

}  // namespace

Run add_plan(CLI::App& app) {
  auto* command = app.add_subcommand(
      "plan", "Write the script that runs an audit in shards on a cluster, and what it will cost");
  auto options = std::make_shared<PlanOptions>();
  options->audit.add_to(*command);
  command
      ->add_option("--cluster", options->cluster,
                   "slurm, parallel, actions, kubernetes or htcondor")
      ->required();
  command
      ->add_option("--shards", options->shards,
                   "how many, in place of so many that each takes a quarter of an hour")
      ->check(whole_number(1, most_shards));
  command->footer(
      "Example:\n  napier plan libm/exp:binary64 --cases 1000000 --cluster slurm\n\n"
      "The script is printed; it runs napier audit --shard I/N. See docs/cluster.md.");
  return [options] { return run_plan(*options); };
}

}  // namespace napier::cli
