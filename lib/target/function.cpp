// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "lib/target/function.hpp"

#include <array>
#include <cassert>
#include <deque>

#include "lib/target/composition.hpp"

namespace napier {
namespace {

/// A row that is made when it is first asked for, with the text that it points to.
struct MadeRow {
  std::string name;
  std::string statement;
  Function function;

  MadeRow(std::string name_, std::string statement_, const Function& first, Variable variable,
          int order)
      : name(std::move(name_)),
        statement(std::move(statement_)),
        function(name, statement, first.kind, first.base, first.arity, first.primal, variable,
                 order) {}
};

std::string of_order(const Function& first, int order) {
  return "d" + std::to_string(order) + std::string(first.name.substr(1));
}

std::string statement_of_order(const Function& first, int order) {
  const std::string n = std::to_string(order);
  if (is_composed(first)) {
    const bool last = first.arity == 2 && first.variable == Variable::exponent;
    const std::string variable = last ? "y" : "x";
    return "d^" + n + "/d" + variable + "^" + n + " " + std::string(first.primal->statement);
  }
  if (first.variable == Variable::base)
    return "d^" + n + "/dx^" + n + " x^y = y (y-1) ... (y-" + std::to_string(order - 1) +
           ") x^(y-" + n + ")";
  const std::string_view argument = first.arity == 2 ? "y" : "x";
  const std::string_view base = first.base == Base::two   ? "2"
                                : first.base == Base::ten ? "10"
                                : first.arity == 2        ? "x"
                                                          : "e";
  std::string text = "d^" + n + "/d" + std::string(argument) + "^" + n + " ";
  text += first.primal->statement;
  text += " = " + std::string(base) + "^" + std::string(argument);
  if (first.base != Base::e) text += " (ln " + std::string(base) + ")^" + n;
  return text;
}

void add_orders(std::deque<MadeRow>& made, const Function& first) {
  for (int order = 2; is_derivative(first) && order <= most_order; ++order)
    made.emplace_back(of_order(first, order), statement_of_order(first, order), first,
                      first.variable, order);
}

/// Orders 2 to most_order of each first derivative, one after another, and the mixed ones at the
/// end.
const std::deque<MadeRow>& higher_orders() {
  static const std::deque<MadeRow> rows = [] {
    std::deque<MadeRow> made;
    for (const Function* first : all_functions()) add_orders(made, *first);
    made.emplace_back("d2_pow_xy", "d^2/dx dy x^y = x^(y-1) (1 + y ln x)", functions::d_pow_x,
                      Variable::both, 2);
    for (const Function* first : all_compositions()) {
      add_orders(made, *first);
      if (is_derivative(*first) && first->variable == Variable::base)
        made.emplace_back("d2_" + std::string(first->primal->name) + "_xy",
                          "d^2/dx dy " + std::string(first->primal->statement), *first,
                          Variable::both, 2);
    }
    return made;
  }();
  return rows;
}

}  // namespace

std::span<const Function* const> all_functions() {
  using namespace functions;
  static constexpr std::array rows{&exp,      &exp2,      &exp10,   &expm1,  &exp2m1,  &exp10m1,
                                   &pow,      &log,       &d_exp,   &d_exp2, &d_exp10, &d_expm1,
                                   &d_exp2m1, &d_exp10m1, &d_pow_y, &d_pow_x};
  return rows;
}

std::span<const Function* const> all_compositions() {
  using namespace functions;
  static constexpr std::array rows{&sigmoid,       &softplus,      &logaddexp,  &growth,
                                   &lognormal,     &d_log,         &d_sigmoid,  &d_softplus,
                                   &d_logaddexp_x, &d_logaddexp_y, &d_growth_x, &d_growth_y,
                                   &d_lognormal};
  return rows;
}

namespace {
/// The derivative of that function, variable and order; null if there is none.
const Function* find_derivative(const Function& primal, Variable variable, int order) {
  const auto is_it = [&](const Function& f) {
    return f.order == order && f.primal == &primal && f.variable == variable;
  };
  for (const auto rows : {all_functions(), all_compositions()})
    for (const Function* first : rows)
      if (is_it(*first)) return first;
  for (const MadeRow& row : higher_orders())
    if (is_it(row.function)) return &row.function;
  return nullptr;
}
}  // namespace

const Function& derivative(const Function& first, int order) {
  assert(is_derivative(first) && order >= 1 && order <= most_order);
  return *find_derivative(*first.primal, first.variable, order);
}

const Function& mixed_derivative_of(const Function& primal) {
  assert(primal.arity == 2 && !is_derivative(primal));
  return *find_derivative(primal, Variable::both, 2);
}
const Function& mixed_derivative() { return mixed_derivative_of(functions::pow); }

const Function* find_function(std::string_view name) {
  for (const auto rows : {all_functions(), all_compositions()})
    for (const Function* function : rows)
      if (function->name == name) return function;
  for (const MadeRow& row : higher_orders())
    if (row.function.name == name) return &row.function;
  return nullptr;
}

std::string about_order(std::string_view name) {
  const std::size_t end = name.find('_');
  if (end == name.npos || end < 2 || name.front() != 'd') return {};
  if (name.substr(1, end - 1).find_first_not_of("0123456789") != name.npos) return {};
  const Function* first = find_function("d" + std::string(name.substr(end)));
  if (first == nullptr) return {};
  return " (a derivative is called " + std::string(first->name) + ", then " + of_order(*first, 2) +
         " to " + of_order(*first, most_order) + ")";
}

}  // namespace napier
