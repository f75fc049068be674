// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include <napier/audit.hpp>

#include <cmath>
#include <iostream>

namespace {

int failed(const char* what) {
  std::cerr << what << '\n';
  return 1;
}

}  // namespace

int main() {
  const auto asked = [](auto function, const char* claim) {
    return napier::audit(
        napier::exponential<double>(function).claims(std::string(claim)).cases(2000));
  };
  const auto good = [](double x) { return std::exp(x); };
  const auto bad = [](double x) { return x > 1 ? 1.5 * std::exp(x) : std::exp(x); };
  if (!asked(good, "ulp <= 1").empty()) return failed("a good function was accused");
  if (!asked(bad, "").empty()) return failed("nothing was claimed");
  const std::vector<napier::finding> found = asked(bad, "ulp <= 1");
  if (found.empty()) return failed("nothing was found");
  for (const napier::finding& one : found)
    if (one.text.find("worst: ") == one.text.npos) return failed(one.text.c_str());
  try {
    asked(good, "ulp <= one");
    return failed("a claim that is none was taken");
  } catch (const std::invalid_argument& refused) {
    if (std::string(refused.what()).find("'one'") == std::string::npos)
      return failed(refused.what());
  }
  return 0;
}
