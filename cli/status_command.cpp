// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include <fmt/format.h>

#include <chrono>
#include <filesystem>
#include <map>
#include <memory>
#include <stdexcept>

#include "audit/shards/merged.hpp"
#include "cli/commands.hpp"
#include "cli/terminal.hpp"
#include "reports/text.hpp"
#include "reports/view/figures.hpp"

namespace napier::cli {
namespace {

namespace fs = std::filesystem;

struct Seen {
  ShardFile shard;
  fs::file_time_type written;
};

std::uint64_t cases_of(const ShardFile& shard) {
  std::uint64_t cases = 0;
  for (const TrialPart& part : shard.trials)
    for (const JuryPart& jury : part.juries)
      for (const Tally& tally : jury.tallies) cases += tally.cases;
  return cases;
}

/// What is written of each shard: its finished file, or else its checkpoint.
std::map<std::uint64_t, Seen> shards_in(const fs::path& folder) {
  std::map<std::uint64_t, Seen> seen;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder, error)) {
    const fs::path& file = entry.path();
    if (file.extension() != ".napier" && file.extension() != ".checkpoint") continue;
    try {
      Seen one{read_shard(file), entry.last_write_time()};
      const auto place = seen.find(one.shard.shard.index);
      if (place == seen.end() || !place->second.shard.ended)
        seen.insert_or_assign(one.shard.shard.index, std::move(one));
    } catch (const std::runtime_error& refusal) {
      complain(refusal.what());
    }
  }
  if (error) throw std::runtime_error("cannot read " + folder.string() + ": " + error.message());
  return seen;
}

/// Why these are no shards of one audit; empty where they are.
std::string what_differs(const std::map<std::uint64_t, Seen>& seen) {
  const ShardFile& first = seen.begin()->second.shard;
  for (const auto& [index, one] : seen) {
    const std::string other = difference(one.shard.run, first.run);
    if (!other.empty() || one.shard.shard.count != first.shard.count)
      return fmt::format("shard {} is not of the audit of shard {}{}{}", index, first.shard.index,
                         other.empty() ? "" : ", ", other);
  }
  return {};
}

int run_status(const std::string& folder) {
  const auto seen = shards_in(folder);
  if (seen.empty())
    throw std::runtime_error(one_line(folder) +
                             " holds no shard yet: a worker writes its first "
                             "checkpoint after 30 seconds");
  const std::uint64_t count = seen.begin()->second.shard.shard.count;
  std::uint64_t ended = 0;
  std::vector<std::uint64_t> missing;
  std::string text;
  for (std::uint64_t index = 0; index < count; ++index) {
    const auto found = seen.find(index);
    const bool is_ended = found != seen.end() && found->second.shard.ended;
    ended += is_ended ? 1 : 0;
    if (!is_ended) missing.push_back(index);
    if (found == seen.end()) continue;
    const std::chrono::duration<double> age =
        fs::file_time_type::clock::now() - found->second.written;
    text += fmt::format(
        "shard {} of {}: {}, {}\n", index, count,
        counted(cases_of(found->second.shard), "case", "cases"),
        is_ended ? "finished" : fmt::format("at a checkpoint {:.0f} seconds ago", age.count()));
  }
  const std::string apart = what_differs(seen);
  text += fmt::format("{} of {} finished{}\n", ended, count,
                      !apart.empty()    ? "; they are of several audits: " + apart
                      : missing.empty() ? "; napier merge makes the report"
                                        : "; missing: sbatch --array=" + array_text(missing));
  print(text);
  return 0;
}

}  // namespace

Run add_status(CLI::App& app) {
  auto* command = app.add_subcommand("status", "Tell how far the shards of an audit have come");
  auto folder = std::make_shared<std::string>();
  command->add_option("DIR", *folder, "the folder of their files")->required();
  command->footer("Example:\n  napier status shards");
  return [folder] { return run_status(*folder); };
}

}  // namespace napier::cli
