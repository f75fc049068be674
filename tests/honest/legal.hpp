// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <functional>
#include <string>

#include "lib/target/target.hpp"
#include "tests/honest/truth.hpp"

namespace napier::honest {

/// All data from the one to the other: what a claim lets a target return for a true value.
struct Legal {
  Float least;
  Float most;
};

/// Whether y is at most k ulp from t in that mode.
bool is_within_ulps(const Truth& t, Float y, const Dyadic& k, Rounding rounding);
/// The data at most k ulp from t in that mode, for a k of some quarters.
Legal within_ulps(const Truth& t, const Format& format, const Dyadic& k, Rounding rounding);
/// The data at most k ulps of the right result from that; an infinity stands for 2^(emax+1).
Legal within_rounded_ulps(const Truth& t, const Format& format, const Dyadic& k, Rounding rounding);
/// The data next to t: t itself if it is one.
Legal neighbours(const Truth& t, const Format& format);
/// The one datum that t rounds to.
Float right_result(const Truth& t, const Format& format, Rounding rounding);

/// Which of the legal data is returned: always the largest, always the least, the one or the other
/// as the arguments' encodings are odd or even, or any.
enum class Choice { most, least, in_turn, any };
Float chosen(const Legal& legal, Choice choice, const Call& call);

/// What a target returns where the true value is a real number.
using Rule = std::function<Float(const Truth&, const Call&, Rounding)>;

/// What a target takes its arguments for.
using Reading = std::function<Call(const Call&)>;

/// A target that follows the rule, with NaN and infinities where they are right. It signals domain
/// errors and poles, and an overflow where it returns an infinity or t is beyond 2^(emax+1).
Target ruled_target(
    std::string name, const Function& function, const Format& format, const Claim& claim, Rule rule,
    Reading reading = [](const Call& call) { return call; });

}  // namespace napier::honest
