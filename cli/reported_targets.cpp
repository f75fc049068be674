// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "cli/reported_targets.hpp"

#include <fmt/format.h>

#include <stdexcept>

#include "audit/manifest/library.hpp"
#include "audit/recorded_table.hpp"
#include "audit/target_string.hpp"
#include "cli/candidates.hpp"
#include "cli/terminal.hpp"
#include "lib/target/outputs.hpp"

namespace napier::cli {
namespace {

namespace fs = std::filesystem;

/// A file of a report as the report's folder sees it: a path that is not absolute is looked for
/// from there, then from the folders that hold that one, where the audit was perhaps started, and
/// then from where we are. Last, beside the report by its name alone: the two may have been moved.
fs::path found_from(const fs::path& folder, const fs::path& path) {
  std::error_code error;
  const fs::path start = fs::absolute(folder.empty() ? "." : folder, error).lexically_normal();
  for (fs::path from = start; path.is_relative() && from.has_relative_path();
       from = from.parent_path())
    if (fs::exists(from / path, error)) return (from / path).lexically_normal();
  if (fs::exists(path, error)) return path;
  if (fs::exists(start / path.filename(), error))
    return (start / path.filename()).lexically_normal();
  return path;  // which fails, and says why
}

/// A shared object.
std::string object_from(const fs::path& folder, const std::string& name) {
  SharedObject object = parse_shared_object(name);
  if (object.path.find('/') == std::string::npos) return name;  // the loader's to find
  object.path = found_from(folder, object.path).string();
  return object.name();
}

/// A claim whose table is where the report's folder sees it.
Claim claim_from(const fs::path& folder, Claim claim) {
  if (is_recorded_table(claim.equals))
    claim.equals = table_in(found_from(folder, file_of_table(claim.equals)).string());
  return claim;
}

/// A target of a report that has a name of its own.
Target target_named(const std::string& name) try {
  return select_candidates(name).front().target;
} catch (const std::invalid_argument&) {
  throw std::invalid_argument("this program has no target '" + name + "' of the report");
}

/// Is the result a derivative that a function gives beside its value?
bool is_beside_a_value(const TargetResult& result) {
  return parse_signature(parse_shape(result.shape)).judged.order != 0;
}

/// What the report says of the value that such a derivative belongs to.
Claim claim_of_its_value(const Report& report, const TargetResult& result,
                         const Target& derivative) {
  const Shape value = looking_at(derivative.shape, outputs.front());
  for (const TargetResult& other : report.targets)
    if (other.name == result.name && other.format == result.format && other.shape == value.text &&
        other.function == derivative.function->primal->name)
      return other.claim;
  return {};
}

}  // namespace

Target reported_target(const Report& report, const TargetResult& result, Basis basis,
                       const fs::path& folder) {
  const Claim claim = claim_from(
      folder, basis == Basis::expectation && result.expect ? *result.expect : result.claim);
  if (!is_foreign_target(result.name)) {
    Target target = target_named(result.name);
    target.claim = claim;
    return target;
  }
  SharedObjectOptions shape;
  shape.function = result.function;
  shape.format = result.format;
  shape.shape = result.shape;
  if (is_beside_a_value(result)) shape.function = find_function(result.function)->primal->name;
  shape.environment = result.environment;
  const bool is_command = is_command_target(result.name);
  const std::string name = is_command ? result.name : object_from(folder, result.name);
  Target target = foreign_target(name, shape).target;
  target.claim = claim;
  if (is_beside_a_value(result)) claim_of_value(target, claim_of_its_value(report, result, target));
  if (is_command) return target;
  const std::string object = identity_of_library(parse_shared_object(name).path);
  if (!result.object.empty() && !object.empty() && object != result.object)
    complain(fmt::format("{} is another file than the report's: {} now, {} then", name, object,
                         result.object));
  return target;
}

std::vector<Candidate> reported_others(const Report& report, const std::string& name,
                                       const fs::path& folder) {
  std::vector<Candidate> others;
  for (const TargetResult& result : report.targets)
    if (!name.empty() && result.name == name) {
      others.emplace_back().target = reported_target(report, result, Basis::claim, folder);
      others.back().target.name = name;
    }
  return others;
}

}  // namespace napier::cli
