// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "audit/recorded_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <stdexcept>
#include <string_view>

#include "audit/provenance.hpp"
#include "props/domain/call_domain.hpp"
#include "reports/store/sha256.hpp"
#include "reports/store/store.hpp"
#include "reports/text.hpp"
#include "reports/view/figures.hpp"

namespace napier {
namespace {

constexpr std::string_view scheme = "table:";
constexpr std::string_view first_word = "napier table ", version = "1";
constexpr std::string_view last_word = "sha256 ";
constexpr std::string_view how_made = "napier record TARGET --out FILE writes one";

bool same_call(const Call& one, const Call& other) { return one == other; }

/// Every argument of a narrow format, else those of the domain's first cases.
std::vector<Call> calls_of(const Target& target, const RecordOptions& options) {
  constexpr int narrow = 16;  // bits of an argument, all of which are few enough to be written down
  std::vector<Call> calls;
  if (target.format->width <= narrow && target.function->arity == 1) {
    for (Bits bits = 0; bits < Bits{1} << target.format->width; ++bits)
      calls.push_back({{bits, target.format}, {}});
    return calls;
  }
  const Domain domain = call_domain(Subject(target, options.roundings.front()));
  for (const Portion& portion : portions(domain, options.cases))
    for (std::uint64_t i = 0; i < portion.count; ++i)
      if (const auto point = domain.at(
              options.seed, {property_key("recorded"), portion.stratum, portion.first + i}))
        calls.push_back(point->call());
  std::ranges::sort(calls, is_before);
  const auto repeated = std::ranges::unique(calls, same_call);
  calls.erase(repeated.begin(), repeated.end());
  return calls;
}

/// What the calls gave in every mode, a mode after the other.
std::vector<std::vector<Answer>> answers_of(Caller& caller, std::span<const Call> calls,
                                            const RecordOptions& options) {
  constexpr std::size_t block = 4096;
  const auto heed = [&options] {
    if (raised(options.stop)) throw std::runtime_error("interrupted: no table is written");
  };
  std::vector<std::vector<Answer>> all;
  for (const Rounding rounding : options.roundings) {
    std::vector<Answer>& answers = all.emplace_back(calls.size());
    for (std::size_t i = 0; i < calls.size(); i += block) {
      heed();
      const std::size_t count = std::min(block, calls.size() - i);
      caller.call(rounding, Observe::values, calls.subspan(i, count),
                  std::span(answers).subspan(i, count));
    }
  }
  heed();
  return all;
}

/// The lines of a text, one after the other.
class Lines {
 public:
  Lines(std::string_view text, const std::string& file) : rest_(text), file_(file) {}

  bool at_end() const { return rest_.empty(); }
  std::string_view next() {
    const std::size_t end = std::min(rest_.find('\n'), rest_.size());
    const std::string_view line = rest_.substr(0, end);
    rest_.remove_prefix(std::min(end + 1, rest_.size()));
    ++number_;
    return line;
  }
  /// What stands behind the word that the next line begins with.
  std::string after(std::string_view word) {
    const std::string_view line = next();
    if (!line.starts_with(word) || line.size() <= word.size() || line[word.size()] != ' ')
      refuse(fmt::format("'{} …' belongs here", word));
    return std::string(line.substr(word.size() + 1));
  }
  std::uint64_t number_after(std::string_view word) {
    const std::string text = after(word);
    std::uint64_t number = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
    if (read.ec != std::errc() || read.ptr != text.data() + text.size())
      refuse(fmt::format("'{}' is no number", one_line(text)));
    return number;
  }
  [[noreturn]] void refuse(const std::string& why) const {
    throw std::invalid_argument(fmt::format("{}, line {}: {}", one_line(file_), number_, why));
  }

 private:
  std::string_view rest_;
  const std::string& file_;
  std::size_t number_ = 0;
};

/// An encoding of the format in hex, all its digits.
std::string hex(Bits bits, const Format& format) {
  std::string text;
  for (int shift = format.width - 4; shift >= 0; shift -= 4)
    text += "0123456789abcdef"[static_cast<std::size_t>(bits >> shift & 15)];
  return text;
}

std::vector<Bits> encodings_of(std::string_view line, const Format& format, const Lines& lines) {
  const std::size_t digits = static_cast<std::size_t>(format.width) / 4;
  std::vector<Bits> all;
  while (!line.empty()) {
    const std::string_view word = line.substr(0, line.find(' '));
    if (word.size() != digits || word.find_first_not_of("0123456789abcdef") != word.npos)
      lines.refuse(fmt::format("'{}' is no encoding of {} in {} hex digits", one_line(word),
                               format.name, digits));
    Bits bits = 0;
    for (const char c : word)
      bits = bits << 4 | static_cast<Bits>(c <= '9' ? c - '0' : c - 'a' + 10);
    all.push_back(bits);
    line.remove_prefix(std::min(word.size() + 1, line.size()));
  }
  return all;
}

std::string names_of(const std::vector<Rounding>& roundings) {
  std::string names;
  for (const Rounding rounding : roundings)
    names += fmt::format("{}{}", names.empty() ? "" : " ", name(rounding));
  return names;
}

std::vector<Rounding> roundings_of(std::string_view text, const Lines& lines) {
  std::vector<Rounding> all;
  while (!text.empty()) {
    const std::string_view word = text.substr(0, text.find(' '));
    const auto rounding = find_rounding(word);
    if (!rounding || std::ranges::find(all, *rounding) != all.end())
      lines.refuse(fmt::format("'{}' is no rounding mode that belongs here", one_line(word)));
    all.push_back(*rounding);
    text.remove_prefix(std::min(word.size() + 1, text.size()));
  }
  if (all.empty()) lines.refuse("no rounding mode is named");
  return all;
}

/// The part of a table above its checksum, which is checked.
std::string_view checked(std::string_view text, const std::string& file) {
  const std::string name = one_line(file);
  if (text.empty())
    throw std::invalid_argument(fmt::format("{} is empty, and no table: {}", name, how_made));
  if (!text.starts_with(first_word))
    throw std::invalid_argument(fmt::format("{} is no table of results: {}", name, how_made));
  const std::string_view written =
      text.substr(first_word.size()).substr(0, text.find('\n') - first_word.size());
  if (written != version)
    throw std::invalid_argument(fmt::format("{} is a table of version {}, and this Napier reads {}",
                                            name, one_line(written), version));
  const std::size_t last = text.rfind(last_word);
  const std::string_view sum =
      last == text.npos ? std::string_view() : text.substr(last + last_word.size());
  if (sum.empty() || sum.back() != '\n' ||
      sum.substr(0, sum.size() - 1) != sha256(text.substr(0, last)))
    throw std::invalid_argument(fmt::format(
        "{} is damaged or cut off: its last line is not the checksum of what is above", name));
  return text.substr(0, last);
}

}  // namespace

bool is_recorded_table(std::string_view text) { return text.starts_with(scheme); }
std::string file_of_table(std::string_view text) { return std::string(text.substr(scheme.size())); }

std::string tables_seen_from(const std::string& folder, const std::string& claim) {
  constexpr std::string_view word = "equals ";
  const std::size_t found = claim.find(word);
  if (found == claim.npos || folder.empty()) return claim;
  const std::size_t begin = claim.find_first_not_of(' ', found + word.size());
  if (begin == claim.npos) return claim;
  const bool quoted = claim[begin] == '"' || claim[begin] == '\'';
  const std::size_t first = begin + (quoted ? 1 : 0);
  const std::size_t end =
      std::min(quoted ? claim.find(claim[begin], first) : claim.find_first_of(" \t\r\n;", first),
               claim.size());
  const std::string target = claim.substr(first, end - first);
  if (!is_recorded_table(target)) return claim;
  const std::filesystem::path path = file_of_table(target);
  if (path.is_absolute()) return claim;
  std::string seen =
      std::string(scheme) + (std::filesystem::path(folder) / path).lexically_normal().string();
  if (seen.find_first_of(" \t;") != seen.npos || quoted) seen = '"' + seen + '"';
  return claim.substr(0, begin) + seen +
         claim.substr(std::min(end + (quoted ? 1 : 0), claim.size()));
}

std::string table_in(const std::string& file) { return std::string(scheme) + file; }

Recorded record(const Target& target, const RecordOptions& options) {
  const std::vector<Call> calls = calls_of(target, options);
  const auto caller = target.open();
  caller->renew();
  const auto answers = answers_of(*caller, calls, options);
  const Provenance here = provenance({});
  Recorded made{{.target = target.name,
                 .machine = here.libm + ", " + here.cpu_level,
                 .seed = options.seed.value,
                 .function = target.function,
                 .format = target.format,
                 .roundings = options.roundings,
                 .calls = {},
                 .results = {}}};
  for (std::size_t i = 0; i < calls.size(); ++i) {
    if (std::ranges::any_of(answers, [i](const std::vector<Answer>& in_mode) {
          return in_mode[i].ending != Ending::returned;
        })) {
      ++made.without_answer;
      continue;
    }
    made.results.calls.push_back(calls[i]);
    for (const auto& in_mode : answers) made.results.results.push_back(in_mode[i].value.bits);
  }
  if (made.results.calls.empty())
    throw std::runtime_error(target.name + " gave no answer: no table is written");
  return made;
}

std::string table_text(const RecordedResults& results) {
  const Format& format = *results.format;
  std::string text = fmt::format(
      "{}{}\ntarget {}\nmachine {}\nfunction {}\nformat {}\nseed {}\nroundings {}\ncalls {}\n",
      first_word, version, one_line(results.target), one_line(results.machine),
      results.function->name, format.name, results.seed, names_of(results.roundings),
      results.calls.size());
  for (std::size_t i = 0; i < results.calls.size(); ++i) {
    const Call& call = results.calls[i];
    text += hex(call.x.bits, format);
    if (results.function->arity == 2) text += ' ' + hex(call.y.bits, format);
    for (std::size_t k = 0; k < results.roundings.size(); ++k)
      text += ' ' + hex(results.results[i * results.roundings.size() + k], format);
    text += '\n';
  }
  return text + std::string(last_word) + sha256(text) + '\n';
}

std::shared_ptr<const RecordedResults> parse_table(std::string_view text, const std::string& file) {
  Lines lines(checked(text, file), file);
  lines.next();
  RecordedResults made;
  made.target = one_line(lines.after("target"));
  made.machine = one_line(lines.after("machine"));
  const std::string function = lines.after("function");
  made.function = find_function(function);
  if (made.function == nullptr)
    lines.refuse(fmt::format("there is no function '{}'", one_line(function)));
  const std::string format = lines.after("format");
  made.format = find_format(format);
  if (made.format == nullptr)
    lines.refuse(fmt::format("there is no format '{}'", one_line(format)));
  made.seed = lines.number_after("seed");
  made.roundings = roundings_of(lines.after("roundings"), lines);
  const std::uint64_t calls = lines.number_after("calls");
  const std::size_t arity = static_cast<std::size_t>(made.function->arity);
  const std::size_t width = arity + made.roundings.size();
  while (!lines.at_end()) {
    const std::vector<Bits> row = encodings_of(lines.next(), *made.format, lines);
    if (row.size() != width)
      lines.refuse(fmt::format("{} encodings belong here, and there are {}", width, row.size()));
    Call call{{row[0], made.format}, {}};
    if (arity == 2) call.y = {row[1], made.format};
    if (!made.calls.empty() && !is_before(made.calls.back(), call))
      lines.refuse("calls stand in the order of their encodings, each once");
    made.calls.push_back(call);
    made.results.insert(made.results.end(), row.begin() + static_cast<std::ptrdiff_t>(arity),
                        row.end());
  }
  if (made.calls.size() != calls || calls == 0)
    lines.refuse(fmt::format("it says that it has {}, and has {}", counted(calls, "call", "calls"),
                             made.calls.size()));
  return std::make_shared<const RecordedResults>(std::move(made));
}

std::shared_ptr<const RecordedResults> read_table(const std::string& file) {
  // A pipe or a device may have no end; what is not there read_file() says.
  if (std::error_code error;
      std::filesystem::exists(file, error) && !std::filesystem::is_regular_file(file, error))
    throw std::invalid_argument(one_line(file) + " is no file, and a table is read from one");
  return parse_table(read_file(file), file);
}

std::string words_of(const RecordedResults& results) {
  std::string modes;
  for (const Rounding rounding : results.roundings)
    modes += fmt::format("{}{}", modes.empty() ? "" : ", ", name(rounding));
  const std::string arguments =
      results.is_whole()
          ? "every argument"
          : fmt::format("{} of seed {}", counted(results.calls.size(), "argument", "arguments"),
                        results.seed);
  return fmt::format("{} on {}, {} ({})", results.target, results.machine, arguments, modes);
}

}  // namespace napier
