// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include "lib/exponential/exp_pair.hpp"

namespace napier::shelf {

/// 1/c and ln c, for a c near i/128.
template <Working T>
struct LogCell {
  T inverse;    ///< 11 bits
  Pair<T> log;  ///< −ln inverse within 2^-106 (2^-48) of itself
};

/// i = 91 … 181, for √½ to √2, by scripts/log_pair.sollya.
inline constexpr int first_log_cell = 91;
inline constexpr std::array<LogCell<double>, 91> log_cells_binary64{{
    {0x1.68p0, {-0x1.5d1bdbf5809cap-2, -0x1.4236383dc7fe1p-56}},
    {0x1.644p0, {-0x1.5262deeb98879p-2, -0x1.823ddad7fcfa1p-58}},
    {0x1.604p0, {-0x1.46d2d9c280567p-2, 0x1.b14130114bd36p-57}},
    {0x1.5c8p0, {-0x1.3bdd24eb14b6ap-2, -0x1.2da3c6449a7dp-58}},
    {0x1.59p0, {-0x1.31871c9544185p-2, 0x1.51acc4c09b379p-60}},
    {0x1.554p0, {-0x1.26561f133862dp-2, -0x1.10cdf548bd15cp-57}},
    {0x1.51cp0, {-0x1.1bc794fd1c8ccp-2, -0x1.e71708b083dbdp-57}},
    {0x1.4e4p0, {-0x1.111ce4003ee4dp-2, 0x1.1b84b5a5b5b2ap-57}},
    {0x1.4bp0, {-0x1.071b85fcd590dp-2, -0x1.d1707f97bde8p-58}},
    {0x1.47cp0, {-0x1.fa01c3bb57cbcp-3, -0x1.1c0a3c50f47adp-59}},
    {0x1.448p0, {-0x1.e598ed5a87e2fp-3, 0x1.a5e78f4c50659p-58}},
    {0x1.414p0, {-0x1.d0fb7f2255e51p-3, 0x1.4ac818ceca4c4p-57}},
    {0x1.3e4p0, {-0x1.bdc46ae344b13p-3, 0x1.2ff70a6bea623p-58}},
    {0x1.3bp0, {-0x1.a8becfc882f19p-3, 0x1.e8c37918c39ebp-58}},
    {0x1.38p0, {-0x1.9525a9cf456b4p-3, -0x1.d904c1d4e2e26p-57}},
    {0x1.354p0, {-0x1.83040c91bcf2ep-3, 0x1.1c7233219bcc5p-57}},
    {0x1.324p0, {-0x1.6f0d28ae56b4cp-3, 0x1.906d99184b992p-57}},
    {0x1.2f8p0, {-0x1.5c940075972b9p-3, -0x1.adccb73379cc5p-58}},
    {0x1.2c8p0, {-0x1.483bccce6e3ddp-3, -0x1.29391fb1b4b22p-57}},
    {0x1.2ap0, {-0x1.371fc201e8f74p-3, -0x1.de6cb62af18ap-58}},
    {0x1.274p0, {-0x1.2423113ba50e3p-3, 0x1.e3ba766fc9a72p-66}},
    {0x1.248p0, {-0x1.10f8e422539b1p-3, -0x1.8f798d39f1b7dp-58}},
    {0x1.22p0, {-0x1.fec9131dbeabbp-4, 0x1.5746b9981b36cp-58}},
    {0x1.1f8p0, {-0x1.db5270187d927p-4, -0x1.e15ab8607d2acp-58}},
    {0x1.1dp0, {-0x1.b78c82bb0eda1p-4, -0x1.0878cf0327e21p-61}},
    {0x1.1a8p0, {-0x1.9375e55595edep-4, 0x1.e463f9e4dd92p-59}},
    {0x1.18p0, {-0x1.6f0d28ae56b4cp-4, 0x1.906d99184b992p-58}},
    {0x1.15cp0, {-0x1.4e01108a35ae6p-4, 0x1.81069d28db75bp-59}},
    {0x1.134p0, {-0x1.28f83450eda8dp-4, -0x1.d6a8465da24a3p-58}},
    {0x1.11p0, {-0x1.075983598e471p-4, -0x1.80da5333c45b8p-59}},
    {0x1.0ecp0, {-0x1.cae72fb95c20bp-5, 0x1.f9012d8df3f0ep-59}},
    {0x1.0c8p0, {-0x1.868a83083f6cfp-5, 0x1.d09a5634943dbp-61}},
    {0x1.0a8p0, {-0x1.494acc34d911cp-5, -0x1.e295bf491ccc5p-59}},
    {0x1.084p0, {-0x1.03d5d85e73eefp-5, -0x1.2c1da539d60edp-61}},
    {0x1.064p0, {-0x1.8b31faca9b00ep-6, -0x1.d5a46da6f6772p-62}},
    {0x1.04p0, {-0x1.fc0a8b0fc03e4p-7, 0x1.83092c59642a1p-62}},
    {0x1.02p0, {-0x1.fe02a6b106789p-8, 0x1.e44b7e3711ebfp-67}},
    {0x1p0, {0, 0}},
    {0x1.fcp-1, {0x1.010157588de71p-7, 0x1.46662d417cedp-62}},
    {0x1.f8p-1, {0x1.0205658935847p-6, 0x1.27c8e8416e71fp-60}},
    {0x1.f44p-1, {0x1.7c61b1cf5deep-6, 0x1.b83db2ddc8012p-60}},
    {0x1.f08p-1, {0x1.f7a9b16782856p-6, -0x1.36c720c147756p-60}},
    {0x1.eccp-1, {0x1.39f07ba0ebd62p-5, 0x1.4eb2172bbbf58p-59}},
    {0x1.e9p-1, {0x1.788595a3577bap-5, 0x1.e5ef898b67923p-59}},
    {0x1.e58p-1, {0x1.b35dd9b58baadp-5, -0x1.6526154e379dfp-61}},
    {0x1.e2p-1, {0x1.eea31c006b87cp-5, -0x1.3e4fc93b7b66cp-59}},
    {0x1.de4p-1, {0x1.174f76ab09171p-4, 0x1.8bf717241bfedp-63}},
    {0x1.dbp-1, {0x1.333d7f8183f4bp-4, 0x1.a92afc8ef70b1p-58}},
    {0x1.d78p-1, {0x1.518874226130ap-4, 0x1.d96258b3d8a8fp-60}},
    {0x1.d4p-1, {0x1.700d30aeac0e1p-4, -0x1.72566212cdd05p-61}},
    {0x1.d0cp-1, {0x1.8c985e9b9ec84p-4, -0x1.bbf21801ae8cbp-59}},
    {0x1.cd8p-1, {0x1.a956d3ecade63p-4, 0x1.e5300b12bd55ep-58}},
    {0x1.ca4p-1, {0x1.c6494a2e418a6p-4, -0x1.754df3b1a5d9p-60}},
    {0x1.c7p-1, {0x1.e3707ee30487bp-4, 0x1.09ccecd579d99p-58}},
    {0x1.c4p-1, {0x1.fe89139dbd566p-4, -0x1.ac9f4215f9393p-58}},
    {0x1.c1p-1, {0x1.0ce7ecdccc28dp-3, -0x1.692a0055dc959p-57}},
    {0x1.bdcp-1, {0x1.1bc8af21436b3p-3, 0x1.64fb955458117p-57}},
    {0x1.bacp-1, {0x1.299d30c606ea7p-3, -0x1.ff0c47ee4eafbp-57}},
    {0x1.b7cp-1, {0x1.3789c4c041337p-3, -0x1.85dd9670d0226p-57}},
    {0x1.b5p-1, {0x1.4462b9dc9b3dcp-3, -0x1.629c46c186385p-58}},
    {0x1.b2p-1, {0x1.527e5e4a1b58dp-3, -0x1.71a9682395bfdp-61}},
    {0x1.af4p-1, {0x1.5f830a1a5ca91p-3, 0x1.a263ff06eedfep-58}},
    {0x1.ac4p-1, {0x1.6dcf0165f8373p-3, -0x1.4cb2e60d9cf13p-57}},
    {0x1.a98p-1, {0x1.7b0091651528cp-3, 0x1.4069f303518c8p-57}},
    {0x1.a6cp-1, {0x1.884807ce5638fp-3, -0x1.885abc769d435p-61}},
    {0x1.a4p-1, {0x1.95a5adcf7017fp-3, 0x1.142c507fb7a3dp-58}},
    {0x1.a18p-1, {0x1.a1dfc40f1b7f1p-3, -0x1.e009e6f018fe8p-61}},
    {0x1.9ecp-1, {0x1.af6895610dbaep-3, -0x1.445fbd49bb184p-60}},
    {0x1.9c4p-1, {0x1.bbca696b07e8p-3, 0x1.17a8fc988fe53p-58}},
    {0x1.998p-1, {0x1.c97f8079d44ecp-3, 0x1.61a8c6e6c4ee7p-57}},
    {0x1.97p-1, {0x1.d60a17f903515p-3, -0x1.c0df841a71b7ap-57}},
    {0x1.948p-1, {0x1.e2a877a6b2c12p-3, -0x1.fa21e3df9943p-58}},
    {0x1.92p-1, {0x1.ef5ade4dcffe6p-3, -0x1.08ab2ddc708ap-58}},
    {0x1.8f8p-1, {0x1.fc218be620a5ep-3, -0x1.6e438c258187fp-58}},
    {0x1.8d4p-1, {0x1.03d95a1d67686p-2, -0x1.dfc3727bdcd3p-58}},
    {0x1.8acp-1, {0x1.0a504e97bb40cp-2, 0x1.29ccd218877e5p-57}},
    {0x1.888p-1, {0x1.102ac0a35cc1cp-2, 0x1.088080a5e68b4p-59}},
    {0x1.86p-1, {0x1.16b5ccbacfb73p-2, 0x1.66fbd28b40935p-56}},
    {0x1.83cp-1, {0x1.1ca28c64bae54p-2, -0x1.3e10bd559adb8p-56}},
    {0x1.818p-1, {0x1.22981fbef797bp-2, -0x1.0b04ac06cebep-59}},
    {0x1.7f4p-1, {0x1.2896a13e086a4p-2, -0x1.2fd81e96ad9cfp-56}},
    {0x1.7dp-1, {0x1.2e9e2bce12286p-2, 0x1.8251a3b83d97ap-62}},
    {0x1.7acp-1, {0x1.34aedad5b168bp-2, -0x1.530d41e0229c4p-56}},
    {0x1.78cp-1, {0x1.3a1ac802f3664p-2, -0x1.30c6654272c1p-56}},
    {0x1.768p-1, {0x1.403d086cea79cp-2, -0x1.0a8bb78cf7cdap-56}},
    {0x1.744p-1, {0x1.4668bf41ef994p-2, 0x1.d13a74ae12674p-57}},
    {0x1.724p-1, {0x1.4becf95d97913p-2, 0x1.89bffb8b1f5d2p-57}},
    {0x1.704p-1, {0x1.5178d9ab5557p-2, 0x1.530fe963b2f5p-56}},
    {0x1.6ep-1, {0x1.57bf753c8d1fbp-2, -0x1.0908d15f88b63p-57}},
    {0x1.6cp-1, {0x1.5d5bddf595f3p-2, -0x1.6541148cbb8a2p-56}},
    {0x1.6ap-1, {0x1.630030b3aac49p-2, 0x1.dc18ce51fff99p-57}},
}};

template <Working T>
inline constexpr auto log_cells = [] {
  std::array<LogCell<T>, 91> cells{};
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const auto& [inverse, log] = log_cells_binary64[i];
    const T hi = static_cast<T>(log.hi);
    const T lo = static_cast<T>((log.hi - static_cast<double>(hi)) + log.lo);
    cells[i] = {static_cast<T>(inverse), {hi, lo}};
  }
  return cells;
}();

/// ln 2 in three words; hi and middle times an exponent are exact.
template <Working T>
inline constexpr ThreeWords<T> ln2_words{};
template <>
inline constexpr ThreeWords<double> ln2_words<double>{0x1.62e42fefa38p-1, 0x1.ef35793c768p-45,
                                                      -0x1.9ff0342542fc3p-90};
template <>
inline constexpr ThreeWords<float> ln2_words<float>{0x1.62e4p-1f, 0x1.7f7ep-20f, -0x1.c610cap-37f};

/// 1/3, −1/4, 1/5, …
template <Working T>
inline constexpr auto log_terms = [] {
  std::array<T, std::same_as<T, float> ? 3 : 7> terms{};
  for (std::size_t i = 0; i < terms.size(); ++i)
    terms[i] = static_cast<T>((i % 2 == 0 ? 1.0 : -1.0) / static_cast<double>(i + 3));
  return terms;
}();

/// ln x in two words, for a finite x > 0: with x = 2^k·z and z = c·(1 + r),
///
///   ln x = k·ln 2 + ln c + r − r²/2 + r³·(1/3 − r/4 + …),   |r| ≤ 2^-7.44, and 2^-8 for c = 1.
///
/// All is in two words but the last term: four roundings of r³/3, each at most u = 2^-p of it. Next
/// to ln x that is most for c = 1, where ln x is nearly r, and in the cells beside it, where
/// |ln x| > 0.0039 and |r| < 2^-7.98: at most 1.27u·2^-16 of ln x, 2^-68.6 (2^-39.6 in binary32),
/// twice that in a directed mode. The first term left out, r^10/10 (r^6/6), and the tables are
/// below 2^-5 of this.
template <Working T>
Pair<T> log_pair(T x) {
  const auto [z, exponent] = normalised(x);
  const T k = static_cast<T>(exponent);
  const auto& [inverse, log_c] =
      log_cells<T>[static_cast<std::size_t>(nearest_integer(z * 128) - first_log_cell)];
  // Exact: 11 bits times half a significand, and the difference is small.
  const auto [z_hi, z_lo] = halves(z);
  const auto [r, r_lo] = two_sum(z_hi * inverse - 1, z_lo * inverse);
  T tail = log_terms<T>.back();
  for (std::size_t i = log_terms<T>.size() - 1; i-- > 0;) tail = log_terms<T>[i] + r * tail;
  const auto [square, square_lo] = two_product(r, r);

  const auto [a, a_lo] = two_sum(k * ln2_words<T>.hi, log_c.hi);
  const auto [b, b_lo] = two_sum(a, r);
  const auto [c, c_lo] = two_sum(b, k * ln2_words<T>.middle);
  const auto [d, d_lo] = two_sum(c, -square / 2);
  const T small = k * ln2_words<T>.lo + log_c.lo + (r_lo - r * r_lo - square_lo / 2);
  return two_sum(d, a_lo + b_lo + c_lo + d_lo + (small + r * square * tail));
}

}  // namespace napier::shelf
