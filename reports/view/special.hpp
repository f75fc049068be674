// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include "reports/view/view.hpp"

namespace napier {

/// What a target gives at special values: a row an argument, or a row a base and a column an
/// exponent. What is proven wrong has the tone of a refutation, what nobody asks for is quiet.
/// Empty where they weren't asked.
Table special_table(const TargetResult& target);

}  // namespace napier
