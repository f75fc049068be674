// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "audit/profile/profile.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "lib/fp/ordinal.hpp"
#include "props/domain/exponent_range.hpp"
#include "props/tally/short_figure.hpp"

namespace napier {
namespace {

constexpr int few_digits = 3;

/// Figures under way.
struct Sum {
  ErrorFigures figures;
  std::uint64_t finite = 0;
  double total = 0;
  double squares = 0;

  void add(const SignedUlpRange& error) {
    figures.least = figures.cases == 0 ? error.lo : std::min(figures.least, error.lo);
    figures.most = figures.cases == 0 ? error.hi : std::max(figures.most, error.hi);
    ++figures.cases;
    const double middle = (error.lo + error.hi) / 2;
    if (!std::isfinite(middle)) return;
    ++finite;
    total += middle;
    squares += middle * middle;
  }
  ErrorFigures result() const {
    ErrorFigures made = figures;
    made.least = short_below(made.least, few_digits);
    made.most = short_above(made.most, few_digits);
    if (finite == 0) return made;
    const auto count = static_cast<double>(finite);
    made.mean = short_below(total / count, few_digits);
    const double rms = std::sqrt(squares / count);
    made.rms = std::isfinite(rms) ? short_above(rms, few_digits) : 0;
    return made;
  }
};

/// A number of few bits near a value, as a datum.
Float short_datum(const Format& format, double value, bool above) {
  if (value == 0) return zero(format);
  constexpr int bits = 10;
  const int exponent = std::ilogb(value) - bits;
  const double scaled = std::ldexp(value, -exponent);
  const double kept = above ? std::ceil(scaled) : std::floor(scaled);
  return round_to(format, Dyadic::of(std::ldexp(kept, exponent)), Rounding::nearest);
}

/// From the least to the largest of some arguments, in equal steps.
std::vector<Float> even_ends(const Format& format, double lo, double hi) {
  std::vector<Float> ends;
  for (std::size_t i = 0; i <= profile_parts; ++i) {
    const double share = static_cast<double>(i) / static_cast<double>(profile_parts);
    const Float end = short_datum(format, lo + (hi - lo) * share, i != 0);
    if (ends.empty() || ordinal(end) > ordinal(ends.back())) ends.push_back(end);
  }
  return ends;
}

/// Powers of two over all magnitudes of a format.
std::vector<Float> binade_ends(const Format& format) {
  const int least = static_cast<int>(format.least_exponent());
  const int most = static_cast<int>(format.max_exponent);
  const int each = (most - least) / static_cast<int>(profile_parts) + 1;
  std::vector<Float> ends{zero(format)};
  for (int e = least + each; e <= most; e += each) ends.push_back(power_of_two(format, e));
  ends.push_back(infinity(format));
  return ends;
}

}  // namespace

double phase_of(double log2) { return log2 - std::floor(log2); }

std::optional<Profile> profile_of(const Subject& subject, std::span<const Observation> seen) {
  if (seen.empty()) return std::nullopt;
  const Function& function = *subject.target->function;
  Profile profile;
  profile.rounding = subject.rounding;
  profile.of_results = function.arity == 2;
  const bool binades = profile.of_results || function.kind == Kind::logarithm;
  const auto key = [&](const Observation& one) {
    return profile.of_results ? absolute(one.want) : one.point.args[0];
  };
  if (binades) {
    profile.ends = binade_ends(subject.format());
  } else {
    const double log_a = log_of_fixed_base(subject.power().base);
    const ExponentRange range =
        within(exponent_range(subject.power(), subject.format()), subject.claim->domain.x, log_a);
    profile.ends = even_ends(subject.format(), range.lo / log_a, range.hi / log_a);
  }
  if (profile.ends.size() < 2) return std::nullopt;
  Sum all;
  std::vector<Sum> parts(profile.ends.size() - 1), phases(profile_phases);
  for (const Observation& one : seen) {
    const Ordinal at = ordinal(key(one));
    const auto above = std::ranges::upper_bound(profile.ends, at, {}, ordinal);
    if (above == profile.ends.begin() || above == profile.ends.end()) continue;
    all.add(one.error);
    parts[static_cast<std::size_t>(above - profile.ends.begin()) - 1].add(one.error);
    if (!std::isfinite(one.log2)) continue;
    const double phase = phase_of(one.log2) * static_cast<double>(profile_phases);
    phases[std::min(static_cast<std::size_t>(phase), profile_phases - 1)].add(one.error);
  }
  profile.all = all.result();
  for (const Sum& sum : parts) profile.parts.push_back(sum.result());
  for (const Sum& sum : phases) profile.phases.push_back(sum.result());
  return profile;
}

}  // namespace napier
