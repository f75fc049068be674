// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "lib/fp/rounding.hpp"
#include "lib/target/claim.hpp"
#include "oracles/fast/calls/bulk_filter.hpp"
#include "oracles/fast/calls/bulk_powers.hpp"

/// Interval arithmetic on blocks of positive sets, by SIMD in binary64: what reads a law in the
/// sets that its calls leave possible, some hundred cases at once.
///
/// A set is an anchor, exact, and an interval around it of a few ulps, so that all but the product
/// of two anchors is ordinary arithmetic on small numbers: what it loses is a 2^-50th of them. The
/// bounds are derived in set_kernels-inl.hpp. A lane in which something is unusual (a result that
/// is no positive number, a set that is wide beside its anchor) is left out: its anchor is NaN.
namespace napier {

/// Cases of a block.
inline constexpr std::size_t block_lanes = 256;
struct alignas(64) Lanes : std::array<double, block_lanes> {};

/// Factors of a repeated product, at most.
inline constexpr int most_factors = 64;

/// Of each lane the set [(anchor + lo)·2^n, (anchor + lo + width)·2^n]. The anchor is exact and in
/// [1, 2); lo is off by at most `error`, and the width by `stretch` of itself.
/// lo is between −¾ and ½, or −anchor: the set begins at 0. The upper end is at most anchor + 4, or
/// the width is infinite: every number from lo on. Where n is infinite nothing is known but that
/// the set begins at 0, or has no end; its other end is beyond 2^±(2^12), as n's sign says.
struct SetBlock {
  Lanes anchor, lo, width, error, stretch, n;
};

/// Arguments of calls, and what rounding left out of them: exactly value + remainder, the latter to
/// ± slack. NaN where it is not known.
struct ArgumentBlock {
  Lanes value, remainder, slack;
};

/// What is promised of a result, where all of it can be read in blocks.
struct SetPlan {
  int precision = 0;
  int min_exponent = 0;
  int max_exponent = 0;
  Rounding rounding = Rounding::nearest;
  double limit = 0;           ///< ulps; infinite if no such promise is made
  double limit_per_x = 0;     ///< … and so many more for each |x| of the argument
  bool from_rounded = false;  ///< the limit is one of the distance from the rounded value
  bool correctly_rounded = false;
  bool faithful = false;
  /// relative·|t| + absolute, each rounded up, with 1/(1 ± relative).
  struct Sum {
    double relative, absolute;
    double grow, shrink;
    bool holds_all_beyond;  ///< an ulp from the largest number
  };
  std::array<Sum, 2> sums{};  ///< the error is within the larger of them
  std::size_t sum_count = 0;  ///< 0 if no such promise is made
  bool of_bounds = false;     ///< the sets are those of error bounds, whose ends are rounded
  std::vector<IntervalClaim> intervals{};  ///< read case by case
  const Format* format = nullptr;
  double early_overflow = 0;  ///< ulps from 2^(emax+1) down to all that an infinity stands for

  /// nullopt if nothing is promised, or something else: a format beyond binary64, a limit that is
  /// no double or that spans a binade, one from the rounded value beside another, an error bound
  /// beside another, or one that counts ulps and more, or not whole doubles of them. Ulps may grow
  /// with |x|, beside no other promise of ulps.
  static std::optional<SetPlan> of(const Format& format, Rounding rounding,
                                   std::span<const AccuracyClaim> promises,
                                   const std::optional<UlpLimit>& early_overflow = {});
};

/// ln a of every lane, to a relative error.
struct LogBlock {
  Lanes value;
  double error = 0;
};

/// The logarithms of positive numbers; NaN of subnormal ones, and of 1.
void logarithms(const Lanes& a, LogBlock& logs);

/// ln of a fixed base in every lane.
void set_to_log(Base base, LogBlock& logs);

/// x + y and x·y rounded to nearest in the format, infinite where they overflow.
void add_arguments(const Format& format, const Lanes& x, const Lanes& y, ArgumentBlock& sum);
void multiply_arguments(const Format& format, const Lanes& x, const Lanes& y,
                        ArgumentBlock& product);

/// The claim sets of results (lib/target/claim_set.hpp), for a limit that grows those at x.
void claimed(const SetPlan& plan, const Lanes& y, SetBlock& set);
void claimed(const SetPlan& plan, const Lanes& x, const Lanes& y, SetBlock& set);
/// … for one that doesn't, of results M = a^x − 1, as sets of 1 + M, whose anchor is 1 + M rounded.
void claimed_less_one(const SetPlan& plan, const Lanes& y, SetBlock& set);
/// 1 + M itself.
void points_of_one_more(const Lanes& y, SetBlock& set);
/// 1, as a set.
void set_to_one(SetBlock& set);
/// Positive numbers, as sets of one point each.
void exact_points(const Lanes& numbers, SetBlock& set);
/// What log2 of a^x·|ln a| may be off by, as the sum of two logarithms that may cancel: each is
/// below 64 then, and off by 2^-45 of it (LogBlock).
inline constexpr double error_of_cancelling_binades = 0x1p-38;

/// |ln a| as a set of one point, for the wide filter of logarithms; not known of 1.
void log_points(const BulkFilter& logs, const Lanes& a, SetBlock& set);
/// a^x as a set of one point: for a wide filter of powers of one base, or a base in every lane.
void power_points(const BulkFilter& powers, const Lanes& x, SetBlock& set);
void power_points(const BulkPowers& powers, const Lanes& a, const Lanes& x, SetBlock& set);
/// {P·Q} and {P/Q}.
void multiply(const SetBlock& p, const SetBlock& q, SetBlock& product);
void divide(const SetBlock& p, const SetBlock& q, SetBlock& quotient);
/// {P·P·…·P}, of so many factors; not known where that is no integer from 1 to most_factors.
void repeat_product(const SetBlock& factor, const Lanes& count, SetBlock& product);
/// {P·a^e}, e being the remainder of an argument.
void correct(SetBlock& set, const ArgumentBlock& by, const LogBlock& log_base);
/// {P^y}, for a set P around an anchor that is this number.
void raise(const BulkPowers& powers, const SetBlock& set, const Lanes& anchor, const Lanes& y,
           SetBlock& raised);
/// {P·(a^x/z)^y}, for the claim set Z of z, in which a^x has to lie.
void correct(const BulkPowers& powers, SetBlock& set, const SetBlock& z, const Lanes& a,
             const Lanes& x, const Lanes& y);

/// Two sides of a law, where it is certain whether they share a point.
struct MeetingBlock {
  /// Between which half the sum of their widths lies, in ulps, however it is computed; infinite
  /// from a binade on; NaN: not certain
  Lanes least_resolution, most_resolution;
  Lanes share;  ///< at least the part of their widths by which they are off centre
  /// The same where they certainly share no point; NaN: not certain
  Lanes share_apart;
};
void meet(const Format& format, const SetBlock& left, const SetBlock& right, MeetingBlock& met);
/// … in ulps of the power less one.
void meet_less_one(const Format& format, const SetBlock& left, const SetBlock& right,
                   MeetingBlock& met);

/// P·Q and P/Q rounded to nearest in the format. NaN where the machine leaves the finite numbers,
/// or a number is not normal; infinite where it is not known what it does.
void machine_multiply(const Format& format, const Lanes& p, const Lanes& q, Lanes& product);
void machine_divide(const Format& format, const Lanes& p, const Lanes& q, Lanes& quotient);
/// 1·P·…·P with so many factors P > 0, each product rounded. As above.
void machine_repeat_product(const Format& format, const Lanes& factor, const Lanes& count,
                            Lanes& product);
/// Normal numbers of the format; NaN for all others.
void machine_results(const Format& format, const Lanes& y, Lanes& results);
/// The datum next to the point of each set.
void machine_points(const Format& format, const SetBlock& points, Lanes& data);
/// |left − right| in ulps of a t = 2^binades: exactly, or next to a power of two at least that. 0
/// where the machine left the numbers, infinite where that is not known.
void machine_apart(const Format& format, const Lanes& left, const Lanes& right,
                   const Lanes& binades, Lanes& ulps);

/// The same where a power is read as M = a^x − 1: of P·Q that is M + N + MN, every step rounded, of
/// P/Q (M − N)/(1 + N); t is a^x − 1 for the exponents given, each to half an ulp.
void machine_multiply_less_one(const Format& format, const Lanes& p, const Lanes& q,
                               Lanes& product);
void machine_divide_less_one(const Format& format, const Lanes& p, const Lanes& q, Lanes& quotient);
void machine_points_less_one(const Format& format, const SetBlock& points, Lanes& data);
void machine_apart_less_one(const Format& format, const BulkFilter& powers, const Lanes& left,
                            const Lanes& right, const Lanes& exponents, Lanes& ulps);

/// Encodings of data as doubles, and back (bulk_filter.hpp).
void encodings_of(const Format& format, std::span<const double> values,
                  std::span<std::uint64_t> encodings);

}  // namespace napier
