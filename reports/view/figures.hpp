// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "lib/fp/rounding.hpp"
#include "props/subject/result.hpp"

// Numbers as a reader sees them. A figure is shortened in the direction in which it stays true, and
// never so far that it lands on a landmark it isn't: 1.0000003 ulp is not shown as 1.
namespace napier {

/// A number ≥ 0 with about `digits` significant ones, more where a landmark needs them; rounded to
/// nearest, up or down. Without trailing zeros; "inf"; 1e-4 … 1e7 without an exponent. The result
/// is multiplied by 10^scale first, exactly.
std::string decimal(double value, int digits, Rounding rounding,
                    std::span<const double> landmarks = {}, int scale = 0);

/// "16,777,216".
std::string count_text(std::uint64_t count);
/// "1 case", "16,384 cases".
std::string counted(std::uint64_t count, std::string_view singular, std::string_view plural);

/// A share of 1 in per cent: "83 %", "infinite". 0 % and 100 % are exact.
std::string percent_text(double share);
/// A part of a whole, with its share: "5,120 (31.2 %)"; "0" for none.
std::string part_text(std::uint64_t part, std::uint64_t whole);

/// An error: "3.2", without its unit. The claim, where there is one, is a landmark, as are the
/// multiples of ½.
std::string ulp_text(Ulp ulp, Rounding rounding, std::span<const double> landmarks = {});
/// An enclosed error: "3.2 ulp", or "3.1 to 3.3 ulp" where its ends differ to the eye.
std::string ulp_text(const UlpRange& ulp, std::span<const double> landmarks = {});

/// What a claim allows in a mode: the figures that an error must not be confused with.
std::vector<double> landmarks(const Claim& claim, Rounding rounding);

/// An error of a result in ulps of another format, where the claim counts these: "0.98 bfloat16
/// ulp". Empty where it does not, or where the right result, which tells how large they are, is not
/// known.
std::string claimed_ulp_text(const UlpRange& ulp, const Claim& claim, Rounding rounding,
                             const Format& own, const std::optional<Float>& right);

/// "rounding up", "rounding to zero", "rounding to nearest".
std::string mode_text(Rounding rounding);
/// Arguments: "0x1.8p+1", "(0x1p+0, 0x1.8p+1)", "no arguments".
std::string arguments_text(std::span<const Float> arguments);
/// The same in decimal: "3", "(0.1, 3)".
std::string arguments_in_decimal(std::span<const Float> arguments);
/// In decimal, and in hex behind it where that tells more: "3", "0.1 (0x1.999999999999ap-4)",
/// "(0.1, 3), in hex (0x1.999999999999ap-4, 0x1.8p+1)".
std::string both_spellings(std::span<const Float> arguments);
/// The same with the mode, where it is not nearest: "3, rounding up".
std::string place_text(std::span<const Float> arguments, Rounding rounding);
/// A text with every datum that it has in hex in decimal instead.
std::string in_decimal(const std::string& text, const Format& format);

}  // namespace napier
