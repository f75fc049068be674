// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "props/judge/law_block_judge.hpp"

#include <cmath>

#include "props/judge/judge.hpp"

namespace napier {

LawBlockJudge::LawBlockJudge(const Property& property, const Subject& subject, Caller& caller,
                             Tally& tally)
    : property_(property),
      law_(*property.block_law(subject)),
      subject_(subject),
      caller_(caller),
      tally_(tally),
      block_(subject, law_.shape) {
  law_.plan(block_);
}

void LawBlockJudge::finish(std::vector<Address>& unusual, std::vector<Located>& uncalled) {
  block_.prepare(unusual);
  if (block_.size() != 0 && block_.call(caller_)) {
    tally_.calls += block_.calls();
    law_.read(block_, met_, apart_);
    for (std::size_t i = 0; i < block_.size(); ++i) tally_lane(i);
  } else {
    for (std::size_t i = 0; i < block_.size(); ++i) uncalled.push_back(block_.located(i));
  }
  block_.clear();
}

bool LawBlockJudge::is_the_largest_apart(std::size_t i) const {
  const auto& largest = tally_.user.entry;
  if (!largest || apart_[i] > largest->value) return true;
  return apart_[i] == largest->value && bits_less(block_.located(i).point, largest->point);
}

/// Neither the first refuted case nor the worst. Where many are equally far apart, as the zeroth
/// powers of a scaled one, the place tells.
bool LawBlockJudge::is_one_more_refuted(std::size_t i) const {
  const double most_share = met_.share_apart[i];
  if (tally_.holds_refuted(block_.address(i), most_share)) return true;
  return tally_.first_refuted && tally_.first_refuted->address < block_.address(i) &&
         tally_.holds_worst(block_.located(i).point, most_share);
}

void LawBlockJudge::tally_lane(std::size_t i) {
  const double least = met_.least_resolution[i], most = met_.most_resolution[i];
  const bool decided = !std::isnan(least) && Tally::count_alike(least, most) &&
                       tally_.holds_share(met_.share[i]) && !is_the_largest_apart(i);
  if (decided) return tally_.add_resolved(least);
  const bool is_refuted =
      !std::isnan(met_.share_apart[i]) && is_one_more_refuted(i) && !is_the_largest_apart(i);
  if (is_refuted && !tally_.confirms_next()) {
    static_cast<void>(tally_.add_refuted(1));
    return;
  }
  const Located located = block_.located(i);
  const Transcript transcript = block_.transcript(i);
  const Verdict verdict = property_.judge(subject_, located.point, transcript, tally_);
  if (is_refuted && !std::holds_alternative<Refuted>(verdict))
    throw InternalError(disagreement(property_, subject_, located.point));
  tally_.add(verdict, located, transcript.answers);
}

}  // namespace napier
