// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>
#include <optional>
#include <string_view>

#include "lib/target/shape.hpp"

namespace napier {

/// How the numbers of a process are written, which is asked over its standard input and answers
/// over its standard output: what stands after --shape of an exec: target. docs/protocol.md tells
/// what the process sees.
enum class Pipe {
  raw,      ///< blocks of encodings, as they stand in the memory of a little-endian machine
  hex,      ///< lines of C99 hex floats
  decimal,  ///< lines of decimals that name each argument exactly
};

struct PipeName {
  std::string_view text;
  Pipe pipe;
  std::string_view words;
};
inline constexpr std::array<PipeName, 3> pipe_names{
    {{"raw", Pipe::raw, "a process, asked in blocks"},
     {"hex", Pipe::hex, "a process, asked in lines of hex floats"},
     {"decimal", Pipe::decimal, "a process, asked in lines of decimals"}}};

/// nullopt where a shape of that text is a C function's.
constexpr std::optional<Pipe> find_pipe(std::string_view text) {
  for (const PipeName& row : pipe_names)
    if (row.text == text) return row.pipe;
  return std::nullopt;
}

/// "a process, asked in blocks"
constexpr std::string_view words(Pipe pipe) {
  return pipe_names[static_cast<std::size_t>(pipe)].words;
}

/// Is it a process that is called so, and no C function?
inline bool is_process(const Shape& shape) { return find_pipe(shape.text).has_value(); }

/// The details of Ending::unwritten where a process answered, and not with a result.
enum NoResult : int {
  nothing_written = 0,
  no_number = 1,  ///< it wrote what is no number of the format
  too_much = 2,   ///< it wrote more than it was asked for
};

}  // namespace napier
