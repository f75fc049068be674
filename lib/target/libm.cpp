// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// This machine's libm. The only file of the project that names its exponentials.
#include <cmath>

#include "lib/target/contribute.hpp"
#include "lib/target/contributions.hpp"

namespace napier {
namespace {

// glibc counts from the rounded value ("Known Maximum Errors in Math Functions").
constexpr std::string_view glibc_manual =
    "The GNU C Library Reference Manual, Known Maximum Errors in Math Functions (x86_64), "
    "and ISO C23 Annex F";

Claim documented(const Format& format, std::string_view ulps) {
  Claim claim;
  claim.max_ulp = parse_limit(ulps, format, false, Metric::rounded);
  claim.special_values = true;
  claim.source = glibc_manual;
  return claim;
}

template <class F>
void add(Catalogue& catalogue, const Function& function, const Format& format, F code,
         std::string_view ulps) {
  Target target;
  target.name = "libm/" + std::string(function.name) + ":" + std::string(format.name);
  target.function = &function;
  target.format = &format;
  target.claim = documented(format, ulps);
  target.method = "this machine's C library";
  target.open = [code] { return direct_caller(ScalarFunction(code)); };
  catalogue.add(std::move(target));
}

}  // namespace

void contribute_libm(Catalogue& catalogue) {
  using namespace functions;
  add(catalogue, exp, binary32, Unary<float>(::expf), "1");
  add(catalogue, exp, binary64, Unary<double>(::exp), "1");
  add(catalogue, exp2, binary32, Unary<float>(::exp2f), "1");
  add(catalogue, exp2, binary64, Unary<double>(::exp2), "1");
  add(catalogue, expm1, binary32, Unary<float>(::expm1f), "1");
  add(catalogue, expm1, binary64, Unary<double>(::expm1), "1");
  add(catalogue, pow, binary32, Binary<float>(::powf), "1");
  add(catalogue, pow, binary64, Binary<double>(::pow), "1");
}

}  // namespace napier
