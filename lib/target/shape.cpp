// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "lib/target/shape.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "lib/target/outputs.hpp"
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
  refuse(text,
         fmt::format("{} is no parameter: there are x a y n sx sa sy, the derivatives d d2 da, "
                     "n:int, n:long and y:restrict, in the order of C, as in x,y,n; or scalar; or "
                     "pair; or vector:TYPE",
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

/// A shape that is neither scalar nor of vectors, and the outputs that it has.
struct ArrayShape {
  Shape shape;
  Signature signature;
};

std::optional<Output> output_called(std::string_view letter) {
  const auto row = std::ranges::find(outputs, letter, &Output::letter);
  return row == outputs.end() ? std::nullopt : std::optional(*row);
}

/// Adds the parameter that a word between two commas tells.
void add(ArrayShape& made, std::string_view text, std::string_view word) {
  auto& [shape, signature] = made;
  const auto colon = std::min(word.find(':'), word.size());
  const std::string_view letter = word.substr(0, colon), type = word.substr(colon);
  const auto output = output_called(letter);
  if (output && signature.gives(*output))
    refuse(text, letter == "y" ? "a second y: a function has one array of results"
                               : fmt::format("{} is there twice", letter));
  if (output && output->order != 0) {
    if (!type.empty()) refuse_letter(text, word);
    signature.slots.push_back({output});
    return;
  }
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
  if (shape.has(row->second)) refuse(text, fmt::format("{} is there twice", letter));
  shape.parameters.push_back(row->second);
  signature.slots.push_back({output, row->second});
}

/// Goes through the words between commas.
template <class See>
void each_word(std::string_view list, See see) {
  for (;;) {
    const auto comma = std::min(list.find(','), list.size());
    see(list.substr(0, comma));
    if (comma == list.size()) return;
    list.remove_prefix(comma + 1);
  }
}

/// What stands before the =, which is returned.
void add_returned(ArrayShape& made, std::string_view text, std::string_view word) {
  const auto output = output_called(word);
  if (!output)
    refuse(text, fmt::format("'{}' before the = is nothing that is returned: y, d, d2 or da, as in "
                             "y=x,d",
                             word));
  if (made.signature.gives(*output)) refuse(text, fmt::format("{} is there twice", word));
  made.signature.returned.push_back(*output);
}

/// "d:" before a shape: which output a target is.
std::optional<Output> take_judged(std::string_view& meaning) {
  const auto colon = meaning.find(':');
  const auto output = output_called(meaning.substr(0, colon));
  if (colon == meaning.npos || !output) return std::nullopt;
  const std::string_view rest = meaning.substr(colon + 1);
  if (rest.starts_with("restrict")) return std::nullopt;  // y:restrict,x,n
  meaning = rest;
  return output;
}

void check_outputs(const ArrayShape& made, std::string_view text) {
  const auto& [shape, signature] = made;
  const bool derives = !signature.derivatives().empty();
  if (!shape.has(Parameter::n) && !derives && signature.returned.empty())
    refuse(text, "n is missing, the number of elements");
  if (derives && !signature.gives(outputs[0]))
    refuse(text,
           "y is missing, the value that a derivative stands beside; a function of derivatives "
           "alone gives them as y, with --function d_exp");
  if (!derives && !signature.returned.empty())
    refuse(text, "a value that is returned alone is --shape scalar");
  if (shape.has(Parameter::n) && !signature.returned.empty())
    refuse(text, "a function of arrays returns nothing: leave out what stands before the =");
  if (signature.judged.order != 0 && !signature.gives(signature.judged))
    refuse(text, fmt::format("it gives no {}", signature.judged.letter));
}

ArrayShape array_shape(std::string_view text) {
  constexpr std::string_view pair = "pair", meaning_of_pair = "y,d=x";
  ArrayShape made;
  Shape& shape = made.shape;
  std::string_view meaning = text;
  const auto judged = take_judged(meaning);
  if (judged) made.signature.judged = *judged;
  made.signature.chosen = judged.has_value();
  if (meaning == pair) meaning = meaning_of_pair;
  if (const auto equals = meaning.find('='); equals != meaning.npos) {
    each_word(meaning.substr(0, equals), [&](auto word) { add_returned(made, text, word); });
    meaning.remove_prefix(equals + 1);
  }
  each_word(meaning, [&](auto word) { add(made, text, word); });
  if (!shape.has(Parameter::x)) refuse(text, "x is missing, the array of arguments");
  check_outputs(made, text);
  // Whoever is asked has a place for its results, of which no arguments are.
  if (!made.signature.derivatives().empty()) {
    if (!shape.has(Parameter::y)) shape.parameters.push_back(Parameter::y);
    shape.restricted = true;
  }
  if (is_by_value(shape) && (shape.has(Parameter::sx) || shape.has(Parameter::sy)))
    refuse(text, "n is missing, the number of elements that stand apart");
  for (const auto& [stride, array] : strides)
    if (shape.has(stride) && !shape.has(array))
      refuse(text, fmt::format("{} is the stride of {}, which is missing", letter_of(stride),
                               letter_of(array)));
  return made;
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

std::string slot_text(const Shape& shape, const Slot& slot, std::string_view type) {
  const bool declared = shape.text.find(":restrict") != shape.text.npos;
  if (slot.output)
    return fmt::format("{}*{} {}", type, declared && slot.output->order == 0 ? " restrict" : "",
                       slot.output->letter);
  const Parameter parameter = slot.other;
  switch (parameter) {
    case Parameter::x:
    case Parameter::a:
      if (is_by_value(shape)) return fmt::format("{} {}", type, letter_of(parameter));
      return fmt::format("{}{}* {}", parameter == Parameter::x && shape.in_place() ? "" : "const ",
                         type, letter_of(parameter));
    case Parameter::y:
      break;
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
    shape = array_shape(text).shape;
  shape.text = text;
  return shape;
}

Signature parse_signature(const Shape& shape) {
  return shape.is_array() ? array_shape(shape.text).signature : Signature{};
}

std::string why_unfit(const Shape& shape, const Format& format, int arity) {
  if (shape.vector != nullptr && &shape.vector->element != &format)
    return fmt::format("{} holds elements of {}, and the format is {}", shape.vector->name,
                       shape.vector->element.name, format.name);
  if (shape.is_array() && arity == 2 && !shape.has(Parameter::a))
    return "a is missing, the array of second arguments, as in x,a,y,n";
  if (arity == 1 && shape.has(Parameter::a))
    return "a is an array of second arguments, and the function has one argument";
  if (arity == 1 && parse_signature(shape).gives(*output_called("da")))
    return "da is a derivative with respect to a second argument, and the function has one";
  // libffi passes what C had before C23.
  if (is_by_value(shape) && (&format == &binary16 || &format == &binary128))
    return fmt::format("no {} is passed by value in this shape: give arrays, as in x,y,d,n",
                       format.c_type);
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
  const Signature signature = parse_signature(shape);
  for (const Slot& slot : signature.slots) parts.push_back(slot_text(shape, slot, format.c_type));
  std::string gives = signature.returned.empty() ? "void" : std::string(type);
  if (signature.returned.size() > 1) {
    std::vector<std::string_view> members;
    for (const Output& output : signature.returned) members.push_back(output.letter);
    gives = fmt::format("struct {{ {} {}; }}", type, fmt::join(members, ", "));
  }
  return fmt::format("{} f({})", gives, fmt::join(parts, ", "));
}

}  // namespace napier
