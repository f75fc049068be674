// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace napier {

/// What is raised to a power.
enum class Base { e, two, ten, argument };

enum class Kind {
  power,            ///< a^x
  power_minus_one,  ///< a^x − 1
  logarithm,        ///< ln x
  slope,            ///< a derivative of a power, of any order
};

/// With respect to what a power is differentiated; `both` is d²/dx dy x^y.
enum class Variable { base, exponent, both };

/// A mathematical function, as a row; functions are compared by address.
struct Function {
  std::string_view name;       ///< as on the command line: "exp", "d_pow_y"
  std::string_view statement;  ///< what it is: "e^x"
  Kind kind;
  Base base;
  int arity;
  const Function* primal = nullptr;        ///< of a slope: what is differentiated
  Variable variable = Variable::exponent;  ///< of a slope: with respect to what
  int order = 0;                           ///< of a slope: how often it is differentiated

  Function(const Function&) = delete;
  constexpr Function(std::string_view name_, std::string_view statement_, Kind kind_, Base base_,
                     int arity_, const Function* primal_ = nullptr,
                     Variable variable_ = Variable::exponent, int order_ = 1)
      : name(name_),
        statement(statement_),
        kind(kind_),
        base(base_),
        arity(arity_),
        primal(primal_),
        variable(variable_),
        order(primal_ == nullptr ? 0 : order_) {}
};

namespace functions {
inline constexpr Function exp{"exp", "e^x", Kind::power, Base::e, 1};
inline constexpr Function exp2{"exp2", "2^x", Kind::power, Base::two, 1};
inline constexpr Function exp10{"exp10", "10^x", Kind::power, Base::ten, 1};
inline constexpr Function expm1{"expm1", "e^x - 1", Kind::power_minus_one, Base::e, 1};
inline constexpr Function exp2m1{"exp2m1", "2^x - 1", Kind::power_minus_one, Base::two, 1};
inline constexpr Function exp10m1{"exp10m1", "10^x - 1", Kind::power_minus_one, Base::ten, 1};
inline constexpr Function pow{"pow", "x^y", Kind::power, Base::argument, 2};
inline constexpr Function log{"log", "ln x", Kind::logarithm, Base::e, 1};
inline constexpr Function d_exp{"d_exp", "(e^x)' = e^x", Kind::slope, Base::e, 1, &exp};
inline constexpr Function d_exp2{"d_exp2", "(2^x)' = 2^x ln 2", Kind::slope, Base::two, 1, &exp2};
inline constexpr Function d_exp10{"d_exp10", "(10^x)' = 10^x ln 10", Kind::slope, Base::ten, 1,
                                  &exp10};
inline constexpr Function d_expm1{"d_expm1", "(e^x - 1)' = e^x", Kind::slope, Base::e, 1, &expm1};
inline constexpr Function d_pow_y{"d_pow_y", "d/dy x^y = x^y ln x", Kind::slope, Base::argument, 2,
                                  &pow};
inline constexpr Function d_pow_x{"d_pow_x", "d/dx x^y = y x^(y-1)", Kind::slope, Base::argument, 2,
                                  &pow,      Variable::base};
}  // namespace functions

/// The highest order of a derivative that has a name.
inline constexpr int most_order = 16;

/// Every function, in the order of reports; of the slopes the first orders alone. A new function is
/// a new row above and here.
std::span<const Function* const> all_functions();
/// The derivative of that order, from 1 to most_order, in the variable of a slope: of d_exp2 and 3
/// it is d3_exp2, d^3/dx^3 2^x.
const Function& derivative(const Function& slope, int order);
/// d2_pow_xy, d²/dx dy x^y.
const Function& mixed_derivative();
/// The function of that name, or nullptr. The names of orders from 2 on are those of the first
/// with the order after the d: d2_exp, d3_pow_x.
const Function* find_function(std::string_view name);
/// Of a name that is unknown for its order alone, in words: " (orders go …)". Else empty.
std::string about_order(std::string_view name);

}  // namespace napier
