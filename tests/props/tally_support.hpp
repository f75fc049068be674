// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <optional>
#include <string>

#include "props/tally/tally.hpp"

namespace napier::testing_support {

template <class Value>
bool same(const Largest<Value>& a, const Largest<Value>& b) {
  if (!a.entry || !b.entry) return a.entry.has_value() == b.entry.has_value();
  return a.entry->value == b.entry->value && a.entry->point == b.entry->point;
}
inline bool same(const std::optional<Located>& a, const std::optional<Located>& b) {
  if (!a || !b) return a.has_value() == b.has_value();
  return a->address == b->address && a->point == b->point;
}

inline bool same(const LargestErrors& a, const LargestErrors& b) {
  const auto same_binade = [](const auto& one, const auto& other) {
    return one.first == other.first && same(one.second, other.second);
  };
  return same(Largest<CanonicalError>{a.of_all()}, Largest<CanonicalError>{b.of_all()}) &&
         std::ranges::equal(a.binades(), b.binades(), same_binade);
}

/// Everything but `referred`, which counts the filter's work and depends on what it met before.
inline void expect_same(const Tally& a, const Tally& b, const std::string& what) {
  EXPECT_EQ(a.cases, b.cases) << what;
  EXPECT_EQ(a.refuted, b.refuted) << what;
  EXPECT_EQ(a.undecided_cap, b.undecided_cap) << what;
  EXPECT_EQ(a.undecided_no_answer, b.undecided_no_answer) << what;
  EXPECT_EQ(a.vacuous, b.vacuous) << what;
  EXPECT_EQ(a.misrounded, b.misrounded) << what;
  EXPECT_EQ(a.rounding_undecided, b.rounding_undecided) << what;
  EXPECT_EQ(a.resolution.total(), b.resolution.total()) << what;
  EXPECT_EQ(a.resolution.median(), b.resolution.median()) << what;
  EXPECT_EQ(a.largest_share, b.largest_share) << what;
  EXPECT_EQ(a.errors.counts(), b.errors.counts()) << what;
  EXPECT_TRUE(same(a.largest_errors, b.largest_errors)) << what;
  EXPECT_TRUE(same(a.user, b.user)) << what;
  EXPECT_TRUE(same(a.worst, b.worst)) << what;
  EXPECT_TRUE(same(a.first_refuted, b.first_refuted)) << what;
  EXPECT_EQ(a.unanswered, b.unanswered) << what;
  EXPECT_TRUE(same(a.first_unanswered, b.first_unanswered)) << what;
}

}  // namespace napier::testing_support
