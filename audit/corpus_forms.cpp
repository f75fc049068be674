// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "audit/corpus_forms.hpp"

#include <algorithm>
#include <charconv>
#include <stdexcept>

#include "audit/target_string.hpp"
#include "lib/fp/hexfloat.hpp"

namespace napier {
namespace {

struct NumpyType {
  std::string_view name;
  const Format& format;
};
const NumpyType numpy_types[] = {
    {"np.float16", binary16}, {"np.float32", binary32}, {"np.float64", binary64}};

/// 0x… as the bits of a datum; nullopt for what is no such number.
std::optional<Bits> encoding(std::string_view text, const Format& format) {
  const bool flipped = text.starts_with('-');
  if (flipped || text.starts_with('+')) text.remove_prefix(1);
  if (!text.starts_with("0x") && !text.starts_with("0X")) return std::nullopt;
  std::uint64_t bits = 0;
  const auto [end, error] = std::from_chars(text.data() + 2, text.data() + text.size(), bits, 16);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  if (format.width < 64 && (bits >> format.width) != 0) return std::nullopt;
  return Bits(bits) ^ (flipped ? Bits(1) << (format.width - 1) : 0);
}

/// An end of an interval, as C spells it.
std::optional<Bits> end_of_interval(std::string_view text, const Format& format) {
  if (const auto bits = encoding(text, format)) return bits;
  const bool suffixed = text.ends_with('f') && !text.ends_with("inf");
  if (suffixed) text.remove_suffix(1);
  if (text.starts_with('+')) text.remove_prefix(1);
  try {
    return parse_float(format, text).bits;
  } catch (const std::invalid_argument&) {  // a name of the source
    return std::nullopt;
  }
}

std::string_view trimmed(std::string_view text) {
  const auto begin = std::min(text.find_first_not_of(" \t"), text.size());
  text.remove_prefix(begin);
  return text.substr(0, text.find_last_not_of(" \t") + 1);
}

struct Named {
  const Function* function = nullptr;
  const Format* format = nullptr;
};
/// expf, exp, V_NAME_F1 (exp), SV_NAME_D1 (exp).
Named function_of(std::string_view text) {
  const auto open = text.find('(');
  if (open == text.npos) {
    const WellKnown known = well_known(trimmed(text));
    return {known.function, known.format};
  }
  const std::string_view macro = trimmed(text.substr(0, open));
  const std::string_view name = trimmed(text.substr(open + 1, text.find(')', open) - open - 1));
  const Format* format = macro.ends_with("_F1")   ? &binary32
                         : macro.ends_with("_D1") ? &binary64
                                                  : nullptr;
  return {find_function(name), format};
}

constexpr std::string_view mark = "TEST_INTERVAL", mark_of_both = "TEST_SYM_INTERVAL";

/// Of the words between the brackets of a line; nullopt where they are nobody's here.
std::optional<CorpusLine> interval_in(std::string_view line) {
  const bool both = line.find(mark_of_both) != line.npos;
  const std::size_t open = line.find('(', line.find(both ? mark_of_both : mark));
  const std::size_t close = line.rfind(')');
  if (open == line.npos || close == line.npos || close < open) return std::nullopt;
  std::vector<std::string_view> words;
  for (std::string_view rest = line.substr(open + 1, close - open - 1);;) {
    const std::size_t comma = rest.find(',');
    words.push_back(trimmed(rest.substr(0, comma)));
    if (comma == rest.npos) break;
    rest.remove_prefix(comma + 1);
  }
  if (words.size() != 4) return std::nullopt;
  const Named named = function_of(words[0]);
  if (named.function == nullptr || named.format == nullptr) return std::nullopt;
  CorpusLine found{std::string(named.function->name), {}, named.format};
  found.of_both_signs = both;
  for (const std::string_view end : {words[1], words[2]}) {
    const auto bits = end_of_interval(end, *named.format);
    if (!bits) return std::nullopt;
    found.arguments.push_back(std::to_string(static_cast<std::uint64_t>(*bits)));
  }
  const std::string_view count = words[3];
  std::from_chars(count.data(), count.data() + count.size(), found.calls);
  return found.calls == 0 ? std::nullopt : std::optional(found);
}

Bits bits_of(const std::string& text) { return std::stoull(text); }

}  // namespace

bool is_head_of_validation_set(const std::vector<std::string>& words) {
  return words.front() == "dtype";
}

std::optional<CorpusLine> validation_case(const std::vector<std::string>& words) {
  const auto type = std::ranges::find(numpy_types, words.front(), &NumpyType::name);
  constexpr std::size_t beside = 3;  // the type, the result and the tolerance
  if (type == std::end(numpy_types) || words.size() <= beside) return std::nullopt;
  CorpusLine line{{}, {}, &type->format};
  for (std::size_t i = 1; i + 2 < words.size(); ++i) {
    const auto bits = encoding(words[i], type->format);
    if (!bits) return std::nullopt;
    line.arguments.push_back(std::to_string(static_cast<std::uint64_t>(*bits)));
  }
  return line;
}

bool is_source_of_intervals(std::string_view text) {
  return text.find(std::string(mark) + " (") != text.npos ||
         text.find(std::string(mark_of_both) + " (") != text.npos;
}

std::vector<CorpusLine> intervals_of(std::string_view text) {
  std::vector<CorpusLine> found;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.find(mark) == line.npos && line.find(mark_of_both) == line.npos) continue;
    if (auto one = interval_in(line)) found.push_back(std::move(*one));
  }
  return found;
}

bool is_for(const CorpusLine& line, const Target& target) {
  const std::size_t arguments = line.calls != 0 ? 1 : line.arguments.size();
  return arguments == static_cast<std::size_t>(target.function->arity);
}

void add_encoded(const CorpusLine& line, std::vector<Point>& points) {
  const Format& format = *line.format;
  if (line.calls == 0) {
    Point& point = points.emplace_back();
    for (const std::string& bits : line.arguments) point.push({bits_of(bits), &format});
    return;
  }
  constexpr std::uint64_t most = 1000;
  const Bits all = (Bits(1) << format.width) - 1;
  const Bits first = bits_of(line.arguments[0]);
  const Bits length = (bits_of(line.arguments[1]) - first) & all;
  const std::uint64_t steps = std::min(line.calls, most) - 1;
  for (std::uint64_t i = 0; i <= steps; ++i) {
    const Bits way = steps == 0 ? 0 : length / steps * i + length % steps * i / steps;
    const Float x{(first + way) & all, &format};
    for (const Float one : {x, negated(x)}) {
      points.emplace_back().push(one);
      if (!line.of_both_signs) break;
    }
  }
}

}  // namespace napier
