// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "audit/isolation/child_caller.hpp"
#include "audit/isolation/shared_object.hpp"
#include "audit/process/command.hpp"
#include "lib/target/target.hpp"

namespace napier {

/// Is it of the form so:…? Such a string names a function of somebody else's shared object.
bool is_shared_object_target(std::string_view text);

/// Is it of the form exec:…? Such a string names a command that computes a function.
bool is_command_target(std::string_view text);
/// Is it somebody else's, of either form?
bool is_foreign_target(std::string_view text);

/// Splits so:PATH#SYMBOL at the last '#'. Throws std::invalid_argument.
SharedObject parse_shared_object(std::string_view text);

/// What a symbol's name tells: expf is exp in binary32. Either may be missing.
struct WellKnown {
  const Function* function = nullptr;
  const Format* format = nullptr;
  std::optional<Shape> shape = {};  ///< of vector functions
  std::string_view needs = {};      ///< … what a processor must have
};

/// Reads names as C's <math.h>, libquadmath and the usual decorations spell them: exp, expf, expl,
/// expf16, expf128, expq, pow10, __expf_finite, __ieee754_exp, cr_expf, Sleef_exp_u10; and those of
/// vector functions of the x86-64 ABI, _ZGVdN4v_exp and Sleef_expd4_u10avx2. Nothing is told by any
/// other name.
WellKnown well_known(std::string_view symbol);

/// What else is needed to make a target of a shared object's function, or of a command.
struct SharedObjectOptions {
  std::optional<std::string> function;        ///< as after --function
  std::optional<std::string> format;          ///< as after --format
  std::optional<std::string> shape;           ///< as after --shape
  std::vector<std::string> environment = {};  ///< NAME=VALUE, of its processes
  std::string worker = default_worker();
  Patience patience;
};

struct SharedObjectTarget {
  Target target;  ///< named so:PATH#SYMBOL, without a claim
  /// What was concluded from the symbol's name, in a line to be shown; empty if nothing was.
  std::string inferred;
};

/// The target that so:PATH#SYMBOL names, with its function, format and shape as the options say, or
/// as the symbol's name tells. Nothing is opened or run before target.open() is called.
///
/// Where the shape gives derivatives beside the value, the function of the options is the value's,
/// and the target is the output that the shape says: of exp and d it is d_exp, whose primal is the
/// value without a claim.
///
/// Throws std::invalid_argument with one line that names the mend: no symbol, an unknown function
/// or format (with the nearest names), a name that tells neither, or a shape that does not fit.
SharedObjectTarget shared_object_target(std::string_view text,
                                        const SharedObjectOptions& options = {});

/// The options for each of what is to be tried of a target string: where the shape gives
/// derivatives, too, every output, unless it says which; else the options as they are. Throws as
/// shared_object_target() does.
std::vector<SharedObjectOptions> each_output(std::string_view text,
                                             const SharedObjectOptions& options);

/// What is claimed of the value that a target is the derivative of, by the same author.
void claim_of_value(Target& derivative, Claim claim);

/// The target that exec:COMMAND names, of the function and format that the options say, and asked
/// as --shape says: raw (if nothing is said), hex or decimal. Nothing is run before target.open()
/// is called. Throws std::invalid_argument as shared_object_target() does.
SharedObjectTarget command_target(std::string_view text, const SharedObjectOptions& options = {});

/// Either of the two, as the text says.
SharedObjectTarget foreign_target(std::string_view text, const SharedObjectOptions& options = {});

}  // namespace napier
