// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include <fmt/format.h>

#include <algorithm>

#include "reports/view/figures.hpp"
#include "reports/view/view.hpp"

namespace napier {
namespace {

std::string joined(const std::vector<std::string>& parts, std::string_view separator) {
  std::string text;
  for (const std::string& part : parts) {
    if (part.empty()) continue;
    if (!text.empty()) text += separator;
    text += part;
  }
  return text;
}

/// "1,000,000 of binary64 for accuracy, returns; 10,000 for product, tower".
std::string budgets_text(const std::vector<Budget>& budgets) {
  std::vector<std::pair<std::string, std::string>> groups;  // the number of cases, and for what
  for (const Budget& budget : budgets) {
    const std::size_t mark = std::min(budget.property.find(':'), budget.property.size());
    const std::string format =
        mark < budget.property.size() ? " of " + budget.property.substr(mark + 1) : "";
    const std::string cases = count_text(budget.cases) + format + " for ";
    const std::string property = budget.property.substr(0, mark);
    const auto group = std::ranges::find(groups, cases, &decltype(groups)::value_type::first);
    if (group == groups.end())
      groups.emplace_back(cases, property);
    else
      group->second += ", " + property;
  }
  std::vector<std::string> parts;
  for (const auto& [cases, properties] : groups) parts.push_back(cases + properties);
  return joined(parts, "; ");
}

std::string function_text(const TargetResult& target) {
  const Function* function = find_function(target.function);
  const std::string statement =
      function == nullptr ? "" : fmt::format(" = {}", function->statement);
  return target.function + statement + " in " + target.format;
}

std::string interval_text(const Range& range) {
  return fmt::format("[{:g}, {:g}]", range.lo, range.hi);
}

std::string claim_text(const Claim& claim) {
  std::vector<std::string> parts{describe(claim)};
  for (const Rounding rounding : {Rounding::nearest, Rounding::up}) {
    const auto& limit = rounding == Rounding::nearest ? claim.max_ulp : claim.max_ulp_directed;
    if (!limit || limit->metric != Metric::rounded) continue;
    parts.push_back(fmt::format(
        "{} ulp from the rounded value is at most {} ulp from the true one", limit->stated,
        2 * to_double(limit->limit) + to_double(most_of_rounding(rounding))));
  }
  if (claim.domain.x != Range{}) parts.push_back("x in " + interval_text(claim.domain.x));
  if (claim.domain.y != Range{}) parts.push_back("y in " + interval_text(claim.domain.y));
  if (claim.domain.integer_exponent) parts.emplace_back("integer exponents only");
  return joined(parts, "; ");
}

void say(std::vector<Term>& terms, std::string word, std::string meaning) {
  if (!meaning.empty()) terms.push_back({std::move(word), std::move(meaning)});
}

}  // namespace

std::vector<Term> target_terms(const TargetResult& target) {
  std::vector<Term> terms;
  say(terms, "function", function_text(target));
  say(terms, "claim", claim_text(target.claim));
  say(terms, "source", target.claim.source);
  say(terms, "method", target.method);
  for (const std::string& what : target.contradictions) say(terms, "contradiction", what);
  for (const std::string& note : target.notes) say(terms, "note", note);
  return terms;
}

std::vector<Term> oracle_terms(const OracleAgreement& oracles) {
  std::vector<Term> terms;
  for (const OracleNote& note : oracles.oracles)
    say(terms, "oracle", note.name + ": " + note.bound);
  say(terms, "agreement",
      oracles.disagreed > 0
          ? fmt::format("THE ORACLES CONTRADICT EACH OTHER at {} of {} points: no verdict of this "
                        "report can be relied on",
                        count_text(oracles.disagreed),
                        count_text(oracles.agreed + oracles.disagreed))
      : oracles.agreed > 0
          ? "the oracles agree at all of " + counted(oracles.agreed, "point", "points")
          : "not compared in this run");
  return terms;
}

std::vector<Term> provenance_terms(const Provenance& p, const std::string& digest) {
  std::vector<Term> terms;
  say(terms, "seed", std::to_string(p.seed));
  say(terms, "effort", p.effort);
  say(terms, "budgets", budgets_text(p.budgets));
  if (p.shard.count != 1)
    say(terms, "shard", fmt::format("{} of {}, counted from 0", p.shard.index, p.shard.count));
  for (const std::string& note : p.notes) say(terms, "note", note);
  say(terms, "napier", joined({p.version, p.commit.empty() ? "" : "(" + p.commit + ")"}, " "));
  say(terms, "built", joined({p.compiler, p.flags}, ", "));
  const std::string simd = p.simd.empty() ? "" : "filters by " + p.simd;
  say(terms, "machine", joined({p.cpu_level, p.libm, simd}, ", "));
  say(terms, "digest", digest);
  return terms;
}

}  // namespace napier
