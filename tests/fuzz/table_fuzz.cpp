// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// A table of results. As it is, and with a right checksum put behind it: what is read is written
// down as it was read and read again as the same, with every call found; anything else is refused
// with std::invalid_argument in one line that names the file.
#include <stdexcept>

#include "audit/recorded_table.hpp"
#include "reports/store/sha256.hpp"
#include "tests/fuzz/fuzz.hpp"

namespace napier::fuzz {
namespace {

void check(const std::string& text) {
  std::shared_ptr<const RecordedResults> results;
  try {
    results = parse_table(text, "FILE");
  } catch (const std::invalid_argument& refusal) {
    const std::string_view words = refusal.what();
    require(words.starts_with("FILE") && words.find('\n') == words.npos,
            "a refusal is a line that names the file", text);
    return;
  }
  const std::string written = table_text(*results);
  require(table_text(*parse_table(written, "FILE")) == written,
          "what is written is read as what it was", text);
  for (const Call& call : results->calls)
    for (const Rounding rounding : results->roundings)
      require(results->at(call, rounding).has_value(), "every call is found", text);
}

}  // namespace
}  // namespace napier::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(napier::fuzz::text_of(data, size));
  napier::fuzz::check(text);
  const std::string above = text.substr(0, text.rfind("sha256 "));
  napier::fuzz::check(above + "sha256 " + napier::sha256(above) + "\n");
  return 0;
}
