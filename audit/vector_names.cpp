// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "audit/vector_names.hpp"

#include <array>
#include <charconv>

namespace napier {
namespace {

/// The number that a text begins with, which is cut off.
int take_number(std::string_view& text) {
  int number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc()) return 0;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return number;
}

bool take(std::string_view& text, std::string_view prefix) {
  if (!text.starts_with(prefix)) return false;
  text.remove_prefix(prefix.size());
  return true;
}

/// A function whose vectors have so many elements of a format, and what its code needs.
WellKnown vector_function(const Function* function, const Format& format, int lanes,
                          std::string_view needs) {
  for (const VectorType& type : vector_types)
    if (&type.element == &format && type.lanes() == lanes)
      return {function, &format, parse_shape("vector:" + std::string(type.name)), needs};
  return {};
}

/// The letters of the vector function ABI.
struct Isa {
  char letter;
  int bytes;
  std::string_view needs;
};
constexpr std::array<Isa, 4> isas{
    {{'b', 16, "sse2"}, {'c', 32, "avx"}, {'d', 32, "avx2"}, {'e', 64, "avx512f"}}};

/// _ZGV, the instruction set, N for unmasked, the lanes, a v for each argument, _ and the C name.
WellKnown libmvec_name(std::string_view rest) {
  if (!take(rest, "_ZGV") || rest.empty()) return {};
  const char letter = rest.front();
  rest.remove_prefix(1);
  if (!take(rest, "N")) return {};
  const int lanes = take_number(rest);
  int arity = 0;
  while (take(rest, "v")) ++arity;
  if (!take(rest, "_")) return {};
  const WellKnown scalar = well_known(rest);
  if (scalar.function == nullptr || scalar.function->arity != arity) return {};
  for (const Isa& isa : isas)
    if (isa.letter == letter && lanes * scalar.format->bytes() == isa.bytes)
      return vector_function(scalar.function, *scalar.format, lanes, isa.needs);
  return {};
}

/// What SLEEF puts after the error of its functions: whose code it is.
struct Suffix {
  std::string_view text;
  std::string_view needs;
};
constexpr std::array<Suffix, 11> suffixes{{{"", ""},
                                           {"purec", ""},
                                           {"purecfma", "fma"},
                                           {"sse2", "sse2"},
                                           {"sse4", "sse4.1"},
                                           {"avx", "avx"},
                                           {"fma4", "fma4"},
                                           {"avx2", "avx2"},
                                           {"avx2128", "avx2"},
                                           {"avx512f", "avx512f"},
                                           {"avx512fnofma", "avx512f"}}};

/// Sleef_, perhaps finz_ or cinz_, the function, d or f, the lanes, _u, the error and the code.
WellKnown sleef_name(std::string_view rest) {
  if (!take(rest, "Sleef_")) return {};
  if (!take(rest, "finz_")) take(rest, "cinz_");
  for (const Function* function : all_functions()) {
    std::string_view after = rest;
    if (function->kind == Kind::slope || !take(after, function->name) || after.empty()) continue;
    const bool wide = take(after, "d");
    if (!wide && !take(after, "f")) continue;
    const int lanes = take_number(after);
    if (lanes == 0 || !take(after, "_u") || take_number(after) == 0) continue;
    const Format& format = wide ? binary64 : binary32;
    for (const Suffix& suffix : suffixes) {
      if (after != suffix.text) continue;
      const bool is_scalar = lanes == 1 && after.starts_with("purec");  // plain C
      return is_scalar ? WellKnown{function, &format, {}, suffix.needs}
                       : vector_function(function, format, lanes, suffix.needs);
    }
  }
  return {};
}

}  // namespace

WellKnown vector_name(std::string_view symbol) {
  const WellKnown found = libmvec_name(symbol);
  return found.function != nullptr ? found : sleef_name(symbol);
}

}  // namespace napier
