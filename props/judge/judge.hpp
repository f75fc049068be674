// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "props/property/internal_error.hpp"
#include "props/property/property.hpp"

namespace napier {

/// Who can be asked: the target; the function that a derivative target differentiates; and the
/// target whose results must be the same bits. Null where there is none.
struct Callers {
  Caller* target = nullptr;
  Caller* primal = nullptr;
  Caller* twin = nullptr;
};

/// Judges a run of indices of one stratum and tallies the verdicts. Pure but for the calls: no
/// files, no processes, no printing. Splitting a portion anywhere and merging gives the same tally.
Tally judge_portion(const Property& property, const Subject& subject, const Domain& domain,
                    Seed seed, const Portion& portion, Callers callers);

/// The same for several properties on the same cases and calls: a tally each, calls counted in the
/// first. Either all are asked in places of one name, or all judge blocks of this very domain; in
/// the second case those of one name stand together.
std::vector<Tally> judge_portion(std::span<const Property* const> jury, const Subject& subject,
                                 const Domain& domain, Seed seed, const Portion& portion,
                                 Callers callers);

/// Asked before every block of cases; false ends the judging there.
using GoOn = std::function<bool()>;

/// The same, added to tallies at hand: what they already know of the largest error spares the
/// reference many a case. False if it was not to go on to the end.
bool judge_portion(
    std::span<const Property* const> jury, const Subject& subject, const Domain& domain, Seed seed,
    const Portion& portion, Callers callers, std::span<Tally> tallies,
    const GoOn& go_on = [] { return true; });

/// One property on the first strata of several domains, each as judge_portion() judges it, with a
/// tally each: of a child the calls of many small ones are made together. False if it was not to go
/// on to the end.
bool judge_each(
    const Property& property, const Subject& subject, std::span<const Domain> domains, Seed seed,
    Callers callers, std::span<Tally> tallies, const GoOn& go_on = [] { return true; });

/// One case with everything that was asked and answered.
struct JudgedCase {
  Verdict verdict;
  std::vector<Request> requests;
  std::vector<Answer> answers;
  Tally figures;

  Transcript transcript() const { return {requests, answers}; }
};
JudgedCase judge_point(const Property& property, const Subject& subject, const Point& point,
                       Callers callers);

/// The verdicts on some cases whose calls are made together. Of refuted ones the first, the worst
/// and some more are confirmed by the reference, as in a portion; all are added to the tally.
std::vector<Verdict> judge_points(const Property& property, const Subject& subject,
                                  std::span<const Point> points, Callers callers, Tally& tally);

// shrink.cpp

/// Simpler neighbours of a point in ordinal space, simplest first: each argument cut to a coarser
/// grid of ordinals (a shorter significand), without its sign, nearer to 1.
std::vector<Point> simpler_points(const Point& point);

/// The simplest refuted point that greedy descent reaches from a refuted one, inside the domain.
Point shrink(const Property& property, const Subject& subject, const Domain& domain, Point point,
             Callers callers);

// finding.cpp

/// A refuted point as it is when the target is asked again.
struct Confirmed {
  Witness witness;
  std::string explanation;
  bool repeatable = true;
};
/// The witness at a refuted point: the call to blame, what it gave and what is right.
/// `before`: the answers when it was refuted; empty if they aren't known. If the target now answers
/// otherwise and is not refuted, `repeatable` is false and the witness holds what was got before.
/// Throws InternalError if it is refuted again and no call is to blame, or if it is not although it
/// gave the same answers.
Confirmed confirm(const Property& property, const Subject& subject, const Point& point,
                  Callers callers, std::span<const Answer> before = {});

/// The finding of a tally with refuted cases: shrunk, confirmed, its worst case beside it.
Finding finding(const Property& property, const Subject& subject, const Domain& domain,
                const Tally& tally, Callers callers);
/// The same where nobody can be asked any more: the refuted cases as they were met, and why they
/// are not confirmed.
Finding unconfirmed_finding(const Property& property, const Subject& subject, const Tally& tally,
                            std::string why);

}  // namespace napier
