// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

// Arguments of exponential functions for properties of your own, under RapidCheck:
//
//   #include <napier/rapidcheck.hpp>
//   rc::check("exp is positive", [] {
//     RC_ASSERT(my_exp(*napier::rc::point<double>("near overflow")) > 0);
//   });
//
// Uniform bits are no way to try an exp: 3 % of the doubles have one that is neither 0, 1 nor
// infinite. Link napier::napier and rapidcheck.

#include <rapidcheck.h>
#include <napier/audit.hpp>

#include <string>
#include <utility>
#include <vector>

namespace napier::rc {

/// The names of the strata of a function's arguments, "special" and "near overflow" among them.
template <class T>
std::vector<std::string> strata(const std::string& function = "exp") {
  std::vector<std::string> names;
  while (const char* name = napier_stratum(function.c_str(), format_of<T>::name, names.size()))
    names.emplace_back(name);
  return names;
}

namespace detail {

/// The point of that number, or of the next one that is one.
template <class T>
std::pair<T, T> drawn(const std::string& function, std::size_t stratum, std::uint64_t index) {
  constexpr std::uint64_t attempts = 1000;
  T arguments[2] = {};
  for (std::uint64_t i = 0; i < attempts; ++i)
    if (napier_point(function.c_str(), format_of<T>::name, stratum, 1, index + i, arguments) != 0)
      return {arguments[0], arguments[1]};
  throw std::invalid_argument("napier: this stratum has no points");
}

template <class T>
::rc::Gen<std::pair<T, T>> pairs(const std::string& function, const std::string& stratum) {
  const std::vector<std::string> names = strata<T>(function);
  for (std::size_t number = 0; number < names.size(); ++number)
    if (names[number] == stratum)
      return ::rc::gen::map(::rc::gen::arbitrary<std::uint64_t>(),
                            [=](std::uint64_t i) { return drawn<T>(function, number, i); });
  std::string all;
  for (const std::string& name : names) all += (all.empty() ? "" : ", ") + name;
  throw std::invalid_argument("napier: " + function + " has no stratum '" + stratum + "': " + all);
}

}  // namespace detail

/// An argument of one of the strata of a function of one argument. It shrinks towards the points
/// that say the most. Throws std::invalid_argument, with the names that there are.
template <class T>
::rc::Gen<T> point(const std::string& stratum, const std::string& function = "exp") {
  return ::rc::gen::map(detail::pairs<T>(function, stratum),
                        [](const std::pair<T, T>& both) { return both.first; });
}

/// A base and an exponent of pow.
template <class T>
::rc::Gen<std::pair<T, T>> power_point(const std::string& stratum) {
  return detail::pairs<T>("pow", stratum);
}

}  // namespace napier::rc
