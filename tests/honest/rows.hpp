// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <tuple>

#include "lib/fp/format.hpp"
#include "lib/fp/rounding.hpp"
#include "lib/target/function.hpp"

namespace napier::honest {

inline constexpr const Function* tried_functions[] = {
    &functions::exp,    &functions::exp2,    &functions::exp10, &functions::expm1,
    &functions::exp2m1, &functions::exp10m1, &functions::pow,   &functions::log};

/// A test for each function, format and mode.
using Row = std::tuple<const Function*, const Format*, Rounding>;

inline auto every_row() {
  return testing::Combine(testing::ValuesIn(tried_functions), testing::ValuesIn(all_formats),
                          testing::ValuesIn(all_roundings));
}

inline std::string row_title(const testing::TestParamInfo<Row>& row) {
  const auto& [function, format, rounding] = row.param;
  return std::string(function->name) + "_" + std::string(format->name) + "_" +
         std::string(name(rounding));
}

}  // namespace napier::honest
