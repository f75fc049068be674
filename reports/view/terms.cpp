// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "lib/target/pipe.hpp"
#include "props/subject/no_pattern.hpp"
#include "props/tally/short_figure.hpp"
#include "reports/view/errors.hpp"
#include "reports/view/figures.hpp"
#include "reports/view/step_chart.hpp"
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

std::string function_text(const TargetResult& target) {
  const Function* function = find_function(target.function);
  const std::string statement =
      function == nullptr ? "" : fmt::format(" = {}", function->statement);
  return target.function + statement + " in " + target.format;
}

std::string shape_text(const TargetResult& target) {
  if (const auto pipe = find_pipe(target.shape))
    return fmt::format("{}: {}", target.shape, words(*pipe));
  const Format* format = find_format(target.format);
  const Function* function = find_function(target.function);
  if (format == nullptr || function == nullptr) return target.shape;
  return target.shape + ": " + declaration(parse_shape(target.shape), *format, function->arity);
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
  if (!claim.is_piecewise()) parts.push_back(describe_domain(claim.domain));
  return joined(parts, "; ");
}

void say(std::vector<Term>& terms, std::string word, std::string meaning) {
  if (!meaning.empty()) terms.push_back({std::move(word), std::move(meaning)});
}

std::string known_text(const KnownIssue& issue) {
  const std::string mode =
      issue.rounding == Rounding::nearest ? "" : ", " + mode_text(issue.rounding);
  return fmt::format("{}{}{}: {} ({})", joined(issue.properties, ", "), mode,
                     issue.shows ? "" : " shows no more: take it off the list", issue.why,
                     issue.source);
}

/// "≥ 1.1e-16 at 0x1p+0, the largest of 3,712 calls; ≤ 1.2e-16 in the 1,000,000
/// calls judged, which is no bound".
std::string seen_text(const SeenError& error, std::string_view calls) {
  std::string text = fmt::format("≥ {} at {}, the largest of {} {}", short_below(error.at_least, 4),
                                 both_spellings(error.at), count_text(error.cases), calls);
  if (!std::isfinite(error.at_most)) return text;
  const double most = short_above(error.at_most, 4);
  const std::string judged = counted(error.judged, "call", "calls");
  return text + (error.is_of_every_call
                     ? fmt::format("; bound {}: all {} were judged", most, judged)
                     : fmt::format("; ≤ {} in the {} judged, which is no bound", most, judged));
}

/// "312 of 2,998 (10.4 %): arguments that are spread evenly …".
std::string misrounded_text(const Misrounded& counted) {
  return fmt::format(
      "{} of {} calls that are spread over the arguments; left out is where results are saturated "
      "or next to a fixed value",
      part_text(counted.misrounded, counted.cases), count_text(counted.cases));
}

/// " (3 at the precision cap undecided)", behind a name.
std::string left_open(const std::string& what) { return " (" + what + " undecided)"; }

}  // namespace

std::string describe_domain(const ClaimDomain& domain) {
  const auto interval = [](const Range& range) {
    return fmt::format("[{}, {}]", range.lo, range.hi);
  };
  std::vector<std::string> parts;
  if (domain.x != Range{}) parts.push_back("x in " + interval(domain.x));
  if (domain.y != Range{}) parts.push_back("y in " + interval(domain.y));
  if (domain.integer_exponent) parts.emplace_back("integer exponents only");
  return joined(parts, "; ");
}

std::vector<Term> target_terms(const TargetResult& target) {
  std::vector<Term> terms;
  say(terms, "function", function_text(target));
  if (target.shape != "scalar") say(terms, "shape", shape_text(target));
  say(terms, "claim", claim_text(target.claim));
  say(terms, "stated", target.claim.sentence);
  say(terms, "source", target.claim.source);
  if (target.expect) say(terms, "asked for", claim_text(*target.expect));
  say(terms, "object", target.object);
  say(terms, "method", target.method);
  if (target.relative)
    say(terms, "relative error", seen_text(*target.relative, "calls with a normal true value"));
  if (target.absolute) say(terms, "absolute error", seen_text(*target.absolute, "calls"));
  if (target.unsaturated) say(terms, "misrounded", misrounded_text(*target.unsaturated));
  if (target.steps) say(terms, "step", step_text(*target.steps));
  for (const Diagnosis& diagnosis : target.diagnoses)
    if (diagnosis.cause == no_pattern)
      say(terms, "cause", "unknown, no pattern: " + diagnosis.evidence);
  const std::vector<Term> remarks = remarks_on(target);
  terms.insert(terms.end(), remarks.begin(), remarks.end());
  return terms;
}

std::vector<Term> remarks_on(const TargetResult& target) {
  std::vector<Term> terms;
  for (const Diagnosis& diagnosis : target.diagnoses)
    if (diagnosis.cause != no_pattern)
      say(terms, "likely cause", diagnosis.cause + ": " + diagnosis.evidence);
  for (const std::string& what : target.contradictions) say(terms, "contradiction", what);
  for (const KnownIssue& issue : target.known_issues) say(terms, "known", known_text(issue));
  for (const std::string& note : target.notes) say(terms, "note", note);
  return terms;
}

std::vector<Term> state_terms(const TargetResult& target) {
  constexpr std::array<std::pair<Tone, const char*>, 4> states{{{Tone::refuted, "refuted"},
                                                                {Tone::inconclusive, "open"},
                                                                {Tone::stands, "stands"},
                                                                {Tone::measured, "measured"}}};
  // Of several modes, and of a sample and a search, the gravest tells.
  struct Known {
    std::string name, words;
    std::size_t gravity;
  };
  std::vector<Known> found;
  const auto note = [&](const std::string& name, Tone tone, const std::string& undecided) {
    const auto state = std::ranges::find(states, tone, &std::pair<Tone, const char*>::first);
    if (state == states.end()) return;
    const auto gravity = static_cast<std::size_t>(state - states.begin());
    const std::string words =
        name + (tone == Tone::inconclusive && !undecided.empty() ? left_open(undecided) : "");
    const auto known = std::ranges::find(found, name, &Known::name);
    if (known == found.end())
      found.push_back({name, words, gravity});
    else if (gravity < known->gravity)
      known->words = words, known->gravity = gravity;
  };
  std::vector<std::string> laws;
  for (const LawRow& law : target.laws) {
    note(law.number + " " + law.name, state_of(law),
         law.undecided > 0 ? count_text(law.undecided) : "");
    laws.push_back(law.name);
  }
  for (const Measurement& m : target.measurements)
    if (std::ranges::find(laws, m.property) == laws.end())
      note(m.property, state_of(m),
           m.undecided_cap + m.undecided_no_answer > 0 ? undecided_text(m) : "");
  std::vector<Term> terms;
  for (std::size_t gravity = 0; gravity < states.size(); ++gravity) {
    std::vector<std::string> names;
    for (const Known& known : found)
      if (known.gravity == gravity) names.push_back(known.words);
    say(terms, states[gravity].second, joined(names, ", "));
  }
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
