// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

namespace napier {

/// One visitor out of several lambdas, for std::visit over a closed variant.
template <class... Fs>
struct overloaded : Fs... {
  using Fs::operator()...;
};
template <class... Fs>
overloaded(Fs...) -> overloaded<Fs...>;

}  // namespace napier
