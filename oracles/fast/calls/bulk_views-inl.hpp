// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// A vector of cases as the bulk filter sees it, narrow or wide: what bulk_judgement-inl.hpp says of
// it; compiled once for each instruction set.
#if defined(NAPIER_BULK_VIEWS) == defined(HWY_TARGET_TOGGLE)
#ifdef NAPIER_BULK_VIEWS
#undef NAPIER_BULK_VIEWS
#else
#define NAPIER_BULK_VIEWS
#endif

#include <type_traits>

#include "oracles/fast/calls/bulk_doubt-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace napier::HWY_NAMESPACE {

/// What is known of a vector of cases, in the order in which it is worth asking.
template <BulkFilter::Kind kind>
class Narrow {
 public:
  using Quick = QuickNarrow<kind>;
  HWY_INLINE Narrow(const BulkFilter::Plan& plan, V x, V y)
      : plan_(plan), t_(enclosed<kind>(plan, x)), y_(y), scale_(unscaled<signs>(plan, t_, y)) {}
  HWY_INLINE Passing passing(V limit) const {
    return HWY_NAMESPACE::passing<signs>(plan_, t_, scale_, hn::Min(limit, all(farthest)));
  }
  HWY_INLINE Side side_of(double edge) const {
    return side_of_near(plan_, t_, scale_, edge, farthest);
  }
  HWY_INLINE FarError far_error() const { return HWY_NAMESPACE::far_error(plan_, t_, scale_); }
  HWY_INLINE Flushed flushed() const { return HWY_NAMESPACE::flushed(t_, scale_); }
  HWY_INLINE M is_near_binades_end(double ulps) const {
    return HWY_NAMESPACE::is_near_binades_end(plan_, t_, scale_, ulps);
  }
  HWY_INLINE FromRounding beside_power(double ulps) const {
    return HWY_NAMESPACE::beside_power(plan_, t_, scale_, ulps);
  }
  HWY_INLINE FromRounding by_side() const { return HWY_NAMESPACE::by_side(plan_, t_, scale_); }
  HWY_INLINE Passing saturated(V limit) const {
    return HWY_NAMESPACE::saturated(plan_, t_, scale_, limit);
  }
  HWY_INLINE M no_value() const { return t_.no_value; }
  HWY_INLINE Beyond beyond() const { return HWY_NAMESPACE::beyond(t_, scale_); }
  HWY_INLINE M shares_binade(const Narrow& other) const {
    return hn::Eq(signed_binade(t_), signed_binade(other.t_));
  }
  HWY_INLINE V word(V limit) const { return judged(plan_, t_, y_, limit); }

 private:
  static constexpr bool signs = kind != BulkFilter::Kind::power;
  const BulkFilter::Plan& plan_;
  Enclosed t_;
  V y_;
  Scale scale_;
};

/// The same of binary64. A is |t| rounded, with which w is exact for what is like it; or the result
/// is farther from t than any limit.
template <BulkFilter::Kind kind>
class Wide {
 public:
  using Quick = QuickWide<kind>;
  HWY_INLINE Wide(const BulkFilter::Plan& plan, V x, V y)
      : plan_(plan),
        s_(wide_enclosed<kind>(plan, x)),
        infinite_(kind == BulkFilter::Kind::logarithm ? is_infinite_logarithm(x, y) : none()),
        scale_(kind == BulkFilter::Kind::logarithm ? unscaled<signs>(plan, s_.t, y)
                                                   : scaled<signs>(plan, s_.t, s_.n, y)) {}
  HWY_INLINE Passing passing(V limit) const {
    return HWY_NAMESPACE::passing<false>(plan_, s_.t, scale_, hn::Min(limit, all(farthest_wide)));
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
    const M exact = hn::And(infinite_, hn::Ge(limit, all(0)));
    const Passing p = HWY_NAMESPACE::saturated(plan_, s_.t, scale_, limit);
    return {hn::Or(p.in_order, exact), p.wrong};
  }
  HWY_INLINE M no_value() const { return s_.t.no_value; }
  HWY_INLINE Beyond beyond() const { return HWY_NAMESPACE::beyond(s_.t, scale_); }
  HWY_INLINE M shares_binade(const Wide& other) const { return in_one_binade(s_, other.s_); }
  HWY_INLINE V word(V limit) const {
    const Passing usual = passing(limit), beyond_all = saturated(limit);
    V word = bit_if(hn::Or(usual.in_order, beyond_all.in_order),
                    bulk_word::within | bulk_word::rounding_known);
    word = hn::Or(word, bit_if(hn::Or(usual.wrong, beyond_all.wrong), bulk_word::misrounded));
    return hn::IfThenElse(s_.t.no_value, bit_if(s_.t.no_value, bulk_word::no_value), word);
  }

 private:
  static constexpr bool signs = kind != BulkFilter::Kind::power;
  const BulkFilter::Plan& plan_;
  Scaled s_;
  M infinite_;
  Scale scale_;
};

/// Calls something with the class for the plan's format and kind.
template <class Use>
HWY_INLINE void with_view(const BulkFilter::Plan& plan, Use use) {
  with_kind(plan.kind, [&](auto kind) HWY_ATTR {
    if (plan.precision > 24)
      use(std::type_identity<Wide<kind>>());
    else
      use(std::type_identity<Narrow<kind>>());
  });
}

}  // namespace napier::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();
#endif
