// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "lib/target/caller.hpp"
#include "lib/target/function.hpp"

namespace napier {

/// What a target gave at some calls, as it was written down: perhaps on another machine.
struct RecordedResults {
  std::string target;   ///< its name there
  std::string machine;  ///< what gave them: "glibc 2.36, x86-64-v3"
  std::uint64_t seed = 0;
  const Function* function = nullptr;
  const Format* format = nullptr;
  std::vector<Rounding> roundings;  ///< in each of them all calls were made
  std::vector<Call> calls;          ///< each once, in ascending order of their encodings
  std::vector<Bits> results;        ///< of each call its encodings in these modes

  /// Whether no call of the function is missing.
  bool is_whole() const;
  bool has(Rounding rounding) const;
  /// What the call gave; nullopt where that was not written down.
  std::optional<Float> at(const Call& call, Rounding rounding) const;
  bool has(const Call& call) const { return !roundings.empty() && at(call, roundings.front()); }
};

/// Whether a call stands before another one in RecordedResults::calls.
bool is_before(const Call& one, const Call& other);

/// Gives what was written down; at all other calls nobody can be asked (Ending::not_called).
std::unique_ptr<Caller> recorded_caller(std::shared_ptr<const RecordedResults> results);

}  // namespace napier
