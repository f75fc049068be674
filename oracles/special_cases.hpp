// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <variant>

#include "lib/target/caller.hpp"
#include "lib/target/function.hpp"

namespace napier {

/// A NaN argument, a domain error, or a value on which conventions differ.
struct NoValue {};
/// A pole, or a limit at an infinite argument.
struct InfiniteValue {
  bool negative = false;
};
/// An exact zero with the sign of the special-value tables.
struct ZeroValue {
  bool negative = false;
};
/// The value is −1 or 1 (a limit or a convention: pow(x, ±0), expm1(−inf)).
struct UnitValue {
  bool negative = false;
};
/// A real value at finite arguments that needs computing; negative for a negative pow.
struct RealValue {
  bool negative = false;
};

/// What the mathematics and C23 Annex F (F.10.3, F.10.4) say before any computing.
using SpecialCase = std::variant<NoValue, InfiniteValue, ZeroValue, UnitValue, RealValue>;
SpecialCase special_case(const Function& function, const Call& call);

}  // namespace napier
