// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "lib/fp/decimal.hpp"
#include "lib/fp/hexfloat.hpp"
#include "props/property/property.hpp"
#include "reports/view/figures.hpp"
#include "reports/view/over_all.hpp"
#include "reports/view/view.hpp"

namespace napier {
namespace {

std::string words_of(const Finding& finding) {
  return finding.claimed.empty() ? finding.property : finding.claimed;
}

/// What is wrong where no value tells it; older reports have it in the explanation alone.
std::string fault_of(const Finding& finding, const Witness& witness) {
  if (!witness.fault.empty()) return witness.fault;
  const Property* property = known_property(finding.property);
  return property != nullptr && property->about == About::no_return ? "no answer" : "";
}

/// Is a distance said? None is that of infinities and NaN, whose ulps are no number or no figure
/// that anybody can read, and none that of two zeros, which lie equally far from the true value.
bool has_distance(const Witness& witness) {
  if (witness.got && witness.want && is_zero(*witness.got) && is_zero(*witness.want)) return false;
  const auto finite = [](const std::optional<Float>& x) { return !x || is_finite(*x); };
  return witness.got && finite(witness.got) && finite(witness.want) && witness.ulp.hi.value > 0 &&
         witness.ulp.hi < infinite_ulp;
}

/// A distance, in the claim's unit too where that is another.
std::string distance_text(const Finding& finding, const Witness& witness, const Claim& claim) {
  const std::string own = ulp_text(witness.ulp, landmarks(claim, finding.rounding));
  const std::string claimed =
      claimed_ulp_text(witness.ulp, claim, finding.rounding, *witness.got->format, witness.want);
  return claimed.empty() ? own
                         : fmt::format("{} ({} of {})", claimed, own, witness.got->format->name);
}

/// The same in decimal.
std::string decimals(const Witness& witness) {
  return to_decimal(*witness.got) + (witness.want ? ", right is " + to_decimal(*witness.want) : "");
}

/// Words that begin with the place need not be told it twice.
bool says_where(const Witness& witness, const std::string& words) {
  return !witness.inputs.empty() && words.starts_with(to_hex(witness.inputs));
}

std::string value_text(const Witness& witness) {
  return to_hex(*witness.got) + (witness.want ? ", right is " + to_hex(*witness.want) : "");
}

}  // namespace

std::string wrong(const Finding& finding, const Witness& witness, const Claim& claim) {
  if (!witness.got) return fault_of(finding, witness);
  const std::string distance = has_distance(witness) ? distance_text(finding, witness, claim) : "";
  const std::string told = distance.empty() ? "got " + decimals(witness) : distance;
  return told + (witness.fault.empty() ? "" : " (" + witness.fault + ")");
}

std::string promise(const Finding& finding) {
  const std::string words = words_of(finding);
  switch (finding.basis) {
    case Basis::claim:
      return "claimed " + words;
    case Basis::expectation:
      return "asked for " + words;
    case Basis::everyone:
      break;
  }
  return "required of every target: " + words;
}

std::string charged(const Finding& finding) {
  const std::string law = finding.law.empty() ? "" : "law " + finding.law + " ";
  const std::string mode = finding.rounding == Rounding::nearest
                               ? ""
                               : fmt::format(", {},", mode_text(finding.rounding));
  return law + finding.property + mode;
}

std::string charge(const Finding& finding) {
  const std::string words = words_of(finding);
  const std::string cases =
      counted(finding.count, "case", "cases") + (finding.known ? ", as is known" : "");
  switch (finding.basis) {
    case Basis::claim:
      if (finding.smallest.fault.starts_with(over_all_text))
        return fmt::format("breaks the claim \"{}\", over {}", words, cases);
      return fmt::format("breaks the claim \"{}\" in {}", words, cases);
    case Basis::expectation:
      return fmt::format("falls short of what this audit asks for, \"{}\", in {}", words, cases);
    case Basis::everyone:
      break;
  }
  return fmt::format("breaks what is required of every target, \"{}\", in {}", words, cases);
}

std::string sentence(const Finding& finding, const Witness& witness, const Claim& claim) {
  const std::string place = "at " + arguments_text(witness.inputs);
  if (!witness.got) {
    const std::string fault = fault_of(finding, witness);
    if (fault.empty()) return place;
    if (says_where(witness, fault)) return fault;
    return witness.inputs.empty() ? fault : place + ": " + fault;
  }
  std::string text = value_text(witness);
  if (has_distance(witness)) text += ", off by " + distance_text(finding, witness, claim);
  if (!witness.fault.empty()) text += "; " + witness.fault;
  if (!witness.call.empty())
    return witness.call + " gave " + text + (witness.inputs.empty() ? "" : "; it shows " + place);
  return place + ": got " + text;
}

Cell arguments_cell(std::span<const Float> arguments) {
  Cell cell{arguments_in_decimal(arguments), Tone::plain, true};
  if (!std::ranges::all_of(arguments, is_exact_in_decimal)) cell.beside = arguments_text(arguments);
  return cell;
}

namespace {

Cell call_cell(const Witness& witness) {
  const Format* format = witness.got ? witness.got->format : nullptr;
  if (format == nullptr) return {witness.call, Tone::plain, true};
  const std::string decimal = in_decimal(witness.call, *format);
  return {decimal, Tone::plain, true, decimal == witness.call ? "" : witness.call};
}

/// Where no value is at fault: where, and what is wrong.
Table fault_table(const Finding& finding,
                  const std::vector<std::pair<const char*, const Witness*>>& witnesses) {
  Table table{{{"", {}}, {"at", {}}, {"what is wrong", {}}}, {}};
  for (const auto& [which, witness] : witnesses)
    table.rows.push_back(
        {{{which}, arguments_cell(witness->inputs), {fault_of(finding, *witness)}}, {}});
  return table;
}

}  // namespace

Table witness_table(const Finding& finding, const Claim& claim) {
  std::vector<std::pair<const char*, const Witness*>> witnesses{{"worst", &finding.worst}};
  if (same_case(finding))
    witnesses.front().first = "witness";
  else
    witnesses.insert(witnesses.begin(), {"smallest", &finding.smallest});
  const auto any = [&](auto has) {
    return std::ranges::any_of(witnesses, [&](const auto& entry) { return has(*entry.second); });
  };
  if (!any([](const Witness& w) { return w.got.has_value(); }))
    return fault_table(finding, witnesses);
  const bool calls = any([](const Witness& w) { return !w.call.empty(); });
  const bool faults = any([](const Witness& w) { return !w.fault.empty(); });
  Table table{{{"", {}}}, {}};
  if (calls) table.columns.push_back({"the call to blame", {}});
  table.columns.push_back({"at", {}});
  table.columns.push_back({finding.law.empty() || calls ? "got" : "the call to blame gave", {}});
  table.columns.push_back({"right", {}});
  table.columns.push_back({"error", {}, true});
  if (faults) table.columns.push_back({"what is wrong", {}});
  const auto datum = [](const std::optional<Float>& x) -> Cell {
    return x ? arguments_cell(std::array{*x}) : Cell{"–", Tone::quiet};
  };
  for (const auto& [which, witness] : witnesses) {
    Row row{{{which}}, {}};
    if (calls) row.cells.push_back(call_cell(*witness));
    row.cells.push_back(arguments_cell(witness->inputs));
    row.cells.push_back(datum(witness->got));
    row.cells.push_back(datum(witness->want));
    row.cells.push_back({has_distance(*witness) ? distance_text(finding, *witness, claim) : "–"});
    if (faults) row.cells.push_back({witness->fault.empty() ? "–" : witness->fault});
    table.rows.push_back(std::move(row));
  }
  return table;
}

std::string_view when_tried_again(const Finding& finding) {
  const bool tried = finding.explanation.find(not_tried_again) == std::string::npos;
  if (finding.repeatable || !tried) return {};
  return finding.seen_again ? "Seen again when it was tried once more; it need not show each time."
                            : "Seen, but not again when it was tried once more.";
}

std::string explained(const Finding& finding) {
  if (finding.explanation.empty() || same_case(finding)) return finding.explanation;
  return "The smallest case. " + finding.explanation;
}

bool same_case(const Finding& finding) {
  return finding.smallest.inputs == finding.worst.inputs &&
         finding.smallest.got == finding.worst.got && finding.smallest.fault == finding.worst.fault;
}

}  // namespace napier
