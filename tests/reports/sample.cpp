// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "tests/reports/sample.hpp"

#include <array>
#include <limits>

#include "lib/fp/hexfloat.hpp"

namespace napier {
namespace {

struct LawFigures {
  std::uint64_t refuted = 0;
  std::uint64_t undecided = 0;
  std::uint64_t vacuous = 0;
  double resolution = 1.75;
  double share = 0.625;
  double user = 2.875;
};

struct LawHead {
  const char* number;
  const char* name;
  const char* statement;
};
constexpr std::array heads{
    LawHead{"1.1", "product", "a^x a^y = a^(x+y)"},
    LawHead{"1.2", "reciprocal", "1/a^x = a^(-x)"},
    LawHead{"1.3", "quotient", "a^y / a^x = a^(y-x)"},
    LawHead{"1.4", "tower", "(a^x)^y = a^(xy)"},
    LawHead{"1.5", "slope", "(a^x)' = a^x ln a"},
    LawHead{"1.6", "own_slope", "(e^x)' = e^x"},
};

std::vector<LawRow> laws(const Format& format, bool judged,
                         const std::array<LawFigures, 6>& figures) {
  std::vector<LawRow> rows;
  for (std::size_t i = 0; i < heads.size(); ++i) {
    LawRow row;
    row.number = heads[i].number;
    row.name = heads[i].name;
    row.statement = heads[i].statement;
    row.judged = judged;
    row.cases = 10'000;
    row.user_ulps = {figures[i].user};
    row.user_at = {datum(format, "0x1.62e42p+2"), datum(format, "-0x1.8p-3")};
    if (judged) {
      row.refuted = figures[i].refuted;
      row.undecided = figures[i].undecided;
      row.vacuous = figures[i].vacuous;
      row.median_resolution = figures[i].resolution;
      row.largest_share = figures[i].share;
    }
    rows.push_back(row);
  }
  return rows;
}

void not_applicable(LawRow& row, std::string why) {
  row = {row.number, row.name, row.statement, row.rounding, std::move(why)};
}

Measurement accuracy(const Format& format, Strength strength, std::uint64_t cases, UlpRange max) {
  Measurement m;
  m.property = "accuracy";
  m.domain = "tiny 1,250, core 5,000, near overflow 1,250, gradual underflow 1,250, edges 1,250";
  m.strength = strength;
  m.cases = cases;
  m.misrounded = cases / 13;
  m.max_ulp = max;
  m.at = {datum(format, "0x1.8p+1")};
  m.judged = true;
  m.breakdown.errors = {{{0.5}, cases - m.misrounded - 7},
                        {{1}, m.misrounded},
                        {{2}, 5},
                        {{3}, 0},
                        {{10}, 2},
                        {{100}, 0},
                        {infinite_ulp, 0}};
  for (int k = 5; k >= 3; --k)
    m.breakdown.binades.push_back({negated(power_of_two(format, k)),
                                   negated(power_of_two(format, k + 1)),
                                   {{0.5}, {0.5}},
                                   {negated(power_of_two(format, k))}});
  for (int k = -12; k <= 1; ++k)
    m.breakdown.binades.push_back({power_of_two(format, k),
                                   power_of_two(format, k + 1),
                                   {{0.25}, {0.25}},
                                   {power_of_two(format, k)}});
  m.breakdown.binades.back().max_ulp = max;
  m.breakdown.binades.back().at = m.at;
  return m;
}

Measurement plain(std::string property, std::uint64_t cases, bool judged) {
  Measurement m;
  m.property = std::move(property);
  m.domain = "special 120, edges 880";
  m.cases = cases;
  m.judged = judged;
  return m;
}

Claim within(const char* ulps, const Format& format, Metric metric = Metric::exact) {
  Claim claim;
  claim.max_ulp = parse_limit(ulps, format, metric);
  return claim;
}

Finding accuracy_finding() {
  Finding f;
  f.property = "accuracy";
  f.count = 12;
  f.claimed = "<= 1 ulp";
  f.smallest = {{datum(binary64, "0x1p+0")},
                datum(binary64, "0x1.5bf0a8b14576cp+1"),
                datum(binary64, "0x1.5bf0a8b145769p+1"),
                {{2.7548828125}, {2.75488281251}}};
  f.worst = {{datum(binary64, "0x1.8p+1")},
             datum(binary64, "0x1.415e5bf6fb109p+4"),
             datum(binary64, "0x1.415e5bf6fb106p+4"),
             {{3.2000000000001}, {3.2000000000002}}};
  f.explanation =
      "my_exp(0x1.8p+1) is e^3. The claim allows [0x1.415e5bf6fb105p+4, 0x1.415e5bf6fb107p+4]; the "
      "result lies 3.2 ulp from the true value, which the reference encloses at 117 bits.";
  f.replay =
      "napier replay so:./libbad.so#my_exp --function exp --format binary64 --max-ulp 1 --property "
      "accuracy --rounding nearest --at 0x1p+0";
  return f;
}

Finding product_finding() {
  Finding f;
  f.property = "product";
  f.law = "1.1";
  f.count = 431;
  f.claimed = "<= 1 ulp";
  f.smallest = {{datum(binary64, "0x1p+0"), datum(binary64, "0x1p+1")},
                datum(binary64, "0x1.415e5bf6fb109p+4"),
                datum(binary64, "0x1.415e5bf6fb106p+4"),
                {{3.2000000000001}, {3.2000000000002}}};
  f.smallest.call = "my_exp(0x1.8p+1)";
  f.worst = f.smallest;
  f.explanation =
      "E(x)·E(y) lies in [0x1.415e5bf6fb101p+4, 0x1.415e5bf6fb10bp+4], E(x+y) does not.\n"
      "To blame is the call my_exp(0x1.8p+1).";
  f.replay = "napier replay report.json#2";
  return f;
}

/// Four parts, of which one was asked nothing and one errs without bound.
Profile signed_errors() {
  constexpr double infinite = std::numeric_limits<double>::infinity();
  Profile profile;
  profile.all = {600, -infinite, 3.25, 0.25, 0.5};
  for (const int x : {-2, -1, 0, 1, 2}) profile.ends.push_back(from_integer(binary64, x));
  profile.parts = {{200, -infinite, 0.5, 0, 0.25},
                   {200, -0.25, 0.5, 0.125, 0.25},
                   {},
                   {200, -0.5, 3.25, 0.5, 1}};
  profile.phases = {{300, -0.5, 0.5, 0, 0.25}, {300, -0.5, 3.25, 0.5, 1}};
  return profile;
}

/// One that is right, one that is wrong, one that nobody judges and one without an answer.
SpecialGrid special_values() {
  using enum SpecialGrid::State;
  const Float one = from_integer(binary64, 1);
  return {{infinity(binary64, true), zero(binary64), one, from_integer(binary64, 2)},
          {},
          {zero(binary64), zero(binary64), std::nullopt, one},
          {kept, broken, unjudged, unjudged}};
}

/// Three columns and two rows; one cell is empty, and one breaks the claim.
HeatMap shares_of_products() {
  HeatMap map{"product", Rounding::nearest, {}, {}, {0.25, 0.5, std::nullopt, 1.5, 0.75, 0.125},
              512};
  for (const int x : {-2, 0, 1, 3}) map.x_ends.push_back(from_integer(binary64, x));
  for (const int y : {-8, 0, 8}) map.y_ends.push_back(from_integer(binary64, y));
  return map;
}

/// A V of four steps, of which the shortest may vanish.
StepSizes step_errors() {
  constexpr double infinite = std::numeric_limits<double>::infinity();
  return {-1,
          1,
          -17,
          -18,
          {{-1, 5e5, 5e5, 1e6, 1e6},
           {-17, 60, 50, 110, 30.5},
           {-18, 15, 85, 100, 30},
           {-33, 0.25, 99999.75, 1e5, 1e3},
           {-45, 0, 0, infinite, 1e9}}};
}

TargetResult bad_library() {
  TargetResult t;
  t.name = "so:./libbad.so#my_exp";
  t.function = "exp";
  t.format = "binary64";
  t.claim = within("1", binary64);
  t.verdict = TargetVerdict::refuted;
  t.notes = {"function and format are as given on the command line"};
  t.laws = laws(binary64, true,
                {{{431, 0, 0, 1.75, 1.0625, 514.25},
                  {0, 0, 12, 1.5, 0.9999, 1.5},
                  {17, 0, 0, 2.25, 1.03125, 3.75},
                  {0, 1, 2600, 2, 0.75, 96},
                  {0, 0, 0, 0.0000152587890625, 0.5, 2.125},
                  {0, 0, 0, 0.0000152587890625, 0.5, 2.125}}});
  t.measurements = {
      accuracy(binary64, Strength::sampled, 16'384, {{3.2000000000001}, {3.2000000000002}}),
      plain("special_values", 1'000, false), plain("deterministic", 10'000, true),
      plain("tower", 10'000, true)};
  t.measurements[0].refuted = 12;
  t.measurements[3].undecided_cap = 1;
  t.measurements[3].domain = "wide, small factor, core";
  t.findings = {accuracy_finding(), product_finding()};
  t.profile = signed_errors();
  t.unsaturated = {592, 74};
  t.relative = {5e-16, {datum(binary64, "0x1.8p+1")}, 500, 7.11e-16, 16'384, false};
  t.absolute = {7e-15, {datum(binary64, "0x1.8p+1")}, 592, 7.11e-15, 16'384, true};
  t.special = special_values();
  t.maps = {shares_of_products()};
  t.diagnoses = {{"one table entry", "12 of 12 calls are off where the fraction is 0.25"}};
  return t;
}

TargetResult machine_exp() {
  TargetResult t;
  t.name = "libm/exp:binary64";
  t.function = "exp";
  t.format = "binary64";
  t.claim = within("1", binary64, Metric::rounded);
  t.claim.special_values = true;
  t.claim.source = "glibc manual, Known Maximum Errors in Math Functions";
  t.verdict = TargetVerdict::stands;
  t.laws = laws(binary64, true, {});
  t.measurements = {accuracy(binary64, Strength::sampled, 1'000'000, {{0.511219}, {0.511220}}),
                    plain("special_values", 1'000, true)};
  return t;
}

TargetResult exhaustive_exp() {
  TargetResult t = machine_exp();
  t.name = "libm/exp:binary32";
  t.format = "binary32";
  t.claim = within("1", binary32, Metric::rounded);
  t.claim.source = "glibc manual, Known Maximum Errors in Math Functions";
  t.laws = laws(binary32, true, {});
  t.measurements = {
      accuracy(binary32, Strength::exhaustive, 4'294'967'296, {{0.50213801}, {0.50213802}})};
  t.measurements[0].domain = "all arguments";
  t.measurements[0].misrounded = 1'046'528;
  return t;
}

TargetResult measured_expm1() {
  TargetResult t;
  t.name = "so:./libfast.so#fast_expm1";
  t.function = "expm1";
  t.format = "binary64";
  t.verdict = TargetVerdict::measured;
  t.notes = {"loading it turned on FTZ and DAZ"};
  t.laws = laws(binary64, false, {});
  not_applicable(t.laws[3], "M + 1 can't be raised without another rounding");
  t.measurements = {accuracy(binary64, Strength::searched, 50'000, {infinite_ulp, infinite_ulp})};
  t.measurements[0].judged = false;
  t.measurements[0].at = {datum(binary64, "nan:0x8000000000000")};
  t.steps = step_errors();
  return t;
}

TargetResult undecided_pow() {
  TargetResult t;
  t.name = "shipped/naive_pow";
  t.function = "pow";
  t.format = "binary64";
  t.method = "exp(y ln x)";
  t.claim = within("0.53", binary64);
  t.claim.max_ulp_directed = parse_limit("1", binary64);
  t.claim.domain.x = {0, 1024};
  t.claim.domain.y = {-10.5, std::numeric_limits<double>::infinity()};
  t.claim.flushing = Flushing::may();
  t.verdict = TargetVerdict::inconclusive;
  t.laws = laws(binary64, true, {});
  t.laws[0].undecided = 3;
  t.laws[0].vacuous = 9'999;
  t.laws[0].median_resolution = infinite_ulp.value;
  t.laws[1].rounding = Rounding::up;
  not_applicable(t.laws[5], "it has no fixed base e");
  t.measurements = {accuracy(binary64, Strength::sampled, 300'000, {{0.5300004}, {0.5300005}})};
  t.measurements[0].undecided_cap = 3;
  t.measurements[0].undecided_no_answer = 1;
  t.measurements[0].at = {datum(binary64, "0x1.000002c5e2e99p+0"),
                          datum(binary64, "0x1.c9eee35374af6p+31")};
  t.measurements.push_back(t.measurements[0]);
  t.measurements[1].rounding = Rounding::down;
  t.measurements[1].undecided_no_answer = 0;
  return t;
}

TargetResult crashing_pow() {
  TargetResult t;
  t.name = "so:./libcrash.so#pow";
  t.function = "pow";
  t.format = "binary32";
  t.verdict = TargetVerdict::refuted;
  t.laws = laws(binary32, false, {});
  t.measurements = {plain("returns", 1'000, true)};
  t.measurements[0].refuted = 1;
  Finding hang;
  hang.property = "returns";
  hang.basis = Basis::everyone;
  hang.count = 1;
  hang.claimed = "every call returns";
  hang.smallest.inputs = {datum(binary32, "-0x0p+0"), datum(binary32, "inf")};
  hang.smallest.fault = "the call did not return in time";
  hang.worst = hang.smallest;
  hang.explanation = "The call was still running after its time limit.";
  Finding zero;
  zero.property = "special_values";
  zero.basis = Basis::expectation;
  zero.rounding = Rounding::up;
  zero.count = 2;
  zero.claimed = "the values of C23 Annex F";
  zero.smallest = {{datum(binary32, "-0x0p+0"), datum(binary32, "0x1p+1")},
                   datum(binary32, "-0x0p+0"),
                   datum(binary32, "0x0p+0"),
                   {}};
  zero.smallest.fault = "the sign of a zero is lost";
  zero.worst = zero.smallest;
  zero.replay = "napier replay report.json#4";
  zero.repeatable = false;
  t.findings = {hang, zero};
  return t;
}

TargetResult failed_target() {
  TargetResult t;
  t.name = "so:./libgone.so#exp";
  t.function = "exp";
  t.format = "binary64";
  t.claim = within("0.51", binary64);
  t.verdict = TargetVerdict::failed;
  t.failure = "./libgone.so: cannot open shared object file: No such file or directory";
  return t;
}

Provenance sample_provenance() {
  Provenance p;
  p.version = "0.1.0";
  p.commit = "0123456789ab";
  p.compiler = "GNU 12.2.0";
  p.flags = "-O2 -ffp-contract=off -fno-builtin";
  p.cpu_level = "x86-64-v3";
  p.simd = "avx2";
  p.libm = "glibc 2.36";
  p.seed = 18'446'744'073'709'551'615U;
  p.effort = "quick";
  p.budgets = {{"accuracy:binary64", 1'000'000},
               {"accuracy:binary32", 16'777'216},
               {"returns:binary64", 1'000'000},
               {"product", 10'000},
               {"tower", 10'000}};
  return p;
}

OracleAgreement sample_oracles() {
  return {{{"mpfi", "rigorous intervals, up to 8p + 64 bits"},
           {"cpp_bin_float", "168 bits, error at most 2^-140 of the value"}},
          24'000,
          0};
}

}  // namespace

Float datum(const Format& format, std::string_view text) { return parse_float(format, text); }

Report refuted_report() { return {sample_provenance(), sample_oracles(), {bad_library()}, {}}; }

Report sample_report() {
  Report report{sample_provenance(),
                sample_oracles(),
                {bad_library(), machine_exp(), exhaustive_exp(), measured_expm1(), undecided_pow(),
                 crashing_pow(), failed_target()},
                {}};
  report.provenance.shard = {1, 4};
  report.provenance.notes = {"This effort runs 1 % of its budget."};
  report.performance = {{"libm/exp:binary64", "accuracy", 1'000'000, 2.5},
                        {"libm/exp:binary64", "product", 10'000, 0.0625}};
  return report;
}

}  // namespace napier
