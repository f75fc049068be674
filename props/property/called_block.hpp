// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "lib/target/caller.hpp"
#include "props/domain/domain.hpp"
#include "props/tally/tally.hpp"

namespace napier {

/// Part of a walk inside a block.
struct Stretch {
  Walk walk;
  Address address;          ///< of its first case here
  std::uint64_t steps = 0;  ///< on the walk, of that case
  std::size_t begin = 0;    ///< of the block's cases
  std::size_t count = 0;
};

/// What is wanted of a block's calls.
struct BlockWishes {
  bool repeat = false;      ///< every call twice
  bool signals = false;     ///< flags and errno of every call
  bool order = false;       ///< whether every call leaves its surroundings in order
  bool neighbours = false;  ///< the result of the next larger argument of every case, too
  bool twin = false;        ///< the result of the target that it equals, too

  friend bool operator==(const BlockWishes&, const BlockWishes&) = default;
  friend BlockWishes operator|(BlockWishes a, BlockWishes b) {
    return {a.repeat || b.repeat, a.signals || b.signals, a.order || b.order,
            a.neighbours || b.neighbours, a.twin || b.twin};
  }
};

/// Some thousand cases of one call each, made together: encodings, values, what the calls gave the
/// first time and when they were repeated backwards. Formats of at most 64 bits.
///
/// No call suffers from what another one left behind: a block whose control state was changed is
/// made again with the state put right before each call, and only these results count.
///
/// What the calls did is read after the whole block first, more cheaply than after each (see
/// BlockEffects). Wherever that tells of something that is wished for, the block is made again and
/// read after each call; so is the first block and every 16th, whatever it tells, and a block whose
/// repetition gives other results. Where flags or repetition are wished for a block is made once
/// more, backwards and with all flags raised before; where one of these is gone then, it is made so
/// again and read after each call, and of the first block and every 16th that is done at once. So
/// what one call spoils and a later one of the same block repairs is missed only where it happens
/// in none of the blocks read so, and
///
///   - of control: is neither SSE's rounding direction nor flushing, and no result depends on it;
///   - of flags that are raised: of the calls that raise or lower one the last lowers it when the
///     block is made forwards, and the last raises it when it is made backwards;
///   - of flags that are lowered: the last of these calls raises it when it is made backwards.
///
/// Of the flags of SSE, or of the x87, alone it is missed, too, if one lowers only those of
/// invalid, or of divide-by-zero, that the other has raised (see raise_all_flags()).
///
/// And what happened once and not when the block was made again is not told.
class CalledBlock {
  struct Values {
    std::vector<double> bases;
    std::vector<double> arguments;
    std::vector<double> results;
    std::size_t made = 0;  ///< so many are those of the calls
  };

 public:
  explicit CalledBlock(const Subject& subject) : subject_(&subject) {}

  void clear();
  /// `count` cases of the walk from that step on.
  void add(const Walk& walk, Address address, std::uint64_t steps, std::size_t count);
  /// Has the first calls begun that call() will make, if the caller can do that meanwhile.
  void begin(Caller& caller, BlockWishes wishes);
  /// … of several blocks together, which ask for nothing but results: they are called in this
  /// order.
  static void begin(std::span<CalledBlock* const> blocks, Caller& caller);
  /// Makes the calls; false if they have to be made one by one.
  bool call(Caller& caller, BlockWishes wishes, Caller* twin = nullptr);
  std::uint64_t calls() const { return calls_; }  ///< made, repeated ones included

  std::size_t size() const { return size_; }
  std::span<const Stretch> stretches() const { return stretches_; }
  Located located(std::size_t i) const;
  Call call_at(std::size_t i) const;
  Float result(std::size_t i) const { return {results_[i], &subject_->format()}; }
  Float repeated(std::size_t i) const { return {repeated_[i], &subject_->format()}; }
  bool all_repeated_the_same() const;
  /// What the target's twin gives there, and whether it gives the same everywhere. Wished for.
  Float twins(std::size_t i) const { return {twins_[i], &subject_->format()}; }
  bool all_like_the_twin() const;
  /// The first case after the i-th, and before the end, with another result; or the end.
  std::size_t next_result(std::size_t i, std::size_t end) const;
  /// Whether these results are the same bits; beyond the cases there are those of neighbours.
  bool results_are_alike(std::size_t begin, std::size_t count) const;
  /// The signal_bits of a case's call, and the flag_bits of what it lowers of flags that are raised
  /// before it. Wished for, as signals.
  std::uint8_t signals(std::size_t i) const { return effects_.signalled ? signals_[i] : 0; }
  std::uint8_t lowered(std::size_t i) const { return effects_.flags_lowered ? lowered_[i] : 0; }
  /// Whether all calls left their surroundings in order, and whether that of a case did. Wished
  /// for.
  bool all_in_order() const { return effects_.control_kept && !effects_.errno_zeroed; }
  bool in_order(std::size_t i) const { return all_in_order() || !disordered_[i]; }
  /// The first case after the i-th, and before the end, whose call signals or lowers something
  /// else; or the end.
  std::size_t next_signals(std::size_t i, std::size_t end) const;
  /// Calls use(i, next) for every case of the k-th stretch, next being where the result for the
  /// next larger argument stands: in the stretch, or beyond the cases if it was called for that
  /// alone. Wished for; functions of one argument, walks of stride 1.
  template <class Use>
  void each_with_next(std::size_t k, Use use) const {
    const Stretch& stretch = stretches_[k];
    const std::size_t first = stretch.begin, last = stretch.begin + stretch.count - 1;
    if (is_negative({last_[first], &subject_->format()})) {  // the walk goes down
      use(first, size_ + k);
      for (std::size_t i = first + 1; i <= last; ++i) use(i, i - 1);
    } else {
      for (std::size_t i = first; i < last; ++i) use(i, i + 1);
      use(last, size_ + k);
    }
  }

  /// The last arguments and the results.
  std::span<const std::uint64_t> argument_encodings() const {
    return std::span(last_).first(size_);
  }
  std::span<const std::uint64_t> result_encodings() const {
    return std::span(results_).first(size_);
  }
  /// The arguments and the results as doubles, which hold data of narrow formats exactly. Bases are
  /// those of functions of two arguments. They are made when first asked for: many a block is
  /// judged without them.
  std::span<const double> bases() const { return std::span(values().bases).first(size_); }
  std::span<const double> arguments() const { return std::span(values().arguments).first(size_); }
  std::span<const double> results() const { return values().results; }  ///< and of neighbours

 private:
  const Values& values() const;
  void add_neighbours();
  bool call_twin(Caller* twin);
  void complete(BlockWishes wishes);
  bool reads_each_first(BlockWishes wishes) const;
  bool is_of_sample(BlockWishes wishes) const;
  bool is_made_twice(BlockWishes wishes) const;
  CallBlock first_calls();
  Repetition second_calls();
  bool call_once(Caller& caller, BlockWishes wishes);
  bool call_twice(Caller& caller, BlockWishes wishes);
  bool look_at(Caller& caller, BlockWishes wishes, const BlockEffects& effects);
  bool read_each(Caller& caller);
  bool repeat(Caller& caller, BlockWishes wishes);
  std::optional<BlockEffects> repeat_quietly(Caller& caller);
  bool look_at_repetition(Caller& caller, BlockWishes wishes, const BlockEffects& effects,
                          bool each_was_flagged);
  bool follow_up(Caller& caller, BlockWishes wishes, const BlockEffects& effects);
  bool read_each_repeated(Caller& caller);
  /// With all flags raised before each call; tells which it lowers.
  std::optional<BlockEffects> read_each_flagged(Caller& caller,
                                                std::vector<std::uint64_t>& results);
  /// Whether calls are repeated backwards: not of arrays, where the property `lanes` says whether
  /// an element's place matters.
  bool backwards() const;
  /// The arguments of the second calls, in their order.
  std::span<const std::uint64_t> again(std::span<const std::uint64_t> from,
                                       std::vector<std::uint64_t>& to) const;
  template <class T>
  void put_in_order(std::vector<T>& answers) const;
  CallBlock calls_of(std::span<const std::uint64_t> first, std::span<const std::uint64_t> last,
                     std::span<std::uint64_t> results, std::span<std::uint8_t> signals,
                     bool flags_raised) const;
  /// Makes calls of all arguments, given with the bases if there are any.
  std::optional<BlockEffects> call_all(Caller& caller, std::span<const std::uint64_t> first,
                                       std::span<const std::uint64_t> last,
                                       std::span<std::uint64_t> results,
                                       std::span<std::uint8_t> signals,
                                       bool flags_raised = false) const;
  /// Makes room for that many cases. What the vectors hold beyond size_ is left from blocks before.
  void grow(std::size_t size);
  bool takes_two() const;
  /// The first arguments of calls that take two; else none.
  std::span<const std::uint64_t> first_of(std::size_t count) const;

  const Subject* subject_;
  std::size_t size_ = 0;
  std::size_t called_ = 0;  ///< with the neighbours beyond the cases
  std::vector<Stretch> stretches_;
  std::vector<std::uint64_t> first_;  ///< the base of each case, of functions of two arguments
  std::vector<std::uint64_t> last_;
  std::vector<std::uint64_t> results_;
  std::vector<std::uint64_t> repeated_;
  std::vector<std::uint64_t> twins_;
  std::vector<std::uint64_t> scratch_;
  std::vector<std::uint64_t> more_scratch_;
  std::vector<std::uint8_t> signals_;
  std::vector<std::uint8_t> repeated_signals_;
  std::vector<std::uint8_t> lowered_;
  std::vector<std::uint64_t> flagged_;    ///< results with all flags raised, which nobody judges
  std::vector<std::uint8_t> disordered_;  ///< of each case, one of whose calls did it
  std::uint64_t calls_ = 0;
  mutable Values values_;
  BlockEffects effects_;
  std::uint64_t blocks_ = 0;
  bool is_sample_ = false;        ///< to be read after each call, whatever it tells
  bool each_was_read_ = false;    ///< of the first calls
  bool expects_signals_ = false;  ///< as the block before had some
};

}  // namespace napier
