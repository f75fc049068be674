// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "audit/profile/special_grid.hpp"

#include <algorithm>
#include <cmath>

#include "lib/fp/ordinal.hpp"

namespace napier {
namespace {

/// From -inf to inf, with both zeros, and a NaN at the end.
std::vector<Float> both_signs(std::vector<Float> ascending) {
  std::vector<Float> all;
  for (std::size_t i = ascending.size(); i > 0; --i) all.push_back(negated(ascending[i - 1]));
  std::ranges::copy(ascending, std::back_inserter(all));
  all.push_back(quiet_nan(*ascending.front().format));
  return all;
}

Float half(const Format& f) { return power_of_two(f, -1); }

std::vector<Float> arguments(const Format& f) {
  return both_signs({zero(f), min_subnormal(f), min_normal(f), half(f), from_integer(f, 1),
                     from_integer(f, 2), max_finite(f), infinity(f)});
}
std::vector<Float> bases(const Format& f) {
  return both_signs({zero(f), half(f), from_integer(f, 1), from_integer(f, 2), infinity(f)});
}
/// Odd and even ones among them, of which pow's signs tell.
std::vector<Float> exponents(const Format& f) {
  return both_signs({zero(f), half(f), from_integer(f, 2), from_integer(f, 3), infinity(f)});
}

/// What judges a value at such a call, as far as it judges this target. That others do is shown
/// only where one of them refutes it.
std::vector<const Property*> judges_of(const Subject& subject) {
  std::vector<const Property*> judges;
  for (const Property& row : all_properties())
    if (row.family == Family::special_values && row.inapplicable(subject).empty() &&
        row.judges(subject))
      judges.push_back(&row);
  return judges;
}

/// Consistent where nothing is asked, too: then its resolution is infinite.
SpecialGrid::State state_of(const Verdict& verdict) {
  if (std::holds_alternative<Refuted>(verdict)) return SpecialGrid::State::broken;
  const auto* kept = std::get_if<Consistent>(&verdict);
  return kept != nullptr && std::isfinite(kept->resolution) ? SpecialGrid::State::kept
                                                            : SpecialGrid::State::unjudged;
}

class GridMaker {
 public:
  GridMaker(const Target& target, Callers callers, SeenCases& seen)
      : subject_(target, Rounding::nearest),
        callers_(callers),
        seen_(seen),
        judges_(judges_of(subject_)) {}

  SpecialGrid grid() {
    const Format& f = subject_.format();
    if (subject_.target->function->arity == 1) {
      grid_.x = arguments(f);
      for (const Float x : grid_.x) add(point_of({x}));
    } else {
      grid_.x = bases(f);
      grid_.y = exponents(f);
      for (const Float x : grid_.x)
        for (const Float y : grid_.y) add(point_of({x, y}));
    }
    return std::move(grid_);
  }

 private:
  static Point point_of(std::initializer_list<Float> arguments) {
    Point point;
    for (const Float x : arguments) point.push(x);
    return point;
  }

  void add(const Point& point) {
    using State = SpecialGrid::State;
    const Call call = point.call();
    Answer answer;
    callers_.target->call(subject_.rounding, Observe::values, {&call, 1}, {&answer, 1});
    const bool returned = answer.ending == Ending::returned;
    grid_.got.push_back(returned ? std::optional(answer.value) : std::nullopt);
    State state = seen_.add(subject_, point, answer) ? State::broken : State::unjudged;
    for (const Property* property : judges_) {
      if (state == State::broken) break;
      if (!property->where.asks(subject_, point)) continue;
      const State more = state_of(judge_point(*property, subject_, point, callers_).verdict);
      if (more == State::broken || state == State::unjudged) state = more;
    }
    grid_.states.push_back(state);
  }

  const Subject subject_;
  Callers callers_;
  SeenCases& seen_;
  std::vector<const Property*> judges_;
  SpecialGrid grid_;
};

}  // namespace

SpecialGrid special_grid(const Target& target, Callers callers, SeenCases& seen) {
  return GridMaker(target, callers, seen).grid();
}

}  // namespace napier
