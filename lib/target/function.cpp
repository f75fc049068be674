// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "lib/target/function.hpp"

#include <array>

namespace napier {

std::span<const Function* const> all_functions() {
  using namespace functions;
  static constexpr std::array rows{&exp, &exp2,  &exp10,  &expm1,   &exp2m1,  &exp10m1, &pow,
                                   &log, &d_exp, &d_exp2, &d_exp10, &d_pow_y, &d_pow_x};
  return rows;
}

const Function* find_function(std::string_view name) {
  for (const Function* function : all_functions())
    if (function->name == name) return function;
  return nullptr;
}

}  // namespace napier
