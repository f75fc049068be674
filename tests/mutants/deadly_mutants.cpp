// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// Calls that never return. So that the tests live on, their caller tells what the guardian of a
// process of its own would tell; that it does is tested where it is.
#include <csignal>
#include <memory>
#include <vector>

#include "tests/mutants/honest.hpp"

namespace napier::mutants {
namespace {

using IsDeadly = bool (*)(const Call&);

class DeadlyCaller final : public Caller {
 public:
  DeadlyCaller(ScalarFunction code, IsDeadly is_deadly, Ending ending, int detail)
      : living_(direct_caller(code)), is_deadly_(is_deadly), ending_(ending), detail_(detail) {}

  void call(Rounding rounding, Observe observe, std::span<const Call> calls,
            std::span<Answer> answers) override {
    for (std::size_t i = 0; i < calls.size(); ++i) {
      if (is_deadly_(calls[i])) {
        answers[i] = {};
        answers[i].ending = ending_;
        answers[i].detail = detail_;
      } else {
        living_->call(rounding, observe, calls.subspan(i, 1), answers.subspan(i, 1));
      }
    }
  }

 private:
  std::unique_ptr<Caller> living_;
  IsDeadly is_deadly_;
  Ending ending_;
  int detail_;
};

/// Denormal operands trap.
bool has_subnormal(const Call& call) {
  return classify(call.x) == FloatClass::subnormal ||
         (call.y.format != nullptr && classify(call.y) == FloatClass::subnormal);
}
/// A reduction that ends where x < limit never ends.
bool has_nan(const Call& call) {
  return is_nan(call.x) || (call.y.format != nullptr && is_nan(call.y));
}
/// "Argument too large", and out.
bool is_large(const Call& call) {
  return is_finite(call.x) && std::abs(to_native<double>(call.x)) > 1e9;
}

}  // namespace

void add_deadly_mutants(std::vector<Mutant>& all) {
  const auto add = [&all](std::string_view name, std::string_view sin, const Function& function,
                          ScalarFunction code, IsDeadly is_deadly, Ending ending, int detail) {
    Mutant row = mutant<double>(name, sin, function, code);
    row.seen_only_by = "returns";
    row.target.open = [=] {
      return std::make_unique<DeadlyCaller>(code, is_deadly, ending, detail);
    };
    all.push_back(std::move(row));
  };
  add("traps_on_subnormals", "killed by a signal for subnormal arguments", functions::pow,
      Binary<double>(honest_pow<double>), has_subnormal, Ending::crashed, SIGFPE);
  add("loops_on_nan", "never returns for NaN", functions::expm1,
      Unary<double>(honest_expm1<double>), has_nan, Ending::hung, 0);
  add("exits_far_out", "ends the process for |x| > 10^9", functions::exp10,
      Unary<double>(honest_exp10<double>), is_large, Ending::exited, 1);
}

}  // namespace napier::mutants
