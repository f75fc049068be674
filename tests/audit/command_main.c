// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// A process that computes 2x of double, in blocks or lines, and misbehaves as its first word says.
#define _GNU_SOURCE
#include <math.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

static const char* behaviour = "";
static int is(const char* name) { return strcmp(behaviour, name) == 0; }

static void wait_for_ever(void) {
  for (;;) pause();
}

static void misbehave_at_three(void) {
  if (is("crashes")) raise(SIGSEGV);
  if (is("aborts")) abort();
  if (is("exits")) exit(3);
  if (is("kills itself")) raise(SIGKILL);
  if (is("hangs")) wait_for_ever();
  if (is("computes for ever"))
    for (volatile int i = 0;;) ++i;
  if (is("says")) fprintf(stderr, "three is \x1b[31mtoo much\nfor me\n"), exit(4);
  if (is("stops itself")) raise(SIGSTOP);
}

static double answer(double x) {
  static int calls;
  if (x == 3) misbehave_at_three();
  if (is("counts") && ++calls > 5000) return x;
  if (is("says what it may allocate")) {
    struct rlimit bound;
    return getrlimit(RLIMIT_DATA, &bound) == 0 ? (double)bound.rlim_cur : 0;
  }
  const int first = x == 1 || x == 0.5 || x == 2;
  if (is("hangs at the first") && first) wait_for_ever();
  if (is("crashes at the first") && first) raise(SIGSEGV);
  if (is("crashes at negatives") && x < 0) raise(SIGSEGV);
  return 2 * x;
}

static void at_start(void) {
  if (is("dies at start")) fprintf(stderr, "no licence\n"), exit(7);
  if (is("silent")) wait_for_ever();
  if (is("deaf")) close(0), wait_for_ever();
  if (is("mute")) close(1), wait_for_ever();
  if (is("greets")) printf("Hello, world\n"), fflush(stdout);
  if (is("floods"))
    for (;;) printf("spam"), fflush(stdout);
  if (is("cries"))
    for (int i = 0; i < 20000; ++i) fputs("a warning\n", stderr);
  if (is("leaves a daemon") && fork() == 0) {
    setsid();
    signal(SIGHUP, SIG_IGN);
    wait_for_ever();
  }
}

static int blocks(void) {
  int count = 0;
  for (uint32_t n; fread(&n, sizeof n, 1, stdin) == 1;) {
    if (is("ends after thirty blocks") && ++count > 30) return 5;
    double* x = malloc(n * sizeof *x);
    if (fread(x, sizeof *x, n, stdin) != n) return 1;
    int excess = 0;
    for (uint32_t i = 0; i < n; ++i) {
      excess += (is("writes more") || is("writes more later")) && x[i] == 3;
      x[i] = answer(x[i]);
      if (is("depends on its place") && i % 4 == 3) x[i] = nextafter(x[i], 0);
    }
    uint32_t given = is("writes too little") ? n - 1 : is("writes less than two") && n == 2 ? 1 : n;
    if (is("writes less than four") && n > 3) given = n - 1;
    if (is("writes less than 1500") && n > 1500) given = n - 1;
    if (is("always writes more")) excess = 1;
    if (is("forgets the count")) given = n + 1;
    if (!is("has no count")) fwrite(is("forgets the count") ? &given : &n, sizeof n, 1, stdout);
    fwrite(x, sizeof *x, is("forgets the count") ? n : given, stdout);
    if (excess) {
      if (is("writes more later")) fflush(stdout), usleep(1000);
      fwrite(x, 1, sizeof *x, stdout);
    }
    fflush(stdout);
    free(x);
    if (is("ends after each block")) return 0;
  }
  return 0;
}

static int lines(void) {
  char line[256];
  while (fgets(line, sizeof line, stdin)) {
    const double x = strtod(line, NULL);
    if (x == 3 && is("writes a word"))
      puts("three");
    else if (x == 3 && is("writes two lines"))
      puts("6\n6");
    else
      printf(is("answers in decimal") ? "%.17g\n" : "%a\n", answer(x));
    fflush(stdout);
  }
  return 0;
}

int main(int argc, char** argv) {
  if (argc > 1) behaviour = argv[1];
  at_start();
  const char* const shape = getenv("NAPIER_SHAPE");
  return shape && strcmp(shape, "raw") != 0 ? lines() : blocks();
}
