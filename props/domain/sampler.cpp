// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "props/domain/sampler.hpp"

#include <cmath>

#include "lib/fp/native.hpp"

namespace napier {

std::uint64_t property_key(std::string_view name) {
  std::uint64_t hash = 0xcbf29ce484222325;
  for (const char c : name) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3;
  return hash;
}

std::array<std::uint32_t, 4> philox(std::array<std::uint32_t, 4> c,
                                    std::array<std::uint32_t, 2> k) {
  for (int round = 0; round < 10; ++round) {
    const std::uint64_t a = std::uint64_t(0xD2511F53) * c[0];
    const std::uint64_t b = std::uint64_t(0xCD9E8D57) * c[2];
    c = {static_cast<std::uint32_t>(b >> 32) ^ c[1] ^ k[0], static_cast<std::uint32_t>(b),
         static_cast<std::uint32_t>(a >> 32) ^ c[3] ^ k[1], static_cast<std::uint32_t>(a)};
    k[0] += 0x9E3779B9;
    k[1] += 0xBB67AE85;
  }
  return c;
}

// Counter: index (64 bits), stratum and attempt, number of the block of this case (the two share
// 32 bits each with the seed mixed into the key).
Draw::Draw(Seed seed, Address address, std::uint32_t attempt) {
  const std::uint64_t key = address.property ^ (seed.value * 0x9E3779B97F4A7C15);
  key_ = {static_cast<std::uint32_t>(key), static_cast<std::uint32_t>(key >> 32)};
  counter_ = {static_cast<std::uint32_t>(address.index),
              static_cast<std::uint32_t>(address.index >> 32), address.stratum | (attempt << 16),
              0};
}

std::uint64_t Draw::bits() {
  if (used_ == words_.size()) {
    // A processor works on several at a time, and nearly every case needs more than one.
    for (std::size_t i = 0; i < words_.size(); i += 2) {
      const auto block = philox(counter_, key_);
      words_[i] = (std::uint64_t(block[1]) << 32) | block[0];
      words_[i + 1] = (std::uint64_t(block[3]) << 32) | block[2];
      ++counter_[3];
    }
    used_ = 0;
  }
  return words_[used_++];
}

double Draw::unit() {
  return static_cast<double>(bits() >> 11) * 0x1p-53;  // draws: 53 random bits as a fraction
}

double Draw::magnitude(double lo, double hi) {
  const double size = std::exp2(uniform(lo, hi));
  return coin() ? size : -size;
}

std::int64_t Draw::integer(std::int64_t lo, std::int64_t hi) {
  const auto span = static_cast<std::uint64_t>(hi - lo) + 1;
  // Bias below 2^-11 of a uniform choice for spans under 2^53: of no matter to a sampler.
  return lo + static_cast<std::int64_t>((Bits(bits()) * span) >> 64);
}

Float datum_elsewhere(const Format& format, double value) {
  if (&format == &binary32 && !std::isnan(value)) return from_native(static_cast<float>(value));
  if (!std::isfinite(value)) return infinity(format, value < 0);
  return round_to(format, Dyadic::of(value), Rounding::nearest);
}

Float Draw::longer_datum(const Format& format, double value) {
  if (!std::isfinite(value)) return datum_of(format, value);
  const int extra = format.precision - 53;
  Dyadic exact = Dyadic::of(value);
  if (!exact.is_zero()) {
    const Bits low = ((Bits(bits()) << 64) | bits()) & ((Bits(1) << extra) - 1);
    const int lift = 52 - top_bit(exact.significand) + extra;
    exact = {exact.negative, (exact.significand << lift) | low, exact.exponent - lift};
  }
  return round_to(format, exact, Rounding::nearest);
}

}  // namespace napier
