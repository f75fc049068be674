// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "lib/target/claim_grammar.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>

#include "lib/target/claim_domain.hpp"
#include "lib/target/claim_places.hpp"
#include "lib/target/claim_words.hpp"
#include "lib/target/error_kinds.hpp"
#include "lib/target/nearest_promises.hpp"

namespace napier {
namespace {

template <class Row>
const Row* find_row(std::span<const Row> rows, std::string_view pattern) {
  const auto found = std::ranges::find(rows, pattern, &Row::pattern);
  return found == rows.end() ? nullptr : &*found;
}

/// Every pattern that a promise may have.
std::vector<std::string_view> patterns() {
  std::vector<std::string_view> all;
  for (const ErrorKind& kind : error_kinds()) all.push_back(kind.pattern);
  for (const Fact& fact : facts()) all.push_back(fact.pattern);
  for (const StatisticKind& kind : statistic_kinds()) all.push_back(kind.pattern);
  return all;
}

/// A promise as it was read.
struct Read {
  std::string_view pattern;
  std::vector<Word> words;  ///< its numbers, and the names of formats
  std::string text;
  std::optional<Modes> in;
  std::optional<ClaimDomain> on;
  bool elsewhere = false;
  std::string where;  ///< "on [-20, 20]", "elsewhere"

  const ErrorKind* kind() const { return find_row(error_kinds(), pattern); }
  const Fact* fact() const { return find_row(facts(), pattern); }
  const StatisticKind* statistic() const { return find_row(statistic_kinds(), pattern); }
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
    for (const Read& read : all)
      if (read.on) named_.push_back(*read.on);
    claim.domain = domain_of(all);
    for (const Read& read : all) {
      check_is_new(read);
      add(claim, read);
      said_.push_back(&read);
    }
    claim.sentence = words_.text();
    return claim;
  }

 private:
  Read promise() {
    Read read;
    const std::size_t begin = words_.place();
    read.pattern = longest_match(read.words);
    read.text = words_.text(begin, words_.place());
    const std::size_t where = words_.place();
    if (words_.take("on"))
      read.on = domain();
    else if (words_.take("elsewhere"))
      read.elsewhere = true;
    read.where = words_.text(where, words_.place());
    if (words_.take("in")) read.in = modes();
    return read;
  }

  /// Goes past the pattern that fits the most words.
  std::string_view longest_match(std::vector<Word>& read) {
    std::string_view best, nearest;
    std::size_t longest = 0, farthest = words_.place();
    const std::size_t begin = words_.place();
    for (const std::string_view pattern : patterns()) {
      words_.go_to(begin);
      const bool fits = words_.fits(pattern);
      if (words_.place() > farthest || nearest.empty())
        farthest = words_.place(), nearest = pattern;
      if (fits && words_.place() > longest) longest = words_.place(), best = pattern;
    }
    words_.go_to(longest);
    if (!best.empty() && (farthest <= longest || goes_on())) {
      words_.go_to(begin);
      read = words_.read(best);
      return best;
    }
    words_.go_to(farthest);
    if (farthest != begin)
      words_.refuse("does not go on as a promise does: write " + spelled(nearest));
    words_.refuse("begins no promise that is known" + nearest_promises(words_.word(), patterns()));
  }

  /// Is this where a promise has been said?
  bool goes_on() const {
    return words_.at_end() || std::ranges::any_of(std::array{";", "on", "elsewhere", "in"},
                                                  [this](auto word) { return words_.is(word); });
  }

  Range interval() {
    words_.expect("[", "an interval is written [LO, HI]");
    const std::size_t begin = words_.place();
    Range range{end(IntervalEnd::lower), 0};
    words_.expect(",", "an interval is written [LO, HI]");
    range.hi = end(IntervalEnd::upper);
    words_.expect("]", "an interval is written [LO, HI]");
    words_.at(begin, [&] {
      if (is_reversed(range)) throw std::invalid_argument("begins an interval above its end");
      check_holds_any(range, format_);
    });
    return range;
  }
  double end(IntervalEnd which) {
    const bool negative = words_.take("-");
    if (!negative) words_.take("+");
    const std::size_t begin = words_.place();
    const std::string number((negative ? "-" : "") + words_.next().text);
    double value = 0;
    words_.at(begin, [&] {
      try {
        value = interval_end(number, which);
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
    throw std::invalid_argument("claim '" + read.text + "' " + why);
  }

  static Modes modes_of(const Read& read) {
    const ErrorKind* kind = read.kind();
    const bool of_every_mode = kind != nullptr ? kind->of_every_mode : read.fact() != nullptr;
    return read.in.value_or(of_every_mode ? all_modes : Modes{Rounding::nearest});
  }

  /// Where a promise holds: nowhere in particular is everywhere.
  Place place_of(const Read& read) const {
    if (read.on) return {*read.on};
    return read.elsewhere ? outside(named_) : Place{};
  }

  /// The domain of a claim holds all places of its promises. Promises that are not about errors are
  /// judged on all of it; what is permitted is so wherever a promise holds.
  ClaimDomain domain_of(const std::vector<Read>& all) const {
    for (const Read& read : all)
      if (read.elsewhere) check_is_elsewhere(read);
    Place boxes;
    for (const Read& read : all) {
      const Fact* fact = read.fact();
      if (fact != nullptr && fact->is_freedom && !read.on) continue;
      const Place place = place_of(read);
      if (place.empty()) return checked({}, all);
      boxes.insert(boxes.end(), place.begin(), place.end());
    }
    return checked(boxes.empty() ? ClaimDomain{} : hull_of(boxes), all);
  }
  ClaimDomain checked(const ClaimDomain& domain, const std::vector<Read>& all) const {
    for (const Read& read : all)
      if (read.kind() == nullptr && read.on && *read.on != domain)
        refuse(read,
               "holds on a part of the claim's domain, and is judged on all of it: leave out "
               "'" +
                   read.where + "', or give every promise the same");
    return domain;
  }
  void check_is_elsewhere(const Read& read) const {
    if (read.kind() == nullptr)
      refuse(read, "is judged on all of the claim's domain: leave out 'elsewhere'");
    if (named_.empty())
      refuse(read,
             "holds elsewhere, and no other promise says where it holds: write 'on [LO, HI]' "
             "behind one of them, or leave out 'elsewhere'");
    if (outside(named_).empty())
      refuse(read, "holds elsewhere, and the others leave nothing: leave it out");
  }

  /// Promises of several kinds may hold at one place: each is judged. Two of one kind say two
  /// things, and which is meant is not for us to guess.
  void check_is_new(const Read& read) const {
    const Modes in = modes_of(read);
    for (const Read* before : said_) {
      if (before->pattern != read.pattern || !modes_of(*before).meets(in)) continue;
      const bool one_place = before->on == read.on && before->elsewhere == read.elsewhere;
      if (one_place || read.kind() == nullptr)
        refuse(read, "is promised twice in one mode, the first time as '" + before->text +
                         "': keep one of them");
      if (!before->where.empty() && !read.where.empty() && !share(*before, read)) continue;
      const std::string other = before->where.empty() ? "everywhere" : before->where;
      refuse(read, "holds where '" + before->text + "', " + other +
                       ", does: let the two have no more than an end in common, or write "
                       "'elsewhere' behind one of them");
    }
  }
  static bool share(const Read& a, const Read& b) { return a.on && b.on && overlap(*a.on, *b.on); }

  void add(Claim& claim, const Read& read) const {
    const Stated stated(words_, read.words, read.text, format_);
    if (const Fact* fact = read.fact()) {
      if (read.in) refuse(read, "has modes of its own: leave out what follows 'in'");
      check_flushing(claim, read);
      return fact->state(claim, stated);
    }
    if (const StatisticKind* kind = read.statistic()) {
      if (read.in) refuse(read, "is about nearest: leave out what follows 'in'");
      static_cast<void>(stated.decimal(1));  // a share that can't be read is refused at its word
      return add_statistic(claim, read, {kind->of, stated.decimal(0), read.text});
    }
    add_promise(claim, read, read.kind()->says(stated));
  }
  static void add_statistic(Claim& claim, const Read& read, const Statistic& says) {
    const bool is_share =
        says.of == Statistic::Of::share_rounded_right || says.of == Statistic::Of::p99_ulp;
    if (is_share && double_below(share_of(says)) > 100)
      refuse(read, "is more than all: a share is at most 100 %");
    for (const Statistic& before : claim.statistics)
      if (before.of == says.of && is_share)
        refuse(read, "is of the same kind as '" + before.words +
                         "': one share is counted in a run, so keep one of them");
    claim.statistics.push_back(says);
  }
  static void check_flushing(const Claim& claim, const Read& read) {
    if (read.pattern.starts_with("flush results") && claim.flushing.of_results())
      refuse(read, "says what becomes of subnormal results, and so does another promise: keep one");
  }

  void add_promise(Claim& claim, const Read& read, const AccuracyClaim& says) const {
    const auto unsuited = read.kind()->unsuited;
    if (const std::string why = unsuited != nullptr ? unsuited(function_) : ""; !why.empty())
      refuse(read, why);
    Place place = place_of(read);
    if (place == Place{claim.domain}) place.clear();
    const Modes in = modes_of(read);
    if (place.empty() && has_field(claim, read, says, in)) return;
    const bool anywhere = place.empty();
    claim.promises.push_back({anywhere ? of_its_own(says, read) : says, in,
                              !read.in && in == all_modes, std::move(place),
                              anywhere ? std::string() : read.where});
  }

  /// An error in ulps that no field has room for is an error bound.
  AccuracyClaim of_its_own(const AccuracyClaim& says, const Read& read) const {
    const auto* within = std::get_if<WithinUlp>(&says);
    if (within == nullptr) return says;
    return ErrorBound{{{.ulps = Amount(within->exact)}}, read.text};
  }

  /// Puts what a claim has a field for there; false if the field is not free, or about other modes.
  bool has_field(Claim& claim, const Read& read, const AccuracyClaim& says, Modes in) const {
    if (const auto* within = std::get_if<WithinUlp>(&says)) {
      if (!of_fields(claim, in)) return false;
      set_ulps(claim, {within->stated, Metric::exact, *within}, in);
      return true;
    }
    if (const auto* within = std::get_if<WithinRoundedUlp>(&says)) {
      if (!of_fields(claim, in))
        refuse(read,
               "can't stand beside another bound in ulps, or in a directed mode alone: write "
               "'ulp <= K' for one of them, or 'in directed'");
      set_ulps(claim, {within->stated, Metric::rounded, *within}, in);
      return true;
    }
    // The fields are about the modes that an audit asks for; `in all` asks for them itself.
    if (in != all_modes || read.in) return false;
    if (std::holds_alternative<CorrectlyRounded>(says)) return claim.correctly_rounded = true;
    if (std::holds_alternative<Faithful>(says)) return claim.faithful = true;
    return false;
  }
  /// Are these modes those of the fields for ulps, and are they free?
  static bool of_fields(const Claim& claim, Modes in) {
    if (in.has(Rounding::nearest) && claim.max_ulp) return false;
    if (!in.meets(directed_modes)) return true;
    Modes all = in;
    all.add({Rounding::nearest});
    return all == all_modes && !claim.max_ulp_directed;
  }
  static void set_ulps(Claim& claim, const UlpLimit& limit, Modes in) {
    if (in.has(Rounding::nearest)) claim.max_ulp = limit;
    if (in.meets(directed_modes)) claim.max_ulp_directed = limit;
  }

  Words words_;
  const Function& function_;
  const Format& format_;
  Place named_;  ///< places of promises that say where
  std::vector<const Read*> said_;
};

}  // namespace

std::string promises_help() {
  std::string help;
  const auto add = [&help](const auto& rows) {
    constexpr std::size_t column = 31;
    for (const auto& row : rows) {
      std::string line = "  " + spelled(row.pattern);
      std::erase(line, '\'');
      line.resize(std::max(column, line.size() + 2), ' ');
      help += line + std::string(row.means) + "\n";
    }
  };
  add(error_kinds());
  add(statistic_kinds());
  add(facts());
  return help;
}

void check_says_something(const Claim& claim) {
  if (claim.anything() || claim.sentence.empty()) return;
  throw std::invalid_argument("claim '" + claim.sentence +
                              "' lets a target be wrong and promises nothing: add what holds "
                              "otherwise, such as 'ulp <= 1'");
}

Claim parse_claim(std::string_view text, const Function& function, const Format& format) {
  // As people write them, too.
  std::string plain(text);
  for (const auto& [sign, ascii] : {std::pair("\u2264", "<="), std::pair("\u2265", ">=")})
    for (std::size_t at; (at = plain.find(sign)) != std::string::npos;)
      plain.replace(at, std::string_view(sign).size(), ascii);
  return Parser(plain, function, format).claim();
}

}  // namespace napier
