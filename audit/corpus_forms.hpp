// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "audit/corpus.hpp"

// Corpora in forms of their own: encodings in place of numbers, intervals in place of cases.
namespace napier {

/// NumPy's validation sets: dtype,input,output,ulperrortol and np.float32,0x3f800000,0x402df854,4.
bool is_head_of_validation_set(const std::vector<std::string>& words);
std::optional<CorpusLine> validation_case(const std::vector<std::string>& words);

/// Is it a C source with lines as TEST_INTERVAL (V_NAME_F1 (exp), 0, 0xffff0000, 10000)?
bool is_source_of_intervals(std::string_view text);
/// Those lines of it. 0x… without a p is an encoding, and a sign before it flips the sign bit.
std::vector<CorpusLine> intervals_of(std::string_view text);

/// Has an encoded line as many arguments as a target?
bool is_for(const CorpusLine& line, const Target& target);
/// The points of an encoded line.
void add_encoded(const CorpusLine& line, std::vector<Point>& points);

}  // namespace napier
