// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "audit/target_string.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <array>
#include <cfloat>
#include <stdexcept>
#include <vector>

#include "audit/nearest.hpp"
#include "audit/process/command_caller.hpp"
#include "audit/vector_names.hpp"
#include "lib/target/composition.hpp"
#include "lib/target/outputs.hpp"

namespace napier {
namespace {

constexpr std::string_view scheme = "so:";
constexpr std::string_view command_scheme = "exec:";

#if LDBL_MANT_DIG == 64
constexpr const Format& long_double = binary80;
#elif LDBL_MANT_DIG == 113
constexpr const Format& long_double = binary128;
#else
constexpr const Format& long_double = binary64;
#endif

/// The end of a C function's name that tells the type of its arguments.
struct Suffix {
  std::string_view text;
  const Format& format;
};
constexpr std::array<Suffix, 11> suffixes{{{"", binary64},
                                           {"f", binary32},
                                           {"l", long_double},
                                           {"q", binary128},
                                           {"f16", binary16},
                                           {"bf16", bfloat16},
                                           {"f32", binary32},
                                           {"f64", binary64},
                                           {"f128", binary128},
                                           {"f32x", binary64},
                                           {"f64x", long_double}}};

/// What some libraries put around the C name.
struct Decoration {
  std::string_view before;
  std::string_view after;
};
constexpr std::array<Decoration, 9> decorations{{{"", ""},
                                                 {"__", ""},
                                                 {"__", "_finite"},
                                                 {"__ieee754_", ""},
                                                 {"cr_", ""},
                                                 {"amd_", ""},
                                                 {"Sleef_", "_u05"},
                                                 {"Sleef_", "_u10"},
                                                 {"Sleef_", "_u35"}}};

WellKnown plain_name(std::string_view name) {
  if (name.starts_with("pow10")) {  // the older GNU name of exp10
    const WellKnown renamed = plain_name("exp10" + std::string(name.substr(5)));
    if (renamed.function != nullptr) return renamed;
  }
  for (const auto rows : {all_functions(), all_compositions()})
    for (const Function* function : rows) {
      if (is_derivative(*function) || !name.starts_with(function->name)) continue;
      const std::string_view rest = name.substr(function->name.size());
      for (const Suffix& suffix : suffixes)
        if (rest == suffix.text) return {function, &suffix.format};
    }
  return {};
}

std::vector<std::string_view> function_names() {
  std::vector<std::string_view> names;
  for (const auto rows : {all_functions(), all_compositions()})
    for (const Function* function : rows) names.push_back(function->name);
  return names;
}

std::vector<std::string_view> format_names() {
  std::vector<std::string_view> names;
  names.reserve(all_formats.size());
  for (const Format* format : all_formats) names.push_back(format->name);
  return names;
}

const Function* named_function(const std::string& name) {
  if (const Function* function = find_function(name)) return function;
  if (const std::string orders = about_order(name); !orders.empty())
    throw std::invalid_argument(fmt::format("--function {}: no such function{}", name, orders));
  throw std::invalid_argument(fmt::format(
      "--function {}: no such function{}; there are {}, derivatives up to d{}_exp, and d2_pow_xy",
      name, nearest_clause(name, function_names()), fmt::join(function_names(), " "), most_order));
}

const Format* named_format(const std::string& name) {
  if (const Format* format = find_format(name)) return format;
  for (const Format* format : all_formats)
    if (format->c_type == name)
      throw std::invalid_argument(
          fmt::format("--format {0}: no such format; a C {0} is {1}", name, format->name));
  throw std::invalid_argument(fmt::format("--format {}: no such format{}; there are {}", name,
                                          nearest_clause(name, format_names()),
                                          fmt::join(format_names(), " ")));
}

/// The options that say what the target has not been told to be.
std::string missing_options(const Target& target) {
  std::string missing;
  if (target.function == nullptr)
    missing = fmt::format("--function, one of {}", fmt::join(function_names(), " "));
  if (target.format == nullptr)
    missing += fmt::format("{}--format, one of {}", missing.empty() ? "" : "; and ",
                           fmt::join(format_names(), " "));
  return missing;
}

[[noreturn]] void not_told(const SharedObject& object, const Target& target) {
  throw std::invalid_argument(fmt::format("{}: the name {} does not tell what it computes: add {}",
                                          object.name(), object.symbol, missing_options(target)));
}

std::string inference(const SharedObject& object, const Target& target,
                      const SharedObjectOptions& options) {
  std::string what;
  if (!options.function) what = fmt::format("--function {}", target.function->name);
  if (!options.format)
    what += fmt::format("{}--format {}", what.empty() ? "" : " ", target.format->name);
  if (!options.shape && !target.shape.is_scalar())
    what += fmt::format("{}--shape {}", what.empty() ? "" : " ", target.shape.text);
  return what.empty() ? "" : fmt::format("{}: by its name taken as {}", object.name(), what);
}

void check_shape(const SharedObject& object, const Target& target, std::string_view needs) {
  const auto refuse = [&](const std::string& why) {
    if (!why.empty())
      throw std::invalid_argument(
          fmt::format("{}: --shape {}: {}", object.name(), target.shape.text, why));
  };
  if (is_process(target.shape))
    refuse("so is a process asked, as in exec:COMMAND, and no function of a shared object");
  refuse(why_unfit(target.shape, *target.function, *target.format));
  refuse(why_not_callable(target.shape, needs));
}

}  // namespace

bool is_shared_object_target(std::string_view text) { return text.starts_with(scheme); }
bool is_command_target(std::string_view text) { return text.starts_with(command_scheme); }
bool is_foreign_target(std::string_view text) {
  return is_shared_object_target(text) || is_command_target(text);
}

SharedObject parse_shared_object(std::string_view text) {
  const auto refuse = [text](std::string_view why) {
    throw std::invalid_argument(
        fmt::format("{}: {}; write so:PATH#SYMBOL, as in so:./libmine.so#exp", text, why));
  };
  if (!is_shared_object_target(text)) refuse("this names no shared object");
  const std::string_view rest = text.substr(scheme.size());
  const std::size_t hash = rest.rfind('#');
  if (hash == std::string_view::npos) refuse("a symbol is missing");
  if (hash == 0) refuse("a path is missing");
  if (hash + 1 == rest.size()) refuse("a symbol is missing after the #");
  // A shell cuts line breaks off the end of a word that it puts together: such a target could not
  // be replayed.
  if (rest.ends_with('\n')) refuse("the symbol ends with a line break");
  return {std::string(rest.substr(0, hash)), std::string(rest.substr(hash + 1))};
}

WellKnown well_known(std::string_view symbol) {
  // Sleef_expf16_u10 is of 16 floats, not of a _Float16.
  if (const WellKnown vector = vector_name(symbol); vector.function != nullptr) return vector;
  for (const auto& [before, after] : decorations) {
    if (symbol.size() <= before.size() + after.size() || !symbol.starts_with(before) ||
        !symbol.ends_with(after))
      continue;
    const WellKnown found =
        plain_name(symbol.substr(before.size(), symbol.size() - before.size() - after.size()));
    if (found.function != nullptr) return found;
  }
  return {};
}

SharedObjectTarget shared_object_target(std::string_view text, const SharedObjectOptions& options) {
  SharedObject object = parse_shared_object(text);
  const WellKnown known = well_known(object.symbol);
  Target target;
  target.name = object.name();
  target.function = options.function ? named_function(*options.function) : known.function;
  target.format = options.format ? named_format(*options.format) : known.format;
  target.shape = options.shape ? parse_shape(*options.shape) : known.shape.value_or(Shape{});
  if (!options.format && target.shape.vector != nullptr)
    target.format = &target.shape.vector->element;
  if (target.function == nullptr || target.format == nullptr) not_told(object, target);
  check_shape(object, target, known.needs);
  std::string inferred = inference(object, target, options);
  object.environment = options.environment;
  target.in_process = false;
  const auto opening = [&](const Shape& shape) {
    object.shape = shape;
    return [object, format = target.format, arity = target.function->arity, worker = options.worker,
            patience = options.patience, history = std::make_shared<History>()] {
      return child_caller(object, *format, arity, worker, patience, history);
    };
  };
  target.open = opening(target.shape);
  if (const Output judged = parse_signature(target.shape).judged; judged.order != 0) {
    target.primal = std::make_shared<const Primal>(
        Primal{{}, opening(looking_at(target.shape, outputs.front()))});
    target.function = function_of(judged, *target.function);
  }
  return {std::move(target), std::move(inferred)};
}

std::vector<SharedObjectOptions> each_output(std::string_view text,
                                             const SharedObjectOptions& options) {
  if (!options.shape || !is_shared_object_target(text)) return {options};
  const Shape shape = parse_shape(*options.shape);
  const Signature signature = parse_signature(shape);
  if (signature.chosen || signature.derivatives().empty()) return {options};
  std::vector<SharedObjectOptions> all;
  for (const Output& output : outputs)
    if (signature.gives(output)) {
      all.push_back(options);
      all.back().shape = looking_at(shape, output).text;
    }
  return all;
}

void claim_of_value(Target& derivative, Claim claim) {
  derivative.primal =
      std::make_shared<const Primal>(Primal{std::move(claim), derivative.primal->open});
}

SharedObjectTarget command_target(std::string_view text, const SharedObjectOptions& options) {
  Command command{std::string(text.substr(command_scheme.size()))};
  const auto refuse = [&](const std::string& why) {
    throw std::invalid_argument(fmt::format("{}: {}", text, why));
  };
  if (command.line.find_first_not_of(" \t\n") == std::string::npos)
    refuse("a command is missing; write exec:COMMAND, as in 'exec:python3 my_exp.py'");
  // A shell cuts them off the end of a word that it puts together, and no argument holds the other.
  if (command.line.ends_with('\n')) refuse("the command ends with a line break");
  if (command.line.find('\0') != std::string::npos) refuse("the command holds a byte 0");
  Target target;
  target.name = command.name();
  if (options.function) target.function = named_function(*options.function);
  if (options.format) target.format = named_format(*options.format);
  if (target.function == nullptr || target.format == nullptr)
    refuse("a command does not tell what it computes: add " + missing_options(target));
  target.shape = parse_shape(options.shape.value_or(std::string(pipe_names.front().text)));
  const auto pipe = find_pipe(target.shape.text);
  if (!pipe)
    refuse(
        fmt::format("--shape {}: of a C function; a process is asked in blocks, raw, or in "
                    "lines, hex or decimal: see docs/protocol.md",
                    target.shape.text));
  command.function = target.function;
  command.format = target.format;
  command.pipe = *pipe;
  target.in_process = false;
  target.open = [command, worker = options.worker, patience = options.patience,
                 history = std::make_shared<History>()] {
    return command_caller(command, worker, patience, history);
  };
  return {std::move(target), {}};
}

SharedObjectTarget foreign_target(std::string_view text, const SharedObjectOptions& options) {
  return is_command_target(text) ? command_target(text, options)
                                 : shared_object_target(text, options);
}

}  // namespace napier
