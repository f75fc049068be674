// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "audit/load_effects.hpp"

#include <fmt/format.h>

#include "audit/isolation/child_caller.hpp"

namespace napier {

void note_load_effects(const Target& target, const Caller& caller, TargetResult& result) {
  const auto* child = dynamic_cast<const ChildCaller*>(&caller);
  if (child == nullptr) return;
  if (child->printed().bytes != 0)
    result.notes.push_back(
        fmt::format("It printed {} bytes, beginning with \"{}\"; none of it is "
                    "part of this report",
                    child->printed().bytes, child->printed().first_line));
  if (!child->trouble().empty()) result.notes.push_back(child->trouble());
  const Arrival& arrival = child->arrival();
  if (arrival.before == arrival.after_loading) return;
  Finding found;
  found.property = "environment";
  found.count = 1;
  found.claimed = "loading a library leaves the floating-point environment alone";
  found.explanation = fmt::format("Loading {} changed the {}, before any call", target.name,
                                  difference(arrival.before, arrival.after_loading));
  result.findings.push_back(std::move(found));
}

}  // namespace napier
