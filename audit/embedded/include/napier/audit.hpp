// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

// How wrong is your exponential? For any test framework, or none:
//
//   #include <napier/audit.hpp>
//   CHECK(napier::audit(napier::exponential<double>(my_exp).claims("ulp <= 1; monotone")).empty());
//
// What comes back is what does not stand, with its witnesses and how to see them again. Where
// nothing is claimed, and so nothing judged, that comes back, too. Link napier::napier.

#include <napier/napier.h>
#include <napier/audited.hpp>
#include <napier/callable.hpp>

#include <cstddef>
#include <cstdio>
#include <ostream>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace napier {

/// What does not stand: a promise that is refuted, or one that could not be decided.
struct finding {
  std::string name;  ///< "accuracy", "law 1.1 product, rounding up"; "derivative: …" beside a value
  std::string text;  ///< the witnesses in decimal and in hex, or why it was not decided
};
inline std::ostream& operator<<(std::ostream& out, const finding& one) {
  return out << one.name << ": " << one.text;
}

namespace detail {

inline bool is_open_or_refuted(const napier_check& check) {
  return check.state == napier_refuted || check.state == napier_open;
}
/// A case that was asked for (NAPIER_REPLAY) is explained where it stands, too.
inline void show_replayed(const napier_check& check) {
  if (check.state == napier_stands && *check.text != '\0') std::printf("%s\n", check.text);
}
inline const char* prefix_of(output which) {
  return which == output::derivative ? "derivative: " : "";
}
constexpr const char* contradiction = "Napier contradicts itself: please report it";
constexpr const char* nothing_claimed =
    "nothing is claimed, so nothing but hygiene was judged: add a claim, as .claims(\"ulp <= 1\"), "
    "or "
    "say that this is meant by .measured_only()";
constexpr const char* nothing_judged =
    "what is claimed is judged by no sample: add .exhaustive(), or a claim of single errors, as in "
    ".claims(\"ulp <= 1\")";

}  // namespace detail

/// What of its claim a function does not keep; nothing where all stands. Where nothing was judged
/// but hygiene, and that was not meant (measured_only), a finding named "claim" says so. Throws
/// std::invalid_argument, with one line, for a claim or a function that makes no sense, and
/// std::logic_error where Napier contradicts itself.
///
/// With NAPIER_REPLAY in the environment, as a finding shows it, the audit that it names judges
/// that one case and explains it on standard output.
inline std::vector<finding> audit(const audited& function) {
  if (const std::string why = function.why_not(); !why.empty()) throw std::invalid_argument(why);
  std::vector<finding> all;
  bool judged = false;
  for (const output which : function.outputs()) {
    const auto outcome = function.ask(which, "", "", "", [&](const napier_check& check) {
      if (detail::is_open_or_refuted(check))
        all.push_back({std::string(detail::prefix_of(which)) + check.name, check.text});
      detail::show_replayed(check);
    });
    if (outcome.status == 70) throw std::logic_error(detail::contradiction);
    judged = judged || outcome.judged;
  }
  if (!judged && !function.is_measured_only())
    all.push_back({"claim", function.promises_something() ? detail::nothing_judged
                                                          : detail::nothing_claimed});
  return all;
}

namespace detail {

/// "x,y,n" or "x,a,y,n", as the function takes its arrays.
template <class T, class F>
audited array_function(std::string mathematics, F function) {
  if constexpr (std::is_invocable_v<F, const T*, T*, std::size_t>) {
    return {plain<void, const T*, T*, std::size_t>(std::move(function)), std::move(mathematics),
            format_of<T>::name, "x,y,n"};
  } else {
    static_assert(
        std::is_invocable_v<F, const T*, const T*, T*, std::size_t>,
        "napier: a function of arrays is a void f(const T* x, T* y, std::size_t n), or of "
        "pow a void f(const T* x, const T* a, T* y, std::size_t n)");
    return {plain<void, const T*, const T*, T*, std::size_t>(std::move(function)),
            std::move(mathematics), format_of<T>::name, "x,a,y,n"};
  }
}

/// Puts what a function gave where it belongs.
template <class T, class Both>
void unpack(Both&& both, T& y, T& d) {
  auto& [value, derivative] = both;
  static_assert(std::is_same_v<std::decay_t<decltype(value)>, T> &&
                    std::is_same_v<std::decay_t<decltype(derivative)>, T>,
                "napier: the value and its derivative are not of the type that is audited: "
                "value_and_derivative<double> is for two doubles");
  y = value;
  d = derivative;
}

}  // namespace detail

/// e^x in the format of T: a function, or a function object.
template <class T, class F>
audited exponential(F function) {
  return {detail::plain<T, T>(std::move(function)), "exp", format_of<T>::name};
}

/// base^x, base being above 0 and not 1. It is audited as a power of that one base: of a claim's
/// domain x is the base, and y the exponent.
template <class T, class F>
audited exponential(F function, double base) {
  return audited(detail::plain<T, T>(std::move(function)), "pow", format_of<T>::name)
      .with_base(base);
}

/// Any function of one argument by its name: "exp2", "expm1", "log", "d_exp" …
template <class T, class F>
audited function(std::string name, F function) {
  return {detail::plain<T, T>(std::move(function)), std::move(name), format_of<T>::name};
}

/// x^y in the format of T.
template <class T, class F>
audited power(F function) {
  return {detail::plain<T, T, T>(std::move(function)), "pow", format_of<T>::name};
}

/// A function of arrays: void f(const T* x, T* y, std::size_t n), and of pow
/// void f(const T* x, const T* a, T* y, std::size_t n).
template <class T, class F>
audited arrays(std::string name, F function) {
  return detail::array_function<T>(std::move(name), std::move(function));
}

/// A function of one argument that gives its derivative, too: `name` is the value's, "exp". It
/// returns two numbers, as a std::pair or a struct, or is a T f(T x, T* derivative). Both are
/// audited, each under its own claim, and the derivative by the laws that tie it to the value, too.
template <class T, class F>
audited value_and_derivative(std::string name, F both) {
  constexpr bool by_pointer = std::is_invocable_v<F&, T, T*>;
  static_assert(by_pointer || std::is_invocable_v<F&, T>,
                "napier: what gives a value and its derivative is a std::pair<T, T> f(T), or a "
                "T f(T x, T* derivative)");
  const auto each = [both](const T* x, T* y, T* d, std::size_t n) mutable {
    for (std::size_t i = 0; i < n; ++i) {
      if constexpr (by_pointer) {
        T derivative{};
        y[i] = both(x[i], &derivative);
        d[i] = derivative;
      } else if constexpr (std::is_invocable_v<F&, T>) {
        using both_t = std::invoke_result_t<F&, T>;
        static_assert(std::is_class_v<std::decay_t<both_t>>,
                      "napier: the function returns no pair: give the derivative, too, as a "
                      "std::pair<T, T>, or as a function of its own behind the value's");
        if constexpr (std::is_class_v<std::decay_t<both_t>>) detail::unpack(both(x[i]), y[i], d[i]);
      }
    }
  };
  return {detail::plain<void, const T*, T*, T*, std::size_t>(each), std::move(name),
          format_of<T>::name, "x,y,d,n"};
}
/// The same of two functions.
template <class T, class F, class G>
audited value_and_derivative(std::string name, F value, G derivative) {
  static_assert(std::is_invocable_r_v<T, F&, T> && std::is_invocable_r_v<T, G&, T>,
                "napier: the value and its derivative are each a T f(T)");
  return value_and_derivative<T>(std::move(name), [value, derivative](T x) mutable {
    return std::pair<T, T>(value(x), derivative(x));
  });
}

}  // namespace napier
