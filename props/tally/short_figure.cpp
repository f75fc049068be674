// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "props/tally/short_figure.hpp"

#include <array>
#include <charconv>
#include <cmath>
#include <string_view>

namespace napier {
namespace {

/// m·10^e as a double. Reading a decimal is monotone: one that is below a double in decimal is not
/// above it as a double. 0 for what is beyond the doubles.
double read(long m, int e) {
  std::array<char, 48> text;
  char* end = std::to_chars(text.data(), text.data() + 24, m).ptr;
  *end++ = 'e';
  end = std::to_chars(end, text.data() + text.size(), e).ptr;
  double value = 0;
  std::from_chars(text.data(), end, value);
  return value;
}

double shortened(double figure, int digits, bool above) {
  if (figure == 0 || !std::isfinite(figure)) return figure;
  std::array<char, 48> text;
  const char* end = std::to_chars(text.data(), text.data() + text.size(), figure,
                                  std::chars_format::scientific, digits - 1)
                        .ptr;
  // "-d.ddddde±XX"
  long m = 0;
  const char* at = text.data();
  for (; *at != 'e'; ++at)
    if (*at >= '0' && *at <= '9') m = 10 * m + (*at - '0');
  if (text.front() == '-') m = -m;
  ++at;
  if (*at == '+') ++at;
  int e = 0;
  std::from_chars(at, end, e);
  e -= digits - 1;
  const double nearest = read(m, e);
  if (above ? nearest >= figure : nearest <= figure) return nearest;
  return read(above ? m + 1 : m - 1, e);
}

}  // namespace

double short_below(double figure, int digits) {
  const double shorter = shortened(figure, digits, false);
  return shorter <= figure ? shorter : figure;
}
double short_above(double figure, int digits) {
  const double shorter = shortened(figure, digits, true);
  return shorter >= figure ? shorter : figure;
}

}  // namespace napier
