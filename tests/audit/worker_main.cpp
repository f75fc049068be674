// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// A program that serves targets and does nothing else.
#include "audit/isolation/serve.hpp"
#include "audit/process/supervise.hpp"

int main(int argc, char** argv) {
  if (napier::is_supervising(argc, argv)) return napier::supervise_command(argc, argv);
  return napier::is_serving(argc, argv) ? napier::serve_target(argc, argv) : 2;
}
