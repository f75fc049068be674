// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "props/called_block.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cassert>
#include <limits>

#include "lib/fp/dyadic.hpp"

namespace napier {
namespace {

double narrow_value(Float x) {
  if (is_nan(x)) return std::numeric_limits<double>::quiet_NaN();
  const double size = is_infinite(x) ? std::numeric_limits<double>::infinity()
                                     : to_double(magnitude(exact_value(x)));
  return is_negative(x) ? -size : size;
}

using Table = std::array<double, 1 << 16>;

Table table_of(const Format& format) {
  Table table{};
  for (std::size_t i = 0; i < table.size(); ++i) table[i] = narrow_value({i, &format});
  return table;
}

}  // namespace

void narrow_values(const Format& format, std::span<const std::uint64_t> encodings,
                   std::span<double> values) {
  assert(format.precision <= 24 && encodings.size() == values.size());
  if (&format == &binary32) {
    for (std::size_t i = 0; i < values.size(); ++i)
      values[i] =
          static_cast<double>(std::bit_cast<float>(static_cast<std::uint32_t>(encodings[i])));
    return;
  }
  static const Table of_binary16 = table_of(binary16);
  static const Table of_bfloat16 = table_of(bfloat16);
  const Table& table = &format == &binary16 ? of_binary16 : of_bfloat16;
  for (std::size_t i = 0; i < values.size(); ++i) values[i] = table[encodings[i] & 0xffff];
}

void CalledBlock::clear() {
  stretches_.clear();
  first_.clear();
  last_.clear();
}

void CalledBlock::add(const Walk& walk, Address address, std::uint64_t steps, std::size_t count) {
  stretches_.push_back({walk, address, steps, last_.size(), count});
  const Float start = walk.start.args[walk.start.count - 1];
  // Encodings of one sign run with the distance from zero, and a walk keeps its sign.
  auto bits = static_cast<std::uint64_t>(start.bits);
  const std::uint64_t stride = walk.towards_zero ? -walk.stride : walk.stride;
  bits += stride * steps;
  for (std::size_t i = 0; i < count; ++i, bits += stride) last_.push_back(bits);
  if (walk.start.count == 2)
    first_.resize(last_.size(), static_cast<std::uint64_t>(walk.start.args[0].bits));
}

bool CalledBlock::call(Caller& caller, bool repeat) {
  const bool two = !first_.empty();
  results_.resize(last_.size());
  const std::span<const std::uint64_t> x = two ? first_ : last_;
  const std::span<const std::uint64_t> y =
      two ? std::span<const std::uint64_t>(last_) : std::span<const std::uint64_t>();
  const auto effects = caller.call_block(subject_->rounding, {x, y, results_});
  if (!effects) return false;
  effects_ = *effects;
  if (repeat) {
    // Backwards, so that a second call with the same input meets other neighbours.
    repeated_.resize(last_.size());
    std::vector<std::uint64_t> reversed_y(y.rbegin(), y.rend());
    scratch_.assign(x.rbegin(), x.rend());
    const auto again = caller.call_block(subject_->rounding, {scratch_, reversed_y, repeated_});
    if (!again) return false;
    std::ranges::reverse(repeated_);
    effects_.control_kept &= again->control_kept;
    effects_.errno_zeroed |= again->errno_zeroed;
  }
  if (subject_->format().precision <= 24) {
    arguments_.resize(last_.size());
    values_.resize(last_.size());
    narrow_values(subject_->format(), last_, arguments_);
    narrow_values(subject_->format(), results_, values_);
  }
  return true;
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
  return first_.empty() ? Call{last, {}} : Call{{first_[i], &subject_->format()}, last};
}

}  // namespace napier
