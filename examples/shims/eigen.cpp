// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
/*
A C function for Napier to audit, written by

    napier shim --function exp --format binary64 --shape x,y,n \
        --flags '-O2 -mavx2 -mfma -I/usr/include/eigen3' --header Eigen/Core --out eigen.cpp \
        'Eigen::Map<Eigen::ArrayXd>(y, n) = Eigen::Map<const Eigen::ArrayXd>(x, n).exp()'

Build and audit it, with the claim that its author makes:

    c++ -std=c++20 -fPIC -shared -o ./libshim.so eigen.cpp -O2 -mavx2 -mfma -I/usr/include/eigen3
    napier audit 'so:./libshim.so#shim' --function exp --format binary64 --shape x,y,n --max-ulp 1
*/
#include <cstddef>
#include <cstdint>

#include <Eigen/Core>

extern "C" void shim(const double* x, double* y, std::size_t n) {
  Eigen::Map<Eigen::ArrayXd>(y, n) = Eigen::Map<const Eigen::ArrayXd>(x, n).exp();
}
