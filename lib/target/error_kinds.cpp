// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "lib/target/error_kinds.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace napier {

namespace {

/// A decimal that could be read but for its exponent.
bool is_far_off(const std::string& text) {
  const auto mark = text.find_first_of("eE");
  const bool hex = text.starts_with("0x") || text.starts_with("0X");
  return !hex && mark != text.npos && mark + 1 < text.size() &&
         text.find_first_not_of("+-0123456789", mark + 1) == text.npos &&
         parse_scientific(text.substr(0, mark)).has_value();
}

}  // namespace

Amount Stated::amount(std::size_t i) const {
  const auto stated = parse_scientific(number(i).text);
  if (!stated && is_far_off(number(i).text))
    words_.refuse(number(i),
                  "is of a size that can't be compared as stated: write a decimal from 1e-5000 to "
                  "1e50, or a hex float, or leave the promise out");
  if (!stated)
    words_.refuse(number(i),
                  "is no number that can be compared as stated: write a decimal of at "
                  "most " +
                      std::to_string(most_digits) +
                      " digits, such as 0.001 or 1e-3, or a hex float");
  return Amount(*stated);
}

Amount Stated::epsilons(std::size_t i) const {
  Decimal product = amount(i).exact;
  product.numerator.exponent -= results_.precision - 1;
  return Amount(product);
}

UlpLimit Stated::ulps(std::size_t i, Metric metric) const {
  std::optional<UlpLimit> limit;
  words_.at(number(i), [&] { limit = parse_limit(number(i).text, results_, metric); });
  return *limit;
}

const Format& Stated::format() const {
  const auto name = std::ranges::find(read_, false, &Word::is_number);
  const Format& named = *find_format(name->text);
  if (named.precision > results_.precision)
    words_.refuse(*name, "is finer than results in " + std::string(results_.name) +
                             " can be: write 'ulp <= K' for ulps of their own");
  return named;
}

std::string Stated::target() const {
  const std::string& text = std::ranges::find(read_, true, &Word::is_target)->text;
  const bool quoted = text.size() > 1 && text.front() == text.back() &&
                      (text.front() == '"' || text.front() == '\'');
  return quoted ? text.substr(1, text.size() - 2) : text;
}

const Word& Stated::number(std::size_t i) const {
  for (const Word& word : read_)
    if (word.is_number && i-- == 0) return word;
  return read_.back();
}

namespace {

AccuracyClaim sum(const Stated& stated, ErrorSum of) {
  return ErrorBound{{std::move(of)}, stated.text()};
}

std::string only_of_one_argument(const Function& function) {
  if (function.arity == 1) return {};
  return "is for functions of one argument, and " + std::string(function.name) +
         " has two: bound its error without |x|";
}

std::string only_of_rational_bases(const Function& function) {
  const bool is_power = function.kind == Kind::power || function.kind == Kind::power_minus_one;
  if (function.base != Base::e && is_power) return {};
  return "is for exp2, exp10, exp2m1, exp10m1 and pow: no other value of " +
         std::string(function.name) + " at an integer is a number of a format";
}

/// y ≤ t: a number from itself on; −inf for every t, and inf for none.
ClaimSet from_below(const IntervalClaim&, Float y, Rounding) {
  if (!is_infinite(y)) return {false, exact_value(y), {}};
  return {!is_negative(y), {}, {}};
}
/// t ≤ y.
ClaimSet from_above(const IntervalClaim&, Float y, Rounding) {
  if (!is_infinite(y)) return {false, {}, exact_value(y)};
  return {is_negative(y), {}, {}};
}

constexpr std::array kinds{
    ErrorKind{"ulp <= K", "|y - t| <= K ulp(t)",
              [](const Stated& k) -> AccuracyClaim {
                const UlpLimit limit = k.ulps(0, Metric::exact);
                WithinUlp says(limit.limit, limit.exact);
                says.stated = limit.stated;
                return says;
              }},
    ErrorKind{"rounded ulp <= K", "|y - r| <= K ulp(r), r being t rounded",
              [](const Stated& k) -> AccuracyClaim {
                const UlpLimit limit = k.ulps(0, Metric::rounded);
                WithinRoundedUlp says(limit.limit, limit.exact);
                says.stated = limit.stated;
                return says;
              }},
    ErrorKind{
        "FORMAT ulp <= K", "|y - t| <= K ulps that t has in that format",
        [](const Stated& k) { return sum(k, {.ulps = k.amount(0), .ulps_of = &k.format()}); }},
    ErrorKind{
        "ulp <= K + K*|x|", "|y - t| <= (A + B |x|) ulp(t)",
        [](const Stated& k) { return sum(k, {.ulps = k.amount(0), .ulps_per_x = k.amount(1)}); },
        false, only_of_one_argument},
    ErrorKind{"rel <= K", "|y - t| <= R |t|",
              [](const Stated& k) { return sum(k, {.relative = k.amount(0)}); }},
    ErrorKind{"abs <= K", "|y - t| <= A",
              [](const Stated& k) { return sum(k, {.absolute = k.amount(0)}); }},
    ErrorKind{
        "abs + rel <= K + K", "|y - t| <= A + R |t|",
        [](const Stated& k) { return sum(k, {.relative = k.amount(1), .absolute = k.amount(0)}); }},
    ErrorKind{"max(abs, rel) <= K, K", "|y - t| <= max(A, R |t|)",
              [](const Stated& k) -> AccuracyClaim {
                return ErrorBound{{{.absolute = k.amount(0)}, {.relative = k.amount(1)}}, k.text()};
              }},
    ErrorKind{
        "max(abs, rel, n*eps) <= K, K, K", "|y - t| <= max(A, R |t|, N eps |t|), eps = ulp(1)",
        [](const Stated& k) -> AccuracyClaim {
          return ErrorBound{
              {{.absolute = k.amount(0)}, {.relative = k.amount(1)}, {.relative = k.epsilons(2)}},
              k.text()};
        }},
    ErrorKind{"lower bound", "y <= t",
              [](const Stated& k) -> AccuracyClaim {
                return IntervalClaim{from_below, k.text()};
              }},
    ErrorKind{"upper bound", "t <= y",
              [](const Stated& k) -> AccuracyClaim {
                return IntervalClaim{from_above, k.text()};
              }},
    ErrorKind{"correctly rounded", "y is t rounded",
              [](const Stated&) -> AccuracyClaim { return CorrectlyRounded{}; }, true},
    ErrorKind{"faithful", "y is t, or one of the two numbers around it where t is none",
              [](const Stated&) -> AccuracyClaim { return Faithful{}; }, true},
    ErrorKind{"exact on integers", "y = t at integers where t is a number of the format",
              [](const Stated&) -> AccuracyClaim { return ExactOnIntegers{}; }, true,
              only_of_rational_bases},
};

constexpr std::array all_facts{
    Fact{"monotone", "results are in the order of their arguments",
         [](Claim& claim, const Stated&) { claim.monotone = true; }},
    Fact{"special values", "values and signs of zeros as in Annex F of C23",
         [](Claim& claim, const Stated&) { claim.special_values = true; }},
    Fact{"flags", "overflow, divide-by-zero and invalid as in Annex F",
         [](Claim& claim, const Stated&) { claim.flags = true; }},
    Fact{"errno", "ERANGE and EDOM as C23 asks, or left as it was",
         [](Claim& claim, const Stated&) { claim.errno_values = true; }},
    Fact{"equals TARGET", "the same bits as another target gives",
         [](Claim& claim, const Stated& stated) { claim.equals = stated.target(); }},
    Fact{"flush results may", "0 may stand for subnormal results",
         [](Claim& claim, const Stated&) { claim.flushing.results = Flushing::Results::may; },
         true},
    Fact{"flush results must", "… and no result is subnormal",
         [](Claim& claim, const Stated&) { claim.flushing.results = Flushing::Results::must; },
         true},
    Fact{"flush arguments may", "subnormal arguments may be read as 0",
         [](Claim& claim, const Stated&) { claim.flushing.arguments = true; }, true},
    Fact{"early overflow <= K", "inf may stand for |t| from K ulp below overflow on",
         [](Claim& claim, const Stated& k) { claim.early_overflow = k.ulps(0, Metric::exact); },
         true},
};

constexpr std::array statistics{
    StatisticKind{"correctly rounded >= K %", "K % of all results are t rounded",
                  Statistic::Of::share_rounded_right},
    StatisticKind{"match >= K %", "the same: K % of all results are t rounded",
                  Statistic::Of::share_rounded_right},
    StatisticKind{"mean ulp <= K", "the mean of all errors is at most K ulp",
                  Statistic::Of::mean_ulp},
    StatisticKind{"rms ulp <= K", "the root mean square of all errors is at most K ulp",
                  Statistic::Of::rms_ulp},
    StatisticKind{"p99 ulp <= K", "99 % of all errors are at most K ulp", Statistic::Of::p99_ulp},
    StatisticKind{"within K ulp >= K %", "P % of all errors are at most K ulp",
                  Statistic::Of::p99_ulp},
};

}  // namespace

std::span<const ErrorKind> error_kinds() { return kinds; }
std::span<const Fact> facts() { return all_facts; }
std::span<const StatisticKind> statistic_kinds() { return statistics; }

Decimal share_of(const Statistic& promise) {
  constexpr int of_p99 = 99;
  if (promise.of != Statistic::Of::p99_ulp) return promise.k;
  const auto sign = promise.words.find(">=");
  if (sign == promise.words.npos) return Decimal::of(Dyadic::of_integer(of_p99));
  const auto begin = promise.words.find_first_not_of(' ', sign + 2);
  const auto end = promise.words.find_first_of(" %", begin);
  return parse_scientific(std::string_view(promise.words).substr(begin, end - begin)).value();
}

}  // namespace napier
