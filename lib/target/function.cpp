// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "lib/target/function.hpp"

#include <array>
#include <cassert>
#include <deque>

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
        function(name, statement, Kind::slope, first.base, first.arity, first.primal, variable,
                 order) {}
};

std::string of_order(const Function& first, int order) {
  return "d" + std::to_string(order) + std::string(first.name.substr(1));
}

std::string statement_of_order(const Function& first, int order) {
  const std::string n = std::to_string(order);
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

/// Orders 2 to most_order of each slope, one slope after another, and the mixed one at the end.
const std::deque<MadeRow>& higher_orders() {
  static const std::deque<MadeRow> rows = [] {
    std::deque<MadeRow> made;
    for (const Function* first : all_functions())
      for (int order = 2; first->kind == Kind::slope && order <= most_order; ++order)
        made.emplace_back(of_order(*first, order), statement_of_order(*first, order), *first,
                          first->variable, order);
    made.emplace_back("d2_pow_xy", "d^2/dx dy x^y = x^(y-1) (1 + y ln x)", functions::d_pow_x,
                      Variable::both, 2);
    return made;
  }();
  return rows;
}

}  // namespace

std::span<const Function* const> all_functions() {
  using namespace functions;
  static constexpr std::array rows{&exp, &exp2,  &exp10,  &expm1,   &exp2m1,  &exp10m1, &pow,
                                   &log, &d_exp, &d_exp2, &d_exp10, &d_expm1, &d_pow_y, &d_pow_x};
  return rows;
}

const Function& derivative(const Function& slope, int order) {
  assert(slope.kind == Kind::slope && order >= 1 && order <= most_order);
  for (const Function* first : all_functions())
    if (order == 1 && first->primal == slope.primal && first->variable == slope.variable)
      return *first;
  for (const MadeRow& row : higher_orders())
    if (row.function.order == order && row.function.primal == slope.primal &&
        row.function.variable == slope.variable)
      return row.function;
  return slope;
}

const Function& mixed_derivative() { return higher_orders().back().function; }

const Function* find_function(std::string_view name) {
  for (const Function* function : all_functions())
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
