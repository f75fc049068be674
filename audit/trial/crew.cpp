// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include <tbb/enumerable_thread_specific.h>
#include <tbb/global_control.h>
#include <tbb/info.h>
#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

#include <atomic>
#include <mutex>
#include <stdexcept>

#include "audit/trial/load_effects.hpp"
#include "audit/trial/trial.hpp"
#include "props/judge/search.hpp"

namespace napier {

namespace {
/// Does a piece; false if a wish to stop was heeded on the way.
bool do_piece(const DividedWork& work, const Portion& piece, const Callers& callers,
              std::span<Tally> tallies) {
  try {
    return work.work(piece, callers, tallies);
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
  check_is_no_echo(target, *callers().target);
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

Judged Crew::work(const DividedWork& divided, JuryWork& shared, bool keeps_unfinished) {
  Trouble trouble;
  const auto stop_at = [&](const JuryWork::Batch& batch, auto why) {
    if (keeps_unfinished) shared.add_unfinished(batch);
    why();
  };
  const auto work_on = [&] {
    reset_environment();  // a worker thread inherits whatever its maker had
    JuryWork::Batch batch = shared.new_batch();
    try {
      const Callers mine = callers();
      while (!trouble) {
        const auto turn = shared.take();
        if (!turn) break;
        mine.target->renew();  // so that what a piece may lose doesn't depend on who has it
        if (!do_piece(divided, shared.portion(*turn), mine, batch.tallies))
          return stop_at(batch, [&] { trouble.interrupt(); });
        batch.done.push_back(*turn);
        shared.publish_if_old(batch);
      }
      shared.publish(batch);
    } catch (const Interrupted&) {
      stop_at(batch, [&] { trouble.interrupt(); });
    } catch (const std::runtime_error& error) {
      stop_at(batch, [&] { trouble.fail(error.what()); });
    }
  };
  // Whether to go on is asked between waves, where all threads agree.
  while (!trouble && shared.begin_wave()) {
    impl_->arena.execute([&] {
      tbb::parallel_for(
          0, threads(), [&](int) { work_on(); }, tbb::simple_partitioner());
    });
    shared.end_wave();
  }
  Judged judged;
  trouble.tell(judged);
  return judged;
}

Judged Crew::work(const DividedWork& divided) {
  JuryPart whole;
  std::mutex mutex;
  JuryWork shared(whole, divided.tallies, divided.pieces, {}, mutex);
  Judged judged = work(divided, shared, true);
  judged.tallies = std::move(whole.tallies);
  return judged;
}

Judged Crew::work(const DividedWork& divided, const Share& share) {
  JuryWork shared(share.part, divided.tallies, divided.pieces, share.shard, share.mutex);
  return work(divided, shared, false);
}

namespace {
/// How many domains from the first on one thread asks together: of a child some, so that it isn't
/// woken for each. It does not depend on the number of threads, and so neither does what is lost.
std::size_t asked_together(const Target& target, std::span<const Domain> domains) {
  if (target.in_process) return 1;
  constexpr std::uint64_t most_calls = 4096;
  std::size_t count = 0;
  for (std::uint64_t calls = 0; count < domains.size(); ++count) {
    calls += domains[count].strata.front().size;
    if (count > 0 && calls > most_calls) break;
  }
  return count;
}

/// The first of each of those, and the number of all.
std::vector<std::size_t> groups_of(const Target& target, std::span<const Domain> domains) {
  std::vector<std::size_t> firsts{0};
  while (firsts.back() < domains.size())
    firsts.push_back(firsts.back() + asked_together(target, domains.subspan(firsts.back())));
  return firsts;
}
}  // namespace

Judged Crew::search(const Property& property, const Subject& subject, const Domain& domain,
                    Seed seed, std::uint64_t calls, const Tally& known, const StopFlag* stop) {
  Search search(subject, domain, seed, calls, known);
  Tally none;
  none.largest_errors = LargestErrors::large_ones();
  Tally total = none;
  Trouble trouble;
  for (auto domains = search.next(); !domains.empty(); domains = search.next()) {
    std::vector<Tally> found(domains.size(), none);
    const std::vector<std::size_t> firsts = groups_of(*subject.target, domains);
    impl_->arena.execute([&] {
      tbb::parallel_for(std::size_t{1}, firsts.size(), [&](std::size_t i) {
        reset_environment();
        const std::size_t first = firsts[i - 1], count = firsts[i] - first;
        try {
          const Callers mine = callers();
          mine.target->renew();
          if (!judge_each(property, subject, std::span(domains).subspan(first, count), seed, mine,
                          std::span(found).subspan(first, count), [stop] { return !raised(stop); }))
            trouble.interrupt();
        } catch (const Interrupted&) {
          trouble.interrupt();
        } catch (const std::runtime_error& error) {
          trouble.fail(error.what());
        }
      });
    });
    for (const Tally& one : found) total.merge(one);
    if (total.lost >= most_lost_calls || trouble) break;
    search.learn(found);
  }
  Judged judged{{total}};
  trouble.tell(judged);
  return judged;
}

}  // namespace napier
