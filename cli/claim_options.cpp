// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "cli/claim_options.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

#include "audit/nearest.hpp"
#include "audit/profiles.hpp"
#include "cli/usage.hpp"
#include "lib/target/claim_domain.hpp"
#include "lib/target/claim_grammar.hpp"
#include "reports/text.hpp"

namespace napier::cli {
namespace {

ClaimDomain claim_domain(const std::vector<std::string>& given, const Function& of,
                         const Format& format) {
  try {
    return parse_domain(given, of, format);
  } catch (const std::invalid_argument& refused) {
    throw std::invalid_argument(std::string("--domain ") + refused.what());
  }
}

}  // namespace

void ClaimOptions::add_shape_to(CLI::App& command, const std::string& group) {
  command.add_option("--function", function, "what it computes: exp, expm1, pow, d_exp, …")
      ->group(group);
  command.add_option("--format", format, format_names())->group(group);
  command
      .add_option(
          "--shape", shape,
          "scalar, the C parameters of an array function in their order, as x,y,n, "
          "vector:TYPE, as vector:__m256d, or with derivatives, as x,y,d and pair; of exec: "
          "raw, hex or decimal")
      ->group(group);
}

void ClaimOptions::add_environment_to(CLI::App& command, const std::string& group) {
  command
      .add_option("--env", environment,
                  "NAME=VALUE in the environment of the process that loads it")
      ->allow_extra_args(false)
      ->check(variable())
      ->group(group);
}

void ClaimOptions::add_to(CLI::App& command) {
  const auto group = "Claim of a so: or exec: target";
  add_shape_to(command, group);
  command
      .add_option("--claim", claims,
                  "promises as a sentence: 'rel <= 1e-3 on [-20, 20]; abs <= 1e-12 elsewhere' "
                  "(docs/semantics.md); 'd_exp: ulp <= 4' is said of d_exp alone")
      ->allow_extra_args(false)  // what follows the sentence is no second one
      ->group(group);
  command
      .add_option("--profile", profile,
                  "what a standard or a library promises, as opencl or java, of any target (napier "
                  "list --profiles)")
      ->group(group);
  command.add_option("--max-ulp", max_ulp, "at most K ulp from the true value, to nearest")
      ->group(group);
  command.add_option("--max-ulp-directed", max_ulp_directed, "at most K ulp in up, down and zero")
      ->group(group);
  command.add_option("--rel", relative, "a relative error of at most R, to nearest")->group(group);
  command.add_option("--abs", absolute, "an absolute error of at most A, to nearest")->group(group);
  command.add_option("--rtol", rtol, "with --atol: at most A + R|t| off, to nearest")->group(group);
  command.add_option("--atol", atol, "see --rtol")->group(group);
  command
      .add_flag("--correctly-rounded", correctly_rounded, "bit for bit, in every mode asked for")
      ->group(group);
  command.add_flag("--faithful", faithful, "one of the two neighbours of the true value")
      ->group(group);
  command.add_flag("--special-values", special_values, "the values of C23 Annex F")->group(group);
  command
      .add_flag("--monotone", monotone, "neighbouring arguments give ordered results, to nearest")
      ->group(group);
  command.add_flag("--flags", flags, "overflow, divide-by-zero and invalid as Annex F says")
      ->group(group);
  command.add_flag("--errno", errno_values, "ERANGE on overflow and pole, EDOM on a domain error")
      ->group(group);
  command.add_flag("--strict", strict, "--monotone --special-values --flags --errno")->group(group);
  command.add_flag("--flush-subnormals", flush_subnormals, "subnormals may be read and given as 0")
      ->group(group);
  command.add_option("--domain", domains, "[x=|y=]LO,HI: where the claim holds")
      ->allow_extra_args(false)
      ->group(group);
  add_environment_to(command, group);
}

std::vector<std::string> ClaimOptions::words() const {
  std::vector<std::string> words;
  const auto value = [&words](const char* option, const std::optional<std::string>& given) {
    if (given) words.insert(words.end(), {option, *given});
  };
  const auto flag = [&words](const char* option, bool given) {
    if (given) words.emplace_back(option);
  };
  value("--function", function);
  value("--format", format);
  value("--shape", shape);
  for (const std::string& variable : environment) words.insert(words.end(), {"--env", variable});
  for (const std::string& claim : claims) words.insert(words.end(), {"--claim", claim});
  value("--profile", profile);
  value("--max-ulp", max_ulp);
  value("--max-ulp-directed", max_ulp_directed);
  value("--rel", relative);
  value("--abs", absolute);
  value("--rtol", rtol);
  value("--atol", atol);
  flag("--correctly-rounded", correctly_rounded);
  flag("--faithful", faithful);
  flag("--special-values", special_values);
  flag("--monotone", monotone);
  flag("--flags", flags);
  flag("--errno", errno_values);
  flag("--strict", strict);
  flag("--flush-subnormals", flush_subnormals);
  for (const std::string& domain : domains) words.push_back("--domain=" + domain);
  return words;
}

std::string ClaimOptions::text() const {
  std::string line;
  for (const std::string& word : words()) line += (line.empty() ? "" : " ") + shell_word(word);
  return line;
}

std::string ClaimOptions::first_given() const {
  ClaimOptions others = *this;
  others.profile.reset();
  const std::vector<std::string> given = others.words();
  return given.empty() ? "" : given.front().substr(0, given.front().find('='));
}

namespace {

[[noreturn]] void refuse(std::string_view option, std::string_view why) {
  throw std::invalid_argument(fmt::format("{} {}", option, why));
}

/// The number of an option, which has to be one word of a claim.
const std::string& number(const char* option, const std::string& text) {
  const bool is_number = !text.empty() && text.find_first_of("0123456789.") == 0 &&
                         text.find_first_of(" ;,|*<[]()") == text.npos;
  if (!is_number)
    refuse(fmt::format("{}: '{}'", option, text), "is no number: write 0.001 or 1e-3");
  return text;
}

}  // namespace

namespace {

/// A sentence, and the function that it is said of, if it names one: "d_exp: ulp <= 4".
struct Said {
  const Function* of = nullptr;
  std::string sentence;

  explicit Said(const std::string& text) : sentence(text) {
    constexpr const char* of_names = "abcdefghijklmnopqrstuvwxyz0123456789_";
    const auto begin = text.find_first_not_of(" \t\r\n");
    const auto colon = begin == text.npos ? text.npos : text.find_first_not_of(of_names, begin);
    if (colon == text.npos || colon == begin || text[colon] != ':') return;
    const std::string name = text.substr(begin, colon - begin);
    of = find_function(name);
    sentence = text.substr(colon + 1);
    if (of != nullptr) return;
    std::vector<std::string_view> names;
    for (const Function* function : all_functions()) names.push_back(function->name);
    refuse(fmt::format("--claim '{}':", text),
           fmt::format("there is no function '{}'{}", name, nearest_clause(name, names)));
  }
};

}  // namespace

/// Without the sentences about others.
ClaimOptions ClaimOptions::said_of(const Function& of) const {
  ClaimOptions own = *this;
  own.claims.clear();
  for (const std::string& text : claims)
    if (const Said said(text); said.of == nullptr || said.of == &of)
      own.claims.push_back(said.sentence);
  return own;
}

Claim ClaimOptions::claim_of_derivative(const Function& of, const Format& in) const {
  ClaimOptions own;
  for (const std::string& text : claims)
    if (Said(text).of == &of) own.claims.push_back(text);
  own.domains = domains;
  return own.claim(of, in);
}

void ClaimOptions::check_said_of(const std::vector<const Function*>& all) const {
  for (const std::string& text : claims)
    if (const Said said(text); said.of != nullptr && std::ranges::find(all, said.of) == all.end())
      refuse(fmt::format("--claim '{}'", text),
             fmt::format("is about {}, which none of these targets computes", said.of->name));
}

std::string ClaimOptions::sentence() const {
  std::vector<std::string> all = claims;
  if (relative) all.push_back("rel <= " + number("--rel", *relative));
  if (absolute) all.push_back("abs <= " + number("--abs", *absolute));
  if (rtol.has_value() != atol.has_value())
    refuse(rtol ? "--rtol" : "--atol",
           fmt::format("needs {} beside it: |y - t| <= A + R|t|", rtol ? "--atol" : "--rtol"));
  if (rtol)
    all.push_back("abs + rel <= " + number("--atol", *atol) + " + " + number("--rtol", *rtol));
  if (all.empty()) return {};
  std::string sentence;
  for (const std::string& one : all) {
    if (one.find_first_not_of(" \t\r\n") == one.npos)
      refuse(fmt::format("--claim '{}'", one),
             "promises nothing: write a promise, such as 'ulp <= 1', or leave it out");
    sentence += (sentence.empty() ? "" : "; ") + one;
  }
  return sentence;
}

Claim ClaimOptions::claim(const Function& of, const Format& in) const {
  if (std::ranges::any_of(claims, [](const std::string& one) { return Said(one).of != nullptr; }))
    return said_of(of).claim(of, in);
  const auto limit = [&](const char* option, const std::string& text) {
    try {
      return parse_limit(text, in);
    } catch (const std::invalid_argument& error) {
      throw std::invalid_argument(fmt::format("{}: {}", option, error.what()));
    }
  };
  const std::string sentence = this->sentence();
  if (profile) {
    ClaimOptions others = *this;
    others.profile.reset();
    others.function.reset(), others.format.reset(), others.shape.reset();
    others.environment.clear();
    if (const std::string other = others.first_given(); !other.empty())
      refuse("--profile", "is a claim, and " + other + " another one: leave one of them out");
    return profile_claim(*profile, of, in);
  }
  Claim claim = sentence.empty() ? Claim{} : parse_claim(sentence, of, in);
  const auto only_one = [](const char* option, bool taken) {
    if (taken) refuse(option, "says again what --claim says: leave one of them out");
  };
  only_one("--max-ulp", max_ulp && claim.max_ulp);
  only_one("--max-ulp-directed", max_ulp_directed && claim.max_ulp_directed);
  only_one("--domain", !domains.empty() && claim.domain != ClaimDomain{});
  if (max_ulp) claim.max_ulp = limit("--max-ulp", *max_ulp);
  if (max_ulp_directed) claim.max_ulp_directed = limit("--max-ulp-directed", *max_ulp_directed);
  claim.correctly_rounded |= correctly_rounded;
  claim.faithful |= faithful;
  claim.special_values |= special_values || strict;
  claim.monotone |= monotone || strict;
  claim.flags |= flags || strict;
  claim.errno_values |= errno_values || strict;
  if (flush_subnormals) claim.flushing = Flushing::may();
  if (!domains.empty()) claim.domain = claim_domain(domains, of, in);
  check_says_something(claim);
  if (claim.anything()) claim.source = "the command line";
  return claim;
}

}  // namespace napier::cli
