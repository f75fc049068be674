// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string_view>

#include "lib/exponential/double_double_log.hpp"
#include "lib/exponential/expm1.hpp"
#include "lib/exponential/own_base_less_one.hpp"
#include "lib/exponential/tang.hpp"
#include "lib/exponential/two_word_log.hpp"
#include "lib/target/claim_grammar.hpp"
#include "lib/target/composition.hpp"
#include "lib/target/contribute.hpp"

namespace napier::shelf {

/// A value of the shelf, and what is promised of it.
struct Value {
  ScalarFunction code;
  Claim claim;
};

/// What the derivatives of this folder differentiate, unless they say otherwise: the laws read
/// (a^x)′ = a^x ln a from the two.
template <Working T>
Value value_below(const Function& slope) {
  if (slope.primal == &functions::exp2) return {Unary<T>(own_base_exp2<T>), own_base_claim<T>()};
  if (slope.primal == &functions::exp10) return {Unary<T>(own_base_exp10<T>), own_base_claim<T>()};
  if (slope.primal == &functions::expm1) return {Unary<T>(expm1<T>), expm1_claim<T>()};
  if (slope.primal == &functions::exp2m1)
    return {Unary<T>(own_base_exp2m1<T>), own_base_less_one_claim<T>()};
  if (slope.primal == &functions::exp10m1)
    return {Unary<T>(own_base_exp10m1<T>), own_base_less_one_claim<T>()};
  if (slope.primal == &functions::log) return {Unary<T>(two_word_log<T>), two_word_log_claim<T>()};
  if (slope.primal == &functions::pow) return {Binary<T>(power<T>), power_claim<T>()};
  return {Unary<T>(tang_exp<T>), tang_claim<T>()};
}

/// A claim in each format, as it is written on the command line.
struct ClaimTexts {
  std::string_view binary32;
  std::string_view binary64;
};

/// A file of this folder: where it is, and what it is about.
struct Method {
  std::string_view name;
  std::string_view idea;
  std::string_view file;
};

/// Adds a derivative in one format. The derivation of its claim stands at the head of its file.
template <Working T>
void add_derivative(Catalogue& catalogue, const Method& method, const Function& function,
                    ScalarFunction code, const ClaimTexts& texts, const Value& value) {
  const Format& format = *native_format<T>;
  const std::string_view text = std::same_as<T, float> ? texts.binary32 : texts.binary64;
  Claim claim = parse_claim(text, function, format);
  claim.source = method.file;
  ship_derivative(catalogue,
                  {.method = method.name,
                   .idea = method.idea,
                   .function = &function,
                   .format = &format,
                   .code = code,
                   .claim = claim},
                  value.code, value.claim);
}
template <Working T>
void add_derivative(Catalogue& catalogue, const Method& method, const Function& function,
                    ScalarFunction code, const ClaimTexts& texts) {
  add_derivative<T>(catalogue, method, function, code, texts, value_below<T>(function));
}

}  // namespace napier::shelf
