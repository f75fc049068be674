// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// Special values, signs, and the ends of the range.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include "audit/profile/diagnose.hpp"
#include "lib/fp/decimal.hpp"
#include "lib/fp/hexfloat.hpp"
#include "lib/fp/ordinal.hpp"
#include "props/domain/exponent_range.hpp"
#include "props/property/property.hpp"
#include "reports/view/figures.hpp"

namespace napier {
namespace {

bool is_special(Float x) { return !is_finite(x) || is_zero(x); }

std::string of_calls(std::size_t part, std::size_t whole) {
  return fmt::format("{} of {}", count_text(part), counted(whole, "call", "calls"));
}

/// The call that gave a witness's value: a law's arguments are not always those of a call.
std::string call_of(const Witness& witness) {
  if (witness.call.empty()) return "at " + both_spellings(witness.inputs);
  const std::string decimal = in_decimal(witness.call, *witness.got->format);
  return "in " + (decimal == witness.call ? decimal : decimal + ", " + witness.call);
}

/// A subnormal number has fewer digits than a relative bound asks for: the right rounding, and no
/// result is near enough.
std::string underflow(const Evidence& e) {
  const Finding* first = nullptr;
  for (const Finding& finding : e.findings)
    for (const Witness* witness : {&finding.smallest, &finding.worst}) {
      if (!witness->got || witness->got != witness->want || !is_finite(*witness->got)) return {};
      if (ordinal(absolute(*witness->got)) > ordinal(min_normal(e.subject.format()))) return {};
      first = &finding;
    }
  if (first == nullptr || !e.bad().empty()) return {};
  const Witness& witness = first->smallest;
  return fmt::format(
      "{} {} is the right rounding, as all others are that were found, and no result is nearer: "
      "below {} numbers have too few digits for what is claimed",
      to_decimal(*witness.got), call_of(witness), to_decimal(min_normal(e.subject.format())));
}

/// What Annex F names is wrong, and nothing else.
std::string special_value(const Evidence& e) {
  const auto is_odd = [](const Observation* one) {
    return std::ranges::any_of(one->point.arguments(), is_special);
  };
  const auto bad = e.bad();
  if (!std::ranges::all_of(bad, is_odd)) return {};
  const auto named = std::ranges::find_if(e.findings, [](const Finding& finding) {
    const Property* property = known_property(finding.property);
    return property != nullptr && property->family == Family::special_values;
  });
  if (named == e.findings.end() && bad.empty()) return {};
  const Finding& finding = named == e.findings.end() ? e.findings.front() : *named;
  const Witness& witness = finding.smallest;
  return fmt::format("got {} {}{}; none of {} elsewhere is off", to_decimal(*witness.got),
                     call_of(witness),
                     witness.want ? ", right is " + to_decimal(*witness.want) : "",
                     counted(e.count_good(), "call", "calls"));
}

std::string lost_sign(const Evidence& e) {
  const auto bad = e.bad();
  const auto is_mirrored = [](const Observation* one) {
    if (is_nan(one->got) || is_negative(one->got) == is_negative(one->want)) return false;
    const Ordinal away = ordinal(absolute(one->got)) - ordinal(absolute(one->want));
    return away >= -1 && away <= 1;
  };
  if (bad.empty() || !std::ranges::all_of(bad, is_mirrored)) return {};
  return fmt::format("the right results with the other sign in all {} that are off, of {}",
                     count_text(bad.size()), counted(e.seen.size(), "call", "calls"));
}

/// In a directed mode: the results of another mode.
std::string another_mode(const Evidence& e) {
  const auto bad = e.bad();
  if (e.subject.rounding == Rounding::nearest || bad.empty()) return {};
  std::size_t beside = 0;
  for (const Observation* one : bad)
    if (is_finite(one->got) && is_finite(one->want) &&
        (one->got == step(one->want, 1) || one->got == step(one->want, -1)))
      ++beside;
  if (beside * 20 < bad.size() * 19) return {};
  return fmt::format("{} give the neighbour of the right result, on the wrong side",
                     of_calls(beside, e.seen.size()));
}

bool is_tiny(const Format& format, const Observation& one) {
  return is_finite(one.want) && one.log2 < static_cast<double>(format.min_exponent());
}

std::string flushed_results(const Evidence& e) {
  const Format& format = e.subject.format();
  std::size_t tiny = 0, flushed = 0;
  for (const Observation& one : e.seen) {
    const bool subnormal = is_tiny(format, one) && !is_zero(one.want);
    if (e.is_bad(one) && !(subnormal && is_zero(one.got))) return {};
    tiny += subnormal && one.want != min_subnormal(format) ? 1 : 0;
    flushed += subnormal && is_zero(one.got) && one.want != min_subnormal(format) ? 1 : 0;
  }
  if (flushed == 0 || flushed * 100 < tiny * 99) return {};
  return fmt::format("0 in {} with a subnormal result; no other call is off",
                     of_calls(flushed, tiny));
}

std::string subnormal_arguments(const Evidence& e) {
  const auto has_subnormal = [](const Observation& one) {
    return std::ranges::any_of(one.point.arguments(),
                               [](Float x) { return classify(x) == FloatClass::subnormal; });
  };
  std::size_t all = 0, off = 0;
  for (const Observation& one : e.seen) {
    if (e.is_bad(one) && !has_subnormal(one)) return {};
    all += has_subnormal(one) ? 1 : 0;
    off += e.is_bad(one) ? 1 : 0;
  }
  if (off == 0 || off * 4 < all) return {};
  return fmt::format("{} with a subnormal argument are off, and no other call", of_calls(off, all));
}

/// A result below the least normal number that was rounded to full length before is at most ¾ ulp
/// off, and only what is nearly a tie is more than ½.
std::string double_rounding(const Evidence& e) {
  const auto bad = e.bad();
  double most = 0;
  for (const Observation* one : bad) {
    if (!is_tiny(e.subject.format(), *one) || !(one->size() <= 0.75)) return {};
    most = std::max(most, one->size());
  }
  if (bad.empty()) return {};
  return fmt::format("{} are off, by at most {:.4g} ulp, all with subnormal results next to a tie",
                     of_calls(bad.size(), e.seen.size()), most);
}

/// A result that stands for all beyond it: 0, -1 for a^x - 1, and infinities.
bool is_saturated(const Evidence& e, Float y) {
  if (is_nan(y)) return false;
  if (is_infinite(y) || is_zero(y)) return true;
  const Function& function = *e.subject.target->function;
  return function.kind == Kind::power_minus_one && y == from_integer(e.subject.format(), -1);
}

/// Where the bad begin and end along the last argument, if they are a stretch.
struct Stretch {
  Observation first, last;  ///< by the ordinal of the argument
  std::uint64_t encodings = 0;
  std::optional<Observation> before, after;  ///< the good ones beside it, where any were looked at
};

/// Between a good and a bad neighbour: the last one in from `inside` that is bad.
Observation end_of(const Evidence& e, Observation inside, const Observation& outside) {
  const std::size_t last = inside.point.count - 1;
  Ordinal in = ordinal(inside.point.args[last]), out = ordinal(outside.point.args[last]);
  while (in - out > 1 || out - in > 1) {
    const Ordinal middle = in + (out - in) / 2;
    Point point = inside.point;
    point.args[last] = from_ordinal(e.subject.format(), middle);
    const auto seen = e.ask(std::array{point});
    if (!seen.empty() && e.is_bad(seen.front())) {
      in = middle;
      inside = seen.front();
    } else {
      out = middle;
    }
  }
  return inside;
}

std::optional<Stretch> stretch_of(const Evidence& e) {
  const auto bad = e.bad();
  if (bad.empty()) return std::nullopt;
  // Of two arguments along those with the base of the first witness.
  std::vector<Observation> line;
  const std::size_t last = bad.front()->point.count - 1;
  for (const Observation& one : e.seen)
    if (last == 0 || one.point.args[0] == bad.back()->point.args[0]) line.push_back(one);
  std::ranges::sort(line, {},
                    [&](const Observation& one) { return ordinal(one.point.args[last]); });
  const auto is_bad = [&](const Observation& one) { return e.is_bad(one); };
  const auto first = std::ranges::find_if(line, is_bad);
  if (first == line.end()) return std::nullopt;
  const auto behind = std::ranges::find_if_not(first, line.end(), is_bad);
  if (std::ranges::any_of(behind, line.end(), is_bad)) return std::nullopt;
  Stretch found{*first, *(behind - 1), 0, {}, {}};
  if (first != line.begin()) {
    found.before = *(first - 1);
    found.first = end_of(e, *first, *(first - 1));
  }
  if (behind != line.end()) {
    found.after = *behind;
    found.last = end_of(e, *(behind - 1), *behind);
  }
  const auto steps = ordinal(found.last.point.args[last]) - ordinal(found.first.point.args[last]);
  found.encodings = static_cast<std::uint64_t>(steps) + 1;
  return found;
}

std::string spelled_place(const Observation& one) {
  const Float x = one.point.args[one.point.count - 1];
  return to_decimal_and_hex(x);
}

/// Infinity, 0 or -1 too early or too late: one stretch of saturated results, or of results that
/// should be.
std::string moved_threshold(const Evidence& e) {
  const auto bad = e.bad();
  const bool early = std::ranges::all_of(bad, [&](const Observation* one) {
    return is_saturated(e, one->got) && one->got == bad.front()->got;
  });
  const bool late = std::ranges::all_of(bad, [&](const Observation* one) {
    return is_saturated(e, one->want) && one->want == bad.front()->want;
  });
  if (bad.empty() || early == late) return {};
  const auto stretch = stretch_of(e);
  if (!stretch) return {};
  const Float value = early ? bad.front()->got : bad.front()->want;
  // On one side the results are finite, on the other they have saturated, and both rightly.
  if (!stretch->before || !stretch->after) return {};
  if ((stretch->before->got == value) == (stretch->after->got == value)) return {};
  return fmt::format("{} at {} from {} to {}, where {}; the arguments beside them are right",
                     early ? to_decimal(value) : "another result than " + to_decimal(value),
                     counted(stretch->encodings, "encoding", "encodings"),
                     spelled_place(stretch->first), spelled_place(stretch->last),
                     early ? "the true results are not there yet" : "that is right");
}

/// x log2 a, about.
double exponent_of(const Evidence& e, const Observation& one) {
  const Function& power = e.subject.power();
  if (power.kind == Kind::logarithm) return 0;
  if (power.base == Base::argument)
    return one.place * std::log2(std::abs(about(one.point.args[0])));
  return one.place * log_of_fixed_base(power.base) / std::numbers::ln2;
}

/// Of some of these pows the same bases, raised to where results are numbers.
std::vector<Point> within_range(const Evidence& e, const std::vector<const Observation*>& far) {
  std::vector<Point> points;
  constexpr std::size_t most = 40;
  for (std::size_t i = 0; i < far.size(); i += far.size() / most + 1) {
    Point point = far[i]->point;
    const double size = 0.75 * static_cast<double>(e.subject.format().max_exponent);
    const double y = far[i]->place * (size / std::abs(exponent_of(e, *far[i])));
    if (!std::isfinite(y)) continue;
    const bool whole = is_negative(point.args[0]);
    point.args[1] =
        round_to(e.subject.format(), Dyadic::of(whole ? std::nearbyint(y) : y), Rounding::nearest);
    points.push_back(point);
  }
  return points;
}

/// Beyond the range everything is 0, -1 or infinity; what is right near its ends is wrong far out.
std::string far_out(const Evidence& e) {
  const auto bad = e.bad();
  double nearest = INFINITY;
  for (const Observation* one : bad) {
    const double exponent = std::abs(exponent_of(e, *one));
    if (!is_saturated(e, one->want) || std::isnan(exponent)) return {};
    nearest = std::min(nearest, exponent);
  }
  const double edge = 2 * static_cast<double>(e.subject.format().max_exponent);
  if (bad.empty() || nearest < edge) return {};
  std::size_t right = 0;
  for (const Observation& one : e.seen)
    if (!e.is_bad(one) && is_saturated(e, one.want) && std::abs(exponent_of(e, one)) < nearest)
      ++right;
  if (right == 0) return {};
  if (e.subject.has_base_argument())
    for (const Observation& one : e.ask(within_range(e, bad)))
      if (e.is_bad(one)) return {};
  return fmt::format(
      "{} are off, all where the power is beyond 2^{:.6g} or below 2^-{:.6g}; {} that saturate "
      "nearer by are right",
      of_calls(bad.size(), e.seen.size()), nearest, nearest, count_text(right));
}

}  // namespace

std::span<const Model> edge_models() {
  static constexpr std::array<Model, 9> models{{
      {"results underflow", underflow},
      {"a special value", special_value},
      {"the sign is lost", lost_sign},
      {"the rounding mode is ignored", another_mode},
      {"subnormal results are flushed", flushed_results},
      {"subnormal arguments are misread", subnormal_arguments},
      {"results are rounded twice", double_rounding},
      {"wrong far beyond the range", far_out},
      {"a threshold is off", moved_threshold},
  }};
  return models;
}

}  // namespace napier
