// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

// How wrong is your exponential? For any test framework, or none:
//
//   #include <napier/audit.hpp>
//   CHECK(napier::audit(napier::exponential<double>(my_exp).claims("ulp <= 1; monotone")).empty());
//
// What comes back is what does not stand, with its witnesses. Link napier::napier.

#include <napier/claim_literal.hpp>
#include <napier/napier.h>

#include <array>
#include <cstdint>
#include <functional>
#include <ostream>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace napier {

/// The format that a C++ type computes in.
template <class T>
struct format_of {
  static_assert(!sizeof(T),
                "napier: there is no format for this type; write float, double, long "
                "double, _Float16, __float128, or napier::bfloat16 for bits");
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

/// A function to be audited, and what is asked of it. Every setter returns the whole.
class audited {
 public:
  audited(napier_function function, std::string mathematics, const char* format,
          const char* shape = nullptr)
      : function_(function), mathematics_(std::move(mathematics)), format_(format), shape_(shape) {}

  /// As after the command's --claim: "ulp <= 0.6; special values; monotone". C++20 refuses a
  /// literal of wrong form or with an unknown promise when it compiles; the whole of it is read
  /// when the audit begins.
  audited claims(detail::claim_literal literal) && {
    return claim_ = literal.text, std::move(*this);
  }
  template <class Text, class = std::enable_if_t<std::is_same_v<Text, std::string>>>
  audited claims(Text text) && {
    return claim_ = std::move(text), std::move(*this);
  }
  /// Which of quick (the default), standard and deep.
  audited effort(std::string name) && { return effort_ = std::move(name), std::move(*this); }
  /// So many cases of each property, for functions that take long.
  audited cases(std::uint64_t number) && { return cases_ = number, std::move(*this); }
  /// Ends after so many seconds, undecided where nothing is refuted until then.
  audited max_seconds(double number) && { return max_seconds_ = number, std::move(*this); }
  /// nearest, up, down, zero or all, with commas.
  audited rounding(std::string modes) && { return roundings_ = std::move(modes), std::move(*this); }
  audited seed(std::uint64_t number) && { return seed_ = number, std::move(*this); }
  /// Every argument, for one argument of at most 32 bits: what is found is a bound.
  audited exhaustive() && { return exhaustive_ = true, std::move(*this); }
  /// How reports call it.
  audited named(std::string name) && { return name_ = std::move(name), std::move(*this); }

  /// Why this makes no sense, in one line; empty if it does.
  std::string why_not() const {
    char error[1024] = "";
    const napier_options options = options_for("", "");
    return napier_makes_sense(&options, error, sizeof error) != 0 ? std::string() : error;
  }

  /// The names of the properties that can be asked of it.
  std::vector<const char*> properties() const {
    std::vector<const char*> names;
    const napier_options options = options_for("", "");
    while (const char* name = napier_property_of(&options, names.size())) names.push_back(name);
    return names;
  }

  /// Asks the properties (globs with commas; all for ""), and hands each check to `told`. Returns
  /// the exit status of the command. Throws std::invalid_argument for what makes no sense.
  template <class Told>
  int ask(const std::string& name, const std::string& properties, Told told) const {
    const napier_options options = options_for(name, properties);
    char error[1024] = "";
    napier_report* report = napier_audit(function_, &options, error, sizeof error);
    if (report == nullptr) throw std::invalid_argument(error);
    for (std::size_t i = 0; i < napier_check_count(report); ++i) told(napier_check_at(report, i));
    const int status = napier_status(report);
    napier_free(report);
    return status;
  }

 private:
  napier_options options_for(const std::string& name, const std::string& properties) const {
    const std::string& shown = name.empty() ? name_ : name;
    return {sizeof(napier_options),
            shown.c_str(),
            mathematics_.c_str(),
            format_,
            claim_.c_str(),
            properties.c_str(),
            roundings_.c_str(),
            effort_.c_str(),
            cases_,
            seed_,
            0,
            exhaustive_,
            shape_,
            max_seconds_};
  }

  napier_function function_;
  std::string mathematics_;
  const char* format_;
  const char* shape_;
  std::string claim_, effort_ = "quick", roundings_, name_;
  std::uint64_t cases_ = 0, seed_ = 1;
  double max_seconds_ = 0;
  int exhaustive_ = 0;
};

/// What does not stand: a promise that is refuted, or one that could not be decided.
struct finding {
  std::string name;  ///< "accuracy", "law 1.1 product, rounding up"
  std::string text;  ///< the witnesses in decimal and in hex, or why it was not decided
};
inline std::ostream& operator<<(std::ostream& out, const finding& one) {
  return out << one.name << ": " << one.text;
}

/// What of its claim a function does not keep; nothing where all stands. Throws
/// std::invalid_argument, with one line, for a claim or a function that makes no sense, and
/// std::logic_error where Napier contradicts itself.
inline std::vector<finding> audit(const audited& function) {
  std::vector<finding> all;
  const int status = function.ask("", "", [&all](const napier_check& check) {
    if (check.state == napier_refuted || check.state == napier_open)
      all.push_back({check.name, check.text});
  });
  if (status == 70) throw std::logic_error("Napier contradicts itself: please report it");
  return all;
}

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

template <class T, class... Arguments, class F>
napier_function plain(F function) {
  static_assert(std::is_same_v<std::invoke_result_t<F, Arguments...>, T>,
                "napier: the function does not return the type that is audited: "
                "exponential<double> is for a double f(double)");
  if constexpr (std::is_pointer_v<F>)
    static_assert(std::is_convertible_v<F, T (*)(Arguments...)>,
                  "napier: the function does not take the type that is audited: "
                  "exponential<double> is for a double f(double)");
  if constexpr (std::is_convertible_v<F, T (*)(Arguments...)>) {
    T (*const pointer)(Arguments...) = function;
    return reinterpret_cast<napier_function>(pointer);
  } else {
    return places<T, Arguments...>::take(std::move(function));
  }
}

/// "x,y,n" or "x,a,y,n", as the function takes its arrays.
template <class T, class F>
audited array_function(std::string mathematics, F function) {
  if constexpr (std::is_invocable_v<F, const T*, T*, std::size_t>)
    return {plain<void, const T*, T*, std::size_t>(std::move(function)), std::move(mathematics),
            format_of<T>::name, "x,y,n"};
  else
    return {plain<void, const T*, const T*, T*, std::size_t>(std::move(function)),
            std::move(mathematics), format_of<T>::name, "x,a,y,n"};
}

}  // namespace detail

/// e^x in the format of T: a function, or a function object.
template <class T, class F>
audited exponential(F function) {
  return {detail::plain<T, T>(std::move(function)), "exp", format_of<T>::name};
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

}  // namespace napier
