// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "audit/trial/divided_work.hpp"

#include <fmt/format.h>

#include "audit/effort.hpp"
#include "audit/shards/jury_work.hpp"
#include "audit/stop.hpp"
#include "props/judge/search.hpp"

namespace napier {
namespace {

std::string name_of(const std::vector<const Property*>& jury, Rounding rounding) {
  std::string names;
  for (const Property* property : jury)
    names += (names.empty() ? "" : ", ") + std::string(property->name);
  return fmt::format("{}: {}", name(rounding), names);
}

class Island {
 public:
  Island(const Property& property, const Subject& subject, Seed seed, const Callers& callers,
         const StopFlag* stop)
      : property_(&property), subject_(subject), seed_(seed), callers_(callers), stop_(stop) {
    // No search ends at small errors, as where results are saturated: they aren't worth measuring.
    none_.largest_errors = LargestErrors::large_ones();
  }

  /// Adds what it finds; false if a wish to stop was heeded on the way.
  bool search(Search search, Tally& found) const {
    std::uint64_t lost = 0;
    for (auto intervals = search.next(); !intervals.empty() && lost < most_lost_calls;
         intervals = search.next()) {
      std::vector<Tally> tallies(intervals.size(), none_);
      const bool whole = ask(intervals, tallies);
      for (const Tally& tally : tallies) {
        found.merge(tally);
        lost += tally.lost;
      }
      if (!whole) return false;
      search.learn(tallies);
    }
    return true;
  }

 private:
  bool ask(std::span<const Domain> intervals, std::span<Tally> tallies) const {
    try {
      return judge_each(*property_, subject_, intervals, seed_, callers_, tallies,
                        [this] { return !raised(stop_); });
    } catch (const Interrupted&) {  // what it had tallied is true all the same
      return false;
    }
  }

  const Property* property_;
  const Subject& subject_;
  Seed seed_;
  const Callers& callers_;
  const StopFlag* stop_;
  Tally none_;
};

}  // namespace

DividedWork judging(const std::vector<const Property*>& jury, const Subject& subject,
                    const Domain& domain, std::uint64_t cases, Seed seed, const StopFlag* stop) {
  return {name_of(jury, subject.rounding), jury.size(), Pieces(domain, cases),
          [&jury, &subject, &domain, seed, stop](const Portion& piece, const Callers& callers,
                                                 std::span<Tally> tallies) {
            return judge_portion(jury, subject, domain, seed, piece, callers, tallies,
                                 [stop] { return !raised(stop); });
          }};
}

std::uint64_t calls_of_search(const Property& property, Strength strength, std::uint64_t cases) {
  const std::uint64_t calls = cases / part_of_a_search;
  const bool is_made =
      property.is_searched && strength == Strength::sampled && calls >= least_calls_of_a_search;
  return is_made ? calls : 0;
}

DividedWork searching(const Property& property, const Subject& subject, const Domain& domain,
                      const Islands& islands, Seed seed, const StopFlag* stop) {
  return {name_of({&property}, subject.rounding) + ", searched", 1, Pieces::of(islands.count()),
          [=, &property, &subject, &domain](const Portion& piece, const Callers& callers,
                                            std::span<Tally> tallies) {
            const Seed own = Islands::seed_of(piece.first, seed);
            return Island(property, subject, own, callers, stop)
                .search(Search(subject, domain, own, islands.calls_of_each(), {}), tallies.front());
          }};
}

}  // namespace napier
