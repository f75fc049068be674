// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// Runs of one result, told by the cases at their ends, as bulk_judgement-inl.hpp sees these;
// compiled once for each instruction set.
#if defined(NAPIER_BULK_RUNS) == defined(HWY_TARGET_TOGGLE)
#ifdef NAPIER_BULK_RUNS
#undef NAPIER_BULK_RUNS
#else
#define NAPIER_BULK_RUNS
#endif

#include "oracles/fast/calls/bulk_passes-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace napier::HWY_NAMESPACE {

/// What passes of one case, said of every lane. `saturated`: rightly so.
template <class Cases>
HWY_INLINE BulkFilter::Passed passed_one(const Cases& cases, M saturated, V limit,
                                         const BulkFilter::Wanted& wanted) {
  const D d;
  BulkFilter::Passed one;
  const Passing p = cases.passing(limit);
  const Sorted sorted(cases, p, wanted);
  if (hn::AllTrue(d, sorted.known())) {
    one.misrounded = hn::AllTrue(d, p.wrong) ? 1 : 0;
    sorted.count_into(one);
    one = one.of_one_lane();
    one.count = 1;
  } else if (hn::AllTrue(d, saturated)) {
    one.count = 1;
  } else if (hn::AllTrue(d, cases.no_value())) {
    one.count = one.no_value = 1;
  } else if (const SortedFar far(cases, none(), limit, limit, wanted);
             hn::AllTrue(d, far.known())) {
    far.count_into(one);
    one = one.of_one_lane();
    one.count = 1;
  }
  return one;
}

/// What passes of a run of one result, with the cases at its ends.
///
/// |t| rises or falls along it, and so does what it is rounded to. If that is y at both ends it is
/// y between them, where no power of two lies but at y: the error is the largest at an end. If y is
/// on one side of |t| at both, and t in one binade, the error rises or falls as well: it is beyond
/// the edges between them that it is beyond at both, and where y is not the right rounding at
/// either end it is not between them. Whether y is near an end of t's binade is the same of all:
/// where it is the errors at both ends are on one side of what is in doubt, and so are those
/// between them. A NaN is as far off everywhere.
template <class Cases>
HWY_INLINE BulkFilter::Passed passed_between(const Cases& first, const Cases& last,
                                             const BulkFilter::Passed& at_first,
                                             const BulkFilter::Passed& at_last,
                                             bool rounded_right) {
  const D d;
  if (at_first != at_last) return {};
  const bool within_edges =
      std::ranges::all_of(at_first.beyond, [](std::uint64_t number) { return number == 0; });
  if (at_first.misrounded == 0 && within_edges) return at_first;
  const auto both = [&](M one, M other) HWY_ATTR { return hn::AllTrue(d, hn::And(one, other)); };
  const Beyond a = first.beyond(), b = last.beyond();
  const bool one_side = both(a.farther, b.farther) || both(a.nearer, b.nearer);
  const bool goes_one_way =
      both(a.nowhere, b.nowhere) || (one_side && hn::AllTrue(d, first.shares_binade(last)));
  const bool wanted = at_first.misrounded == 0 || !rounded_right;
  return goes_one_way && wanted ? at_first : BulkFilter::Passed{};
}

HWY_INLINE void pass_alike(const BulkFilter::Plan& plan, double first, double last, double y,
                           const BulkFilter::Wanted& wanted, BulkFilter::Passed& passed) {
  const V limit = all(wanted.limits.front());
  with_view(plan, [&](auto view) HWY_ATTR {
    using View = typename decltype(view)::type;
    const View a(plan, all(first), all(y)), b(plan, all(last), all(y));
    const auto at = [&](const View& cases) HWY_ATTR {
      return passed_one(cases, in_right_order(cases.saturated(limit)), limit, wanted);
    };
    passed = passed_between(a, b, at(a), at(b), wanted.rounded_right);
  });
}

}  // namespace napier::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();
#endif
