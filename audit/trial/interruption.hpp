// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "audit/candidate.hpp"

namespace napier {

/// Why a law's row is empty where the audit could not go on, or was interrupted.
inline constexpr std::string_view not_gone_on_with = "not tried: the audit could not go on";
inline constexpr std::string_view not_tried = "not tried: the audit was interrupted";
/// Why it is empty where only other properties were to be tried.
inline constexpr std::string_view not_asked = "not asked for";

/// What of a target an interruption kept from being tried, in words.
class Interruption {
 public:
  void cut_short(const Property& property, Rounding rounding) {
    add(cut_short_, property, rounding);
  }
  void left_out(const Property& property, Rounding rounding) { add(left_out_, property, rounding); }
  bool happened() const { return !cut_short_.empty() || !left_out_.empty(); }
  /// Why a property that was to be tried has no case; empty if it has so many.
  std::string why_no_case(std::uint64_t cases) const {
    if (cases != 0) return "";
    return std::string(happened() ? not_tried : "no point lies inside the claim's domain");
  }
  /// A sentence for the target's notes.
  std::string note() const;

 private:
  static void add(std::vector<std::string>& names, const Property& property, Rounding rounding);

  std::vector<std::string> cut_short_;
  std::vector<std::string> left_out_;
};

/// The result of a candidate that was never begun: six rows that say so.
TargetResult untried(const Candidate& candidate);

/// Adds, for every law that has no row, one that says why.
void add_missing_laws(TargetResult& result, Rounding rounding, std::string_view why);

}  // namespace napier
