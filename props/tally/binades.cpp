// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "props/tally/binades.hpp"

#include <algorithm>
#include <bit>
#include <map>

#include "lib/fp/ordinal.hpp"

namespace napier {
namespace {

Bits sign_bit(const Format& format) { return Bits(1) << (format.width - 1); }
int stored_significand(const Format& format) { return format.width - 1 - format.exponent_bits(); }

/// Of a logarithm: below 2^-(p+1) a power is next to 1, and beyond twice 2^bits(emax) it is far
/// beyond every number or every subnormal one.
std::vector<Float> of_logarithms(const Format& format) {
  std::vector<Float> starts{zero(format)};
  const int last = static_cast<int>(std::bit_width(static_cast<unsigned>(format.max_exponent))) + 1;
  for (int k = -format.precision - 1; k <= std::min(last, format.max_exponent); ++k)
    starts.push_back(power_of_two(format, k));
  return starts;
}

/// Of a power: where its logarithm to base 2, or next to 1 its difference from 1, is a power of 2.
std::vector<Float> of_powers(const Format& format) {
  const int p = format.precision;
  std::vector<Float> starts{zero(format), min_subnormal(format), min_normal(format)};
  int j = 1;
  while (2 * j <= -format.min_exponent()) j *= 2;
  for (; j > 1; j /= 2)
    if (j < -format.min_exponent()) starts.push_back(power_of_two(format, -j));
  for (int k = 1; k <= p; ++k)  // 1 - 2^-k
    starts.push_back(*exactly(format, {false, (Bits(1) << k) - 1, -k}));
  starts.push_back(power_of_two(format, 0));
  for (int k = p - 1; k >= 0; --k)  // 1 + 2^-k
    starts.push_back(*exactly(format, {false, (Bits(1) << k) + 1, -k}));
  for (j = 2; j <= format.max_exponent; j *= 2) starts.push_back(power_of_two(format, j));
  return starts;
}

}  // namespace

Binades::Binades(const Format& format, bool of_results, std::vector<Float> starts)
    : format_(&format), of_results_(of_results) {
  starts.push_back(infinity(format));
  for (const Float start : starts) starts_.push_back(start.bits);
  const int bits = stored_significand(format);
  const Bits fields = Bits(1) << format.exponent_bits();
  const auto range_of = [&](Bits magnitude) {
    return std::ranges::upper_bound(starts_, magnitude) - starts_.begin() - 1;
  };
  for (Bits field = 0; field < fields; ++field) {
    const auto first = range_of(field << bits), last = range_of(((field + 1) << bits) - 1);
    fields_.push_back(
        {static_cast<std::uint16_t>(first), static_cast<std::uint16_t>(last - first + 1)});
  }
}

const Binades& Binades::of(const Subject& subject) {
  struct Both {
    Binades arguments, powers, results;
  };
  static const std::map<const Format*, Both> all = [] {
    std::map<const Format*, Both> made;
    for (const Format* f : all_formats)
      made.emplace(f, Both{{*f, false, of_logarithms(*f)},
                           {*f, false, of_powers(*f)},
                           {*f, true, of_powers(*f)}});
    return made;
  }();
  const Both& both = all.at(&subject.format());
  const Function& f = *subject.target->function;
  return f.arity == 2 ? both.results : f.kind == Kind::logarithm ? both.powers : both.arguments;
}

std::size_t Binades::index_of(Bits magnitude) const {
  const Field& field = fields_[static_cast<std::size_t>(magnitude >> stored_significand(*format_))];
  // Bisection without branches: which way it goes can't be foretold.
  std::size_t found = field.first;
  for (std::size_t left = field.count; left > 1;) {
    const std::size_t half = left / 2;
    found += half * static_cast<std::size_t>(starts_[found + half] <= magnitude);
    left -= half;
  }
  return found;
}

int Binades::number(Float key) const {
  const Bits sign = sign_bit(*format_);
  const auto found = static_cast<int>(index_of(key.bits & (sign - 1)));
  return !of_results_ && (key.bits & sign) != 0 ? -1 - found : found;
}

bool Binades::holds(int number, Float key) const {
  const Bits sign = sign_bit(*format_), magnitude = key.bits & (sign - 1);
  const bool negative = !of_results_ && (key.bits & sign) != 0;
  const std::size_t place = index(number);
  return negative == (number < 0) && starts_[place] <= magnitude &&
         (place + 1 == starts_.size() || magnitude < starts_[place + 1]);
}

Float Binades::signed_start(int number, std::size_t next) const {
  const std::size_t place = std::min(index(number) + next, starts_.size() - 1);
  const Float start{starts_[place], format_};
  return number < 0 ? negated(start) : start;
}

std::size_t Binades::first_alike(int number, std::span<const std::uint64_t> keys) const {
  const auto sign = static_cast<std::uint64_t>(sign_bit(*format_));
  const std::uint64_t mask = of_results_ ? sign - 1 : sign | (sign - 1);
  const std::size_t place = index(number);
  const auto begin = static_cast<std::uint64_t>(starts_[place]);
  const auto end =
      place + 1 < starts_.size() ? static_cast<std::uint64_t>(starts_[place + 1]) : sign;
  const std::uint64_t from = begin | (number < 0 ? sign : 0), length = end - begin;
  const auto differs =
      std::ranges::find_if(keys, [&](std::uint64_t key) { return (key & mask) - from >= length; });
  return static_cast<std::size_t>(differs - keys.begin());
}

}  // namespace napier
