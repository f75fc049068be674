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
  const auto bad = [](double x) { return 1.5 * std::exp(x); };
  if (!asked(good, "ulp <= 1").empty()) return failed("a good function was accused");
  const std::vector<napier::finding> unclaimed = asked(bad, "");
  if (unclaimed.size() != 1 || unclaimed.front().name != "claim") return failed("a silent audit");
  // Of all errors together no sample judges.
  const std::vector<napier::finding> unjudged = asked(bad, "mean ulp <= 9");
  if (unjudged.size() != 1 || unjudged.front().text.find("exhaustive") == std::string::npos)
    return failed("an audit that judged nothing");
  if (!napier::audit(napier::exponential<double>(bad).cases(2000).measured_only()).empty())
    return failed("nothing was to be judged");
  const std::vector<napier::finding> found = asked(bad, "ulp <= 1");
  if (found.empty()) return failed("nothing was found");
  for (const napier::finding& one : found)
    for (const char* told : {"worst: ", "likely cause: ", "replay: NAPIER_REPLAY='my_exp "})
      if (one.text.find(told) == one.text.npos) return failed(one.text.c_str());
  // A name that no other audit of this program has, so that the test can ask for a case of it.
  const auto named = napier::exponential<double>(bad).claims("ulp <= 1").cases(2000).named("bad");
  if (napier::audit(named).empty()) return failed("a function that stood");
  if (!napier::audit(napier::exponential<double>(good).claims("ulp <= 1").cases(2000).named("good"))
           .empty())
    return failed("a function that was refuted");
  if (named.replay("accuracy nearest 0x1.8p+0").find("REFUTED") == std::string::npos)
    return failed("a case that was not refuted again");
  try {
    asked(good, "ulp <= one");
    return failed("a claim that is none was taken");
  } catch (const std::invalid_argument& refused) {
    if (std::string(refused.what()).find("'one'") == std::string::npos)
      return failed(refused.what());
  }
  return 0;
}
