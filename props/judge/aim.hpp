// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include "lib/target/function.hpp"
#include "props/subject/subject.hpp"

namespace napier {

/// Errors that are looked for, in ulps.
struct Aim {
  Ulp least;
  Ulp most;
};

/// The arguments from a point on, away from zero, whose true value lies as far from a number as
/// such an error does, above or below it, one after the other, of some thousand consecutive ones.
///
/// A result is a number, so an error of e ulp leaves t/ulp(t) at e above or below an integer: of
/// the arguments around those where errors are largest, most have their true value elsewhere, and
/// whatever the target returns, its error can't be e. Over some thousand consecutive arguments t is
/// as good as a line, of which two values of the filter tell start and slope, and first_below()
/// finds the arguments in the aim. That is a choice of points and no judgement: nothing rests on
/// it but that all processors choose the same.
class AimedStretch {
 public:
  AimedStretch(const Function& function, const Point& from, const Aim& aim, bool above);
  /// The next of them; where there is none, the point itself.
  Point next();

 private:
  Point from_;
  std::uint64_t count_ = 0;  ///< arguments; 0 where the line is not known
  std::uint64_t place_ = 0;  ///< of the first that is left
  std::uint64_t start_ =
      0;  ///< the line there, modulo 1 in units of 2^-64, from the aim's begin on
  std::uint64_t step_ = 0;
  std::uint64_t bound_ = 1;  ///< the width of the aim
};

/// Whether arguments of the function can be aimed at, and the same ones on any processor.
bool can_be_aimed_at(const Function& function);

/// Whether the true value of a point lies as far from a number as an error in the aim does, above
/// or below it: elsewhere no result has such an error. False where the filter can't tell.
bool shows(const Function& function, const Point& point, const Aim& aim, bool above);

/// The same for arguments near each other, at a few nanoseconds each: t/ulp(t) by the cubic through
/// four values of the filter, from one length before a start to two lengths after it. What the
/// cubic leaves out is tried at two more places, and is below 2^-20 ulp there.
class CubicView {
 public:
  /// The start is where a length of 2^log2_length encodings begins. nullopt where t, or the
  /// argument that moves, leaves its binade, or where no cubic comes near t.
  static std::optional<CubicView> of(const Function& function, const Point& start, int log2_length);

  /// Whether the argument so many encodings farther from zero than the start is in view.
  bool reaches(SignedBits away) const {
    const SignedBits length = SignedBits(1) << log2_length_;
    return -length <= away && away <= 2 * length;
  }
  /// What shows() says of such an argument.
  bool shows(std::int64_t away, const Aim& aim, bool above) const;

 private:
  CubicView() = default;
  std::uint64_t place(std::int64_t away) const;

  int log2_length_ = 0;
  /// The value one length before the start, and Newton's divided differences from there on, modulo
  /// 1 in units of 2^-128.
  std::array<Bits, 4> coefficients_{};
};

/// On which side of its result the true value of a point with that error lies, if it is told.
bool is_above(const Function& function, const Point& point, Ulp error);

}  // namespace napier
