// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "props/law/algebra/machine.hpp"

#include "oracles/fast/scalar/fast_oracle.hpp"
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
template <class Of>
auto MachineNumbers<form>::nearest(Of of) const -> Quantity {
  const Format& format = subject_.format();
  if (format.precision <= binary64.precision) {
    const BaseArithmetic<FastEnclosure, form> quick(subject_, base_, {});
    if (const auto datum = nearest_datum(of(quick), format)) return {*datum};
  }
  const BaseArithmetic<Enclosure, form> arithmetic(subject_, base_, reading_precision(format));
  return Quantity::finite(middle(of(arithmetic), format));
}

template <Form form>
auto MachineNumbers<form>::true_power(const Argument& h) const -> Quantity {
  return nearest([&](const auto& arithmetic) { return arithmetic.power(arithmetic.exact(h)); });
}

template <Form form>
auto MachineNumbers<form>::base() const -> Quantity {
  if (subject_.has_base_argument()) {
    if constexpr (form == Form::plain) return {base_};
  }
  return nearest([](const auto& arithmetic) { return arithmetic.base(); });
}

template <Form form>
auto MachineNumbers<form>::log_base() const -> Quantity {
  return nearest([](const auto& arithmetic) { return arithmetic.log_of_a().value; });
}

template <Form form>
auto MachineNumbers<form>::log_power() const -> Quantity {
  return nearest([](const auto& arithmetic) { return arithmetic.log_power().value; });
}

template <Form form>
auto MachineNumbers<form>::base_power() const -> Quantity {
  return nearest([](const auto& arithmetic) { return arithmetic.base_power().value; });
}

template <Form form>
auto MachineNumbers<form>::falling(const Argument& x) const -> Quantity {
  return nearest([&](const auto& arithmetic) { return arithmetic.falling(x).value; });
}

template <Form form>
auto MachineNumbers<form>::mixed(const Argument& x) const -> Quantity {
  return nearest([&](const auto& arithmetic) { return arithmetic.mixed(x).value; });
}

template class MachineNumbers<Form::plain>;
template class MachineNumbers<Form::minus_one>;

}  // namespace napier
