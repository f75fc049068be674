// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

// Audits a function of this very program: how wrong is this exp? For C and for whatever can call C.
//
//   napier_options options = {sizeof options};
//   options.function = "exp";
//   options.format = "binary64";
//   options.claim = "ulp <= 1; monotone";
//   char error[256];
//   napier_report* report = napier_audit((napier_function)my_exp, &options, error, sizeof error);
//   if (!report) puts(error);
//   else printf("%s", napier_text(report, "terminal"));
//   napier_free(report);
//
// A witness that a report shows can be judged again and explained: napier_replay(), or without a
// line of code by what stands behind "replay:" in its text, as in
//
//   NAPIER_REPLAY='my_exp accuracy nearest 0x1.8p+0' ./my_program
//
// with which the audit of that property of the function of that name judges this case alone.
//
// Texts are UTF-8. No exception leaves these functions. A report may be read by several threads;
// napier_text makes its text at the first call, so the same report is not for two threads there.

#include <stddef.h>
#include <stdint.h>

#if defined(_WIN32)
#define NAPIER_API
#else
#define NAPIER_API __attribute__((visibility("default")))
#endif

#ifdef __cplusplus
extern "C" {
#endif

/// Grows only when a program that was linked with an older library could be misled.
#define NAPIER_ABI_VERSION 1

/// Any function: T f(T), or T f(T, T) for pow, cast to this type. T is the format's C type:
/// float, double, long double, _Float16, __float128, or uint16_t for bfloat16's bits.
typedef void (*napier_function)(void);

/// Computes y[i] of x[i], and of pow x[i] to the power of a[i], for all i below n; a is null for
/// one argument. The elements are of the format's C type, binary80 as long double lies in memory,
/// and y overlaps neither x nor a. `user` is what was handed to napier_audit_arrays. Returns 0;
/// anything else ends the audit, as an exception of another language must.
typedef int (*napier_array_function)(const void* x, const void* a, void* y, size_t n, void* user);

/// What is asked. Whatever is 0 or null has the meaning named with it.
typedef struct napier_options {
  size_t size;             ///< sizeof(napier_options) of the caller: later versions are longer
  const char* name;        ///< shown in reports; null: "my_" and the function's name
  const char* function;    ///< exp, exp2, exp10, expm1, exp2m1, exp10m1, pow, log, a derivative as
                           ///< d_exp, or a composition as sigmoid; null: exp
  const char* format;      ///< binary16, bfloat16, binary32, binary64, …; null: binary64
  const char* claim;       ///< as after the command's --claim; null or "": it is only measured
  const char* properties;  ///< globs over names of properties, with commas; null: all
  const char* roundings;   ///< nearest, up, down, zero or all, with commas; null: as claimed
  const char* effort;      ///< quick, standard or deep; null: quick
  uint64_t cases;          ///< of each property, in place of the effort's number; 0: the effort's
  uint64_t seed;           ///< of the points that are drawn; 0: 1
  int threads;             ///< at most so many; 0: as many as there are processors
  int exhaustive;          ///< not 0: every argument, of one argument of at most 32 bits
  const char* shape;       ///< as after --shape, "x,y,n" for arrays; null: one value at a time
  double max_seconds;      ///< after so many the audit ends, with what it found; 0: never
  const char* base;        ///< of T f(T) that is base^x: above 0 and not 1, as "3" or "0x1.8p+0".
                           ///< It is audited as pow at that base; null: no base
  const char*
      value_claim;    ///< where `shape` makes it a derivative, as "d:x,y,d,n": what is claimed
                      ///< of the value beside it, which laws of the derivative read, too
  const char* again;  ///< a command that runs this audit again, for replay lines; null: none
  void (*foretells)(const char* cost, void* data);  ///< called with a line before an audit whose
                                                    ///< calls take over a minute; null: nobody is
  void* foretells_data;
} napier_options;

/// What was found. Made by napier_audit, ended by napier_free.
typedef struct napier_report napier_report;

/// Audits a function of this process, in this process: a crash of the function is a crash of the
/// program. Returns null, with one line in `error` (cut to its size, always ended), where the
/// options make no sense.
NAPIER_API napier_report* napier_audit(napier_function function, const napier_options* options,
                                       char* error, size_t error_size);
/// The same of a function of arrays with something of its own, as other languages have: they are
/// called with up to some hundred elements at once, by several threads unless `threads` is 1, and
/// by two all the same where that is what is asked ("threads"). `shape` must be null, and flags and
/// errno are not for such a function's claim: errno is restored after each call. Returns null, with
/// a line that says so, where the function ended the audit.
NAPIER_API napier_report* napier_audit_arrays(napier_array_function function, void* user,
                                              const napier_options* options, char* error,
                                              size_t error_size);
/// Whether an audit with these options would begin; with a line in `error` where it would not.
NAPIER_API int napier_makes_sense(const napier_options* options, char* error, size_t error_size);
/// Whether the options claim anything beyond hygiene: 0 where an audit would judge nothing, or
/// would not begin.
NAPIER_API int napier_promises_something(const napier_options* options);
NAPIER_API void napier_free(napier_report* report);

/// Judges one case again, "PROPERTY ROUNDING ARGUMENTS" as in "accuracy nearest 0x1.8p+0" or
/// "product up 0x1p+1,0x1p+0,0x1.8p+0", and explains it call by call. What it returns has one
/// check, whose text is that, and no form but "terminal", which is the same. Null, with a line in
/// `error`, as napier_audit, and where there is no such case.
NAPIER_API napier_report* napier_replay(napier_function function, const napier_options* options,
                                        const char* which, char* error, size_t error_size);
NAPIER_API napier_report* napier_replay_arrays(napier_array_function function, void* user,
                                               const napier_options* options, const char* which,
                                               char* error, size_t error_size);

/// The command's exit status: 0 every claim stands or nothing is claimed, 1 refuted, 3 inconclusive
/// or nothing tested, 70 Napier contradicts itself.
NAPIER_API int napier_status(const napier_report* report);
/// stands, refuted, inconclusive, or measured: nothing but hygiene was judged.
NAPIER_API const char* napier_verdict(const napier_report* report);

/// The report in one of the command's forms: json, html, md, junit, sarif, csv, latex, terminal.
/// It lives as long as the report. Null for any other word.
NAPIER_API const char* napier_text(napier_report* report, const char* form);

/// What became of one property in one rounding mode. Its texts live with the report.
typedef enum napier_state {
  napier_stands = 0,
  napier_refuted = 1,
  napier_measured = 2,  ///< nothing was claimed of it, or it does not apply: `text` says which
  napier_open = 3,      ///< it was to be judged, and was not decided: `text` says why
} napier_state;

typedef struct napier_check {
  const char* name;  ///< "accuracy", "law 1.1 product, rounding up"
  napier_state state;
  uint64_t cases;
  const char* text;  ///< of a refuted one all witnesses in decimal and in hex, the likely cause,
                     ///< and how to see the case again
} napier_check;

NAPIER_API size_t napier_check_count(const napier_report* report);
/// The check of that number, from 0; all zeros beyond the last.
NAPIER_API napier_check napier_check_at(const napier_report* report, size_t number);

/// The names of the properties that can be asked of a function, one after the other from 0; null
/// beyond the last, and for a function that does not exist.
NAPIER_API const char* napier_property(const char* function, size_t number);
/// The same of what the options describe, as an array function is asked more.
NAPIER_API const char* napier_property_of(const napier_options* options, size_t number);

/// The names of the strata that a function's arguments are drawn from: "special", "near overflow",
/// … one after the other from 0; null beyond the last, and for what does not exist.
NAPIER_API const char* napier_stratum(const char* function, const char* format, size_t number);
/// Writes the point of that index to `arguments`, one number of the format's C type, or of pow base
/// and exponent. The seed and the index name a point for ever. Returns how many numbers were
/// written: 0 where there is no such point, which the next index may have.
NAPIER_API int napier_point(const char* function, const char* format, size_t stratum, uint64_t seed,
                            uint64_t index, void* arguments);

/// "0.1.0"
NAPIER_API const char* napier_version(void);

#ifdef __cplusplus
}
#endif
