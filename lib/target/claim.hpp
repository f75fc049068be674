// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <initializer_list>
#include <limits>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "lib/fp/exact_decimal.hpp"
#include "lib/fp/float.hpp"
#include "lib/fp/rounding.hpp"
#include "lib/target/error_bound.hpp"

namespace napier {

/// How a stated error is counted: from the true value t in ulps of t, or, as glibc and CUDA do,
/// from the right rounding r of t in the mode under test, in ulps of r.
enum class Metric { exact, rounded };

/// A promised error K. What is true of a value is judged by K itself. Sets and filters, which only
/// may err towards the target, use a dyadic that is not below it.
struct UlpBound {
  Dyadic limit;   ///< ≥ K
  Decimal exact;  ///< K

  explicit UlpBound(const Dyadic& k) : limit(k), exact(Decimal::of(k)) {}
  UlpBound(const Dyadic& at_least_k, const Decimal& k) : limit(at_least_k), exact(k) {}
};

/// A promised error, as stated.
struct UlpLimit : UlpBound {
  std::string stated;
  Metric metric;

  UlpLimit(std::string_view text, Metric counted, const UlpBound& bound)
      : UlpBound(bound), stated(text), metric(counted) {}
};

/// Reads a decimal K ≥ 0; its limit is a multiple of 2^−claim_fraction_bits(format).
/// Throws std::invalid_argument for a negative, infinite, NaN or unreadable K, and for one of more
/// digits than can be compared exactly.
UlpLimit parse_limit(std::string_view text, const Format& format, Metric metric = Metric::exact);

/// Fraction bits of a limit, so that y ± K ulp fits a Dyadic exactly: 40, less for binary128.
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

// What can be promised of one returned value y, for a true value t.
/// |y − t| ≤ K ulp(t).
struct WithinUlp : UlpBound {
  using UlpBound::UlpBound;
};
/// |y − r| ≤ K ulp(r), r being the rounding of t in the mode under test; an infinity stands for
/// ±2^(emax+1). Next to a power of two, where r may have twice the ulp of t, y may be up to
/// 2K + ½ ulp(t) away, in a directed mode 2K + 1; elsewhere K + ½, and K + 1.
struct WithinRoundedUlp : UlpBound {
  using UlpBound::UlpBound;
};
struct CorrectlyRounded {};
struct Faithful {};
using AccuracyClaim =
    std::variant<WithinUlp, WithinRoundedUlp, CorrectlyRounded, Faithful, ErrorBound>;

/// Some of the rounding modes.
class Modes {
 public:
  constexpr Modes() = default;
  constexpr Modes(std::initializer_list<Rounding> modes) {
    for (const Rounding mode : modes) bits_ |= bit(mode);
  }
  constexpr bool has(Rounding mode) const { return (bits_ & bit(mode)) != 0; }
  constexpr bool meets(Modes other) const { return (bits_ & other.bits_) != 0; }
  constexpr void add(Modes other) { bits_ |= other.bits_; }
  friend constexpr bool operator==(const Modes&, const Modes&) = default;

 private:
  static constexpr unsigned bit(Rounding mode) { return 1U << static_cast<unsigned>(mode); }
  unsigned bits_ = 0;
};
inline constexpr Modes directed_modes{Rounding::up, Rounding::down, Rounding::zero};
inline constexpr Modes all_modes{Rounding::nearest, Rounding::up, Rounding::down, Rounding::zero};

/// A promise about every result, in some modes; not of WithinUlp and WithinRoundedUlp, which a
/// claim has fields for.
struct Promise {
  AccuracyClaim says;
  Modes in;
};

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
  std::vector<Promise> promises;  ///< of other kinds, and for single modes
  ClaimDomain domain;
  std::string sentence;  ///< as it was written (claim_grammar.hpp); empty: only by fields
  std::string source;    ///< where it is promised

  /// Does it promise anything beyond hygiene?
  bool anything() const {
    return max_ulp || max_ulp_directed || correctly_rounded || faithful || special_values ||
           monotone || flags || errno_values || !promises.empty();
  }
  /// Is an error promised of directed modes in particular?
  bool names_directed_modes() const;
};

/// How far the rounding of a number may be from it, in ulps of the number.
constexpr Dyadic most_of_rounding(Rounding rounding) {
  return Dyadic::power_of_two(rounding == Rounding::nearest ? -1 : 0);
}

/// What the claim says of accuracy in that mode: none, one or several promises.
std::vector<AccuracyClaim> accuracy_claims(const Claim& claim, Rounding rounding);

/// In words: "<= 0.53 ulp", "correctly rounded".
std::string describe(const AccuracyClaim& accuracy, const Claim& claim, Rounding rounding);
std::string describe(const Claim& claim);

}  // namespace napier
