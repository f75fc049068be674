// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
// Written by scripts/make_fast_tables.py; a test compares. Do not edit.
// clang-format off

#pragma once

#include "oracles/fast/scalar/tables.hpp"

namespace napier::fast {

inline constexpr ExpBase base_e{
    0x1.71547652b82fep+8,
    0x1.62e42fefa39efp-9,
    0x1.abc9e3b39803fp-64,
    0x1.7b57a079a1934p-119,
    {0x1.0000000000000p+0, 0}};
inline constexpr ExpBase base_two{
    0x1.0000000000000p+8,
    0x1.0000000000000p-8,
    0,
    0,
    {0x1.62e42fefa39efp-1, 0x1.abc9e3b39803fp-56}};
inline constexpr ExpBase base_ten{
    0x1.a934f0979a371p+9,
    0x1.34413509f79ffp-10,
    -0x1.9dc1da994fd21p-67,
    0x1.22f04d5a618a8p-122,
    {0x1.26bb1bbb55516p+1, -0x1.f48ad494ea3e9p-53}};

inline constexpr DoubleDouble ln2 = {0x1.62e42fefa39efp-1, 0x1.abc9e3b39803fp-56};
inline constexpr DoubleDouble ln10 = {0x1.26bb1bbb55516p+1, -0x1.f48ad494ea3e9p-53};

// 1/k!
inline constexpr DoubleDouble inverse_factorial_3 = {0x1.5555555555555p-3, 0x1.5555555555555p-57};
inline constexpr DoubleDouble inverse_factorial_4 = {0x1.5555555555555p-5, 0x1.5555555555555p-59};
inline constexpr DoubleDouble inverse_factorial_5 = {0x1.1111111111111p-7, 0x1.1111111111111p-63};
inline constexpr double inverse_factorial_6 = 0x1.6c16c16c16c17p-10;
inline constexpr double inverse_factorial_7 = 0x1.a01a01a01a01ap-13;
inline constexpr double inverse_factorial_8 = 0x1.a01a01a01a01ap-16;
inline constexpr double inverse_factorial_9 = 0x1.71de3a556c734p-19;
inline constexpr double inverse_factorial_10 = 0x1.27e4fb7789f5cp-22;

// (-1)^k/k, the coefficient of f^(k-2) in (f - ln(1+f))/f^2
inline constexpr DoubleDouble log_term_3 = {-0x1.5555555555555p-2, -0x1.5555555555555p-56};
inline constexpr DoubleDouble log_term_4 = {0x1.0000000000000p-2, 0};
inline constexpr DoubleDouble log_term_5 = {-0x1.999999999999ap-3, 0x1.999999999999ap-57};
inline constexpr DoubleDouble log_term_6 = {0x1.5555555555555p-3, 0x1.5555555555555p-57};
inline constexpr double log_term_7 = -0x1.2492492492492p-3;
inline constexpr double log_term_8 = 0x1.0000000000000p-3;
inline constexpr double log_term_9 = -0x1.c71c71c71c71cp-4;
inline constexpr double log_term_10 = 0x1.999999999999ap-4;
inline constexpr double log_term_11 = -0x1.745d1745d1746p-4;
inline constexpr double log_term_12 = 0x1.5555555555555p-4;

}  // namespace napier::fast
