// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "audit/isolation/ledger.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "lib/target/known_hang.hpp"

namespace napier {

void Ledger::renew(Asking asking) {
  settle();
  asking_ = asking;
  deaths_ = hangs_ = 0;
  given_up_ = false;
}

void Ledger::bear(const Death& death) {
  ++deaths_;
  if (death.ending == Ending::hung) ++hangs_;
  if (deaths_ >= patience_.deaths || hangs_ >= patience_.hangs) give_up("");
}

Death Ledger::mourn(const Loss& loss) {
  Death answer = loss.death;
  history_->add(loss);
  met_again(loss.death.ending, loss.death.detail);
  if (!loss.told) trouble_ = fmt::format("{} between calls", describe(loss.death));
  if (loss.told && loss.array_length == 0 && loss.death.ending == Ending::hung &&
      !history_->remember_hang(loss.rounding, *loss.last) && loss.death.detail == 0)
    answer.detail = napier::known_to_hang;
  bear(loss.death);
  return answer;
}

void Ledger::leave_open(const Loss& loss) {
  if (!from_outside(loss.death)) open_.push_back(loss);
}

void Ledger::met_again(Ending ending, int detail) {
  std::erase_if(open_, [=](const Loss& loss) {
    return loss.death.ending == ending && loss.death.detail == detail;
  });
}

void Ledger::settle() {
  for (const Loss& loss : std::exchange(open_, {})) history_->add(loss);
}

void Ledger::give_up(const std::string& why) {
  given_up_ = true;
  trouble_ =
      fmt::format("given up after {} lost processes, {} of them hung{}", deaths_, hangs_, why);
}

std::chrono::nanoseconds Ledger::time_for_a_call(bool in_a_block,
                                                 std::chrono::nanoseconds slowest) const {
  constexpr int in_a_block_part = 6, in_haste = 20, slower = 20;
  const std::chrono::nanoseconds all = patience_.stuck;
  if (asking_ != Asking::thoroughly && anything_hangs())
    return std::clamp(slower * slowest, all / in_haste, all);
  return in_a_block ? all / in_a_block_part : all;
}

}  // namespace napier
