// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// What each property is worth: the share of its cases that refutes each mutant.
#include <gtest/gtest.h>

#include <algorithm>
#include <iostream>
#include <map>

#include "reports/kill_matrix.hpp"
#include "tests/kill/trial.hpp"
#include "tests/mutants/mutants.hpp"

namespace napier {
namespace {

constexpr std::string_view laws[] = {"product", "reciprocal", "quotient",
                                     "tower",   "slope",      "own_slope"};
constexpr std::string_view others[] = {
    "zeroth_power", "first_power",    "integer_power", "log_of_power", "log_slope",
    "accuracy",     "special_values", "monotone",      "overflow",     "flags",
    "errno",        "deterministic",  "threads",       "environment",  "returns"};

bool is_law(std::string_view property) {
  return std::ranges::find(laws, property) != std::end(laws);
}

/// What a property cannot see, for a reason: a refutation there is a bug of ours.
bool cannot_see(std::string_view property, const mutants::Mutant& mutant) {
  const bool slope = property == "slope" || property == "own_slope";
  const bool unruly = mutant.name == "turns_rounding" || mutant.name == "clears_errno" ||
                      mutant.name == "flushes_to_zero" || mutant.name == "depends_on_the_past";
  if (property == "returns") return true;
  if (!mutant.seen_only_by.empty()) return property != mutant.seen_only_by;
  if (property == "deterministic" || property == "environment" || property == "threads")
    return !unruly;
  if (property == "special_values") return mutant.keeps_special_values;
  // Every b^x obeys the first four laws. (A pow's tower asks for a^x in between, and of its huge
  // exponents only −x is exact.)
  if (mutant.name == "wrong_base_pow") return property == "reciprocal";
  if (mutant.name.starts_with("wrong_base")) return is_law(property) && !slope;
  // The right slope from the wrong origin.
  if (mutant.name == "shifted_log") return property == "log_slope";
  // A constant factor stands on both sides of a chord.
  if (mutant.name == "scaled" || mutant.name == "scaled_exp2" || mutant.name == "scaled_pow")
    return slope;
  return false;
}

std::uint64_t budget_of(std::string_view property) {
  if (is_law(property)) return kill::count(2000, 50'000);
  if (property == "special_values") return kill::count(5000, 20'000);
  if (property == "flags" || property == "errno") return kill::count(8000, 100'000);
  return property == "accuracy" ? kill::count(6000, 100'000) : kill::count(3000, 20'000);
}

class Matrix {
 public:
  Matrix() {
    matrix_.subject = "exp, expm1, exp2, exp10, pow and slopes";
    for (const auto name : laws) matrix_.properties.emplace_back(name);
    for (const auto name : others) matrix_.properties.emplace_back(name);
    for (const mutants::Mutant& mutant : mutants::all()) {
      matrix_.mutants.push_back({mutant.name, mutant.sin});
      auto& row = matrix_.cells.emplace_back();
      for (const std::string& name : matrix_.properties) row.push_back(cell(name, mutant));
    }
  }

  const KillMatrix& values() const { return matrix_; }

  double share(std::string_view mutant, std::string_view property) const {
    for (std::size_t i = 0; i < matrix_.mutants.size(); ++i)
      for (std::size_t j = 0; j < matrix_.properties.size(); ++j)
        if (matrix_.mutants[i].name == mutant && matrix_.properties[j] == property)
          return matrix_.cells[i][j].share.value_or(0);
    ADD_FAILURE() << "no cell " << mutant << ", " << property;
    return 0;
  }

 private:
  static KillMatrix::Cell cell(std::string_view name, const mutants::Mutant& mutant) {
    const Property* property = kill::property_for(name, mutant.target);
    if (property == nullptr) return {};
    if (!property->judges(Subject(mutant.target, Rounding::nearest))) return {};
    const kill::Trial trial(*property, mutant.target);
    const Tally tally = trial.judge(budget_of(name));
    EXPECT_GT(tally.cases, 0u) << name << " of " << mutant.name;
    EXPECT_EQ(tally.undecided_cap, 0u) << name << " of " << mutant.name;
    const bool must_be_zero = cannot_see(name, mutant);
    EXPECT_FALSE(must_be_zero && tally.refuted != 0)
        << name << " cannot see " << mutant.name << ", but " << trial.why(tally);
    EXPECT_NO_THROW(trial.why(tally)) << "nobody to blame: " << name << " of " << mutant.name;
    return {double(tally.refuted) / double(tally.cases), must_be_zero};
  }

  KillMatrix matrix_;
};

// One test, for its parts look at one matrix that takes a while to compute.
TEST(KillMatrix, EveryMutantDiesEveryLawKillsThreeAndNobodySeesWhatIsHidden) {
  const Matrix matrix;
  std::cout << render_terminal(matrix.values(), 200) << '\n'
            << render_markdown(matrix.values()) << '\n';

  std::map<std::string_view, int> killed;  // by each property, special values right
  const auto& values = matrix.values();
  for (std::size_t i = 0; i < values.mutants.size(); ++i) {
    bool dead = false;
    for (std::size_t j = 0; j < values.properties.size(); ++j)
      if (values.cells[i][j].share.value_or(0) > 0) {
        dead = true;
        killed[values.properties[j]] += mutants::all()[i].keeps_special_values ? 1 : 0;
      }
    EXPECT_TRUE(dead) << values.mutants[i].name << " survives: " << values.mutants[i].sin;
  }
  EXPECT_GE(values.mutants.size(), 40u);
  for (const auto law : laws) EXPECT_GE(killed[law], 3) << law << " alone";

  // Faults that stand on one side of a law are seen nearly everywhere.
  for (const char* mutant : {"wrong_base", "wrong_base_expm1"})
    EXPECT_GT(matrix.share(mutant, "own_slope"), 0.9) << mutant;
  for (const char* mutant : {"wrong_base_exp2", "wrong_base_pow"})
    EXPECT_GT(matrix.share(mutant, "slope"), 0.7) << mutant;
  for (const char* law : {"product", "reciprocal", "quotient", "tower"})
    EXPECT_GT(matrix.share("scaled", law), 0.75) << law;  // but for subnormal results
  EXPECT_GT(matrix.share("wrong_base_log", "log_slope"), 0.3);
  EXPECT_GT(matrix.share("shifted_log", "log_of_power"), 0.5);
  for (const char* law : {"log_of_power", "log_slope"})
    EXPECT_GT(matrix.share("cancelling_log", law), 0) << law;
  EXPECT_GT(matrix.share("loses_nan", "special_values"), 0);
  EXPECT_GT(matrix.share("lost_parity", "special_values"), 0);  // at −0 and −inf
}

}  // namespace
}  // namespace napier
