// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// What each property is worth: the share of its cases that refutes each mutant.
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
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
    "zeroth_power", "first_power", "integer_power", "higher_slope",   "power_rule",  "mixed_slope",
    "log_of_power", "log_slope",   "accuracy",      "special_values", "monotone",    "overflow",
    "flags",        "errno",       "deterministic", "threads",        "environment", "returns"};

bool is_law(std::string_view property) {
  return std::ranges::find(laws, property) != std::end(laws);
}

/// Which leave something behind, or remember.
constexpr std::string_view unruly_ones[] = {
    "turns_rounding", "clears_errno",   "flushes_to_zero", "depends_on_the_past",
    "shortens_x87",   "keeps_the_last", "forgets_mode"};

/// What a property cannot see, for a reason: a refutation there is a bug of ours.
bool cannot_see(std::string_view property, const mutants::Mutant& mutant) {
  const bool slope = property == "slope" || property == "own_slope";
  const bool unruly = std::ranges::find(unruly_ones, mutant.name) != std::end(unruly_ones);
  if (!mutant.seen_only_by.empty()) return property != mutant.seen_only_by;
  if (property == "returns") return true;
  if (property == "deterministic" || property == "environment" || property == "threads")
    return !unruly;
  if (property == "special_values") return mutant.keeps_special_values;
  // Every b^x obeys the first four laws. (A pow's tower asks for a^x in between, and of its huge
  // exponents only −x is exact.)
  if (mutant.name == "wrong_base_pow") return property == "reciprocal";
  if (mutant.name.starts_with("wrong_base")) return is_law(property) && !slope;
  // The right slope from the wrong origin.
  if (mutant.name == "shifted_log") return property == "log_slope";
  // (e^x - 1) + 1 is e^x to whoever knows no more than the value, and an infinite 2^x, of which
  // that is true, stands for all beyond.
  if (mutant.name == "slope_from_the_value") return property == "own_slope";
  if (mutant.name == "slope_overflows_early") return property == "slope";
  // A constant factor stands on both sides of a chord.
  if (mutant.name == "scaled" || mutant.name == "scaled_exp2" || mutant.name == "scaled_pow")
    return slope;
  return false;
}

std::uint64_t budget_of(std::string_view property) {
  if (is_law(property)) return kill::count(2000, 50'000);
  if (property == "special_values") return kill::count(5000, 20'000);
  if (property == "flags" || property == "errno") return kill::count(8000, 100'000);
  return property == "accuracy" ? kill::count(6000, 100'000) : kill::count(4000, 20'000);
}

/// What is rarer than a sample of that size shows is looked for as long as effort quick does, a
/// hundredth of standard, which judges the same cases first.
std::uint64_t patience(std::string_view property, const mutants::Mutant& mutant) {
  if (property != "accuracy" && property != "monotone") return 0;
  return mutant.target.function->arity == 2 ? 300'000 : 1'000'000;
}

class Matrix {
 public:
  Matrix() {
    matrix_.subject = "every function and of slopes";
    for (const auto name : laws) matrix_.properties.emplace_back(name);
    for (const auto name : others) matrix_.properties.emplace_back(name);
    for (const mutants::Mutant& mutant : mutants::all()) {
      matrix_.mutants.push_back({mutant.name, mutant.sin});
      auto& row = matrix_.cells.emplace_back();
      for (const std::string& name : matrix_.properties)
        row.push_back(cell(name, mutant, budget_of(name)));
      if (!dead(row)) look_longer(mutant, row);
    }
  }

  static bool dead(const std::vector<KillMatrix::Cell>& row) {
    return std::ranges::any_of(row, [](const auto& cell) { return cell.share.value_or(0) > 0; });
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
  void look_longer(const mutants::Mutant& mutant, std::vector<KillMatrix::Cell>& row) const {
    for (std::size_t j = 0; j < row.size(); ++j)
      if (const std::uint64_t budget = patience(matrix_.properties[j], mutant); budget != 0)
        row[j] = cell(matrix_.properties[j], mutant, budget);
  }

  static KillMatrix::Cell cell(std::string_view name, const mutants::Mutant& mutant,
                               std::uint64_t budget) {
    const Property* property = kill::property_for(name, mutant.target);
    if (property == nullptr) return {};
    Tally tally;
    bool judged = false;
    for (const Rounding rounding : all_roundings) {
      if (rounding != Rounding::nearest && !mutant.all_modes) continue;
      if (!property->judges(Subject(mutant.target, rounding))) continue;
      judged = true;
      const Tally found = judge(*property, mutant, rounding, budget);
      tally.cases += found.cases;
      tally.refuted += found.refuted;
    }
    if (!judged) return {};
    return {double(tally.refuted) / double(tally.cases), cannot_see(name, mutant)};
  }

  static Tally judge(const Property& property, const mutants::Mutant& mutant, Rounding rounding,
                     std::uint64_t budget) {
    const kill::Trial trial(property, mutant.target, rounding);
    const Tally tally = trial.judge(budget);
    EXPECT_GT(tally.cases, 0u) << property.name << " of " << mutant.name;
    EXPECT_EQ(tally.undecided_cap, 0u) << property.name << " of " << mutant.name;
    EXPECT_FALSE(cannot_see(property.name, mutant) && tally.refuted != 0)
        << property.name << " cannot see " << mutant.name << ", but " << trial.why(tally);
    EXPECT_NO_THROW(trial.why(tally))
        << "nobody to blame: " << property.name << " of " << mutant.name;
    return tally;
  }

  KillMatrix matrix_;
};

// One test, for its parts look at one matrix that takes a while to compute.
TEST(KillMatrix, EveryMutantDiesEveryLawKillsThreeAndNobodySeesWhatIsHidden) {
  const Matrix matrix;
  std::cout << render_terminal(matrix.values(), 200) << '\n'
            << render_markdown(matrix.values()) << '\n';
  std::ofstream("kill_matrix.html") << render_html(matrix.values());  // for people to look at

  std::map<std::string_view, int> killed;  // by each property, special values right
  const auto& values = matrix.values();
  for (std::size_t i = 0; i < values.mutants.size(); ++i) {
    for (std::size_t j = 0; j < values.properties.size(); ++j)
      if (values.cells[i][j].share.value_or(0) > 0)
        killed[values.properties[j]] += mutants::all()[i].keeps_special_values ? 1 : 0;
    EXPECT_TRUE(Matrix::dead(values.cells[i]))
        << values.mutants[i].name << " survives: " << values.mutants[i].sin;
  }
  EXPECT_GE(values.mutants.size(), 150u);
  for (const Function* function : all_functions())
    EXPECT_TRUE(std::ranges::any_of(
        mutants::all(),
        [&](const mutants::Mutant& mutant) { return mutant.target.function == function; }))
        << function->name << " has no mutant";
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
  // A derivative against its value: a wrong factor shows nearly everywhere.
  for (const char* mutant : {"missing_ln", "ln_of_another_base", "swapped_to_x"})
    EXPECT_GT(matrix.share(mutant, "slope"), 0.7) << mutant;
  for (const char* mutant : {"taylor_coefficient", "order_off_by_one", "third_difference_cancels"})
    EXPECT_GT(matrix.share(mutant, "higher_slope"), 0.7) << mutant;
  for (const char* mutant : {"swapped_to_y", "forgotten_chain_factor", "falling_short"})
    EXPECT_GT(matrix.share(mutant, "power_rule"), 0.7) << mutant;
  EXPECT_GT(matrix.share("half_of_the_product_rule", "mixed_slope"), 0.7);
  EXPECT_GT(matrix.share("loses_nan", "special_values"), 0);
  EXPECT_GT(matrix.share("lost_parity", "special_values"), 0);  // at −0 and −inf
}

}  // namespace
}  // namespace napier
