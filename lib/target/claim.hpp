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
#include "lib/target/interval_claim.hpp"

namespace napier {

/// How a stated error is counted: from the true value t in ulps of t, or, as glibc and CUDA do,
/// from the right rounding r of t in the mode under test, in ulps of r.
enum class Metric { exact, rounded };

/// A promised error K. What is true of a value is judged by K itself. Sets and filters, which only
/// may err towards the target, use a dyadic that is not below it.
struct UlpBound {
  Dyadic limit;          ///< ≥ K
  Decimal exact;         ///< K
  std::string stated{};  ///< K as it was written, if it was

  explicit UlpBound(const Dyadic& k) : limit(k), exact(Decimal::of(k)) {}
  UlpBound(const Dyadic& at_least_k, const Decimal& k) : limit(at_least_k), exact(k) {}
};

/// A promised error, as stated.
struct UlpLimit : UlpBound {
  Metric metric;

  UlpLimit(std::string_view text, Metric counted, const UlpBound& bound)
      : UlpBound(bound), metric(counted) {
    stated = text;
  }
};

/// Reads a decimal K ≥ 0; its limit is a multiple of 2^−claim_fraction_bits(format).
/// Throws std::invalid_argument for a negative, infinite, NaN or unreadable K, and for one of more
/// digits than can be compared exactly.
UlpLimit parse_limit(std::string_view text, const Format& format, Metric metric = Metric::exact);

/// Fraction bits of a limit, so that y ± K ulp fits a Dyadic exactly: 40, less for binary128.
int claim_fraction_bits(const Format& format);

/// An interval of arguments; unbounded by default, and closed unless its ends are left out, as
/// they are where a claim holds elsewhere.
struct Range {
  double lo = -std::numeric_limits<double>::infinity();
  double hi = std::numeric_limits<double>::infinity();
  bool without_lo = false;
  bool without_hi = false;
  friend constexpr bool operator==(const Range&, const Range&) = default;
};
bool contains(const Range& range, Float x);  ///< NaN: only in the unbounded range
/// The same of a number as a double.
constexpr bool contains(const Range& range, double x) {
  return (range.lo < x || (range.lo == x && !range.without_lo)) &&
         (x < range.hi || (range.hi == x && !range.without_hi));
}

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
/// y = t at integer arguments whose t is a datum; nothing else.
struct ExactOnIntegers {};
using AccuracyClaim = std::variant<WithinUlp, WithinRoundedUlp, CorrectlyRounded, Faithful,
                                   ErrorBound, ExactOnIntegers, IntervalClaim>;

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

/// A promise about results, in some modes and some places. `ulp <= K` in the usual modes and
/// everywhere is a field of Claim and not here; in other modes, or at a place, it is an error
/// bound.
struct Promise {
  AccuracyClaim says;
  Modes in;
  bool wherever_asked = false;  ///< no modes are named: it brings none in
  /// Parts of the claim's domain, as boxes; none: all of it.
  std::vector<ClaimDomain> on = {};
  std::string where = {};  ///< these in words: "on [-20, 20]", "elsewhere"
};

/// What is said of all errors together, of arguments that are as likely as each other: judged where
/// every argument was asked, and else measured. K is in ulps, or a share in percent.
struct Statistic {
  enum class Of { share_rounded_right, mean_ulp, rms_ulp, p99_ulp };
  Of of;
  Decimal k;
  std::string words;  ///< as it was written: "mean ulp <= 0.3"
};

/// What may, or must, become of subnormal numbers.
struct Flushing {
  enum class Results {
    kept,
    may,  ///< ±0 also stands for |t| < 2^emin + K ulp
    must  ///< … and no result is subnormal
  };
  Results results = Results::kept;
  bool arguments = false;  ///< a subnormal argument may be read as the 0 of its sign

  bool of_results() const { return results != Results::kept; }
  bool any() const { return of_results() || arguments; }
  static constexpr Flushing may() { return {Results::may, true}; }
  friend constexpr bool operator==(const Flushing&, const Flushing&) = default;
};

/// What an implementation promises, or an auditor demands. A claim not made is not judged.
struct Claim {
  std::optional<UlpLimit> max_ulp;           ///< round to nearest
  std::optional<UlpLimit> max_ulp_directed;  ///< up, down and zero
  bool correctly_rounded = false;
  bool faithful = false;
  bool special_values = false;  ///< the values and zero signs of C23 Annex F
  bool monotone = false;        ///< nearest: consecutive arguments give weakly ordered results
  bool flags = false;           ///< overflow, divide-by-zero and invalid as Annex F says
  bool errno_values =
      false;  ///< ERANGE on overflow and pole, EDOM on a domain error, else as found
  Flushing flushing;
  /// An infinity may stand for every t of its sign from 2^(emax+1) − K ulp on.
  std::optional<UlpLimit> early_overflow;
  std::vector<Promise> promises;  ///< of other kinds, and for single modes and places
  std::vector<Statistic> statistics;
  std::string equals;    ///< the target whose results it repeats, as a target string; empty: none
  ClaimDomain domain;    ///< where it says anything: all places of its promises, and between them
  std::string sentence;  ///< as it was written (claim_grammar.hpp); empty: only by fields
  std::string source;    ///< where it is promised

  /// Does it promise anything beyond hygiene?
  bool anything() const {
    return max_ulp || max_ulp_directed || correctly_rounded || faithful || special_values ||
           monotone || flags || errno_values || !promises.empty() || !statistics.empty() ||
           !equals.empty();
  }
  /// Do its promises about errors hold in different places?
  bool is_piecewise() const;
  /// Is an error promised of directed modes in particular?
  bool names_directed_modes() const;
};

/// How far the rounding of a number may be from it, in ulps of the number.
constexpr Dyadic most_of_rounding(Rounding rounding) {
  return Dyadic::power_of_two(rounding == Rounding::nearest ? -1 : 0);
}

/// What the claim says of accuracy in that mode, somewhere: none, one or several promises.
std::vector<AccuracyClaim> accuracy_claims(const Claim& claim, Rounding rounding);

/// A part of a claim's domain, and what is promised there: one that holds for all of it.
struct ClaimPiece {
  ClaimDomain on;
  std::vector<AccuracyClaim> promises;
};
/// The parts of a claim's domain in which different errors are promised in that mode: they have no
/// point in common, and where nothing is promised there is none. One part, the whole domain, where
/// all hold everywhere, or no error is promised at all.
std::vector<ClaimPiece> claim_pieces(const Claim& claim, Rounding rounding);
/// Is |t| an early overflow's, that is 2^(emax+1) − K ulp or more? The least such |t|.
Dyadic least_early_overflow(const UlpLimit& limit, const Format& format);

/// In words: "<= 0.53 ulp", "correctly rounded".
std::string describe(const AccuracyClaim& accuracy);
/// … and where: "rel <= 1e-3 on [-20, 20]".
std::string describe_errors(const Claim& claim, Rounding rounding);
std::string describe(const Claim& claim);

}  // namespace napier
