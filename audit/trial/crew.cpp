// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include <tbb/enumerable_thread_specific.h>
#include <tbb/global_control.h>
#include <tbb/info.h>
#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

#include <algorithm>
#include <mutex>
#include <stdexcept>

#include "audit/trial/trial.hpp"
#include "props/judge/search.hpp"

namespace napier {

namespace {
/// Judges a piece; false if a wish to stop was heeded on the way, within a block of cases.
bool judge_piece(std::span<const Property* const> jury, const Subject& subject,
                 const Domain& domain, Seed seed, const Portion& piece, const Callers& callers,
                 std::vector<Tally>& tallies, const StopFlag* stop) {
  try {
    return judge_portion(jury, subject, domain, seed, piece, callers, tallies,
                         [stop] { return !raised(stop); });
  } catch (const Interrupted&) {  // what it had tallied is true all the same
    return false;
  }
}

/// What keeps the threads from going on.
class Trouble {
 public:
  void interrupt() { interrupted_ = true; }
  void fail(const std::string& why) {
    const std::lock_guard lock(mutex_);
    if (failure_.empty()) failure_ = why;
    failed_ = true;
  }
  explicit operator bool() const { return interrupted_ || failed_; }
  void tell(Judged& judged) const {
    judged.interrupted = interrupted_;
    judged.failure = failure_;
  }

 private:
  std::mutex mutex_;
  std::string failure_;
  std::atomic<bool> interrupted_ = false;
  std::atomic<bool> failed_ = false;
};

}  // namespace

struct Crew::Impl {
  explicit Impl(const Target& target, int threads)
      : limit(tbb::global_control::max_allowed_parallelism,
              static_cast<std::size_t>(threads > 0 ? threads : tbb::info::default_concurrency())),
        arena(threads > 0 ? threads : tbb::task_arena::automatic),
        callers([&target] { return std::make_unique<OwnedCallers>(target); }) {}

  tbb::global_control limit;  // more threads than processors are allowed when asked for
  tbb::task_arena arena;
  tbb::enumerable_thread_specific<std::unique_ptr<OwnedCallers>> callers;
};

Crew::Crew(const Target& target, int threads) : impl_(std::make_unique<Impl>(target, threads)) {
  static_cast<void>(callers());
}
Crew::~Crew() = default;

int Crew::threads() const { return impl_->arena.max_concurrency(); }

Callers Crew::callers() { return impl_->callers.local()->view(); }

std::vector<Caller*> Crew::all_targets() {
  std::vector<Caller*> all;
  for (const auto& owned : impl_->callers)  // null where one could not be opened
    if (owned) all.push_back(owned->view().target);
  return all;
}

Judged Crew::judge(std::span<const Property* const> jury, const Subject& subject,
                   const Domain& domain, Seed seed, JuryWork& work, bool keeps_unfinished,
                   const StopFlag* stop) {
  Trouble trouble;
  const auto stop_at = [&](const JuryWork::Batch& batch, auto why) {
    if (keeps_unfinished) work.add_unfinished(batch);
    why();
  };
  const auto work_on = [&] {
    reset_environment();  // a worker thread inherits whatever its maker had
    JuryWork::Batch batch = work.new_batch();
    try {
      const Callers mine = callers();
      while (!trouble) {
        const auto turn = work.take();
        if (!turn) break;
        mine.target->renew();  // so that what a piece may lose doesn't depend on who has it
        if (!judge_piece(jury, subject, domain, seed, work.portion(*turn), mine, batch.tallies,
                         stop))
          return stop_at(batch, [&] { trouble.interrupt(); });
        batch.done.push_back(*turn);
        work.publish_if_old(batch);
      }
      work.publish(batch);
    } catch (const Interrupted&) {
      stop_at(batch, [&] { trouble.interrupt(); });
    } catch (const std::runtime_error& error) {
      stop_at(batch, [&] { trouble.fail(error.what()); });
    }
  };
  // Whether to go on is asked between waves, where all threads agree.
  while (!trouble && work.begin_wave()) {
    impl_->arena.execute([&] {
      tbb::parallel_for(
          0, threads(), [&](int) { work_on(); }, tbb::simple_partitioner());
    });
    work.end_wave();
  }
  Judged judged;
  trouble.tell(judged);
  return judged;
}

Judged Crew::judge(std::span<const Property* const> jury, const Subject& subject,
                   const Domain& domain, Seed seed, std::uint64_t budget, const StopFlag* stop) {
  const Pieces pieces(domain, budget);
  JuryPart whole;
  std::mutex mutex;
  JuryWork work(whole, jury.size(), pieces, {}, mutex);
  Judged judged = judge(jury, subject, domain, seed, work, true, stop);
  judged.tallies = std::move(whole.tallies);
  return judged;
}

Judged Crew::judge(std::span<const Property* const> jury, const Subject& subject,
                   const Domain& domain, Seed seed, std::uint64_t budget, const StopFlag* stop,
                   const Share& share) {
  const Pieces pieces(domain, budget);
  JuryWork work(share.part, jury.size(), pieces, share.shard, share.mutex);
  return judge(jury, subject, domain, seed, work, false, stop);
}

Judged Crew::search(const Property& property, const Subject& subject, const Domain& domain,
                    Seed seed, std::uint64_t budget, const Tally& known, const StopFlag* stop) {
  const Property* const jury[] = {&property};
  Search search(subject, domain, seed, budget, known);
  // No search ends at small errors, as where results are saturated: they aren't worth measuring.
  Tally none;
  none.largest_errors = LargestErrors::large_ones();
  Tally total = none;
  Trouble trouble;
  for (auto intervals = search.next(); !intervals.empty(); intervals = search.next()) {
    std::vector<std::vector<Tally>> found(intervals.size(), {none});
    impl_->arena.execute([&] {
      tbb::parallel_for(std::size_t{0}, intervals.size(), [&](std::size_t i) {
        reset_environment();
        try {
          const Callers mine = callers();
          mine.target->renew();
          const Portion whole{0, 0, intervals[i].strata.front().size};
          if (!judge_piece(jury, subject, intervals[i], seed, whole, mine, found[i], stop))
            trouble.interrupt();
        } catch (const Interrupted&) {
          trouble.interrupt();
        } catch (const std::runtime_error& error) {
          trouble.fail(error.what());
        }
      });
    });
    std::vector<Tally> tallies;
    tallies.reserve(found.size());
    for (const std::vector<Tally>& one : found) tallies.push_back(one.front());
    for (const Tally& one : tallies) total.merge(one);
    if (total.lost >= patience || trouble) break;
    search.learn(tallies);
  }
  Judged judged{{total}};
  trouble.tell(judged);
  return judged;
}

}  // namespace napier
