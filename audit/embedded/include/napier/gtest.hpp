// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

// Your exponential as a suite of GoogleTest tests, one for each property and law:
//
//   #include <napier/gtest.hpp>
//   NAPIER_AUDIT(MyExp, napier::exponential<double>(my_exp).claims("ulp <= 1; monotone"));
//
// A test fails with the witnesses, in decimal and in hex, is skipped where nothing is claimed of
// its property, and runs alone under --gtest_filter and under sharding. Link napier::gtest and a
// GoogleTest main.

#include <gtest/gtest.h>
#include <napier/napier.h>

#include <array>
#include <functional>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <utility>

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
  audited(napier_function function, std::string mathematics, const char* format)
      : function_(function), mathematics_(std::move(mathematics)), format_(format) {}

  /// As after the command's --claim: "ulp <= 0.6; special values; monotone".
  audited claims(std::string text) && { return claim_ = std::move(text), std::move(*this); }
  /// Which of quick (the default), standard and deep.
  audited effort(std::string name) && { return effort_ = std::move(name), std::move(*this); }
  /// So many cases of each property, for functions that take long.
  audited cases(std::uint64_t number) && { return cases_ = number, std::move(*this); }
  /// nearest, up, down, zero or all, with commas.
  audited rounding(std::string modes) && { return roundings_ = std::move(modes), std::move(*this); }
  audited seed(std::uint64_t number) && { return seed_ = number, std::move(*this); }
  /// Every argument, for one argument of at most 32 bits: what is found is a bound.
  audited exhaustive() && { return exhaustive_ = true, std::move(*this); }

  const std::string& mathematics() const { return mathematics_; }
  /// Asks one property; the failures are those of the running test.
  void test(const std::string& suite, const std::string& property, const char* file,
            int line) const {
    const napier_options options{sizeof(napier_options),
                                 suite.c_str(),
                                 mathematics_.c_str(),
                                 format_,
                                 claim_.c_str(),
                                 property.c_str(),
                                 roundings_.empty() ? nullptr : roundings_.c_str(),
                                 effort_.c_str(),
                                 cases_,
                                 seed_,
                                 0,
                                 exhaustive_};
    char error[1024];
    napier_report* report = napier_audit(function_, &options, error, sizeof error);
    if (report == nullptr) {
      ADD_FAILURE_AT(file, line) << error;
      return;
    }
    bool judged = false;
    std::string why;
    for (std::size_t i = 0; i < napier_check_count(report); ++i) {
      const napier_check check = napier_check_at(report, i);
      if (check.state == napier_refuted || check.state == napier_open)
        ADD_FAILURE_AT(file, line) << check.name << ": " << check.text;
      if (check.state == napier_measured)
        why = std::string(check.name) + ": " + check.text;
      else
        judged = true;
    }
    const bool contradicts_itself = napier_status(report) == 70;
    napier_free(report);
    if (contradicts_itself)
      ADD_FAILURE_AT(file, line) << "Napier contradicts itself: please report it";
    if (!judged && !contradicts_itself) GTEST_SKIP() << why;
  }

 private:
  napier_function function_;
  std::string mathematics_;
  const char* format_;
  std::string claim_, effort_ = "quick", roundings_;
  std::uint64_t cases_ = 0, seed_ = 1;
  int exhaustive_ = 0;
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

/// Where an audit stands, and what it asks.
struct asked {
  const audited* function;
  std::string suite, property;
  const char* file;
  int line;
};

class property_test : public testing::Test {
 public:
  explicit property_test(asked what) : asked_(std::move(what)) {}
  void TestBody() override {
    asked_.function->test(asked_.suite, asked_.property, asked_.file, asked_.line);
  }

 private:
  asked asked_;
};

/// Registers a test for each property; returns how many.
inline int register_audit(const char* suite, audited function, const char* file, int line) {
  // Lives as long as the tests, which are never unregistered.
  const auto* kept = new audited(std::move(function));
  const auto add = [&](const char* name, const char* property) {
    const asked what{kept, suite, property, file, line};
    testing::RegisterTest(suite, name, nullptr, nullptr, file, line,
                          [what]() -> property_test* { return new property_test(what); });
  };
  int count = 0;
  while (const char* property =
             napier_property(kept->mathematics().c_str(), static_cast<std::size_t>(count))) {
    add(property, property);
    ++count;
  }
  if (count == 0) add("is_known", "accuracy");  // it is not: the test says so
  return count;
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

}  // namespace napier

/// Makes the audit of a function the tests of a suite: Suite.accuracy, Suite.product, …
#define NAPIER_AUDIT(suite, ...)                              \
  [[maybe_unused]] static const int napier_audit_of_##suite = \
      ::napier::detail::register_audit(#suite, __VA_ARGS__, __FILE__, __LINE__)
