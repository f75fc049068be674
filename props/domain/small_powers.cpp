// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// Small powers that are data: 9^5, (-3)^4, 49^(3/2), (3/2)^7, 2^-10.
#include <algorithm>
#include <memory>

#include "props/domain/call_strata.hpp"
#include "props/domain/exact_stratum.hpp"

namespace napier {
namespace {

constexpr std::int64_t largest = 128;  // of r, and of n in size

/// A call, and the larger of r and |n|, by which they are in order.
struct Small {
  std::int64_t size;
  Point call;
};

/// Collects the powers of one root.
class PowersOf {
 public:
  PowersOf(std::int64_t root, const Format& format, std::vector<Small>& found)
      : root_(root), format_(format), found_(found) {}

  void add_all() {
    Bits power = 1;  // odd^n, of at most 7 bits more than a datum
    // Of 2 all that are data: a multiplication too few, or a scale that stops early, shows there.
    const std::int64_t most =
        root_ == 2 ? format_.max_exponent - format_.least_exponent() : largest;
    for (std::int64_t n = 1; n <= most; ++n) {
      power *= odd_;
      if (top_bit(power) >= format_.precision) return;
      add(power, n);
      if (odd_ == 1) add(power, -n);
    }
  }

 private:
  void add(Bits power, std::int64_t n) {
    const Dyadic base = Dyadic::of_integer(root_);
    if (!is_datum({false, power, twos_ * n})) return;
    add(base, n, 0);
    add(-base, n, 0);
    if (n % 2 != 0) add(Dyadic::of_integer(root_ * root_), n, 1);
    if (twos_ != 0 || n == 1) return;
    for (const int down : {1, top_bit(odd_) + 1})
      if (is_datum({false, power, -down * n})) add(base.scaled(-down), n, 0);
  }
  bool is_datum(const Dyadic& value) const { return exactly(format_, value).has_value(); }

  /// base^(n/2^halvings), if both are data.
  void add(const Dyadic& base, std::int64_t n, int halvings) {
    const auto x = exactly(format_, base);
    const auto y = exactly(format_, Dyadic::of_integer(n).scaled(-halvings));
    if (x && y) found_.push_back({std::max(root_, n < 0 ? -n : n), pair(*x, *y)});
  }

  std::int64_t root_;
  const Format& format_;
  std::vector<Small>& found_;
  Bits odd_ = Dyadic::of_integer(root_).reduced().significand;
  std::int64_t twos_ = Dyadic::of_integer(root_).reduced().exponent;
};

std::vector<Point> small_powers(const Format& format) {
  std::vector<Small> found;
  for (std::int64_t root = 2; root <= largest; ++root) PowersOf(root, format, found).add_all();
  std::ranges::stable_sort(found, {}, &Small::size);
  std::vector<Point> calls;
  calls.reserve(found.size());
  for (const Small& one : found) calls.push_back(one.call);
  return calls;
}

}  // namespace

Stratum small_power_stratum(const Format& format) {
  const auto calls = std::make_shared<const std::vector<Point>>(small_powers(format));
  return {"exact small powers", calls->size(), 1,
          [calls](Draw&, std::uint64_t i) { return std::optional((*calls)[i]); }};
}

}  // namespace napier
