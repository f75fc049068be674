// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "props/subject/subject.hpp"

namespace napier {

Subject::Subject(const Target& target_, Rounding rounding_, const Claim* expected)
    : target(&target_),
      claim(expected != nullptr ? expected : &target_.claim),
      basis(expected != nullptr ? Basis::expectation : Basis::claim),
      rounding(rounding_),
      target_promises(accuracy_claims(*claim, rounding_)) {
  if (target_.primal) primal_promises = accuracy_claims(target_.primal->claim, rounding_);
}

bool Subject::covers(const Request& request) const {
  const Claim& promised = claim_of(request.role);
  const Call& call = request.call;
  if (!napier::covers(promised.domain, call.x, call.y)) return false;
  if (!promised.flush_subnormals) return true;
  const auto subnormal = [](Float x) {
    return x.format != nullptr && classify(x) == FloatClass::subnormal;
  };
  return !subnormal(call.x) && !subnormal(call.y);
}

}  // namespace napier
