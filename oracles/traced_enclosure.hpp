// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <memory>

#include "oracles/enclosed_real.hpp"

namespace napier {

/// An Enclosure that remembers what it encloses, as far as that is a LogarithmicForm: itself, its
/// logarithm, or that of 1 + itself. So two that are equal are known to be, where enclosures of
/// irrational numbers never tell: (2^127)^(127/128) and 2^126·2^(1/128).
///
/// Slow: it has the last word where a law stays open at the highest precision.
class TracedEnclosure {
 public:
  TracedEnclosure();  ///< exactly 0
  TracedEnclosure(Precision precision, const Dyadic& value);
  TracedEnclosure(Precision precision, const Dyadic& lo, const Dyadic& hi);

  const Enclosure& enclosure() const { return enclosure_; }

  struct Forms;  ///< known to the .cpp only
  TracedEnclosure(Enclosure enclosure, std::shared_ptr<const Forms> forms);
  const Forms& forms() const { return *forms_; }

 private:
  Enclosure enclosure_;
  std::shared_ptr<const Forms> forms_;
};

Precision precision(const TracedEnclosure& a);
TracedEnclosure operator+(const TracedEnclosure& a, const TracedEnclosure& b);
TracedEnclosure operator-(const TracedEnclosure& a, const TracedEnclosure& b);
TracedEnclosure operator*(const TracedEnclosure& a, const TracedEnclosure& b);
TracedEnclosure operator/(const TracedEnclosure& a, const TracedEnclosure& b);
TracedEnclosure operator-(const TracedEnclosure& a);
TracedEnclosure exp(const TracedEnclosure& a);
TracedEnclosure expm1(const TracedEnclosure& a);
TracedEnclosure log(const TracedEnclosure& a);
TracedEnclosure log1p(const TracedEnclosure& a);
TracedEnclosure scaled(const TracedEnclosure& a, std::int64_t power);
TracedEnclosure hull(const TracedEnclosure& a, const TracedEnclosure& b);

bool certainly_less(const TracedEnclosure& a, const TracedEnclosure& b);
/// As rational numbers, too, and where they are known to be equal.
bool certainly_at_most(const TracedEnclosure& a, const TracedEnclosure& b);
bool is_exact(const TracedEnclosure& a);
bool is_exactly_zero(const TracedEnclosure& a);

TracedEnclosure log_of_base(Base base, const TracedEnclosure& like);

double lower(const TracedEnclosure& a);
double upper(const TracedEnclosure& a);
std::int64_t binade(const TracedEnclosure& a);

/// (1 + M)(1 + N) − 1 and (1 + M)/(1 + N) − 1, known for what they are, given as values of sums.
TracedEnclosure product_less_one(const TracedEnclosure& value, const TracedEnclosure& m,
                                 const TracedEnclosure& n);
TracedEnclosure quotient_less_one(const TracedEnclosure& value, const TracedEnclosure& m,
                                  const TracedEnclosure& n);

static_assert(EnclosedReal<TracedEnclosure>);

}  // namespace napier
