// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "lib/target/catalogue.hpp"

namespace napier::libm {

/// A function of libm, or of one made from libm's: a Unary or Binary F, and what is said of it.
template <class F>
struct Row {
  const Function* function;
  F code;
  std::string_view ulps;  ///< documented or derived, round to nearest
};

namespace detail {
template <class T>
T result_of(Unary<T>);
template <class T>
T result_of(Binary<T>);
}  // namespace detail
/// The C type of a Unary or Binary.
template <class F>
using ResultOf = decltype(detail::result_of(std::declval<F>()));

/// The target "<path><function>:<format>".
template <class F>
Target target_of(std::string_view path, const Row<F>& row, Claim claim, std::string_view method) {
  const Format& format = *native_format<ResultOf<F>>;
  Target target;
  target.name =
      std::string(path) + std::string(row.function->name) + ":" + std::string(format.name);
  target.function = row.function;
  target.format = &format;
  target.claim = std::move(claim);
  target.method = method;
  target.open = [code = row.code] { return direct_caller(ScalarFunction(code)); };
  return target;
}

/// The formats of 16 bits, for which libm has no functions: libm/rounded_once.cpp.
void contribute_rounded_once(Catalogue& catalogue);

}  // namespace napier::libm
