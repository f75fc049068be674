// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// Claims at random, made of the grammar's own rows: what is read says the same when it is printed
// and read again, by itself and through report.json; what is not is refused in one line.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <array>
#include <random>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "lib/target/claim_grammar.hpp"
#include "reports/store/json.hpp"
#include "tests/reports/sample.hpp"

namespace napier {
namespace {

class Random {
 public:
  explicit Random(std::uint64_t seed) : engine_(seed) {}
  std::size_t below(std::size_t count) { return engine_() % count; }
  bool one_in(std::size_t count) { return below(count) == 0; }
  template <class Some>
  auto of(const Some& some) {
    return some[below(some.size())];
  }

 private:
  std::mt19937_64 engine_;
};

/// What can be promised, as the help has it: "ulp <= A + B*|x|".
std::vector<std::string> promises() {
  std::istringstream help(promises_help());
  std::vector<std::string> all;
  for (std::string line; std::getline(help, line);)
    all.push_back(line.substr(2, line.find("  ", 2) - 2));
  return all;
}

std::string number(Random& random) {
  const auto digits = [&](std::size_t most) {
    std::string text;
    for (std::size_t i = random.below(most) + 1; i > 0; --i)
      text += static_cast<char>('0' + random.below(10));
    return text;
  };
  switch (random.below(6)) {
    case 0:
      return digits(3);
    case 1:
      return digits(2) + '.' + digits(12);
    case 2:
      return fmt::format("{}e-{}", digits(2), random.below(40));
    case 3:
      return fmt::format("0x1.{}p-{}", digits(4), random.below(60));
    case 4:
      return fmt::format("0x1p-{}", random.below(1100));
    default:
      return std::string("0.") + digits(35);
  }
}

std::string end(Random& random) {
  constexpr std::array<const char*, 4> known{"inf", "0", "1", "0.1"};
  const std::string sign = random.one_in(2) ? "-" : "";
  return sign + (random.one_in(3) ? std::string(random.of(known)) : number(random));
}

std::string interval(Random& random) {
  std::string lo = end(random), hi = end(random);
  if (lo.starts_with('-') != hi.starts_with('-') && hi.starts_with('-')) std::swap(lo, hi);
  return fmt::format("[{}, {}]", lo, hi);
}

/// With its letters, names of formats and targets filled in.
std::string filled(const std::string& promise, Random& random) {
  constexpr std::array<const char*, 4> formats{"binary16", "bfloat16", "binary32", "binary64"};
  constexpr std::array<const char*, 3> targets{"libm/exp:binary64", "so:./a+b.so#f",
                                               "\"exec:sh -c 'cat; x'\""};
  std::string text;
  for (std::size_t i = 0; i < promise.size();) {
    const std::size_t end =
        std::min(promise.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ", i), promise.size());
    const std::string word = promise.substr(i, end - i);
    if (word == "FORMAT")
      text += random.of(formats);
    else if (word == "TARGET")
      text += random.of(targets);
    else if (!word.empty())
      text += number(random);
    else
      text += promise[i];
    i = std::max(end, i + 1);
  }
  return text;
}

std::string claim_text(const std::vector<std::string>& known, const Function& function,
                       Random& random) {
  constexpr std::array<const char*, 6> modes{"nearest", "up", "down", "zero", "directed", "all"};
  constexpr std::array<const char*, 3> joints{"; ", ";", " ;  "};
  std::string text;
  for (std::size_t i = random.below(4) + 1; i > 0; --i) {
    text += filled(random.of(known), random);
    if (random.one_in(3)) {
      if (function.arity == 2 && random.one_in(2))
        text += fmt::format(" on x in {}, y in {}", interval(random), interval(random));
      else
        text += " on " + interval(random);
    } else if (random.one_in(12)) {
      text += " elsewhere";
    }
    if (random.one_in(4)) text += fmt::format(" in {}", random.of(modes));
    if (i > 1 || random.one_in(8)) text += random.of(joints);
  }
  return text;
}

/// As report.json has it.
Claim through_json(const Claim& claim, const Function& function, const Format& format) {
  Report report = refuted_report();
  TargetResult& target = report.targets[0];
  target = {};
  target.name = "a";
  target.function = function.name;
  target.format = format.name;
  target.claim = claim;
  target.verdict = TargetVerdict::failed;
  target.failure = "b";
  return report_from_json(json_text(report)).targets.at(0).claim;
}

void expect_one_line(const std::invalid_argument& refusal, const std::string& text) {
  const std::string why = refusal.what();
  EXPECT_FALSE(why.empty()) << text;
  EXPECT_EQ(why.find('\n'), why.npos) << text << ": " << why;
}

TEST(RandomClaims, ReadTheSameAgainWhereverTheyWerePrinted) {
  constexpr std::array<const Function*, 5> of{&functions::exp, &functions::exp2, &functions::expm1,
                                              &functions::pow, &functions::d_exp};
  constexpr std::array<const Format*, 6> in{&binary16, &bfloat16, &binary32,
                                            &binary64, &binary80, &binary128};
  const std::vector<std::string> known = promises();
  constexpr std::uint64_t claims = 20'000;
  std::uint64_t read = 0;
  for (std::uint64_t seed = 0; seed < claims; ++seed) {
    Random random(seed);
    const Function& function = *random.of(of);
    const Format& format = *random.of(in);
    const std::string text = claim_text(known, function, random);
    SCOPED_TRACE(fmt::format("{}, {} in {}: {}", seed, function.name, format.name, text));
    Claim claim;
    try {
      claim = parse_claim(text, function, format);
    } catch (const std::invalid_argument& refusal) {
      expect_one_line(refusal, text);
      continue;
    }
    ++read;
    const Claim again = parse_claim(claim.sentence, function, format);
    const Claim stored = through_json(claim, function, format);
    for (const Claim* other : {&again, &stored}) {
      ASSERT_EQ(other->sentence, claim.sentence);
      ASSERT_EQ(describe(*other), describe(claim));
      ASSERT_EQ(other->domain, claim.domain);
      ASSERT_EQ(other->equals, claim.equals);
      ASSERT_EQ(other->promises.size(), claim.promises.size());
      for (const Rounding rounding : all_roundings)
        ASSERT_EQ(claim_pieces(*other, rounding).size(), claim_pieces(claim, rounding).size());
    }
  }
  EXPECT_GE(read, claims / 5) << "too many contradict themselves to say anything";
}

TEST(RandomClaims, AreRefusedInOneLineWhateverStandsThere) {
  const std::vector<std::string> known = promises();
  constexpr std::array<const char*, 24> words{
      "ulp", "<=", ">=",  "1",   "[", "]", ",", ";",    "on",   "in",  "x",  "y",
      "*",   "+",  "|x|", "max", "(", ")", "%", "-inf", "0x1p", "1e9", "\"", "all"};
  for (std::uint64_t seed = 0; seed < 20'000; ++seed) {
    Random random(seed);
    std::string text = random.one_in(2) ? claim_text(known, functions::pow, random) : "";
    for (std::size_t i = random.below(12); i > 0; --i) {
      const std::size_t at = random.below(text.size() + 1);
      switch (random.below(4)) {
        case 0:
          text.insert(at, 1, static_cast<char>(random.below(256)));
          break;
        case 1:
          text.insert(at, random.of(words));
          break;
        case 2:
          text = text.substr(0, at);
          break;
        default:
          text.insert(at, std::string(" ") + random.of(words) + ' ');
      }
    }
    try {
      const Claim claim = parse_claim(text, functions::pow, binary64);
      EXPECT_EQ(parse_claim(claim.sentence, functions::pow, binary64).sentence, claim.sentence);
    } catch (const std::invalid_argument& refusal) {
      expect_one_line(refusal, text);
    }
  }
}

}  // namespace
}  // namespace napier
