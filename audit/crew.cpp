// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include <tbb/enumerable_thread_specific.h>
#include <tbb/global_control.h>
#include <tbb/info.h>
#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

#include <algorithm>

#include "audit/trial.hpp"

namespace napier {

namespace {
void merge(std::vector<Tally>& total, const std::vector<Tally>& more) {
  for (std::size_t i = 0; i < total.size(); ++i) total[i].merge(more[i]);
}

/// Judges a piece in parts so short that a wish to stop is soon heeded; false if it was.
bool judge_piece(std::span<const Property* const> jury, const Subject& subject,
                 const Domain& domain, Seed seed, const Portion& piece, const Callers& callers,
                 std::vector<Tally>& tallies, const StopFlag* stop) {
  constexpr std::uint64_t part = 1024;
  try {
    for (std::uint64_t done = 0; done < piece.count; done += part) {
      if (raised(stop)) return false;
      const Portion next{piece.stratum, piece.first + done, std::min(part, piece.count - done)};
      judge_portion(jury, subject, domain, seed, next, callers, tallies);
    }
    return true;
  } catch (const Interrupted&) {  // what it had tallied is true all the same
    return false;
  }
}
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

Callers Crew::callers() { return impl_->callers.local()->view(); }

std::vector<const Caller*> Crew::all_targets() {
  std::vector<const Caller*> all;
  for (const auto& owned : impl_->callers) all.push_back(owned->view().target);
  return all;
}

Judged Crew::judge(std::span<const Property* const> jury, const Subject& subject,
                   const Domain& domain, Seed seed, std::uint64_t budget, const StopFlag* stop) {
  constexpr std::uint64_t piece = 4096;
  std::vector<Portion> pieces;
  for (const Portion& whole : portions(domain, budget))
    for (std::uint64_t done = 0; done < whole.count; done += piece)
      pieces.push_back({whole.stratum, whole.first + done, std::min(piece, whole.count - done)});
  const std::vector<Tally> none(jury.size());
  tbb::enumerable_thread_specific<std::vector<Tally>> totals(none);
  std::atomic<bool> interrupted = false;
  // In waves that double: whether to go on is asked between waves, where all threads agree.
  for (std::size_t begin = 0, end = 2; begin < pieces.size(); begin = end, end *= 2) {
    end = std::min(end, pieces.size());
    impl_->arena.execute([&] {
      tbb::parallel_for(begin, end, [&](std::size_t i) {
        reset_environment();  // a worker thread inherits whatever its maker had
        const Callers mine = callers();
        mine.target->renew();  // so that what a piece may lose doesn't depend on who has it
        if (!judge_piece(jury, subject, domain, seed, pieces[i], mine, totals.local(), stop))
          interrupted = true;
      });
    });
    std::uint64_t lost = 0;
    for (const std::vector<Tally>& some : totals) lost += some.front().lost;
    if (lost >= patience || interrupted) break;
  }
  Judged total{none, interrupted};
  for (const std::vector<Tally>& some : totals) merge(total.tallies, some);
  return total;
}

}  // namespace napier
