// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "lib/target/error_kinds.hpp"

#include <array>
#include <utility>

namespace napier {
namespace {

using Numbers = std::span<const Amount>;

ErrorBound sum(ErrorSum of) { return {{std::move(of)}, {}}; }

constexpr std::array kinds{
    ErrorKind{"ulp <= K", [](Numbers k) { return sum({.ulps = k[0]}); }},
    ErrorKind{"ulp <= K + K*|x|",
              [](Numbers k) { return sum({.ulps = k[0], .ulps_per_x = k[1]}); }},
    ErrorKind{"rel <= K", [](Numbers k) { return sum({.relative = k[0]}); }},
    ErrorKind{"abs <= K", [](Numbers k) { return sum({.absolute = k[0]}); }},
    ErrorKind{"abs + rel <= K + K",
              [](Numbers k) { return sum({.relative = k[1], .absolute = k[0]}); }},
    ErrorKind{"max(abs, rel) <= K, K",
              [](Numbers k) {
                return ErrorBound{{{.absolute = k[0]}, {.relative = k[1]}}, {}};
              }},
};

}  // namespace

std::span<const ErrorKind> error_kinds() { return kinds; }

}  // namespace napier
