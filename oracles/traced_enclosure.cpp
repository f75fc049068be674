// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "oracles/traced_enclosure.hpp"

#include <cstdlib>

#include "oracles/logarithmic_form.hpp"

namespace napier {

using Known = std::optional<LogarithmicForm>;
using Rational = LogarithmicForm::Rational;
using Integer = LogarithmicForm::Integer;

struct TracedEnclosure::Forms {
  Known value;            ///< of itself
  Known log;              ///< of its logarithm
  Known log_of_one_more;  ///< of ln(1 + itself)

  /// All that follows from its being a rational number.
  static std::shared_ptr<const Forms> of(Forms forms) {
    const auto of_log = forms.log ? forms.log->exponential() : std::nullopt;
    if (!forms.value && of_log) forms.value = LogarithmicForm::number(*of_log);
    const auto of_more =
        forms.log_of_one_more ? forms.log_of_one_more->exponential() : std::nullopt;
    if (!forms.value && of_more) forms.value = LogarithmicForm::number(*of_more - 1);
    if (const auto number = forms.number()) {
      if (!forms.log) forms.log = LogarithmicForm::log_of(*number);
      if (!forms.log_of_one_more) forms.log_of_one_more = LogarithmicForm::log_of(*number + 1);
    }
    return std::make_shared<const Forms>(std::move(forms));
  }
  std::optional<Rational> number() const { return value ? value->as_number() : std::nullopt; }
};

namespace {

using Forms = TracedEnclosure::Forms;

Known rational(const Dyadic& value) {
  constexpr std::int64_t farthest = 1 << 15;  // beyond the exponents of every format
  if (std::abs(value.exponent) > farthest) return std::nullopt;
  Integer significand = (Integer(static_cast<std::uint64_t>(value.significand >> 64)) << 64) +
                        static_cast<std::uint64_t>(value.significand);
  if (value.negative) significand = -significand;
  const Integer power = Integer(1) << static_cast<unsigned>(std::abs(value.exponent));
  return LogarithmicForm::number(value.exponent < 0 ? Rational(significand, power)
                                                    : Rational(significand * power));
}

Known sum(const Known& a, const Known& b) { return a && b ? Known(*a + *b) : std::nullopt; }
Known difference(const Known& a, const Known& b) { return a && b ? Known(*a - *b) : std::nullopt; }
Known multiple(const Known& a, const std::optional<Rational>& factor) {
  return a && factor ? Known(a->times(*factor)) : std::nullopt;
}

bool equal(const Known& a, const Known& b) { return a && b && (*a - *b).is_zero(); }
bool equal(const Forms& a, const Forms& b) {
  return equal(a.value, b.value) || equal(a.log, b.log) ||
         equal(a.log_of_one_more, b.log_of_one_more);
}

TracedEnclosure traced(Enclosure value, Forms forms) {
  return {std::move(value), Forms::of(std::move(forms))};
}

}  // namespace

TracedEnclosure::TracedEnclosure() : TracedEnclosure(Precision{64}, Dyadic{}) {}
TracedEnclosure::TracedEnclosure(Precision precision, const Dyadic& value)
    : enclosure_(precision, value), forms_(Forms::of({rational(value), {}, {}})) {}
TracedEnclosure::TracedEnclosure(Precision precision, const Dyadic& lo, const Dyadic& hi)
    : enclosure_(precision, lo, hi), forms_(Forms::of({})) {}
TracedEnclosure::TracedEnclosure(Enclosure enclosure, std::shared_ptr<const Forms> forms)
    : enclosure_(std::move(enclosure)), forms_(std::move(forms)) {}

Precision precision(const TracedEnclosure& a) { return precision(a.enclosure()); }

TracedEnclosure operator+(const TracedEnclosure& a, const TracedEnclosure& b) {
  Forms forms{sum(a.forms().value, b.forms().value), {}, {}};
  if (!forms.value && a.forms().number() == Rational(1)) forms.log = b.forms().log_of_one_more;
  if (!forms.value && b.forms().number() == Rational(1)) forms.log = a.forms().log_of_one_more;
  return traced(a.enclosure() + b.enclosure(), std::move(forms));
}

TracedEnclosure operator-(const TracedEnclosure& a, const TracedEnclosure& b) {
  Forms forms{difference(a.forms().value, b.forms().value), {}, {}};
  if (!forms.value && b.forms().number() == Rational(1)) forms.log_of_one_more = a.forms().log;
  return traced(a.enclosure() - b.enclosure(), std::move(forms));
}

TracedEnclosure operator*(const TracedEnclosure& a, const TracedEnclosure& b) {
  Forms forms{multiple(a.forms().value, b.forms().number()), sum(a.forms().log, b.forms().log), {}};
  if (!forms.value) forms.value = multiple(b.forms().value, a.forms().number());
  return traced(a.enclosure() * b.enclosure(), std::move(forms));
}

TracedEnclosure operator/(const TracedEnclosure& a, const TracedEnclosure& b) {
  Forms forms{{}, difference(a.forms().log, b.forms().log), {}};
  if (const auto divisor = b.forms().number(); divisor && *divisor != 0)
    forms.value = multiple(a.forms().value, Rational(1 / *divisor));
  return traced(a.enclosure() / b.enclosure(), std::move(forms));
}

TracedEnclosure operator-(const TracedEnclosure& a) {
  return traced(-a.enclosure(), {multiple(a.forms().value, Rational(-1)), {}, {}});
}

TracedEnclosure exp(const TracedEnclosure& a) {
  return traced(exp(a.enclosure()), {{}, a.forms().value, {}});
}
TracedEnclosure expm1(const TracedEnclosure& a) {
  return traced(expm1(a.enclosure()), {{}, {}, a.forms().value});
}
TracedEnclosure log(const TracedEnclosure& a) {
  return traced(log(a.enclosure()), {a.forms().log, {}, {}});
}
TracedEnclosure log1p(const TracedEnclosure& a) {
  return traced(log1p(a.enclosure()), {a.forms().log_of_one_more, {}, {}});
}

TracedEnclosure scaled(const TracedEnclosure& a, std::int64_t power) {
  const Known factor = rational(Dyadic::power_of_two(power));
  const auto by = factor ? factor->as_number() : std::nullopt;
  const Known log = by ? LogarithmicForm::log_of(*by) : std::nullopt;
  return traced(scaled(a.enclosure(), power),
                {multiple(a.forms().value, by), sum(a.forms().log, log), {}});
}

TracedEnclosure hull(const TracedEnclosure& a, const TracedEnclosure& b) {
  return traced(hull(a.enclosure(), b.enclosure()), {});
}

bool certainly_less(const TracedEnclosure& a, const TracedEnclosure& b) {
  if (certainly_less(a.enclosure(), b.enclosure())) return true;
  const auto x = a.forms().number(), y = b.forms().number();
  return x && y && *x < *y;
}
bool certainly_at_most(const TracedEnclosure& a, const TracedEnclosure& b) {
  return certainly_at_most(a.enclosure(), b.enclosure()) || equal(a.forms(), b.forms()) ||
         certainly_less(a, b);
}
bool is_exact(const TracedEnclosure& a) { return is_exact(a.enclosure()); }
bool is_exactly_zero(const TracedEnclosure& a) {
  return is_exactly_zero(a.enclosure()) || (a.forms().value && a.forms().value->is_zero());
}

TracedEnclosure log_of_base(Base base, const TracedEnclosure& like) {
  const int number = base == Base::two ? 2 : 10;
  return traced(
      log_of_base(base, like.enclosure()),
      {base == Base::e ? LogarithmicForm::number(1) : LogarithmicForm::log_of(number), {}, {}});
}

double lower(const TracedEnclosure& a) { return lower(a.enclosure()); }
double upper(const TracedEnclosure& a) { return upper(a.enclosure()); }
std::int64_t binade(const TracedEnclosure& a) { return binade(a.enclosure()); }

TracedEnclosure product_less_one(const TracedEnclosure& value, const TracedEnclosure& m,
                                 const TracedEnclosure& n) {
  return traced(value.enclosure(), {value.forms().value, value.forms().log,
                                    sum(m.forms().log_of_one_more, n.forms().log_of_one_more)});
}
TracedEnclosure quotient_less_one(const TracedEnclosure& value, const TracedEnclosure& m,
                                  const TracedEnclosure& n) {
  return traced(value.enclosure(),
                {value.forms().value, value.forms().log,
                 difference(m.forms().log_of_one_more, n.forms().log_of_one_more)});
}

}  // namespace napier
