// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <limits>
#include <numbers>

#include "props/claim/real_set.hpp"
#include "props/law/law_block.hpp"

// The algebras as they read a law of powers for a whole block of cases. What they don't find
// certain is left to the others, case by case.
namespace napier {

/// Which calls does a law make?
class BlockPlanAlgebra {
 public:
  explicit BlockPlanAlgebra(LawBlock& block) : block_(block) {}
  struct Quantity {
    BlockArgument exponent{};
    friend Quantity operator*(Quantity, Quantity) { return {}; }
    friend Quantity operator/(Quantity, Quantity) { return {}; }
  };
  Quantity power(const BlockArgument& x) {
    block_.want(x);
    return {x};
  }
  Quantity raise(const Quantity& inner, const BlockArgument& y) {
    if (block_.subject().has_base_argument()) block_.want(inner.exponent, y);
    return {};
  }
  Quantity growth(const BlockArgument&) { return {}; }
  Quantity one() { return {}; }
  Quantity base() { return {}; }
  Quantity repeated_product(const Quantity&, const BlockArgument&) { return {}; }

 private:
  LawBlock& block_;
};

/// ClaimAlgebra, lane by lane. Whatever the form, sets are of powers: only a claim, and an ulp, is
/// of what was returned.
template <Form form>
class BlockClaimAlgebra {
 public:
  explicit BlockClaimAlgebra(const LawBlock& block) : block_(block) {}
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
  /// A power, with the exponent it was asked at.
  struct Power : Quantity {
    BlockArgument exponent;
  };
  Power power(const BlockArgument& x) {
    Power power;
    power.exponent = x;
    const LawBlock::Site& site = block_.site(x);
    block_.claimed(site, form == Form::minus_one, power.set);
    if (!x.is_exact()) correct(power.set, site.argument, block_.log_base());
    return power;
  }
  Quantity raise(const Power& inner, const BlockArgument& y) {
    Quantity power;
    const LawBlock::Site& site = block_.site(inner.exponent);
    if (!block_.subject().has_base_argument()) {
      napier::raise(block_.powers(), inner.set, anchors(site.results), block_.given(y), power.set);
    } else {
      block_.claimed(block_.site(inner.exponent, y), false, power.set);
      correct(block_.powers(), power.set, inner.set, block_.bases(), site.argument.value,
              block_.given(y));
    }
    return power;
  }
  Quantity growth(const BlockArgument& h) {
    Quantity growth;
    block_.power_points(block_.given(h), growth.set);
    return growth;
  }
  Quantity one() {
    Quantity one;
    set_to_one(one.set);
    return one;
  }
  Quantity base() {
    Quantity base;
    block_.base_points(base.set);
    return base;
  }
  Quantity repeated_product(const Quantity& a, const BlockArgument& n) {
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
  /// The number that a claim set is around.
  static Lanes anchors(Lanes results) {
    if constexpr (form == Form::minus_one)
      for (double& result : results) result += 1;
    return results;
  }

  const LawBlock& block_;
};

/// MachineAlgebra, lane by lane; every quantity brings the x with which it is a^x in truth.
template <Form form>
class BlockMachineAlgebra {
 public:
  explicit BlockMachineAlgebra(const LawBlock& block) : block_(block) {}
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
  struct Power : Quantity {
    BlockArgument asked;
  };
  Power power(const BlockArgument& x) {
    const LawBlock::Site& site = block_.site(x);
    Power power{{&format(), {}, site.argument.value}, x};
    machine_results(format(), site.results, power.value);
    return power;
  }
  Quantity raise(const Power& inner, const BlockArgument& y) {
    Quantity power{&format(), {}, {}};
    if (block_.subject().has_base_argument()) {
      machine_results(format(), block_.site(inner.asked, y).results, power.value);
    } else {
      SetBlock point;
      raise_point(inner.value, block_.given(y), point);
      set_to_datum(point, power.value);
    }
    const Lanes& factors = block_.given(y);
    for (std::size_t i = 0; i < block_lanes; ++i) {
      power.exponent[i] = inner.exponent[i] * factors[i];
      if (!is_positive(inner.value[i])) power.value[i] = std::numeric_limits<double>::quiet_NaN();
    }
    return power;
  }
  Quantity growth(const BlockArgument& h) {
    SetBlock point;
    block_.power_points(block_.given(h), point);
    Quantity growth{&format(), {}, block_.given(h)};
    set_to_datum(point, growth.value);
    return growth;
  }
  Quantity one() {
    Quantity one{&format(), {}, {}};
    one.value.fill(form == Form::plain ? 1 : 0);
    one.exponent.fill(0);
    return one;
  }
  Quantity base() {
    SetBlock point;
    block_.base_points(point);
    Quantity base{&format(), {}, {}};
    machine_points(format(), point, base.value);
    base.exponent.fill(1);
    return base;
  }
  Quantity repeated_product(const Quantity& a, const BlockArgument& n) {
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
    }
    return result;
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

}  // namespace napier
