// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// A program that serves targets and does nothing else.
#include "audit/isolation/serve.hpp"

int main(int argc, char** argv) {
  return napier::is_serving(argc, argv) ? napier::serve_target(argc, argv) : 2;
}
