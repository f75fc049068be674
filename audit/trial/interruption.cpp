// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "audit/trial/interruption.hpp"

#include "audit/trial/rows.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace napier {

void Interruption::add(std::vector<std::string>& names, const Property& property,
                       Rounding rounding) {
  std::string said(property.name);
  if (rounding != Rounding::nearest) said += fmt::format(" (rounding {})", name(rounding));
  if (std::ranges::find(names, said) == names.end()) names.push_back(std::move(said));
}

std::string Interruption::note() const {
  if (!happened()) return {};
  std::string words = "The audit was interrupted: ";
  if (!cut_short_.empty()) words += fmt::format("cut short {}", fmt::join(cut_short_, ", "));
  if (!cut_short_.empty() && !left_out_.empty()) words += "; ";
  if (!left_out_.empty()) words += fmt::format("not tried {}", fmt::join(left_out_, ", "));
  return words;
}

void add_missing_laws(TargetResult& result, Rounding rounding, std::string_view why) {
  for (const Property& property : all_properties()) {
    if (property.law.empty() ||
        std::ranges::find(result.laws, property.law, &LawRow::number) != result.laws.end())
      continue;
    LawRow row;
    row.number = property.law;
    row.name = property.name;
    row.statement = property.statement;
    row.rounding = rounding;
    row.not_applicable = why;
    result.laws.push_back(std::move(row));
  }
  std::ranges::stable_sort(result.laws, {}, &LawRow::number);
}

TargetResult untried(const Candidate& candidate) {
  TargetResult result = result_for(candidate);
  result.verdict = TargetVerdict::inconclusive;
  result.partial = true;
  result.notes.emplace_back("The audit was interrupted before this target was tried");
  add_missing_laws(result, Rounding::nearest, not_tried);
  return result;
}

}  // namespace napier
