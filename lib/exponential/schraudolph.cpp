// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// N. N. Schraudolph's trick (Neural Computation 11, 1999): the encoding of a float, read as an
// integer, is a logarithm that is linear between powers of two. So write a linear function of x
// into the encoding and read that as a float: an exponential for one multiplication and one
// addition.
//
// The claim. Let x/ln2 = k + c + f with 0 ≤ f < 1, and let the encoding be that of y = 2^k·(1 + f).
// The truth is t = 2^k·2^(f + c), so that in units of 2^k
//
//   y − t = 1 + f − 2^(f + c).
//
// This rises from f = 0 to where 2^(f + c) = 1/ln2, at 1 + f = 1.5288 − c, and is 0.08607 − c
// there; then it falls to −c at f = 1 − c, where t reaches the next power of two, ulp(t) doubles
// and y starts to catch up. Best is the c that makes the two equal: c = 0.0430357. So the error is
//
//   c·2^(p−1) ulp = 361009.4 (binary32), 193815409487194 (binary64),
//
// plus, in units of the encoding and so in ulp, that of the integer: x·2^(p−1)/ln2 < 2^30 (2^62),
// rounded to half an ulp, 32 (256), with a constant that is off by 14 (66) at most there, and less
// than 1 in the conversion. In a directed mode the first of these is twice as large.
//
// No branch, no table, no special case: the domain is where every encoding is a normal number's.
#include <bit>

#include "lib/exponential/encoding.hpp"
#include "lib/exponential/promise.hpp"

namespace napier {
namespace {

template <shelf::Working T>
T schraudolph(T x) {
  using Integer = std::make_signed_t<shelf::Word<T>>;
  constexpr bool single = std::same_as<T, float>;
  constexpr auto slope = static_cast<T>(single ? 0x1.71547652b82fep+23 : 0x1.71547652b82fep+52);
  constexpr auto one = std::bit_cast<Integer>(T(1));
  constexpr auto shift = static_cast<Integer>(single ? 361009 : 193815409487194);
  // Unsigned: outside the domain the sum may wrap.
  using Word = shelf::Word<T>;
  return std::bit_cast<T>(static_cast<Word>(static_cast<Word>(static_cast<Integer>(slope * x)) +
                                            static_cast<Word>(one - shift)));
}

template <class T>
void add(Catalogue& catalogue, const shelf::Promise& promise) {
  ship(catalogue,
       {.method = "schraudolph",
        .idea = "a linear function of x, written into the encoding of the result",
        .function = &functions::exp,
        .format = native_format<T>,
        .code = Unary<T>(schraudolph<T>),
        .claim = claim_of(promise, *native_format<T>, "lib/exponential/schraudolph.cpp")});
}

}  // namespace

void contribute_schraudolph(Catalogue& catalogue) {
  add<float>(
      catalogue,
      {.max_ulp = "361060", .max_ulp_directed = "361092", .domain = {.x = {-87, 88}, .y = {}}});
  add<double>(catalogue, {.max_ulp = "193815409487520",
                          .max_ulp_directed = "193815409487776",
                          .domain = {.x = {-708, 709}, .y = {}}});
}

}  // namespace napier
