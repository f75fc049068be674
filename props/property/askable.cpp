// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "props/property/askable.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "lib/target/pipe.hpp"

namespace napier {
namespace {

/// Of a process.
std::string why_not_told(const Property& property, Rounding rounding) {
  if (rounding != Rounding::nearest)
    return "a process rounds as it likes, and is taken to round to nearest";
  if (property.observe == Observe::everything)
    return "a process tells its results alone: its flags, errno and control state are its own";
  if (property.calling == Calling::in_two_threads)
    return "a process is asked one thing after the other";
  return {};
}

}  // namespace

std::string why_not_asked(const Property& property, const Subject& subject) {
  if (is_process(subject.target->shape))
    if (std::string why = why_not_told(property, subject.rounding); !why.empty()) return why;
  return property.inapplicable(subject);
}

std::string promises_unasked(const Target& target) {
  if (!is_process(target.shape)) return {};
  std::vector<std::string_view> unasked;
  if (target.claim.flags) unasked.emplace_back("flags");
  if (target.claim.errno_values) unasked.emplace_back("errno");
  if (target.claim.names_directed_modes()) unasked.emplace_back("directed rounding modes");
  if (unasked.empty()) return {};
  return fmt::format(
      "Claimed and not judged: {}; a process tells its results alone, rounded to nearest",
      fmt::join(unasked, ", "));
}

std::string laws_unasked(const Target& target) {
  const Subject subject(target, Rounding::nearest);
  std::vector<std::string> unasked;
  for (const Property& property : all_properties())
    if (property.inapplicable(subject) == no_value_beside_it)
      unasked.push_back(property.law.empty() ? std::string(property.name)
                                             : fmt::format("{} {}", property.law, property.name));
  if (unasked.empty()) return {};
  return fmt::format(
      "Not asked: {}, since {} to compare it with; its own results are compared with the true "
      "derivative",
      fmt::join(unasked, ", "), no_value_beside_it);
}

}  // namespace napier
