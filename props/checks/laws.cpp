// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "props/law/law_block.hpp"
#include "props/law/law_domain.hpp"
#include "props/law/law_judge.hpp"
#include "props/property/internal_error.hpp"
#include "props/property/property.hpp"

namespace napier {
namespace {

bool is_judged(const LawReadings& law, const Subject& subject) {
  return !subject.promises(Role::target).empty() &&
         (!law.direct || !subject.promises(Role::primal).empty());
}

bool serves_blocks(const LawReadings& law, const Subject& subject) {
  // Of an outer power, (a^x)^y, the base is a result, that may lie outside the claim's domain.
  const bool outer = law.shape == PointShape::product && subject.has_base_argument();
  const auto& pieces = subject.pieces(Role::target);
  const bool everywhere = pieces.size() == 1 && pieces.front().on == ClaimDomain{};
  if (law.block.read == nullptr || (outer && !everywhere)) return false;
  return LawBlock::serves(subject, law.shape);
}

Verdict judge(const LawReadings& law, const Subject& subject, const Point& point,
              Transcript transcript, Tally& figures) {
  if (const auto seen = law.machine(subject, point, transcript))
    figures.user.offer(seen->value, point);
  if (!is_judged(law, subject)) return Consistent{std::numeric_limits<double>::infinity(), 0};
  const Verdict by_sets = law.judge_by_sets(subject, point, transcript);
  if (std::holds_alternative<Consistent>(by_sets)) return by_sets;
  const auto* refuted = std::get_if<Refuted>(&by_sets);
  // Ends of sets are derived, and so is a gap between them. What a finding shows, the first
  // refuted case and the worst, is the reference's own, and so is every one that it confirms.
  if (refuted != nullptr && !figures.confirms_next() && figures.holds_worst(point, refuted->share))
    return by_sets;
  const Verdict verdict = law.judge_by_reference(subject, point, transcript);
  if (refuted != nullptr && std::holds_alternative<Consistent>(verdict))
    throw InternalError(disagreement(law.name, subject, point));
  return verdict;
}

constexpr std::size_t most_calls = 4;

/// The readings outlive the row.
Property row_of(const LawReadings& law) {
  return {
      .name = law.name,
      .law = law.number,
      .statement = law.statement,
      .family = law.is_anchor ? Family::anchor : Family::law,
      .asked_in = AskedIn::claimed_modes,
      .inapplicable = [&law](const Subject& subject) { return inapplicable(law, subject); },
      .judges = [&law](const Subject& subject) { return is_judged(law, subject); },
      .where = {.domain = [&law](const Subject& subject) { return law_domain(law, subject); },
                .every_point =
                    [&law](const Subject& subject) { return every_law_case(law, subject); }},
      .plan = {most_calls, law.plan},
      .judge = [&law](const Subject& subject, const Point& point, Transcript transcript,
                      Tally& figures) { return judge(law, subject, point, transcript, figures); },
      .judging = LawInBlocks{[&law](const Subject& subject) { return serves_blocks(law, subject); },
                             &law.block},
      .explain = law.explain,
  };
}

}  // namespace

void contribute_laws(Properties& rows) {
  for (const LawReadings& law : law_readings()) rows.push_back(row_of(law));
}

}  // namespace napier
