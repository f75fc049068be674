// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "audit/shards/jury_work.hpp"

#include <numeric>

namespace napier {

JuryWork::JuryWork(JuryPart& part, std::size_t properties, const Pieces& pieces, const Shard& shard,
                   std::mutex& mutex)
    : part_(part), pieces_(pieces), shard_(shard), mutex_(mutex) {
  const std::lock_guard lock(mutex_);
  part_.pieces = pieces.count();
  part_.tallies.resize(properties);
}

bool JuryWork::begin_wave() {
  const std::lock_guard lock(mutex_);
  if (part_.ended || pieces_.count() == 0) part_.ended = true;
  if (part_.ended) return false;
  // Those that are open are of the wave that was last begun.
  wave_ = Pieces::wave_of(part_.open.empty() ? part_.next : *part_.open.begin());
  again_.assign(part_.open.rbegin(), part_.open.rend());
  part_.lost.resize(std::max(part_.lost.size(), wave_ + 1));
  return true;
}

void JuryWork::end_wave() {
  const std::lock_guard lock(mutex_);
  if (!part_.open.empty()) return;  // interrupted
  const auto lost = std::accumulate(part_.lost.begin(), part_.lost.end(), std::uint64_t(0));
  part_.ended = part_.next >= pieces_.count() || lost >= most_lost_calls;
}

JuryWork::Batch JuryWork::new_batch() const {
  const std::lock_guard lock(mutex_);
  Batch batch{{}, {}, std::chrono::steady_clock::now()};
  for (const Tally& tally : part_.tallies) batch.tallies.push_back(tally.without_cases());
  return batch;
}

std::optional<std::uint64_t> JuryWork::take() {
  const std::lock_guard lock(mutex_);
  if (!again_.empty()) {
    const std::uint64_t turn = again_.back();
    again_.pop_back();
    return turn;
  }
  const std::uint64_t end = pieces_.end_of_wave(wave_);
  while (part_.next < end) {
    const std::uint64_t turn = part_.next++;
    if (!pieces_.belongs(turn, shard_)) continue;
    part_.open.insert(turn);
    return turn;
  }
  return std::nullopt;
}

void JuryWork::add(const std::vector<Tally>& more) {
  for (std::size_t i = 0; i < more.size(); ++i) part_.tallies[i].merge(more[i]);
  part_.lost[wave_] += more.front().lost;
}

void JuryWork::publish(Batch& batch) {
  {
    const std::lock_guard lock(mutex_);
    add(batch.tallies);
    for (const std::uint64_t turn : batch.done) {
      part_.open.erase(turn);
      part_.drawn += pieces_.at(turn).count;
    }
  }
  batch = new_batch();
}

void JuryWork::publish_if_old(Batch& batch) {
  constexpr auto old = std::chrono::seconds(1);
  if (std::chrono::steady_clock::now() - batch.begun >= old) publish(batch);
}

void JuryWork::add_unfinished(const Batch& batch) {
  const std::lock_guard lock(mutex_);
  add(batch.tallies);
}

}  // namespace napier
