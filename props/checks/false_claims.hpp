// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>
#include <span>
#include <string_view>

#include "props/property/property.hpp"

namespace napier {

/// A documented claim of this machine's libm that is not kept: an audit says so, and rightly. The
/// suite asks such a property at its witness alone, and whoever expects honest targets to be
/// accused of nothing leaves it out.
struct FalseClaim {
  std::string_view target;
  /// Whether the property may show it.
  bool (*shown_by)(const Property&);
  std::array<std::string_view, 2> at;  ///< base and exponent of the witness
  std::string_view why;
};

inline bool judges_errors(const Property& property) { return property.promised.empty(); }
inline bool is_of_accuracy(const Property& property) { return property.family == Family::accuracy; }
inline bool is_of_special_values(const Property& property) {
  return property.family == Family::special_values;
}
inline constexpr FalseClaim false_claims[] = {
    // pow in binary128 takes y·log2(x) in too few bits once |y| is large: some 24 ulp are seen and
    // 2 are documented. (17/16)^(2^17) is 17^131072/2^524288, so this one takes integers to check.
    {"libm/pow:binary128", judges_errors, {"0x1.1p+0", "0x1p+17"}, "4.46 ulp, not 2.5"},
    // glibc 2.36's powl(-inf, -2^63) is inf, as if -2^63 were positive: Annex F asks for +0.
    {"libm/pow:binary80", is_of_accuracy, {"-inf", "-0x1p+63"}, "inf for +0"},
    {"libm/pow:binary80", is_of_special_values, {"-inf", "-0x1p+63"}, "inf for +0"},
};

/// The row that speaks of that property of that target, or nullptr.
inline const FalseClaim* false_claim(const Property& property, const Target& target) {
  for (const FalseClaim& row : false_claims)
    if (row.target == target.name && row.shown_by(property)) return &row;
  return nullptr;
}

}  // namespace napier
