// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string>

#include "props/property/property.hpp"

namespace napier {

/// Why a property can't be asked of this subject, be it by what it says (Property::inapplicable) or
/// by how the target is called: a process tells its results, and nothing else of itself. Empty if
/// it can.
std::string why_not_asked(const Property& property, const Subject& subject);

/// What the target's claim promises, and nobody can look at because of how the target is called;
/// as a sentence without its full stop, empty if there is no such promise.
std::string promises_unasked(const Target& target);

/// Why a law that compares a derivative with its value can't be asked of a derivative alone.
inline constexpr std::string_view no_value_beside_it = "no value stands beside this derivative";

/// Which laws are not asked of a derivative for that reason, as a sentence without its full stop
/// that begins with "Not asked: "; empty if there are none.
std::string laws_unasked(const Target& target);

}  // namespace napier
