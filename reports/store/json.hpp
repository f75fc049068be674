// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string>
#include <string_view>

#include "reports/report.hpp"

// A report as JSON and back: docs/report.schema.json says what stands in it.
//
// Ulp figures are numbers as they are (the enclosure's ends were rounded outward when they were
// measured), infinity is the string "inf"; data of a format are strings as to_hex spells them.
// Every number survives the way there and back bit for bit.
namespace napier {

/// The report as a file holds it: indented, keys in a fixed order, with its digest, newline at
/// the end. Bytes that are no UTF-8, in the path of a target for one, are spelled \xNN
/// (utf8_of in reports/text.hpp) and read back as they were.
std::string json_text(const Report& report);

/// Reads what json_text writes.
///
/// Throws std::runtime_error, in one line, for text that is no JSON, no report of ours, of another
/// schema version, that lacks a field or holds something else there (it says where), or whose
/// digest is not that of its contents.
Report report_from_json(std::string_view text);

/// SHA-256, in 64 hex digits, over the canonical text of what was found: the object of `oracles`
/// and `targets`, in that order, as json_text writes them but without blanks between the tokens,
/// and without the findings that are not repeatable. Equal runs have equal digests, for any number
/// of threads.
std::string digest(const Report& report);

}  // namespace napier
