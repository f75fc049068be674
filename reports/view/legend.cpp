// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include <array>

#include "reports/view/view.hpp"

namespace napier {

std::span<const Term> truth_values() {
  static const std::array<Term, 3> terms{{
      {"consistent",
       "The results fit the claim: some true values that the claim allows agree with this case. "
       "It proves nothing beyond that; how sharp the case was is its resolution."},
      {"refuted",
       "A proof that some call broke the claim: the enclosures of both sides are disjoint, and the "
       "reference oracle confirmed it. No tolerance is involved."},
      {"undecided",
       "Neither could be shown: the precision cap was reached, or a call did not return. Counted, "
       "and never taken for consistent."},
  }};
  return terms;
}

std::span<const Term> verdict_meanings() {
  static const std::array<Term, 7> terms{{
      {"refuted",
       "At least one case proves that a claim is false, or that the target breaks what is required "
       "of every target."},
      {"failed", "The target could not be audited."},
      {"inconclusive",
       "Something that was to be judged decided no case, or left more than one case in a million "
       "undecided (of an exhaustive run: any)."},
      {"known",
       "Refuted, and every finding is on the list of known issues, within the limits given there. "
       "It does not fail the run; a known issue that shows no more does."},
      {"stands", "Everything claimed was judged and nothing refuted it."},
      {"measured", "Nothing was claimed, so nothing was judged; the figures are reported."},
      {"not installed", "What a manifest names is not on this machine: nothing is said of it."},
  }};
  return terms;
}

std::span<const Term> column_meanings() {
  static const std::array<Term, 9> terms{{
      {"cases", "How many times the property was asked."},
      {"refuted", "Cases that prove some call broke its claim."},
      {"undecided", "Cases in which neither could be shown."},
      {"vacuous",
       "Cases that could have refuted nothing, because the claim allows every result there."},
      {"resolution",
       "The fault, in ulps of the true value, that the median case would have refuted: the "
       "smaller, "
       "the sharper the law looked."},
      {"share",
       "The largest part of what the claim allows that any case used up. Beyond 100 % it is "
       "refuted."},
      {"a user sees",
       "How far apart both sides come out, in ulps, when they are computed in working precision, "
       "rounded arguments and all. Large values are no fault of the target. The largest seen."},
      {"misrounded",
       "Results that are not the true value rounded in the mode under test. A search goes where "
       "errors are large: its share says nothing of all arguments."},
      {"largest error",
       "In ulps. A bound: no argument of the domain has a larger one, since all were tried. "
       "With ≥: the largest observed; others may be larger."},
  }};
  return terms;
}

}  // namespace napier
