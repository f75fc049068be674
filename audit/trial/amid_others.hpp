// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include "props/judge/judge.hpp"

namespace napier {

/// The case again and again, every second one another of its domain.
Domain amid_others(const Domain& domain, const Point& point, std::uint64_t cases);

/// The case, amid others of its domain, from two threads at once, until it is refuted or it has
/// been tried some thousand times. A race shows now and then, and only beside other calls.
Tally tried_again_in_two_threads(const Property& property, const Subject& subject,
                                 const Domain& domain, const Point& point);

/// The case, called first of all by a caller of its own, and again amid a past.
JudgedCase tried_again_amid_a_past(const Property& property, const Subject& subject,
                                   const Point& point);

}  // namespace napier
