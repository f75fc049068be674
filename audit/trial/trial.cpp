// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "audit/trial/trial.hpp"
#include "audit/selection.hpp"

#include <algorithm>
#include <chrono>
#include <map>

#include <fmt/format.h>

#include "audit/shards/merged.hpp"
#include "audit/step_sizes.hpp"
#include "audit/trial/apart.hpp"
#include "audit/trial/call_time.hpp"
#include "audit/trial/foresight.hpp"
#include "audit/trial/given_cases.hpp"
#include "audit/trial/given_up.hpp"
#include "audit/trial/interruption.hpp"
#include "audit/trial/load_effects.hpp"
#include "audit/trial/looks.hpp"
#include "audit/trial/losses.hpp"
#include "audit/trial/plan.hpp"
#include "audit/trial/recorder.hpp"
#include "audit/trial/rows.hpp"
#include "audit/trial/surroundings.hpp"
#include "audit/trial/telling_places.hpp"
#include "props/property/askable.hpp"
#include "reports/view/faults.hpp"
#include "reports/view/speed.hpp"

namespace napier {
namespace {

/// One candidate under trial, property by property.
class Trial {
 public:
  Trial(const Candidate& candidate, const CampaignOptions& options, const Progress& progress,
        TrialRecord& record)
      : candidate_(candidate),
        options_(options),
        progress_(progress),
        record_(record),
        plan_(candidate.target, options),
        crew_(candidate.target, options.threads),
        recorder_(candidate, options, crew_, interruption_, result_),
        given_(candidate),
        before_(options.shards == nullptr ? nullptr : options.shards->trial(options.trial)) {
    result_ = result_for(candidate);
    note_surroundings(candidate.target, options, *crew_.callers().target, result_, record);
  }

  TargetResult run() {
    const auto properties = select_properties(options_.properties);
    const auto roundings = plan_.roundings();
    for (const Property* property : properties)  // a first call comes but once
      if (property->calling == Calling::amid_a_past)
        try_jury({property}, Subject(candidate_.target, roundings.front()), true);
    const auto rounds = plan_.rounds(
        properties,
        [this](const Property& property, const Subject& subject, const std::string& why_not) {
          if (!property.law.empty()) return recorder_.add_law_row(property, subject, {}, why_not);
          if (is_named(property, options_.properties)) note_not_asked(property, why_not, result_);
        });
    if (options_.shards == nullptr) foresee(rounds);
    for (const auto& [subject, all] : rounds)
      for (const Jury& jury : all) try_jury(jury, subject, &subject == &rounds.front().subject);
    if (options_.timings) time_calls(Subject(candidate_.target, roundings.front()));
    judge_at_telling_places();
    if (may_look())
      calls_lost_.merge_calls(
          look_and_judge(candidate_, options_.seed, crew_, recorder_, interruption_, result_));
    judge_returns(Subject(candidate_.target, roundings.front()),
                  is_any_called(properties, Calling::by_others));
    for (Finding& found : load_effects(*crew_.callers().target))
      recorder_.add_finding(std::move(found));
    if (auto found = first_call_changed_if(properties)) recorder_.add_finding(std::move(*found));
    note_arrival(*crew_.callers().target, result_);
    note_printing(anything_printed(crew_.all_targets()) || (before_ && before_->printed), result_);
    remember_words(crew_.all_targets(), result_, record_);
    remember_shards();
    add_missing_laws(result_, roundings.front(),
                     interruption_.happened() ? not_tried
                     : failure_.empty()       ? not_asked
                                              : not_gone_on_with);
    given_up_.tell(result_);
    result_.partial = interruption_.happened();
    if (result_.partial) result_.notes.push_back(interruption_.note());
    note_part_of_table(candidate_.target, result_);
    given_.settle(result_);
    order_by_fault(result_);
    result_.verdict = verdict_of(result_);
    if (!failure_.empty()) end_as_failed();
    if (may_look()) {
      look_for_causes(candidate_, options_.seed, crew_, recorder_, result_);
      result_.steps = step_sizes_of(candidate_.target, options_.seed.value);
    }
    return std::move(result_);
  }

 private:
  std::optional<Finding> first_call_changed_if(const std::vector<const Property*>& properties) {
    if (!is_any_called(properties, Calling::amid_a_past) || !failure_.empty() ||
        raised(options_.stop))
      return std::nullopt;
    return first_call_changed(*crew_.callers().target);
  }

  /// What shards saw that is no part of results.
  void remember_shards() {
    if (before_ == nullptr) return;
    record_.filtered |= before_->filtered;
    record_.unfiltered |= before_->unfiltered;
    if (record_.words.empty()) record_.words = before_->words;
  }

  /// What was found stays found; whoever was only tried in part does not stand.
  void end_as_failed() {
    if (!result_.findings.empty())
      return result_.notes.push_back("The audit could not go on: " + failure_);
    result_.verdict = TargetVerdict::failed;
    result_.failure = failure_;
  }

  using Jury = Plan::Jury;
  void foresee(const std::vector<Plan::Round>& rounds) {
    std::uint64_t calls = 0;
    for (const auto& [subject, all] : rounds)
      for (const Jury& jury : all) calls += plan_.calls(jury, subject);
    const std::string cost =
        foreseen_cost(candidate_.target, *crew_.callers().target, calls, crew_.threads());
    if (!cost.empty()) progress_.foresees(cost);
  }

  /// What the target's calls take by themselves, if all of them return.
  void time_calls(const Subject& subject) {
    if (raised(options_.stop) || !failure_.empty() || calls_lost_.lost > 0) return;
    const std::vector<Call> calls = usual_calls(subject, options_.seed);
    if (calls.empty()) return;
    try {
      const Seconds each = time_of_a_call(*crew_.callers().target, calls);
      const auto count = static_cast<std::uint64_t>(calls.size());
      record_.timings.push_back({result_.name, std::string(timing_of_calls), count,
                                 each.count() * static_cast<double>(count)});
    } catch (const Interrupted&) {  // and nothing is timed
    } catch (const std::runtime_error& error) {
      failure_ = error.what();
    }
  }

  void try_jury(const Jury& jury, const Subject& subject, bool first_mode) {
    if (!failure_.empty()) return;
    if (calls_lost_.lost >= most_lost_calls) return give_up(jury, subject, first_mode);
    guarded(jury, subject, [&] { judge_jury(jury, subject, first_mode); });
  }

  /// Does it as long as nobody wants the audit to stop, and bears what ends it.
  template <class Action>
  void guarded(const Jury& jury, const Subject& subject, Action action) {
    if (!failure_.empty() || calls_lost_.lost >= most_lost_calls) return;
    try {
      for (const Property* property : jury)
        if (raised(options_.stop)) interruption_.left_out(*property, subject.rounding);
      if (!raised(options_.stop)) action();
    } catch (const Interrupted&) {
      cut_short(jury, subject);
    } catch (const InternalError& error) {
      result_.contradictions.emplace_back(error.what());
    } catch (const std::runtime_error& error) {  // no callers for two threads at once
      failure_ = error.what();
    }
  }

  void cut_short(const Jury& jury, const Subject& subject) {
    for (const Property* property : jury) interruption_.cut_short(*property, subject.rounding);
  }

  void judge_jury(const Jury& jury, const Subject& subject, bool first_mode) {
    std::string names;
    for (const Property* property : jury)
      names += (names.empty() ? "" : ", ") + std::string(property->name);
    progress_.begins(candidate_.target.name, names);
    const auto start = std::chrono::steady_clock::now();
    const Calling calling = jury.front()->calling;
    auto [domain, cases, strength] = plan_.ground(*jury.front(), subject);
    const auto [tallies, interrupted, failure, remark] =
        is_apart(calling)
            ? judge_apart(*jury.front(), subject, domain, cases, options_, *crew_.callers().target)
            : by_all(judging(jury, subject, domain, cases, options_.seed, options_.stop));
    names += remark;
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
    record_.timings.push_back({result_.name, names, tallies.front().cases, took.count()});
    // What is lost amid a past, other properties ask again: that does not count towards giving up.
    const std::uint64_t lost_before = calls_lost_.lost;
    if (calling != Calling::in_lanes) calls_lost_.merge_calls(tallies.front());
    if (calling == Calling::amid_a_past) calls_lost_.lost = lost_before;
    if (!failure.empty()) failure_ = failure;
    // The crew stopped on the way: what it saw is no bound.
    const bool whole = !interrupted && failure.empty();
    if (!whole || tallies.front().lost >= most_lost_calls) strength = as_cut(domain, strength);
    if (interrupted) cut_short(jury, subject);
    for (std::size_t i = 0; i < jury.size(); ++i) {
      const std::uint64_t calls = whole ? calls_of_search(*jury[i], strength, cases) : 0;
      record(*jury[i], jury, subject, domain, tallies[i], strength, first_mode,
             search_for_errors(*jury[i], subject, domain, calls, tallies[i]));
    }
  }

  /// By the crew, unless shards have done it.
  Judged by_all(const DividedWork& divided) {
    const JuryPart* const before =
        options_.shards == nullptr ? nullptr : options_.shards->jury(options_.trial, divided.name);
    if (before == nullptr) return crew_.work(divided);
    if (!before->contradiction.empty()) throw InternalError(before->contradiction);
    if (before->pieces != divided.pieces.count() || before->drawn != divided.pieces.drawn())
      throw InternalError(fmt::format("{}: the shards have {} of {}, and {} were planned",
                                      candidate_.target.name, before->drawn, before->jury,
                                      divided.pieces.drawn()));
    return {before->tallies};
  }

  /// What a search finds beyond the sampled cases.
  std::optional<Tally> search_for_errors(const Property& property, const Subject& subject,
                                         const Domain& domain, std::uint64_t calls,
                                         const Tally& known) {
    if (calls == 0 || calls_lost_.lost >= most_lost_calls) return std::nullopt;
    Tally found;
    const auto go_on_after = [&](const Judged& judged) {
      found.merge(judged.tallies.front());
      calls_lost_.merge_calls(judged.tallies.front());
      if (!judged.failure.empty()) failure_ = judged.failure;
      if (judged.interrupted) cut_short({&property}, subject);
      return judged.failure.empty() && !judged.interrupted && calls_lost_.lost < most_lost_calls;
    };
    const Islands islands(calls, options_.least_island);
    const auto [seed, stop] = std::tie(options_.seed, options_.stop);
    if (islands.count() != 0 &&
        !go_on_after(by_all(searching(property, subject, domain, islands, seed, stop))))
      return found;
    Tally all = known;
    all.merge(found);
    go_on_after(crew_.search(property, subject, domain, seed, islands.calls_of_last(), all, stop));
    return found;
  }

  /// A target that keeps dying costs a new process each time: what is left is not tried.
  void give_up(const Jury& jury, const Subject& subject, bool first_mode) {
    constexpr const char* why = "not tried: too many calls had not returned";
    for (const Property* property : jury) {
      given_up_.add(*property);
      if (first_mode && !property->law.empty()) recorder_.add_law_row(*property, subject, {}, why);
    }
  }

  /// The jury are the properties that were judged on the same cases, this one among them.
  void record(const Property& property, const Jury& jury, const Subject& subject,
              const Domain& domain, Tally tally, Strength strength, bool first_mode,
              const std::optional<Tally>& searched) {
    if (first_mode && !property.law.empty())
      recorder_.add_law_row(property, subject, tally, interruption_.why_no_case(tally.cases));
    if (is_apart(property.calling)) {
      if (tally.cases != 0) recorder_.add_apart(property, subject, domain, tally);
      return;
    }
    const Property* const alone[] = {&property};
    const bool nowhere = asked_nowhere(property, subject, tally) && !interruption_.happened();
    if (tally.cases != 0 || nowhere) {
      recorder_.add_measurement(property, subject, strata_text(domain), strength, tally);
      tell_statistics(result_, subject.basis, candidate_.target, candidate_.claim_options);
      places_.add(property, subject, tally, jury, crew_.callers());
    }
    if (searched && searched->cases != 0) {
      recorder_.add_measurement(property, subject, searched_text, Strength::searched, *searched);
      places_.add(property, subject, *searched, alone, crew_.callers());
      tally.merge(*searched);
    }
    for (const auto& [where, asked] :
         given_.ask(property, subject, options_.seed, crew_.callers())) {
      recorder_.add_measurement(property, subject, where, Strength::searched, asked);
      places_.add(property, subject, asked, alone, crew_.callers());
      calls_lost_.merge_calls(asked);
      tally.merge(asked);
    }
    // What nobody claims is measured: its cases are counted, and are no finding.
    if (tally.refuted != 0 && property.judges(subject))
      recorder_.add_finding_of(property, subject, domain, tally);
    if (strength != Strength::exhaustive && property.where.at_calls)
      sampled_.push_back({&property, subject, std::move(tally)});
  }

  /// A property that was judged on a sample, and what is known of it.
  struct Sampled {
    const Property* property;
    Subject subject;
    Tally tally;
  };

  /// Every property of single calls is judged where others found something, too.
  void judge_at_telling_places() {
    for (Sampled& sampled : sampled_)
      guarded({sampled.property}, sampled.subject, [&] { judge_at_telling_places(sampled); });
  }
  void judge_at_telling_places(Sampled& sampled) {
    const auto& [property, subject, known] = sampled;
    if (!property->judges(subject)) return;
    const auto points = places_.without(*property, subject);
    const auto asked = ask_at(points, *property, subject, options_.seed, crew_.callers());
    if (!asked) return;
    recorder_.add_measurement(*property, subject, telling_places_text, Strength::searched, *asked);
    calls_lost_.merge_calls(*asked);
    if (asked->refuted == 0) return;
    Tally all = known;
    all.merge(*asked);
    recorder_.renew_finding_of(*property, subject, property->where.domain(subject), all);
  }

  bool may_look() const {
    return failure_.empty() && !raised(options_.stop) && calls_lost_.unanswered == 0;
  }

  /// "Every call returns" has no cases of its own: it is judged over all the calls of the others,
  /// and over the processes that ended.
  void judge_returns(const Subject& subject, bool wanted) {
    const Property& property = property_called(Calling::by_others);
    const bool alone = wanted && calls_lost_.calls == 0;
    if (alone) try_jury({&property}, subject, true);
    std::vector<Loss> losses = take_losses(crew_.all_targets());
    if (before_ != nullptr)
      losses.insert(losses.begin(), before_->losses.begin(), before_->losses.end());
    std::vector<Loss> told, untold, of_arrays;
    const auto sort = [&](const Loss& loss) {
      const bool of_an_array = loss.told && loss.array_length != 0;  // `lanes` tells of it
      (of_an_array ? of_arrays : loss.told ? told : untold).push_back(loss);
    };
    std::ranges::for_each(losses, sort);
    // A block of calls of such a function is an array, too.
    std::erase_if(untold, [&](const Loss& loss) {
      return loss.among > 1 && std::ranges::any_of(of_arrays, [&](const Loss& known) {
               return known.death.ending == loss.death.ending &&
                      known.death.detail == loss.death.detail;
             });
    });
    const bool any = wanted || calls_lost_.unanswered != 0 || !untold.empty();
    if (!alone && any && calls_lost_.calls != 0) {
      Tally tally{.cases = calls_lost_.calls};
      tally.refuted = calls_lost_.unanswered + (untold.empty() ? 0 : 1);  // how many, varies
      recorder_.add_measurement(property, subject, "every call of the other properties",
                                Strength::sampled, tally);
    }
    if (!alone && calls_lost_.first_unanswered) add_unanswered(property, subject, told);
    std::ranges::for_each(take_losses(crew_.all_targets()), sort);
    // At the call that ended one, others may have ended before any answer was taken from them.
    std::erase_if(untold, [&](const Loss& loss) {
      return std::ranges::any_of(told, [&](const Loss& known) {
        return known.last == loss.last && known.death.ending == loss.death.ending;
      });
    });
    if (!untold.empty()) recorder_.add_finding(finding_of(untold));
  }

  void add_unanswered(const Property& property, const Subject& subject,
                      const std::vector<Loss>& told) {
    const Located where = *calls_lost_.first_unanswered;
    Tally tally;
    tally.cases = calls_lost_.calls;
    tally.refuted = calls_lost_.unanswered;
    tally.first_refuted = RefutedCase{where, {}};
    tally.worst.offer(1, where.point);
    recorder_.add_finding_of(property, subject, property.where.domain(subject), tally,
                             [&](Finding& found) {
                               if (!found.repeatable && !told.empty())
                                 tell_loss(told.front(), interruption_.happened(), found);
                             });
  }

  const Candidate& candidate_;
  const CampaignOptions& options_;
  const Progress& progress_;
  TrialRecord& record_;
  Plan plan_;
  Crew crew_;
  TargetResult result_;
  Tally calls_lost_;
  Interruption interruption_;
  Recorder recorder_;
  GivenUp given_up_;
  GivenCases given_;
  TellingPlaces places_;
  std::vector<Sampled> sampled_;
  std::string failure_;      ///< why nobody can be asked any more
  const TrialPart* before_;  ///< what shards have done of it; null if there are none
};

}  // namespace

TargetResult try_candidate(const Candidate& candidate, const CampaignOptions& options,
                           const Progress& progress, TrialRecord& record) {
  return Trial(candidate, options, progress, record).run();
}

}  // namespace napier
