// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// A claim as people write it, after a line that names the function and one that names the format.
// What is read says the same again, in one line, and its promises have claim sets; anything else is
// refused with std::invalid_argument, in one line.
#include <algorithm>
#include <stdexcept>

#include "lib/target/claim_grammar.hpp"
#include "lib/target/claim_set.hpp"
#include "tests/fuzz/fuzz.hpp"

namespace napier::fuzz {
namespace {

const Function& function_of(std::string_view name) {
  const Function* found = find_function(name);
  return found != nullptr ? *found : functions::exp;
}
const Format& format_of(std::string_view name) {
  const Format* found = find_format(name);
  return found != nullptr ? *found : binary32;
}

void check_sets(const Claim& claim, const Format& format) {
  for (const Rounding rounding : all_roundings)
    for (const AccuracyClaim& says : accuracy_claims(claim, rounding))
      for (const Float y : {zero(format), min_subnormal(format), power_of_two(format, 0),
                            max_finite(format, true), infinity(format)}) {
        const ClaimSet set = claim_set(y, says, claim, rounding, y);
        const bool in_order = !set.lo || !set.hi || compare(*set.lo, *set.hi) <= 0;
        require(in_order, "a claim set begins before it ends", claim.sentence);
        if (is_infinite(y) || set.empty) continue;
        const Dyadic value = exact_value(y);
        require(
            (!set.lo || compare(*set.lo, value) <= 0) && (!set.hi || compare(value, *set.hi) <= 0),
            "a result is possible for itself", claim.sentence);
      }
}

void check_claim(std::string_view text, const Function& function, const Format& format) {
  Claim claim;
  try {
    claim = parse_claim(text, function, format);
  } catch (const std::invalid_argument& refusal) {
    const std::string_view why = refusal.what();
    require(!why.empty() && why.find('\n') == why.npos, "a refusal is one line", why);
    return;
  }
  require(claim.sentence.find('\n') == std::string::npos, "a sentence is one line", text);
  require(!describe(claim).empty(), "a claim has words", text);
  const Claim again = parse_claim(claim.sentence, function, format);
  require(again.sentence == claim.sentence, "a sentence stays as it is", claim.sentence);
  require(describe(again) == describe(claim), "a sentence says the same again", claim.sentence);
  require(again.domain == claim.domain, "… where it holds, too", claim.sentence);
  check_sets(claim, format);
}

}  // namespace
}  // namespace napier::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace napier::fuzz;
  constexpr std::size_t longest = 512;
  std::string_view rest = text_of(data, std::min(size, longest));
  const std::string_view function = next_line(rest), format = next_line(rest);
  check_claim(rest, function_of(function), format_of(format));
  return 0;
}
