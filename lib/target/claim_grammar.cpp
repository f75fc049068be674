// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "lib/target/claim_grammar.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>

#include "lib/target/claim_domain.hpp"
#include "lib/target/claim_words.hpp"
#include "lib/target/error_kinds.hpp"

namespace napier {
namespace {

/// What is said of results without a number, or in a way of its own.
struct Fact {
  std::string_view pattern;
  void (*state)(Claim& claim, Modes in);
  bool takes_modes = false;
};
constexpr std::array facts{
    Fact{"correctly rounded",
         [](Claim& claim, Modes in) {
           if (in == all_modes)
             claim.correctly_rounded = true;
           else
             claim.promises.push_back({CorrectlyRounded{}, in});
         },
         true},
    Fact{"faithful",
         [](Claim& claim, Modes in) {
           if (in == all_modes)
             claim.faithful = true;
           else
             claim.promises.push_back({Faithful{}, in});
         },
         true},
    Fact{"monotone", [](Claim& claim, Modes) { claim.monotone = true; }},
    Fact{"special values", [](Claim& claim, Modes) { claim.special_values = true; }},
    Fact{"flags", [](Claim& claim, Modes) { claim.flags = true; }},
    Fact{"errno", [](Claim& claim, Modes) { claim.errno_values = true; }},
    Fact{"flush results may", [](Claim&, Modes) {}},  // both, or neither: see flushing()
    Fact{"flush arguments may", [](Claim&, Modes) {}},
};
constexpr std::string_view rounded_ulps = "rounded ulp <= K";

/// A promise as it was read.
struct Read {
  std::string_view pattern;
  std::vector<Word> numbers;
  std::string words;
  std::optional<Modes> in;
  std::optional<ClaimDomain> on;
};

class Parser {
 public:
  Parser(std::string_view text, const Function& function, const Format& format)
      : words_(text), function_(function), format_(format) {}

  Claim claim() {
    std::vector<Read> all;
    do {
      if (words_.at_end() && !all.empty()) break;  // a ; at the end
      all.push_back(promise());
    } while (words_.take(";"));
    if (!words_.at_end()) words_.refuse("ends a promise: put a ; between two of them");
    Claim claim;
    for (const Read& read : all) {
      add(claim, read);
      said_.push_back(&read);
    }
    claim.flush_subnormals = flushing(all);
    claim.domain = domain_of(all);
    claim.sentence = words_.text();
    return claim;
  }

 private:
  Read promise() {
    Read read;
    const std::size_t begin = words_.place();
    read.pattern = longest_match(read.numbers);
    read.words = words_.text(begin, words_.place());
    if (words_.take("on")) read.on = domain();
    if (words_.take("in")) read.in = modes();
    return read;
  }

  /// Goes past the pattern that fits the most words.
  std::string_view longest_match(std::vector<Word>& numbers) {
    std::string_view best, nearest;
    std::size_t longest = 0, farthest = words_.place();
    const std::size_t begin = words_.place();
    const auto attempt = [&](std::string_view pattern) {
      words_.go_to(begin);
      const bool fits = words_.fits(pattern);
      if (words_.place() > farthest || nearest.empty())
        farthest = words_.place(), nearest = pattern;
      if (fits && words_.place() > longest) longest = words_.place(), best = pattern;
    };
    for (const ErrorKind& kind : error_kinds()) attempt(kind.pattern);
    for (const Fact& fact : facts) attempt(fact.pattern);
    attempt(rounded_ulps);
    if (!best.empty()) {
      words_.go_to(begin);
      numbers = words_.numbers_of(best);
      return best;
    }
    words_.go_to(farthest);
    if (farthest != begin)
      words_.refuse("does not go on as a promise does: write " + spelled(nearest));
    std::string known;
    for (const ErrorKind& kind : error_kinds()) known += spelled(kind.pattern) + ", ";
    known += spelled(rounded_ulps);
    for (const Fact& fact : facts) known += ", " + std::string(fact.pattern);
    words_.refuse("begins no promise that is known: write one of " + known);
  }

  Range interval() {
    words_.expect("[", "an interval is written [LO, HI]");
    const std::size_t begin = words_.place();
    Range range{end(), 0};
    words_.expect(",", "an interval is written [LO, HI]");
    range.hi = end();
    words_.expect("]", "an interval is written [LO, HI]");
    words_.at(begin, [&] {
      if (range.lo > range.hi) throw std::invalid_argument("begins an interval above its end");
      check_holds_any(range, format_);
    });
    return range;
  }
  double end() {
    const bool negative = words_.take("-");
    if (!negative) words_.take("+");
    const std::size_t begin = words_.place();
    const std::string number((negative ? "-" : "") + words_.next().text);
    double value = 0;
    words_.at(begin, [&] {
      try {
        value = interval_end(number);
      } catch (const std::invalid_argument& refused) {
        const std::string why = refused.what();
        throw std::invalid_argument(why.starts_with("is not an interval")
                                        ? "is no end of an interval: write a number, inf or -inf"
                                        : why);
      }
    });
    return value;
  }

  ClaimDomain domain() {
    ClaimDomain found;
    if (words_.is("[")) {
      found.x = interval();
      return found;
    }
    bool of_x = false, of_y = false;
    do {
      if (words_.is("y") && function_.arity == 1)
        words_.refuse("is about an exponent, and " + std::string(function_.name) +
                      " has one argument: write on [LO, HI]");
      bool& given = words_.is("y") ? of_y : of_x;
      if (given) words_.refuse("is given an interval twice: give it once");
      Range& range = words_.is("y") ? found.y : found.x;
      if (!words_.take("x") && !words_.take("y"))
        words_.refuse("is no domain: write on [LO, HI], on x in [LO, HI] or on y in [LO, HI]");
      given = true;
      words_.expect("in", "a domain is written x in [LO, HI]");
      range = interval();
    } while (words_.take(","));
    return found;
  }

  Modes modes() {
    Modes found;
    do {
      const auto mode = find_rounding(words_.word());
      if (words_.is("directed"))
        found.add(directed_modes);
      else if (words_.is("all"))
        found.add(all_modes);
      else if (mode)
        found.add({*mode});
      else
        words_.refuse("is no rounding mode: write nearest, up, down, zero, directed or all");
      words_.next();
    } while (words_.take(","));
    return found;
  }

  [[noreturn]] static void refuse(const Read& read, const std::string& why) {
    throw std::invalid_argument("claim '" + read.words + "' " + why);
  }

  static const Fact* fact_of(const Read& read) {
    const auto found = std::ranges::find(facts, read.pattern, &Fact::pattern);
    return found == facts.end() ? nullptr : &*found;
  }
  static Modes modes_of(const Read& read) {
    return read.in.value_or(fact_of(read) != nullptr ? all_modes : Modes{Rounding::nearest});
  }

  void add(Claim& claim, const Read& read) const {
    const Modes in = modes_of(read);
    for (const Read* before : said_)
      if (before->pattern == read.pattern && modes_of(*before).meets(in))
        refuse(read, "is promised twice in one mode, the first time as '" + before->words +
                         "': keep one of them");
    if (const Fact* fact = fact_of(read)) {
      if (read.in && !fact->takes_modes)
        refuse(read, "has modes of its own: leave out what follows 'in'");
      return fact->state(claim, in);
    }
    if (read.pattern == rounded_ulps) return add_ulps(claim, read, in, Metric::rounded);
    if (read.pattern == error_kinds().front().pattern && of_fields(claim, in))
      return add_ulps(claim, read, in, Metric::exact);
    claim.promises.push_back({bound(read), in});
  }

  ErrorBound bound(const Read& read) const {
    std::vector<Amount> amounts;
    for (const Word& number : read.numbers) amounts.push_back(amount(number));
    const auto kind = std::ranges::find(error_kinds(), read.pattern, &ErrorKind::pattern);
    ErrorBound made = kind->of(amounts);
    made.words = read.words;
    if (made.depends_on_x() && function_.arity != 1)
      refuse(read, "is for functions of one argument, and " + std::string(function_.name) +
                       " has two: bound its error without |x|");
    return made;
  }
  Amount amount(const Word& number) const {
    const auto stated = parse_scientific(number.text);
    if (!stated)
      words_.refuse(number,
                    "is no number that can be compared as stated: write a decimal of at most " +
                        std::to_string(most_digits) +
                        " digits, such as 0.001 or 1e-3, or a hex float");
    return Amount(*stated);
  }

  /// Are these modes those of the fields for ulps, and are they free?
  static bool of_fields(const Claim& claim, Modes in) {
    if (in.has(Rounding::nearest) && claim.max_ulp) return false;
    if (!in.meets(directed_modes)) return true;
    Modes all = in;
    all.add({Rounding::nearest});
    return all == all_modes && !claim.max_ulp_directed;
  }
  void add_ulps(Claim& claim, const Read& read, Modes in, Metric metric) const {
    if (!of_fields(claim, in))
      refuse(read,
             "can't stand beside another bound in ulps, or in a directed mode alone: write "
             "'ulp <= K' for one of them, or 'in directed'");
    const Word& number = read.numbers.front();
    words_.at(number, [&] {
      const UlpLimit limit = parse_limit(number.text, format_, metric);
      if (in.has(Rounding::nearest)) claim.max_ulp = limit;
      if (in.meets(directed_modes)) claim.max_ulp_directed = limit;
    });
  }

  static bool flushing(const std::vector<Read>& all) {
    const auto states = [&](std::string_view pattern) {
      return std::ranges::find(all, pattern, &Read::pattern);
    };
    const auto results = states("flush results may"), arguments = states("flush arguments may");
    if ((results == all.end()) == (arguments == all.end())) return results != all.end();
    refuse(results != all.end() ? *results : *arguments,
           "is half of what can be judged: write 'flush results may; flush arguments may', or "
           "neither");
  }

  static ClaimDomain domain_of(const std::vector<Read>& all) {
    const ClaimDomain first = all.front().on.value_or(ClaimDomain{});
    for (const Read& read : all)
      if (read.on.value_or(ClaimDomain{}) != first)
        refuse(read, "holds elsewhere than '" + all.front().words +
                         "', and a claim is judged on one domain: give all its promises the same");
    return first;
  }

  Words words_;
  const Function& function_;
  const Format& format_;
  std::vector<const Read*> said_;
};

}  // namespace

Claim parse_claim(std::string_view text, const Function& function, const Format& format) {
  return Parser(text, function, format).claim();
}

}  // namespace napier
