// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <mutex>

#include "audit/candidate.hpp"
#include "audit/shards/jury_work.hpp"
#include "audit/trial/callers.hpp"
#include "audit/trial/divided_work.hpp"

namespace napier {

/// A tally for each property of a jury.
struct Judged {
  std::vector<Tally> tallies;
  bool interrupted = false;  ///< before the budget was spent
  std::string failure;       ///< why it could not be gone on with; empty if it could
  std::string remark;        ///< what is to be said of how it was judged, beside the names
};

/// What is said of a race.
inline constexpr std::string_view race_text =
    "while another thread was calling, the result was not that of one thread alone";
inline constexpr std::string_view end_in_company_text =
    "a call that returns from one thread did not return while another thread was calling";

/// Does divided work in parallel; the tallies are the same for any number of threads. Each thread
/// has callers of its own.
class Crew {
 public:
  /// Opens the first callers; throws what Target::open throws.
  Crew(const Target& target, int threads);
  ~Crew();
  /// All of it. Stops early, at the same place for any number of threads, once `most_lost_calls`
  /// are lost. Stops within seconds, anywhere, once the work heeds a wish to stop, or a thread has
  /// no callers: what had been found until then is in the tallies.
  Judged work(const DividedWork& divided);
  /// What of it is a shard's own and not done yet. Whoever locks the mutex meanwhile sees what is
  /// done; a piece that was begun when the wish to stop came is not.
  struct Share {
    Shard shard;
    JuryPart& part;
    std::mutex& mutex;
  };
  Judged work(const DividedWork& divided, const Share& share);
  /// A search for larger errors than are known (Search), all by itself; one tally. Stops as work()
  /// does. The domain is the sample's.
  Judged search(const Property& property, const Subject& subject, const Domain& domain, Seed seed,
                std::uint64_t calls, const Tally& known, const StopFlag* stop);
  int threads() const;
  Callers callers();                   ///< of this thread
  std::vector<Caller*> all_targets();  ///< of every thread that took part

 private:
  Judged work(const DividedWork& divided, JuryWork& shared, bool keeps_unfinished);

  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// What trials tell that is no part of their results.
struct TrialRecord {
  std::vector<Timing> timings;
  bool filtered = false;           ///< a foreign target could do nothing to other processes
  bool unfiltered = false;         ///< … or one could, as the system refused the filter
  bool commands = false;           ///< a command was run, as from a shell
  std::vector<std::string> words;  ///< what commands said, which may be something else each time
};

/// Tries one candidate.
TargetResult try_candidate(const Candidate& candidate, const CampaignOptions& options,
                           const Progress& progress, TrialRecord& record);

}  // namespace napier
