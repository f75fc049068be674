// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "tests/honest/truth.hpp"

#include <algorithm>

namespace napier::honest {

namespace {
constexpr int guard_bits = 16;
}

Truth::Truth(const Function& function, const Call& call)
    : format_(*call.x.format), cut_(format_.precision + guard_bits) {
  const Quietly quietly;
  exact_ = evaluate(cut_, function, call, MPFR_RNDZ) == 0;
}

std::int64_t Truth::binade() const {
  const std::int64_t least = format_.min_exponent();
  if (mpfr_zero_p(cut_) != 0) return least;
  return std::max<std::int64_t>(mpfr_get_exp(cut_) - 1, least);
}

int Truth::compare_size(const Dyadic& with) const {
  const Quietly quietly;
  Number other(format_.precision + guard_bits);
  assign(other, with);
  const int order = mpfr_cmpabs(cut_, other);
  return order == 0 && !exact_ ? 1 : order;
}

Float Truth::towards_zero() const {
  const Quietly quietly;
  Number result(format_.precision);
  {
    const ExponentsOf format(format_);
    int ternary = mpfr_set(result, cut_, MPFR_RNDZ);
    ternary = mpfr_check_range(result, ternary, MPFR_RNDZ);
    mpfr_subnormalize(result, ternary, MPFR_RNDZ);
  }
  return datum(format_, result);
}

}  // namespace napier::honest
