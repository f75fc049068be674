// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include <fmt/format.h>

#include "lib/fp/hexfloat.hpp"
#include "lib/util/overloaded.hpp"
#include "oracles/special_cases.hpp"
#include "props/call_domain.hpp"
#include "props/property.hpp"

namespace napier {
namespace {

/// What C23 Annex F asks for at a call: a value bit for bit, any NaN, or nothing.
struct Demand {
  bool any_nan = false;
  std::optional<Float> value;
  bool anything() const { return !any_nan && !value; }
};

Demand demand(const Function& function, const Call& call) {
  const Format& f = *call.x.format;
  // Of derivatives Annex F says nothing, and conventions differ.
  if (function.kind == Kind::slope) return {};
  return std::visit(overloaded{
                        [](const NoValue&) {
                          return Demand{true, std::nullopt};
                        },
                        [&](const InfiniteValue& v) {
                          return Demand{false, infinity(f, v.negative)};
                        },
                        [&](const ZeroValue& v) {
                          return Demand{false, zero(f, v.negative)};
                        },
                        [&](const UnitValue& v) {
                          return Demand{false, from_integer(f, v.negative ? -1 : 1)};
                        },
                        [](const RealValue&) { return Demand{}; },
                    },
                    special_case(function, call));
}

bool meets(const Demand& wanted, Float y) {
  if (wanted.anything()) return true;
  return wanted.any_nan ? is_nan(y) : *wanted.value == y;  // bits: +0 and -0 differ
}

class SpecialValues final : public Property {
 public:
  std::string_view name() const override { return "special_values"; }
  std::string_view statement() const override { return "the values and zero signs of C23 Annex F"; }
  std::string inapplicable(const Subject& subject) const override {
    return subject.target->function->kind == Kind::slope ? "Annex F knows no derivatives" : "";
  }
  bool judges(const Subject& subject) const override { return subject.claim->special_values; }

  Domain domain(const Subject& subject) const override {
    Domain domain;
    domain.strata.push_back(std::move(call_domain(subject).strata.front()));  // the special ones
    return domain;
  }
  bool asks(const Subject& subject, const Point& point) const override {
    return covers(subject.claim->domain, point.args[0], point.count > 1 ? point.args[1] : Float{});
  }
  std::size_t most_calls() const override { return 1; }

  void plan(const Subject& subject, const Point& point, Transcript known,
            std::vector<Request>& wanted) const override {
    if (!known.requests.empty()) return;
    const bool binary = subject.target->function->arity == 2;
    wanted.push_back({Role::target, {point.args[0], binary ? point.args[1] : Float{}}});
  }

  Verdict judge(const Subject& subject, const Point&, Transcript transcript,
                Tally&) const override {
    const Answer& answer = transcript.answers.front();
    if (answer.ending != Ending::returned) return Undecided{Cause::no_answer};
    const Demand wanted = demand(*subject.target->function, transcript.requests.front().call);
    return judges(subject) && !meets(wanted, answer.value) ? Verdict(Refuted{}) : Consistent{};
  }

  std::optional<std::size_t> blame(const Subject&, const Point&, Transcript) const override {
    return 0;
  }

  std::string explain(const Subject& subject, const Point&, Transcript transcript) const override {
    const Demand wanted = demand(*subject.target->function, transcript.requests.front().call);
    return fmt::format("C23 Annex F asks for {} here", wanted.any_nan ? "a NaN"
                                                       : wanted.value ? to_hex(*wanted.value)
                                                                      : "nothing");
  }
};

}  // namespace

std::unique_ptr<const Property> special_values_property() {
  return std::make_unique<SpecialValues>();
}

}  // namespace napier
