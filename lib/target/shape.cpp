// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "lib/target/shape.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "lib/target/pipe.hpp"

namespace napier {
namespace {

constexpr std::array<std::pair<std::string_view, Parameter>, 7> letters{{{"x", Parameter::x},
                                                                         {"a", Parameter::a},
                                                                         {"y", Parameter::y},
                                                                         {"n", Parameter::n},
                                                                         {"sx", Parameter::sx},
                                                                         {"sa", Parameter::sa},
                                                                         {"sy", Parameter::sy}}};
constexpr std::array<std::pair<Parameter, Parameter>, 3> strides{
    {{Parameter::sx, Parameter::x}, {Parameter::sa, Parameter::a}, {Parameter::sy, Parameter::y}}};

std::string_view letter_of(Parameter parameter) {
  return std::ranges::find(letters, parameter, &decltype(letters)::value_type::second)->first;
}

[[noreturn]] void refuse(std::string_view text, const std::string& why) {
  throw std::invalid_argument(fmt::format("--shape {}: {}", text, why));
}

[[noreturn]] void refuse_letter(std::string_view text, std::string_view letter) {
  refuse(text, fmt::format("{} is no parameter: there are x a y n sx sa sy, n:int, n:long and "
                           "y:restrict, in the order of C, as in x,y,n; or scalar; or vector:TYPE",
                           letter.empty() ? "nothing" : letter));
}

Shape vector_shape(std::string_view text, std::string_view type) {
  const auto row = std::ranges::find(vector_types, type, &VectorType::name);
  if (row == vector_types.end()) {
    std::vector<std::string_view> names;
    for (const VectorType& known : vector_types) names.push_back(known.name);
    refuse(text, fmt::format("no such vector type; there are {}", fmt::join(names, " ")));
  }
  Shape shape;
  shape.vector = &*row;
  return shape;
}

/// Adds the parameter that a word between two commas tells.
void add(Shape& shape, std::string_view text, std::string_view word) {
  const auto colon = std::min(word.find(':'), word.size());
  const std::string_view letter = word.substr(0, colon), type = word.substr(colon);
  const auto row = std::ranges::find(letters, letter, &decltype(letters)::value_type::first);
  if (row == letters.end()) refuse_letter(text, word);
  if (type == ":int" && row->second == Parameter::n)
    shape.counts = CountType::int_;
  else if (type == ":long" && row->second == Parameter::n)
    shape.counts = CountType::long_;
  else if (type == ":restrict" && row->second == Parameter::y)
    shape.restricted = true;
  else if (!type.empty())
    refuse_letter(text, word);
  if (shape.has(row->second))
    refuse(text, row->second == Parameter::y ? "a second y: a function has one array of results"
                                             : fmt::format("{} is there twice", letter));
  shape.parameters.push_back(row->second);
}

Shape array_shape(std::string_view text) {
  Shape shape;
  for (std::string_view rest = text;;) {
    const auto comma = std::min(rest.find(','), rest.size());
    add(shape, text, rest.substr(0, comma));
    if (comma == rest.size()) break;
    rest.remove_prefix(comma + 1);
  }
  if (!shape.has(Parameter::x)) refuse(text, "x is missing, the array of arguments");
  if (!shape.has(Parameter::n)) refuse(text, "n is missing, the number of elements");
  for (const auto& [stride, array] : strides)
    if (shape.has(stride) && !shape.has(array))
      refuse(text, fmt::format("{} is the stride of {}, which is missing", letter_of(stride),
                               letter_of(array)));
  return shape;
}

std::string_view count_name(CountType type, bool is_signed) {
  switch (type) {
    case CountType::int_:
      return "int";
    case CountType::long_:
      return "long";
    case CountType::size_t_:
      break;
  }
  return is_signed ? "ptrdiff_t" : "size_t";
}

std::string parameter_text(const Shape& shape, Parameter parameter, std::string_view type) {
  switch (parameter) {
    case Parameter::x:
      return fmt::format("{}{}* x", shape.in_place() ? "" : "const ", type);
    case Parameter::a:
      return fmt::format("const {}* a", type);
    case Parameter::y:
      return fmt::format("{}*{} y", type, shape.restricted ? " restrict" : "");
    case Parameter::n:
      return fmt::format("{} n", count_name(shape.counts, false));
    case Parameter::sx:
    case Parameter::sa:
    case Parameter::sy:
      break;
  }
  return fmt::format("{} {}", count_name(shape.counts, true), letter_of(parameter));
}

#if defined(__x86_64__)
/// By its name in /proc/cpuinfo; anything has what we don't know.
bool processor_has(std::string_view feature) {
  __builtin_cpu_init();
  if (feature == "sse4.1") return __builtin_cpu_supports("sse4.1") != 0;
  if (feature == "avx") return __builtin_cpu_supports("avx") != 0;
  if (feature == "fma4") return __builtin_cpu_supports("fma4") != 0;
  if (feature == "avx2")  // no processor has one without the other, and their code uses both
    return __builtin_cpu_supports("avx2") != 0 && __builtin_cpu_supports("fma") != 0;
  if (feature == "avx512f") return __builtin_cpu_supports("avx512f") != 0;
  return true;
}
#endif

}  // namespace

bool Shape::has(Parameter parameter) const {
  return std::ranges::find(parameters, parameter) != parameters.end();
}

Shape parse_shape(std::string_view text) {
  constexpr std::string_view vector = "vector:";
  Shape shape;
  if (text.starts_with(vector))
    shape = vector_shape(text, text.substr(vector.size()));
  else if (text != "scalar" && !find_pipe(text))
    shape = array_shape(text);
  shape.text = text;
  return shape;
}

std::string why_unfit(const Shape& shape, const Format& format, int arity) {
  if (shape.vector != nullptr && &shape.vector->element != &format)
    return fmt::format("{} holds elements of {}, and the format is {}", shape.vector->name,
                       shape.vector->element.name, format.name);
  if (shape.is_array() && arity == 2 && !shape.has(Parameter::a))
    return "a is missing, the array of second arguments, as in x,a,y,n";
  if (arity == 1 && shape.has(Parameter::a))
    return "a is an array of second arguments, and the function has one argument";
  return {};
}

std::string why_not_callable(const Shape& shape, std::string_view needs) {
  if (shape.vector == nullptr) return {};
#if defined(__x86_64__)
  for (const std::string_view feature : {shape.vector->needs, needs})
    if (!processor_has(feature)) return fmt::format("this processor lacks {}", feature);
  return {};
#else
  return fmt::format("{} is a type of x86-64, which this machine is not{}", shape.vector->name,
                     needs.substr(needs.size()));
#endif
}

std::string declaration(const Shape& shape, const Format& format, int arity) {
  const std::string_view type = shape.vector != nullptr ? shape.vector->name : format.c_type;
  if (!shape.is_array())
    return arity == 1 ? fmt::format("{0} f({0})", type) : fmt::format("{0} f({0}, {0})", type);
  std::vector<std::string> parts;
  for (const Parameter parameter : shape.parameters)
    parts.push_back(parameter_text(shape, parameter, format.c_type));
  return fmt::format("void f({})", fmt::join(parts, ", "));
}

}  // namespace napier
