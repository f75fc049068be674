// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include <tbb/enumerable_thread_specific.h>
#include <tbb/global_control.h>
#include <tbb/info.h>
#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

#include <algorithm>

#include "audit/trial.hpp"

namespace napier {

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

Tally Crew::judge(const Property& property, const Subject& subject, const Domain& domain, Seed seed,
                  std::uint64_t budget) {
  constexpr std::uint64_t piece = 4096;
  std::vector<Portion> pieces;
  for (const Portion& whole : portions(domain, budget))
    for (std::uint64_t done = 0; done < whole.count; done += piece)
      pieces.push_back({whole.stratum, whole.first + done, std::min(piece, whole.count - done)});
  tbb::enumerable_thread_specific<Tally> tallies;
  impl_->arena.execute([&] {
    tbb::parallel_for(std::size_t(0), pieces.size(), [&](std::size_t i) {
      reset_environment();  // a worker thread inherits whatever its maker had
      tallies.local().merge(judge_portion(property, subject, domain, seed, pieces[i], callers()));
    });
  });
  Tally total;
  for (const Tally& tally : tallies) total.merge(tally);
  return total;
}

}  // namespace napier
