// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "cli/claim_options.hpp"

#include <fmt/format.h>

#include <cmath>
#include <stdexcept>

#include "reports/text.hpp"

namespace napier::cli {
namespace {

Range parse_range(const std::string& whole, const std::string& text) {
  const auto refuse = [&] {
    throw std::invalid_argument("--domain '" + whole +
                                "' is no interval: write LO,HI, for pow x=LO,HI (base) or "
                                "y=LO,HI (exponent)");
  };
  const auto number = [&](const std::string& part) {
    std::size_t used = 0;
    double value = 0;
    try {
      value = std::stod(part, &used);
    } catch (const std::logic_error&) {
      refuse();
    }
    if (used != part.size() || std::isnan(value)) refuse();
    return value;
  };
  const auto comma = text.find(',');
  if (comma == std::string::npos) refuse();
  const Range range{number(text.substr(0, comma)), number(text.substr(comma + 1))};
  if (!(range.lo <= range.hi)) refuse();
  return range;
}

}  // namespace

void ClaimOptions::add_to(CLI::App& command) {
  const auto group = "Claim of a so: target";
  command.add_option("--function", function, "what it computes: exp, expm1, pow, d_exp, …")
      ->group(group);
  command
      .add_option("--format", format,
                  "binary16, bfloat16, binary32, binary64, binary80 or binary128")
      ->group(group);
  command.add_option("--max-ulp", max_ulp, "at most K ulp from the true value, to nearest")
      ->group(group);
  command.add_option("--max-ulp-directed", max_ulp_directed, "at most K ulp in up, down and zero")
      ->group(group);
  command
      .add_flag("--correctly-rounded", correctly_rounded, "bit for bit, in every mode asked for")
      ->group(group);
  command.add_flag("--faithful", faithful, "one of the two neighbours of the true value")
      ->group(group);
  command.add_flag("--special-values", special_values, "the values of C23 Annex F")->group(group);
  command
      .add_flag("--monotone", monotone, "neighbouring arguments give ordered results, to nearest")
      ->group(group);
  command.add_flag("--flags", flags, "overflow, divide-by-zero and invalid as Annex F says")
      ->group(group);
  command.add_flag("--errno", errno_values, "ERANGE on overflow and pole, EDOM on a domain error")
      ->group(group);
  command.add_flag("--strict", strict, "--monotone --special-values --flags --errno")->group(group);
  command.add_flag("--flush-subnormals", flush_subnormals, "subnormals may be read and given as 0")
      ->group(group);
  command.add_option("--domain", domains, "[x=|y=]LO,HI: where the claim holds")->group(group);
}

std::vector<std::string> ClaimOptions::words() const {
  std::vector<std::string> words;
  const auto value = [&words](const char* option, const std::optional<std::string>& given) {
    if (given) words.insert(words.end(), {option, *given});
  };
  const auto flag = [&words](const char* option, bool given) {
    if (given) words.emplace_back(option);
  };
  value("--function", function);
  value("--format", format);
  value("--max-ulp", max_ulp);
  value("--max-ulp-directed", max_ulp_directed);
  flag("--correctly-rounded", correctly_rounded);
  flag("--faithful", faithful);
  flag("--special-values", special_values);
  flag("--monotone", monotone);
  flag("--flags", flags);
  flag("--errno", errno_values);
  flag("--strict", strict);
  flag("--flush-subnormals", flush_subnormals);
  for (const std::string& domain : domains) words.push_back("--domain=" + domain);
  return words;
}

std::string ClaimOptions::text() const {
  std::string line;
  for (const std::string& word : words()) line += (line.empty() ? "" : " ") + shell_word(word);
  return line;
}

std::string ClaimOptions::first_given() const {
  const std::vector<std::string> given = words();
  return given.empty() ? "" : given.front().substr(0, given.front().find('='));
}

Claim ClaimOptions::claim(const Format& of) const {
  const auto limit = [&](const char* option, const std::string& text, bool directed) {
    try {
      return parse_limit(text, of, directed);
    } catch (const std::invalid_argument& error) {
      throw std::invalid_argument(fmt::format("{}: {}", option, error.what()));
    }
  };
  Claim claim;
  if (max_ulp) claim.max_ulp = limit("--max-ulp", *max_ulp, false);
  if (max_ulp_directed)
    claim.max_ulp_directed = limit("--max-ulp-directed", *max_ulp_directed, true);
  claim.correctly_rounded = correctly_rounded;
  claim.faithful = faithful;
  claim.special_values = special_values || strict;
  claim.monotone = monotone || strict;
  claim.flags = flags || strict;
  claim.errno_values = errno_values || strict;
  claim.flush_subnormals = flush_subnormals;
  for (const std::string& domain : domains) {
    const bool exponent = domain.starts_with("y=");
    const bool named = exponent || domain.starts_with("x=");
    (exponent ? claim.domain.y : claim.domain.x) =
        parse_range(domain, named ? domain.substr(2) : domain);
  }
  if (claim.anything()) claim.source = "the command line";
  return claim;
}

}  // namespace napier::cli
