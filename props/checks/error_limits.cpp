// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "props/checks/error_limits.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>

#include "lib/util/overloaded.hpp"

namespace napier {

namespace {

/// What inside a binade tells errors from the rounded value, r, apart.
///
/// Let t and y lie in [B, 2B), or |t| and |y| both below 2·2^emin with any signs, and y at most
/// 2B − m ulp(t) for a whole m > `broken` + 1. If r has the ulp of t, y and r are multiples of it,
/// j ulps apart, and |r − t| <= ½ ulp: then |y − t| < W + ½ ulp says j < W + 1, and > says j > W,
/// for W = floor(K): the promise is kept, or broken. Else r = 2B, t >= 2B − ½ ulp and y is farther
/// than m − ½ ulp from t: the promise is broken and |y − t| > W + ½ ulp as well. On an error of
/// W + ½ ulp itself r is the even one of two: it is on neither side. All that to nearest.
///
/// In a directed mode r is less than an ulp from t, on one side. If y is j ulps from r and lies to
/// that side of t, |y − t| is in [j, j + 1), and else in (j − 1, j]. So an error up to W keeps the
/// promise, one above W + 1 breaks it, and between them the side tells; on an error of W + 1 itself
/// t is r, and it breaks the promise on either side. Where r = 2B and y is
/// at least m ulps below, all that is above W + 1 and the promise is broken. And it is kept by
/// whatever is at most W ulp off and not below B: j is at most W + 1 where r is 2B and y below it,
/// which is half as many ulps of r, and at most W elsewhere.
///
/// Where r is a power of two y is a multiple of half an ulp(r), or less than half of r: it is more
/// than K from r if and only if it is more than ⌊2K⌋/2 from it. K has fewer bits than r, as
/// promise.kept demands, so that errors in question leave y between r/2 and 2r.
std::optional<BulkPromise::Inside> inside_of(const AccuracyClaim& claim, double broken,
                                             Rounding rounding) {
  const auto& within = std::get<WithinRoundedUlp>(claim);
  const double whole = std::floor(double_below(within.exact));
  if (whole < 1 || whole != std::floor(to_double(within.limit))) return std::nullopt;
  const double halves = std::floor(2 * double_below(within.exact)) / 2;
  const bool tells =
      halves <= BulkFilter::most_of_power && halves == std::floor(2 * to_double(within.limit)) / 2;
  const double ulps = std::ceil(broken) + 2, of_power = tells ? halves : 0;
  if (rounding != Rounding::nearest)
    return BulkPromise::Inside{whole, whole + 1, ulps, of_power, true};
  const double middle = whole + largest_rounding_error(Rounding::nearest);
  return BulkPromise::Inside{std::nextafter(middle, 0), std::nextafter(middle, BulkLimit::most),
                             ulps, of_power};
}

/// What tells whether a result is next to t, or t itself.
///
/// Let t lie in [B, 2B). From B to 2B data are an ulp(t) apart, and where B is the least binade all
/// below are as well: one of those is next to t, or t, if and only if it is less than an ulp(t)
/// from it. Of the others those below B are at least half an ulp from t, and never next to it,
/// since B is nearer; those above 2B are more than an ulp from t. The right rounding is next to t,
/// in every mode, and nothing that is more than an ulp from t is, but what stands for all beyond 2B
/// = 2^(emax+1), of which t the filter says no more than that.
void tell_faithful(BulkPromise& promise) {
  const double one = largest_rounding_error(Rounding::zero);
  promise = {};
  promise.breaks = BulkPromise::Breaks::beyond;
  promise.right_is_enough = true;
  promise.kept = BulkLimit::at_most(std::nextafter(largest_rounding_error(Rounding::nearest), 0));
  promise.broken = promise.whole_share = one;
  promise.inside = BulkPromise::Inside{std::nextafter(one, 0), one, 0};
}

}  // namespace

BulkPromise BulkPromise::of(const Subject& subject, std::span<const AccuracyClaim> promises) {
  BulkPromise promise;
  promise.bounds = BoundLimits(subject.format(), promises, subject.rounding);
  const Flushing flushing = subject.claim->flushing;
  if (flushing.results == Flushing::Results::must) promise.bounds.ask_for_flushing();
  double least = BulkLimit::most;  // of what is promised in ulps, rounded up
  bool faithful = false, of_rounded = false;
  const double rounding = largest_rounding_error(subject.rounding);
  double whole_share_of_rounded = BulkLimit::most;
  const auto keep = [&promise](double limit) {
    if (limit < promise.kept.value()) promise.kept = BulkLimit::at_most(limit);
  };
  for (const AccuracyClaim& claim : promises)
    std::visit(overloaded{
                   [&](const WithinUlp& within) {
                     double above = to_double(within.limit);
                     if (compare(Dyadic::of(above), within.limit) < 0)
                       above = std::nextafter(above, BulkLimit::most);
                     keep(double_below(within.exact));
                     least = std::min(least, above);
                   },
                   [&](const WithinRoundedUlp& within) {
                     of_rounded = true;
                     const double above = std::nextafter(to_double(within.limit), BulkLimit::most);
                     // r is off by a rounding, and its ulp may be twice that of t.
                     const double farthest = std::nextafter(2 * above + rounding, BulkLimit::most);
                     promise.broken = std::min(promise.broken, farthest);
                     whole_share_of_rounded =
                         std::min(whole_share_of_rounded, to_double(within.limit) + rounding);
                     // y and r are multiples of ulp(t), or y, just below t's binade, of half of it.
                     // So what is farther than K from r is by half an ulp at least; t is half an
                     // ulp nearer at most, or one in a directed mode. Below 1 ulp an infinity may
                     // stand for a t that rounds to the largest finite number.
                     const double halves = std::floor(2 * double_below(within.exact)) / 2;
                     const double reach =
                         (2 * halves + 1) / 2 - to_double(most_of_rounding(subject.rounding));
                     if (halves >= 1 && halves < std::ldexp(1, subject.format().precision - 3))
                       keep(std::nextafter(reach, 0));
                     else
                       promise.rounded_right = true;
                   },
                   [&](const CorrectlyRounded&) { promise.rounded_right = true; },
                   [&](const Faithful&) { promise.rounded_right = faithful = true; },  // is enough
                   [](const ErrorBound&) {},  // of each result by itself
                   [](const IntervalClaim&) {},
                   [](const ExactOnIntegers&) {},
               },
               claim);
  const bool alone = promises.size() == 1, early = subject.claim->early_overflow.has_value();
  if (faithful && alone && !flushing.any() && !early) tell_faithful(promise);
  if (promise.right_is_enough) return promise;
  // Of several promises with faithfulness, of bounds that each result has for itself, or where an
  // infinity may be right that is far off, nothing is told.
  if (faithful || least == 0 || promise.bounds.any() || early) return promise;
  // The filter takes it that who may flush anything may flush results.
  if (flushing.any() && !flushing.of_results()) return promise;
  // 0 stands for |t| up to 2^emin and what is promised: below 2^(emin+1), if that is so little.
  const bool flushes = flushing.any();
  const double little = std::ldexp(1, subject.format().precision - 2) - 1;
  if (flushes && (promise.rounded_right || std::min(least, promise.broken) >= little))
    return promise;
  if (of_rounded) {  // the filter passes no infinity below its t
    if (promise.rounded_right || least < BulkLimit::most) return promise;
    promise.breaks = Breaks::beyond;
    promise.may_flush = flushes;
    promise.whole_share = whole_share_of_rounded;
    if (alone) promise.inside = inside_of(promises.front(), promise.broken, subject.rounding);
    promise.right_is_enough = promise.inside && promise.inside->by_side;
    return promise;
  }
  if (promise.rounded_right && promise.kept.value() >= rounding) {
    promise.breaks = Breaks::misrounded;
    promise.whole_share = rounding;
  } else if (!promise.rounded_right && least < BulkLimit::most) {
    promise.breaks = Breaks::beyond;
    promise.may_flush = flushes;
    promise.broken = promise.whole_share = least;
  }
  return promise;
}

std::span<const std::uint64_t> ErrorLimits::keys() const {
  return binades_.of_results() ? block_.result_encodings() : block_.argument_encodings();
}

int ErrorLimits::binade_of(std::size_t i) const { return binades_.number({keys()[i], &format_}); }

ErrorLimits::Alike ErrorLimits::alike_in(CaseRun run) const {
  const int binade = binade_of(run.begin);
  const auto all_are = [&] {
    return !binades_.of_results() && binades_.holds(binade, {keys()[run.end() - 1], &format_});
  };
  const std::size_t count =
      run.count == 1 || all_are()
          ? run.count
          : binades_.first_alike(binade, keys().subspan(run.begin, run.count));
  return {{run.begin, count, run.is_walk}, binade};
}

const Stretch& ErrorLimits::stretch_of(std::size_t i) const {
  return *(std::ranges::upper_bound(block_.stretches(), i, {}, &Stretch::begin) - 1);
}

/// What is promised of the case and of those of the stretch after it; or, once an earlier one is
/// known to be refuted, what leaves the worst one as it is.
ErrorLimits::Promised ErrorLimits::promised(const Stretch& stretch, std::size_t i) {
  const double kept = promise_.first_limit();
  Address address = stretch.address;
  address.index += i - stretch.begin;
  const auto& first = tally_.first_refuted;
  const bool counts = promise_.breaks != BulkPromise::Breaks::unknown && first &&
                      first->address < address && tally_.worst.entry;
  if (!counts) {
    rounded_right_ = rounded_right_ || promise_.rounded_right;
    return {kept, kept};
  }
  const bool beyond = promise_.breaks == BulkPromise::Breaks::beyond;
  const auto error_of = [&](double share) {
    if (share == BulkLimit::infinite) return share;
    const double error = std::min(share * promise_.whole_share, BulkLimit::most);
    return beyond ? std::max(kept, error) : error;
  };
  return {error_of(tally_.below_worst()), error_of(tally_.up_to_worst())};
}

/// May any come before the case? Along a walk arguments go one way, so that the ends tell of all.
bool ErrorLimits::come_before(CaseRun run, const Point& known) const {
  const auto comes_first = [&](std::size_t i) {
    const Call call = block_.call_at(i);
    if (call.x.bits != known.args[0].bits) return call.x.bits < known.args[0].bits;
    return call.y.bits < known.args[1].bits;  // both 0 where there is no second argument
  };
  return comes_first(run.begin) || comes_first(run.end() - 1);
}

/// May any come before the case of the largest error? A few cases aren't worth the question, but
/// where that is infinite and all others are as large.
bool ErrorLimits::may_come_first(const Alike& alike, double largest) const {
  constexpr std::size_t worth_asking_about = 8;
  const auto& of_all = largest_errors_.of_all();
  const bool worth_it = alike.run.count >= worth_asking_about || largest == BulkLimit::infinite;
  if (!worth_it || !of_all) return true;
  const LargestErrors::Entry* of_binade = largest_errors_.of_binade(alike.binade);
  return come_before(alike.run, (of_binade != nullptr ? *of_binade : *of_all).point);
}

/// An error just at the limit may be the largest, too, where its arguments come before those known.
BulkLimit ErrorLimits::limit(const Alike& alike, const Promised& promised) const {
  const double largest = largest_errors_.limit(alike.binade).value;
  double least = promised.of_all;
  if (least < std::min(promised.of_later_ones, largest) &&
      !come_before(alike.run, tally_.worst.entry->point))
    least = promised.of_later_ones;
  const BulkLimit limit = BulkLimit::at_most(std::min(largest, least));
  return may_come_first(alike, largest) ? limit.below() : limit;
}

double ErrorLimits::set_alike(const Alike& alike) {
  rounded_right_ = false;
  const std::size_t begin = alike.run.begin;
  const double most = limit(alike, promised(stretch_of(begin), begin)).value();
  if (!promise_.bounds.any()) return most;
  const auto size = [&](std::size_t i) { return std::fabs(block_.arguments()[i]); };
  const double least_x = std::min(size(begin), size(alike.run.end() - 1));
  return std::min(most, promise_.bounds.limit(least_x, block_.results()[begin]));
}

/// The limits of those whose results may have been flushed; and none above what is kept of those
/// whose arguments may have been.
void ErrorLimits::set_flushed(const Alike& alike) {
  const double largest = largest_errors_.limit(alike.binade).value;
  BulkLimit limit = BulkLimit::at_most(largest);
  if (may_come_first(alike, largest)) limit = limit.below();
  if (limit.value() > largest_.value()) largest_ = limit;
  std::fill_n(&flushed_limits_[alike.run.begin], alike.run.count, limit.value());
  const auto is_subnormal = [](Float x) {
    return x.format != nullptr && classify(x) == FloatClass::subnormal;
  };
  for (std::size_t i = alike.run.begin; i < alike.run.end(); ++i) {
    const Call call = block_.call_at(i);
    if (!is_subnormal(call.x) && !is_subnormal(call.y)) continue;
    for (double* most : {&limits_[i], &flushed_limits_[i]})
      *most = std::min(*most, promise_.kept.value());
  }
}

void ErrorLimits::set(CaseRun run) {
  if (!limits_) limits_ = std::make_unique_for_overwrite<double[]>(block_.size());
  if (promise_.may_flush && !flushed_limits_)
    flushed_limits_ = std::make_unique_for_overwrite<double[]>(block_.size());
  largest_ = BulkLimit::at_most(0);
  rounded_right_ = false;
  const Stretch* stretch = &stretch_of(run.begin);
  for (CaseRun rest = run; rest.count != 0; ++stretch) {
    CaseRun part{rest.begin, std::min(rest.end(), stretch->begin + stretch->count) - rest.begin};
    rest.drop(part.count);
    const Promised most_promised = promised(*stretch, part.begin);
    while (part.count != 0) {
      const Alike alike = alike_in(part);
      assert(alike.run.count != 0);
      const BulkLimit most = limit(alike, most_promised);
      if (most.value() > largest_.value()) largest_ = most;
      const std::span limits(&limits_[alike.run.begin], alike.run.count);
      std::ranges::fill(limits, most.value());
      if (promise_.bounds.any())
        promise_.bounds.lower(block_.arguments().subspan(alike.run.begin, limits.size()),
                              block_.results().subspan(alike.run.begin, limits.size()), limits);
      if (promise_.may_flush) set_flushed(alike);
      part.drop(alike.run.count);
    }
  }
}

}  // namespace napier
