// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "props/called_block.hpp"

#include <algorithm>
#include <cassert>

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
  arguments_.resize(size);
  values_.resize(size);
}

void CalledBlock::add(const Walk& walk, Address address, std::uint64_t steps, std::size_t count) {
  const std::size_t begin = size_;
  stretches_.push_back({walk, address, steps, begin, count});
  grow(begin + count);
  const Float start = walk.start.args[walk.start.count - 1];
  // Encodings of one sign run with the distance from zero, and a walk keeps its sign.
  auto bits = static_cast<std::uint64_t>(start.bits);
  const std::uint64_t stride = walk.towards_zero ? -walk.stride : walk.stride;
  bits += stride * steps;
  for (std::uint64_t& encoding : std::span(last_).subspan(begin, count)) {
    encoding = bits;
    bits += stride;
  }
  if (subject_->target->function->arity == 2)
    std::ranges::fill(std::span(first_).subspan(begin, count),
                      static_cast<std::uint64_t>(walk.start.args[0].bits));
}

namespace {
void reverse_into(std::span<std::uint64_t> reversed, std::span<const std::uint64_t> values) {
  std::ranges::reverse_copy(values, reversed.begin());
}
}  // namespace

bool CalledBlock::call(Caller& caller, bool repeat) {
  const bool two = subject_->target->function->arity == 2;
  const auto used = [this](std::vector<std::uint64_t>& all) { return std::span(all).first(size_); };
  const auto call_all = [&](std::span<const std::uint64_t> first,
                            std::span<const std::uint64_t> last, std::span<std::uint64_t> results) {
    const CallBlock block{two ? first : last, two ? last : std::span<const std::uint64_t>(),
                          results};
    return caller.call_block(subject_->rounding, block);
  };
  const auto effects = call_all(used(first_), used(last_), used(results_));
  if (!effects) return false;
  effects_ = *effects;
  if (repeat) {
    // Backwards, so that a second call with the same input meets other neighbours.
    if (two) reverse_into(used(more_scratch_), used(first_));
    reverse_into(used(scratch_), used(last_));
    const auto again = call_all(used(more_scratch_), used(scratch_), used(repeated_));
    if (!again) return false;
    std::ranges::reverse(used(repeated_));
    effects_.control_kept &= again->control_kept;
    effects_.errno_zeroed |= again->errno_zeroed;
  }
  if (subject_->format().precision <= 24) {
    narrow_values(subject_->format(), used(last_), std::span(arguments_).first(size_));
    narrow_values(subject_->format(), used(results_), std::span(values_).first(size_));
  }
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
