// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "oracles/backend/versions.hpp"

#include <mpfi.h>

#include <boost/version.hpp>

namespace napier {

std::string backend_versions() {
  const int boost = BOOST_VERSION / 100;
  return "Boost " + std::to_string(boost / 1000) + "." + std::to_string(boost % 1000) + ", MPFI " +
         mpfi_get_version() + ", MPFR " + mpfr_get_version() + ", GMP " + gmp_version;
}

}  // namespace napier
