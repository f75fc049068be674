// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "props/property/called_block.hpp"

#include <algorithm>
#include <cassert>
#include <cstring>
#include <utility>

#include "lib/fp/ordinal.hpp"
#include "oracles/fast/calls/bulk_filter.hpp"

namespace napier {

void CalledBlock::clear() {
  stretches_.clear();
  size_ = 0;
}

namespace {
/// The first `count` of them, for writing. Few blocks need every vector, and their memory costs as
/// much as a quick judgement: each is made when it is first written to.
template <class T>
std::span<T> room(std::vector<T>& all, std::size_t count) {
  if (all.size() < count) all.resize(count);
  return std::span(all).first(count);
}
template <class T>
std::span<const T> used(const std::vector<T>& all, std::size_t count) {
  return std::span(all).first(count);
}

/// The first after the i-th, and before the end, that is another; or the end.
std::size_t next_other(const std::vector<std::uint8_t>& bits, std::size_t i, std::size_t end) {
  const auto all = used(bits, end);
  if (std::memcmp(&all[i], &all[i] + 1, end - i - 1) == 0) return end;
  return static_cast<std::size_t>(
      std::ranges::adjacent_find(all.subspan(i), std::ranges::not_equal_to()) - all.begin() + 1);
}
}  // namespace

bool CalledBlock::takes_two() const { return subject_->target->function->arity == 2; }

std::span<const std::uint64_t> CalledBlock::first_of(std::size_t count) const {
  return takes_two() ? used(first_, count) : std::span<const std::uint64_t>();
}

void CalledBlock::grow(std::size_t size) {
  size_ = size;
  room(last_, size);
  if (takes_two()) room(first_, size);
}

void CalledBlock::add(const Walk& walk, Address address, std::uint64_t steps, std::size_t count) {
  const std::size_t begin = size_;
  stretches_.push_back({walk, address, steps, begin, count});
  grow(begin + count);
  // Encodings of one sign run with the distance from zero, and a walk keeps its sign.
  auto bits = static_cast<std::uint64_t>(walk.start.args[walk.argument()].bits);
  const auto apart = static_cast<std::uint64_t>(walk.stride);
  const std::uint64_t stride = walk.towards_zero ? -apart : apart;
  bits += stride * steps;
  std::vector<std::uint64_t>& moving = walk.over_bases ? first_ : last_;
  for (std::uint64_t& encoding : std::span(moving).subspan(begin, count)) {
    encoding = bits;
    bits += stride;
  }
  if (walk.start.count == 2)
    std::ranges::fill(std::span(walk.over_bases ? last_ : first_).subspan(begin, count),
                      static_cast<std::uint64_t>(walk.start.args[walk.over_bases ? 1 : 0].bits));
}

/// The one next larger argument that each stretch lacks: of its end that is farther up.
void CalledBlock::add_neighbours() {
  const std::size_t cases = size_;
  grow(cases + stretches_.size());
  for (std::size_t k = 0; k < stretches_.size(); ++k) {
    const Stretch& stretch = stretches_[k];
    const Float first{last_[stretch.begin], &subject_->format()};
    const Float last{last_[stretch.begin + stretch.count - 1], &subject_->format()};
    const Float highest = is_negative(first) ? first : last;
    const Float next = is_nan(highest) ? highest : next_up(highest);
    last_[cases + k] = static_cast<std::uint64_t>(next.bits);
  }
  size_ = cases;
}

std::optional<BlockEffects> CalledBlock::call_all(
    Caller& caller, std::span<const std::uint64_t> first, std::span<const std::uint64_t> last,
    std::span<std::uint64_t> results, std::span<std::uint8_t> signals, bool flags_raised) const {
  return caller.call_block(subject_->rounding,
                           calls_of(first, last, results, signals, flags_raised));
}

CallBlock CalledBlock::calls_of(std::span<const std::uint64_t> first,
                                std::span<const std::uint64_t> last,
                                std::span<std::uint64_t> results, std::span<std::uint8_t> signals,
                                bool flags_raised) const {
  const bool two = takes_two();
  return {two ? first : last, two ? last : std::span<const std::uint64_t>(), results, signals,
          flags_raised};
}

CallBlock CalledBlock::first_calls() {
  return calls_of(first_of(called_), used(last_, called_), room(results_, called_), {}, false);
}

void CalledBlock::complete(BlockWishes wishes) {
  if (wishes.neighbours) add_neighbours();
  called_ = size_ + (wishes.neighbours ? stretches_.size() : 0);
  values_.made = 0;
}

bool CalledBlock::is_made_twice(BlockWishes wishes) const {
  return (wishes.repeat || wishes.signals) && !reads_each_first(wishes);
}

Repetition CalledBlock::second_calls() { return {room(repeated_, size_), backwards()}; }

void CalledBlock::begin(Caller& caller, BlockWishes wishes) {
  complete(wishes);
  if (reads_each_first(wishes)) return;
  caller.begin_block(subject_->rounding, first_calls(),
                     is_made_twice(wishes) ? second_calls() : Repetition{});
}

void CalledBlock::begin(std::span<CalledBlock* const> blocks, Caller& caller) {
  std::vector<CallBlock> calls;
  for (CalledBlock* block : blocks) {
    block->complete({});
    calls.push_back(block->first_calls());
  }
  if (!calls.empty()) caller.begin_blocks(blocks.front()->subject_->rounding, calls);
}

bool CalledBlock::call(Caller& caller, BlockWishes wishes, Caller* twin) {
  complete(wishes);
  calls_ = called_ + (wishes.repeat ? size_ : 0);
  const bool twice = is_made_twice(wishes), each = reads_each_first(wishes);
  is_sample_ = is_of_sample(wishes);
  ++blocks_;
  if (twice) {
    if (!call_twice(caller, wishes)) return false;
  } else {
    if (!(each ? read_each(caller) : call_once(caller, wishes))) return false;
    if ((wishes.repeat || wishes.signals) && !repeat(caller, wishes)) return false;
  }
  expects_signals_ = effects_.signalled;
  return !wishes.twin || call_twin(twin);
}

/// What it leaves behind is not judged, and spoils none of its own results.
bool CalledBlock::call_twin(Caller* twin) {
  if (twin == nullptr) return false;
  return call_in_order(
             *twin, subject_->rounding,
             calls_of(first_of(size_), used(last_, size_), room(twins_, size_), {}, false))
      .has_value();
}

/// Most blocks signal nothing: every call is asked only where that is likely, or one did.
bool CalledBlock::reads_each_first(BlockWishes wishes) const {
  return is_of_sample(wishes) || (wishes.signals && expects_signals_);
}

bool CalledBlock::is_of_sample(BlockWishes wishes) const {
  constexpr std::uint64_t one_in = 16;
  return (wishes.signals || wishes.order) && blocks_ % one_in == 0;
}

/// The first calls, as they were made: where they tell of something, each is read.
bool CalledBlock::look_at(Caller& caller, BlockWishes wishes, const BlockEffects& effects) {
  effects_ = effects;
  each_was_read_ = false;
  const bool something = !effects_.control_kept || (wishes.order && effects_.errno_zeroed) ||
                         (wishes.signals && effects_.signalled);
  return !something || read_each(caller);
}

bool CalledBlock::call_once(Caller& caller, BlockWishes wishes) {
  const auto effects = caller.call_block(subject_->rounding, first_calls());
  return effects && look_at(caller, wishes, *effects);
}

bool CalledBlock::call_twice(Caller& caller, BlockWishes wishes) {
  const auto effects = caller.call_block_twice(subject_->rounding, first_calls(), second_calls());
  return effects && look_at(caller, wishes, effects->first) &&
         look_at_repetition(caller, wishes, effects->again, false);
}

bool CalledBlock::read_each(Caller& caller) {
  const auto effects = call_all(caller, first_of(called_), used(last_, called_),
                                room(results_, called_), room(signals_, called_));
  if (!effects) return false;
  effects_ = *effects;
  each_was_read_ = true;
  room(disordered_, size_);
  for (std::size_t i = 0; i < size_; ++i)
    disordered_[i] = static_cast<std::uint8_t>(signals_[i] & signal_bit::disorder);
  return true;
}

const CalledBlock::Values& CalledBlock::values() const {
  if (values_.made != called_) {
    const Format& format = subject_->format();
    if (takes_two()) values_of(format, used(first_, called_), room(values_.bases, called_));
    values_of(format, used(last_, called_), room(values_.arguments, called_));
    values_of(format, used(results_, called_), room(values_.results, called_));
    values_.made = called_;
  }
  return values_;
}

std::span<const std::uint64_t> CalledBlock::again(std::span<const std::uint64_t> from,
                                                  std::vector<std::uint64_t>& to) const {
  if (!backwards()) return from;
  std::ranges::reverse_copy(from, room(to, from.size()).begin());
  return used(to, from.size());
}

template <class T>
void CalledBlock::put_in_order(std::vector<T>& answers) const {
  if (backwards()) std::ranges::reverse(room(answers, size_));
}

bool CalledBlock::backwards() const { return subject_->target->shape.is_scalar(); }

/// Backwards, so that a second call with the same input meets other neighbours.
bool CalledBlock::repeat(Caller& caller, BlockWishes wishes) {
  const bool each = wishes.signals && is_sample_;
  const auto effects = each ? read_each_flagged(caller, repeated_) : repeat_quietly(caller);
  return effects && look_at_repetition(caller, wishes, *effects, each);
}

bool CalledBlock::look_at_repetition(Caller& caller, BlockWishes wishes,
                                     const BlockEffects& effects, bool each_was_flagged) {
  if (!follow_up(caller, wishes, effects)) return false;
  const bool lowers = wishes.signals && effects.flags_lowered;
  if (lowers && !each_was_flagged && !read_each_flagged(caller, flagged_)) return false;
  effects_.flags_lowered = lowers;
  return true;
}

std::optional<BlockEffects> CalledBlock::repeat_quietly(Caller& caller) {
  const auto first = again(first_of(size_), more_scratch_);
  const auto last = again(used(last_, size_), scratch_);
  const auto effects = call_all(caller, first, last, room(repeated_, size_), {}, true);
  if (effects) put_in_order(repeated_);
  return effects;
}

/// Makes again what has to be, by what the repetition did.
bool CalledBlock::follow_up(Caller& caller, BlockWishes wishes, const BlockEffects& effects) {
  const bool spoiled = !effects.control_kept || !all_repeated_the_same();
  const bool something = spoiled || (wishes.order && effects.errno_zeroed) ||
                         (wishes.signals && effects.signalled && !each_was_read_);
  if (!something) return true;
  if (!each_was_read_ && !read_each(caller)) return false;
  if (!spoiled && !effects.errno_zeroed) return true;
  const bool differed = effects.control_kept && !all_repeated_the_same();
  if (!read_each_repeated(caller)) return false;
  // What gives another result every other time, or after flags were raised, is met so once more.
  return !differed || !all_repeated_the_same() || repeat_quietly(caller).has_value();
}

std::optional<BlockEffects> CalledBlock::read_each_flagged(Caller& caller,
                                                           std::vector<std::uint64_t>& results) {
  const auto first = again(first_of(size_), more_scratch_);
  const auto last = again(used(last_, size_), scratch_);
  const auto effects =
      call_all(caller, first, last, room(results, size_), room(lowered_, size_), true);
  if (!effects) return effects;
  put_in_order(results);
  put_in_order(lowered_);
  for (std::uint8_t& bits : room(lowered_, size_)) bits &= flag_bit::all;
  return effects;
}

bool CalledBlock::read_each_repeated(Caller& caller) {
  const auto first = again(first_of(size_), more_scratch_);
  const auto last = again(used(last_, size_), scratch_);
  const auto effects =
      call_all(caller, first, last, room(repeated_, size_), room(repeated_signals_, size_));
  if (!effects) return false;
  put_in_order(repeated_);
  put_in_order(repeated_signals_);
  effects_.control_kept &= effects->control_kept;
  effects_.errno_zeroed |= effects->errno_zeroed;
  for (std::size_t i = 0; i < size_; ++i)
    disordered_[i] |= static_cast<std::uint8_t>(repeated_signals_[i] & signal_bit::disorder);
  return true;
}

bool CalledBlock::results_are_alike(std::size_t begin, std::size_t count) const {
  const std::uint64_t* const first = &results_[begin];  // each is compared with the one after it
  return std::memcmp(first, first + 1, (count - 1) * sizeof *first) == 0;
}

std::size_t CalledBlock::next_signals(std::size_t i, std::size_t end) const {
  if (effects_.signalled) end = next_other(signals_, i, end);
  return effects_.flags_lowered ? next_other(lowered_, i, end) : end;
}

std::size_t CalledBlock::next_result(std::size_t i, std::size_t end) const {
  const std::uint64_t first = results_[i];
  while (i < end && results_[i] == first) ++i;
  return i;
}

bool CalledBlock::all_like_the_twin() const {
  return std::ranges::equal(std::span(results_).first(size_), std::span(twins_).first(size_));
}

bool CalledBlock::all_repeated_the_same() const {
  return std::ranges::equal(std::span(results_).first(size_), std::span(repeated_).first(size_));
}

Located CalledBlock::located(std::size_t i) const {
  const auto after = std::ranges::upper_bound(stretches_, i, {}, &Stretch::begin);
  const Stretch& stretch = *(after - 1);
  const std::uint64_t steps = i - stretch.begin;
  Address address = stretch.address;
  address.index += steps;
  const Call call = call_at(i);
  Located located{address, {}};
  located.point.push(call.x);
  if (call.y.format != nullptr) located.point.push(call.y);
  return located;
}

Call CalledBlock::call_at(std::size_t i) const {
  const Float last{last_[i], &subject_->format()};
  return takes_two() ? Call{{first_[i], &subject_->format()}, last} : Call{last, {}};
}

}  // namespace napier
