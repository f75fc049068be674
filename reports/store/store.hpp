// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <filesystem>
#include <span>
#include <string>

#include "reports/report.hpp"

// Reports on disk: files appear whole or not at all.
namespace napier {

/// A file to be written.
struct OutputFile {
  std::filesystem::path path;
  std::string text;
};

/// Writes every file beside its place and then renames them all, each with its data on the disk
/// first. A link keeps pointing where it points; a device or a pipe is written to as it is. Of
/// several programs that write the same files at once, each moves all of its own, then the next.
/// What killed ones have left beside those places is removed.
///
/// Throws std::runtime_error, in one line that names the file and the cause, when a folder does not
/// exist or cannot be written to, the disk is full, or a folder stands in a file's place. Then
/// nothing is left behind, and what was there before the renaming is there still.
void write_files(std::span<const OutputFile> files);
void write_file(const std::filesystem::path& path, const std::string& text);

/// Removes a file, if it is there and that is allowed, and what killed programs that were writing
/// it have left beside its place.
void remove_file(const std::filesystem::path& path);

/// Removes what write_files() is just writing beside its places. For a program that ends without
/// unwinding: a signal handler may call it.
void remove_unfinished_files() noexcept;

/// The whole file. Throws std::runtime_error, in one line that names it, when it can't be read.
std::string read_file(const std::filesystem::path& path);

/// Makes a folder and those above it where they are missing. Throws std::runtime_error, in one
/// line, when that is refused, something else has the name, or files can't be made there: before
/// an audit is the time to learn it.
void create_folder(const std::filesystem::path& folder);

/// The report in a report.json. Throws as read_file and report_from_json do, naming the file.
Report read_report(const std::filesystem::path& path);

}  // namespace napier
