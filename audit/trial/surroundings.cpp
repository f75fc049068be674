// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "audit/trial/surroundings.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "audit/isolation/child_caller.hpp"
#include "audit/trial/value_beside.hpp"
#include "lib/target/pipe.hpp"
#include "props/property/askable.hpp"
#include "reports/text.hpp"
#include "reports/view/figures.hpp"
#include "reports/view/not_asked.hpp"

namespace napier {

void note_surroundings(const Target& target, const CampaignOptions& options, const Caller& caller,
                       TargetResult& result, TrialRecord& record) {
  judge_value_beside(target, options, result);
  if (std::string unasked = promises_unasked(target); !unasked.empty())
    result.notes.push_back(std::move(unasked));
  if (std::string unasked = laws_unasked(target); !unasked.empty())
    result.notes.push_back(std::move(unasked));
  for (const Rounding rounding : options.roundings)
    if (is_process(target.shape) && rounding != Rounding::nearest)
      result.notes.push_back(fmt::format(
          "Not asked in the rounding mode {}: a process rounds as it likes", name(rounding)));
  if (is_process(target.shape))
    record.commands = true;
  else if (const auto* child = dynamic_cast<const ChildCaller*>(&caller))
    (child->arrival().filtered ? record.filtered : record.unfiltered) = true;
}

void note_not_asked(const Property& property, const std::string& why, TargetResult& result) {
  if (why == no_value_beside_it) return;
  std::string note = fmt::format("{}{} ({})", not_asked_note, property.name, why);
  if (std::ranges::find(result.notes, note) == result.notes.end())  // once for all modes
    result.notes.push_back(std::move(note));
}

void note_part_of_table(const Target& target, TargetResult& result) {
  const Twin* const twin = target.twin_of(target.claim);
  if (twin == nullptr || !twin->recorded) return;
  const auto in_domain = static_cast<std::uint64_t>(std::ranges::count_if(
      twin->recorded->calls,
      [&](const Call& call) { return covers(target.claim.domain, call.x, call.y); }));
  for (const Measurement& m : result.measurements) {
    const Property* property = known_property(m.property);
    const bool compares = property != nullptr && property->family == Family::equality;
    if (!compares || m.strength == Strength::searched || m.cases >= in_domain) continue;
    result.notes.push_back(fmt::format(
        "Of the {} recorded calls {} compared, {}: a higher --effort or --cases {} compares all",
        count_text(in_domain), m.cases == 1 ? "1 was" : count_text(m.cases) + " were",
        mode_text(m.rounding), in_domain));
  }
}

void remember_words(const std::vector<Caller*>& callers, const TargetResult& result,
                    TrialRecord& record) {
  if (!find_pipe(result.shape)) return;
  for (const Caller* caller : callers) {
    const auto* child = dynamic_cast<const ChildCaller*>(caller);
    if (child == nullptr) continue;
    const std::string& printed = child->printed().first_line;
    if (printed.empty() && child->wrong().empty()) continue;
    const std::string who = one_line(result.name);
    if (!printed.empty()) record.words.push_back(fmt::format("{} printed: {}", who, printed));
    if (!child->wrong().empty()) record.words.push_back(fmt::format("{}: {}", who, child->wrong()));
    return;
  }
}

}  // namespace napier
