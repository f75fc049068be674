// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include <math.h>
#include <napier/napier.h>
#include <stdio.h>
#include <string.h>

static double my_exp(double x) { return exp(x); }

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

  options.function = "epx";
  report = napier_audit((napier_function)my_exp, &options, error, sizeof error);
  if (report || !strstr(error, "exp")) return failed("an unknown function was taken");
  options.size = 0;
  if (napier_audit((napier_function)my_exp, &options, error, 0)) return failed("no size");
  return 0;
}
