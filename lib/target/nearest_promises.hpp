// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace napier {

/// What may be meant by a word that begins none of these promises, as the end of a sentence:
/// "; nearest: 'ulp <= K'"; or, where nothing is near, where all are told.
std::string nearest_promises(std::string_view word, std::span<const std::string_view> patterns);

}  // namespace napier
