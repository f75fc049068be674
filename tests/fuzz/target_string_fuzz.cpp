// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// What names a target on a command line: so:PATH#SYMBOL or a glob, its --function, its --format and
// its --max-ulp, a line each. What is read says the same again; anything else is refused with
// std::invalid_argument; nothing is opened.
#include <algorithm>
#include <stdexcept>

#include "audit/target_string.hpp"
#include "lib/target/catalogue.hpp"
#include "lib/target/claim.hpp"
#include "tests/fuzz/fuzz.hpp"

namespace napier::fuzz {
namespace {

/// Calls it; false if it is refused as it may be.
template <class Read>
bool is_read(Read read) {
  try {
    read();
    return true;
  } catch (const std::invalid_argument& refusal) {
    require(refusal.what()[0] != '\0', "a refusal says why");
    return false;
  }
}

void check_shared_object(const std::string& text, const SharedObjectOptions& options) {
  SharedObject object;
  const bool parsed = is_read([&] { object = parse_shared_object(text); });
  if (parsed) {
    require(object.name() == text, "a shared object prints as it was read", text);
    require(!object.path.empty() && !object.symbol.empty(), "path and symbol are there", text);
    require(object.symbol.find('#') == std::string::npos, "the last # splits", text);
    const WellKnown known = well_known(object.symbol);
    require((known.function == nullptr) == (known.format == nullptr), "a name tells both or none",
            text);
  }
  SharedObjectTarget made;
  if (!is_read([&] { made = shared_object_target(text, options); })) return;
  require(parsed, "a target needs a shared object", text);
  require(made.target.name == text, "a target is named as it was written", text);
  require(made.target.function != nullptr && made.target.format != nullptr, "it is known", text);
  require(!options.function || made.target.function->name == *options.function, "as told", text);
  require(!options.format || made.target.format->name == *options.format, "as told", text);
  require(!made.target.in_process, "it is called in a process of its own", text);
}

void check_glob(const std::string& text) {
  const auto matches = catalogue().match(text);
  if (const Target* named = catalogue().find(text))
    require(matches.size() == 1 && matches.front() == named, "a name matches itself alone", text);
  if (text.find('*') == std::string::npos)
    require(std::ranges::all_of(
                matches, [&](const Target* target) { return target->name.starts_with(text); }),
            "without a star it is a name, but for the format", text);
  constexpr std::size_t longest = 48;  // the time goes with the product of the lengths
  require(catalogue().nearest(text.substr(0, longest)).size() <= 3, "a few names are near", text);
}

void check_limit(const std::string& text) {
  UlpLimit limit = parse_limit("0", binary64);
  if (!is_read([&] { limit = parse_limit(text, binary64); })) return;
  require(limit.stated == text, "a limit is stated as it was written", text);
  require(text.find_first_of("0123456789") != std::string::npos, "a limit has digits", text);
  require(limit.limit.sign() >= 0, "a limit is not negative", text);
  require(compare(parse_limit(limit.stated, binary64).limit, limit.limit) ==
              std::strong_ordering::equal,
          "it is read as the same again", text);
}

/// As a program is given it: no word holds a NUL.
std::string word(std::string_view line) { return std::string(line.substr(0, line.find('\0'))); }

}  // namespace
}  // namespace napier::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace napier::fuzz;
  constexpr std::size_t longest = 512;  // a few words of a command line, not a book
  std::string_view rest = text_of(data, std::min(size, longest));
  const std::string text = word(next_line(rest));
  const std::string function = word(next_line(rest));
  const std::string format = word(next_line(rest));
  napier::SharedObjectOptions options;
  if (!function.empty()) options.function = function;
  if (!format.empty()) options.format = format;
  check_shared_object(text, options);
  check_glob(text);
  check_limit(word(rest));
  return 0;
}
