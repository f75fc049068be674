// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include <napier/napier.h>

#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "audit/campaign.hpp"
#include "audit/deadline.hpp"
#include "audit/embedded/asked.hpp"
#include "audit/embedded/replayed_case.hpp"
#include "napier_build_info.hpp"
#include "oracles/fast/scalar/self_check.hpp"
#include "props/property/property.hpp"
#include "reports/render/renderers.hpp"
#include "reports/render/terminal.hpp"
#include "reports/store/json.hpp"
#include "reports/text.hpp"
#include "reports/view/checks.hpp"

struct napier_report {
  napier::Report report;
  std::optional<int> replayed;  ///< the status of a case that was judged again; then no report
  std::vector<napier::Check> checks;
  std::vector<std::string> told;             ///< of each check
  std::map<std::string, std::string> forms;  ///< made so far
};

namespace {

using namespace napier;

constexpr const char* gave_up_text = "the function ended the audit";

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

/// What reports say of one that is undecided, and no check does: that the time was up, or that
/// nothing was tried.
void tell_what_is_open(const TargetResult& target, std::vector<Check>& checks) {
  const bool anything_tried =
      std::ranges::any_of(checks, [](const Check& check) { return check.cases != 0; });
  if (target.verdict != TargetVerdict::inconclusive || (anything_tried && !target.partial)) return;
  if (std::ranges::find(checks, Tone::inconclusive, &Check::state) != checks.end()) return;
  Check& open = checks.emplace_back();
  open.name = open.property = "audit";
  open.state = Tone::inconclusive;
  open.why = verdict_line(target).reason;
}

napier_report* judged(const Target& target, const napier_options& options,
                      const CampaignOptions& campaign, StopFlag& flag) {
  const std::vector<Candidate> candidates{{target, {}, {}}};
  check_feasible(candidates, campaign);
  Progress progress;
  if (options.foretells != nullptr)
    progress.foresees = [&options](const std::string& cost) {
      options.foretells(cost.c_str(), options.foretells_data);
    };
  const Deadline deadline(options.max_seconds, flag);
  auto made = std::make_unique<napier_report>();
  made->report = run_campaign(candidates, campaign, progress);
  made->report.out_of_time = made->report.partial && deadline.passed();
  TargetResult& result = made->report.targets.front();
  // The command cannot call a function of this process again.
  for (Finding& finding : result.findings)
    finding.replay = replay_line(target.name, finding, given(options.again, ""));
  if (result.verdict == TargetVerdict::failed) throw std::runtime_error(result.failure);
  made->checks = checks_of(made->report, result);
  tell_what_is_open(result, made->checks);
  for (const Check& check : made->checks) made->told.push_back(told_of(check));
  return made.release();
}

Tone state_of(Replayed outcome) {
  switch (outcome) {
    case Replayed::refuted:
      return Tone::refuted;
    case Replayed::undecided:
      return Tone::inconclusive;
    case Replayed::stands:
      break;
  }
  return Tone::stands;
}

napier_report* replayed(const Target& target, std::string_view which) {
  check_arithmetic();
  NamedCase named = replay_case(target, which);
  auto made = std::make_unique<napier_report>();
  Check& check = made->checks.emplace_back();
  check.name = check.property = named.property;
  check.rounding = named.rounding;
  check.state = state_of(named.replayed.outcome);
  check.cases = 1;
  made->told.push_back(visible(named.replayed.text));
  made->replayed = status_of(named.replayed.outcome);
  return made.release();
}

napier_report* audited(const Target& target, const napier_options& options, StopFlag& flag) {
  CampaignOptions campaign = campaign_of(options);
  campaign.stop = &flag;
  if (const auto which = named_in_environment(target.name, campaign.properties))
    return replayed(target, *which);
  check_arithmetic();
  return judged(target, options, campaign, flag);
}

/// The names, of static storage, of what can be asked of a target, each once. They are asked for
/// one by one, so what was made for the first is kept for the next: some claims take long to read.
const std::vector<std::string_view>& properties_of(const napier_options& options) {
  thread_local std::string known;
  thread_local std::vector<std::string_view> names;
  std::string asked;
  for (const char* text : {options.function, options.format, options.claim, options.shape,
                           options.base, options.value_claim})
    asked += std::string(given(text, "")) + (text == nullptr ? '\1' : '\0');
  if (asked == known) return names;
  const Target target = described(options);
  const Subject subject(target, Rounding::nearest);
  known.clear();
  names.clear();
  for (const Property& property : all_properties())
    if (property.inapplicable(subject).empty() &&
        std::ranges::find(names, property.name) == names.end())
      names.push_back(property.name);
  known = std::move(asked);
  return names;
}

}  // namespace

napier_report* napier_audit(napier_function function, const napier_options* options, char* error,
                            size_t error_size) {
  return guarded(
      [&] {
        const napier_options all = whole(options);
        StopFlag flag{false};
        return audited(target_of(function, all), all, flag);
      },
      error, error_size);
}

napier_report* napier_audit_arrays(napier_array_function function, void* user,
                                   const napier_options* options, char* error, size_t error_size) {
  return guarded(
      [&] {
        const napier_options all = whole(options);
        Arrayed arrayed{function, user};
        std::unique_ptr<napier_report> report(audited(target_of(arrayed, all), all, arrayed.stop));
        if (arrayed.gave_up) throw std::runtime_error(gave_up_text);
        return report.release();
      },
      error, error_size);
}

napier_report* napier_replay(napier_function function, const napier_options* options,
                             const char* which, char* error, size_t error_size) {
  return guarded([&] { return replayed(target_of(function, whole(options)), given(which, "")); },
                 error, error_size);
}

napier_report* napier_replay_arrays(napier_array_function function, void* user,
                                    const napier_options* options, const char* which, char* error,
                                    size_t error_size) {
  return guarded(
      [&] {
        Arrayed arrayed{function, user};
        std::unique_ptr<napier_report> report(
            replayed(target_of(arrayed, whole(options)), given(which, "")));
        if (arrayed.gave_up) throw std::runtime_error(gave_up_text);
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

int napier_promises_something(const napier_options* options) {
  return guarded([&] { return described(whole(options)).claim.anything() ? 1 : 0; }, nullptr, 0);
}

void napier_free(napier_report* report) { delete report; }

int napier_status(const napier_report* report) {
  return report->replayed ? *report->replayed : exit_code(report->report);
}

const char* napier_verdict(const napier_report* report) {
  if (!report->replayed) return name(report->report.targets.front().verdict).data();
  const int status = *report->replayed;
  return name(status == 1   ? TargetVerdict::refuted
              : status == 3 ? TargetVerdict::inconclusive
                            : TargetVerdict::stands)
      .data();
}

const char* napier_text(napier_report* report, const char* form) {
  return guarded(
      [&]() -> const char* {
        const std::string name(given(form, ""));
        if (report->replayed) return name == "terminal" ? report->told.front().c_str() : nullptr;
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
        const auto& names = properties_of(whole(options));
        return number < names.size() ? names[number].data() : nullptr;
      },
      nullptr, 0);
}

const char* napier_version() { return build::version.data(); }
