// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "audit/trial/losses.hpp"

#include <fmt/format.h>

#include <cstring>

#include "audit/isolation/child_caller.hpp"
#include "props/property/property.hpp"
#include "reports/view/view.hpp"

namespace napier {

std::vector<Loss> take_losses(const std::vector<Caller*>& callers) {
  std::vector<Loss> losses;
  for (Caller* caller : callers)
    if (auto* child = dynamic_cast<ChildCaller*>(caller); child != nullptr) {
      child->settle();
      for (Loss& loss : child->history().take_losses()) losses.push_back(std::move(loss));
    }
  return losses;
}

Finding finding_of(const std::vector<Loss>& untold) {
  const Loss& first = untold.front();
  const Property& property = property_called(Calling::by_others);
  Finding found;
  found.property = property.name;
  found.basis = Basis::everyone;
  found.rounding = first.rounding;
  found.count = untold.size();
  found.claimed = property.promised;
  if (first.last) {
    found.smallest.inputs.push_back(first.last->x);
    if (first.last->y.format != nullptr) found.smallest.inputs.push_back(first.last->y);
  }
  const std::string ended = first.death.ending == Ending::crashed
                                ? fmt::format("the process was killed by signal {} ({})",
                                              first.death.detail, ::strsignal(first.death.detail))
                                : "the process " + describe(first.death);
  found.smallest.fault = ended + (first.returned ? " between calls" : "") + calls_before(first);
  found.worst = found.smallest;
  found.explanation = describe(first);
  if (untold.size() > 1)
    found.explanation +=
        fmt::format(". {} processes ended so that no call is to blame", untold.size());
  found.repeatable = false;
  return found;
}

void tell_loss(const Loss& loss, bool interrupted, Finding& found) {
  const Finding first = finding_of({loss});
  found.smallest = first.smallest;
  found.worst = first.worst;
  found.explanation = first.explanation;
  if (!interrupted) return;
  found.smallest.fault =
      fmt::format("the process {}; the audit was {}", describe(loss.death), not_tried_again);
  found.worst.fault = found.smallest.fault;
  found.explanation = "T" + found.smallest.fault.substr(1);
}

}  // namespace napier
