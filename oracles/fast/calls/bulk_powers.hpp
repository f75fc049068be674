// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include "oracles/fast/calls/bulk_filter.hpp"

namespace napier {

/// Some calls of a^y: bases, or one base of all of them, exponents, and what was returned. Data are
/// passed as doubles, which hold them exactly, NaN and infinities among them.
struct PowerCalls {
  std::span<const double> bases;  ///< as many as exponents, or one
  std::span<const double> exponents;
  std::span<const double> results;

  PowerCalls part(std::size_t begin, std::size_t count) const {
    return {bases.size() == 1 ? bases : bases.subspan(begin, count),
            exponents.subspan(begin, count), results.subspan(begin, count)};
  }
};

/// The bulk filter of powers a^y of any base, for binary16, bfloat16, binary32 and binary64.
///
/// The same as BulkFilter in all else (power_of_base-inl.hpp has the derivation). Powers that are
/// data, or half-way between two, are told as such; of bases 0 and ±∞ and of infinite exponents
/// nothing is said. About one call in 2^13 is left open where |y·ln a| is of hundreds, and fewer
/// else.
class BulkPowers {
 public:
  /// nullopt for formats of more than 53 bits.
  static std::optional<BulkPowers> of(const Format& format, Rounding rounding);

  void look(const PowerCalls& calls, std::span<const double> limits,
            std::span<std::uint64_t> words) const;
  BulkFilter::Passed pass(const PowerCalls& calls, const BulkFilter::Wanted& wanted) const;
  static std::size_t group() { return BulkFilter::group(); }
  /// … of a run of exponents of one positive base.
  BulkFilter::Passed pass_alike(double base, double first, double last, double result,
                                const BulkFilter::Wanted& wanted) const;
  /// Exact powers have anchor + below = anchor + above.
  void enclose(std::span<const double> bases, std::span<const double> exponents,
               std::span<double> anchor, std::span<double> below, std::span<double> above) const;

  explicit BulkPowers(const BulkFilter::Plan& plan) : plan_(plan) {}
  const BulkFilter::Plan& plan() const { return plan_; }

 private:
  BulkFilter::Plan plan_;
};

}  // namespace napier
