// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>

#include "lib/exponential/encoding.hpp"

namespace napier::shelf {

/// e^r = 1 + r + r²·(tail[0] + tail[1]·r + …) for |r| ≤ ln2/2, by scripts/cody_waite.sollya.
template <Working T>
inline constexpr std::array<T, 0> minimax_tail{};

template <>
inline constexpr std::array minimax_tail<double>{
    0x1p-1,
    0x1.5555555555559p-3,
    0x1.555555555554dp-5,
    0x1.111111110f64bp-7,
    0x1.6c16c16c1abp-10,
    0x1.a01a01b00a51ep-13,
    0x1.a01a018e11ccep-16,
    0x1.71ddf7f82aab8p-19,
    0x1.27e51326d019bp-22,
    0x1.af5f5df40c068p-26,
    0x1.1f1a6d95b5c8ep-29,
};  // within 2^-63.0

template <>
inline constexpr std::array minimax_tail<float>{
    0x1p-1f, 0x1.555554p-3f, 0x1.5554fp-5f, 0x1.111306p-7f, 0x1.6d4386p-10f, 0x1.9e0c94p-13f,
};  // within 2^-32.4

}  // namespace napier::shelf
