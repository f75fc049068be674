// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// double functions of the C library, as a process.
//
//   cc -O2 -fno-builtin -o adapter adapter.c -lm
//   napier audit exec:./adapter --function exp --format binary64 --max-ulp 1
//
// For another machine's C library, by qemu's emulation of programs:
//
//   aarch64-linux-gnu-gcc -O2 -fno-builtin -static -o adapter adapter.c -lm
//   napier audit 'exec:qemu-aarch64 ./adapter' --function exp --format binary64 --max-ulp 1
#define _GNU_SOURCE
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int refuse(const char* why) {
  fprintf(stderr, "%s\n", why);
  return 1;
}

static int knows(const char* function) {
  static const char* const all[] = {"exp", "exp2", "exp10", "expm1", "log", "pow"};
  for (size_t i = 0; i < sizeof all / sizeof *all; ++i)
    if (strcmp(function, all[i]) == 0) return 1;
  return 0;
}

static double of(const char* function, double x, double y) {
  if (strcmp(function, "exp2") == 0) return exp2(x);
  if (strcmp(function, "exp10") == 0) return exp10(x);
  if (strcmp(function, "expm1") == 0) return expm1(x);
  if (strcmp(function, "log") == 0) return log(x);
  if (strcmp(function, "pow") == 0) return pow(x, y);
  return exp(x);
}

int main(void) {
  const char* function = getenv("NAPIER_FUNCTION");
  if (strcmp(getenv("NAPIER_FORMAT"), "binary64") != 0) return refuse("this speaks binary64 only");
  if (!knows(function)) return refuse("this computes exp, exp2, exp10, expm1, log and pow");
  setvbuf(stdin, NULL, _IOFBF, 1 << 18);  // or a pipe is read 4096 bytes at a time
  setvbuf(stdout, NULL, _IOFBF, 1 << 18);
  const uint32_t arguments = strcmp(getenv("NAPIER_ARGUMENTS"), "2") == 0 ? 2 : 1;
  for (uint32_t n; fread(&n, sizeof n, 1, stdin) == 1;) {
    double* x = malloc(arguments * n * sizeof *x);
    if (fread(x, sizeof *x, arguments * n, stdin) != arguments * n) return 1;
    for (uint32_t i = 0; i < n; ++i) x[i] = of(function, x[i], arguments == 2 ? x[n + i] : 0);
    fwrite(&n, sizeof n, 1, stdout);
    fwrite(x, sizeof *x, n, stdout);
    fflush(stdout);
    free(x);
  }
}
