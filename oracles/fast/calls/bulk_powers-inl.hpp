// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// Powers with a base in every lane against their results: the tiers of bulk_passes-inl.hpp and
// bulk_runs-inl.hpp over the enclosures of power_of_base-inl.hpp, compiled once for each
// instruction set.
#if defined(NAPIER_BULK_POWERS) == defined(HWY_TARGET_TOGGLE)
#ifdef NAPIER_BULK_POWERS
#undef NAPIER_BULK_POWERS
#else
#define NAPIER_BULK_POWERS
#endif

#include "oracles/fast/calls/bulk_runs-inl.hpp"
#include "oracles/fast/calls/power_of_base-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace napier::HWY_NAMESPACE {

/// What is known of a vector of calls.
template <Exactness exactness>
class Powers {
 public:
  HWY_INLINE Powers(const BulkFilter::Plan& plan, const PowerBase& base, V y, V result)
      : plan_(plan),
        s_(power_of_base<exactness>(plan, base, y)),
        scale_(scaled<true>(plan, s_.t, s_.n, result)) {
    if constexpr (exactness == Exactness::told) measure_from_points();
  }
  HWY_INLINE M no_value() const { return s_.t.no_value; }
  HWY_INLINE Beyond beyond() const { return HWY_NAMESPACE::beyond(s_.t, scale_); }
  HWY_INLINE M shares_binade(const Powers& other) const { return in_one_binade(s_, other.s_); }
  HWY_INLINE Passing passing(V limit) const {
    Passing cases =
        HWY_NAMESPACE::passing<false>(plan_, s_.t, scale_, hn::Min(limit, all(farthest_wide)));
    if constexpr (exactness == Exactness::told) add_ties(cases, limit);
    return cases;
  }
  HWY_INLINE Side side_of(double edge) const {
    return side_of_near(plan_, s_.t, scale_, edge, farthest_wide);
  }
  HWY_INLINE FarError far_error() const { return HWY_NAMESPACE::far_error(plan_, s_.t, scale_); }
  HWY_INLINE Flushed flushed() const { return HWY_NAMESPACE::flushed(s_.t, scale_); }
  HWY_INLINE M is_near_binades_end(double ulps) const {
    return HWY_NAMESPACE::is_near_binades_end(plan_, s_.t, scale_, ulps);
  }
  HWY_INLINE FromRounding beside_power(double ulps) const {
    return HWY_NAMESPACE::beside_power(plan_, s_.t, scale_, ulps);
  }
  HWY_INLINE FromRounding by_side() const { return HWY_NAMESPACE::by_side(plan_, s_.t, scale_); }
  HWY_INLINE Passing saturated(V limit) const {
    return HWY_NAMESPACE::saturated(plan_, s_.t, scale_, limit);
  }

 private:
  /// Where t is a point the anchor is moved there: sums next to 0 have the right sign. Nothing is
  /// known if that isn't exact, as it may be where an ulp is larger than t.
  HWY_INLINE void measure_from_points() {
    Enclosed& t = s_.t;
    const M point = hn::Eq(t.below, t.above);
    const Pair w = exact_sum(scale_.w, hn::Neg(t.below));
    t.known = hn::And(t.known, hn::Or(hn::Not(point), hn::Eq(w.lo, all(0))));
    scale_.w = hn::IfThenElse(point, w.hi, scale_.w);
    t.below = hn::IfThenZeroElse(point, t.below);
    t.above = hn::IfThenZeroElse(point, t.above);
  }

  /// Half an ulp from a point: the even neighbour is right. Nothing is said of the odd one, whose
  /// error is no larger though it is wrong.
  HWY_INLINE void add_ties(Passing& cases, V limit) const {
    if (plan_.rounding != Rounding::nearest) return;
    const Enclosed& t = s_.t;
    const V ulp = hn::Mul(hn::Max(t.binade, scale_.least_binade), two_to(all(1 - plan_.precision)));
    const M point = hn::And(hn::Eq(t.below, t.above), hn::And(t.known, t.placed));
    const M finite = hn::And(hn::Ge(scale_.size, all(0)), hn::Lt(t.binade, scale_.top));
    const M half = hn::Eq(hn::Abs(scale_.w), hn::Mul(all(0.5), ulp));
    const M tie = hn::And(hn::And(point, finite), hn::And(half, hn::Ge(limit, all(0.5))));
    const M even = is_whole(hn::Div(hn::Mul(all(0.5), scale_.size), ulp));
    cases.in_order = hn::Or(cases.in_order, hn::And(tie, even));
  }

  const BulkFilter::Plan& plan_;
  Scaled s_;
  Scale scale_;
};

/// Calls something for every vector of calls with its base; the base of all, if there is but one.
template <class Use>
HWY_INLINE void each_power(const double* bases, bool one_base, std::size_t count, Use use) {
  const D d;
  const std::size_t lanes = hn::Lanes(d);
  if (one_base) {
    const PowerBase only = power_base(all(bases[0]));
    for (std::size_t i = 0; i + lanes <= count; i += lanes)
      if (!use(only, i)) return;
  } else {
    for (std::size_t i = 0; i + lanes <= count; i += lanes)
      if (!use(power_base(hn::LoadU(d, bases + i)), i)) return;
  }
}

HWY_INLINE void pass_powers(const BulkFilter::Plan& plan, const double* bases, bool one_base,
                            const double* y, const double* results,
                            const BulkFilter::Wanted& wanted, std::size_t count,
                            BulkFilter::Passed& passed) {
  const D d;
  const bool may_be_far = wanted.asks_far();
  each_power(bases, one_base, count, [&](const PowerBase& base, std::size_t i) HWY_ATTR {
    const V exponents = hn::LoadU(d, y + i), given = hn::LoadU(d, results + i);
    const V limit = hn::LoadU(d, wanted.limits.data() + i);
    if (one_base && hn::AllTrue(d, without_power(base, exponents, has_fraction(exponents)))) {
      passed.count += hn::Lanes(d);  // most powers of a negative number
      passed.no_value += hn::Lanes(d);
      return true;
    }
    const auto ask = [&](const auto& cases, Passing saturated) HWY_ATTR {
      const Passing p = cases.passing(limit);
      const Sorted sorted(cases, only_wanted(p, wanted), wanted);
      const M no_value = cases.no_value();
      const M fine = hn::Or(sorted.known(), only_wanted(saturated, wanted).in_order);
      const M near = hn::Or(fine, no_value);
      const bool all_near = hn::AllTrue(d, near);
      if (!all_near) {
        if (!may_be_far) return false;
        const SortedFar far(cases, near, limit, limit_of_flushed(wanted, i, limit), wanted);
        if (!hn::AllTrue(d, hn::Or(near, far.known()))) return false;
        far.count_into(passed);
      }
      passed.count += hn::Lanes(d);
      passed.no_value += hn::CountTrue(d, no_value);
      passed.misrounded += hn::CountTrue(d, hn::And(fine, hn::Or(p.wrong, saturated.wrong)));
      sorted.count_into(passed);
      return true;
    };
    const Powers<Exactness::ignored> quick(plan, base, exponents, given);
    if (ask(quick, {none(), none()})) return true;
    const Powers<Exactness::told> cases(plan, base, exponents, given);
    return ask(cases, cases.saturated(limit));
  });
}

HWY_INLINE void pass_powers_alike(const BulkFilter::Plan& plan, double base, double first,
                                  double last, double result, const BulkFilter::Wanted& wanted,
                                  BulkFilter::Passed& passed) {
  using Cases = Powers<Exactness::told>;
  const PowerBase of_all = power_base(all(base));
  const V limit = all(wanted.limits.front());
  const Cases a(plan, of_all, all(first), all(result)), b(plan, of_all, all(last), all(result));
  const auto at = [&](const Cases& cases) HWY_ATTR {
    return passed_one(cases, in_right_order(cases.saturated(limit)), limit, wanted);
  };
  passed = passed_between(a, b, at(a), at(b), wanted.rounded_right);
}

HWY_INLINE void look_at_powers(const BulkFilter::Plan& plan, const double* bases, bool one_base,
                               const double* y, const double* results, const double* limits,
                               std::uint64_t* words, std::size_t count) {
  const D d;
  each_power(bases, one_base, count, [&](const PowerBase& base, std::size_t i) HWY_ATTR {
    const Powers<Exactness::told> cases(plan, base, hn::LoadU(d, y + i), hn::LoadU(d, results + i));
    const V limit = hn::LoadU(d, limits + i);
    const Passing passing = cases.passing(limit), saturated = cases.saturated(limit);
    V word = bit_if(hn::Or(passing.in_order, saturated.in_order),
                    bulk_word::within | bulk_word::rounding_known);
    word = hn::Or(word, bit_if(hn::Or(passing.wrong, saturated.wrong), bulk_word::misrounded));
    const M no_value = cases.no_value();
    word = hn::IfThenElse(no_value, bit_if(no_value, bulk_word::no_value), word);
    hn::StoreU(hn::BitCast(DU(), word), DU(), words + i);
    return true;
  });
}

HWY_INLINE void enclose_powers(const BulkFilter::Plan& plan, const double* bases, const double* y,
                               double* anchor, double* below, double* above, std::size_t count) {
  const D d;
  const V nan = all(std::numeric_limits<double>::quiet_NaN());
  each_power(bases, false, count, [&](const PowerBase& base, std::size_t i) HWY_ATTR {
    const Scaled s = power_of_base<Exactness::told>(plan, base, hn::LoadU(d, y + i));
    const Enclosed t = written_out(s);
    hn::StoreU(hn::IfThenElse(t.known, t.anchor, nan), d, anchor + i);
    hn::StoreU(t.below, d, below + i);
    hn::StoreU(t.above, d, above + i);
    return true;
  });
}

}  // namespace napier::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();
#endif
