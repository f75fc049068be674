// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "props/judge/judge.hpp"

#include <algorithm>

#include "props/judge/case_block.hpp"
#include "props/judge/law_block_judge.hpp"

namespace napier {
namespace {

constexpr std::uint64_t block_size = 1024;  // small enough to stay in cache

/// Calls that are made together: of a child more, to amortise that it is woken.
std::uint64_t calls_together(const Subject& subject) {
  return subject.target->in_process ? block_size : 4 * block_size;
}

using Jury = std::span<const Property* const>;

/// Case by case.
class Singly {
 public:
  Singly(Jury jury, const Subject& subject, Callers callers, std::span<Tally> tallies)
      : jury_(jury), subject_(subject), tallies_(tallies), block_(jury, subject, callers) {}

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
        if (jury_[j]->asks(subject_, located.point))
          tallies_[j].add(jury_[j]->judge(subject_, located.point, transcript, tallies_[j]),
                          located, transcript.answers);
    }
    block_.clear();
  }

 private:
  Jury jury_;
  const Subject& subject_;
  std::span<Tally> tallies_;
  CaseBlock block_;
};

/// A block of calls at a time, where every property can; what one can't judge so, or a block that
/// can't be called so, goes case by case.
class InBlocks {
 public:
  InBlocks(Jury jury, const Subject& subject, Callers callers, std::span<Tally> tallies)
      : jury_(jury), subject_(subject), callers_(callers), tallies_(tallies), block_(subject) {
    for (const Property* property : jury) wishes_ = wishes_ | property->block_wishes();
  }

  void add(const Walk& walk, Address address, std::uint64_t steps, std::uint64_t count) {
    block_.add(walk, address, steps, count);
    if (block_.size() >= most_) finish();
  }
  bool empty() const { return block_.size() == 0; }
  void finish() {
    if (empty()) return;
    if (block_.call(*callers_.target, wishes_)) {
      tallies_.front().calls += block_.calls();
      for (std::size_t j = 0; j < jury_.size(); ++j)
        if (!jury_[j]->judge_block(subject_, block_, tallies_[j]))
          judge_singly(jury_.subspan(j, 1), tallies_.subspan(j, 1), true);
    } else {
      judge_all_singly();
    }
    block_.clear();
  }

 private:
  /// Those of one domain plan their calls with each other in mind, and only those.
  void judge_all_singly() {
    for (std::size_t begin = 0, end = 0; begin < jury_.size(); begin = end) {
      while (end < jury_.size() && jury_[end]->domain_name() == jury_[begin]->domain_name()) ++end;
      judge_singly(jury_.subspan(begin, end - begin), tallies_.subspan(begin, end - begin),
                   begin != 0);
    }
  }

  void judge_singly(Jury jury, std::span<Tally> tallies, bool counted) {
    const std::uint64_t calls = tallies.front().calls;
    Singly singly(jury, subject_, callers_, tallies);
    for (std::size_t i = 0; i < block_.size(); ++i) singly.add(block_.located(i));
    singly.finish();
    if (counted) tallies.front().calls = calls;
  }

  Jury jury_;
  const Subject& subject_;
  Callers callers_;
  std::span<Tally> tallies_;
  const std::uint64_t most_ = calls_together(subject_);
  BlockWishes wishes_;
  CalledBlock block_;
};

/// A law, in blocks of cases as far as they are usual.
bool judge_law(const Property& law, const Subject& subject, const Domain& domain, Seed seed,
               const Portion& portion, Callers callers, Tally& tally, const GoOn& go_on) {
  const Property* const jury[] = {&law};
  Singly singly(jury, subject, callers, {&tally, 1});
  LawBlockJudge blocks(law, subject, *callers.target, tally);
  std::vector<Address> unusual;
  std::vector<Located> uncalled;
  const auto one_by_one = [&](const Address& where) {
    if (const auto point = domain.at(seed, where)) singly.add({where, *point});
  };
  const auto finish = [&] {
    blocks.finish(unusual, uncalled);
    std::ranges::for_each(unusual, one_by_one);
    for (const Located& located : uncalled) singly.add(located);
    unusual.clear();
    uncalled.clear();
  };
  Address address{property_key(law.domain_name()), portion.stratum, portion.first};
  for (; address.index < portion.first + portion.count; ++address.index) {
    if ((address.index - portion.first) % block_size == 0 && !go_on()) return false;
    if (const auto point = domain.first_made(seed, address)) blocks.add(address, *point);
    if (blocks.is_full()) finish();
  }
  finish();
  singly.finish();
  return true;
}

}  // namespace

bool judge_portion(std::span<const Property* const> jury, const Subject& subject,
                   const Domain& domain, Seed seed, const Portion& portion, Callers callers,
                   std::span<Tally> tallies, const GoOn& go_on) {
  const Address first{property_key(jury.front()->domain_name()), portion.stratum, portion.first};
  const bool fits = subject.format().width <= 64;  // a block holds encodings of that size
  const auto can = [&](const Property* p) { return fits && p->judges_blocks(subject); };
  if (jury.size() == 1 && jury.front()->block_law(subject) != nullptr)
    return judge_law(*jury.front(), subject, domain, seed, portion, callers, tallies.front(),
                     go_on);
  const std::uint64_t length = domain.strata[portion.stratum].walk;
  if (!std::ranges::all_of(jury, can)) {
    Singly singly(jury, subject, callers, tallies);
    for (Address address = first; address.index < first.index + portion.count; ++address.index) {
      if ((address.index - first.index) % block_size == 0 && !go_on()) return false;
      if (const auto point = domain.at(seed, address)) singly.add({address, *point});
    }
    singly.finish();
    return true;
  }
  InBlocks blocks(jury, subject, callers, tallies);
  for (Address address = first; address.index < first.index + portion.count;) {
    const std::uint64_t steps = address.index % length;
    const std::uint64_t count =
        std::min(length - steps, first.index + portion.count - address.index);
    const auto walk = domain.walk_at(seed, address);
    const auto asks = [&](const Property* property) {
      return property->asks_along(subject, *walk, steps, count);
    };
    if (walk && std::ranges::any_of(jury, asks)) {
      if (blocks.empty() && !go_on()) return false;
      blocks.add(*walk, address, steps, count);
    }
    address.index += count;
  }
  blocks.finish();
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
  block.add({{property_key(property.domain_name()), 0, 0}, point});
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

}  // namespace napier
