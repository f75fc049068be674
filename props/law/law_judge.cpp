// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "props/law/law_judge.hpp"

#include <cmath>
#include <limits>
#include <vector>

#include <fmt/format.h>

#include "lib/fp/hexfloat.hpp"
#include "lib/fp/ulp.hpp"
#include "lib/target/composition.hpp"
#include "oracles/fast/scalar/fast_enclosure.hpp"
#include "oracles/oracle.hpp"
#include "oracles/traced_enclosure.hpp"
#include "props/law/algebra/block.hpp"
#include "props/law/algebra/claim.hpp"
#include "props/law/algebra/exact.hpp"
#include "props/law/algebra/logarithm.hpp"
#include "props/law/algebra/machine.hpp"
#include "props/law/algebra/plan.hpp"
#include "props/law/consistency.hpp"
#include "props/property/askable.hpp"

namespace napier {
namespace {

constexpr double infinite = std::numeric_limits<double>::infinity();

bool minus_one_form(const Subject& subject) {
  return subject.power().kind == Kind::power_minus_one;
}

LawArguments arguments_of(PointShape shape, const Subject& subject, const Point& point) {
  const Format& format = subject.format();
  LawArguments result{{}, zero(format), power_of_two(format, 0)};
  std::size_t next = 0;
  if (subject.has_base_argument()) result.base = point.args[next++];
  if (shape != PointShape::none && next < point.count) result.first = point.args[next++];
  if (next < point.count) result.second = point.args[next++];
  return result;
}

template <class Row, class E, Form form>
Verdict judge_in(const Row& row, const Subject& subject, const Point& point, Transcript transcript,
                 Precision precision) {
  const LawArguments a = arguments_of(row.shape, subject, point);
  ClaimAlgebra<E, form> k(subject, a.base, transcript, precision);
  const Argument x = exact_argument(a.first);
  const Argument y = exact_argument(a.second);
  const typename ClaimAlgebra<E, form>::Quantity left = row.left(k, x, y);
  const typename ClaimAlgebra<E, form>::Quantity right = row.right(k, x, y);
  if (k.unanswered()) return Undecided{Cause::no_answer};
  switch (meeting(left, right)) {
    case Meeting::disjoint:
      // The reference might find one of them empty, and so more of a refutation.
      if (std::is_same_v<E, FastEnclosure> && k.in_doubt()) return Undecided{Cause::precision_cap};
      return Refuted{excess_share(left, right, subject.format())};
    case Meeting::meet:
      if (k.in_doubt()) return Undecided{Cause::precision_cap};
      return how_consistent(left, right, subject.format());
    case Meeting::unknown:
      if (k.in_doubt() || precision < default_refinement(subject.format()).cap) break;
      if (ends_leave_alike(left, right)) return how_consistent(left, right, subject.format());
      break;
  }
  return Undecided{Cause::precision_cap};
}

std::string in_words(const LawSides& sides) {
  const auto side = [](const std::array<double, 2>& ends) -> std::string {
    if (std::isnan(ends[0])) return "at no real number (no real value explains the result)";
    return fmt::format("from {:+.6g} to {:+.6g} ulp", ends[0] + 0.0, ends[1] + 0.0);  // no "-0"
  };
  return fmt::format(
      "{}{} is {} here. If the claim held, its left side would lie {} from there, its right side "
      "{}",
      sides.statement, sides.less_one ? ", less 1," : "", sides.truth, side(sides.left),
      side(sides.right));
}

bool is_open(const Verdict& verdict) {
  const auto* undecided = std::get_if<Undecided>(&verdict);
  return undecided != nullptr && undecided->cause == Cause::precision_cap;
}

/// That tells the products of any three data apart.
Precision farthest_precision(const Format& format) {
  return {3 * (format.max_exponent + format.precision)};
}

constexpr BlockArgument block_first{BlockArgument::Made::given, 0, 0};
constexpr BlockArgument block_second{BlockArgument::Made::given, 1, 1};

/// Every reading of one row; the row is a constant of the table, known at compile time.
template <auto& table, std::size_t index>
struct Readings {
  static constexpr const auto& row = std::get<index>(table);
  using Row = std::remove_cvref_t<decltype(row)>;
  static constexpr bool direct = &table == static_cast<const void*>(&derivative_law_table);
  static constexpr bool of_logarithms = &table == static_cast<const void*>(&log_law_table);
  // A product with the constant ln a is read in plain form only, of e^x − 1 with one added.
  static constexpr bool of_powers = !direct && !of_logarithms;
  static constexpr Form usual = of_logarithms ? Form::logarithm : Form::plain;

  static void plan(const Subject& subject, const Point& point, Transcript known,
                   std::vector<Request>& wanted) {
    const LawArguments a = arguments_of(row.shape, subject, point);
    PlanAlgebra k(subject, a.base, known, wanted);
    row.left(k, exact_argument(a.first), exact_argument(a.second));
    row.right(k, exact_argument(a.first), exact_argument(a.second));
  }

  template <class E>
  static Verdict judge_with(const Subject& subject, const Point& point, Transcript transcript,
                            Precision precision) {
    if constexpr (of_powers)
      if (minus_one_form(subject))
        return judge_in<Row, E, Form::minus_one>(row, subject, point, transcript, precision);
    return judge_in<Row, E, usual>(row, subject, point, transcript, precision);
  }

  static Verdict judge_by_reference(const Subject& subject, const Point& point,
                                    Transcript transcript) {
    const Refinement refinement = default_refinement(subject.format());
    Precision precision = refinement.start;
    Verdict verdict = judge_with<Enclosure>(subject, point, transcript, precision);
    while (is_open(verdict) && precision < refinement.cap) {
      precision = std::min(Precision{2 * precision.bits}, refinement.cap);
      verdict = judge_with<Enclosure>(subject, point, transcript, precision);
    }
    // Ends that are equal, as those of exact powers are, are not told apart by any precision.
    if (is_open(verdict))
      verdict = judge_with<TracedEnclosure>(subject, point, transcript, precision);
    // Others differ by as little as the product of the least numbers: (2^x)^y and 2^(xy), which is
    // next to 1. Seldom met, and slow.
    const Precision farthest = farthest_precision(subject.format());
    while (is_open(verdict) && precision < farthest) {
      precision = std::min(Precision{2 * precision.bits}, farthest);
      verdict = judge_with<Enclosure>(subject, point, transcript, precision);
    }
    return verdict;
  }

  static Verdict judge_by_sets(const Subject& subject, const Point& point, Transcript transcript) {
    return judge_with<FastEnclosure>(subject, point, transcript, Precision{});
  }

  static Verdict judge(const Subject& subject, const Point& point, Transcript transcript) {
    const Verdict fast = judge_by_sets(subject, point, transcript);
    // A refutation must be the reference's own.
    if (std::holds_alternative<Consistent>(fast)) return fast;
    if (!is_open(fast) && !std::holds_alternative<Refuted>(fast)) return fast;
    return judge_by_reference(subject, point, transcript);
  }

  template <Form form>
  static std::optional<Ulp> machine_in(const Subject& subject, const Point& point,
                                       Transcript transcript) {
    const LawArguments a = arguments_of(row.shape, subject, point);
    const Argument x = exact_argument(a.first);
    const Argument y = exact_argument(a.second);
    MachineAlgebra<form> k(subject, a.base, transcript);
    const auto left = row.left(k, x, y);
    const auto right = row.right(k, x, y);
    if (!left.value || !right.value) return std::nullopt;
    const Float apart = napier::subtract(*left.value, *right.value).value;
    if (!is_finite(apart)) return Ulp{infinite};
    const std::int64_t ulp = ulp_of_truth<form>(subject, a);
    return Ulp{to_double(magnitude(exact_value(apart)).scaled(-ulp))};
  }

  /// Of what is far beyond all numbers the filter may know nothing, not even how large it is.
  template <Form form>
  static std::int64_t ulp_of_truth(const Subject& subject, const LawArguments& a) {
    const Argument x = exact_argument(a.first);
    const Argument y = exact_argument(a.second);
    ExactAlgebra<FastEnclosure, form> filter(subject, a.base, Precision{});
    const auto filtered = row.right(filter, x, y);
    if (filtered.lo.is_known() && filtered.hi.is_known()) return ulp_of(filtered, subject.format());
    ExactAlgebra<Enclosure, form> truth(subject, a.base,
                                        default_refinement(subject.format()).start);
    return ulp_of(row.right(truth, x, y), subject.format());
  }

  // Only where every call's result is a normal number: a subnormal or saturated one has lost its
  // digits already, and the figure would say nothing but that.
  static std::optional<Ulp> machine(const Subject& subject, const Point& point,
                                    Transcript transcript) {
    for (const Answer& answer : transcript.answers)
      if (answer.ending != Ending::returned || classify(answer.value) != FloatClass::normal)
        return std::nullopt;
    if constexpr (of_powers)
      if (minus_one_form(subject)) return machine_in<Form::minus_one>(subject, point, transcript);
    return machine_in<usual>(subject, point, transcript);
  }

  template <Form form>
  static bool holds_in(const Subject& subject, const Point& point, Precision precision) {
    const LawArguments a = arguments_of(row.shape, subject, point);
    ExactAlgebra<Enclosure, form> k(subject, a.base, precision);
    const auto left = row.left(k, exact_argument(a.first), exact_argument(a.second));
    const auto right = row.right(k, exact_argument(a.first), exact_argument(a.second));
    return meeting(left, right) != Meeting::disjoint;
  }

  static bool holds(const Subject& subject, const Point& point, Precision precision) {
    if constexpr (of_powers)
      if (minus_one_form(subject)) return holds_in<Form::minus_one>(subject, point, precision);
    return holds_in<usual>(subject, point, precision);
  }

  template <Form form>
  static LawSides sides_in(const Subject& subject, const Point& point, Transcript transcript) {
    const LawArguments a = arguments_of(row.shape, subject, point);
    ClaimAlgebra<Enclosure, form> k(subject, a.base, transcript,
                                    default_refinement(subject.format()).start);
    const typename ClaimAlgebra<Enclosure, form>::Quantity left =
        row.left(k, exact_argument(a.first), exact_argument(a.second));
    const typename ClaimAlgebra<Enclosure, form>::Quantity right =
        row.right(k, exact_argument(a.first), exact_argument(a.second));
    ExactAlgebra<Enclosure, form> truth(subject, a.base,
                                        default_refinement(subject.format()).start);
    const auto t = row.right(truth, exact_argument(a.first), exact_argument(a.second));
    const std::int64_t ulp = ulp_of(t, subject.format());
    const auto side = [&](const auto& set) -> std::array<double, 2> {
      if (set.empty) return {NAN, NAN};
      return {set.has_lo ? lower(scaled(set.lo - t.lo, -ulp)) : -HUGE_VAL,
              set.has_hi ? upper(scaled(set.hi - t.lo, -ulp)) : HUGE_VAL};
    };
    return {row.statement, to_hex(middle(t.lo, subject.format())), form == Form::minus_one,
            side(left), side(right)};
  }

  static LawSides sides(const Subject& subject, const Point& point, Transcript transcript) {
    if constexpr (of_powers)
      if (minus_one_form(subject)) return sides_in<Form::minus_one>(subject, point, transcript);
    return sides_in<usual>(subject, point, transcript);
  }

  static std::string explain(const Subject& subject, const Point& point, Transcript transcript) {
    return in_words(sides(subject, point, transcript));
  }

  static void plan_block(LawBlock& block) {
    BlockPlanAlgebra k{BlockCalls(block)};
    row.left(k, block_first, block_second);
    row.right(k, block_first, block_second);
  }

  template <Form form>
  static void read_block_in(const LawBlock& block, MeetingBlock& met, Lanes& apart) {
    {
      BlockClaimAlgebra<form> k(block);
      const auto left = row.left(k, block_first, block_second);
      const auto right = row.right(k, block_first, block_second);
      k.meet(left, right, met);
    }
    BlockMachineAlgebra<form> k(block);
    const auto left = row.left(k, block_first, block_second);
    const auto right = row.right(k, block_first, block_second);
    k.apart(left, right, apart);
  }

  static void read_block(const LawBlock& block, MeetingBlock& met, Lanes& apart) {
    if constexpr (of_powers && LawBlock::serves_less_one(row.shape))
      if (minus_one_form(block.subject())) return read_block_in<Form::minus_one>(block, met, apart);
    read_block_in<Form::plain>(block, met, apart);
  }

  static BlockLaw block() {
    if constexpr (of_powers || (direct && is_along_exponent(row.derivatives)))
      return {row.shape, plan_block, read_block};
    else
      return {};
  }

  static LawReadings readings() {
    constexpr bool is_anchor = of_powers && row.number.empty();
    return {row.number,         row.name,        row.statement, row.shape, direct,  of_logarithms,
            row.bases,          row.derivatives, is_anchor,     plan,      judge,   judge_by_sets,
            judge_by_reference, machine,         holds,         sides,     explain, block()};
  }
};

template <auto& table, std::size_t... index>
void append(std::vector<LawReadings>& all, std::index_sequence<index...>) {
  (all.push_back(Readings<table, index>::readings()), ...);
}

template <auto& table>
void append_table(std::vector<LawReadings>& all) {
  using Table = std::remove_cvref_t<decltype(table)>;
  append<table>(all, std::make_index_sequence<std::tuple_size_v<Table>>());
}

}  // namespace

std::span<const LawReadings> law_readings() {
  static const std::vector<LawReadings> all = [] {
    std::vector<LawReadings> rows;
    append_table<law_table>(rows);
    append_table<derivative_law_table>(rows);
    append_table<log_law_table>(rows);
    return rows;
  }();
  return all;
}

namespace {
/// As which derivative laws speak of it.
Derivatives spoken_of(const Function& slope) {
  if (slope.variable == Variable::base) return Derivatives::along_base;
  if (slope.variable == Variable::both) return Derivatives::mixed;
  return slope.order == 1 ? Derivatives::first_along_exponent : Derivatives::higher_along_exponent;
}
}  // namespace

std::string inapplicable(const LawReadings& law, const Subject& subject) {
  const Function& f = *subject.target->function;
  if (f.kind == Kind::logarithm) return law.of_logarithms ? "" : "a logarithm is no power";
  if (is_composed(f)) return "a composition is no power";
  if (law.of_logarithms) return "no logarithm";
  const std::string_view of_base = law.bases == Bases::all_but_e && f.base == Base::e
                                       ? "for a = e this is own_slope"
                                   : law.bases == Bases::e && f.base != Base::e ? "only for a = e"
                                                                                : "";
  if (f.kind == Kind::slope) {
    if (!law.direct) return "a derivative: only its slope is asked";
    if (law.derivatives != spoken_of(f)) return "a derivative of another kind";
    if (of_base.empty() && subject.target->primal == nullptr)
      return std::string(no_value_beside_it);
  } else if (law.direct) {
    return "no derivative routine";
  }
  return std::string(of_base);
}

LawArguments law_arguments(const LawReadings& law, const Subject& subject, const Point& point) {
  return arguments_of(law.shape, subject, point);
}

std::optional<LawSides> sides_of_law(std::string_view name, const Subject& subject,
                                     const Point& point, Transcript transcript) {
  for (const LawReadings& law : law_readings())
    if (law.name == name && inapplicable(law, subject).empty())
      return law.sides(subject, point, transcript);
  return std::nullopt;
}

}  // namespace napier
