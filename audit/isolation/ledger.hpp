// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "audit/isolation/child_caller.hpp"
#include "audit/isolation/history.hpp"

namespace napier {

/// What the processes of one caller have cost, and how much more is borne.
class Ledger {
 public:
  Ledger(Patience patience, std::shared_ptr<History> history)
      : patience_(patience), history_(std::move(history)) {}

  void renew(Asking asking);
  /// What is to be answered: that a call hung which another thread has just met costs nobody more.
  Death mourn(const Loss& loss);
  /// Counts a death that is told of two threads at once, and of no call by itself: such a call is
  /// asked again like any other.
  void bear(const Death& death);
  /// Of a death in a block it is left open whether a call is to blame: it may be met again when the
  /// calls are made one by one, at the latest before settle(). It is not counted here.
  void leave_open(const Loss& loss);
  void met_again(Ending ending, int detail);  ///< so did what is open
  void settle();                              ///< what is open was not met again
  void give_up(const std::string& why);

  /// Who has hung once, whoever asked, is given less time for other calls, though far more than the
  /// slowest one has taken so far; so is a block, whose calls are made one by one if it takes
  /// longer.
  std::chrono::nanoseconds time_for_a_call(bool in_a_block, std::chrono::nanoseconds slowest) const;
  bool anything_hangs() const { return history_->anything_hangs(); }
  bool known_to_hang(Rounding rounding, const Call& call) const {
    return asking_ != Asking::thoroughly && history_->hangs(rounding, call);
  }
  bool anything_ends() const { return history_->anything_ends(); }
  std::optional<Death> known_end(Rounding rounding, const Call& call) const {
    return asking_ == Asking::thoroughly ? std::nullopt : history_->known_end(rounding, call);
  }
  History& history() const { return *history_; }
  int deaths() const { return deaths_; }
  bool given_up() const { return given_up_; }
  const std::string& trouble() const { return trouble_; }

 private:
  Patience patience_;
  std::shared_ptr<History> history_;
  Asking asking_ = Asking::usually;
  int deaths_ = 0;
  int hangs_ = 0;
  bool given_up_ = false;
  std::string trouble_;
  std::vector<Loss> open_;
};

}  // namespace napier
