// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
/*
A C function for Napier to audit, written by

    napier shim --function expm1 --format binary64 --header boost/math/special_functions/expm1.hpp \
        --out boost.cpp 'boost::math::expm1(x)'

Build and audit it, with the claim that its author makes:

    c++ -std=c++20 -fPIC -shared -o ./libshim.so boost.cpp -O2
    napier audit 'so:./libshim.so#shim' --function expm1 --format binary64 --max-ulp 1
*/
#include <cstddef>
#include <cstdint>

#include <boost/math/special_functions/expm1.hpp>

extern "C" double shim(double x) { return boost::math::expm1(x); }
