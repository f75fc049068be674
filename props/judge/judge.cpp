// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "props/judge/judge.hpp"

#include <algorithm>
#include <array>
#include <deque>
#include <utility>

#include "lib/target/pipe.hpp"
#include "lib/util/overloaded.hpp"
#include "props/judge/case_block.hpp"
#include "props/judge/law_block_judge.hpp"

namespace napier {
namespace {

constexpr std::uint64_t block_size = 1024;  // small enough to stay in cache

/// Calls that are made together: of a child more, to amortise that it is woken, and of a process,
/// whose pipes wake both sides many times, more still. A block is larger by less than a walk and by
/// the neighbours that are asked for; a child takes twice as many at once.
std::uint64_t calls_together(const Subject& subject) {
  if (subject.target->in_process) return block_size;
  return (is_process(subject.target->shape) ? 32 : 8) * block_size;
}

using Jury = std::span<const Property* const>;

/// Case by case.
class Singly {
 public:
  /// A block may serve several in turn.
  Singly(Jury jury, const Subject& subject, CaseBlock& block, std::span<Tally> tallies)
      : jury_(jury), subject_(subject), tallies_(tallies), block_(block) {
    block_.clear_for(jury);
  }

  void add(const Located& located) {
    block_.add(located);
    if (block_.size() == block_size) finish();
  }
  void finish() {
    block_.answer();
    for (std::size_t i = 0; i < block_.size(); ++i) {
      const Located& located = block_.located(i);
      block_.note_calls(i, tallies_.front());
      const Transcript transcript = block_.transcript(i);
      for (std::size_t j = 0; j < jury_.size(); ++j)
        if (jury_[j]->where.asks(subject_, located.point))
          tallies_[j].add(jury_[j]->judge(subject_, located.point, transcript, tallies_[j]),
                          located, transcript.answers);
    }
    block_.clear();
  }

 private:
  Jury jury_;
  const Subject& subject_;
  std::span<Tally> tallies_;
  CaseBlock& block_;
};

/// A block of calls at a time; what a property can't judge so, or a block that can't be called so,
/// goes case by case. While one block is judged the calls of the next one may be under way.
class Blockwise {
 public:
  /// All of the jury can be judged so.
  Blockwise(Jury jury, const Subject& subject, Callers callers, std::span<Tally> tallies)
      : jury_(jury),
        subject_(subject),
        callers_(callers),
        tallies_(tallies),
        blocks_{CalledBlock(subject), CalledBlock(subject)},
        singly_(jury, subject, callers) {
    for (const Property* property : jury) ways_.push_back(in_blocks(*property, subject));
    for (const InBlocks* way : ways_) wishes_ = wishes_ | way->wishes;
  }

  void add(const Walk& walk, Address address, std::uint64_t steps, std::uint64_t count) {
    filled_->add(walk, address, steps, count);
    if (filled_->size() >= most_) turn();
  }
  /// Is a new block about to be filled?
  bool starts_anew() const { return filled_->size() == 0; }
  void finish() {
    turn();
    turn();
  }

  /// Whether all that was added is in a block, whose calls may be begun with those of others.
  bool is_one_block() const {
    return filled_->size() != 0 && waiting_->size() == 0 && wishes_ == BlockWishes{};
  }
  CalledBlock& block() { return *filled_; }
  /// In place of finish(), once they were.
  void finish_begun() {
    judge(*filled_, filled_->call(*callers_.target, wishes_, callers_.twin));
    filled_->clear();
  }

 private:
  /// The block that waits is judged, and the one that was filled waits.
  void turn() {
    const bool any = waiting_->size() != 0;
    const bool called = any && waiting_->call(*callers_.target, wishes_, callers_.twin);
    if (filled_->size() != 0) filled_->begin(*callers_.target, wishes_);
    if (any) judge(*waiting_, called);
    waiting_->clear();
    std::swap(filled_, waiting_);
  }

  void judge(const CalledBlock& block, bool called) {
    if (!called) return judge_all_singly(block);
    tallies_.front().calls += block.calls();
    for (std::size_t j = 0; j < jury_.size(); ++j)
      if (!ways_[j]->judge(subject_, block, tallies_[j]))
        judge_singly(block, jury_.subspan(j, 1), tallies_.subspan(j, 1), true);
  }

  /// Those of one domain plan their calls with each other in mind, and only those.
  void judge_all_singly(const CalledBlock& block) {
    for (std::size_t begin = 0, end = 0; begin < jury_.size(); begin = end) {
      while (end < jury_.size() && jury_[end]->where.name == jury_[begin]->where.name) ++end;
      judge_singly(block, jury_.subspan(begin, end - begin), tallies_.subspan(begin, end - begin),
                   begin != 0);
    }
  }

  void judge_singly(const CalledBlock& block, Jury jury, std::span<Tally> tallies, bool counted) {
    const std::uint64_t calls = tallies.front().calls;
    Singly singly(jury, subject_, singly_, tallies);
    for (std::size_t i = 0; i < block.size(); ++i) singly.add(block.located(i));
    singly.finish();
    if (counted) tallies.front().calls = calls;
  }

  Jury jury_;
  const Subject& subject_;
  Callers callers_;
  std::span<Tally> tallies_;
  const std::uint64_t most_ = calls_together(subject_);
  std::vector<const InBlocks*> ways_;  ///< of each property
  BlockWishes wishes_;
  std::array<CalledBlock, 2> blocks_;
  CalledBlock* filled_ = &blocks_[0];
  CalledBlock* waiting_ = &blocks_[1];  ///< for its calls
  CaseBlock singly_;
};

/// What is judged, and where.
struct Task {
  Jury jury;
  const Subject& subject;
  const Domain& domain;
  Seed seed;
  const Portion& portion;
  Callers callers;
  std::span<Tally> tallies;
  const GoOn& go_on;
  Address first{property_key(jury.front()->where.name), portion.stratum, portion.first};

  Address address(std::uint64_t index) const { return {first.property, first.stratum, index}; }
  std::uint64_t end() const { return portion.first + portion.count; }
  /// Whether it is time to ask go_on, and that says no.
  bool is_stopped(std::uint64_t index) const {
    return (index - portion.first) % block_size == 0 && !go_on();
  }
};

// Each of these is false if it was not to go on to the end.

bool judge_singly(const Task& task) {
  CaseBlock block(task.jury, task.subject, task.callers);
  Singly singly(task.jury, task.subject, block, task.tallies);
  for (std::uint64_t index = task.portion.first; index < task.end(); ++index) {
    if (task.is_stopped(index)) return false;
    const Address address = task.address(index);
    if (const auto point = task.domain.at(task.seed, address)) singly.add({address, *point});
  }
  singly.finish();
  return true;
}

/// Leaves what was added last to be finished.
bool add_walks(const Task& task, Blockwise& blocks) {
  const std::uint64_t length = task.domain.strata[task.portion.stratum].walk;
  for (std::uint64_t index = task.portion.first; index < task.end();) {
    const Address address = task.address(index);
    const std::uint64_t steps = index % length;
    const std::uint64_t count = std::min(length - steps, task.end() - index);
    const auto walk = task.domain.walk_at(task.seed, address);
    const auto asks = [&](const Property* property) {
      return property->where.asks_along(task.subject, *walk, steps, count);
    };
    if (walk && std::ranges::any_of(task.jury, asks)) {
      if (blocks.starts_anew() && !task.go_on()) return false;
      blocks.add(*walk, address, steps, count);
    }
    index += count;
  }
  return true;
}

bool judge_blockwise(const Task& task) {
  Blockwise blocks(task.jury, task.subject, task.callers, task.tallies);
  if (!add_walks(task, blocks)) return false;
  blocks.finish();
  return true;
}

/// One law, in blocks of cases as far as they are usual.
bool judge_law(const Task& task) {
  CaseBlock block(task.jury, task.subject, task.callers);
  Singly singly(task.jury, task.subject, block, task.tallies);
  LawBlockJudge blocks(*task.jury.front(), task.subject, task.callers, task.tallies.front());
  std::vector<Address> unusual;
  std::vector<Located> uncalled;
  const auto one_by_one = [&](const Address& where) {
    if (const auto point = task.domain.at(task.seed, where)) singly.add({where, *point});
  };
  const auto judge_the_rest = [&] {
    std::ranges::for_each(unusual, one_by_one);
    for (const Located& located : uncalled) singly.add(located);
    unusual.clear();
    uncalled.clear();
  };
  for (std::uint64_t index = task.portion.first; index < task.end(); ++index) {
    if (task.is_stopped(index)) return false;
    const Address address = task.address(index);
    if (const auto point = task.domain.first_made(task.seed, address)) blocks.add(address, *point);
    if (!blocks.is_full()) continue;
    blocks.turn(unusual, uncalled);
    judge_the_rest();
  }
  blocks.finish(unusual, uncalled);
  judge_the_rest();
  singly.finish();
  return true;
}

}  // namespace

bool judge_portion(std::span<const Property* const> jury, const Subject& subject,
                   const Domain& domain, Seed seed, const Portion& portion, Callers callers,
                   std::span<Tally> tallies, const GoOn& go_on) {
  const Task task{jury, subject, domain, seed, portion, callers, tallies, go_on};
  const auto can = [&](const Property* p) { return in_blocks(*p, subject) != nullptr; };
  return std::visit(
      overloaded{
          [&](const CaseByCase&) { return judge_singly(task); },
          [&](const InBlocks&) {
            return std::ranges::all_of(jury, can) ? judge_blockwise(task) : judge_singly(task);
          },
          [&](const LawInBlocks&) {
            const bool alone = jury.size() == 1 && block_law(*jury.front(), subject) != nullptr;
            return alone ? judge_law(task) : judge_singly(task);
          },
      },
      jury.front()->judging);
}

bool judge_each(const Property& property, const Subject& subject, std::span<const Domain> domains,
                Seed seed, Callers callers, std::span<Tally> tallies, const GoOn& go_on) {
  const Property* const jury[] = {&property};
  const bool alone = subject.target->in_process || in_blocks(property, subject) == nullptr;
  std::deque<Blockwise> together;
  std::uint64_t calls = 0;
  const auto finish = [&] {
    std::vector<CalledBlock*> begun;
    for (Blockwise& blocks : together)
      if (blocks.is_one_block()) begun.push_back(&blocks.block());
    CalledBlock::begin(begun, *callers.target);
    for (Blockwise& blocks : together)
      if (blocks.is_one_block()) blocks.finish_begun();
    for (Blockwise& blocks : together) blocks.finish();
    together.clear();
    calls = 0;
  };
  for (std::size_t i = 0; i < domains.size(); ++i) {
    const Portion whole{0, 0, domains[i].strata.front().size};
    const Task task{jury, subject, domains[i], seed, whole, callers, tallies.subspan(i, 1), go_on};
    if (alone) {
      if (!judge_portion(jury, subject, domains[i], seed, whole, callers, task.tallies, go_on))
        return false;
      continue;
    }
    if (calls + whole.count > calls_together(subject)) finish();
    calls += whole.count;
    if (!add_walks(task, together.emplace_back(jury, subject, callers, task.tallies))) return false;
  }
  finish();
  return true;
}

std::vector<Tally> judge_portion(std::span<const Property* const> jury, const Subject& subject,
                                 const Domain& domain, Seed seed, const Portion& portion,
                                 Callers callers) {
  std::vector<Tally> tallies(jury.size());
  judge_portion(jury, subject, domain, seed, portion, callers, tallies);
  return tallies;
}

Tally judge_portion(const Property& property, const Subject& subject, const Domain& domain,
                    Seed seed, const Portion& portion, Callers callers) {
  const Property* const jury[] = {&property};
  return judge_portion(jury, subject, domain, seed, portion, callers).front();
}

JudgedCase judge_point(const Property& property, const Subject& subject, const Point& point,
                       Callers callers) {
  const Property* const jury[] = {&property};
  CaseBlock block(jury, subject, callers);
  block.add({{property_key(property.where.name), 0, 0}, point});
  block.answer();
  const Transcript transcript = block.transcript(0);
  JudgedCase judged{Undecided{},
                    {transcript.requests.begin(), transcript.requests.end()},
                    {transcript.answers.begin(), transcript.answers.end()},
                    {}};
  judged.verdict = property.judge(subject, point, judged.transcript(), judged.figures);
  block.note_calls(0, judged.figures);
  return judged;
}

std::vector<Verdict> judge_points(const Property& property, const Subject& subject,
                                  std::span<const Point> points, Callers callers, Tally& tally) {
  const Property* const jury[] = {&property};
  CaseBlock block(jury, subject, callers);
  std::vector<Verdict> verdicts;
  verdicts.reserve(points.size());
  constexpr std::size_t at_once = 256;
  for (std::size_t first = 0; first < points.size(); first += at_once) {
    const auto some = points.subspan(first, std::min(at_once, points.size() - first));
    for (std::size_t i = 0; i < some.size(); ++i)
      block.add({{property_key(property.where.name), 0, first + i}, some[i]});
    block.answer();
    for (std::size_t i = 0; i < some.size(); ++i) {
      block.note_calls(i, tally);
      const Transcript transcript = block.transcript(i);
      verdicts.push_back(property.judge(subject, some[i], transcript, tally));
      tally.add(verdicts.back(), block.located(i), transcript.answers);
    }
    block.clear();
  }
  return verdicts;
}

}  // namespace napier
