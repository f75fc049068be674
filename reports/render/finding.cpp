// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "lib/fp/hexfloat.hpp"
#include "reports/render/figures.hpp"
#include "reports/render/view.hpp"

namespace napier {
namespace {

/// CONTRACT's hygiene: nobody has to claim it.
bool demanded_of_everyone(const Finding& finding) {
  constexpr std::array hygiene{"returns", "deterministic", "threads", "environment"};
  return std::ranges::find(hygiene, finding.property) != hygiene.end();
}

std::string words_of(const Finding& finding) {
  return finding.claimed.empty() ? finding.property : finding.claimed;
}

bool has_distance(const Witness& witness) { return witness.got && witness.ulp.hi.value > 0; }

}  // namespace

std::string promise(const Finding& finding) {
  const std::string words = words_of(finding);
  if (demanded_of_everyone(finding)) return "demanded of everyone: " + words;
  return (finding.basis == Basis::claim ? "claimed " : "asked for ") + words;
}

std::string charged(const Finding& finding) {
  const std::string law = finding.law.empty() ? "" : "law " + finding.law + " ";
  const std::string mode = finding.rounding == Rounding::nearest
                               ? ""
                               : fmt::format(", rounding {},", name(finding.rounding));
  return law + finding.property + mode;
}

std::string charge(const Finding& finding) {
  const std::string words = words_of(finding);
  const std::string cases = counted(finding.count, "case", "cases");
  if (demanded_of_everyone(finding))
    return fmt::format("fails in {} what is demanded of everyone: {}", cases, words);
  return finding.basis == Basis::claim
             ? fmt::format("breaks its claim of {} in {}", words, cases)
             : fmt::format("falls short of what this audit asks, {}, in {}", words, cases);
}

std::string sentence(const Finding& finding, const Witness& witness, const Claim& claim) {
  std::string text = "at " + arguments_text(witness.inputs) + ": ";
  if (!witness.got) return text + "no answer";
  text += (finding.law.empty() ? "got " : "a call gave ") + to_hex(*witness.got);
  if (witness.want) text += ", right is " + to_hex(*witness.want);
  if (has_distance(witness))
    text += ", off by " + ulp_text(witness.ulp, landmarks(claim, finding.rounding));
  return text;
}

Table witness_table(const Finding& finding, const Claim& claim) {
  Table table{{{"", {}},
               {"at", {}},
               {finding.law.empty() ? "got" : "the call to blame gave", {}},
               {"right", {}},
               {"error", {}, true}},
              {}};
  const auto datum = [](const std::optional<Float>& x, const char* absent) -> Cell {
    return x ? Cell{to_hex(*x), Tone::plain, true} : Cell{absent, Tone::quiet};
  };
  const auto add = [&](const char* which, const Witness& witness) {
    const std::string error =
        has_distance(witness) ? ulp_text(witness.ulp, landmarks(claim, finding.rounding)) : "–";
    table.rows.push_back({{{which},
                           {arguments_text(witness.inputs), Tone::plain, true},
                           datum(witness.got, "no answer"),
                           datum(witness.want, "–"),
                           {error}},
                          {}});
  };
  if (same_case(finding)) {
    add("witness", finding.worst);
  } else {
    add("smallest", finding.smallest);
    add("worst", finding.worst);
  }
  return table;
}

bool same_case(const Finding& finding) {
  return finding.smallest.inputs == finding.worst.inputs &&
         finding.smallest.got == finding.worst.got;
}

}  // namespace napier
