// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "reports/view/faults.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "lib/fp/hexfloat.hpp"
#include "props/property/property.hpp"
#include "reports/view/errors.hpp"
#include "reports/view/figures.hpp"
#include "reports/view/view.hpp"

namespace napier {
namespace {

bool is_law(const Finding& finding) {
  const Property* property = known_property(finding.property);
  return property != nullptr && relates_calls(property->family);
}

bool is_of_accuracy(const NumberedFinding& numbered) {
  return measures_errors(numbered.finding->property);
}

bool show_one_fault(const Finding& a, const Finding& b) {
  const bool one_promise = !a.claimed.empty() && a.claimed == b.claimed && a.basis == b.basis;
  return one_promise || a.property == b.property;
}

/// Which of two findings of one fault is to be shown.
bool is_better_shown(const NumberedFinding& a, const NumberedFinding& b) {
  if (is_of_accuracy(a) != is_of_accuracy(b)) return is_of_accuracy(a);
  return a.finding->worst.ulp.hi > b.finding->worst.ulp.hi;
}

bool is_asked(const Fault& fault, Calling so) {
  const Property* property = known_property(fault.shown.finding->property);
  return property != nullptr && property->calling == so;
}

}  // namespace

std::vector<Fault> faults(const Report& report, const TargetResult& target) {
  std::vector<NumberedFinding> own;
  for (const NumberedFinding& numbered : findings(report))
    if (numbered.target == &target) own.push_back(numbered);
  std::vector<Fault> all;
  for (const NumberedFinding& numbered : own) {
    const auto same = std::ranges::find_if(all, [&](const Fault& fault) {
      return show_one_fault(*fault.shown.finding, *numbered.finding);
    });
    if (same == all.end()) {
      all.push_back({numbered, {}});
      continue;
    }
    same->others.push_back(numbered);
    if (is_better_shown(numbered, same->shown)) std::swap(same->shown, same->others.back());
  }
  for (Fault& fault : all) std::ranges::sort(fault.others, {}, &NumberedFinding::number);
  return all;
}

void order_by_fault(TargetResult& target) {
  Report alone;
  alone.targets.push_back(target);
  std::vector<Finding> ordered;
  std::vector<Fault> all = faults(alone, alone.targets.front());
  // Where an array had no answer, that a process ended says more.
  const auto unanswered = std::ranges::find_if(all, [](const Fault& fault) {
    return is_asked(fault, Calling::in_lanes) && !fault.shown.finding->smallest.got;
  });
  const auto ended = std::ranges::find_if(unanswered, all.end(), [](const Fault& fault) {
    return is_asked(fault, Calling::by_others);
  });
  if (ended != all.end()) std::rotate(unanswered, ended, ended + 1);
  for (const Fault& fault : all) {
    ordered.push_back(*fault.shown.finding);
    for (const NumberedFinding& other : fault.others) ordered.push_back(*other.finding);
  }
  target.findings = std::move(ordered);
}

std::string elsewhere(const Fault& fault) {
  std::string text;
  for (const NumberedFinding& other : fault.others)
    text += fmt::format("{}{} in {} (#{})", text.empty() ? "" : ", ", charged(*other.finding),
                        counted(other.finding->count, "case", "cases"), other.number);
  return text;
}

SpelledCase spelled(const TargetResult& target, const Finding& finding, const Witness& witness) {
  std::string hex = sentence(finding, witness, target.claim);
  const std::string place = "at " + arguments_text(witness.inputs);
  if (witness.got && witness.call.empty() && hex.starts_with(place) && !is_law(finding))
    hex = fmt::format("{}({})", target.function, to_hex(witness.inputs)) + hex.substr(place.size());
  const Format* format = find_format(target.format);
  if (format == nullptr) return {hex, {}};
  std::string decimal = in_decimal(hex, *format);
  return decimal == hex ? SpelledCase{hex, {}} : SpelledCase{decimal, hex};
}

}  // namespace napier
