// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// The passes of the bulk filter over arrays of cases: those in order are counted, the others looked
// at; compiled once for each instruction set.
#if defined(NAPIER_BULK_PASSES) == defined(HWY_TARGET_TOGGLE)
#ifdef NAPIER_BULK_PASSES
#undef NAPIER_BULK_PASSES
#else
#define NAPIER_BULK_PASSES
#endif

#include "oracles/fast/calls/bulk_views-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace napier::HWY_NAMESPACE {

/// On which side of each edge cases lie.
class EdgeSides {
 public:
  HWY_INLINE explicit EdgeSides(const BulkFilter::Wanted& wanted) : wanted_(wanted) {}
  HWY_INLINE std::size_t edges() const { return wanted_.edges.size(); }
  HWY_INLINE M beyond(std::size_t k) const { return beyond_[k]; }
  HWY_INLINE void set(std::size_t k, M known, M beyond) {
    M& all_known = is_inside(k) ? inside_known_ : known_;
    all_known = hn::And(all_known, known);
    beyond_[k] = beyond;
  }
  /// After all are set: where all are known and leave no doubt.
  template <class Cases>
  HWY_INLINE M told(const Cases& cases) {
    const Doubtful doubtful = in_doubt(cases, wanted_.doubt, edges(), inside_known_,
                                       [this](std::size_t k) HWY_ATTR { return beyond_[k]; });
    const M is_told = hn::Or(doubtful.kept, doubtful.broken);
    if (!hn::AllFalse(D(), is_told))
      for (const std::size_t k : {wanted_.doubt.inside_kept, wanted_.doubt.inside_broken})
        beyond_[k] = hn::Or(doubtful.broken, hn::AndNot(doubtful.kept, beyond_[k]));
    return hn::And(hn::AndNot(doubtful.open, known_), hn::Or(inside_known_, is_told));
  }
  HWY_INLINE void count_into(BulkFilter::Passed& passed, M some) const {
    for (std::size_t k = 0; k < edges(); ++k)
      passed.beyond[k] += hn::CountTrue(D(), hn::And(some, beyond_[k]));
  }

 private:
  /// Where a power of two may tell what the edge does not.
  HWY_INLINE bool is_inside(std::size_t k) const {
    return k == wanted_.doubt.inside_kept || k == wanted_.doubt.inside_broken;
  }
  const BulkFilter::Wanted& wanted_;
  M known_ = hn::Not(none()), inside_known_ = hn::Not(none());
  std::array<M, BulkFilter::most_edges> beyond_;  // written before they are read
};

/// Cases found to be in order, as far as it is certain on which side of each edge they lie.
class Sorted {
 public:
  template <class Cases>
  HWY_INLINE Sorted(const Cases& cases, const Passing& found, const BulkFilter::Wanted& wanted)
      : sides_(wanted) {
    const M below_all = wanted.right_is_enough ? hn::Not(found.wrong) : none();
    for (std::size_t k = 0; k < sides_.edges(); ++k) {
      const Side side = cases.side_of(wanted.edges[k]);
      sides_.set(k, hn::Or(side.known, below_all), hn::AndNot(below_all, side.beyond));
    }
    known_ = hn::And(found.in_order, sides_.told(cases));
    if (wanted.may_flush() && wanted.flushing.kept < sides_.edges()) {
      const Flushed zero = cases.flushed();
      const M is_zero = hn::Or(zero.below, zero.open);
      known_ = hn::AndNot(hn::And(is_zero, sides_.beyond(wanted.flushing.kept)), known_);
    }
  }
  HWY_INLINE M known() const { return known_; }
  HWY_INLINE void count_into(BulkFilter::Passed& passed) const {
    sides_.count_into(passed, known_);
  }

 private:
  M known_;
  EdgeSides sides_;
};

/// Cases, others than those found in order, that are certainly more than 1 ulp off, within the
/// limit, and on which side of each edge.
class SortedFar {
 public:
  template <class Cases>
  HWY_INLINE SortedFar(const Cases& cases, M in_order, V limit, V limit_of_flushed,
                       const BulkFilter::Wanted& wanted)
      : flushed_(none()), sides_(wanted) {
    const Flushed zero = wanted.may_flush() ? cases.flushed() : Flushed{none(), none()};
    limit = hn::IfThenElse(zero.below, limit_of_flushed, limit);
    const FarError error = cases.far_error();
    const V most = all(BulkLimit::most), infinite = all(BulkLimit::infinite);
    const M is_infinite = hn::Eq(error.least, infinite), is_finite = hn::Lt(error.most, infinite);
    const auto is_within = [&](V ulps) HWY_ATTR {
      return hn::And(is_finite, hn::Le(error.most, hn::Mul(ulps, error.ulp)));
    };
    const M within = hn::Or(is_within(hn::Min(limit, most)), hn::Gt(limit, most));
    for (std::size_t k = 0; k < sides_.edges(); ++k) {
      const V edge = all(wanted.edges[k]);
      const M beyond = hn::Or(is_infinite, hn::Gt(error.least, hn::Mul(edge, error.ulp)));
      sides_.set(k, hn::Or(beyond, is_within(edge)), beyond);
    }
    known_ = hn::AndNot(in_order, hn::And(error.known, within));
    known_ = hn::And(known_, sides_.told(cases));
    if (!wanted.may_flush()) return;
    const std::size_t kept = wanted.flushing.kept, broken = wanted.flushing.broken;
    if (broken < sides_.edges()) flushed_ = hn::And(zero.below, sides_.beyond(broken));
    const M above = kept < sides_.edges() ? sides_.beyond(kept) : none();
    const M free = hn::AndNot(flushed_, hn::Or(zero.below, zero.open));
    known_ = hn::AndNot(hn::And(free, above), known_);
  }
  HWY_INLINE M known() const { return known_; }
  HWY_INLINE void count_into(BulkFilter::Passed& passed) const {
    passed.misrounded += hn::CountTrue(D(), known_);
    passed.flushed += hn::CountTrue(D(), hn::And(known_, flushed_));
    sides_.count_into(passed, known_);
  }

 private:
  M known_, flushed_;
  EdgeSides sides_;
};

HWY_INLINE V limit_of_flushed(const BulkFilter::Wanted& wanted, std::size_t i, V usual) {
  return wanted.may_flush() ? hn::LoadU(D(), wanted.flushing.limits.data() + i) : usual;
}

/// Without those rounded the wrong way, where the right way is wanted.
HWY_INLINE Passing only_wanted(const Passing& p, const BulkFilter::Wanted& wanted) {
  if (!wanted.rounded_right) return p;
  return {in_right_order(p), none()};
}

/// Where the quick question failed the last time it is asked once in so many cases.
constexpr std::size_t now_and_then = 64;

/// Counts cases in order, whole vectors of them, up to the first vector with one that may not be.
/// The edges are below the largest limit.
HWY_INLINE void pass(const BulkFilter::Plan& plan, const double* x, const double* y,
                     const BulkFilter::Wanted& wanted, std::size_t count,
                     BulkFilter::Passed& passed) {
  const D d;
  const std::size_t lanes = hn::Lanes(d);
  const double first_edge = wanted.first_edge();
  const bool may_be_far = wanted.asks_far();
  constexpr std::uint64_t needed = bulk_word::within | bulk_word::rounding_known;
  with_view(plan, [&](auto view) HWY_ATTR {
    using View = typename decltype(view)::type;
    const auto of_wanted = [&](const Passing& p) HWY_ATTR { return only_wanted(p, wanted); };
    const typename View::Quick quick(plan, wanted);
    bool worth_asking = true;
    std::size_t i = 0;
    for (; i + lanes <= count; i += lanes) {
      const V xs = hn::LoadU(d, x + i), ys = hn::LoadU(d, y + i);
      const V limit = hn::LoadU(d, wanted.limits.data() + i);
      if (worth_asking || i % now_and_then == 0) {
        const Passing p = quick.passing(xs, ys, limit);
        const M fine = of_wanted(p).in_order;
        worth_asking =
            hn::AllTrue(d, fine) || hn::AllTrue(d, hn::Or(fine, quick.saturated(xs, ys, limit)));
        if (worth_asking) {
          passed.misrounded += hn::CountTrue(d, hn::And(fine, p.wrong));
          continue;
        }
      }
      const View cases(plan, xs, ys);
      const Passing p = cases.passing(limit), beyond_all = of_wanted(cases.saturated(limit));
      const Sorted sorted(cases, of_wanted(p), wanted);
      const M fine = sorted.known(), near = hn::Or(fine, beyond_all.in_order);
      const auto count_near = [&] HWY_ATTR {
        passed.misrounded += hn::CountTrue(d, hn::Or(hn::And(fine, p.wrong), beyond_all.wrong));
        sorted.count_into(passed);
      };
      if (hn::AllTrue(d, near)) {
        count_near();
        continue;
      }
      if (may_be_far) {
        const SortedFar far(cases, near, limit, limit_of_flushed(wanted, i, limit), wanted);
        if (hn::AllTrue(d, hn::Or(near, far.known()))) {
          count_near();
          far.count_into(passed);
          continue;
        }
      }
      const auto bits = hn::BitCast(DU(), cases.word(hn::Min(limit, all(first_edge))));
      const auto has = [&](std::uint64_t bit) HWY_ATTR {
        const auto mask = hn::Set(DU(), bit);
        return hn::Eq(hn::And(bits, mask), mask);
      };
      const auto valueless = has(bulk_word::no_value);
      const auto misrounded = has(bulk_word::misrounded);
      const auto usual = has(needed);
      const auto good = wanted.asks_right() ? hn::AndNot(misrounded, usual) : usual;
      if (!hn::AllTrue(DU(), hn::Or(good, valueless))) break;
      passed.misrounded += hn::CountTrue(DU(), misrounded);
      passed.no_value += hn::CountTrue(DU(), valueless);
    }
    passed.count = i;
  });
}

HWY_INLINE void look(const BulkFilter::Plan& plan, const double* x, const double* y,
                     const double* limits, std::uint64_t* words, std::size_t count) {
  const D d;
  with_view(plan, [&](auto view) HWY_ATTR {
    for (std::size_t i = 0; i < count; i += hn::Lanes(d)) {
      const typename decltype(view)::type cases(plan, hn::LoadU(d, x + i), hn::LoadU(d, y + i));
      const V word = cases.word(hn::LoadU(d, limits + i));
      hn::StoreU(hn::BitCast(DU(), word), DU(), words + i);
    }
  });
}

/// … of binary64 only where the ends are such numbers.
HWY_INLINE Enclosed written_out(const Scaled& s) {
  Enclosed t = s.t;
  t.known = hn::And(t.known, hn::Le(hn::Abs(s.n), all(800)));
  const V scale = two_to(hn::Min(hn::Max(s.n, all(-800)), all(800)));
  t.anchor = hn::Mul(t.anchor, scale);
  t.below = hn::Mul(t.below, scale);
  t.above = hn::Mul(t.above, scale);
  return t;
}

HWY_INLINE void enclose(const BulkFilter::Plan& plan, const double* x, double* anchor,
                        double* below, double* above, std::size_t count) {
  const D d;
  const V nan = all(std::numeric_limits<double>::quiet_NaN());
  with_kind(plan.kind, [&](auto kind) HWY_ATTR {
    for (std::size_t i = 0; i < count; i += hn::Lanes(d)) {
      const V xs = hn::LoadU(d, x + i);
      const Enclosed t = plan.precision > 24 ? written_out(wide_enclosed<kind>(plan, xs))
                                             : enclosed<kind>(plan, xs);
      hn::StoreU(hn::IfThenElse(t.known, t.anchor, nan), d, anchor + i);
      hn::StoreU(t.below, d, below + i);
      hn::StoreU(t.above, d, above + i);
    }
  });
}

/// Whether values[i] <= values[i + 1], or >=, for all i below count.
HWY_INLINE bool in_order(const double* values, bool rising, std::size_t count) {
  const D d;
  M all_are = hn::Eq(all(0), all(0));
  for (std::size_t i = 0; i < count; i += hn::Lanes(d)) {
    const V first = hn::LoadU(d, values + i), second = hn::LoadU(d, values + i + 1);
    all_are = hn::And(all_are, rising ? hn::Le(first, second) : hn::Ge(first, second));
  }
  return hn::AllTrue(d, all_are);
}

/// Encodings of binary32 as values.
HWY_INLINE void widen(const std::uint64_t* encodings, double* values, std::size_t count) {
  const D d;
  const hn::Rebind<std::uint32_t, D> narrow;
  const hn::Rebind<float, D> floats;
  for (std::size_t i = 0; i < count; i += hn::Lanes(d)) {
    const auto bits = hn::TruncateTo(narrow, hn::LoadU(DU(), encodings + i));
    hn::StoreU(hn::PromoteTo(d, hn::BitCast(floats, bits)), d, values + i);
  }
}

HWY_INLINE std::size_t lanes() { return hn::Lanes(D()); }

}  // namespace napier::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();
#endif
