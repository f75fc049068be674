// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "props/law/algebra/machine.hpp"

#include "oracles/oracle.hpp"
#include "props/law/algebra/base.hpp"

namespace napier {
namespace {

/// The oracle's own working precision: enough for a rounding that a reading, not a proof, rests on.
Precision reading_precision(const Format& format) { return default_refinement(format).start; }

}  // namespace

template <Form form>
auto MachineNumbers<form>::raised(const Quantity& inner, const FirstCall&, const Argument& y) const
    -> Quantity {
  if (!inner.value) return {};
  const Format& format = subject_.format();
  const Enclosure z(reading_precision(format), exact_value(*inner.value));
  const Enclosure least(precision(z), Dyadic::of_integer(form == Form::plain ? 0 : -1));
  if (!certainly_less(least, z)) return {};
  const Enclosure exponent(precision(z), exact_value(y.value));
  return Quantity::finite(middle(detail::raise<form>(z, exponent), format));
}

template <Form form>
auto MachineNumbers<form>::true_power(const Argument& h) const -> Quantity {
  const BaseArithmetic<Enclosure, form> arithmetic(subject_, base_,
                                                   reading_precision(subject_.format()));
  return Quantity::finite(middle(arithmetic.power(arithmetic.exact(h)), subject_.format()));
}

template <Form form>
auto MachineNumbers<form>::base() const -> Quantity {
  if (subject_.has_base_argument()) {
    if constexpr (form == Form::plain) return {base_};
  }
  const BaseArithmetic<Enclosure, form> arithmetic(subject_, base_,
                                                   reading_precision(subject_.format()));
  return Quantity::finite(middle(arithmetic.base(), subject_.format()));
}

template <Form form>
auto MachineNumbers<form>::log_base() const -> Quantity {
  const BaseArithmetic<Enclosure, form> arithmetic(subject_, base_,
                                                   reading_precision(subject_.format()));
  return Quantity::finite(middle(arithmetic.log_of_a().value, subject_.format()));
}

template <Form form>
auto MachineNumbers<form>::log_power() const -> Quantity {
  const BaseArithmetic<Enclosure, form> arithmetic(subject_, base_,
                                                   reading_precision(subject_.format()));
  return Quantity::finite(middle(arithmetic.log_power().value, subject_.format()));
}

template <Form form>
auto MachineNumbers<form>::base_power() const -> Quantity {
  const BaseArithmetic<Enclosure, form> arithmetic(subject_, base_,
                                                   reading_precision(subject_.format()));
  return Quantity::finite(middle(arithmetic.base_power().value, subject_.format()));
}

template <Form form>
auto MachineNumbers<form>::falling(const Argument& x) const -> Quantity {
  const BaseArithmetic<Enclosure, form> arithmetic(subject_, base_,
                                                   reading_precision(subject_.format()));
  return Quantity::finite(middle(arithmetic.falling(x).value, subject_.format()));
}

template <Form form>
auto MachineNumbers<form>::mixed(const Argument& x) const -> Quantity {
  const BaseArithmetic<Enclosure, form> arithmetic(subject_, base_,
                                                   reading_precision(subject_.format()));
  return Quantity::finite(middle(arithmetic.mixed(x).value, subject_.format()));
}

template class MachineNumbers<Form::plain>;
template class MachineNumbers<Form::minus_one>;

}  // namespace napier
