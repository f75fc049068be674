// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <memory>
#include <string_view>

#include "lib/target/target.hpp"

namespace napier {

/// A caller that has another one, which outlives it, make its first, third, … block of calls as
/// asked, and before every other one 20,000 calls with arguments of every size, fewer where they
/// take seconds; in that block each call is made after every special value. So who asks for the
/// same block twice and compares sees whether a function remembers how often it was called, or what
/// it was asked before.
///
/// Of a shared object that was just opened the first block meets a process that has made no call
/// but the first ones of its arrival. A function of this very process meets what was asked of it in
/// this process before.
std::unique_ptr<Caller> calls_with_past(Caller& caller, const Format& format, int arity);

/// What is said of a function that is not what it was.
inline constexpr std::string_view past_text =
    "the result after special values and 20,000 other calls was not that of the first call";

}  // namespace napier
