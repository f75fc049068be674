// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "audit/agreement.hpp"

#include <set>

#include "oracles/backend/independent.hpp"
#include "oracles/fast/scalar/fast_oracle.hpp"
#include "oracles/oracle.hpp"
#include "oracles/special_cases.hpp"
#include "props/domain/call_domain.hpp"

namespace napier {
namespace {

constexpr std::uint64_t points = 400;

bool lie_apart(const Enclosure& a, const Enclosure& b) {
  return certainly_less(a, b) || certainly_less(b, a);
}

void compare_on(const Target& target, Seed seed, OracleAgreement& agreement) {
  const Function& function = *target.function;
  Target unclaimed = target;
  unclaimed.claim = {};
  const Subject subject(unclaimed, Rounding::nearest);
  const Domain domain = call_domain(subject);
  const std::uint64_t key = property_key("agreement");
  for (const Portion& portion : portions(domain, points)) {
    for (std::uint64_t i = 0; i < portion.count; ++i) {
      const auto point = domain.at(seed, {key, portion.stratum, i});
      if (!point) continue;
      const Call call{point->args[0], function.arity == 2 ? point->args[1] : Float{}};
      if (!std::holds_alternative<RealValue>(special_case(function, call))) continue;
      if (!independent_covers(function, call)) continue;
      const Precision precision = default_refinement(*target.format).start;
      const Enclosure ours = TrueValue(function, call).enclosure(precision);
      const Enclosure theirs = independent_value(function, call, precision);
      const auto filter = fast_value(function, call);
      const bool agree = !lie_apart(ours, theirs) && (!filter || may_be_equal(*filter, ours));
      ++(agree ? agreement.agreed : agreement.disagreed);
    }
  }
}

}  // namespace

bool may_be_equal(const FastEnclosure& filter, const Enclosure& reference) {
  if (filter.is_huge()) return true;  // beyond 2^(2^27), by its own account: nothing to compare
  const Precision enough{4 * 53};     // the sum of two doubles and their error, nearly exactly
  const auto exactly = [&](double x) { return Enclosure(enough, Dyadic::of(x)); };
  const Enclosure error(enough, Dyadic::of(-filter.error), Dyadic::of(filter.error));
  const Enclosure sum = exactly(filter.hi) + exactly(filter.lo) + error;
  return !lie_apart(scaled(sum, filter.exponent), reference);
}

OracleAgreement oracle_agreement(const std::vector<Candidate>& candidates, Seed seed,
                                 const StopFlag* stop) {
  OracleAgreement agreement;
  agreement.oracles = {
      {"Boost.Multiprecision mpfi",
       "every operation encloses; precision rises until decided, up to "
       "8p + 64 bits; exact cases in integer arithmetic"},
      {"Boost.Multiprecision cpp_bin_float",
       "own series from correctly rounded operations, with a "
       "derived error bound"},
      {"double-double filter", "derived bounds of about 2^-100; what it leaves open goes to mpfi"}};
  std::set<std::pair<const Function*, const Format*>> seen;
  for (const Candidate& candidate : candidates)
    if (!raised(stop) && seen.insert({candidate.target.function, candidate.target.format}).second)
      compare_on(candidate.target, seed, agreement);
  return agreement;
}

}  // namespace napier
