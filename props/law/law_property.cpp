// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "props/law/law_block.hpp"
#include "props/law/law_domain.hpp"
#include "props/law/law_judge.hpp"
#include "props/property/internal_error.hpp"
#include "props/property/property.hpp"

namespace napier {
namespace {

class LawProperty final : public Property {
 public:
  explicit LawProperty(const LawReadings& law) : law_(law) {}

  std::string_view name() const override { return law_.name; }
  std::string_view law() const override { return law_.number; }
  std::string_view statement() const override { return law_.statement; }
  bool is_law() const override { return true; }
  std::string inapplicable(const Subject& subject) const override {
    return napier::inapplicable(law_, subject);
  }
  bool judges(const Subject& subject) const override {
    return !subject.promises(Role::target).empty() &&
           (!law_.direct || !subject.promises(Role::primal).empty());
  }
  Domain domain(const Subject& subject) const override { return law_domain(law_, subject); }
  std::optional<Domain> exhaustive_domain(const Subject& subject) const override {
    return every_law_case(law_, subject);
  }
  const BlockLaw* block_law(const Subject& subject) const override {
    // Of an outer power, (a^x)^y, the base is a result, that may lie outside the claim's domain.
    const bool outer = law_.shape == PointShape::product && subject.has_base_argument();
    const auto& pieces = subject.pieces(Role::target);
    const bool everywhere = pieces.size() == 1 && pieces.front().on == ClaimDomain{};
    if (law_.block.read == nullptr || (outer && !everywhere)) return nullptr;
    return LawBlock::serves(subject, law_.shape) ? &law_.block : nullptr;
  }
  void plan(const Subject& subject, const Point& point, Transcript known,
            std::vector<Request>& wanted) const override {
    law_.plan(subject, point, known, wanted);
  }
  Verdict judge(const Subject& subject, const Point& point, Transcript transcript,
                Tally& figures) const override {
    if (const auto seen = law_.machine(subject, point, transcript))
      figures.user.offer(seen->value, point);
    if (!judges(subject)) return Consistent{std::numeric_limits<double>::infinity(), 0};
    const Verdict by_sets = law_.judge_by_sets(subject, point, transcript);
    if (std::holds_alternative<Consistent>(by_sets)) return by_sets;
    const auto* refuted = std::get_if<Refuted>(&by_sets);
    // Ends of sets are derived, and so is a gap between them. What a finding shows, the first
    // refuted case and the worst, is the reference's own, and so is every one that it confirms.
    if (refuted != nullptr && !figures.confirms_next() &&
        figures.holds_worst(point, refuted->share))
      return by_sets;
    const Verdict verdict = law_.judge_by_reference(subject, point, transcript);
    if (refuted != nullptr && std::holds_alternative<Consistent>(verdict))
      throw InternalError(disagreement(*this, subject, point));
    return verdict;
  }
  std::string explain(const Subject& subject, const Point& point,
                      Transcript transcript) const override {
    return law_.explain(subject, point, transcript);
  }

 private:
  const LawReadings& law_;
};

}  // namespace

std::vector<std::unique_ptr<const Property>> law_properties() {
  std::vector<std::unique_ptr<const Property>> all;
  for (const LawReadings& law : law_readings()) all.push_back(std::make_unique<LawProperty>(law));
  return all;
}

}  // namespace napier
