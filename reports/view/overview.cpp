// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "reports/view/overview.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

#include "lib/fp/ordinal.hpp"
#include "reports/view/errors.hpp"
#include "reports/view/figures.hpp"

namespace napier {
namespace {

/// The largest error of each range, by where it begins, in the first mode that was tried.
std::map<Ordinal, RangeError> peaks_of(const TargetResult& target) {
  std::map<Ordinal, RangeError> peaks;
  const std::vector<LargestError> modes = largest_errors(target);
  if (modes.empty()) return peaks;
  for (const RangeError& error : errors_by_range(target, modes.front().rounding))
    peaks.emplace(ordinal(error.range.from), error);
  return peaks;
}

/// Half an ulp and its neighbours are reached by everybody, at the arguments that are hard to
/// round.
constexpr double telling = 0.55;

std::pair<std::size_t, std::size_t> compared(const std::map<Ordinal, RangeError>& a,
                                             const std::map<Ordinal, RangeError>& b) {
  std::size_t shared = 0, ranges = 0;
  for (const auto& [from, peak] : a) {
    const auto other = b.find(from);
    if (other == b.end()) continue;
    const BinadeError &one = peak.range, &another = other->second.range;
    if (one.max_ulp.lo.value < telling && another.max_ulp.lo.value < telling) continue;
    ++ranges;
    shared += one.at == another.at ? 1 : 0;
  }
  return {shared, ranges};
}

bool are_kin(std::pair<std::size_t, std::size_t> found) {
  constexpr std::size_t least = 3;
  return found.first >= least && found.first * 5 >= found.second * 4;
}

/// The ends of regions, as magnitudes.
constexpr std::array region_ends{0x1p-20, 1.0, 16.0, 256.0};

std::size_t region_of(Float from) {
  // The last range of results begins where they are infinite.
  const double size = is_finite(from) ? to_double(exact_value(absolute(from))) : INFINITY;
  const auto above = std::ranges::count_if(region_ends, [&](double end) { return size >= end; });
  const auto outwards = static_cast<std::size_t>(above);
  return is_negative(from) ? region_ends.size() - outwards : region_ends.size() + 1 + outwards;
}

std::string region_title(std::size_t region) {
  static constexpr std::array ends{"2⁻²⁰", "1", "16", "256"};
  const bool negative = region <= region_ends.size();
  const std::size_t outwards =
      negative ? region_ends.size() - region : region - region_ends.size() - 1;
  const std::string size = outwards == 0 ? std::string("< ") + ends[0]
                           : outwards == ends.size()
                               ? std::string("≥ ") + ends.back()
                               : fmt::format("{} – {}", ends[outwards - 1], ends[outwards]);
  return negative ? "−, " + size : size;
}

}  // namespace

std::vector<Kinship> kinships(const Report& report) {
  std::vector<std::map<Ordinal, RangeError>> peaks;
  for (const TargetResult& target : report.targets) peaks.push_back(peaks_of(target));
  std::vector<Kinship> all;
  std::vector<bool> placed(report.targets.size());
  for (std::size_t i = 0; i < report.targets.size(); ++i) {
    if (placed[i]) continue;
    Kinship kin{{i}, 0, 0};
    for (std::size_t j = i + 1; j < report.targets.size(); ++j) {
      const TargetResult &a = report.targets[i], &b = report.targets[j];
      if (placed[j] || a.function != b.function || a.format != b.format || a.name == b.name)
        continue;
      const auto found = compared(peaks[i], peaks[j]);
      if (!are_kin(found)) continue;
      const bool first = kin.targets.size() == 1;
      kin.shared = first ? found.first : std::min(kin.shared, found.first);
      kin.ranges = first ? found.second : std::max(kin.ranges, found.second);
      kin.targets.push_back(j);
      placed[j] = true;
    }
    if (kin.targets.size() > 1) all.push_back(std::move(kin));
  }
  return all;
}

Table kinship_table(const Report& report) {
  Table table{{{"peak at the same arguments"}, {"function"}, {"in", {}, true}}, {}};
  for (const Kinship& kin : kinships(report)) {
    const TargetResult& first = report.targets[kin.targets.front()];
    std::string names;
    for (const std::size_t place : kin.targets)
      names += (names.empty() ? "" : ", ") + report.targets[place].name;
    table.rows.push_back({{{names, Tone::plain, true},
                           {first.function + ":" + first.format},
                           {fmt::format("{} of {} ranges", kin.shared, kin.ranges)}},
                          {}});
  }
  return table;
}

Table region_table(const Report& report) {
  constexpr std::size_t regions = 2 * (region_ends.size() + 1);
  Table table{{{"largest error in ulp, by region"}}, {}};
  for (std::size_t region = 0; region < regions; ++region)
    table.columns.push_back({region_title(region), {}, true});
  for (std::size_t place = 0; place < report.targets.size(); ++place) {
    const TargetResult& target = report.targets[place];
    std::array<const RangeError*, regions> worst{};
    const std::map<Ordinal, RangeError> peaks = peaks_of(target);
    const Format* format = find_format(target.format);
    if (peaks.empty() || format == nullptr) continue;
    // What lies where nobody claims anything is told where there is nothing else.
    const auto rank = [&](const RangeError& error) {
      return std::pair(is_judged_at(target, error.range.at), error.range.max_ulp.hi);
    };
    for (const auto& [from, peak] : peaks) {
      const RangeError*& known = worst[region_of(from_ordinal(*format, from))];
      if (known == nullptr || rank(peak) > rank(*known)) known = &peak;
    }
    const LargestError largest = largest_errors(target).front();
    const std::vector<double> claimed = landmarks(target.claim, largest.rounding);
    Row row{{{target.name, Tone::plain, true}}, {}};
    row.cells.front().target = place;
    for (const RangeError* error : worst) {
      if (error == nullptr) {
        row.cells.push_back({"–", Tone::quiet});
        continue;
      }
      const UlpRange& ulp = error->range.max_ulp;
      Cell cell{largest.bound ? ulp_text(ulp.hi, Rounding::up, claimed)
                              : "≥ " + ulp_text(ulp.lo, Rounding::down, claimed)};
      if (!is_judged_at(target, error->range.at)) {
        cell.tone = Tone::quiet;
        cell.beside = "not claimed";
      } else if (!claimed.empty()) {
        cell.share = ulp.lo.value / claimed.back();
        if (*cell.share > 1) cell.tone = Tone::refuted;
      }
      row.cells.push_back(std::move(cell));
    }
    table.rows.push_back(std::move(row));
  }
  return table;
}

}  // namespace napier
