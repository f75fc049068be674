// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include <napier/rapidcheck.hpp>

#include <cmath>
#include <iostream>

int main() {
  bool good = rc::check("exp next to its overflow", [] {
    const double x = *napier::rc::point<double>("near overflow");
    RC_ASSERT(std::isfinite(x));
    RC_ASSERT(std::exp(x) > 1e300);
  });
  good &= rc::check("pow of drawn points", [] {
    const auto [x, y] = *napier::rc::power_point<float>(napier::rc::strata<float>("pow").at(0));
    RC_ASSERT(std::isnan(std::pow(x, y)) || !std::isnan(x) || y == 0);
  });
  try {
    napier::rc::point<double>("far away");
    good = false;
  } catch (const std::invalid_argument& refused) {
    good &= std::string(refused.what()).find("near overflow") != std::string::npos;
  }
  return good ? 0 : 1;
}
