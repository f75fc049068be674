// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include <napier/napier.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstring>
#include <map>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "audit/campaign.hpp"
#include "audit/deadline.hpp"
#include "audit/nearest.hpp"
#include "audit/selection.hpp"
#include "lib/target/array_caller.hpp"
#include "lib/target/claim_grammar.hpp"
#include "lib/target/composition.hpp"
#include "lib/target/outputs.hpp"
#include "napier_build_info.hpp"
#include "oracles/fast/scalar/self_check.hpp"
#include "reports/render/renderers.hpp"
#include "reports/render/terminal.hpp"
#include "reports/store/json.hpp"
#include "reports/view/checks.hpp"

struct napier_report {
  napier::Report report;
  std::vector<napier::Check> checks;
  std::vector<std::string> told;             ///< of each check
  std::map<std::string, std::string> forms;  ///< made so far
};

namespace {

using namespace napier;

std::string_view given(const char* text, std::string_view otherwise) {
  return text == nullptr || *text == '\0' ? otherwise : std::string_view(text);
}

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

/// What the options say of a function, but for how it is called. A shorter struct is an older
/// program's: what it lacks has its default.
Target described(const napier_options& options) {
  Target target;
  target.function = &function_named(given(options.function, "exp"));
  target.format = &format_named(given(options.format, "binary64"));
  const std::string otherwise = "my_" + std::string(target.function->name);
  target.name = std::string(given(options.name, otherwise));
  if (const std::string_view claim = given(options.claim, ""); !claim.empty())
    target.claim = parse_claim(claim, *target.function, *target.format);
  target.claim.source = "the program that was audited";
  target.shape = parse_shape(given(options.shape, "scalar"));
  const std::string unfit = why_unfit(target.shape, *target.format, target.function->arity);
  if (!unfit.empty()) throw std::invalid_argument(unfit);
  if (!parse_signature(target.shape).derivatives().empty())
    throw std::invalid_argument("the shape " + target.shape.text +
                                " gives derivatives, too, which the command audits: here give one "
                                "function of each");
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
  if (target.shape.is_scalar()) {
    const ScalarFunction callable = scalar_function(address, format, arity);
    target.open = [callable] { return direct_caller(callable); };
  } else {
    target.open = [address, shape = target.shape, &format, arity] {
      return array_caller(address, shape, format, arity);
    };
  }
  return target;
}

/// A function of arrays with its data. Once it gave up it is not called again, and the audit ends.
struct Arrayed {
  napier_array_function function;
  void* user;
  StopFlag stop{false};
  std::atomic<bool> gave_up{false};
};

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

 private:
  Arrayed& whose_;
};

Target target_of(Arrayed& arrayed, const napier_options& options) {
  if (arrayed.function == nullptr) throw std::invalid_argument("the function is a null pointer");
  if (!given(options.shape, "").empty())
    throw std::invalid_argument(
        "a function of arrays with its data has its own shape: leave "
        "`shape` out");
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

napier_options whole(const napier_options* options) {
  napier_options all{};
  if (options == nullptr || options->size < sizeof all.size)
    throw std::invalid_argument("the options have no size: set it to sizeof(napier_options)");
  std::memcpy(&all, options, std::min(options->size, sizeof all));
  return all;
}

std::string told_of(const Check& check) {
  return check.state == Tone::refuted ? findings_text(check) : check.why;
}

napier_state state_of_check(Tone state) {
  switch (state) {
    case Tone::refuted:
    case Tone::failed:
      return napier_refuted;
    case Tone::inconclusive:
      return napier_open;
    case Tone::stands:
      return napier_stands;
    case Tone::measured:
    case Tone::quiet:
    case Tone::plain:
      break;
  }
  return napier_measured;
}

/// Runs something and says what it throws in a line.
template <class Action>
auto guarded(Action action, char* error, std::size_t size) -> decltype(action()) {
  std::string why;
  try {
    return action();
  } catch (const std::exception& refused) {
    why = refused.what();
  } catch (...) {
    why = "an unknown exception";
  }
  if (error != nullptr && size != 0) {
    std::replace(why.begin(), why.end(), '\n', ' ');
    error[why.copy(error, size - 1)] = '\0';
  }
  return {};
}

napier_report* audited(const Candidate& candidate, const napier_options& options, StopFlag* stop) {
  check_arithmetic();
  const std::vector<Candidate> candidates{candidate};
  CampaignOptions campaign = campaign_of(options);
  StopFlag own{false};
  StopFlag& flag = stop == nullptr ? own : *stop;
  campaign.stop = &flag;
  check_feasible(candidates, campaign);
  const Deadline deadline(options.max_seconds, flag);
  auto made = std::make_unique<napier_report>();
  made->report = run_campaign(candidates, campaign);
  made->report.out_of_time = made->report.partial && deadline.passed();
  TargetResult& target = made->report.targets.front();
  // The command cannot call a function of this process again.
  for (Finding& finding : target.findings) finding.replay.clear();
  if (target.verdict == TargetVerdict::failed) throw std::runtime_error(target.failure);
  made->checks = checks_of(made->report, target);
  for (const Check& check : made->checks) made->told.push_back(told_of(check));
  return made.release();
}

}  // namespace

napier_report* napier_audit(napier_function function, const napier_options* options, char* error,
                            size_t error_size) {
  return guarded(
      [&] {
        const napier_options all = whole(options);
        return audited({target_of(function, all), {}, {}}, all, nullptr);
      },
      error, error_size);
}

napier_report* napier_audit_arrays(napier_array_function function, void* user,
                                   const napier_options* options, char* error, size_t error_size) {
  return guarded(
      [&] {
        const napier_options all = whole(options);
        Arrayed arrayed{function, user};
        std::unique_ptr<napier_report> report(
            audited({target_of(arrayed, all), {}, {}}, all, &arrayed.stop));
        if (arrayed.gave_up) throw std::runtime_error("the function ended the audit");
        return report.release();
      },
      error, error_size);
}

int napier_makes_sense(const napier_options* options, char* error, size_t error_size) {
  return guarded(
      [&] {
        const napier_options all = whole(options);
        check_feasible({{described(all), {}, {}}}, campaign_of(all));
        return 1;
      },
      error, error_size);
}

void napier_free(napier_report* report) { delete report; }

int napier_status(const napier_report* report) { return exit_code(report->report); }

const char* napier_text(napier_report* report, const char* form) {
  return guarded(
      [&]() -> const char* {
        const std::string name(given(form, ""));
        const auto known = report->forms.find(name);
        if (known != report->forms.end()) return known->second.c_str();
        const auto keep = [&](std::string text) {
          return report->forms.emplace(name, std::move(text)).first->second.c_str();
        };
        if (name == "json") return keep(json_text(report->report));
        if (name == "terminal") return keep(render_terminal(report->report));
        const auto renderer = std::ranges::find(renderers(), name, &Renderer::name);
        return renderer == renderers().end() ? nullptr : keep(renderer->render(report->report));
      },
      nullptr, 0);
}

size_t napier_check_count(const napier_report* report) { return report->checks.size(); }

napier_check napier_check_at(const napier_report* report, size_t number) {
  if (number >= report->checks.size()) return {};
  const Check& check = report->checks[number];
  return {check.name.c_str(), state_of_check(check.state), check.cases,
          report->told[number].c_str()};
}

const char* napier_property(const char* function, size_t number) {
  napier_options options{};
  options.size = sizeof options;
  options.function = function;
  return napier_property_of(&options, number);
}

const char* napier_property_of(const napier_options* options, size_t number) {
  return guarded(
      [&]() -> const char* {
        const Target target = described(whole(options));
        const Subject subject(target, Rounding::nearest);
        std::vector<std::string_view> names;  // of static storage, each once
        for (const Property& property : all_properties())
          if (property.inapplicable(subject).empty() &&
              std::ranges::find(names, property.name) == names.end())
            names.push_back(property.name);
        return number < names.size() ? names[number].data() : nullptr;
      },
      nullptr, 0);
}

const char* napier_version() { return build::version.data(); }
