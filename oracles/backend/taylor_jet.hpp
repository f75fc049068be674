// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <memory>

#include "oracles/enclosure.hpp"

namespace napier {

/// A Taylor polynomial p(s) = p₀ + p₁s + … + pₙsⁿ whose coefficients are enclosed, in the second
/// oracle's arithmetic of 2304 bits (Moore's Taylor mode). A function that is written down for jets
/// as it is for numbers gives its derivatives of every order, by the rules
///
///   (p·q)_k = Σ p_j q_(k−j)                       e^p:  k·e_k = Σ j·p_j·e_(k−j)
///   (p/q)_k = (p_k − Σ_(j≥1) q_j (p/q)_(k−j))/q₀
///   ln p: k·l_k = (k·p_k − Σ_(0<j<k) j·l_j·p_(k−j))/p₀
///
/// and nothing here knows what the derivative of any function of the catalogue is.
class TaylorJet {
 public:
  static TaylorJet constant(const Dyadic& value, const TaylorJet& like);
  static TaylorJet ln2(const TaylorJet& like);
  static TaylorJet pi(const TaylorJet& like);
  /// at + slope·s, up to the order n.
  static TaylorJet variable(const Dyadic& at, int slope, int order);

  Enclosure coefficient(int k) const;
  Enclosure derivative(int n) const;  ///< n!·pₙ

  struct Impl;
  explicit TaylorJet(std::shared_ptr<const Impl> impl) : impl_(std::move(impl)) {}
  const Impl& impl() const { return *impl_; }

 private:
  std::shared_ptr<const Impl> impl_;
};

TaylorJet operator+(const TaylorJet& a, const TaylorJet& b);
TaylorJet operator-(const TaylorJet& a, const TaylorJet& b);
TaylorJet operator-(const TaylorJet& a);
TaylorJet operator*(const TaylorJet& a, const TaylorJet& b);
TaylorJet operator/(const TaylorJet& a, const TaylorJet& b);  ///< b₀ must not be near 0
TaylorJet exp(const TaylorJet& a);                            ///< |a₀| < 2^20
TaylorJet log(const TaylorJet& a);                            ///< a₀ > 0

}  // namespace napier
