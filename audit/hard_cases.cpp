// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "audit/hard_cases.hpp"

#include <tbb/parallel_pipeline.h>
#include <tbb/task_arena.h>

#include "lib/fp/environment.hpp"

namespace napier {

void find_hard_cases(const HardSearch& search, int threads, const HearHardCases& hear) {
  constexpr std::size_t windows_for_each_thread = 8;
  tbb::task_arena arena(threads > 0 ? threads : tbb::task_arena::automatic);
  std::uint64_t next = 0, told = 0;
  const auto take = [&](tbb::flow_control& flow) {
    if (next == search.windows()) flow.stop();
    return next++;
  };
  const auto find = [&](std::uint64_t window) {
    reset_environment();  // a worker thread inherits whatever its maker had
    return search.find_in(window);
  };
  const auto tell = [&](const std::vector<HardCase>& found) {
    hear(found, static_cast<double>(++told) / static_cast<double>(search.windows()));
  };
  arena.execute([&] {
    const auto tokens = windows_for_each_thread * static_cast<std::size_t>(arena.max_concurrency());
    tbb::parallel_pipeline(
        tokens,
        tbb::make_filter<void, std::uint64_t>(tbb::filter_mode::serial_in_order, take) &
            tbb::make_filter<std::uint64_t, std::vector<HardCase>>(tbb::filter_mode::parallel,
                                                                   find) &
            tbb::make_filter<std::vector<HardCase>, void>(tbb::filter_mode::serial_in_order, tell));
  });
}

}  // namespace napier
