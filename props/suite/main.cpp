// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// The laws as tests: one for each (property, implementation) of the catalogue, named
// "product.libm_exp_binary64"; `ctest -R properties.product` asks the first law of everybody.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <map>

#include "lib/fp/hexfloat.hpp"
#include "lib/target/catalogue.hpp"
#include "props/checks/false_claims.hpp"
#include "props/suite/rapid.hpp"

namespace napier::suite {
namespace {

// scripts/test.sh --long judges a million cases of each law.
std::uint64_t cases_of(const Asked& asked) {
  const std::uint64_t when_long = asked.property().law.empty() ? 100'000 : 1'000'000;
  const std::uint64_t wanted = std::getenv("NAPIER_LONG") != nullptr ? when_long : 20'000;
  // Of a finite domain, so many that hardly a point is missed by drawing with replacement.
  const auto size = asked.size();
  return size ? std::min(wanted, 16 * *size) : wanted;
}

class PropertyTest final : public testing::Test {
 public:
  PropertyTest(const Property& property, const Target& target)
      : property_(property), target_(target) {}

 private:
  void TestBody() override {
    const auto& info = *testing::UnitTest::GetInstance()->current_test_info();
    const Asked asked(property_, target_);
    const std::string id = std::string(info.test_suite_name()) + "." + info.name();
    const Checked checked = check(asked, id, cases_of(asked));
    RecordProperty("judged", std::to_string(checked.judged));
    std::cout << checked.judged << " cases, seed " << checked.seed << '\n';
    if (!checked.failure.empty()) FAIL() << checked.failure;
  }

  const Property& property_;
  const Target& target_;
};

/// A claim that is known to be false is refuted at its witness, unless this libm has been mended.
class FalseClaimTest final : public testing::Test {
 public:
  FalseClaimTest(const FalseClaim& row, const Target& target) : row_(row), target_(target) {}

 private:
  void TestBody() override {
    Point witness;
    for (const std::string_view x : row_.at) witness.push(parse_float(*target_.format, x));
    const auto shows = [this](const Property& property) {
      const bool of_one_call = !relates_calls(property.family);
      return of_one_call && row_.shown_by(property);
    };
    const Asked asked(*std::ranges::find_if(all_properties(), shows), target_);
    const Case one{Rounding::nearest, witness};
    if (!std::holds_alternative<Refuted>(asked.judge(one).verdict))
      GTEST_SKIP() << "mended in this libm: " << row_.why << "; its row can go";
    std::cout << "the claim is false: " << asked.explain(one) << '\n';
  }

  const FalseClaim& row_;
  const Target& target_;
};

std::string test_name(const Target& target) {
  std::string mangled = target.name;  // ':' and '/' mean something to GoogleTest
  std::ranges::replace_if(
      mangled, [](char c) { return c == ':' || c == '/'; }, '_');
  return mangled;
}

struct Inapplicable {
  std::string_view property;
  std::string_view target;
  std::string reason;
};
std::vector<Inapplicable>& not_asked() {
  static std::vector<Inapplicable> all;
  return all;
}

void register_tests() {
  for (const Property& property : all_properties())
    for (const Target& target : catalogue().targets()) {
      const Subject subject(target, Rounding::nearest);
      std::string reason = property.inapplicable(subject);
      if (reason.empty() && !property.judges(subject)) reason = "nothing is claimed";
      if (!reason.empty()) {
        not_asked().push_back({property.name, target.name, std::move(reason)});
        continue;
      }
      testing::RegisterTest(std::string(property.name).c_str(), test_name(target).c_str(), nullptr,
                            nullptr, __FILE__, __LINE__, [&property, &target]() -> testing::Test* {
                              if (const FalseClaim* row = false_claim(property, target))
                                return new FalseClaimTest(*row, target);
                              return new PropertyTest(property, target);
                            });
    }
}

// Nothing is skipped in silence: every power has its six laws, asked or with a reason.
TEST(Suite, AsksEveryPowerFiveLawsAndSaysWhyNotTheSixth) {
  std::map<std::string_view, int> unasked;
  for (const Inapplicable& row : not_asked()) {
    std::cout << row.property << " of " << row.target << ": " << row.reason << '\n';
    EXPECT_FALSE(row.reason.empty());
  }
  for (const Target& target : catalogue().targets()) {
    const Kind kind = target.function->kind;
    if (kind != Kind::power && kind != Kind::power_minus_one) continue;
    int asked = 0;
    for (const Property& property : all_properties()) {
      if (property.law.empty()) continue;
      const Subject subject(target, Rounding::nearest);
      asked += property.inapplicable(subject).empty() && property.judges(subject) ? 1 : 0;
    }
    EXPECT_EQ(asked, 5) << target.name;
  }
}

}  // namespace
}  // namespace napier::suite

int main(int argc, char** argv) {
  testing::InitGoogleTest(&argc, argv);
  napier::suite::register_tests();
  return RUN_ALL_TESTS();
}
