// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "props/subject/subject.hpp"

#include <algorithm>

#include "lib/target/claim_places.hpp"

namespace napier {
namespace {

Subject::Promised promised_by(const Claim& claim, Rounding rounding) {
  return {accuracy_claims(claim, rounding), claim_pieces(claim, rounding)};
}

const ClaimPiece* piece_of(const std::vector<ClaimPiece>& pieces, const Call& call) {
  if (pieces.size() == 1 && pieces.front().on == ClaimDomain{}) return &pieces.front();
  const auto found = std::ranges::find_if(
      pieces, [&](const ClaimPiece& piece) { return napier::covers(piece.on, call.x, call.y); });
  return found == pieces.end() ? nullptr : &*found;
}

}  // namespace

Subject::Subject(const Target& target_, Rounding rounding_, const Claim* expected)
    : target(&target_),
      claim(expected != nullptr ? expected : &target_.claim),
      basis(expected != nullptr ? Basis::expect : Basis::claim),
      rounding(rounding_),
      of_target(promised_by(*claim, rounding_)) {
  if (target_.primal) of_primal = promised_by(target_.primal->claim, rounding_);
}

const std::vector<AccuracyClaim>& Subject::promises(Role role, const Call& call) const {
  static const std::vector<AccuracyClaim> none;
  const auto& all = pieces(role);
  if (all.size() == 1 && all.front().promises.size() == promises(role).size() &&
      all.front().on == claim_of(role).domain)
    return all.front().promises;  // it holds wherever anybody asks
  const ClaimPiece* piece = piece_of(all, call);
  return piece != nullptr ? piece->promises : none;
}

ClaimDomain Subject::promised_domain(Role role) const {
  Place places;
  for (const ClaimPiece& piece : pieces(role)) places.push_back(piece.on);
  return places.empty() ? claim_of(role).domain : hull_of(places);
}

bool Subject::covers_error(const Request& request) const {
  return covers(request) && piece_of(pieces(request.role), request.call) != nullptr;
}

bool Subject::covers(const Request& request) const {
  const Claim& promised = claim_of(request.role);
  const Call& call = request.call;
  if (!napier::covers(promised.domain, call.x, call.y)) return false;
  if (!promised.flushing.arguments) return true;
  const auto subnormal = [](Float x) {
    return x.format != nullptr && classify(x) == FloatClass::subnormal;
  };
  return !subnormal(call.x) && !subnormal(call.y);
}

}  // namespace napier
