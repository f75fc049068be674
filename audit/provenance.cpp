// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "audit/provenance.hpp"

#include <fmt/format.h>

#include "napier_build_info.hpp"
#include "oracles/fast/scalar/simd_level.hpp"
#include "reports/view/figures.hpp"

#ifdef __GLIBC__
#include <gnu/libc-version.h>
#endif

namespace napier {
namespace {

// By the features whose names gcc and clang both know; no processor with these lacks the rest of
// its level (the x86-64 psABI, "Micro-Architecture Levels").
std::string cpu_level() {
#if defined(__x86_64__)
  const bool v2 = __builtin_cpu_supports("popcnt") && __builtin_cpu_supports("sse4.2");
  const bool v3 = v2 && __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") &&
                  __builtin_cpu_supports("bmi2");
  const bool v4 = v3 && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512cd") &&
                  __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl");
  return v4 ? "x86-64-v4" : v3 ? "x86-64-v3" : v2 ? "x86-64-v2" : "x86-64";
#else
  return "unknown";
#endif
}

}  // namespace

std::string libm_version() {
#ifdef __GLIBC__
  return fmt::format("glibc {}", gnu_get_libc_version());
#else
  return "unknown";
#endif
}

Provenance provenance(const CampaignOptions& options) {
  Provenance p;
  p.version = build::version;
  p.commit = build::commit;
  p.compiler = build::compiler;
  p.flags = build::flags;
  p.cpu_level = cpu_level();
  p.simd = simd_level();
  p.libm = libm_version();
  p.seed = options.seed.value;
  p.effort = name(options.effort);
  if (options.cases)
    p.notes.push_back(
        fmt::format("{} of each property (--cases).", counted(*options.cases, "case", "cases")));
  if (options.roundings.empty() && options.effort != Effort::deep)
    p.notes.push_back(
        fmt::format("Rounding up, down and to zero were tried with 1/{} of the cases, and only "
                    "where the claim covers them; --rounding all tries them in full.",
                    part_of_unasked_modes));
  p.notes.push_back(
      fmt::format("That calls return, give the same bits again and leave the floating-point "
                  "environment alone was checked in every rounding mode, with at most {} cases in "
                  "those that were not asked for.",
                  count_text(most_cases_of_hygiene)));
  return p;
}

}  // namespace napier
