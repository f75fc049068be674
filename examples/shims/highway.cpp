// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
/*
A C function for Napier to audit, written by

    napier shim --function exp --format binary64 --shape x,y,n --flags '-O2 -march=x86-64-v3' \
        --header hwy/contrib/algo/transform-inl.h --header hwy/contrib/math/math-inl.h \
        --header algorithm --out highway.cpp 'namespace hn = hwy::HWY_NAMESPACE' \
        'std::copy_n(x, n, y)' 'const hn::ScalableTag<double> all' \
        'hn::Transform(all, y, n, [](auto d, auto v) { return hn::Exp(d, v); })'

Build and audit it, with the claim that its author makes:

    c++ -std=c++20 -fPIC -shared -o ./libshim.so highway.cpp -O2 -march=x86-64-v3
    napier audit 'so:./libshim.so#shim' --function exp --format binary64 --shape x,y,n --max-ulp 1
*/
#include <cstddef>
#include <cstdint>

#include <hwy/contrib/algo/transform-inl.h>
#include <hwy/contrib/math/math-inl.h>
#include <algorithm>

extern "C" void shim(const double* x, double* y, std::size_t n) {
  namespace hn = hwy::HWY_NAMESPACE;
  std::copy_n(x, n, y);
  const hn::ScalableTag<double> all;
  hn::Transform(all, y, n, [](auto d, auto v) { return hn::Exp(d, v); });
}
