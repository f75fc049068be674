// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "oracles/fast/scalar/simd_level.hpp"

#include <algorithm>
#include <stdexcept>

#include <hwy/highway.h>
#include <hwy/targets.h>

#include "oracles/fast/scalar/dispatch.hpp"

namespace napier {
namespace {

std::string name_of(std::int64_t target) {
  std::string name = hwy::TargetName(target);
  std::ranges::transform(name, name.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return name;
}

std::string joined(const std::vector<std::string>& names) {
  std::string all;
  for (const std::string& name : names) all += (all.empty() ? "" : ", ") + name;
  return all;
}

}  // namespace

std::vector<std::string> simd_levels() {
  std::vector<std::string> names;
  for (const std::int64_t target : hwy::SupportedAndGeneratedTargets())
    names.push_back(name_of(target));
  return names;
}

std::string simd_level() { return simd_levels().front(); }

void use_simd_level(std::string_view name) {
  // In Highway a target's bit is the smaller, the better the target.
  for (const std::int64_t target : hwy::SupportedAndGeneratedTargets()) {
    if (name_of(target) != name) continue;
    // DisableTargets() of Highway 1.0 has no effect on what is dispatched.
    hwy::SetSupportedTargetsForTest(hwy::SupportedTargets() & ~(target - 1));
#if HWY_ARCH_X86
    if (target > HWY_AVX2) fast::without_fma();
#endif
    return;
  }
  throw std::invalid_argument("the instruction set '" + std::string(name) +
                              "' is unknown, or this processor lacks it: there is " +
                              joined(simd_levels()));
}

}  // namespace napier
