// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// Whole blocks of calls of an isolated caller, for values alone.
#include <algorithm>
#include <cassert>

#include "audit/isolation/isolated_caller.hpp"
#include "audit/isolation/received.hpp"
#include "lib/fp/environment.hpp"

namespace napier {

bool IsolatedCaller::can_make(const Whole& whole) {
  return format_.bytes() <= 8 && whole.count <= whole_capacity && whole.calls() <= pace_.calls() &&
         ready_for_more();
}

/// From now on the channel holds no whole block, though one that was interrupted may have left it.
void IsolatedCaller::single_calls() {
  whole_.reset();
  from_two_threads_ = false;
  session_.channel().whole = false;
}

/// One after the other. False if one of the calls is known to hang.
bool IsolatedCaller::write_blocks(const Whole& whole, std::span<const CallBlock> blocks) {
  { const ScopedRounding tried(whole.rounding); }
  whole_ = whole;
  from_two_threads_ = false;
  Channel& channel = session_.channel();
  set_rounding(whole.rounding);
  whole_x_.clear();
  whole_y_.clear();
  for (const CallBlock& block : blocks) {
    whole_x_.insert(whole_x_.end(), block.x.begin(), block.x.end());
    whole_y_.insert(whole_y_.end(), block.y.begin(), block.y.end());
  }
  std::ranges::copy(whole_x_, channel.whole_x.begin());
  std::ranges::copy(whole_y_, channel.whole_y.begin());
  channel.whole = true;
  channel.record = whole.record;
  channel.flags_raised = whole.flags_raised;
  channel.again = whole.again;
  channel.again_backwards = whole.backwards;
  if (!ledger_.anything_hangs()) return true;
  for (std::uint32_t i = 0; i < whole.count; ++i) {
    if (!known_to_hang(asked(i))) continue;
    single_calls();
    return false;
  }
  return true;
}

// A death is not counted here: the calls are made again one by one, and it is met there, or left
// open. So are the calls of a slow target, which are asked for in smaller numbers.
bool IsolatedCaller::is_made(const Attempt& tried) {
  // A block is given less time than a call: that it took longer shows nothing yet.
  const bool took_longer = tried.death && tried.death->ending == Ending::hung && !tried.disorderly;
  if (tried.death && !took_longer) {
    note_jump(*tried.death);
    ledger_.leave_open(loss_of(tried, 0));
  }
  single_calls();
  const Channel& channel = session_.channel();
  effects_ = {received(channel.effects), received(channel.again_effects)};
  return !tried.death && !tried.disorderly && !effects_.first.unwritten &&
         !effects_.again.unwritten;
}

void IsolatedCaller::begin_ahead(const Whole& whole, std::span<const CallBlock> blocks) {
  finish_ahead();
  ahead_.reset();
  if (whole.count == 0 || !can_make(whole) || !write_blocks(whole, blocks)) return;
  const auto begun = std::chrono::steady_clock::now();
  session_.begin(0, whole.calls());
  ahead_ = {whole, begun, {}};
  for (const CallBlock& block : blocks)
    ahead_->counts.push_back(static_cast<std::uint32_t>(block.results.size()));
}

void IsolatedCaller::begin_block(Rounding rounding, const CallBlock& block,
                                 const Repetition& again) {
  begin_ahead({rounding, block, again}, {&block, 1});
}

void IsolatedCaller::begin_blocks(Rounding rounding, std::span<const CallBlock> blocks) {
  Whole whole(rounding, {}, {});
  for (const CallBlock& block : blocks) {
    assert(block.signals.empty() && !block.flags_raised);
    whole.count += static_cast<std::uint32_t>(block.results.size());
  }
  begin_ahead(whole, blocks);
}

// A child that has answered before it was asked may have done so long ago: how long it took is not
// known.
void IsolatedCaller::finish_ahead() {
  if (!ahead_ || ahead_->made) return;
  ahead_->made = false;  // an interruption ends the child, and this is not waited for again
  const bool answered = session_.is_answered();
  const Attempt tried = await(0, ahead_->whole.calls(), ahead_->begun, !answered);
  ahead_->made = is_made(tried);
}

/// Where the block stands that is to be asked for next, if it is this one.
std::optional<std::uint32_t> IsolatedCaller::place_ahead(const Whole& whole,
                                                         const CallBlock& block) const {
  if (!ahead_ || ahead_->counts[ahead_->next] != whole.count) return std::nullopt;
  Whole all = whole;
  all.count = ahead_->whole.count;
  const std::uint32_t first = ahead_->first;
  const auto same = [first](std::span<const std::uint64_t> given, const auto& written) {
    return std::equal(given.begin(), given.end(), written.begin() + first);
  };
  const bool is_this = ahead_->whole == all && same(block.x, whole_x_) && same(block.y, whole_y_);
  return is_this ? std::optional(first) : std::nullopt;
}

// Of several blocks that were not made together each is made alone: perhaps but one is to blame.
std::optional<std::uint32_t> IsolatedCaller::make(const Whole& whole, const CallBlock& block) {
  const auto place = place_ahead(whole, block);
  finish_ahead();
  if (place && *ahead_->made) {
    ahead_->first += whole.count;
    if (++ahead_->next == ahead_->counts.size()) ahead_.reset();
    return place;
  }
  const bool failed_alone = place && ahead_->counts.size() == 1;
  ahead_.reset();
  const bool made = !failed_alone && can_make(whole) && write_blocks(whole, {&block, 1}) &&
                    is_made(ask(0, whole.calls()));
  return made ? std::optional<std::uint32_t>(0) : std::nullopt;
}

/// Of results that come from memory of the target's: see take().
void IsolatedCaller::copy_results(std::span<const std::uint64_t> given,
                                  std::span<std::uint64_t> results) const {
  const auto datum = static_cast<std::uint64_t>(datum_bits(format_));
  for (std::size_t i = 0; i < results.size(); ++i) results[i] = given[i] & datum;
}

std::optional<BlockEffects> IsolatedCaller::call_block(Rounding rounding, const CallBlock& block) {
  const auto first = make({rounding, block, {}}, block);
  if (!first) return std::nullopt;
  const Channel& channel = session_.channel();
  copy_results(std::span(channel.results).subspan(*first), block.results);
  std::copy_n(channel.signals.begin() + *first, block.signals.size(), block.signals.begin());
  return effects_.first;
}

std::optional<TwiceEffects> IsolatedCaller::call_block_twice(Rounding rounding,
                                                             const CallBlock& block,
                                                             const Repetition& again) {
  if (!make({rounding, block, again}, block)) return std::nullopt;
  const Channel& channel = session_.channel();
  copy_results(channel.results, block.results);
  copy_results(channel.again_results, again.results);
  return effects_;
}

}  // namespace napier
