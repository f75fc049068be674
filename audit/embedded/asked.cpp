// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "audit/embedded/asked.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "audit/embedded/base.hpp"
#include "audit/nearest.hpp"
#include "audit/selection.hpp"
#include "lib/target/array_caller.hpp"
#include "lib/target/claim_grammar.hpp"
#include "lib/target/composition.hpp"
#include "lib/target/outputs.hpp"

namespace napier {
namespace {

std::vector<std::string> listed(const char* text) {
  std::vector<std::string> parts;
  std::string_view rest = given(text, "");
  while (!rest.empty()) {
    const std::size_t comma = std::min(rest.find(','), rest.size());
    std::string part(rest.substr(0, comma));
    part.erase(0, part.find_first_not_of(' '));
    part.erase(part.find_last_not_of(' ') + 1);
    if (!part.empty()) parts.push_back(std::move(part));
    rest.remove_prefix(std::min(comma + 1, rest.size()));
  }
  return parts;
}

const Function& function_named(std::string_view name) {
  if (const Function* function = find_function(name)) return *function;
  if (const std::string orders = about_order(name); !orders.empty())
    throw std::invalid_argument("there is no function '" + std::string(name) + "'" + orders);
  std::vector<std::string_view> names;
  for (const auto rows : {all_functions(), all_compositions()})
    for (const Function* known : rows) names.push_back(known->name);
  throw std::invalid_argument("there is no function '" + std::string(name) + "'" +
                              nearest_clause(name, names));
}

const Format& format_named(std::string_view name) {
  if (const Format* format = find_format(name)) return *format;
  std::vector<std::string_view> names;
  for (const Format* known : all_formats) names.push_back(known->name);
  throw std::invalid_argument("there is no format '" + std::string(name) + "'" +
                              nearest_clause(name, names));
}

Claim claim_of(const char* text, const Function& function, const Format& format) {
  Claim claim;
  if (const std::string_view sentence = given(text, ""); !sentence.empty())
    claim = parse_claim(sentence, function, format);
  claim.source = "the program that was audited";
  return claim;
}

/// Makes it a target that is an output of a function that gives several.
void choose_output(Target& target, const napier_options& options) {
  const Signature signature = parse_signature(target.shape);
  if (const auto derivatives = signature.derivatives(); !derivatives.empty() && !signature.chosen)
    throw std::invalid_argument("the shape " + target.shape.text +
                                " gives several outputs: audit one at a time, as in " +
                                looking_at(target.shape, outputs.front()).text + " and " +
                                looking_at(target.shape, derivatives.front()).text);
  if (signature.judged.order == 0) {
    if (!given(options.value_claim, "").empty())
      throw std::invalid_argument(
          "value_claim is of the value beside a derivative: what is claimed of " +
          std::string(target.function->name) + " itself is `claim`");
    return;
  }
  const Function& value = *target.function;
  target.function = function_of(signature.judged, value);
  target.primal = std::make_shared<const Primal>(
      Primal{claim_of(options.value_claim, value, *target.format), {}});
}

class ArrayedCode final : public ArrayCode {
 public:
  explicit ArrayedCode(Arrayed& whose) : whose_(whose) {}
  void run(const Arrays& arrays) const noexcept override {
    if (whose_.gave_up) return;
    const int before = errno;
    const int outcome = whose_.function(arrays.x, arrays.a, arrays.y, arrays.length, whose_.user);
    errno = before;  // an interpreter uses it for itself
    if (outcome == 0) return;
    whose_.gave_up = true;
    whose_.stop = true;
  }
  /// Data of some languages have no arrays of that kind.
  bool takes_empty() const override { return false; }

 private:
  Arrayed& whose_;
};

}  // namespace

std::string_view given(const char* text, std::string_view otherwise) {
  return text == nullptr || *text == '\0' ? otherwise : std::string_view(text);
}

napier_options whole(const napier_options* options) {
  napier_options all{};
  if (options == nullptr || options->size < sizeof all.size)
    throw std::invalid_argument("the options have no size: set it to sizeof(napier_options)");
  std::memcpy(&all, options, std::min(options->size, sizeof all));
  return all;
}

Target described(const napier_options& options) {
  Target target;
  const bool has_base = options.base != nullptr;
  target.format = &format_named(given(options.format, "binary64"));
  target.function = &function_named(given(options.function, has_base ? "pow" : "exp"));
  target.shape = parse_shape(given(options.shape, "scalar"));
  if (has_base) check_base_fits(*target.function, target.shape);
  if (const std::string unfit = why_unfit(target.shape, *target.function, *target.format);
      !unfit.empty())
    throw std::invalid_argument(unfit);
  choose_output(target, options);
  const std::string otherwise = "my_" + std::string(target.function->name);
  target.name = std::string(given(options.name, otherwise));
  target.claim = claim_of(options.claim, *target.function, *target.format);
  if (has_base) hold_at_base(target.claim, base_of(options.base, *target.format));
  return target;
}

Target target_of(napier_function function, const napier_options& options) {
  if (function == nullptr) throw std::invalid_argument("the function is a null pointer");
  Target target = described(options);
  const std::string uncallable = why_not_callable(target.shape);
  if (!uncallable.empty()) throw std::invalid_argument(uncallable);
  void* const address = reinterpret_cast<void*>(function);
  const Format& format = *target.format;
  const int arity = target.function->arity;
  if (options.base != nullptr) {
    const ScalarFunction callable = scalar_function(address, format, 1);
    target.open = [callable] { return caller_at_a_base(direct_caller(callable)); };
  } else if (target.shape.is_scalar()) {
    const ScalarFunction callable = scalar_function(address, format, arity);
    target.open = [callable] { return direct_caller(callable); };
  } else {
    const auto opening = [&](const Shape& shape) {
      return [=, &format] { return array_caller(address, shape, format, arity); };
    };
    target.open = opening(target.shape);
    if (target.primal != nullptr)
      target.primal = std::make_shared<const Primal>(
          Primal{target.primal->claim, opening(looking_at(target.shape, outputs.front()))});
  }
  return target;
}

Target target_of(Arrayed& arrayed, const napier_options& options) {
  if (arrayed.function == nullptr) throw std::invalid_argument("the function is a null pointer");
  if (!given(options.shape, "").empty())
    throw std::invalid_argument(
        "a function of arrays with its data has its own shape: leave `shape` out");
  if (options.base != nullptr)
    throw std::invalid_argument(
        "a base is for a C function of one value at a time: leave it out, and audit pow with "
        "'on x in [B, B]' behind the claim");
  Target target = described(options);
  if (target.claim.flags || target.claim.errno_values)
    throw std::invalid_argument(
        "flags and errno are those of a function with C's calling "
        "convention: leave them out of the claim");
  const Format& format = *target.format;
  const int arity = target.function->arity;
  target.shape = parse_shape(arity == 2 ? "x,a,y:restrict,n" : "x,y:restrict,n");
  target.open = [&arrayed, shape = target.shape, &format, arity] {
    return array_caller(std::make_unique<ArrayedCode>(arrayed), shape, format, arity);
  };
  return target;
}

CampaignOptions campaign_of(const napier_options& options) {
  CampaignOptions campaign;
  const std::string effort(given(options.effort, "quick"));
  const auto known = find_effort(effort);
  if (!known)
    throw std::invalid_argument("there is no effort '" + effort + "': quick, standard or deep");
  campaign.effort = *known;
  campaign.properties = listed(options.properties);
  static_cast<void>(select_properties(campaign.properties));
  for (const std::string& mode : listed(options.roundings)) {
    if (mode == "all")
      campaign.roundings.assign(all_roundings.begin(), all_roundings.end());
    else if (const auto rounding = find_rounding(mode))
      campaign.roundings.push_back(*rounding);
    else
      throw std::invalid_argument("there is no rounding '" + mode +
                                  "': nearest, up, down, zero or all");
  }
  if (options.cases != 0) campaign.cases = options.cases;
  if (options.seed != 0) campaign.seed = {options.seed};
  if (options.threads < 0) throw std::invalid_argument("a number of threads is not below 0");
  campaign.threads = options.threads;
  campaign.exhaustive = options.exhaustive != 0;
  if (!(options.max_seconds >= 0))
    throw std::invalid_argument("a number of seconds is not below 0, and is a number");
  return campaign;
}

}  // namespace napier
