// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "lib/target/array_caller.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <cerrno>
#include <cstring>
#include <utility>

#include "lib/target/array_memory.hpp"
#include "lib/target/block_watch.hpp"

namespace napier {
namespace {

using Paint = ArrayMemory::Paint;

// Without builtins, as this program is compiled, memcpy is a call, which takes longer than a result
// of a vector function: what is copied element by element is copied by the builtin's own name.
template <class Word>
void put_words(std::span<const std::uint64_t> from, std::byte* to) {
  if constexpr (sizeof(Word) == sizeof(std::uint64_t)) {
    std::memcpy(to, from.data(), from.size_bytes());
  } else {
    for (const std::uint64_t bits : from) {
      const auto word = static_cast<Word>(bits);
      __builtin_memcpy(to, &word, sizeof word);
      to += sizeof word;
    }
  }
}

template <class Word>
void take_words(const std::byte* from, std::span<std::uint64_t> to) {
  if constexpr (sizeof(Word) == sizeof(std::uint64_t)) {
    std::memcpy(to.data(), from, to.size_bytes());
  } else {
    for (std::uint64_t& bits : to) {
      Word word;
      __builtin_memcpy(&word, from, sizeof word);
      bits = word;
      from += sizeof word;
    }
  }
}

bool same_value(Float a, Float b) { return a == b || (is_nan(a) && is_nan(b)); }

class ArrayCaller final : public Caller {
 public:
  ArrayCaller(std::unique_ptr<ArrayCode> code, const Shape& shape, const Format& format, int arity,
              ArrayNotice notice)
      : format_(format),
        arity_(arity),
        notice_(notice),
        code_(std::move(code)),
        memory_(format, arity, shape),
        lanes_(lane_placements(shape, code_->takes_empty(), notice.fences)),
        alone_{.length = 1, .in_place = shape.in_place()} {}

  void call(Rounding rounding, Observe observe, std::span<const Call> calls,
            std::span<Answer> answers) override {
    assert(calls.size() == answers.size());
    const ScopedRounding mode(rounding);
    for (std::size_t i = 0; i < calls.size(); ++i) {
      notice_.begins();
      answers[i] = observe == Observe::values ? valued(calls[i]) : observed(calls[i], observe);
      notice_.returned();
    }
  }

  std::optional<BlockEffects> call_block(Rounding rounding, const CallBlock& block) override {
    if (format_.bytes() > 8) return std::nullopt;
    const ScopedRounding mode(rounding);
    return block.signals.empty() ? call_for_results(block) : call_and_record(block);
  }

  void call_in_lanes(Rounding rounding, std::span<const Call> calls,
                     std::span<Answer> answers) override {
    const ScopedRounding mode(rounding);
    for (std::size_t i = 0; i < calls.size(); ++i)
      answers[i] = observed(calls[i], Observe::everything);
    notice_.in_memory(memory_);
    std::vector<bool> told(calls.size());
    for (std::uint32_t done = 0; done < lanes_.size(); ++done) {
      const Placement& lane = lanes_[done];
      const std::size_t end = lane.empty ? std::min<std::size_t>(calls.size(), 1) : calls.size();
      for (std::size_t first = 0; first < end; first += lane.length) {
        notice_.in_lanes(done, lane, static_cast<std::uint32_t>(first));
        compare_array(lane, calls, first, answers, told);
      }
    }
  }

 private:
  void put(std::size_t i, const Call& call) {
    std::memcpy(memory_.x(i), &call.x.bits, static_cast<std::size_t>(format_.bytes()));
    if (arity_ == 2)
      std::memcpy(memory_.a(i), &call.y.bits, static_cast<std::size_t>(format_.bytes()));
  }

  Float result(std::size_t i) const {
    Bits bits = 0;
    std::memcpy(&bits, memory_.y(i), static_cast<std::size_t>(format_.width) / 8);
    return {bits, &format_};
  }

  void lay_out_alone(const Call& call, Paint paint) {
    memory_.lay_out(alone_, paint);
    put(0, call);
  }

  /// After a call alone: what stands in its array.
  void read(const Call& call, Answer& answer) {
    answer.placement = alone_;
    answer.placement.damage = memory_.trespass().damage;
    if (memory_.unwritten(0)) {
      // Perhaps it computed just that: then it shows on other paint, too.
      lay_out_alone(call, Paint::other);
      const Arrays& arrays = memory_.given();
      CallWatch watch;
      code_->run(arrays);
      watch.take();
      if (memory_.unwritten(0)) answer.ending = Ending::unwritten;
    }
    if (answer.ending == Ending::returned) answer.value = result(0);
  }

  Answer observed(const Call& call, Observe observe) {
    Answer answer;
    lay_out_alone(call, Paint::usual);
    const Arrays& arrays = memory_.given();
    answer.before = control_state();
    clear_flags();
    if (observe == Observe::flags_kept) raise_all_flags();
    errno = errno_before;
    code_->run(arrays);
    answer.error_number = errno;
    note_flags(observe, raised_flags(), answer);
    answer.after = control_state();
    if (answer.after != answer.before) restore_control_state(answer.before);
    read(call, answer);
    return answer;
  }

  Answer valued(const Call& call) {
    Answer answer;
    lay_out_alone(call, Paint::usual);
    const Arrays& arrays = memory_.given();
    CallWatch watch;
    code_->run(arrays);
    watch.take();  // what it spoils is put right before the next call
    read(call, answer);
    return answer;
  }

  void put_block(const CallBlock& block, std::size_t first, std::size_t count) {
    const auto put_all = [&](std::span<const std::uint64_t> from, std::byte* to) {
      switch (format_.bytes()) {
        case 2:
          return put_words<std::uint16_t>(from.subspan(first, count), to);
        case 4:
          return put_words<std::uint32_t>(from.subspan(first, count), to);
        default:
          return put_words<std::uint64_t>(from.subspan(first, count), to);
      }
    };
    put_all(block.x, memory_.x(0));
    if (arity_ == 2) put_all(block.y, memory_.a(0));
  }

  void take_block(const CallBlock& block, std::size_t first, std::size_t count) const {
    const auto to = block.results.subspan(first, count);
    switch (format_.bytes()) {
      case 2:
        return take_words<std::uint16_t>(memory_.y(0), to);
      case 4:
        return take_words<std::uint32_t>(memory_.y(0), to);
      default:
        return take_words<std::uint64_t>(memory_.y(0), to);
    }
  }

  BlockEffects call_for_results(const CallBlock& block) {
    BlockWatch watch(block.flags_raised);
    bool unwritten = false;
    for (std::size_t first = 0; first < block.results.size(); first += longest_array) {
      const std::size_t count = std::min(longest_array, block.results.size() - first);
      Placement placement = alone_;
      placement.length = static_cast<std::uint16_t>(count);
      memory_.lay_out(placement);
      put_block(block, first, count);
      code_->run(memory_.given());
      watch.look();
      take_block(block, first, count);
      unwritten |= memory_.any_unwritten();
    }
    BlockEffects effects = watch.seen();
    effects.unwritten = unwritten;
    return effects;
  }

  Call call_of(const CallBlock& block, std::size_t i) const {
    return {{block.x[i], &format_}, arity_ == 2 ? Float{block.y[i], &format_} : Float{}};
  }

  BlockEffects call_and_record(const CallBlock& block) {
    BlockEffects effects;
    for (std::size_t i = 0; i < block.results.size(); ++i) {
      const Call call = call_of(block, i);
      lay_out_alone(call, Paint::usual);
      const Arrays& arrays = memory_.given();
      CallWatch watch(block.flags_raised);
      errno = errno_before;
      code_->run(arrays);
      const int left = errno;
      block.signals[i] = effects.noted(watch.take(), left, block.flags_raised);
      effects.unwritten |= memory_.unwritten(0);
      block.results[i] = static_cast<std::uint64_t>(result(0).bits);
    }
    return effects;
  }

  /// What an array did to its surroundings.
  struct Surroundings {
    ControlState before, after;
    int error_number = errno_before;
    bool kept() const { return before == after && error_number != 0; }
  };

  /// An array of the calls from the first on, which go round.
  Surroundings compute(const Placement& placement, std::span<const Call> calls, std::size_t first,
                       Paint paint) {
    memory_.lay_out(placement, paint);
    for (std::size_t k = 0; k < memory_.length(); ++k) put(k, calls[(first + k) % calls.size()]);
    const Arrays& arrays = memory_.given();
    Surroundings around{.before = control_state(), .after = {}};
    errno = errno_before;
    code_->run(arrays);
    around.error_number = errno;
    around.after = control_state();
    if (!around.kept()) restore_control_state(around.before);
    return around;
  }

  /// Does each call of the array leave its surroundings as they were where it stands alone?
  static bool kept_alone(const Placement& placement, std::size_t first,
                         std::span<const Answer> answers) {
    for (std::size_t k = 0; k < placement.length && k < answers.size(); ++k) {
      const Answer& alone = answers[(first + k) % answers.size()];
      if (alone.before != alone.after || alone.error_number == 0) return false;
    }
    return true;
  }

  void compare_array(const Placement& placement, std::span<const Call> calls, std::size_t first,
                     std::span<Answer> answers, std::vector<bool>& told) {
    const Surroundings around = compute(placement, calls, first, Paint::usual);
    Answer& answer = answers[first];
    if (!around.kept() && !told[first] && answer.ending == Ending::returned &&
        kept_alone(placement, first, answers)) {
      // No element of it did that: the first one stands for all.
      told[first] = true;
      answer.before = around.before;
      answer.after = around.after;
      answer.error_number = around.error_number;
      answer.placement = placement;
      return;
    }
    const auto tell = [&](std::size_t k, Float value, Damage damage) {
      const std::size_t i = (first + k) % calls.size();
      if (told[i] || answers[i].ending != Ending::returned) return;
      told[i] = true;
      answers[i].value = value;
      answers[i].placement = placement;
      answers[i].placement.position = static_cast<std::uint16_t>(k);
      answers[i].placement.damage = damage;
    };
    if (placement.empty) {
      const bool wrote = memory_.trespass().damage != Damage::none;
      return wrote ? tell(0, answer.value, Damage::something) : void();
    }
    if (const auto [damage, k] = memory_.trespass(); damage != Damage::none)
      tell(k, result(k), damage);
    std::vector<std::size_t> doubtful;
    for (std::size_t k = 0; k < placement.length; ++k) {
      const Float value = result(k);
      if (memory_.unwritten(k))
        doubtful.push_back(k);
      else if (!same_value(value, answers[(first + k) % calls.size()].value))
        tell(k, value, Damage::none);
    }
    if (doubtful.empty()) return;
    compute(placement, calls, first, Paint::other);
    for (const std::size_t k : doubtful)
      if (memory_.unwritten(k))
        tell(k, result(k), Damage::unwritten);
      else if (!same_value(result(k), answers[(first + k) % calls.size()].value))
        tell(k, result(k), Damage::none);
  }

  const Format& format_;
  int arity_;
  ArrayNotice notice_;
  std::unique_ptr<ArrayCode> code_;
  ArrayMemory memory_;
  std::vector<Placement> lanes_;
  Placement alone_;
};

}  // namespace

std::unique_ptr<Caller> array_caller(void* address, const Shape& shape, const Format& format,
                                     int arity, ArrayNotice notice) {
  return array_caller(array_code(address, shape, format, arity), shape, format, arity, notice);
}

std::unique_ptr<Caller> array_caller(std::unique_ptr<ArrayCode> code, const Shape& shape,
                                     const Format& format, int arity, ArrayNotice notice) {
  return std::make_unique<ArrayCaller>(std::move(code), shape, format, arity, notice);
}

namespace {

constexpr std::array telling_lengths{1, 2, 3, 7, 15, 16, 17, 33};

/// Arrays of no elements, and those that stand right before or behind a page that nobody may touch.
void add_at_edges(const Shape& shape, bool empty, bool fences, std::vector<Placement>& all) {
  const auto add = [&](int length, Fence fence, bool apart) {
    Placement placement;
    placement.length = static_cast<std::uint16_t>(std::max(length, 1));
    placement.empty = length == 0;
    placement.in_place = shape.in_place();
    placement.fence = fence;
    if (apart && (shape.has(Parameter::sx) || shape.has(Parameter::sa))) placement.x_stride = 2;
    if (apart && shape.has(Parameter::sy)) placement.y_stride = 3;
    if (!placement.empty || empty) all.push_back(placement);
  };
  add(0, Fence::none, false);
  if (!fences) return;
  const bool strides =
      shape.has(Parameter::sx) || shape.has(Parameter::sa) || shape.has(Parameter::sy);
  for (const Fence fence : {Fence::after, Fence::before}) {
    for (int length = 1; length <= telling_lengths.back(); ++length) add(length, fence, false);
    for (const int length : {64, 100, static_cast<int>(longest_array) - 1})
      add(length, fence, false);
    if (strides)
      for (const int length : telling_lengths) add(length, fence, true);
  }
  for (const Fence fence : {Fence::after, Fence::before}) add(0, fence, false);
}

}  // namespace

std::vector<Placement> lane_placements(const Shape& shape, bool empty, bool fences) {
  constexpr int widest = 16;  // elements of a vector: of float in 512 bits
  constexpr int longest = 2 * widest + 1;
  std::vector<Placement> all;
  const auto place = [&](int length) {
    Placement placement;
    placement.length = static_cast<std::uint16_t>(length);
    placement.in_place = shape.in_place();
    if (shape.vector == nullptr) {
      placement.x_offset = static_cast<std::uint8_t>(5 * length % widest);
      placement.y_offset = static_cast<std::uint8_t>((3 * length + 1) % widest);
    }
    return placement;
  };
  if (is_by_value(shape)) return {place(1)};
  for (int length = 1; length <= longest; ++length) all.push_back(place(length));
  constexpr int block = longest_array;
  for (const int length : {64, 128, 256, 512, block}) all.push_back(place(length));
  if (!shape.is_array()) return all;
  const bool strided = shape.has(Parameter::sx) || shape.has(Parameter::sa);
  for (const int length : telling_lengths) {
    Placement placement = place(length);
    if (strided) placement.x_stride = 2;
    if (shape.has(Parameter::sy)) placement.y_stride = 3;
    if (strided || shape.has(Parameter::sy)) all.push_back(placement);
  }
  if (!shape.in_place() && !shape.restricted)
    for (const int length : telling_lengths) {
      all.push_back(place(length));
      all.back().in_place = true;
    }
  add_at_edges(shape, empty, fences, all);
  return all;
}

}  // namespace napier
