// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
/*
A C function for Napier to audit, written by

    napier shim --function exp --format binary32 --shape x,y,n --flags '-O2 -mavx2 -mfma' \
        --header xsimd/xsimd.hpp --out xsimd.cpp 'using batch = xsimd::batch<float>' \
        'std::size_t i = 0' 'for (; i + batch::size <= n; i += batch::size)' \
        '  xsimd::exp(batch::load_unaligned(x + i)).store_unaligned(y + i)' \
        'for (; i < n; ++i) y[i] = xsimd::exp(x[i])'

Build and audit it, with the claim that its author makes:

    c++ -std=c++20 -fPIC -shared -o ./libshim.so xsimd.cpp -O2 -mavx2 -mfma
    napier audit 'so:./libshim.so#shim' --function exp --format binary32 --shape x,y,n --max-ulp 1
*/
#include <cstddef>
#include <cstdint>

#include <xsimd/xsimd.hpp>

extern "C" void shim(const float* x, float* y, std::size_t n) {
  using batch = xsimd::batch<float>;
  std::size_t i = 0;
  for (; i + batch::size <= n; i += batch::size)
    xsimd::exp(batch::load_unaligned(x + i)).store_unaligned(y + i);
  for (; i < n; ++i) y[i] = xsimd::exp(x[i]);
}
