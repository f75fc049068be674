// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <limits>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "lib/fp/float.hpp"

namespace napier {

/// How a stated error is counted: from the true value, or from the true value's rounding (glibc,
/// CUDA). A rounded figure K means at most K + ½ exact ulp in nearest, K + 1 in a directed mode.
enum class Metric { exact, rounded };

/// A promised error: the decimal as stated, and the dyadic it is judged by, in exact ulp.
struct UlpLimit {
  std::string stated;
  Metric metric = Metric::exact;
  Dyadic limit;  ///< ≥ the stated figure; see parse_limit
};

/// Reads a decimal K ≥ 0 and rounds it up to a multiple of 2^−claim_fraction_bits(format).
/// Throws std::invalid_argument for a negative, infinite, NaN or unreadable K.
UlpLimit parse_limit(std::string_view text, const Format& format, bool directed,
                     Metric metric = Metric::exact);

/// Fraction bits of a K, so that y ± K ulp fits a Dyadic exactly: 40, less for binary128.
int claim_fraction_bits(const Format& format);

/// A closed interval of arguments; unbounded by default.
struct Range {
  double lo = -std::numeric_limits<double>::infinity();
  double hi = std::numeric_limits<double>::infinity();
  friend constexpr bool operator==(const Range&, const Range&) = default;
};
bool contains(const Range& range, Float x);  ///< NaN: only in the unbounded range

/// Where a claim holds. For pow, x is the base and y the exponent.
struct ClaimDomain {
  Range x;
  Range y;
  bool integer_exponent = false;  ///< y (or the only argument) must be an integer
  friend constexpr bool operator==(const ClaimDomain&, const ClaimDomain&) = default;
};

/// Whether the arguments of a call lie inside; for one argument `y.format` is null.
bool covers(const ClaimDomain& domain, Float x, Float y);

/// What an implementation promises, or an auditor demands. A claim not made is not judged.
struct Claim {
  std::optional<UlpLimit> max_ulp;           ///< round to nearest
  std::optional<UlpLimit> max_ulp_directed;  ///< up, down and zero
  bool correctly_rounded = false;
  bool faithful = false;
  bool special_values = false;  ///< the values and zero signs of C23 Annex F
  bool monotone = false;        ///< nearest: consecutive arguments give weakly ordered results
  bool flags = false;           ///< overflow, divide-by-zero and invalid exactly when Annex F says
  bool errno_values =
      false;  ///< ERANGE on overflow and pole, EDOM on a domain error, else as found
  bool flush_subnormals = false;
  ClaimDomain domain;
  std::string source;  ///< where it is promised

  /// Does it promise anything beyond hygiene?
  bool anything() const {
    return max_ulp || max_ulp_directed || correctly_rounded || faithful || special_values ||
           monotone || flags || errno_values;
  }
};

// The three things that can be promised of one returned value.
struct WithinUlp {
  Dyadic limit;
};
struct CorrectlyRounded {};
struct Faithful {};
using AccuracyClaim = std::variant<WithinUlp, CorrectlyRounded, Faithful>;

/// What the claim says of accuracy in that mode: none, one or several promises.
std::vector<AccuracyClaim> accuracy_claims(const Claim& claim, Rounding rounding);

/// In words: "<= 0.53 ulp", "correctly rounded".
std::string describe(const AccuracyClaim& accuracy, const Claim& claim, Rounding rounding);
std::string describe(const Claim& claim);

}  // namespace napier
