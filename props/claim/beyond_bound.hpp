// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string>

#include "oracles/oracle.hpp"
#include "props/subject/subject.hpp"

namespace napier {

/// How far off a result is that breaks a bound of relative or absolute errors, in those terms,
/// which ulps don't tell: "a relative error of 1.7e-3". That it is the right rounding all the same,
/// where it is. Empty where no such bound is broken.
std::string beyond_bound(const Subject& subject, const Call& call, TrueValue& truth, Float y);

/// On which side of the true value a result lies that breaks a promise of sides, as "upper bound"
/// is one, with as many digits of the true value as tell the two apart: the right rounding may be
/// the very number that was given. Empty where no such promise is broken.
std::string wrong_side_of_truth(const Subject& subject, const Request& request, TrueValue& truth,
                                Float y);

}  // namespace napier
