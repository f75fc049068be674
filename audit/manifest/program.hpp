// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string>

namespace napier {

/// The program that exec:COMMAND starts with, behind `env` and what it sets.
std::string first_program(const std::string& text);

/// Can the shell find it? What is no plain name, as a quoted one, is the shell's to judge.
bool is_program(const std::string& name);

}  // namespace napier
