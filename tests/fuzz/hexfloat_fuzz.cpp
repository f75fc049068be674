// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// Numbers as text. The first byte chooses a format, the rest is read as a datum of it. What is read
// has one spelling, which is read as the same datum; C's own readers agree; anything else is
// refused with std::invalid_argument.
#include <cmath>
#include <cstdlib>
#include <optional>
#include <stdexcept>

#include "lib/fp/hexfloat.hpp"
#include "lib/fp/native.hpp"
#include "tests/fuzz/fuzz.hpp"

namespace napier::fuzz {
namespace {

std::optional<Float> read(const Format& format, const std::string& text) {
  try {
    return parse_float(format, text);
  } catch (const std::invalid_argument& refusal) {
    require(std::string_view(refusal.what()).find(text) != std::string_view::npos || text.empty() ||
                text.find('\0') != std::string::npos,
            "a refusal names the text", text);
    return std::nullopt;
  }
}

template <class T>
void expect_the_same(Float ours, const std::string& text, T (*theirs)(const char*, char**)) {
  char* end = nullptr;
  const T value = theirs(text.c_str(), &end);
  if (*end != '\0' || text.find('\0') != std::string::npos) return;  // C reads other texts
  if (std::isnan(value)) return require(is_nan(ours), "C reads a NaN", text);
  require(from_native(value) == ours, "C reads the same value", text);
}

void check(const Format& format, const std::string& text) {
  const auto value = read(format, text);
  if (!value) return;
  require(value->format == &format, "a datum is of the format it was read in", text);
  const std::string spelling = to_hex(*value);
  require(read(format, spelling) == value, "a spelling is read as what it spells", spelling);
  if (&format == &binary32) expect_the_same<float>(*value, text, std::strtof);
  if (&format == &binary64) expect_the_same<double>(*value, text, std::strtod);
  if (&format == &binary80) expect_the_same<long double>(*value, text, std::strtold);
}

}  // namespace
}  // namespace napier::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const napier::Format& format = *napier::all_formats[data[0] % napier::all_formats.size()];
  napier::fuzz::check(format, std::string(napier::fuzz::text_of(data + 1, size - 1)));
  return 0;
}
