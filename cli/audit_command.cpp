// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include <fmt/format.h>

#include <charconv>
#include <memory>
#include <stdexcept>

#include "audit/deadline.hpp"
#include "audit/shard_run.hpp"
#include "cli/commands.hpp"
#include "cli/delivery.hpp"
#include "cli/signals.hpp"
#include "cli/terminal.hpp"
#include "cli/usage.hpp"
#include "lib/target/claim_grammar.hpp"
#include "reports/store/store.hpp"
#include "reports/text.hpp"
#include "reports/view/figures.hpp"

namespace napier::cli {
namespace {

/// "3/8": the part, from 0, and of how many.
Shard shard_of(const std::string& text) {
  const std::size_t slash = text.find('/');
  const auto number = [&](std::string_view digits) -> std::uint64_t {
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (error != std::errc() || end != digits.data() + digits.size() || digits.empty())
      throw std::invalid_argument("--shard '" + text +
                                  "' is no part of a whole, as 3/8: I/N with "
                                  "I from 0 to N-1");
    return value;
  };
  const std::string_view all = text;
  const Shard shard{number(all.substr(0, slash)),
                    slash == std::string::npos ? 0 : number(all.substr(slash + 1))};
  if (shard.index >= shard.count || shard.count > most_shards)
    throw std::invalid_argument(fmt::format(
        "--shard '{}' is no part of a whole, as 3/8: I/N with I from 0 to N-1, N at most {}", text,
        most_shards));
  return shard;
}

void refuse_with_shard(const AuditOptions& options) {
  if (options.out.empty())
    throw std::invalid_argument("--shard needs --out DIR, the folder for what is done of it");
  if (!options.json.empty())
    throw std::invalid_argument(
        "--shard and --json contradict each other: a shard has no report "
        "yet, napier merge makes it");
  if (options.record)
    throw std::invalid_argument(
        "--shard and --record contradict each other: what is refuted is confirmed by napier merge");
  if (options.timings)
    throw std::invalid_argument("--shard and --timings contradict each other: leave one out");
}

/// "shard 3 of 8: finished, 1200000 cases, 3 refuted so far; report/shard-3-of-8.napier"
std::string summary(const ShardOutcome& outcome, const Shard& shard) {
  std::string line = fmt::format("shard {} of {}: ", shard.index, shard.count);
  if (outcome.end == ShardOutcome::End::done_before)
    line += "already done";
  else
    line += fmt::format(
        "{}, {}, {} refuted and not confirmed yet",
        outcome.end == ShardOutcome::End::finished ? "finished" : "stopped, run it again",
        counted(outcome.cases, "case", "cases"), outcome.refuted);
  return line + "; " + one_line(outcome.file.string()) + "\n";
}

int run_part(const AuditOptions& options, const std::vector<Candidate>& tried,
             const CampaignOptions& campaign) {
  const Shard shard = shard_of(options.shard);
  ProgressLine line(!options.quiet, tried.size());
  Progress progress;
  progress.begins = [&line](const std::string& target, const std::string& property) {
    line.say(target + ": " + property);
  };
  const ShardOutcome outcome =
      run_shard(tried, campaign, shard, words_of_command(), options.out, progress, complain);
  line.say("");
  for (const std::string& failure : outcome.failures) complain(failure);
  if (!options.quiet) print(summary(outcome, shard));
  if (outcome.end != ShardOutcome::End::stopped) return 0;
  return was_interrupted() ? interrupted_status : checkpoint_status;
}

int run_audit(const AuditOptions& options) {
  if (options.quiet && options.verbose)
    throw std::invalid_argument("--quiet and -v contradict each other: leave one out");
  const bool is_part = !options.shard.empty();
  if (is_part) {
    static_cast<void>(shard_of(options.shard));
    refuse_with_shard(options);
  }
  CampaignOptions campaign = options.campaign();
  StopFlag& stop = is_part ? checkpoint_on_signal() : stop_on_signal();
  campaign.stop = &stop;
  std::vector<Candidate> tried = options.candidates(campaign);
  const FailureRecord failures(tried);
  prepare(options);
  const Deadline deadline(options.max_seconds, stop);
  if (is_part) return run_part(options, tried, campaign);
  return try_and_deliver(tried, failures, campaign, options,
                         [&deadline] { return deadline.passed(); });
}

}  // namespace

Run add_audit(CLI::App& app) {
  auto* command =
      app.add_subcommand("audit", "Try targets and report what stands and what is refuted");
  auto options = std::make_shared<AuditOptions>();
  options->add_to(*command);
  command->footer(R"(Examples:
  napier audit libm/exp:binary64 --effort quick
  napier audit 'libm/*:binary64' --cases 10000 --out report
  napier audit so:libm.so.6#expm1f --max-ulp 2 --property 1.1,1.2,accuracy --cases 10000
  napier audit so:libm.so.6#exp --claim 'rel <= 1e-15 on [-700, 700]' --cases 10000
  napier audit 'shipped/**:bfloat16' --property 1.1 --cases 1000 --max-seconds 60
  napier audit libm/exp:binary64 --effort quick --shard 0/2 --out shards

Properties, with the numbers of the laws:
)" + properties_help() +
                  R"(
Claims: PROMISE [on DOMAIN | elsewhere] [in MODES]; PROMISE …   of a result y and the true value t
)" + promises_help() +
                  R"(  DOMAIN: [LO, HI], and for pow x in [LO, HI] (base), y in [LO, HI] (exponent)
  MODES: nearest, up, down, zero, directed or all, with commas

Units: an ulp of t is the distance of neighbours in the format where t lies, below all normal
numbers the least subnormal and beyond all numbers that of the last binade. K, A and B may have
decimals, and an error is counted from the true value: what is rounded to nearest is at most 0.5 ulp
off. rel and abs have no unit. --max-seconds are seconds of the clock, --cases are counted for each
property in each rounding mode, and --threads are napier's own.

Exit status: 0 every claim stands, 1 refuted, 2 usage or environment, 3 inconclusive or out of time,
70 Napier contradicts itself, 75 a shard that stopped at a checkpoint, 130 interrupted.)");
  return [options] { return run_audit(*options); };
}

}  // namespace napier::cli
