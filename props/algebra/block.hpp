// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <numbers>

#include "props/law_block.hpp"

// The algebras as they read a law of powers for a whole block of cases. What they don't find
// certain is left to the others, case by case.
namespace napier {

/// Which calls does a law make?
class BlockPlanAlgebra {
 public:
  explicit BlockPlanAlgebra(LawBlock& block) : block_(block) {}
  struct Quantity {
    friend Quantity operator*(Quantity, Quantity) { return {}; }
    friend Quantity operator/(Quantity, Quantity) { return {}; }
  };
  Quantity power(const BlockArgument& x) {
    block_.want(x);
    return {};
  }
  Quantity growth(const BlockArgument&) { return {}; }
  Quantity one() { return {}; }

 private:
  LawBlock& block_;
};

/// ClaimAlgebra, lane by lane.
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
  Quantity power(const BlockArgument& x) {
    Quantity power;
    const LawBlock::Site& site = block_.site(x);
    claimed(block_.claim(), site.results, power.set);
    if (!x.is_exact()) correct(power.set, site.argument, block_.log_base());
    return power;
  }
  Quantity growth(const BlockArgument& h) {
    Quantity growth;
    power_points(block_.powers().value(), block_.given(h), growth.set);
    return growth;
  }
  Quantity one() {
    Quantity one;
    set_to_one(one.set);
    return one;
  }

 private:
  const LawBlock& block_;
};

/// MachineAlgebra, lane by lane; every quantity brings the x with which it is a^x in truth.
class BlockMachineAlgebra {
 public:
  explicit BlockMachineAlgebra(const LawBlock& block) : block_(block) {}
  struct Quantity {
    const Format* format;
    Lanes value, exponent;
    friend Quantity operator*(const Quantity& p, const Quantity& q) {
      Quantity product{p.format, {}, {}};
      machine_multiply(*p.format, p.value, q.value, product.value);
      for (std::size_t i = 0; i < block_lanes; ++i)
        product.exponent[i] = p.exponent[i] + q.exponent[i];
      return product;
    }
    friend Quantity operator/(const Quantity& p, const Quantity& q) {
      Quantity quotient{p.format, {}, {}};
      machine_divide(*p.format, p.value, q.value, quotient.value);
      for (std::size_t i = 0; i < block_lanes; ++i)
        quotient.exponent[i] = p.exponent[i] - q.exponent[i];
      return quotient;
    }
  };
  Quantity power(const BlockArgument& x) {
    const LawBlock::Site& site = block_.site(x);
    Quantity power{&format(), {}, site.argument.value};
    machine_results(format(), site.results, power.value);
    return power;
  }
  Quantity growth(const BlockArgument& h) {
    SetBlock point;
    power_points(block_.powers().value(), block_.given(h), point);
    Quantity growth{&format(), {}, block_.given(h)};
    machine_points(format(), point, growth.value);
    return growth;
  }
  Quantity one() {
    Quantity one{&format(), {}, {}};
    one.value.fill(1);
    one.exponent.fill(0);
    return one;
  }
  /// log2 of what the exponents are of.
  Lanes binades(const Quantity& power) const {
    Lanes result;
    const Lanes& logs = block_.log_base().value;
    for (std::size_t i = 0; i < block_lanes; ++i)
      result[i] = power.exponent[i] * logs[i] * std::numbers::log2e;
    return result;
  }

 private:
  const Format& format() const { return block_.subject().format(); }
  const LawBlock& block_;
};

}  // namespace napier
