// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

// Any callable as a plain C function, whose types are looked at closely: what is converted on its
// way to a function is another function.

#include <napier/napier.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <stdexcept>
#include <type_traits>
#include <utility>

namespace napier {

/// The format that a C++ type computes in.
template <class T>
struct format_of {
  static_assert(!sizeof(T),
                "napier: there is no format for this type; write float, double, long "
                "double, _Float16, __float128, or napier::bfloat16 for bits");
  static constexpr const char* name = "";
};
template <>
struct format_of<float> {
  static constexpr const char* name = "binary32";
};
template <>
struct format_of<double> {
  static constexpr const char* name = "binary64";
};
#if defined(__x86_64__)
template <>
struct format_of<long double> {
  static constexpr const char* name = "binary80";
};
#endif
#if defined(__FLT16_MANT_DIG__)
template <>
struct format_of<_Float16> {
  static constexpr const char* name = "binary16";
};
#endif
#if defined(__SIZEOF_FLOAT128__)
template <>
struct format_of<__float128> {
  static constexpr const char* name = "binary128";
};
#endif
/// The bits of a bfloat16, as functions take and return them.
enum class bfloat16 : std::uint16_t {};
template <>
struct format_of<bfloat16> {
  static constexpr const char* name = "bfloat16";
};

namespace detail {

/// Function objects as plain functions, each with a place of its own.
template <class T, class... Arguments>
class places {
 public:
  static constexpr std::size_t most = 64;  ///< of one signature

  static napier_function take(std::function<T(Arguments...)> function) {
    static std::size_t used = 0;
    if (used == most)
      throw std::length_error(
          "napier: at most 64 function objects of one signature: use plain functions");
    held(used) = std::move(function);
    return function_at(used++, std::make_index_sequence<most>());
  }

 private:
  static std::function<T(Arguments...)>& held(std::size_t place) {
    static std::array<std::function<T(Arguments...)>, most> all;
    return all[place];
  }
  template <std::size_t place>
  static T call(Arguments... arguments) {
    return held(place)(arguments...);
  }
  template <std::size_t... all>
  static napier_function function_at(std::size_t place, std::index_sequence<all...>) {
    static constexpr std::array<T (*)(Arguments...), most> calls{&call<all>...};
    return reinterpret_cast<napier_function>(calls[place]);
  }
};

/// Whether a function takes these very types, where that can be told: what is overloaded or a
/// template takes whatever it is given.
template <class... Arguments, class Result, class... Taken>
constexpr bool takes(Result (*)(Taken...)) {
  return std::is_same_v<void(std::decay_t<Taken>...), void(Arguments...)>;
}
template <class... Arguments, class Result, class Object, class... Taken>
constexpr bool takes(Result (Object::*)(Taken...)) {
  return std::is_same_v<void(std::decay_t<Taken>...), void(Arguments...)>;
}
template <class... Arguments, class Result, class Object, class... Taken>
constexpr bool takes(Result (Object::*)(Taken...) const) {
  return std::is_same_v<void(std::decay_t<Taken>...), void(Arguments...)>;
}
template <class F, class = void>
struct parameters {
  template <class...>
  static constexpr bool are = true;
};
template <class F>
struct parameters<F, std::enable_if_t<std::is_pointer_v<F>>> {
  template <class... Arguments>
  static constexpr bool are = takes<Arguments...>(F{});
};
template <class F>
struct parameters<F, std::void_t<decltype(&F::operator())>> {
  template <class... Arguments>
  static constexpr bool are = takes<Arguments...>(decltype(&F::operator()){});
};

template <class T, class... Arguments, class F>
napier_function plain(F function) {
  constexpr bool fits =
      std::is_invocable_v<F, Arguments...> && parameters<F>::template are<Arguments...>;
  static_assert(fits,
                "napier: the function does not take the type that is audited: "
                "exponential<double> is for a double f(double), power<double> for a "
                "double f(double, double)");
  if constexpr (fits) {
    static_assert(std::is_same_v<std::invoke_result_t<F, Arguments...>, T>,
                  "napier: the function does not return the type that is audited: "
                  "exponential<double> is for a double f(double)");
    if constexpr (std::is_convertible_v<F, T (*)(Arguments...)>) {
      T (*const pointer)(Arguments...) = function;
      return reinterpret_cast<napier_function>(pointer);
    } else if constexpr (std::is_same_v<std::invoke_result_t<F, Arguments...>, T>) {
      return places<T, Arguments...>::take(std::move(function));
    }
  }
  return nullptr;
}

}  // namespace detail
}  // namespace napier
