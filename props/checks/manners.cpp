// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// What a call tells of itself besides its value: the flags it raises and the errno it leaves.
#include <cerrno>
#include <cmath>

#include <fmt/format.h>

#include "props/checks/moving_argument.hpp"
#include "props/claim/exceptions.hpp"
#include "props/domain/call_domain.hpp"
#include "props/domain/covered_part.hpp"
#include "props/property/property.hpp"

namespace napier {
namespace {

constexpr std::uint64_t draws_unclaimed = 1 << 15;  // of each stratum, where nothing is judged

/// Both are judged on the same calls, drawn like those of accuracy, with the environment observed
/// around each: that is slow, so where neither is claimed a part of them says enough.
class Manners : public Property {
 public:
  std::string inapplicable(const Subject& subject) const override {
    return subject.target->function->kind == Kind::slope ? "Annex F knows no derivatives" : "";
  }
  Observe observe() const override { return Observe::everything; }
  Domain domain(const Subject& subject) const override {
    Domain domain = call_domain(subject);
    if (subject.claim->flags || subject.claim->errno_values) return domain;
    for (Stratum& stratum : domain.strata)
      if (stratum.size == 0) stratum.size = draws_unclaimed, stratum.walk = 1;
    return domain;
  }
  std::string_view domain_name() const override { return "manners"; }
  std::optional<Domain> exhaustive_domain(const Subject& subject) const override {
    return every_call(subject);
  }
  std::size_t most_calls() const override { return 1; }
  bool asks_along(const Subject& subject, const Walk& walk, std::uint64_t step,
                  std::uint64_t count) const override {
    return covered_part(subject.claim->domain, walk, step, count).count != 0;
  }
  bool asks(const Subject& subject, const Point& point) const override {
    const Call call = point.call();
    return covers(subject.claim->domain, call.x, call.y);
  }
  void plan(const Subject&, const Point& point, Transcript known,
            std::vector<Request>& wanted) const override {
    if (known.requests.empty()) wanted.push_back({Role::target, point.call()});
  }
  std::optional<std::size_t> blame(const Subject&, const Point&, Transcript) const override {
    return 0;
  }
  Verdict judge(const Subject& subject, const Point&, Transcript transcript,
                Tally&) const override {
    const Answer& answer = transcript.answers.front();
    if (answer.ending != Ending::returned) return Undecided{Cause::no_answer};
    return verdict(asked_of(subject, transcript.requests.front().call), answer);
  }

  bool judges_blocks(const Subject& subject) const override {
    return subject.format().width <= 64 && (subject.claim->flags || subject.claim->errno_values);
  }
  BlockWishes block_wishes() const override { return {.signals = true}; }
  bool judge_block(const Subject& subject, const CalledBlock& block, Tally& tally) const override {
    for (const Stretch& stretch : block.stretches()) judge_stretch(subject, block, stretch, tally);
    return true;
  }
  std::string explain(const Subject& subject, const Point&, Transcript transcript) const override {
    const auto asked = asked_of(subject, transcript.requests.front().call);
    return asked ? "The call " + words(*asked, transcript.answers.front())
                 : "Nothing is asked here";
  }
  bool is_about_values() const override { return false; }
  std::string fault(const Subject& subject, const Point&, Transcript transcript) const override {
    const auto asked = asked_of(subject, transcript.requests.front().call);
    return asked ? words(*asked, transcript.answers.front()) : "";
  }

 protected:
  virtual std::optional<Exceptions> asked_of(const Subject& subject, const Call& call) const {
    return exceptions(subject, call);
  }
  /// Whether the answer does what is asked: yes, no or undecided.
  virtual Demand follows(const Exceptions& asked, const Answer& answer) const = 0;
  virtual std::string words(const Exceptions& asked, const Answer& answer) const = 0;

 private:
  Verdict verdict(const std::optional<Exceptions>& asked, const Answer& answer) const {
    if (!asked) return Consistent{std::numeric_limits<double>::infinity(), 0};
    switch (follows(*asked, answer)) {
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

  /// The part of an answer that is judged here.
  static Answer answer_of(std::uint8_t signals) {
    Answer answer;
    answer.flags.invalid = (signals & flag_bit::invalid) != 0;
    answer.flags.divide_by_zero = (signals & flag_bit::divide_by_zero) != 0;
    answer.flags.overflow = (signals & flag_bit::overflow) != 0;
    answer.error_number = (signals & signal_bit::range_error) != 0    ? ERANGE
                          : (signals & signal_bit::domain_error) != 0 ? EDOM
                          : (signals & signal_bit::other_error) != 0  ? 0
                                                                      : errno_before;
    return answer;
  }

  /// What is asked along a walk changes where the kind of the argument does, and else as |t| does,
  /// which rises or falls between: exceptions() has the proof. So what is asked is that of
  /// intervals, and they are found. Of a negative base, and in a domain of integers, integers are
  /// asked something else than the numbers between them: there every case is asked.
  void judge_stretch(const Subject& subject, const CalledBlock& block, const Stretch& stretch,
                     Tally& tally) const {
    const MovingArgument moving(subject, block, stretch);
    const auto asked_at = [&](std::size_t i) { return asked_of(subject, block.call_at(i)); };
    each_part(stretch.begin, stretch.begin + stretch.count, moving,
              [&](std::size_t begin, std::size_t end, const ArgumentKind& kind) {
                if (moving.asks_for_integers() && kind.integers == ArgumentKind::Integers::some)
                  return judge_each(subject, block, begin, end, tally);
                const Call call = block.call_at(begin);
                if (!covers(subject.claim->domain, call.x, call.y)) return;
                each_part(begin, end, asked_at, [&](std::size_t from, std::size_t to, auto& asked) {
                  judge_alike(block, from, to, asked, tally);
                });
              });
  }

  /// Cases of which the same is asked: alike where they signal the same.
  void judge_alike(const CalledBlock& block, std::size_t begin, std::size_t end,
                   const std::optional<Exceptions>& asked, Tally& tally) const {
    for (std::size_t i = begin; i < end;) {
      const std::uint8_t signals = block.signals(i);
      const std::size_t alike = block.next_signals(i, end);
      const Verdict given = verdict(asked, answer_of(signals));
      if (const auto* consistent = std::get_if<Consistent>(&given); consistent == nullptr)
        for (; i < alike; ++i) add(given, block, i, tally);
      else if (std::isfinite(consistent->resolution))
        tally.add_consistent(alike - i);
      else
        tally.add_vacuous(alike - i);
      i = alike;
    }
  }

  void judge_each(const Subject& subject, const CalledBlock& block, std::size_t begin,
                  std::size_t end, Tally& tally) const {
    for (std::size_t i = begin; i < end; ++i) {
      const Call call = block.call_at(i);
      if (!covers(subject.claim->domain, call.x, call.y)) continue;
      add(verdict(asked_of(subject, call), answer_of(block.signals(i))), block, i, tally);
    }
  }

  static void add(const Verdict& given, const CalledBlock& block, std::size_t i, Tally& tally) {
    Answer answer = answer_of(block.signals(i));
    answer.value = block.result(i);
    tally.add(given, block.located(i), {&answer, 1});
  }
};

/// A flag and what is asked of it.
struct Asked {
  const char* name;
  Demand demand;
  bool raised;

  bool wrong() const { return raised ? demand == Demand::no : demand == Demand::yes; }
};

class FlagsRaised final : public Manners {
 public:
  std::string_view name() const override { return "flags"; }
  std::string_view statement() const override {
    return "overflow, divide-by-zero and invalid raised exactly when Annex F says";
  }
  bool judges(const Subject& subject) const override { return subject.claim->flags; }

 protected:
  Demand follows(const Exceptions& asked, const Answer& answer) const override {
    Demand result = Demand::yes;
    for (const Asked& flag : flags(asked, answer)) {
      if (flag.wrong()) return Demand::no;
      if (flag.demand == Demand::undecided) result = Demand::undecided;
    }
    return result;
  }
  /// Which were raised, and which Annex F asks for; of others it says nothing.
  std::string words(const Exceptions& asked, const Answer& answer) const override {
    std::string raised, wanted, free;
    const auto list = [](std::string& names, const char* name) {
      names += (names.empty() ? "" : " and ") + std::string(name);
    };
    for (const Asked& flag : flags(asked, answer)) {
      if (flag.raised) list(raised, flag.name);
      if (flag.demand == Demand::yes) list(wanted, flag.name);
      if (flag.demand == Demand::either) list(free, flag.name);
    }
    const auto or_none = [](const std::string& names) { return names.empty() ? "no flag" : names; };
    return fmt::format("raised {}, where Annex F asks for {}{}", or_none(raised), or_none(wanted),
                       free.empty() ? "" : " and allows " + free);
  }

 private:
  static std::array<Asked, 3> flags(const Exceptions& asked, const Answer& answer) {
    return {{{"overflow", asked.overflow, answer.flags.overflow},
             {"divide-by-zero", asked.divide_by_zero, answer.flags.divide_by_zero},
             {"invalid", asked.invalid, answer.flags.invalid}}};
  }
};

class ErrnoLeft final : public Manners {
 public:
  std::string_view name() const override { return "errno"; }
  std::string_view statement() const override {
    return "errno: ERANGE on overflow and pole, EDOM on a domain error, otherwise as it was";
  }
  bool judges(const Subject& subject) const override { return subject.claim->errno_values; }

 protected:
  /// C23 7.12.1 speaks of an overflow's errno where default rounding is in effect: in the other
  /// modes the result may be finite, and ERANGE and silence are both right.
  std::optional<Exceptions> asked_of(const Subject& subject, const Call& call) const override {
    auto asked = exceptions(subject, call);
    if (asked && asked->overflow == Demand::yes && subject.rounding != Rounding::nearest)
      asked->overflow = Demand::either;
    return asked;
  }
  Demand follows(const Exceptions& asked, const Answer& answer) const override {
    const int left = answer.error_number;
    if (asked.invalid == Demand::yes) return left == EDOM ? Demand::yes : Demand::no;
    if (left != ERANGE && left != errno_before) return Demand::no;
    if (asked.overflow == Demand::undecided) return Demand::undecided;
    const bool must = asked.overflow == Demand::yes || asked.divide_by_zero == Demand::yes;
    const bool may = must || asked.overflow == Demand::either ||
                     asked.divide_by_zero == Demand::either || asked.underflow == Demand::either;
    return left == ERANGE ? (may ? Demand::yes : Demand::no) : (must ? Demand::no : Demand::yes);
  }
  std::string words(const Exceptions& asked, const Answer& answer) const override {
    const char* want = asked.invalid == Demand::yes          ? "must be EDOM for a domain error"
                       : asked.divide_by_zero == Demand::yes ? "must be ERANGE for a pole"
                       : asked.overflow == Demand::yes       ? "must be ERANGE for an overflow"
                                                             : "must stay as it was";
    const int left = answer.error_number;
    const std::string got = left == errno_before ? "left errno as it was"
                            : left == EDOM       ? "set errno to EDOM"
                            : left == ERANGE     ? "set errno to ERANGE"
                                                 : fmt::format("set errno to {}", left);
    return fmt::format("{}, where it {}", got, want);
  }
};

}  // namespace

std::unique_ptr<const Property> flags_property() { return std::make_unique<FlagsRaised>(); }
std::unique_ptr<const Property> errno_property() { return std::make_unique<ErrnoLeft>(); }

}  // namespace napier
