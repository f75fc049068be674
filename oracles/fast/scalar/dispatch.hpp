// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include "oracles/fast/scalar/double_double.hpp"

/// A kernel is compiled for the baseline and, on x86-64, once more for processors with a fused
/// multiply-add; the choice is made at run time. All below a kernel is NAPIER_INLINE, so no
/// function that was compiled for the wider set can be what the linker picks for code that runs
/// without it.
#if defined(__x86_64__) && !defined(__FMA__)
#define NAPIER_TARGET_FMA [[gnu::target("fma")]]
#else
#define NAPIER_TARGET_FMA
#endif

/// Defines name(arguments) = expression, in which `Product` is Fused or Split.
#define NAPIER_DISPATCHED(Result, name, parameters, arguments, expression)            \
  namespace {                                                                         \
  NAPIER_TARGET_FMA Result name##_fused parameters {                                  \
    using Product = ::napier::fast::Fused;                                            \
    return expression;                                                                \
  }                                                                                   \
  Result name##_split parameters {                                                    \
    using Product = ::napier::fast::Split;                                            \
    return expression;                                                                \
  }                                                                                   \
  }                                                                                   \
  Result name parameters {                                                            \
    return ::napier::fast::has_fma ? name##_fused arguments : name##_split arguments; \
  }

namespace napier::fast {

/// Do the fused kernels run here?
#if defined(__FP_FAST_FMA)
inline constexpr bool has_fma = true;
inline void without_fma() {}  // compiled in
#elif defined(__x86_64__)
inline bool has_fma = (__builtin_cpu_init(), __builtin_cpu_supports("fma") != 0);
/// Before any kernel runs.
inline void without_fma() { has_fma = false; }
#else
inline constexpr bool has_fma = false;
inline void without_fma() {}
#endif

}  // namespace napier::fast
