// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "reports/text.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace napier {
namespace {

/// Bytes of the UTF-8 character that the text begins with; 0 if it begins with none.
std::size_t character_length(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char first = byte(0);
  const std::size_t length = first < 0x80                    ? 1
                             : first >= 0xC2 && first < 0xE0 ? 2
                             : first >= 0xE0 && first < 0xF0 ? 3
                             : first >= 0xF0 && first < 0xF5 ? 4
                                                             : 0;
  if (length == 0 || length > text.size()) return 0;
  for (std::size_t i = 1; i < length; ++i)
    if ((byte(i) & 0xC0) != 0x80) return 0;
  // Overlong forms, surrogates, and what lies beyond U+10FFFF.
  if (length > 2) {
    const unsigned char second = byte(1);
    if ((first == 0xE0 && second < 0xA0) || (first == 0xED && second > 0x9F) ||
        (first == 0xF0 && second < 0x90) || (first == 0xF4 && second > 0x8F))
      return 0;
  }
  return length;
}

/// The character as a number (Unicode scalar value).
char32_t scalar(std::string_view character) {
  const auto first = static_cast<unsigned char>(character[0]);
  if (character.size() == 1) return first;
  char32_t value = first & (0x7FU >> character.size());
  for (const char byte : character.substr(1))
    value = value << 6 | (static_cast<unsigned char>(byte) & 0x3FU);
  return value;
}

/// Characters that steer a terminal or deceive a reader: controls, C1 too, those that turn the
/// direction of writing (Bidi_Control), that break lines, and that have no width.
bool steers(char32_t c) {
  struct Span {
    char32_t from, to;
  };
  constexpr Span spans[] = {{0x00, 0x1F},     {0x7F, 0x9F},     {0xAD, 0xAD},      {0x61C, 0x61C},
                            {0x180E, 0x180E}, {0x200B, 0x200F}, {0x2028, 0x202E},  {0x2060, 0x206F},
                            {0xFEFF, 0xFEFF}, {0xFFF9, 0xFFFB}, {0xE0000, 0xE007F}};
  return std::ranges::any_of(spans, [c](const Span& s) { return s.from <= c && c <= s.to; });
}

/// A text cut into its characters, and the bytes that belong to none.
template <class Use>
void each_character(std::string_view text, Use use) {
  while (!text.empty()) {
    const std::size_t length = character_length(text);
    const std::string_view character = text.substr(0, std::max<std::size_t>(length, 1));
    use(character, length > 0);
    text.remove_prefix(character.size());
  }
}

std::string hex_bytes(std::string_view bytes) {
  std::string text;
  for (const char byte : bytes) text += fmt::format("\\x{:02x}", static_cast<unsigned char>(byte));
  return text;
}

/// What no shell takes for anything else.
bool plain_in_a_shell(char c) {
  return std::string_view("+,-./:=@_").find(c) != std::string_view::npos ||
         (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

/// The hex pair that "\xNN" at the begin of a text holds; -1 if it begins with none.
int escaped_byte(std::string_view text) {
  unsigned byte = 0;
  if (text.size() < 4 || !text.starts_with("\\x")) return -1;
  for (const char c : text.substr(2, 2)) {
    const bool letter = c >= 'a' && c <= 'f';
    if (!letter && (c < '0' || c > '9')) return -1;
    byte = 16 * byte + static_cast<unsigned>(letter ? c - 'a' + 10 : c - '0');
  }
  return static_cast<int>(byte);
}

}  // namespace

std::string visible(std::string_view text) {
  std::string shown;
  each_character(text, [&shown](std::string_view character, bool whole) {
    if (character == "\t")
      shown += ' ';
    else if (whole && (character == "\n" || !steers(scalar(character))))
      shown += character;
    else
      shown += hex_bytes(character);
  });
  return shown;
}

std::string shell_word(std::string_view text) {
  if (!text.empty() && std::ranges::all_of(text, plain_in_a_shell)) return std::string(text);
  std::string quoted;
  if (one_line(text) == text && utf8_of(text) == text) {
    for (const char c : text) quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
    return "'" + quoted + "'";
  }
  each_character(text, [&quoted](std::string_view character, bool whole) {
    const bool ascii = character.size() == 1 && static_cast<unsigned char>(character[0]) < 0x80;
    // A format that begins with a hyphen would be an option.
    const bool plain = ascii
                           ? plain_in_a_shell(character[0]) && (character != "-" || !quoted.empty())
                           : whole && !steers(scalar(character));
    if (plain)
      quoted += character;
    else if (character == "%")
      quoted += "%%";
    else
      for (const char byte : character)
        quoted += fmt::format("\\{:03o}", static_cast<unsigned char>(byte));
  });
  return "\"$(printf '" + quoted + "')\"";
}

std::string utf8_of(std::string_view bytes) {
  std::string text;
  std::size_t place = 0;
  each_character(bytes, [&](std::string_view character, bool whole) {
    text += whole && escaped_byte(bytes.substr(place)) < 0 ? std::string(character)
                                                           : hex_bytes(character);
    place += character.size();
  });
  return text;
}

std::string bytes_of(std::string_view utf8) {
  std::string bytes;
  while (!utf8.empty()) {
    const int byte = escaped_byte(utf8);
    bytes += byte < 0 ? utf8.front() : static_cast<char>(byte);
    utf8.remove_prefix(byte < 0 ? 1 : 4);
  }
  return bytes;
}

std::string one_line(std::string_view text) {
  std::string line = visible(text);
  std::ranges::replace(line, '\n', ' ');
  return line;
}

std::string html_escaped(std::string_view text) {
  std::string escaped;
  for (const char c : visible(text)) switch (c) {
      case '&':
        escaped += "&amp;";
        break;
      case '<':
        escaped += "&lt;";
        break;
      case '>':
        escaped += "&gt;";
        break;
      case '"':
        escaped += "&quot;";
        break;
      case '\'':
        escaped += "&#39;";
        break;
      default:
        escaped += c;
    }
  return escaped;
}

}  // namespace napier
