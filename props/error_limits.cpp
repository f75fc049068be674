// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "props/error_limits.hpp"

#include <algorithm>
#include <cassert>

namespace napier {

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

BulkLimit ErrorLimits::limit(int binade) const {
  return BulkLimit::at_most(std::min(largest_errors_.limit(binade).value, promise_.value()));
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

void ErrorLimits::set(CaseRun run) {
  if (!limits_) limits_ = std::make_unique_for_overwrite<double[]>(block_.size());
  largest_ = BulkLimit::at_most(0);
  const auto stretches = block_.stretches();
  auto stretch = std::ranges::upper_bound(stretches, run.begin, {}, &Stretch::begin) - 1;
  for (CaseRun rest = run; rest.count != 0; ++stretch) {
    CaseRun part{rest.begin, std::min(rest.end(), stretch->begin + stretch->count) - rest.begin};
    rest.drop(part.count);
    while (part.count != 0) {
      const Alike alike = alike_in(part);
      assert(alike.run.count != 0);
      const BulkLimit most = limit(alike.binade);
      if (most.value() > largest_.value()) largest_ = most;
      std::fill_n(&limits_[alike.run.begin], alike.run.count, told(alike, most));
      part.drop(alike.run.count);
    }
  }
}

}  // namespace napier
