// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <CLI/App.hpp>
#include <functional>
#include <string>
#include <vector>

namespace napier::cli {

/// A command of the program: its options are in the App, and this runs it. The result is the exit
/// status; errors of usage or environment are exceptions, caught once in main.
using Run = std::function<int()>;

/// The words behind the name of the command that is run.
const std::vector<std::string>& words_of_command();
void remember_words(int argc, char** argv);

Run add_audit(CLI::App& app);
Run add_merge(CLI::App& app);
Run add_record(CLI::App& app);
Run add_plan(CLI::App& app);
Run add_status(CLI::App& app);
Run add_list(CLI::App& app);
Run add_replay(CLI::App& app);
Run add_report(CLI::App& app);
Run add_compare(CLI::App& app);
Run add_steps(CLI::App& app);
Run add_search(CLI::App& app);
Run add_shim(CLI::App& app);
/// Needs the whole program, whose commands it describes.
Run add_manual(CLI::App& app);

}  // namespace napier::cli
