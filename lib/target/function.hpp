// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <span>
#include <string_view>

namespace napier {

/// What is raised to a power.
enum class Base { e, two, ten, argument };

enum class Kind {
  power,            ///< a^x
  power_minus_one,  ///< a^x − 1
  logarithm,        ///< ln x
  slope,            ///< a partial derivative of a power
};

enum class Variable { base, exponent };

/// A mathematical function, as a row; functions are compared by address.
struct Function {
  std::string_view name;       ///< as on the command line: "exp", "d_pow_y"
  std::string_view statement;  ///< what it is: "e^x"
  Kind kind;
  Base base;
  int arity;
  const Function* primal = nullptr;        ///< of a slope: what is differentiated
  Variable variable = Variable::exponent;  ///< of a slope: with respect to what

  Function(const Function&) = delete;
  constexpr Function(std::string_view name_, std::string_view statement_, Kind kind_, Base base_,
                     int arity_, const Function* primal_ = nullptr,
                     Variable variable_ = Variable::exponent)
      : name(name_),
        statement(statement_),
        kind(kind_),
        base(base_),
        arity(arity_),
        primal(primal_),
        variable(variable_) {}
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
inline constexpr Function d_pow_y{"d_pow_y", "d/dy x^y = x^y ln x", Kind::slope, Base::argument, 2,
                                  &pow};
inline constexpr Function d_pow_x{"d_pow_x", "d/dx x^y = y x^(y-1)", Kind::slope, Base::argument, 2,
                                  &pow,      Variable::base};
}  // namespace functions

/// Every function, in the order of reports. A new function is a new row above and here.
std::span<const Function* const> all_functions();
/// The function of that name, or nullptr.
const Function* find_function(std::string_view name);

}  // namespace napier
