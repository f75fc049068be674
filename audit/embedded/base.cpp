// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "audit/embedded/base.hpp"

#include <fmt/format.h>

#include <stdexcept>
#include <vector>

#include "lib/fp/hexfloat.hpp"

namespace napier {
namespace {

class CallerAtABase final : public Caller {
 public:
  explicit CallerAtABase(std::unique_ptr<Caller> of_one) : of_one_(std::move(of_one)) {}

  void call(Rounding rounding, Observe observe, std::span<const Call> calls,
            std::span<Answer> answers) override {
    std::vector<Call> exponents;
    exponents.reserve(calls.size());
    for (const Call& call : calls) exponents.push_back({call.y, {}});
    of_one_->call(rounding, observe, exponents, answers);
  }

  std::optional<BlockEffects> call_block(Rounding rounding, const CallBlock& block) override {
    CallBlock exponents = block;
    exponents.x = block.y;
    exponents.y = {};
    return of_one_->call_block(rounding, exponents);
  }

 private:
  std::unique_ptr<Caller> of_one_;
};

}  // namespace

void check_base_fits(const Function& function, const Shape& shape) {
  if (&function != &functions::pow)
    throw std::invalid_argument(
        fmt::format("a base makes a power of a function, and {} has its own: leave the function "
                    "or the base out",
                    function.name));
  if (!shape.is_scalar())
    throw std::invalid_argument(
        "a base is for a function of one value at a time: leave `shape` out");
}

Float base_of(std::string_view text, const Format& format) {
  const auto refuse = [text](std::string_view why) -> void {
    throw std::invalid_argument(fmt::format("the base {} {}", text, why));
  };
  const Float base = parse_float(format, text);
  if (!is_finite(base)) refuse("is no number: write one, as 3 or 0x1.8p+0");
  if (is_zero(base) || is_negative(base))
    refuse("has no real power at every exponent: a base is above 0 and not 1, as 3 or 0.5");
  if (base == from_integer(format, 1))
    refuse("has no power but 1: a base is above 0 and not 1, as 3 or 0.5");
  // A claim's domain has ends that are doubles.
  if (!exactly(binary64, exact_value(base))) refuse("is no number of binary64: audit pow itself");
  return base;
}

void hold_at_base(Claim& claim, Float base) {
  const double value = to_double(exact_value(base));
  if (!contains(claim.domain.x, value))
    throw std::invalid_argument(
        fmt::format("the claim says nothing of the base {}: x is the base, the exponent is y, as "
                    "in 'ulp <= 1 on y in [-10, 10]'",
                    to_hex(base)));
  claim.domain.x = {value, value};
}

std::unique_ptr<Caller> caller_at_a_base(std::unique_ptr<Caller> of_one) {
  return std::make_unique<CallerAtABase>(std::move(of_one));
}

}  // namespace napier
