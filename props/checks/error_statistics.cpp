// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "props/checks/error_statistics.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "lib/target/error_kinds.hpp"
#include "oracles/fast/calls/call_errors.hpp"
#include "oracles/fast/scalar/fast_oracle.hpp"
#include "oracles/oracle.hpp"

namespace napier {
namespace {

/// The bound of a quantile, if one is claimed.
const Statistic* quantile_of(const Claim& claim) {
  const auto found = std::ranges::find(claim.statistics, Statistic::Of::p99_ulp, &Statistic::of);
  return found == claim.statistics.end() ? nullptr : &*found;
}

/// Adds an error that is known to lie in one step, and on one side of a quantile's bound; whether
/// it is.
bool add_known(const UlpRange& error, const Amount* quantile, ErrorSums& sums) {
  const auto steps = ErrorSums::steps(error);
  const bool within = quantile == nullptr || error.hi.value <= quantile->low;
  const bool beyond = quantile != nullptr && error.lo.value > quantile->high;
  if (!steps || (!within && !beyond)) return false;
  sums.add(*steps);
  sums.add_beyond(beyond ? 1 : 0, 0);
  return true;
}

/// What is asked of each error.
struct Sought {
  const Subject& subject;
  std::optional<Amount> quantile;
  std::optional<WithinUlp> within;

  explicit Sought(const Subject& of) : subject(of) {
    const Statistic* share = quantile_of(*of.claim);
    if (share == nullptr) return;
    quantile.emplace(share->k);
    within.emplace(quantile->limit, share->k);
  }
  const Amount* bound() const { return quantile ? &*quantile : nullptr; }
};

void add_by_reference(const Sought& sought, const Call& call, Float y, ErrorSums& sums) {
  TrueValue truth(*sought.subject.target->function, call);
  if (truth.is_nan()) return;
  const UlpRange error = truth.error(y, sought.subject.rounding);
  // Its figure is as sharp as a double: of two steps the larger is taken, whoever asks.
  sums.add(ErrorSums::steps(error.hi.value));
  if (!sought.within) return;
  const Truth kept = truth.keeps(y, *sought.within, sought.subject.rounding);
  sums.add_beyond(kept == Truth::no ? 1 : 0, kept == Truth::undecided ? 1 : 0);
}

void add_one(const Sought& sought, const Call& call, Float y, ErrorSums& sums) {
  const auto t = fast_value(*sought.subject.target->function, call);
  const auto error = t ? fast_signed_error(*t, y, sought.subject.rounding) : std::nullopt;
  if (error && add_known(error->magnitude(), sought.bound(), sums)) return;
  add_by_reference(sought, call, y, sums);
}

/// The least error that a result of two calls has at both, if it errs to one side at both by less
/// than a step; then it does at all calls between.
bool is_next_to_both(const Subject& subject, const CalledBlock& block, std::size_t first,
                     std::size_t last) {
  const auto error = [&](std::size_t i) -> std::optional<SignedUlpRange> {
    const auto t = fast_value(*subject.target->function, block.call_at(i));
    return t ? fast_signed_error(*t, block.result(i), subject.rounding) : std::nullopt;
  };
  const auto a = error(first), b = error(last);
  if (!a || !b) return false;
  const bool one_side = (a->lo >= 0 && b->lo >= 0) || (a->hi <= 0 && b->hi <= 0);
  return one_side && ErrorSums::steps(a->magnitude().hi.value) == 0 &&
         ErrorSums::steps(b->magnitude().hi.value) == 0;
}

}  // namespace

bool wants_statistics(const Subject& subject) {
  return !subject.claim->statistics.empty() && subject.rounding == Rounding::nearest;
}

void add_to_sums(const Subject& subject, const Call& call, Float y, Tally& tally) {
  add_one(Sought(subject), call, y, tally.sums);
}

void add_to_sums(const Subject& subject, const CalledBlock& block, Tally& tally) {
  constexpr std::size_t worth_its_ends = 64;  // calls that take longer than two
  const Sought sought(subject);
  const CallErrors errors(*subject.target->function, subject.format(), subject.rounding,
                          block.arguments(), block.results().first(block.size()));
  const bool unary = subject.target->function->arity == 1;
  const auto is_inside = [&](std::size_t i) {
    const Call call = block.call_at(i);
    return std::ranges::any_of(subject.pieces(Role::target), [&](const ClaimPiece& piece) {
      return covers(piece.on, call.x, call.y);
    });
  };
  for (const Stretch& stretch : block.stretches())
    for (std::size_t i = stretch.begin, end = i + stretch.count; i < end;) {
      if (!is_inside(i)) {
        ++i;
        continue;
      }
      const auto error = errors.at(i);
      if (error && add_known(*error, sought.bound(), tally.sums)) {
        ++i;
        continue;
      }
      // Results next to 0 and beyond overflow are all the same.
      const std::size_t after = unary ? block.next_result(i, end) : i + 1;
      if (after - i >= worth_its_ends && is_inside(after - 1) &&
          is_next_to_both(subject, block, i, after - 1)) {
        tally.sums.add(0, after - i);
        i = after;
        continue;
      }
      add_one(sought, block.call_at(i), block.result(i), tally.sums);
      ++i;
    }
}

namespace {

using State = StatisticFigure::State;

StatisticFigure at_most(const Statistic& claimed, const ErrorSums::Between& figure) {
  const Amount k(claimed.k);
  const State state = figure.hi <= k.low   ? State::kept
                      : figure.lo > k.high ? State::broken
                                           : State::undecided;
  return {claimed.words, figure.lo, figure.hi, state};
}

/// Cases of which something is certain, and others of which it may be so.
struct Share {
  std::uint64_t certain, open, all;

  double least() const { return percent(certain); }
  double most() const { return percent(certain + open); }

 private:
  double percent(std::uint64_t part) const {
    return 100 * (static_cast<double>(part) / static_cast<double>(all));
  }
};

/// Is part/all at least k percent? Exactly where whole numbers of 128 bits tell.
std::optional<bool> is_at_least(std::uint64_t part, std::uint64_t all, const Decimal& k) {
  __extension__ using Wide = unsigned __int128;
  Dyadic numerator = k.numerator.reduced();
  constexpr int most_percent = 7;  // bits of 100, and of whole tens, which are even
  for (; numerator.exponent > 0 && numerator.significand >> most_percent == 0; --numerator.exponent)
    numerator.significand <<= 1;
  constexpr int most_fives_here = 12, most_twos = 20,
                most_bits = 60;  // exact: 2^127 is not reached
  const bool fits = k.fives <= most_fives_here && numerator.exponent >= -most_twos &&
                    numerator.exponent <= 0 && numerator.significand >> most_bits == 0;
  if (!fits) return std::nullopt;
  Wide scaled = Wide(part) * 100;
  for (int i = 0; i < k.fives; ++i) scaled *= 5;
  scaled <<= -numerator.exponent;
  return scaled >= Wide(numerator.significand) * all;
}

StatisticFigure at_least(const Statistic& claimed, const Decimal& percent, const Share& share) {
  const auto least = is_at_least(share.certain, share.all, percent);
  const auto most = is_at_least(share.certain + share.open, share.all, percent);
  const State state = least == true || share.certain == share.all ? State::kept
                      : most == false                             ? State::broken
                                                                  : State::undecided;
  return {claimed.words, share.least(), share.most(), state};
}

}  // namespace

std::vector<StatisticFigure> statistics_of(const Subject& subject, const Tally& tally,
                                           Strength strength) {
  std::vector<StatisticFigure> figures;
  const ErrorSums& sums = tally.sums;
  if (!wants_statistics(subject) || sums.cases() == 0) return figures;
  for (const Statistic& claimed : subject.claim->statistics) {
    switch (claimed.of) {
      case Statistic::Of::mean_ulp:
        figures.push_back(at_most(claimed, sums.mean()));
        break;
      case Statistic::Of::rms_ulp:
        figures.push_back(at_most(claimed, sums.root_mean_square()));
        break;
      case Statistic::Of::share_rounded_right: {
        const std::uint64_t wrong = tally.misrounded + tally.rounding_undecided;
        figures.push_back(at_least(claimed, claimed.k,
                                   {sums.cases() - wrong, tally.rounding_undecided, sums.cases()}));
        break;
      }
      case Statistic::Of::p99_ulp: {
        const std::uint64_t above = sums.beyond() + sums.open();
        figures.push_back(at_least(claimed, share_of(claimed),
                                   {sums.cases() - above, sums.open(), sums.cases()}));
        break;
      }
    }
    if (strength != Strength::exhaustive) figures.back().state = State::measured;
  }
  return figures;
}

}  // namespace napier
