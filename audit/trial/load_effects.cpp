// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "audit/trial/load_effects.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

#include "audit/isolation/child_caller.hpp"
#include "audit/isolation/wrong_shape.hpp"
#include "lib/fp/hexfloat.hpp"
#include "lib/target/pipe.hpp"
#include "oracles/oracle.hpp"
#include "props/property/property.hpp"
#include "reports/text.hpp"

namespace napier {

namespace {

/// Whether its own argument is what the function gives there: 2^1 - 1 is 1, and a power of 1 is 1.
bool gives_argument(const Function* function, const Call& call) {
  if (function == nullptr || call.x.format == nullptr) return false;
  return TrueValue(*function, call).rounded(*call.x.format, Rounding::nearest) == call.x;
}

Finding environment_finding(std::string claimed, std::string explanation) {
  Finding found;
  found.property = property_of_loading().name;
  found.basis = Basis::everyone;
  found.count = 1;
  found.claimed = std::move(claimed);
  found.explanation = explanation;
  found.smallest.fault = std::move(explanation);
  found.worst = found.smallest;
  return found;
}

}  // namespace

std::vector<Finding> load_effects(const Caller& caller) {
  std::vector<Finding> found;
  const auto* child = dynamic_cast<const ChildCaller*>(&caller);
  if (child == nullptr) return found;
  const Arrival& arrival = child->arrival();
  if (arrival.before != arrival.after_loading)
    found.push_back(
        environment_finding("loading a library leaves the floating-point environment alone",
                            fmt::format("Loading the library changed the {}, before any call",
                                        difference(arrival.before, arrival.after_loading))));
  const Answer& first = arrival.first_answer;
  if (first.before != first.after)
    found.push_back(environment_finding("a call leaves the floating-point environment alone",
                                        fmt::format("The first call in a process changed the {}",
                                                    difference(first.before, first.after))));
  return found;
}

std::optional<Finding> first_call_changed(Caller& caller) {
  const auto* child = dynamic_cast<const ChildCaller*>(&caller);
  if (child == nullptr) return std::nullopt;
  const Call call = child->arrival().first_call;
  const Answer first = child->arrival().first_answer;
  Answer later;
  caller.call(Rounding::nearest, Observe::values, {&call, 1}, {&later, 1});
  if (later.ending != Ending::returned || later.value == first.value) return std::nullopt;
  const Property& property = property_called(Calling::amid_a_past);
  Finding found;
  found.property = property.name;
  found.basis = Basis::everyone;
  found.count = 1;
  found.claimed = property.promised;
  found.explanation =
      fmt::format("The first call in a process gave {}, the same call later gave {}",
                  to_hex(first.value), to_hex(later.value));
  found.smallest.inputs = {call.x};
  if (call.y.format != nullptr) found.smallest.inputs.push_back(call.y);
  found.smallest.got = first.value;
  found.smallest.fault = fmt::format("that was the first call in a process, and later it gave {}",
                                     to_hex(later.value));
  found.worst = found.smallest;
  return found;
}

void check_is_no_echo(const Target& target, Caller& caller) {
  const auto* child = dynamic_cast<const ChildCaller*>(&caller);
  if (child == nullptr || target.function->arity != 1) return;
  const Arrival& arrival = child->arrival();
  if (arrival.first_answer.value != arrival.first_call.x) return;
  std::vector<Call> calls;
  for (const int integer : {1, 2, 3, 5, -3, -7})
    calls.push_back({from_integer(*target.format, integer), {}});
  std::vector<Answer> answers(calls.size());
  caller.call(Rounding::nearest, Observe::values, calls, answers);
  for (std::size_t i = 0; i < calls.size(); ++i)
    if (answers[i].ending != Ending::returned || answers[i].value != calls[i].x) return;
  const std::string mend =
      is_process(target.shape)
          ? "it echoes what it is asked; docs/protocol.md tells how it is to answer"
          : fmt::format(
                "an array function that is called by a value does that; check that it is "
                "{}, or give its --shape, such as x,y,n",
                declaration(target.shape, *target.format, 1));
  throw std::runtime_error(
      fmt::format("{}: every result is the argument: {}", one_line(target.name), mend));
}

void note_arrival(const Caller& caller, TargetResult& result) {
  const auto* child = dynamic_cast<const ChildCaller*>(&caller);
  if (child == nullptr) return;
  const Arrival& arrival = child->arrival();
  const bool gives_back = arrival.first_answer.value == arrival.first_call.x &&
                          !gives_argument(find_function(result.function), arrival.first_call);
  if (gives_back && result.shape == "scalar" && !result.findings.empty())
    result.notes.emplace_back(gives_back_text);
  if (!arrival.bindings.empty()) result.notes.push_back("Its object calls " + arrival.bindings);
}

bool anything_printed(const std::vector<Caller*>& callers) {
  return std::ranges::any_of(callers, [](const Caller* caller) {
    const auto* child = dynamic_cast<const ChildCaller*>(caller);
    return child != nullptr && child->printed().bytes != 0;
  });
}

void note_printing(bool printed, TargetResult& result) {
  // What a command's shell says of a death by others is no part of the target: remember_words().
  if (printed && !find_pipe(result.shape))
    result.notes.emplace_back(
        "It printed to standard output or standard error; none of it is part of this report");
}

}  // namespace napier
