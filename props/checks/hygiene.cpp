// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "props/checks/hygiene.hpp"

#include <fmt/format.h>

#include <cctype>
#include <cstring>

#include "lib/fp/hexfloat.hpp"
#include "lib/target/pipe.hpp"

namespace napier {

std::string Hygiene::explain(const Subject&, const Point&, Transcript transcript) const {
  std::string words = what_happened(transcript);
  words.front() = static_cast<char>(std::toupper(static_cast<unsigned char>(words.front())));
  return words;
}

namespace {

class Returns final : public Hygiene {
 public:
  std::string_view name() const override { return "returns"; }
  std::string_view statement() const override { return "every call returns"; }
  void plan(const Subject&, const Point& point, Transcript known,
            std::vector<Request>& wanted) const override {
    if (known.requests.empty()) wanted.push_back({Role::target, point.call()});
  }
  Verdict judge(const Subject&, const Point&, Transcript transcript, Tally&) const override {
    switch (transcript.answers.front().ending) {
      case Ending::returned:
        return Consistent{};
      case Ending::crashed:
      case Ending::exited:
      case Ending::hung:
      case Ending::unwritten:
        return Refuted{};
      case Ending::not_called:
        break;
    }
    return Undecided{Cause::no_answer};
  }
  std::string what_happened(Transcript transcript) const override {
    const Answer& answer = transcript.answers.front();
    switch (answer.ending) {
      case Ending::crashed:
        return fmt::format("the call was killed by signal {} ({})", answer.detail,
                           ::strsignal(answer.detail));
      case Ending::exited:
        return fmt::format("the call ended its process with status {}", answer.detail);
      case Ending::hung:
        return "the call did not return in time";
      case Ending::unwritten:
        return answer.detail == too_much    ? "the process wrote more than the result"
               : answer.detail == no_number ? "the process wrote what is no result"
                                            : "the call returned and wrote no result";
      case Ending::not_called:
        return "the call was not made any more";
      case Ending::returned:
        break;
    }
    return "the call returned";
  }

  bool judges_blocks(const Subject&) const override { return true; }
  /// A block whose calls don't all return is judged case by case.
  bool judge_block(const Subject&, const CalledBlock& block, Tally& tally) const override {
    tally.add_consistent(block.size());
    return true;
  }
};

class Deterministic : public Hygiene {
 public:
  std::string_view name() const override { return "deterministic"; }
  bool asked_of_directed_claims() const override { return true; }
  bool asked_in_every_mode() const override { return true; }
  std::string_view statement() const override { return "the same input gives the same bits"; }
  std::size_t most_calls() const override { return 2; }
  // The second call is made in a later round, after all others of the block.
  void plan(const Subject&, const Point& point, Transcript known,
            std::vector<Request>& wanted) const override {
    if (known.requests.size() < 2) wanted.push_back({Role::target, point.call()});
  }
  Verdict judge(const Subject&, const Point&, Transcript transcript, Tally&) const override {
    const Answer& first = transcript.answers[0];
    const Answer& second = transcript.answers[1];
    if (first.ending != Ending::returned || second.ending != Ending::returned)
      return Undecided{Cause::no_answer};
    return first.value == second.value ? Verdict(Consistent{}) : Refuted{};
  }
  bool judges_blocks(const Subject&) const override { return true; }
  BlockWishes block_wishes() const override { return {.repeat = true}; }
  bool judge_block(const Subject&, const CalledBlock& block, Tally& tally) const override {
    if (block.all_repeated_the_same()) {
      tally.add_consistent(block.size());
      return true;
    }
    for (std::size_t i = 0; i < block.size(); ++i)
      if (block.result(i) == block.repeated(i))
        tally.add_consistent(1);
      else
        add_refuted(block, i, tally);
    return true;
  }
  static void add_refuted(const CalledBlock& block, std::size_t i, Tally& tally) {
    const Answer answers[] = {{.value = block.result(i)}, {.value = block.repeated(i)}};
    tally.add(Refuted{}, block.located(i), answers);
  }
  std::string what_happened(Transcript transcript) const override {
    return fmt::format("two calls with the same input gave {} and {}",
                       to_hex(transcript.answers[0].value), to_hex(transcript.answers[1].value));
  }
};

/// The first call of a case is made before anything else is asked, the second one amid a past.
class Unmoved final : public Deterministic {
 public:
  bool asked_of_directed_claims() const override { return false; }
  bool asked_in_every_mode() const override { return false; }
  bool amid_a_past() const override { return true; }
  bool judges_blocks(const Subject&) const override { return false; }
  std::string_view domain_name() const override { return "past"; }
  std::optional<Domain> exhaustive_domain(const Subject&) const override { return {}; }
  /// 5, and a few points of every stratum, in one block.
  Domain domain(const Subject& subject) const override {
    constexpr std::uint64_t cases = 256;
    Point ordinary;  // the very first call tells the most where nothing is special
    for (int k = 0; k < subject.target->function->arity; ++k)
      ordinary.push(from_integer(subject.format(), 5));
    Domain domain;
    domain.strata.push_back(
        {"the first calls, and again after special values and 20,000 others", cases, 1,
         [calls = call_domain(subject), ordinary](Draw&, std::uint64_t i) -> std::optional<Point> {
           if (i == 0) return ordinary;
           const std::uint64_t count = calls.strata.size();
           const auto stratum = static_cast<std::uint32_t>(count - 1 - i % count);
           const std::uint64_t size = calls.strata[stratum].size;
           const std::uint64_t index = i / count;
           return calls.at(Seed{},
                           {property_key("past"), stratum, size == 0 ? index : index % size});
         }});
    return domain;
  }
};

/// The second call of a case is made by two threads at once (thread_pair), the first by one.
class Threads final : public Hygiene {
 public:
  std::string_view name() const override { return "threads"; }
  std::string_view statement() const override {
    return "two threads at once get the same bits as one";
  }
  bool from_two_threads() const override { return true; }
  std::string_view domain_name() const override { return name(); }
  std::optional<Domain> exhaustive_domain(const Subject&) const override { return {}; }
  std::size_t most_calls() const override { return 2; }
  void plan(const Subject&, const Point& point, Transcript known,
            std::vector<Request>& wanted) const override {
    if (known.requests.size() < 2) wanted.push_back({Role::target, point.call()});
  }
  Verdict judge(const Subject&, const Point&, Transcript transcript, Tally&) const override {
    const Answer& alone = transcript.answers[0];
    const Answer& together = transcript.answers[1];
    if (alone.ending != Ending::returned || together.ending != Ending::returned)
      return Undecided{Cause::no_answer};
    return alone.value == together.value ? Verdict(Consistent{}) : Refuted{};
  }
  std::string what_happened(Transcript transcript) const override {
    return fmt::format("one thread got {}; while another was calling, the result was {}",
                       to_hex(transcript.answers[0].value), to_hex(transcript.answers[1].value));
  }
};

class Environment final : public Hygiene {
 public:
  std::string_view name() const override { return "environment"; }
  bool asked_in_every_mode() const override { return true; }
  bool asked_of_directed_claims() const override { return true; }
  std::string_view statement() const override {
    return "control state and x87 stack as before; errno never set to 0";
  }
  Observe observe() const override { return Observe::everything; }
  void plan(const Subject&, const Point& point, Transcript known,
            std::vector<Request>& wanted) const override {
    if (known.requests.empty()) wanted.push_back({Role::target, point.call()});
  }
  Verdict judge(const Subject&, const Point&, Transcript transcript, Tally&) const override {
    const Answer& answer = transcript.answers.front();
    if (answer.ending != Ending::returned) return Undecided{Cause::no_answer};
    return answer.before == answer.after && answer.error_number != 0 ? Verdict(Consistent{})
                                                                     : Refuted{};
  }
  bool judges_blocks(const Subject&) const override { return true; }
  bool judge_block(const Subject&, const CalledBlock& block, Tally& tally) const override {
    if (block.all_in_order()) {
      tally.add_consistent(block.size());
      return true;
    }
    for (std::size_t i = 0; i < block.size(); ++i)
      if (block.in_order(i))
        tally.add_consistent(1);
      else
        tally.add(Refuted{}, block.located(i));
    return true;
  }
  BlockWishes block_wishes() const override { return {.order = true}; }
  std::string what_happened(Transcript transcript) const override {
    const Answer& answer = transcript.answers.front();
    if (answer.error_number == 0) return "the call set errno to 0";
    return "the call changed the " + difference(answer.before, answer.after);
  }
};

}  // namespace

std::vector<std::unique_ptr<const Property>> hygiene_properties() {
  std::vector<std::unique_ptr<const Property>> all;
  all.push_back(std::make_unique<Deterministic>());
  all.push_back(std::make_unique<Unmoved>());
  all.push_back(std::make_unique<Threads>());
  all.push_back(lanes_property());
  all.push_back(std::make_unique<Environment>());
  all.push_back(std::make_unique<Returns>());
  return all;
}

}  // namespace napier
