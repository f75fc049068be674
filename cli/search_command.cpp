// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <memory>
#include <optional>
#include <stdexcept>

#include "audit/hard_cases.hpp"
#include "audit/nearest.hpp"
#include "cli/audit_options.hpp"
#include "cli/commands.hpp"
#include "cli/terminal.hpp"
#include "cli/usage.hpp"
#include "lib/fp/exact_decimal.hpp"
#include "lib/fp/hexfloat.hpp"
#include "reports/text.hpp"

namespace napier::cli {
namespace {

constexpr double most_cases = 1e6;
constexpr std::string_view near_names[] = {"midpoints", "numbers", "both"};

struct SearchOptions {
  std::string what, target, from, to, near = "both", shard;
  std::optional<int> binade;
  int bits = 0;
  int threads = 0;
};

struct Searched {
  const Function* function;
  const Format* format;
};

Searched searched(const std::string& target) {
  const std::size_t colon = target.find(':');
  if (colon == target.npos)
    throw std::invalid_argument(
        fmt::format("{}: name a function and a format, as exp:binary64", one_line(target)));
  const std::string name = target.substr(0, colon), format = target.substr(colon + 1);
  const Searched it{find_function(name), find_format(format)};
  std::vector<std::string_view> names;
  for (const Function* function : all_functions()) names.push_back(function->name);
  if (it.function == nullptr)
    throw std::invalid_argument(
        fmt::format("there is no function '{}'{}", one_line(name), nearest_clause(name, names)));
  names.clear();
  for (const Format* known : all_formats) names.push_back(known->name);
  if (it.format == nullptr)
    throw std::invalid_argument(
        fmt::format("there is no format '{}'{}", one_line(format), nearest_clause(format, names)));
  return it;
}

Float number_of(const Format& format, std::string_view option, const std::string& text) {
  try {
    return parse_float(format, text);
  } catch (const std::exception& refusal) {
    throw std::invalid_argument(fmt::format("{} '{}': {}", option, one_line(text), refusal.what()));
  }
}

HardQuestion question_of(const SearchOptions& options) {
  const auto [function, format] = searched(options.target);
  HardQuestion question{function, {}, {}, options.bits, {}};
  const auto near = find_near(options.near);
  if (!near)
    throw std::invalid_argument(fmt::format("--near '{}' is unknown{}: midpoints, numbers or both",
                                            one_line(options.near),
                                            nearest_clause(options.near, near_names)));
  question.near = *near;
  if (options.binade) {
    const int e = *options.binade;
    if (e < format->least_exponent() || e > format->max_exponent)
      throw std::invalid_argument(fmt::format("{} has no binade {}: they go from {} to {}",
                                              format->name, e, format->least_exponent(),
                                              format->max_exponent));
    question.from = power_of_two(*format, e);
    question.to =
        e == format->max_exponent ? max_finite(*format) : step(power_of_two(*format, e + 1), -1);
    return question;
  }
  question.from = number_of(*format, "--from", options.from);
  question.to = number_of(*format, "--to", options.to);
  for (const Float x : {question.from, question.to})
    if (!is_finite(x)) throw std::invalid_argument("a range ends at finite numbers");
  if (ordinal(question.from) > ordinal(question.to))
    throw std::invalid_argument(fmt::format("from {} to {} there is nothing: the lower end first",
                                            to_hex(question.from), to_hex(question.to)));
  return question;
}

/// "2/8" as an index and a count.
std::pair<std::uint64_t, std::uint64_t> shard_of(const std::string& text) {
  std::uint64_t index = 0, count = 0;
  const char* const end = text.data() + text.size();
  const auto first = std::from_chars(text.data(), end, index);
  if (first.ec == std::errc() && first.ptr != end && *first.ptr == '/') {
    const auto second = std::from_chars(first.ptr + 1, end, count);
    if (second.ec == std::errc() && second.ptr == end && index < count) return {index, count};
  }
  throw std::invalid_argument(
      fmt::format("--shard {}: give I/N with I from 0 to N - 1, as 0/8", one_line(text)));
}

std::string decimal(Bits n) {
  std::string text;
  for (; n != 0 || text.empty(); n /= 10) text.insert(text.begin(), char('0' + int(n % 10)));
  return text;
}

void refuse_endless(const HardSearch& search, const HardQuestion& question) {
  if (search.expected() <= most_cases) return;
  const Format& format = *question.from.format;
  const Piece& densest = search.densest();
  const int more = static_cast<int>(std::ceil(std::log2(search.expected() / most_cases)));
  throw std::invalid_argument(fmt::format(
      "about {:.1g} arguments are that hard, most of them from {} to {}: --bits {} leaves some "
      "million, or name a part of the range",
      search.expected(), to_hex(from_ordinal(format, densest.first)),
      to_hex(from_ordinal(format, densest.last)), question.bits + more));
}

std::string line_of(const HardCase& hard) {
  const std::string point = hard.is_midpoint ? "a midpoint" : "a number";
  return hard.is_exact ? fmt::format("{}  # exactly {}\n", to_hex(hard.x), point)
                       : fmt::format("{}  # 2^{:.2f} ulp from {}\n", to_hex(hard.x),
                                     hard.log2_distance, point);
}

std::string_view points(Near near) {
  switch (near) {
    case Near::midpoints:
      return "a midpoint of two numbers";
    case Near::numbers:
      return "a number";
    case Near::both:
      break;
  }
  return "a number or a midpoint of two";
}

int run_search(const SearchOptions& options) {
  if (options.what != "hard")
    throw std::invalid_argument(
        fmt::format("there is no search for '{}': hard", one_line(options.what)));
  const HardQuestion whole = question_of(options);
  std::optional<HardQuestion> question = whole;
  if (!options.shard.empty()) {
    const auto [index, count] = shard_of(options.shard);
    question = shard(whole, index, count);
    if (!question)
      throw std::invalid_argument(
          fmt::format("--shard {}: there are not so many arguments", options.shard));
  }
  const HardSearch search(*question);
  refuse_endless(search, *question);
  check_stdout();
  print(
      fmt::format("# {} in {}, x from {} to {}: {} arguments with a result in range,\n"
                  "# those whose {} is less than 2^-{} ulp from {}\n",
                  question->function->name, question->from.format->name, to_hex(question->from),
                  to_hex(question->to), decimal(search.arguments()), question->function->statement,
                  question->bits, points(question->near)));
  ProgressLine progress(true, 1);
  std::uint64_t count = 0;
  find_hard_cases(search, options.threads, [&](const std::vector<HardCase>& found, double share) {
    progress.say(fmt::format("{:.3f} % searched, {} found", 100 * share, count));
    std::string text;
    for (const HardCase& hard : found) text += line_of(hard);
    count += found.size();
    if (!text.empty()) print(text);
  });
  progress.say("");
  print(fmt::format("# {} found, none missed\n", count));
  return 0;
}

}  // namespace

Run add_search(CLI::App& app) {
  auto* command = app.add_subcommand("search", "Find all hard-to-round arguments of a range");
  auto options = std::make_shared<SearchOptions>();
  command->add_option("WHAT", options->what, "hard: arguments whose true value is hard to round")
      ->required();
  command
      ->add_option("FUNCTION:FORMAT", options->target,
                   "exp, exp2, exp10, expm1, exp2m1, exp10m1 or log, and a format, as "
                   "exp:binary64")
      ->required();
  auto* binade = command
                     ->add_option("--binade", options->binade,
                                  "the arguments from 2^E to 2^(E+1), the latter excluded")
                     ->check(integer(binary128.least_exponent(), binary128.max_exponent));
  auto* from = command->add_option("--from", options->from, "with --to: the arguments of a range");
  auto* to = command->add_option("--to", options->to, "the last of these");
  from->needs(to)->excludes(binade);
  to->needs(from)->excludes(binade);
  command
      ->add_option("--bits", options->bits,
                   "the distance of the true value is below 2^-B ulp: B from 4 to 120")
      ->required()
      ->check(whole_number(least_hard_bits, most_hard_bits));
  command
      ->add_option("--near", options->near,
                   "of what: midpoints (of consecutive numbers, hard in round to nearest), "
                   "numbers (hard in the other modes) or both")
      ->capture_default_str();
  command->add_option("--shard", options->shard,
                      "I/N: the I-th of N parts of the range, I from 0; written one after the "
                      "other they are the whole");
  command
      ->add_option("--threads", options->threads,
                   "at most so many threads (default: as many as there are processors)")
      ->check(whole_number(1, most_threads));
  command->footer(
      "Every such argument is found, none is missed (docs/search.md says why). The lines are a\n"
      "corpus, which audit reads: --corpus FILE. The last line says that the search was "
      "finished.\n\nExamples:\n  napier search hard exp:binary64 --from 1 --to 0x1.000001p+0 "
      "--bits 32\n  napier search hard log:binary32 --binade 0 --bits 20 --near midpoints");
  return [options] {
    if (!options->binade && options->from.empty())
      throw std::invalid_argument("no range is named: give --binade E, or --from X and --to Y");
    return run_search(*options);
  };
}

}  // namespace napier::cli
