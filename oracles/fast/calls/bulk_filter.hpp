// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>

#include "lib/fp/float.hpp"
#include "lib/fp/rounding.hpp"
#include "lib/target/function.hpp"

namespace napier {

/// What the bulk filter knows of one call, as a set of bits. Without a bit nothing is known, and
/// the reference has to be asked.
namespace bulk_word {
inline constexpr std::uint64_t within = 1;  ///< the error is certainly at most the limit
inline constexpr std::uint64_t rounding_known = 4;
inline constexpr std::uint64_t misrounded = 8;  ///< with rounding_known: not the right rounding
inline constexpr std::uint64_t no_value = 16;   ///< the true result is NaN: nothing to measure
/// Nothing to ask about: within the limit, and the rounding is right.
inline constexpr std::uint64_t in_order = within | rounding_known;
}  // namespace bulk_word

/// A limit in ulps that the filter computes with: at most 2^1000, or infinite. Within that are NaNs
/// as well, and results farther off than any number tells.
class BulkLimit {
 public:
  static constexpr double most = 0x1p1000;
  static constexpr double infinite = std::numeric_limits<double>::infinity();
  /// The largest that is not above the value (>= 0).
  static BulkLimit at_most(double value) {
    return BulkLimit(value == infinite ? value : std::min(value, most));
  }
  double value() const { return value_; }
  /// The next smaller one; below 0 nothing is within it.
  BulkLimit below() const {
    return BulkLimit(value_ > 0 ? std::min(std::nextafter(value_, 0), most) : -1);
  }

 private:
  explicit BulkLimit(double value) : value_(value) {}
  double value_;
};

/// Tells of thousands of calls at once, by SIMD in binary64, which of them are certainly in order.
///
/// For binary16, bfloat16, binary32 and binary64. True values are enclosed as |t| = A + d with A
/// exact and d within a derived bound (bulk_kernels-inl.hpp; bulk_wide-inl.hpp for binary64), so
/// that the strict inequalities next to a fixed value (e^x > 1 for the least x) are decided in
/// every mode. What is said is proven; about one call in 2^22 is left open, in binary64 one in
/// 2^14.
class BulkFilter {
 public:
  /// For a function of one argument; nullopt if it has no kernel in that format.
  static std::optional<BulkFilter> of(const Function& function, const Format& format,
                                      Rounding rounding);

  /// words[i] says of y[i] as the result for x[i] what bulk_word lists, the limit being limits[i]
  /// ulps; none is met below 0. Data are passed as doubles, which hold them exactly, NaN and
  /// infinities among them. All of one length.
  void look(std::span<const double> x, std::span<const double> y, std::span<const double> limits,
            std::span<std::uint64_t> words) const;

  static constexpr std::size_t most_edges = 9;
  /// Some cases that leave nothing to ask.
  struct Passed {
    std::size_t count = 0;
    std::uint64_t misrounded = 0;                    ///< among them
    std::uint64_t no_value = 0;                      ///< among them
    std::uint64_t flushed = 0;                       ///< among them; see Flushing
    std::array<std::uint64_t, most_edges> beyond{};  ///< among them, with errors above each edge
    friend bool operator==(const Passed&, const Passed&) = default;
    /// What was counted of the same case in several lanes, of one.
    Passed of_one_lane() const;
    /// So many times as many.
    Passed times(std::uint64_t factor) const;
  };
  /// Errors above one edge and at most another, given by their places among the edges, that pass
  /// only inside a binade: the result in the binade of t, or with it in the subnormal range, and so
  /// many ulps below the next power of two. Elsewhere they pass where t certainly rounds to a power
  /// of two, or in a directed mode is less than an ulp from one: as errors above both edges of what
  /// is inside if the result is farther than so many ulps from the rounding, else as errors above
  /// neither. `by_side`: so do those inside that lie between those edges, in a directed mode, above
  /// both if the result lies to the other side of t than what t rounds to.
  struct Doubt {
    std::size_t above = most_edges;  ///< none
    std::size_t at_most = most_edges;
    double ulps = 0;  ///< a whole number
    std::size_t inside_kept = most_edges;
    std::size_t inside_broken = most_edges;
    double of_power = 0;  ///< a multiple of ½, at most most_of_power; 0: nothing more passes
    bool by_side = false;
    bool tells_more() const { return of_power != 0 || by_side; }
  };
  static constexpr double most_of_power = 0x1p20;
  /// Who may flush may give 0 where |t| is below the least normal number. Such a case has a limit
  /// of its own, and passes as one `flushed` if its error is above the second edge, given by their
  /// places; any other 0 above the first edge passes only where t is far above the subnormal range.
  struct Flushing {
    std::span<const double> limits{};  ///< one a case; none if nobody may flush
    std::size_t kept = most_edges;
    std::size_t broken = most_edges;
  };
  /// What is asked of cases that pass: that the error of each is at most its own limit, and which
  /// way it is rounded, or the right way.
  struct Wanted {
    std::span<const double> limits;  ///< one a case, in ulps; none is met below 0
    BulkLimit largest_limit;         ///< none is larger
    bool rounded_right = false;
    std::span<const double> edges{};  ///< in ulps, ascending, at most 2^1000
    Doubt doubt{};
    /// The right rounding counts below all edges, which are of no matter to it, and so does what is
    /// at most an ulp off and not below t's binade.
    bool right_is_enough = false;
    Flushing flushing{};

    bool may_flush() const { return !flushing.limits.empty(); }
    /// Errors up to it are below all edges that matter.
    double first_edge() const {
      const auto first = right_is_enough ? std::ranges::lower_bound(edges, 1.0) : edges.begin();
      return first != edges.end() ? *first : std::numeric_limits<double>::infinity();
    }
    /// Whether results more than an ulp off may pass.
    bool asks_far() const { return !rounded_right && largest_limit.value() > 1; }
    /// Whether all that passes without a look at the edges has to be rounded right.
    bool asks_right() const { return rounded_right || right_is_enough; }
    /// Without the edges that no error reaches which is within its limit.
    Wanted without_far_edges() const;
  };
  /// Goes through the cases as long as look() would say of each that its error is at most the limit
  /// and its rounding known, or that there is no value, and the sides are certain on which it lies
  /// of those edges that are below the largest limit. Stops before the first group() of cases of
  /// which that is not so, or before fewer than a group are left. Several times faster than look().
  Passed pass(std::span<const double> x, std::span<const double> y, const Wanted& wanted) const;
  static std::size_t group();
  /// What passes of one case, and of every case of a run: of arguments from the first to the last,
  /// along which f rises, falls or has no value, and of one result y. No case where that is not
  /// certain. One limit is given.
  Passed pass_alike(double first, double last, double y, const Wanted& wanted) const;

  /// What look() goes by: |f(x)| lies strictly between anchor + below and anchor + above, or is
  /// both. The anchor is NaN where nothing is known; an end of ±2^-1000 stands for an open end at
  /// 0; of values beyond every number no more is said than that.
  void enclose(std::span<const double> x, std::span<double> anchor, std::span<double> below,
               std::span<double> above) const;

  /// What the kernels compute with; see bulk_kernels-inl.hpp.
  enum class Kind : std::uint8_t { power, power_minus_one, logarithm };
  struct Plan {
    Kind kind = Kind::power;
    bool natural = false;       ///< the base is e
    double log2_base_high = 0;  ///< of 26 bits for formats of up to 24, else rounded
    double log2_base_low = 0;   ///< the rest, to binary64
    double slack = 0;           ///< absolute error of g, or of the power, where 2^k is not 1
    double largest_error = 0;   ///< relative error of 2^g − 1, or of all but its linear term
    double log_error = 0;       ///< of the logarithm of a base, relatively, times 1.4; else 0
    // For binary64 only:
    double least_argument = 0;  ///< below it a power is less than a quarter of the least subnormal
    double most_argument = 0;   ///< above it beyond every number
    int precision = 0;
    int min_exponent = 0;
    int max_exponent = 0;
    Rounding rounding = Rounding::nearest;
  };

  explicit BulkFilter(const Plan& plan) : plan_(plan) {}
  const Plan& plan() const { return plan_; }

 private:
  Plan plan_;
};

/// Whether no value is less than the one before it, or greater. NaN is neither.
bool weakly_rises(std::span<const double> values);
bool weakly_falls(std::span<const double> values);

/// Are all data of the format doubles?
inline bool has_values(const Format& format) { return format.precision <= 53; }
/// The value of each encoding of such a format; NaN for NaN.
void values_of(const Format& format, std::span<const std::uint64_t> encodings,
               std::span<double> values);
double value_of(Float x);

}  // namespace napier
