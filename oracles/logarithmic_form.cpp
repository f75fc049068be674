// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "oracles/logarithmic_form.hpp"

#include <cstdlib>

namespace napier {
namespace {

using Integer = LogarithmicForm::Integer;
using Rational = LogarithmicForm::Rational;

constexpr unsigned longest = 1 << 16;  // bits: beyond every datum, and every 1 + M

void add(std::map<Integer, Rational>& logs, const Integer& n, const Rational& q) {
  if (n == 1 || q == 0) return;
  Rational& kept = logs[n];
  kept += q;
  if (kept == 0) logs.erase(n);
}

/// Twos apart, so that exponents of data are no long integers.
void add_integer(std::map<Integer, Rational>& logs, const Integer& n, const Rational& q) {
  const auto twos = lsb(n);
  add(logs, 2, q * twos);
  add(logs, n >> twos, q);
}

/// The same sum over pairwise coprime integers: of two that share a factor g, ln m is
/// ln g + ln(m/g), and the product of all becomes smaller.
std::map<Integer, Rational> over_coprimes(std::map<Integer, Rational> logs) {
  for (auto first = logs.begin(); first != logs.end(); ++first)
    for (auto second = std::next(first); second != logs.end(); ++second) {
      const Integer common = gcd(first->first, second->first);
      if (common == 1) continue;
      const auto [m, q] = *first;
      const auto [n, r] = *second;
      logs.erase(m);
      logs.erase(n);
      add(logs, common, q + r);
      add(logs, m / common, q);
      add(logs, n / common, r);
      return over_coprimes(std::move(logs));
    }
  return logs;
}

}  // namespace

LogarithmicForm LogarithmicForm::number(const Rational& value) {
  LogarithmicForm form;
  form.number_ = value;
  return form;
}

std::optional<LogarithmicForm> LogarithmicForm::log_of(const Rational& value) {
  if (value <= 0) return std::nullopt;
  const Integer above = numerator(value), below = denominator(value);
  if (msb(above) > longest || msb(below) > longest) return std::nullopt;
  LogarithmicForm form;
  add_integer(form.logs_, above, 1);
  add_integer(form.logs_, below, -1);
  return form;
}

LogarithmicForm LogarithmicForm::operator+(const LogarithmicForm& other) const {
  LogarithmicForm sum = *this;
  sum.number_ += other.number_;
  for (const auto& [n, q] : other.logs_) add(sum.logs_, n, q);
  return sum;
}

LogarithmicForm LogarithmicForm::times(const Rational& factor) const {
  LogarithmicForm product;
  if (factor == 0) return product;
  product.number_ = number_ * factor;
  for (const auto& [n, q] : logs_) product.logs_.emplace(n, q * factor);
  return product;
}

bool LogarithmicForm::is_zero() const { return number_ == 0 && over_coprimes(logs_).empty(); }

std::optional<Rational> LogarithmicForm::as_number() const {
  if (!over_coprimes(logs_).empty()) return std::nullopt;
  return number_;
}

std::optional<Rational> LogarithmicForm::exponential() const {
  if (number_ != 0) return std::nullopt;
  Rational product = 1;
  for (const auto& [n, q] : over_coprimes(logs_)) {
    if (denominator(q) != 1 || abs(q) * (msb(n) + 1) > longest) return std::nullopt;
    const auto times = static_cast<unsigned>(abs(numerator(q)));
    const Integer power = pow(n, times);
    product *= q > 0 ? Rational(power) : Rational(1, power);
  }
  return product;
}

}  // namespace napier
