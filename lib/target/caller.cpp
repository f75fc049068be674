// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "lib/target/caller.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cassert>
#include <cerrno>
#include <functional>
#include <stdexcept>
#include <type_traits>
#include <vector>

#include "lib/target/block_watch.hpp"

namespace napier {
namespace {

template <class T>
T invoke(Unary<T> function, const Call& call) {
  return function(to_native<T>(call.x));
}
template <class T>
T invoke(Binary<T> function, const Call& call) {
  return function(to_native<T>(call.x), to_native<T>(call.y));
}

/// The function's result in memory: a long double comes on the x87 stack, which is read next.
template <class F>
auto stored(F function, const Call& call) {
  auto value = invoke(function, call);
  __asm__ volatile("" : "+m"(value));
  return value;
}

// Observation reads the environment around each single call. A call that spoils it is put right
// before the next one, so that each answers for itself.
template <class F>
void call_observed(F function, Observe observe, std::span<const Call> calls,
                   std::span<Answer> answers) {
  const ControlState before = control_state();
  for (std::size_t i = 0; i < calls.size(); ++i) {
    Answer& answer = answers[i];
    answer = {};
    clear_flags();
    if (observe == Observe::flags_kept) raise_all_flags();
    errno = errno_before;
    const auto value = stored(function, calls[i]);
    const int error_number = errno;
    const Flags flags = raised_flags();
    const ControlState after = control_state();
    if (after != before) restore_control_state(before);
    answer.error_number = error_number;
    note_flags(observe, flags, answer);
    answer.before = before;
    answer.after = after;
    answer.value = from_native(value);
  }
}

template <class F>
void call_for_values(F function, std::span<const Call> calls, std::span<Answer> answers) {
  CallWatch watch;
  for (std::size_t i = 0; i < calls.size(); ++i) {
    answers[i] = {};
    const auto value = stored(function, calls[i]);
    watch.take();  // what it spoils is put right before the next call
    answers[i].value = from_native(value);
  }
}

template <class T>
using Encoding =
    std::conditional_t<sizeof(T) == 2, std::uint16_t,
                       std::conditional_t<sizeof(T) == 4, std::uint32_t, std::uint64_t>>;

template <class T>
T decoded(std::uint64_t bits) {
  return std::bit_cast<T>(static_cast<Encoding<T>>(bits));
}

/// Makes the i-th call of a block.
template <class F>
std::uint64_t call_one(F function, const CallBlock& block, std::size_t i) {
  using Result = decltype(std::function(function))::result_type;
  if constexpr (std::is_same_v<F, Unary<Result>>)
    return std::bit_cast<Encoding<Result>>(function(decoded<Result>(block.x[i])));
  else
    return std::bit_cast<Encoding<Result>>(
        function(decoded<Result>(block.x[i]), decoded<Result>(block.y[i])));
}

template <class F>
void call_and_record(F function, const CallBlock& block, BlockEffects& effects) {
  int& error_number = errno;
  CallWatch watch(block.flags_raised);
  for (std::size_t i = 0; i < block.results.size(); ++i) {
    error_number = errno_before;
    const std::uint64_t result = call_one(function, block, i);
    const CallWatch::Seen seen = watch.take();
    block.results[i] = result;
    block.signals[i] = effects.noted(seen, error_number, block.flags_raised);
  }
}

template <class F>
BlockEffects call_for_results(F function, const CallBlock& block) {
  BlockWatch watch(block.flags_raised);
  for (std::size_t i = 0; i < block.results.size(); ++i) {
    block.results[i] = call_one(function, block, i);
    watch.look();
  }
  return watch.seen();
}

template <class F>
BlockEffects call_again(F function, const CallBlock& block, const Repetition& again) {
  BlockWatch watch(true);
  const std::size_t count = again.results.size();
  for (std::size_t done = 0; done < count; ++done) {
    const std::size_t i = again.backwards ? count - 1 - done : done;
    again.results[i] = call_one(function, block, i);
    watch.look();
  }
  return watch.seen();
}

template <class F>
BlockEffects call_all(F function, const CallBlock& block) {
  clear_flags();
  if (block.signals.empty()) return call_for_results(function, block);
  BlockEffects effects;
  call_and_record(function, block, effects);
  return effects;
}

class DirectCaller final : public Caller {
 public:
  explicit DirectCaller(ScalarFunction function) : function_(function) {}

  void call(Rounding rounding, Observe observe, std::span<const Call> calls,
            std::span<Answer> answers) override {
    assert(calls.size() == answers.size());
    const ScopedRounding mode(rounding);
    std::visit(
        [&](auto function) {
          // The optimiser must not see which function this is, or it would fold constant calls.
          __asm__ volatile("" : "+r"(function));
          if (observe == Observe::values)
            call_for_values(function, calls, answers);
          else
            call_observed(function, observe, calls, answers);
        },
        function_);
  }

  std::optional<BlockEffects> call_block(Rounding rounding, const CallBlock& block) override {
    assert(block.x.size() == block.results.size());
    return in_blocks<BlockEffects>(rounding,
                                   [&](auto function) { return call_all(function, block); });
  }

  std::optional<TwiceEffects> call_block_twice(Rounding rounding, const CallBlock& block,
                                               const Repetition& again) override {
    assert(block.signals.empty() && again.results.size() <= block.results.size());
    return in_blocks<TwiceEffects>(rounding, [&](auto function) {
      const BlockEffects first = call_all(function, block);  // before what comes next
      return TwiceEffects{first, call_again(function, block, again)};
    });
  }

 private:
  /// nullopt for formats of more than 64 bits.
  template <class Effects, class Use>
  std::optional<Effects> in_blocks(Rounding rounding, Use use) const {
    const ScopedRounding mode(rounding);
    return std::visit(
        [&](auto function) -> std::optional<Effects> {
          using Result = decltype(std::function(function))::result_type;
          if constexpr (sizeof(Result) > sizeof(std::uint64_t)) {
            return std::nullopt;
          } else {
            // The optimiser must not see which function this is.
            __asm__ volatile("" : "+r"(function));
            return use(function);
          }
        },
        function_);
  }

  ScalarFunction function_;
};

template <class T>
ScalarFunction with_arity(void* address, int arity) {
  if (arity == 1) return reinterpret_cast<Unary<T>>(address);
  return reinterpret_cast<Binary<T>>(address);
}

}  // namespace

std::uint8_t signals_of(std::uint8_t flags, int error_number) {
  const int left = error_number == errno_before ? 0
                   : error_number == ERANGE     ? signal_bit::range_error
                   : error_number == EDOM       ? signal_bit::domain_error
                   : error_number == 0          ? signal_bit::other_error | signal_bit::errno_zeroed
                                                : signal_bit::other_error;
  return static_cast<std::uint8_t>(flags | left);
}

void note_flags(Observe observe, const Flags& raised, Answer& answer) {
  if (observe != Observe::flags_kept) {
    answer.flags = raised;
    return;
  }
  answer.lowered = {.invalid = !raised.invalid,
                    .divide_by_zero = !raised.divide_by_zero,
                    .overflow = !raised.overflow,
                    .underflow = !raised.underflow,
                    .inexact = !raised.inexact};
}

std::uint8_t BlockEffects::noted(CallWatch::Seen seen, int left, bool flags_raised) {
  const std::uint8_t signals = signals_of(seen.flags, left);
  control_kept &= !seen.control_changed;
  errno_zeroed |= left == 0;
  signalled |= signals != 0;
  flags_lowered |= flags_raised && seen.flags != 0;
  return static_cast<std::uint8_t>(signals |
                                   (seen.control_changed ? signal_bit::control_changed : 0));
}

ScalarFunction scalar_function(void* address, const Format& format, int arity) {
  assert(arity == 1 || arity == 2);
  if (&format == &binary16) return with_arity<_Float16>(address, arity);
  if (&format == &bfloat16) return with_arity<BFloat16>(address, arity);
  if (&format == &binary32) return with_arity<float>(address, arity);
  if (&format == &binary64) return with_arity<double>(address, arity);
  if (&format == &binary80) return with_arity<long double>(address, arity);
  if (&format == &binary128) return with_arity<Quad>(address, arity);
  throw std::logic_error("no C type for the format " + std::string(format.name));
}

std::optional<TwiceEffects> Caller::call_block_twice(Rounding rounding, const CallBlock& block,
                                                     const Repetition& again) {
  assert(block.signals.empty() && again.results.size() <= block.results.size());
  const auto first = call_block(rounding, block);
  if (!first) return std::nullopt;
  std::array<std::vector<std::uint64_t>, 2> turned;
  const auto arguments = [&](std::span<const std::uint64_t> all, std::vector<std::uint64_t>& to) {
    if (!again.backwards || all.empty())
      return all.first(std::min(all.size(), again.results.size()));
    to.assign(all.rend() - std::ptrdiff_t(again.results.size()), all.rend());
    return std::span<const std::uint64_t>(to);
  };
  const auto repeated = call_block(
      rounding,
      {arguments(block.x, turned[0]), arguments(block.y, turned[1]), again.results, {}, true});
  if (!repeated) return std::nullopt;
  if (again.backwards) std::ranges::reverse(again.results);
  return TwiceEffects{*first, *repeated};
}

std::optional<BlockEffects> call_in_order(Caller& caller, Rounding rounding,
                                          const CallBlock& block) {
  const auto effects = caller.call_block(rounding, block);
  if (!effects || effects->control_kept || !block.signals.empty()) return effects;
  std::vector<std::uint8_t> signals(block.results.size());
  CallBlock each = block;
  each.signals = signals;
  return caller.call_block(rounding, each);
}

std::unique_ptr<Caller> direct_caller(ScalarFunction function) {
  return std::make_unique<DirectCaller>(function);
}

}  // namespace napier
