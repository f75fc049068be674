// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "props/checks/error_limits.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>

#include "lib/util/overloaded.hpp"

namespace napier {

namespace {

/// What inside a binade tells errors from the rounded value, r, apart, in nearest.
///
/// Let t and y lie in [B, 2B), or |t| and |y| both below 2·2^emin with any signs, and y at most
/// 2B − m ulp(t) for a whole m > `broken` + 1. If r has the ulp of t, y and r are multiples of it,
/// j ulps apart, and |r − t| <= ½ ulp: then |y − t| < W + ½ ulp says j < W + 1, and > says j > W,
/// for W = floor(K): the promise is kept, or broken. Else r = 2B, t >= 2B − ½ ulp and y is farther
/// than m − ½ ulp from t: the promise is broken and |y − t| > W + ½ ulp as well. On an error of
/// W + ½ ulp itself r is the even one of two: it is on neither side.
std::optional<BulkPromise::Inside> inside_of(const AccuracyClaim& claim, double broken) {
  const auto& within = std::get<WithinRoundedUlp>(claim);
  const double whole = std::floor(double_below(within.exact));
  if (whole < 1 || whole != std::floor(to_double(within.limit))) return std::nullopt;
  const double middle = whole + largest_rounding_error(Rounding::nearest);
  return BulkPromise::Inside{std::nextafter(middle, 0), std::nextafter(middle, BulkLimit::most),
                             std::ceil(broken) + 2};
}

}  // namespace

BulkPromise BulkPromise::of(const Subject& subject) {
  BulkPromise promise;
  double least = BulkLimit::most;  // of what is promised in ulps, rounded up
  bool faithful = false, of_rounded = false;
  const double rounding = largest_rounding_error(subject.rounding);
  double whole_share_of_rounded = BulkLimit::most;
  const auto keep = [&promise](double limit) {
    if (limit < promise.kept.value()) promise.kept = BulkLimit::at_most(limit);
  };
  for (const AccuracyClaim& claim : subject.promises(Role::target))
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
                     const double broken = std::nextafter(2 * above + rounding, BulkLimit::most);
                     promise.broken = std::min(promise.broken, broken);
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
               },
               claim);
  // Who may flush may have flushed, and of what is merely faithful nothing is told.
  if (subject.claim->flush_subnormals || faithful || least == 0) return promise;
  if (of_rounded) {  // the filter passes no infinity below its t
    if (promise.rounded_right || least < BulkLimit::most) return promise;
    promise.breaks = Breaks::beyond;
    promise.whole_share = whole_share_of_rounded;
    if (subject.rounding == Rounding::nearest && subject.promises(Role::target).size() == 1)
      promise.inside = inside_of(subject.promises(Role::target).front(), promise.broken);
    return promise;
  }
  if (promise.rounded_right && promise.kept.value() >= rounding) {
    promise.breaks = Breaks::misrounded;
    promise.whole_share = rounding;
  } else if (!promise.rounded_right && least < BulkLimit::most) {
    promise.breaks = Breaks::beyond;
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
  const std::size_t count = run.count == 1 || all_are()
                                ? run.count
                                : binades_.first_alike(keys().subspan(run.begin, run.count));
  return {{run.begin, count, run.is_walk}, binade};
}

BulkLimit ErrorLimits::limit(int binade, double promised) const {
  return BulkLimit::at_most(std::min(largest_errors_.limit(binade).value, promised));
}

const Stretch& ErrorLimits::stretch_of(std::size_t i) const {
  return *(std::ranges::upper_bound(block_.stretches(), i, {}, &Stretch::begin) - 1);
}

/// What is promised of the case and of those of the stretch after it; or, once an earlier one is
/// known to be refuted, what leaves the worst one as it is.
double ErrorLimits::promised(const Stretch& stretch, std::size_t i) {
  const double kept = promise_.most_kept();
  Address address = stretch.address;
  address.index += i - stretch.begin;
  const auto& first = tally_.first_refuted;
  const bool counts = promise_.breaks != BulkPromise::Breaks::unknown && first &&
                      first->address < address && tally_.worst.entry;
  if (!counts) {
    rounded_right_ = rounded_right_ || promise_.rounded_right;
    return kept;
  }
  const double worst = tally_.below_worst() * promise_.whole_share;
  return promise_.breaks == BulkPromise::Breaks::beyond ? std::max(kept, worst) : worst;
}

/// An error just at the limit may be the largest, too, where its arguments come before those known.
double ErrorLimits::told(const Alike& alike, BulkLimit limit) const {
  return (come_first(alike) ? limit.below() : limit).value();
}

/// May any come before the case of the largest error? Along a walk arguments go one way, so that
/// the ends tell of all. A few cases aren't worth the question.
bool ErrorLimits::come_first(const Alike& alike) const {
  constexpr std::size_t worth_asking_about = 8;
  const auto& of_all = largest_errors_.of_all();
  if (alike.run.count < worth_asking_about || !of_all) return true;
  const LargestErrors::Entry* of_binade = largest_errors_.of_binade(alike.binade);
  const auto& known = (of_binade != nullptr ? *of_binade : *of_all).point.args;
  const auto comes_first = [&](std::size_t i) {
    const Call call = block_.call_at(i);
    if (call.x.bits != known[0].bits) return call.x.bits < known[0].bits;
    return call.y.bits < known[1].bits;  // both 0 where there is no second argument
  };
  return comes_first(alike.run.begin) || comes_first(alike.run.end() - 1);
}

double ErrorLimits::set_alike(const Alike& alike) {
  rounded_right_ = false;
  const std::size_t begin = alike.run.begin;
  return told(alike, limit(alike.binade, promised(stretch_of(begin), begin)));
}

void ErrorLimits::set(CaseRun run) {
  if (!limits_) limits_ = std::make_unique_for_overwrite<double[]>(block_.size());
  largest_ = BulkLimit::at_most(0);
  rounded_right_ = false;
  const Stretch* stretch = &stretch_of(run.begin);
  for (CaseRun rest = run; rest.count != 0; ++stretch) {
    CaseRun part{rest.begin, std::min(rest.end(), stretch->begin + stretch->count) - rest.begin};
    rest.drop(part.count);
    const double most_promised = promised(*stretch, part.begin);
    while (part.count != 0) {
      const Alike alike = alike_in(part);
      assert(alike.run.count != 0);
      const BulkLimit most = limit(alike.binade, most_promised);
      if (most.value() > largest_.value()) largest_ = most;
      std::fill_n(&limits_[alike.run.begin], alike.run.count, told(alike, most));
      part.drop(alike.run.count);
    }
  }
}

}  // namespace napier
