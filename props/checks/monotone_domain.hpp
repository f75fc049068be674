// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include "props/domain/domain.hpp"

namespace napier {

/// Where monotony is asked: the encodings on both sides of the places at which implementations
/// switch (the ends of the range, 0, integers, powers of two, edges of table cells in x and in
/// x·ln a), and arguments so small that results hardly grow. Points are (x), or (base, exponent).
Domain monotone_domain(const Subject& subject);

}  // namespace napier
