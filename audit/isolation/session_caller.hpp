// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "audit/isolation/child_caller.hpp"
#include "audit/isolation/ledger.hpp"

namespace napier {

/// A ChildCaller over a session with one process after another, and the ledger of those lost.
template <class Session>
class SessionCaller : public ChildCaller {
 public:
  void renew(Asking asking) final {
    this->settle();
    ledger_.renew(asking);
  }
  const Arrival& arrival() const final { return arrival_; }
  const Printed& printed() const final { return session_.printed(); }
  int deaths() const final { return ledger_.deaths(); }
  bool given_up() const final { return ledger_.given_up(); }
  const std::string& trouble() const final { return ledger_.trouble(); }
  History& history() const final { return ledger_.history(); }

 protected:
  /// The process has answered it.
  void note_answered(const Call& call) {
    last_ = call;
    answered_.add(call);
  }
  /// A process that ended after its last answer, before it was asked anything.
  Loss loss_between_calls(const Death& death, Rounding rounding) const {
    Loss loss{death, rounding, last_};
    loss.returned = true;
    loss.before = answered_.all_but_last();
    return loss;
  }

  /// A session is made of what is given, and of who may stop it and what is known of the target.
  template <class... Given>
  SessionCaller(Patience patience, const std::shared_ptr<History>& history, Given&&... given)
      : patience_(patience),
        ledger_(patience, history),
        session_(std::forward<Given>(given)..., patience.stop, history) {}

  Patience patience_;
  Ledger ledger_;
  Session session_;
  Arrival arrival_;
  std::optional<Call> last_;           ///< the last call that was answered
  LastCalls answered_;                 ///< by the process that there is
  std::chrono::nanoseconds set_up_{};  ///< what a first call takes, by the clock
  bool fresh_ = false;                 ///< nothing was asked yet of this process
};

}  // namespace napier
