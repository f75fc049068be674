// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// Boost's variable-precision types keep their default precision in static state. Enclosures take
// none from there: two threads at two precisions, one of them changing that default all the while,
// get what each gets alone.
#include <gtest/gtest.h>

#include <mpfr.h>
#include <atomic>
#include <boost/multiprecision/mpfi.hpp>
#include <thread>
#include <vector>

#include "oracles/backend/mpfi_number.hpp"
#include "oracles/oracle.hpp"
#include "tests/lib/support.hpp"

namespace napier {
namespace {

using testing_support::Random;
namespace fn = functions;

bool identical(const Enclosure& a, const Enclosure& b) {
  return precision(a) == precision(b) && mpfr_equal_p(a.impl().lo(), b.impl().lo()) != 0 &&
         mpfr_equal_p(a.impl().hi(), b.impl().hi()) != 0;
}

/// One of everything that works on enclosures, at arguments that depend on i alone.
std::vector<Enclosure> everything(Precision at, int i) {
  Random random(static_cast<std::uint64_t>(i));
  const auto number = [&](std::int64_t exponent) {
    return Enclosure(at, Dyadic{false, random.bits() | 1, exponent - 127});
  };
  const Enclosure a = number(2);
  const Enclosure b = number(-3);
  std::vector<Enclosure> results{a + b,   a - b,    a * b,  a / b,    -a,           exp(a),
                                 exp(-b), expm1(b), log(a), log1p(b), scaled(a, 5), hull(a, b)};
  results.push_back(log_of_base(Base::two, a));
  results.push_back(log_of_base(Base::ten, b));
  Enclosure chain = a;
  for (int step = 0; step < 4; ++step) chain = log(chain * chain + exp(b)) + a / chain;
  results.push_back(chain);
  const Float x = round_to(binary64, {false, random.bits() | 1, -125}, Rounding::nearest);
  const Float y = round_to(binary64, {true, random.bits() | 1, -127}, Rounding::nearest);
  results.push_back(TrueValue(fn::pow, {x, y}).enclosure(at));
  results.push_back(TrueValue(fn::expm1, {y, {}}).enclosure(at));
  return results;
}

class Alone {
 public:
  explicit Alone(Precision at) : at_(at) {
    for (int i = 0; i < inputs; ++i) expected_.push_back(everything(at, i));
  }
  Precision at() const { return at_; }

  /// How many results differ from those of one thread alone.
  int differing(int rounds) const {
    int count = 0;
    for (int round = 0; round < rounds; ++round)
      for (int i = 0; i < inputs; ++i) {
        const std::vector<Enclosure> results = everything(at_, i);
        for (std::size_t k = 0; k < results.size(); ++k)
          if (!identical(results[k], expected_[static_cast<std::size_t>(i)][k])) ++count;
      }
    return count;
  }

 private:
  static constexpr int inputs = 40;
  Precision at_;
  std::vector<std::vector<Enclosure>> expected_;
};

TEST(PrecisionIsolation, EachResultHasThePrecisionItWasAskedFor) {
  for (const int bits : {80, 4000}) {
    const auto results = everything({bits}, 1);
    for (std::size_t k = 0; k + 2 < results.size(); ++k)  // a true value may be closer than asked
      EXPECT_EQ(precision(results[k]).bits, bits) << k;
    for (const Enclosure& result : results) EXPECT_GE(precision(result).bits, bits);
  }
}

TEST(PrecisionIsolation, TwoThreadsAtTwoPrecisionsGetWhatEachGetsAlone) {
  using boost::multiprecision::mpfi_float;
  const unsigned before = mpfi_float::default_precision();
  const Alone coarse({80});
  const Alone fine({4000});
  std::atomic<bool> done{false};
  int coarse_differing = -1;
  int fine_differing = -1;
  std::thread first([&] {
    coarse_differing = 0;
    for (unsigned digits = 10; !done; digits = digits % 1000 + 7) {
      mpfi_float::default_precision(digits);
      coarse_differing += coarse.differing(1);
    }
    mpfr_free_cache2(MPFR_FREE_LOCAL_CACHE);  // MPFR keeps some for each thread
  });
  std::thread second([&] {
    fine_differing = fine.differing(5);
    done = true;
    mpfr_free_cache2(MPFR_FREE_LOCAL_CACHE);
  });
  first.join();
  second.join();
  mpfi_float::default_precision(before);
  EXPECT_EQ(coarse_differing, 0);
  EXPECT_EQ(fine_differing, 0);
}

}  // namespace
}  // namespace napier
