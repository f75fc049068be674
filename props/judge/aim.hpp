// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

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

/// On which side of its result the true value of a point with that error lies, if it is told.
bool is_above(const Function& function, const Point& point, Ulp error);

}  // namespace napier
