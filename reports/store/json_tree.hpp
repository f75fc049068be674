// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "reports/report.hpp"

// The report as a tree of JSON values: between the text and the model, for this layer alone.
namespace napier {

/// Keys stay in the order in which they are written, which makes the text canonical.
using Json = nlohmann::ordered_json;

/// The whole report, its digest included. A figure that is NaN or negative infinity is a broken
/// contract (asserted).
Json to_json(const Report& report);

/// The text of a tree: indented by two, or without any blank.
std::string spelled(const Json& tree, bool indented);

/// The digest of a report's `oracles` and `targets`, as trees.
std::string digest(const Json& oracles, const Json& targets);
/// A second sum, of all that a report holds but itself: provenance, findings that don't repeat and
/// times are in no digest, and are not to be edited either.
std::string seal(Json tree);

}  // namespace napier
