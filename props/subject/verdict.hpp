// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string_view>
#include <variant>

namespace napier {

/// The claim survives this case. `resolution` is the fault, in ulps of the common true value, that
/// the case would have refuted (infinite: the case could refute nothing, it is vacuous); `share`
/// is how much of what the claim allows was used, 1 at the edge of refutation.
struct Consistent {
  double resolution = 0;
  double share = 0;
};

/// A proof that some call broke its claim.
struct Refuted {
  double share = 0;  ///< > 1: by how much
};

enum class Cause {
  precision_cap,  ///< the refinement cap was reached
  no_answer,      ///< a call did not return
};

struct Undecided {
  Cause cause = Cause::precision_cap;
};

/// Truth has three values. No default branch anywhere: visit with `overloaded`.
using Verdict = std::variant<Consistent, Refuted, Undecided>;

constexpr std::string_view name(Cause cause) {
  switch (cause) {
    case Cause::precision_cap:
      return "precision cap";
    case Cause::no_answer:
      return "no answer";
  }
  return {};
}

}  // namespace napier
