// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <napier/napier.h>

#include <atomic>
#include <string_view>

#include "audit/candidate.hpp"

// What a program asks of the library, read from its options. All of these throw
// std::invalid_argument with one line that names the mend.
namespace napier {

/// A text that may be null or empty.
std::string_view given(const char* text, std::string_view otherwise);

/// The options with what an older program's lack: a shorter struct has the defaults beyond its end.
napier_options whole(const napier_options* options);

/// What they say of a function, but for how it is called. Of a shape that gives derivatives it is
/// the output that the shape says, and its primal, if it is a derivative, cannot be opened yet.
Target described(const napier_options& options);

/// A C function with all that was said of it.
Target target_of(napier_function function, const napier_options& options);

/// A function of arrays with its data. Once it gave up it is not called again, and the audit ends.
struct Arrayed {
  napier_array_function function;
  void* user;
  StopFlag stop{false};
  std::atomic<bool> gave_up{false};
};
Target target_of(Arrayed& arrayed, const napier_options& options);

CampaignOptions campaign_of(const napier_options& options);

}  // namespace napier
