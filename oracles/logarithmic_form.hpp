// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <map>
#include <optional>

#include <boost/multiprecision/gmp.hpp>

#include "lib/fp/dyadic.hpp"

namespace napier {

/// A real number c + Σ qᵢ·ln nᵢ with a rational c, rational qᵢ and integers nᵢ > 1: what the ends
/// of claim sets are, or their logarithms, as long as nothing else was done to data than to
/// multiply and divide them and to raise them to powers.
///
/// Whether one is 0 can be decided, and no precision could: with pairwise coprime nᵢ the ln nᵢ are
/// linearly independent over the rationals (unique factorisation), and c + Σ qᵢ·ln nᵢ = 0 with c ≠
/// 0 would make e^c algebraic, which it is not (Lindemann).
class LogarithmicForm {
 public:
  using Integer = boost::multiprecision::mpz_int;
  using Rational = boost::multiprecision::mpq_rational;

  LogarithmicForm() = default;  ///< 0
  /// A rational number.
  static LogarithmicForm number(const Rational& value);
  /// ln of a positive rational number; nullopt if it is not, or too long to be worth it.
  static std::optional<LogarithmicForm> log_of(const Rational& value);

  LogarithmicForm operator+(const LogarithmicForm& other) const;
  LogarithmicForm operator-(const LogarithmicForm& other) const { return *this + other.times(-1); }
  LogarithmicForm times(const Rational& factor) const;

  bool is_zero() const;
  /// Its value if it is a rational number.
  std::optional<Rational> as_number() const;
  /// e to its power, if that is a rational number and not too long to be worth it.
  std::optional<Rational> exponential() const;

 private:
  Rational number_;
  std::map<Integer, Rational> logs_;  ///< the qᵢ by their nᵢ; none is 0
};

}  // namespace napier
