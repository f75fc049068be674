// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "audit/process/wire.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <stdexcept>

#include "lib/fp/decimal.hpp"
#include "lib/fp/hexfloat.hpp"
#include "lib/fp/native.hpp"
#include "reports/text.hpp"

namespace napier {
namespace {

static_assert(std::endian::native == std::endian::little);

/// A number of calls, then their first arguments, then their second ones, as they stand in memory;
/// the reply is that number again, which shows a process that wrote anything else, and the results.
class RawWire final : public Wire {
 public:
  explicit RawWire(const Format& format) : format_(format) {}

  void write_request(std::span<const Bits> x, std::span<const Bits> y,
                     std::string& request) const override {
    request.resize(sizeof(Count) + (x.size() + y.size()) * bytes());
    char* to = request.data();
    const Count count = count_of(x.size());
    std::memcpy(to, &count, sizeof count);
    to += sizeof count;
    for (const auto& arguments : {x, y})
      for (const Bits& argument : arguments) {
        std::memcpy(to, &argument, bytes());
        to += bytes();
      }
  }

  bool write_block(std::span<const std::uint64_t> x, std::span<const std::uint64_t> y,
                   std::string& request) const override {
    if (bytes() > sizeof(std::uint64_t)) return false;
    request.resize(sizeof(Count) + (x.size() + y.size()) * bytes());
    const Count count = count_of(x.size());
    std::memcpy(request.data(), &count, sizeof count);
    char* to = request.data() + sizeof count;
    for (const auto& arguments : {x, y}) {
      of_width([&]<class Word>(Word) {
        for (const std::uint64_t bits : arguments) {
          const auto word = static_cast<Word>(bits);
          __builtin_memcpy(to, &word, sizeof word);
          to += sizeof word;
        }
      });
    }
    return true;
  }

  void read_block(std::string_view reply, std::span<std::uint64_t> results) const override {
    const char* from = reply.data() + sizeof(Count);
    of_width([&]<class Word>(Word) {
      for (std::uint64_t& bits : results) {
        Word word;
        __builtin_memcpy(&word, from, sizeof word);
        bits = word;
        from += sizeof word;
      }
    });
  }

  void look(std::string_view reply, std::size_t count, Progress& progress) const override {
    const Count wanted = count_of(count);
    const std::size_t head = std::min(reply.size(), sizeof wanted);
    if (std::memcmp(reply.data(), &wanted, head) != 0)
      progress.wrong = fmt::format("its reply to {} calls begins with {} and not with that number",
                                   count, in_quotes(reply.substr(0, sizeof wanted)));
    progress.looked = reply.size();
    progress.results = std::min((reply.size() - head) / bytes(), count);
    const std::size_t whole = sizeof wanted + count * bytes();
    progress.complete = reply.size() == whole;
    progress.overfull = reply.size() > whole;
  }

  void read_results(std::string_view reply, std::span<Answer> answers,
                    std::string& /*wrong*/) const override {
    const char* from = reply.data() + sizeof(Count);
    const auto width = static_cast<std::size_t>(format_.width) / 8;
    for (Answer& answer : answers) {
      answer = {};
      answer.value.format = &format_;
      std::memcpy(&answer.value.bits, from, width);
      from += bytes();
    }
  }

 private:
  using Count = std::uint32_t;
  static Count count_of(std::size_t count) { return static_cast<Count>(count); }
  std::size_t bytes() const { return static_cast<std::size_t>(format_.bytes()); }
  /// Does something with a word as wide as a number is. Without builtins, as this program is
  /// compiled, memcpy of a few bytes is a call.
  template <class Do>
  void of_width(Do something) const {
    switch (bytes()) {
      case sizeof(std::uint16_t):
        return something(std::uint16_t{});
      case sizeof(std::uint32_t):
        return something(std::uint32_t{});
      default:
        return something(std::uint64_t{});
    }
  }

  const Format& format_;
};

std::string_view trimmed(std::string_view line) {
  constexpr std::string_view blanks = " \t\r";
  const std::size_t begin = std::min(line.find_first_not_of(blanks), line.size());
  line.remove_prefix(begin);
  const std::size_t end = line.find_last_not_of(blanks);
  return line.substr(0, end == std::string_view::npos ? 0 : end + 1);
}

/// A line with the arguments of a call; the reply is a line with its result.
class LineWire final : public Wire {
 public:
  LineWire(Pipe pipe, const Format& format) : pipe_(pipe), format_(format) {}

  void write_request(std::span<const Bits> x, std::span<const Bits> y,
                     std::string& request) const override {
    request.clear();
    for (std::size_t i = 0; i < x.size(); ++i) {
      request += spelt({x[i], &format_});
      if (!y.empty()) request += ' ' + spelt({y[i], &format_});
      request += '\n';
    }
  }

  void look(std::string_view reply, std::size_t count, Progress& progress) const override {
    const std::string_view fresh = reply.substr(progress.looked);
    progress.results += static_cast<std::size_t>(std::ranges::count(fresh, '\n'));
    progress.looked = reply.size();
    const bool ends = reply.ends_with('\n');
    progress.complete = progress.results == count && ends;
    progress.overfull = progress.results > count || (progress.results == count && !ends);
    if (fresh.find('\n') != std::string_view::npos || reply.size() <= longest_line) return;
    const std::string_view open = reply.substr(reply.rfind('\n') + 1);  // npos + 1 is 0
    if (open.size() > longest_line)
      progress.wrong = fmt::format("it wrote a line of more than {} characters, {}", longest_line,
                                   in_quotes(open));
  }

  void read_results(std::string_view reply, std::span<Answer> answers,
                    std::string& wrong) const override {
    for (Answer& answer : answers) {
      const std::size_t end = reply.find('\n');
      const std::string_view line = trimmed(reply.substr(0, end));
      reply.remove_prefix(end + 1);
      answer = {};
      try {
        answer.value = number(line);
      } catch (const std::invalid_argument&) {
        answer.ending = Ending::unwritten;
        answer.detail = no_number;
        if (wrong.empty())
          wrong =
              fmt::format("it wrote {}, which is no number of {}", in_quotes(line), format_.name);
      }
    }
  }

 private:
  static constexpr std::size_t longest_line = 1024;
  static constexpr std::size_t most_digits = 30;  ///< of a format of 16 bits

  std::string spelt(Float x) const {
    // As C reads them, and awk, which takes these words for text where they have no sign.
    if (is_nan(x)) return is_negative(x) ? "-nan" : "+nan";
    if (is_infinite(x)) return is_negative(x) ? "-inf" : "+inf";
    return pipe_ == Pipe::hex ? to_hex(x) : to_decimal(x);
  }

  /// Infinities and NaNs come in many spellings: inf, +Inf, Infinity, NaN, -nan(ind).
  Float number(std::string_view line) const {
    const bool negative = line.starts_with('-');
    std::string word(line.substr(negative || line.starts_with('+') ? 1 : 0));
    for (char& c : word)
      if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    if (word == "inf" || word == "infinity") return infinity(format_, negative);
    if (word == "nan" || (word.starts_with("nan(") && word.ends_with(')'))) {
      const Float nan = quiet_nan(format_);
      return negative ? negated(nan) : nan;
    }
    if (word.empty() || word.front() == '-' || word.front() == '+') refuse(std::string(line));
    if (word.starts_with("0x")) return parse_float(format_, (negative ? "-" : "") + word);
    return decimal(line.starts_with('+') ? word : std::string(line));
  }

  /// The nearest datum, as a C compiler would read it.
  Float decimal(const std::string& text) const {
    const char* const begin = text.c_str();
    if (text.find_first_not_of("+-.0123456789eE") != std::string::npos) refuse(text);
    char* end = nullptr;
    Float value;
    if (&format_ == &binary32)
      value = from_native(std::strtof(begin, &end));
    else if (&format_ == &binary64)
      value = from_native(std::strtod(begin, &end));
    else if (&format_ == &binary80)
      value = from_native(std::strtold(begin, &end));
    else
      value = from_native(Quad(::strtof128(begin, &end)));
    if (text.empty() || end != begin + text.size()) refuse(text);
    // Rounded twice, but for a decimal of so few digits no midpoint lies between.
    if (value.format != &format_ && text.size() > most_digits) refuse(text);
    if (value.format == &format_) return value;
    if (!is_finite(value)) return infinity(format_, is_negative(value));
    return is_zero(value) ? zero(format_, is_negative(value))
                          : round_to(format_, exact_value(value), Rounding::nearest);
  }

  [[noreturn]] static void refuse(const std::string& text) {
    throw std::invalid_argument(text + " is no number");
  }

  Pipe pipe_;
  const Format& format_;
};

}  // namespace

std::unique_ptr<Wire> wire(Pipe pipe, const Format& format) {
  if (pipe == Pipe::raw) return std::make_unique<RawWire>(format);
  return std::make_unique<LineWire>(pipe, format);
}

std::string in_quotes(std::string_view bytes) {
  constexpr std::size_t most = 60;
  std::string text;
  for (const char c : bytes.substr(0, most))
    if (const auto byte = static_cast<unsigned char>(c); byte < ' ' || byte == 0x7f)
      text += fmt::format("\\x{:02x}", byte);
    else
      text += c;
  return "'" + one_line(text) + (bytes.size() > most ? "…'" : "'");
}

}  // namespace napier
