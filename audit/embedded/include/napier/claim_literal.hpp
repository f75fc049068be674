// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

// Claims that are literals, read by the compiler: a word that no promise begins with, or a form
// that no claim has, is an error of C++20 when the program is compiled.

namespace napier::detail {

// A claim that is a literal is read by the compiler as far as its form and the first word of each
// promise go. It cannot call these, and names the one that it would have to call.
inline void claim_has_a_promise_without_words() {}
inline void claim_has_a_promise_that_is_not_known() {}
inline void claim_has_a_comparison_other_than_less_or_equal() {}
inline void claim_has_no_number_after_a_comparison() {}
inline void claim_has_brackets_that_do_not_match() {}

/// How promises begin; a test holds it to the grammar.
constexpr const char* first_words[] = {
    "ulp",      "rounded",  "rel",       "abs",      "max",       "binary16", "binary32",
    "binary64", "binary80", "binary128", "bfloat16", "correctly", "faithful", "exact",
    "monotone", "special",  "flags",     "errno",    "equals",    "flush",    "early",
    "mean",     "rms",      "p99",       "lower",    "upper",     "match",    "within"};

constexpr bool is_part_of_a_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

/// Whether the text begins with a word that begins a promise.
constexpr bool begins_a_promise(const char* text) {
  for (const char* word : first_words) {
    const char* at = text;
    while (*word != '\0' && *at == *word) ++at, ++word;
    if (*word == '\0' && !is_part_of_a_word(*at)) return true;
  }
  return false;
}

constexpr void check_form(const char* text) {
  int open = 0;
  bool any_word = false;
  for (; *text != '\0'; ++text) {
    const char c = *text;
    if (c == ' ') continue;
    if (c == ';') {  // one may stand at the end
      if (!any_word) claim_has_a_promise_without_words();
      any_word = false;
      continue;
    }
    if (!any_word && !begins_a_promise(text)) claim_has_a_promise_that_is_not_known();
    any_word = true;
    open += (c == '(' || c == '[') - (c == ')' || c == ']');
    if (open < 0) claim_has_brackets_that_do_not_match();
    if (c == '=') claim_has_a_comparison_other_than_less_or_equal();
    if (c != '<' && c != '>') continue;
    if (text[1] != '=') claim_has_a_comparison_other_than_less_or_equal();
    ++text;
    const char* number = text + 1;
    while (*number == ' ') ++number;
    if (*number != '.' && (*number < '0' || *number > '9'))
      claim_has_no_number_after_a_comparison();
  }
  if (open != 0) claim_has_brackets_that_do_not_match();
}

/// A claim's text as a literal.
struct claim_literal {
#if defined(__cpp_consteval)
  consteval
#endif
      claim_literal(const char* literal)
      : text(literal) {
#if defined(__cpp_consteval)
    check_form(literal);
#endif
  }
  const char* text;
};

}  // namespace napier::detail
