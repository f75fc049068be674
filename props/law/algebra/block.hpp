// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cmath>
#include <limits>
#include <numbers>

#include "props/claim/real_set.hpp"
#include "props/law/algebra/powers.hpp"
#include "props/law/law_block.hpp"

// Backends of PowerAlgebra for a whole block of cases. What they don't find certain is left to the
// others, case by case.
namespace napier {

/// The calls of a law, for all cases of a block.
class BlockCalls {
 public:
  using Argument = BlockArgument;
  struct Quantity {
    friend Quantity operator*(Quantity, Quantity) { return {}; }
    friend Quantity operator/(Quantity, Quantity) { return {}; }
  };
  explicit BlockCalls(LawBlock& block) : block_(block) {}

  using FirstCall = BlockArgument;
  struct SecondCall {
    BlockArgument x, y;
  };
  FirstCall first_call(const Argument& x) const { return x; }
  void give(const FirstCall& x, Quantity&) const { block_.want(x); }
  bool calls_twice() const { return block_.subject().has_base_argument(); }
  SecondCall second_call(const Quantity&, const FirstCall& x, const Argument& y) const {
    return {x, y};
  }
  void give(const SecondCall& call, Quantity&) const { block_.want(call.x, call.y); }
  Quantity raised(const Quantity&, const FirstCall&, const Argument&) const { return {}; }
  Quantity slope(const Argument& x) const {
    block_.want_slope(x);
    return {};
  }
  Quantity true_power(const Argument&) const { return {}; }
  Quantity one() const { return {}; }
  Quantity base() const { return {}; }
  Quantity log_base() const { return {}; }
  Quantity log_power() const { return {}; }
  Quantity repeated(const Quantity&, const Argument&) const { return {}; }

 private:
  LawBlock& block_;
};
using BlockPlanAlgebra = PowerAlgebra<BlockCalls>;

/// ClaimedSets, lane by lane. Whatever the form, sets are of powers: only a claim, and an ulp, is
/// of what was returned.
template <Form form>
class BlockSets {
 public:
  using Argument = BlockArgument;
  struct Quantity {
    SetBlock set;
    friend Quantity operator*(const Quantity& p, const Quantity& q) {
      Quantity product;
      multiply(p.set, q.set, product.set);
      return product;
    }
    friend Quantity operator/(const Quantity& p, const Quantity& q) {
      Quantity quotient;
      divide(p.set, q.set, quotient.set);
      return quotient;
    }
  };
  explicit BlockSets(const LawBlock& block) : block_(block) {}

  using FirstCall = BlockArgument;
  FirstCall first_call(const Argument& x) const { return x; }
  void give(const FirstCall& x, Quantity& power) const {
    const LawBlock::Site& site = block_.site(x);
    block_.claimed(site, form == Form::minus_one || block_.reads_one_more(), power.set);
    if (!x.is_exact()) correct(power.set, site.argument, block_.log_base());
  }
  bool calls_twice() const { return block_.subject().has_base_argument(); }
  struct SecondCall {
    const SetBlock& inner;
    BlockArgument x, y;
  };
  SecondCall second_call(const Quantity& inner, const FirstCall& x, const Argument& y) const {
    return {inner.set, x, y};
  }
  void give(const SecondCall& call, Quantity& power) const {
    block_.claimed(block_.site(call.x, call.y), false, power.set);
    correct(block_.powers(), power.set, call.inner, block_.bases(),
            block_.site(call.x).argument.value, block_.given(call.y));
  }
  Quantity raised(const Quantity& inner, const FirstCall& x, const Argument& y) const {
    Quantity power;
    napier::raise(block_.powers(), inner.set, anchors(block_.site(x).results), block_.given(y),
                  power.set);
    return power;
  }
  /// |D| where its sign is right. Where a set reaches beyond 0 it is not known: a derivative's may.
  Quantity slope(const Argument& x) const {
    Quantity slope;
    SetBlock& set = slope.set;
    block_.claimed(block_.slope_site(x), false, set);
    for (std::size_t i = 0; i < block_lanes; ++i)
      if (set.lo[i] == -set.anchor[i]) set.anchor[i] = std::numeric_limits<double>::quiet_NaN();
    return slope;
  }
  Quantity true_power(const Argument& h) const {
    Quantity power;
    block_.power_points(block_.given(h), power.set);
    return power;
  }
  Quantity one() const {
    Quantity one;
    set_to_one(one.set);
    return one;
  }
  Quantity base() const {
    Quantity base;
    block_.base_points(base.set);
    return base;
  }
  Quantity log_base() const {
    Quantity log;
    block_.log_points(log.set);
    return log;
  }
  Quantity log_power() const { return to_the_order(log_base()); }
  Quantity repeated(const Quantity& a, const Argument& n) const {
    Quantity product;
    repeat_product(a.set, block_.given(n), product.set);
    return product;
  }
  void meet(const Quantity& left, const Quantity& right, MeetingBlock& met) const {
    const Format& format = block_.subject().format();
    if constexpr (form == Form::plain)
      napier::meet(format, left.set, right.set, met);
    else
      meet_less_one(format, left.set, right.set, met);
  }

 private:
  Quantity to_the_order(const Quantity& factor) const {
    Quantity power = factor;
    for (int n = 1; n < block_.order(); ++n) power = power * factor;
    return power;
  }
  /// The number that a claim set is around.
  static Lanes anchors(Lanes results) {
    if constexpr (form == Form::minus_one)
      for (double& result : results) result += 1;
    return results;
  }

  const LawBlock& block_;
};

/// ClaimAlgebra of a block.
template <Form form>
class BlockClaimAlgebra : public PowerAlgebra<BlockSets<form>> {
 public:
  explicit BlockClaimAlgebra(const LawBlock& block)
      : PowerAlgebra<BlockSets<form>>(BlockSets<form>(block)) {}
  using Quantity = typename BlockSets<form>::Quantity;
  /// Whether two sides share a point.
  void meet(const Quantity& left, const Quantity& right, MeetingBlock& met) const {
    this->values().meet(left, right, met);
  }
};

/// MachineNumbers, lane by lane; every quantity brings the x with which it is a^x in truth.
template <Form form>
class BlockNumbers {
 public:
  using Argument = BlockArgument;
  struct Quantity {
    const Format* format;
    Lanes value, exponent;
    friend Quantity operator*(const Quantity& p, const Quantity& q) {
      Quantity product{p.format, {}, {}};
      if constexpr (form == Form::plain)
        machine_multiply(*p.format, p.value, q.value, product.value);
      else
        machine_multiply_less_one(*p.format, p.value, q.value, product.value);
      for (std::size_t i = 0; i < block_lanes; ++i)
        product.exponent[i] = p.exponent[i] + q.exponent[i];
      return product;
    }
    friend Quantity operator/(const Quantity& p, const Quantity& q) {
      Quantity quotient{p.format, {}, {}};
      if constexpr (form == Form::plain)
        machine_divide(*p.format, p.value, q.value, quotient.value);
      else
        machine_divide_less_one(*p.format, p.value, q.value, quotient.value);
      for (std::size_t i = 0; i < block_lanes; ++i)
        quotient.exponent[i] = p.exponent[i] - q.exponent[i];
      return quotient;
    }
  };
  explicit BlockNumbers(const LawBlock& block) : block_(block) {}

  using FirstCall = BlockArgument;
  FirstCall first_call(const Argument& x) const { return x; }
  void give(const FirstCall& x, Quantity& power) const {
    const LawBlock::Site& site = block_.site(x);
    power.format = &format();
    power.exponent = site.argument.value;
    machine_results(format(), site.results, power.value);
    if (!block_.reads_one_more()) return;
    Lanes one;
    one.fill(1);
    ArgumentBlock sum;
    add_arguments(format(), power.value, one, sum);
    power.value = sum.value;
  }
  Quantity slope(const Argument& x) const {
    Quantity slope{&format(), {}, block_.given(x)};
    machine_results(format(), block_.slope_site(x).results, slope.value);
    return slope;
  }
  Quantity log_base() const {
    SetBlock point;
    block_.log_points(point);
    Quantity log{&format(), {}, {}};
    machine_points(format(), point, log.value);
    log.exponent.fill(0);
    return log;
  }
  Quantity log_power() const {
    SetBlock log, power;
    block_.log_points(log);
    power = log;
    for (int n = 1; n < block_.order(); ++n) {
      const SetBlock before = power;
      multiply(before, log, power);
    }
    Quantity rounded{&format(), {}, {}};
    machine_points(format(), power, rounded.value);
    rounded.exponent.fill(0);
    return rounded;
  }
  bool calls_twice() const { return block_.subject().has_base_argument(); }
  struct SecondCall {
    const Quantity& inner;
    BlockArgument x, y;
  };
  SecondCall second_call(const Quantity& inner, const FirstCall& x, const Argument& y) const {
    return {inner, x, y};
  }
  void give(const SecondCall& call, Quantity& power) const {
    machine_results(format(), block_.site(call.x, call.y).results, power.value);
    set_exponents(call.inner, call.y, power);
  }
  Quantity raised(const Quantity& inner, const FirstCall&, const Argument& y) const {
    Quantity power;
    SetBlock point;
    raise_point(inner.value, block_.given(y), point);
    set_to_datum(point, power.value);
    set_exponents(inner, y, power);
    return power;
  }
  Quantity true_power(const Argument& h) const {
    SetBlock point;
    block_.power_points(block_.given(h), point);
    Quantity power{&format(), {}, block_.given(h)};
    set_to_datum(point, power.value);
    return power;
  }
  Quantity one() const {
    Quantity one{&format(), {}, {}};
    one.value.fill(form == Form::plain ? 1 : 0);
    one.exponent.fill(0);
    return one;
  }
  Quantity base() const {
    SetBlock point;
    block_.base_points(point);
    Quantity base{&format(), {}, {}};
    machine_points(format(), point, base.value);
    base.exponent.fill(1);
    return base;
  }
  Quantity repeated(const Quantity& a, const Argument& n) const {
    const Lanes& counts = block_.given(n);
    Quantity product{&format(), {}, {}};
    machine_repeat_product(format(), a.value, counts, product.value);
    for (std::size_t i = 0; i < block_lanes; ++i) product.exponent[i] = a.exponent[i] * counts[i];
    return product;
  }
  /// |left − right| in ulps of what the right one is in truth, at least.
  void apart(const Quantity& left, const Quantity& right, Lanes& ulps) const {
    if constexpr (form == Form::plain)
      machine_apart(format(), left.value, right.value, binades(right), ulps);
    else
      machine_apart_less_one(format(), block_.powers_of_base(), left.value, right.value,
                             right.exponent, ulps);
  }

 private:
  /// log2 of what the exponents are of.
  Lanes binades(const Quantity& power) const {
    Lanes result;
    const Lanes& logs = block_.log_base().value;
    for (std::size_t i = 0; i < block_lanes; ++i) {
      const double exponent = power.exponent[i];  // 0: whatever the logarithm, known or not
      result[i] = exponent == 0 ? 0 : exponent * logs[i] * std::numbers::log2e;
      // Of a derivative |ln a|^n times that.
      if (block_.is_of_derivative())
        result[i] += block_.order() * (std::log2(std::fabs(logs[i])) - error_of_cancelling_binades);
    }
    return result;
  }
  /// Of P^y, for that P; not known where P is not positive.
  void set_exponents(const Quantity& inner, const Argument& y, Quantity& power) const {
    power.format = &format();
    const Lanes& factors = block_.given(y);
    for (std::size_t i = 0; i < block_lanes; ++i) {
      power.exponent[i] = inner.exponent[i] * factors[i];
      if (!is_positive(inner.value[i])) power.value[i] = std::numeric_limits<double>::quiet_NaN();
    }
  }
  static bool is_positive(double value) { return value > (form == Form::plain ? 0 : -1); }
  void raise_point(const Lanes& value, const Lanes& y, SetBlock& raised) const {
    if constexpr (form == Form::plain) return power_points(block_.powers(), value, y, raised);
    SetBlock points;
    points_of_one_more(value, points);
    Lanes anchors = value;
    for (double& anchor : anchors) anchor += 1;
    napier::raise(block_.powers(), points, anchors, y, raised);
  }
  void set_to_datum(const SetBlock& points, Lanes& data) const {
    if constexpr (form == Form::plain)
      machine_points(format(), points, data);
    else
      machine_points_less_one(format(), points, data);
  }
  const Format& format() const { return block_.subject().format(); }
  const LawBlock& block_;
};

/// MachineAlgebra of a block.
template <Form form>
class BlockMachineAlgebra : public PowerAlgebra<BlockNumbers<form>> {
 public:
  explicit BlockMachineAlgebra(const LawBlock& block)
      : PowerAlgebra<BlockNumbers<form>>(BlockNumbers<form>(block)) {}
  using Quantity = typename BlockNumbers<form>::Quantity;
  /// |left − right| in ulps of what the right one is in truth, at least.
  void apart(const Quantity& left, const Quantity& right, Lanes& ulps) const {
    this->values().apart(left, right, ulps);
  }
};

}  // namespace napier
