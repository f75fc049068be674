// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "audit/candidate.hpp"
#include "audit/target_string.hpp"

// Many targets at once: what a file names, what a library exports. Nothing is opened or run here.
namespace napier {

/// Is it the name of a manifest, FILE.toml?
bool is_manifest(std::string_view text);

/// Who a manifest names (docs/manifests.md), each with its claim and what is expected of it. Paths
/// are seen from the manifest's folder. What is not on this machine is `absent`; a target that the
/// manifest itself is wrong about is refused.
///
/// Throws std::invalid_argument with one line that has file, line and key; std::runtime_error
/// where a file can't be read.
std::vector<Candidate> manifest_candidates(const std::string& file, const Patience& patience = {});

/// Does it name a library, or several functions of one: lib.so, so:PATH#GLOB?
bool is_library(std::string_view text);

/// The functions of a library that a glob names and whose names tell what they compute, or, for a
/// file alone, all of them. Throws std::invalid_argument with one line where there is none, and
/// std::runtime_error where there is no such library.
std::vector<std::string> library_targets(std::string_view text);
/// Which functions were passed over there, as their names don't tell what they compute, and how to
/// have them tried, in a line; empty if there is none. Throws as library_targets() does.
std::string passed_over(std::string_view text);

}  // namespace napier
