// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "reports/store/claim_read.hpp"

#include <cmath>

#include "lib/fp/native.hpp"
#include "lib/target/claim_grammar.hpp"

namespace napier {
namespace {

/// The decimal that was stated, if the limit is that of it; else the limit itself.
Decimal stated_bound(const std::string& stated, const Dyadic& limit, const Format& format) {
  try {
    const UlpLimit read = parse_limit(stated, format);
    if (compare(read.limit, limit) == 0) return read.exact;
  } catch (const std::invalid_argument&) {  // no decimal, or one of too many digits
  }
  return Decimal::of(limit);
}

std::optional<UlpLimit> limit(const JsonNode& node, const Format& format) {
  if (node.is_null()) return std::nullopt;
  // Limits are dyadics of at most 60 bits before the point and 40 behind: binary128 holds them.
  const Float held = node["limit"].datum(binary128);
  if (!is_finite(held) || is_negative(held)) node["limit"].refuse("is not a limit of an error");
  const Dyadic limit = exact_value(held).reduced();
  if (!limit.is_zero() && limit.exponent < -claim_fraction_bits(format))
    node["limit"].refuse("has more places than a limit has in " + std::string(format.name));
  const std::string stated = node["stated"].text();
  return UlpLimit(
      stated,
      node["metric"].choice<Metric>({{"exact", Metric::exact}, {"rounded", Metric::rounded}}),
      {limit, stated_bound(stated, limit, format)});
}

Range interval(const JsonNode& node) {
  const auto ends =
      node.list([](const JsonNode& end) { return to_native<double>(end.datum(binary64)); });
  // NaN is neither, and an infinite end is that of a half line.
  if (ends.size() != 2 || !(ends[0] <= ends[1]) || (ends[0] == ends[1] && std::isinf(ends[0])))
    node.refuse("is not an interval that holds a number");
  return {ends[0], ends[1]};
}

/// What no other key says of a claim: a sentence that reads.
Claim stated_claim(const JsonNode& node, const Format& format, std::string_view function) {
  const Function* known = find_function(function);
  try {
    return parse_claim(node.text(), known != nullptr ? *known : functions::exp, format);
  } catch (const std::invalid_argument& refusal) {
    node.refuse(std::string("is no claim: ") + refusal.what());
  }
}

}  // namespace

Claim claim_of(const JsonNode& node, const Format& format, std::string_view function) {
  Claim claim;
  claim.max_ulp = limit(node["max_ulp"], format);
  claim.max_ulp_directed = limit(node["max_ulp_directed"], format);
  claim.correctly_rounded = node["correctly_rounded"].flag();
  claim.faithful = node["faithful"].flag();
  claim.special_values = node["special_values"].flag();
  claim.monotone = node["monotone"].flag();
  claim.flags = node["flags"].flag();
  claim.errno_values = node["errno"].flag();
  if (node["flush_subnormals"].flag()) claim.flushing = Flushing::may();
  const JsonNode domain = node["domain"];
  claim.domain = {interval(domain["x"]), interval(domain["y"]), domain["integer_exponent"].flag()};
  claim.source = node["source"].text();
  if (node.has("sentence")) {
    claim.sentence = node["sentence"].text();
    const Claim stated = stated_claim(node["sentence"], format, function);
    claim.promises = stated.promises;
    claim.statistics = stated.statistics;
    claim.equals = stated.equals;
    claim.early_overflow = stated.early_overflow;
    if (!claim.flushing.any()) claim.flushing = stated.flushing;
  }
  return claim;
}

}  // namespace napier
