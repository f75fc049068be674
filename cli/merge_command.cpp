// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include <fmt/format.h>

#include <filesystem>
#include <memory>
#include <stdexcept>

#include "audit/shard_run.hpp"
#include "audit/shards/merged.hpp"
#include "cli/commands.hpp"
#include "cli/delivery.hpp"
#include "cli/signals.hpp"
#include "cli/usage.hpp"

namespace napier::cli {
namespace {

struct MergeOptions {
  std::vector<std::filesystem::path> files;
  AuditOptions delivery;
};

/// What the audit was asked, as its command line says.
AuditOptions asked_of(const std::vector<std::string>& words) {
  AuditOptions asked;
  CLI::App app;
  asked.add_to(app);
  app.parse(std::vector<std::string>(words.rbegin(), words.rend()));
  return asked;
}

/// The targets are asked again here: they must be those that the shards asked.
void check_same(const RunIdentity& there, const RunIdentity& here) {
  const std::string other = difference(there, here);
  if (!other.empty())
    throw std::runtime_error(
        fmt::format("the targets are asked again to confirm what was found, and this is no place "
                    "for it: {} (in "
                    "the shards and in this run); merge where the shards ran",
                    other));
}

int run_merge(const MergeOptions& options) {
  const MergedShards shards(options.files);
  const AuditOptions asked = asked_of(shards.words());
  CampaignOptions campaign = asked.campaign();
  campaign.threads = options.delivery.campaign().threads;
  campaign.stop = &stop_on_signal();
  std::vector<Candidate> tried = asked.candidates(campaign);
  const FailureRecord failures(tried);
  check_same(shards.run(), run_identity(tried, campaign));
  campaign.shards = &shards;
  prepare(options.delivery);
  return try_and_deliver(tried, failures, campaign, options.delivery, [] { return false; });
}

}  // namespace

Run add_merge(CLI::App& app) {
  auto* command =
      app.add_subcommand("merge", "Make the report of an audit of which each shard did a part");
  auto options = std::make_shared<MergeOptions>();
  command->add_option("FILE", options->files, "the shards' files, shard-I-of-N.napier, all of them")
      ->required();
  command
      ->add_option("--out", options->delivery.json,
                   "the file for the report as JSON; - is standard output")
      ->required();
  command
      ->add_option("--threads", options->delivery.threads,
                   "at most so many threads (default: as many as there are processors)")
      ->check(whole_number(1, most_threads));
  command->add_flag("--quiet", options->delivery.quiet, "print nothing: the exit status tells");
  command->add_flag("-v,--verbose", options->delivery.verbose, "print every table");
  command->footer(
      "Example:\n  napier merge shards/*.napier --out report.json\n\n"
      "The report is that of one process, to the last byte. The targets are asked again: large\n"
      "errors are searched for here, and what was refuted is shrunk and confirmed. So run it "
      "where\n"
      "the shards ran.\n\n"
      "Exit status: as that of napier audit; 2 also where shards are missing or do not belong\n"
      "together.");
  return [options] { return run_merge(*options); };
}

}  // namespace napier::cli
