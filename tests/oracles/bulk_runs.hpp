// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <gtest/gtest.h>

#include "lib/fp/ordinal.hpp"
#include "tests/oracles/bulk_support.hpp"

namespace napier::testing_support {

/// Runs of one result that a filter told by their ends.
struct RunsTold {
  std::uint64_t right = 0, wrong = 0, far = 0;  ///< far: errors above the second edge
  std::uint64_t nowhere = 0;                    ///< infinite, or NaN
};

/// Puts runs to a filter that begin at an argument and end 2^j steps farther, while f changes by
/// few ulps, each with a result of that neighbourhood. What it says of a run is compared with what
/// the reference says of nine of its cases. `call_at` makes the call of an argument, and `pass`
/// asks the filter.
template <class CallAt, class Pass>
void try_runs(const Function& f, Float first, Rounding rounding, Random& random, CallAt call_at,
              Pass pass, RunsTold& told) {
  constexpr Ordinal few = 5, parts = 8;
  const Format& format = *first.format;
  const auto right_at = [&](Float x) { return TrueValue(f, call_at(x)).rounded(format, rounding); };
  const auto start = right_at(first);
  if (!start || is_nan(*start) || is_infinite(first)) return;
  for (int j = 0; j < format.precision; ++j) {
    const Float last = step(first, Ordinal(1) << j);
    if (is_nan(last) || is_negative(last) != is_negative(first)) return;
    const auto end = right_at(last);
    if (!end || is_nan(*end)) return;
    const Ordinal moved = ordinal(*end) - ordinal(*start);
    if (moved < -few || moved > few) return;
    const bool nowhere = random.between(0, 7) == 0;
    const Float y = nowhere ? random.between(0, 1) == 0 ? infinity(format) : quiet_nan(format)
                            : step(*start, random.between(-3, few));
    const double limit = nowhere ? BulkLimit::infinite : 4;
    const BulkLimit most = BulkLimit::at_most(limit);
    const BulkFilter::Passed passed = pass(as_double(first), as_double(last), as_double(y),
                                           BulkFilter::Wanted{{&limit, 1}, most, false, edges});
    if (passed.count == 0) continue;
    told.right += passed.misrounded == 0 ? 1 : 0;
    told.wrong += passed.misrounded;
    told.far += passed.beyond[1];
    told.nowhere += nowhere ? 1 : 0;
    const Ordinal length = ordinal(last) - ordinal(first);
    for (Ordinal part = 0; part <= parts; ++part) {
      const Call call = call_at(step(first, length * part / parts));
      const Truths is = truths(f, call, y, most, rounding);
      const std::string where = words(f, call) + " -> " + to_hex(y) + " of " + to_hex(first) +
                                " to " + to_hex(last) + " " + std::string(name(rounding));
      EXPECT_TRUE(is.in_order) << where;
      EXPECT_EQ(is.misrounded, passed.misrounded != 0) << where;
      for (std::size_t k = 0; k < edges.size(); ++k)
        EXPECT_EQ(is_beyond(f, call, y, edges[k], rounding), passed.beyond[k] != 0)
            << where << " above " << edges[k] << " ulp";
    }
  }
}

}  // namespace napier::testing_support
