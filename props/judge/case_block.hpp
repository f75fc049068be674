// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <span>
#include <vector>

#include "props/judge/judge.hpp"

namespace napier {

/// Some cases under way, judged by one or several properties on the same calls, which are made one
/// by one.
class CaseBlock {
 public:
  using Jury = std::span<const Property* const>;

  CaseBlock(Jury jury, const Subject& subject, Callers callers);

  void clear() { cases_.clear(); }
  /// Clears it for other properties; the room that it took stays.
  void clear_for(Jury jury);
  void add(const Located& located);
  /// Makes the calls that the properties plan for the cases.
  void answer();

  std::size_t size() const { return cases_.size(); }
  const Located& located(std::size_t i) const { return cases_[i].located; }
  Transcript transcript(std::size_t i) const {
    return {{&requests_[i * slots_], cases_[i].made}, {&answers_[i * slots_], cases_[i].made}};
  }
  /// Counts the calls of a case, and those that did not return.
  void note_calls(std::size_t i, Tally& tally) const;

 private:
  struct Case {
    Located located;
    std::size_t made;  ///< calls with an answer
    std::size_t planned = 0;
  };
  bool plan();
  void ask(Role role, Caller* caller, bool backwards);

  Jury jury_;
  const Subject& subject_;
  Callers callers_;
  std::size_t slots_ = 0;
  Observe observe_ = Observe::values;
  std::vector<Case> cases_;
  std::vector<Request> requests_;  // slots_ per case
  std::vector<Answer> answers_;
  std::vector<Request> wanted_;
  std::vector<Call> calls_;
  std::vector<std::size_t> places_;
  std::vector<Answer> given_;
};

}  // namespace napier
