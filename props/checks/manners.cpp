// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// What a call tells of itself besides its value: the flags it raises and the errno it leaves.
#include <algorithm>
#include <array>
#include <cerrno>
#include <cmath>

#include <fmt/format.h>

#include "props/checks/moving_argument.hpp"
#include "props/claim/exceptions.hpp"
#include "props/domain/call_domain.hpp"
#include "props/property/property.hpp"

namespace napier {
namespace {

constexpr std::uint64_t draws_unclaimed = 1 << 15;  // of each stratum, where nothing is judged

/// What tells flags and errno apart.
struct Manner {
  /// The call again, with all flags raised: that it lowers none of them.
  bool is_asked_again;
  /// What Annex F asks of a call; nothing where it says nothing.
  std::optional<Exceptions> (*demanded)(const Subject&, const Call&);
  /// Whether the answer does what is asked: yes, no or undecided.
  Demand (*follows)(const Exceptions& demanded, const Answer& answer);
  /// What the call did, and what it should have done.
  std::string (*words)(const Exceptions& demanded, const Answer& answer);
};

/// What a case's calls did, as if it were one: the second, if there is one, with all flags raised.
/// Another property may have wished for a third.
Answer together(const Manner& manner, std::span<const Answer> answers) {
  Answer all = answers.front();
  if (!manner.is_asked_again || all.ending != Ending::returned) return all;
  const Answer& again = answers.size() > 1 ? answers[1] : answers.front();
  all.ending = again.ending;
  all.lowered = again.lowered;
  return all;
}

Verdict verdict(const Manner& manner, const std::optional<Exceptions>& demanded,
                const Answer& answer) {
  if (!demanded) return Consistent{std::numeric_limits<double>::infinity(), 0};
  switch (manner.follows(*demanded, answer)) {
    case Demand::yes:
    case Demand::either:
      return Consistent{};
    case Demand::no:
      return Refuted{};
    case Demand::undecided:
      break;
  }
  return Undecided{Cause::precision_cap};
}

/// Both are judged on the same calls, drawn like those of accuracy, with the environment observed
/// around each: that is slow, so where neither is claimed a part of them says enough.
Domain domain_of_manners(const Subject& subject) {
  Domain domain = call_domain(subject);
  if (subject.claim->flags || subject.claim->errno_values) return domain;
  for (Stratum& stratum : domain.strata)
    if (stratum.size == 0) stratum.size = draws_unclaimed, stratum.walk = 1;
  return domain;
}

/// Judges a block of calls by one manner.
class MannersBlock {
 public:
  MannersBlock(const Manner& manner, const Subject& subject, const CalledBlock& block, Tally& tally)
      : manner_(manner), subject_(subject), block_(block), tally_(tally) {}

  /// What is asked along a walk changes where the kind of the argument does, and else as |t| does,
  /// which rises or falls between: exceptions() has the proof. So the same is asked along
  /// intervals, and they are found. Of a negative base, and in a domain of integers, integers are
  /// asked something else than the numbers between them: there every case is asked.
  void judge_stretch(const Stretch& stretch) {
    const MovingArgument moving(subject_, block_, stretch);
    const auto demanded_at = [&](std::size_t i) {
      return manner_.demanded(subject_, block_.call_at(i));
    };
    each_part(stretch.begin, stretch.begin + stretch.count, moving,
              [&](std::size_t begin, std::size_t end, const ArgumentKind& kind) {
                if (moving.asks_for_integers() && kind.integers == ArgumentKind::Integers::some)
                  return judge_each(begin, end);
                const Call call = block_.call_at(begin);
                if (!covers(subject_.claim->domain, call.x, call.y)) return;
                each_part(begin, end, demanded_at,
                          [&](std::size_t from, std::size_t to, const auto& demanded) {
                            judge_alike(from, to, demanded);
                          });
              });
  }

 private:
  static Flags flags_of(std::uint8_t bits) {
    return {.invalid = (bits & flag_bit::invalid) != 0,
            .divide_by_zero = (bits & flag_bit::divide_by_zero) != 0,
            .overflow = (bits & flag_bit::overflow) != 0};
  }

  /// The part of an answer that is judged here.
  static Answer answer_of(std::uint8_t signals, std::uint8_t lowered) {
    Answer answer;
    answer.flags = flags_of(signals);
    answer.lowered = flags_of(lowered);
    answer.error_number = (signals & signal_bit::range_error) != 0    ? ERANGE
                          : (signals & signal_bit::domain_error) != 0 ? EDOM
                          : (signals & signal_bit::other_error) != 0  ? 0
                                                                      : errno_before;
    return answer;
  }

  /// Cases of which the same is asked: alike where they signal the same.
  void judge_alike(std::size_t begin, std::size_t end, const std::optional<Exceptions>& demanded) {
    for (std::size_t i = begin; i < end;) {
      const std::size_t alike = block_.next_signals(i, end);
      const Verdict given = verdict(manner_, demanded, answer_at(i));
      if (const auto* consistent = std::get_if<Consistent>(&given); consistent == nullptr)
        for (; i < alike; ++i) add(given, i);
      else if (std::isfinite(consistent->resolution))
        tally_.add_consistent(alike - i);
      else
        tally_.add_vacuous(alike - i);
      i = alike;
    }
  }

  void judge_each(std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) {
      const Call call = block_.call_at(i);
      if (!covers(subject_.claim->domain, call.x, call.y)) continue;
      const auto demanded = manner_.demanded(subject_, call);
      add(verdict(manner_, demanded, answer_at(i)), i);
    }
  }

  Answer answer_at(std::size_t i) const { return answer_of(block_.signals(i), block_.lowered(i)); }

  void add(const Verdict& given, std::size_t i) {
    std::array<Answer, 2> answers{answer_of(block_.signals(i), 0), answer_of(0, block_.lowered(i))};
    answers[0].value = block_.result(i);
    answers[1].value = block_.repeated(i);
    tally_.add(given, block_.located(i), std::span(answers).first(manner_.is_asked_again ? 2 : 1));
  }

  const Manner& manner_;
  const Subject& subject_;
  const CalledBlock& block_;
  Tally& tally_;
};

/// What both rows have in common.
Property row_of(std::string_view name, std::string_view statement, const Manner& manner) {
  Where where = covered_calls();
  where.name = "manners";
  where.domain = domain_of_manners;
  return {
      .name = name,
      .statement = statement,
      .promised = statement,
      .family = Family::manners,
      .observe = Observe::everything,
      .about = About::words,
      .inapplicable =
          [](const Subject& subject) { return annex_f_unknown(*subject.target->function); },
      .where = where,
      .plan = manner.is_asked_again ? same_call_twice() : one_call(),
      .judge = [=](const Subject& subject, const Point&, Transcript transcript, Tally&) -> Verdict {
        const Answer answer = together(manner, transcript.answers);
        if (answer.ending != Ending::returned) return Undecided{Cause::no_answer};
        const Call& call = transcript.requests.front().call;
        return verdict(manner, manner.demanded(subject, call), answer);
      },
      .judging = InBlocks{.serves =
                              [](const Subject& subject) {
                                return subject.claim->flags || subject.claim->errno_values;
                              },
                          .wishes = {.signals = true},
                          .judge =
                              [=](const Subject& subject, const CalledBlock& block, Tally& tally) {
                                MannersBlock judged(manner, subject, block, tally);
                                for (const Stretch& stretch : block.stretches())
                                  judged.judge_stretch(stretch);
                                return true;
                              }},
      .explain = [=](const Subject& subject, const Point&, Transcript transcript) -> std::string {
        const auto demanded = manner.demanded(subject, transcript.requests.front().call);
        if (!demanded) return "Nothing is asked here";
        return "The call " + manner.words(*demanded, together(manner, transcript.answers));
      },
      .fault = [=](const Subject& subject, const Point&, Transcript transcript) -> std::string {
        const auto demanded = manner.demanded(subject, transcript.requests.front().call);
        return demanded ? manner.words(*demanded, together(manner, transcript.answers)) : "";
      },
      .blame = first_call,
  };
}

/// A flag, and what is demanded of it.
struct Flag {
  const char* name;
  Demand demand;
  bool raised;
  bool lowered;  ///< where it is raised before

  bool is_wrongly_raised() const { return raised ? demand == Demand::no : demand == Demand::yes; }
};

std::array<Flag, 3> flags_of(const Exceptions& demanded, const Answer& answer) {
  const Flags& raised = answer.flags;
  const Flags& lowered = answer.lowered;
  return {
      {{"overflow", demanded.overflow, raised.overflow, lowered.overflow},
       {"divide-by-zero", demanded.divide_by_zero, raised.divide_by_zero, lowered.divide_by_zero},
       {"invalid", demanded.invalid, raised.invalid, lowered.invalid}}};
}

Demand flags_follow(const Exceptions& demanded, const Answer& answer) {
  Demand result = Demand::yes;
  for (const Flag& flag : flags_of(demanded, answer)) {
    if (flag.is_wrongly_raised() || flag.lowered) return Demand::no;
    if (flag.demand == Demand::undecided) result = Demand::undecided;
  }
  return result;
}

/// Which were raised, and which Annex F asks for; of others it says nothing. And which were
/// lowered.
std::string flags_words(const Exceptions& demanded, const Answer& answer) {
  std::string raised, wanted, free, lowered;
  const auto list = [](std::string& names, const char* name) {
    names += (names.empty() ? "" : " and ") + std::string(name);
  };
  for (const Flag& flag : flags_of(demanded, answer)) {
    if (flag.raised) list(raised, flag.name);
    if (flag.demand == Demand::yes) list(wanted, flag.name);
    if (flag.demand == Demand::either) list(free, flag.name);
    if (flag.lowered) list(lowered, flag.name);
  }
  const auto all = flags_of(demanded, answer);
  const auto or_none = [](const std::string& names) { return names.empty() ? "no flag" : names; };
  std::string words;
  if (lowered.empty() || std::ranges::any_of(all, &Flag::is_wrongly_raised))
    words = fmt::format("raised {}, where Annex F asks for {}{}", or_none(raised), or_none(wanted),
                        free.empty() ? "" : " and allows " + free);
  if (lowered.empty()) return words;
  return fmt::format("{}{}lowered {}, which had been raised before it", words,
                     words.empty() ? "" : ", and ", lowered);
}

/// C23 7.12.1 speaks of an overflow's errno where default rounding is in effect: in the other
/// modes the result may be finite, and ERANGE and silence are both right.
std::optional<Exceptions> demanded_of_errno(const Subject& subject, const Call& call) {
  auto demanded = exceptions(subject, call);
  if (demanded && demanded->overflow == Demand::yes && subject.rounding != Rounding::nearest)
    demanded->overflow = Demand::either;
  return demanded;
}

Demand errno_follows(const Exceptions& demanded, const Answer& answer) {
  const int left = answer.error_number;
  if (demanded.invalid == Demand::yes) return left == EDOM ? Demand::yes : Demand::no;
  if (left != ERANGE && left != errno_before) return Demand::no;
  if (demanded.overflow == Demand::undecided) return Demand::undecided;
  const bool must = demanded.overflow == Demand::yes || demanded.divide_by_zero == Demand::yes;
  const bool may = must || demanded.overflow == Demand::either ||
                   demanded.divide_by_zero == Demand::either ||
                   demanded.underflow == Demand::either;
  return left == ERANGE ? (may ? Demand::yes : Demand::no) : (must ? Demand::no : Demand::yes);
}

std::string errno_words(const Exceptions& demanded, const Answer& answer) {
  const char* want = demanded.invalid == Demand::yes          ? "must be EDOM for a domain error"
                     : demanded.divide_by_zero == Demand::yes ? "must be ERANGE for a pole"
                     : demanded.overflow == Demand::yes       ? "must be ERANGE for an overflow"
                                                              : "must stay as it was";
  const int left = answer.error_number;
  const std::string got = left == errno_before ? "left errno as it was"
                          : left == EDOM       ? "set errno to EDOM"
                          : left == ERANGE     ? "set errno to ERANGE"
                                               : fmt::format("set errno to {}", left);
  return fmt::format("{}, where it {}", got, want);
}

}  // namespace

void contribute_manners(Properties& rows) {
  Property flags = row_of(
      "flags", "overflow, divide-by-zero and invalid raised as Annex F says, and never lowered",
      {true, exceptions, flags_follow, flags_words});
  flags.judges = [](const Subject& subject) { return subject.claim->flags; };
  rows.push_back(std::move(flags));
  Property left = row_of(
      "errno", "errno: ERANGE on overflow and pole, EDOM on a domain error, otherwise as it was",
      {false, demanded_of_errno, errno_follows, errno_words});
  left.judges = [](const Subject& subject) { return subject.claim->errno_values; };
  rows.push_back(std::move(left));
}

}  // namespace napier
