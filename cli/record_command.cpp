// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include <fmt/format.h>

#include <memory>
#include <stdexcept>

#include "audit/recorded_table.hpp"
#include "cli/audit_options.hpp"
#include "cli/candidates.hpp"
#include "cli/commands.hpp"
#include "cli/signals.hpp"
#include "cli/terminal.hpp"
#include "cli/usage.hpp"
#include "lib/target/pipe.hpp"
#include "reports/store/store.hpp"
#include "reports/text.hpp"
#include "reports/view/figures.hpp"

namespace napier::cli {
namespace {

constexpr std::uint64_t most_recorded = 10'000'000;  // lines of a text file

struct RecordedTarget {
  std::string target, out;
  ClaimOptions said;
  std::vector<std::string> roundings;
  std::uint64_t cases = RecordOptions().cases;
  std::uint64_t seed = 1;
};

/// The only one that is named.
Target target_of(const RecordedTarget& options, const StopFlag* stop) {
  const auto found = candidates({options.target}, options.said, stop);
  if (found.size() > 1 && found.front().target.name == options.target)
    throw std::invalid_argument(
        fmt::format("'{}' has {} outputs, and a table is of one: name it in --shape, as in d:y=x,d",
                    one_line(options.target), found.size()));
  if (found.size() != 1)
    throw std::invalid_argument(
        fmt::format("'{}' names {} targets, and a table is of one: add which, as in {}",
                    one_line(options.target), found.size(), one_line(found.front().target.name)));
  for (const std::string& why : {found.front().failure, found.front().absent})
    if (!why.empty()) throw std::invalid_argument(why);
  return found.front().target;
}

int run_record(const RecordedTarget& given) {
  RecordOptions options;
  options.cases = given.cases;
  options.seed = {given.seed};
  if (!given.roundings.empty()) options.roundings = roundings_of(given.roundings);
  options.stop = &stop_on_signal();
  if (given.out == "-") check_stdout();
  const Target target = target_of(given, options.stop);
  if (is_process(target.shape) && options.roundings != std::vector{Rounding::nearest})
    throw std::invalid_argument(one_line(target.name) +
                                " is a process, which rounds to nearest: leave out --rounding");
  const Recorded made = record(target, options);
  if (made.without_answer != 0)
    complain(fmt::format("{} left out, to which {} gave no answer",
                         counted(made.without_answer, "call is", "calls are"),
                         one_line(target.name)));
  const std::string text = table_text(made.results);
  if (given.out == "-") {
    print(text);
    return 0;
  }
  write_file(given.out, text);
  print(fmt::format("{} has the results of {}\n", one_line(given.out),
                    one_line(words_of(made.results))));
  return 0;
}

}  // namespace

Run add_record(CLI::App& app) {
  auto* command = app.add_subcommand(
      "record", "Write a target's results into a table, which others are then to equal");
  auto options = std::make_shared<RecordedTarget>();
  command
      ->add_option("TARGET", options->target,
                   "COLLECTION/…/FUNCTION:FORMAT, so:PATH#SYMBOL or exec:COMMAND")
      ->required();
  command->add_option("--out", options->out, "the file to write; - is standard output")
      ->required()
      ->check(not_empty("a file, or - for standard output"));
  command
      ->add_option("--rounding", options->roundings,
                   "nearest, up, down, zero or all (default: nearest)")
      ->delimiter(',')
      ->allow_extra_args(false);  // what follows is the target
  command
      ->add_option("--cases", options->cases,
                   "how many arguments are drawn where there are too many for all")
      ->check(whole_number(1, most_recorded))
      ->capture_default_str();
  command->add_option("--seed", options->seed, "the seed of the arguments that are drawn")
      ->check(whole_number(0))
      ->capture_default_str();
  options->said.add_shape_to(*command, "Of a so: or exec: target");
  options->said.add_environment_to(*command, "Of a so: or exec: target");
  command->footer(
      "Of one argument in a format of 16 bits every one is asked. The table is a text: a call and\n"
      "its results a line, as encodings in hex, and a checksum at the end. On another machine:\n\n"
      "  napier audit so:./libmy.so#my_exp --claim 'equals table:FILE'\n\n"
      "Examples:\n"
      "  napier record shipped/softmax/exp:bfloat16 --out exp.table --rounding all\n"
      "  napier record libm/exp:binary64 --cases 5000 --out -");
  return [options] { return run_record(*options); };
}

}  // namespace napier::cli
