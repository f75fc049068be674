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
  ~CaseBlock();
  CaseBlock(const CaseBlock&) = delete;
  CaseBlock& operator=(const CaseBlock&) = delete;

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
  /// Room for a block, a megabyte: each thread keeps that of its last one for the next, since new
  /// pages cost as much as judging does.
  struct Room {
    std::vector<Case> cases;
    std::vector<Request> requests;  // slots_ per case
    std::vector<Answer> answers;
    std::vector<Request> wanted;
    std::vector<Call> calls;
    std::vector<std::size_t> places;
    std::vector<Answer> given;
  };
  static Room& spare_room();
  bool plan();
  void ask(Role role, Caller* caller, bool backwards);

  Jury jury_;
  const Subject& subject_;
  Callers callers_;
  std::size_t slots_ = 0;
  Observe observe_ = Observe::values;
  bool raises_flags_ = false;  ///< in every other round
  Room room_;
  std::vector<Case>& cases_ = room_.cases;
  std::vector<Request>& requests_ = room_.requests;
  std::vector<Answer>& answers_ = room_.answers;
  std::vector<Request>& wanted_ = room_.wanted;
  std::vector<Call>& calls_ = room_.calls;
  std::vector<std::size_t>& places_ = room_.places;
  std::vector<Answer>& given_ = room_.given;
};

}  // namespace napier
