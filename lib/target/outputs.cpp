// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "lib/target/outputs.hpp"

#include <algorithm>

#include "lib/target/composition.hpp"

namespace napier {

std::size_t place_of(const Output& output) {
  return static_cast<std::size_t>(std::ranges::find(outputs, output) - outputs.begin());
}

bool Signature::gives(const Output& output) const {
  return std::ranges::find(returned, output) != returned.end() ||
         std::ranges::any_of(slots, [&](const Slot& slot) { return slot.output == output; });
}

std::vector<Output> Signature::derivatives() const {
  std::vector<Output> all;
  for (const Output& output : outputs)
    if (output.order != 0 && gives(output)) all.push_back(output);
  return all;
}

Shape looking_at(const Shape& shape, const Output& output) {
  std::string_view text = shape.text;
  for (const Output& row : outputs)
    if (text.starts_with(row.letter) && text.substr(row.letter.size()).starts_with(':') &&
        !text.substr(row.letter.size()).starts_with(":restrict")) {
      text.remove_prefix(row.letter.size() + 1);
      break;
    }
  return parse_shape(std::string(output.letter) + ":" + std::string(text));
}

const Function* function_of(const Output& output, const Function& value) {
  if (output.order == 0) return &value;
  for (const auto rows : {all_functions(), all_compositions()})
    for (const Function* first : rows) {
      if (first->primal != &value) continue;
      // Of one argument there is one derivative, whatever it is called.
      const bool fits =
          value.arity == 1 ? output.letter != "da" : first->variable == output.variable;
      if (fits) return &derivative(*first, output.order);
    }
  return nullptr;
}

std::string why_unfit(const Shape& shape, const Function& value, const Format& format) {
  if (std::string unfit = why_unfit(shape, format, value.arity); !unfit.empty()) return unfit;
  for (const Output& output : parse_signature(shape).derivatives()) {
    if (is_derivative(value))
      return "y is the value, and the function is the value's, " + std::string(value.primal->name) +
             "; the shape " + looking_at(shape, output).text + " asks for the derivative alone";
    if (function_of(output, value) == nullptr)
      return "no derivative of " + std::string(value.name) + " is known that " +
             std::string(output.letter) + " could be";
  }
  return {};
}

}  // namespace napier
