// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include <math.h>
#include <napier/napier.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

/* Programs that were linked with the first version read and write these places. */
_Static_assert(offsetof(napier_options, cases) == 64 && offsetof(napier_options, seed) == 72 &&
                   offsetof(napier_options, threads) == 80 &&
                   offsetof(napier_options, exhaustive) == 84 &&
                   offsetof(napier_options, shape) == 88 &&
                   offsetof(napier_options, max_seconds) == 96,
               "the ABI has changed: raise NAPIER_ABI_VERSION and SOVERSION");
_Static_assert(sizeof(napier_check) == 32 && offsetof(napier_check, cases) == 16 &&
                   offsetof(napier_check, text) == 24 && napier_open == 3,
               "the ABI has changed: raise NAPIER_ABI_VERSION and SOVERSION");

static double my_exp(double x) { return exp(x); }
static void my_exps(const double* x, double* y, size_t n) {
  for (size_t i = 0; i < n; ++i) y[i] = exp(x[i]);
}

/* An array function with its data: a factor, and after how many calls it gives up. */
struct scaled {
  double factor;
  int calls_left;
};
static int scaled_exps(const void* x, const void* a, void* y, size_t n, void* user) {
  struct scaled* const own = user;
  if (a || own->calls_left-- == 0) return 1;
  for (size_t i = 0; i < n; ++i) ((double*)y)[i] = own->factor * exp(((const double*)x)[i]);
  return 0;
}

static int failed(const char* what) {
  fprintf(stderr, "%s\n", what);
  return 1;
}

int main(void) {
  napier_options options = {sizeof options};
  options.function = "exp";
  options.format = "binary64";
  options.claim = "ulp <= 1";
  options.cases = 5000;
  char error[256] = "";
  napier_report* report = napier_audit((napier_function)my_exp, &options, error, sizeof error);
  if (!report) return failed(error);
  if (napier_status(report) != 0) return failed(napier_text(report, "terminal"));
  if (napier_check_count(report) == 0) return failed("no checks");
  if (!strstr(napier_text(report, "json"), "\"digest\"")) return failed("no digest");
  if (napier_text(report, "papyrus")) return failed("a form that does not exist");
  if (napier_check_at(report, 1000000).name) return failed("a check beyond the last");
  napier_free(report);

  report = napier_replay((napier_function)my_exp, &options, "accuracy nearest 0x1.8p+0", error,
                         sizeof error);
  if (!report) return failed(error);
  if (napier_status(report) != 0 || strcmp(napier_verdict(report), "stands") ||
      napier_check_count(report) != 1 || !strstr(napier_check_at(report, 0).text, "CONSISTENT"))
    return failed(napier_text(report, "terminal"));
  if (napier_text(report, "json")) return failed("a report of one case");
  napier_free(report);
  if (napier_replay((napier_function)my_exp, &options, "accuracy", error, sizeof error) ||
      !strstr(error, "is no case"))
    return failed(error);
  options.claim = NULL;
  if (napier_promises_something(&options)) return failed("nothing was claimed");
  options.claim = "ulp <= 1";
  if (!napier_promises_something(&options)) return failed("something was claimed");

  /* Properties are told one by one, of whatever is described at the time. */
  for (int i = 0; i < 2; ++i) {
    const char* of_exp = napier_property_of(&options, 1);
    options.shape = "x,y,n";
    size_t of_arrays = 0, of_one = 0;
    while (napier_property_of(&options, of_arrays)) ++of_arrays;
    options.shape = NULL;
    while (napier_property_of(&options, of_one)) ++of_one;
    if (of_arrays <= of_one || of_exp != napier_property_of(&options, 1))
      return failed("properties of something else");
    options.function = "no such function";
    if (napier_property_of(&options, 0)) return failed("properties of nothing");
    options.function = "exp";
  }

  options.shape = "x,y,d,n";
  if (napier_makes_sense(&options, error, sizeof error) || !strstr(error, "y:x,y,d,n"))
    return failed(error);
  options.shape = "d:x,y,d,n";
  options.value_claim = "ulp <= 1";
  if (!napier_makes_sense(&options, error, sizeof error)) return failed(error);
  options.shape = NULL;
  if (napier_makes_sense(&options, error, sizeof error)) return failed("a value of no derivative");
  options.value_claim = NULL;
  options.function = NULL;
  for (int i = 0; i < 4; ++i) {
    options.base = (const char*[]){"1", "-2", "many", "inf"}[i];
    if (napier_makes_sense(&options, error, sizeof error)) return failed(options.base);
  }
  options.base = "0x1.8p+1";
  if (!napier_makes_sense(&options, error, sizeof error)) return failed(error);
  options.base = NULL;
  options.function = "exp";

  options.shape = "x,y,n";
  report = napier_audit((napier_function)my_exps, &options, error, sizeof error);
  if (!report) return failed(error);
  if (napier_status(report) != 0) return failed(napier_text(report, "terminal"));
  if (!strstr(napier_text(report, "json"), "lanes")) return failed("arrays were not asked");
  napier_free(report);
  options.shape = "x,n,y,q";
  if (napier_makes_sense(&options, error, sizeof error)) return failed("a shape that is none");
  options.shape = NULL;
  if (!napier_makes_sense(&options, error, sizeof error)) return failed(error);

  options.threads = 1;
  for (int right = 0; right < 2; ++right) {
    struct scaled own = {right ? 1 : 1 + 0x1p-50, -1};
    report = napier_audit_arrays(scaled_exps, &own, &options, error, sizeof error);
    if (!report) return failed(error);
    if (napier_status(report) == right) return failed(napier_text(report, "terminal"));
    napier_free(report);
  }
  struct scaled tired = {1, 3};
  if (napier_audit_arrays(scaled_exps, &tired, &options, error, sizeof error))
    return failed("it gave up");
  if (tired.calls_left != -1 || !strstr(error, "ended the audit")) return failed(error);

  /* What was built with an older header knows nothing of later options. */
  options.size = offsetof(napier_options, shape);
  options.shape = "nonsense";
  if (!napier_makes_sense(&options, error, sizeof error)) return failed(error);
  options.size = sizeof options;
  options.shape = NULL;

  options.function = "epx";
  report = napier_audit((napier_function)my_exp, &options, error, sizeof error);
  if (report || !strstr(error, "exp")) return failed("an unknown function was taken");
  options.size = 0;
  if (napier_audit((napier_function)my_exp, &options, error, 0)) return failed("no size");
  return 0;
}
