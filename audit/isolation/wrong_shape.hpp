// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <span>
#include <string>

#include "lib/target/caller.hpp"
#include "lib/target/shape.hpp"

namespace napier {

/// Whether a first answer may come from a function of another shape or format: reason to ask more.
bool is_strange(const Format& format, const Call& call, const Answer& answer);

/// Why answers at several arguments can't come from a function of that shape and format but do come
/// from one of another, in words; empty if they may. A function that gives one result or half of
/// one for all is told so, which is all that there is to say of it.
std::string why_wrong_shape(const Shape& shape, const Format& format, std::span<const Call> calls,
                            std::span<const Answer> answers);

/// What is said of a function that gives back its arguments, which is perhaps of another shape.
inline constexpr std::string_view gives_back_text =
    "It gives back its first arguments, as an array function does that is called by a value: see "
    "--shape";

}  // namespace napier
