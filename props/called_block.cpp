// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "props/called_block.hpp"

#include <algorithm>
#include <cassert>

#include "lib/fp/ordinal.hpp"
#include "oracles/fast/bulk_filter.hpp"

namespace napier {

void CalledBlock::clear() {
  stretches_.clear();
  size_ = 0;
}

void CalledBlock::grow(std::size_t size) {
  size_ = size;
  if (last_.size() >= size) return;
  for (auto* encodings : {&first_, &last_, &results_, &repeated_, &scratch_, &more_scratch_})
    encodings->resize(size);
  signals_.resize(size);
  bases_.resize(size);
  arguments_.resize(size);
  values_.resize(size);
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

namespace {
template <class T>
std::span<T> used(std::vector<T>& all, std::size_t count) {
  return std::span(all).first(count);
}
}  // namespace

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

std::optional<BlockEffects> CalledBlock::call_all(Caller& caller,
                                                  std::span<const std::uint64_t> first,
                                                  std::span<const std::uint64_t> last,
                                                  std::span<std::uint64_t> results,
                                                  std::span<std::uint8_t> signals) const {
  const bool two = subject_->target->function->arity == 2;
  return caller.call_block(
      subject_->rounding,
      {two ? first : last, two ? last : std::span<const std::uint64_t>(), results, signals});
}

bool CalledBlock::call(Caller& caller, BlockWishes wishes) {
  if (wishes.neighbours) add_neighbours();
  const std::size_t count = size_ + (wishes.neighbours ? stretches_.size() : 0);
  const auto first = used(first_, count), last = used(last_, count);
  const auto effects = call_all(caller, first, last, used(results_, count), {});
  if (!effects) return false;
  effects_ = *effects;
  calls_ = count;
  // Most blocks signal nothing: only where one did is every call asked.
  if (wishes.signals && effects_.signalled &&
      !call_all(caller, first, last, used(scratch_, count), used(signals_, count)))
    return false;
  if (wishes.repeat && !repeat(caller)) return false;
  if (has_values(subject_->format())) {
    if (subject_->target->function->arity == 2)
      values_of(subject_->format(), first, used(bases_, count));
    values_of(subject_->format(), last, used(arguments_, count));
    values_of(subject_->format(), used(results_, count), used(values_, count));
  }
  return true;
}

/// Backwards, so that a second call with the same input meets other neighbours.
bool CalledBlock::repeat(Caller& caller) {
  const auto reversed = [this](std::vector<std::uint64_t>& to, std::vector<std::uint64_t>& from) {
    std::ranges::reverse_copy(used(from, size_), to.begin());
    return used(to, size_);
  };
  const auto first = reversed(more_scratch_, first_), last = reversed(scratch_, last_);
  const auto again = call_all(caller, first, last, used(repeated_, size_), {});
  if (!again) return false;
  std::ranges::reverse(used(repeated_, size_));
  effects_.control_kept &= again->control_kept;
  effects_.errno_zeroed |= again->errno_zeroed;
  calls_ += size_;
  return true;
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
  return subject_->target->function->arity == 1 ? Call{last, {}}
                                                : Call{{first_[i], &subject_->format()}, last};
}

}  // namespace napier
