// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "reports/render/worst_cases.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>
#include <vector>

#include "lib/fp/hexfloat.hpp"
#include "oracles/oracle.hpp"

namespace napier {
namespace {

/// Of one function in one format.
struct Place {
  const Function* function;
  const Format* format;
  friend bool operator<(const Place& a, const Place& b) {
    return std::pair(a.function->name, a.format->name) <
           std::pair(b.function->name, b.format->name);
  }
};

/// Arguments by their encodings, with the largest error of any target there.
using Cases = std::map<std::vector<Bits>, double>;

void add(Cases& cases, const std::vector<Float>& at, double ulps) {
  if (at.empty() || !std::ranges::all_of(at, is_finite)) return;
  std::vector<Bits> bits;
  for (const Float x : at) bits.push_back(x.bits);
  const auto [known, fresh] = cases.emplace(std::move(bits), ulps);
  if (!fresh) known->second = std::max(known->second, ulps);
}

std::map<Place, Cases> worst_cases(const Report& report) {
  std::map<Place, Cases> all;
  for (const TargetResult& target : report.targets) {
    const Function* function = find_function(target.function);
    const Format* format = find_format(target.format);
    if (function == nullptr || format == nullptr) continue;
    const auto arity = static_cast<std::size_t>(function->arity);
    for (const Measurement& m : target.measurements) {
      if (m.rounding != Rounding::nearest) continue;
      for (const BinadeError& binade : m.breakdown.binades)
        if (binade.at.size() == arity)
          add(all[{function, format}], binade.at, binade.max_ulp.hi.value);
      if (!m.breakdown.errors.empty() && m.at.size() == arity)
        add(all[{function, format}], m.at, m.max_ulp.hi.value);
    }
  }
  std::erase_if(all, [](const auto& row) { return row.second.empty(); });
  return all;
}

std::string arguments(const std::vector<Bits>& bits, const Format& format,
                      std::string_view between) {
  std::string text;
  for (const Bits one : bits)
    text += (text.empty() ? "" : std::string(between)) + to_hex({one, &format});
  return text;
}

}  // namespace

std::string render_wc(const Report& report) {
  std::string text;
  for (const auto& [place, cases] : worst_cases(report)) {
    text += fmt::format("# {} {}\n", place.function->name, place.format->name);
    for (const auto& [bits, ulps] : cases) text += arguments(bits, *place.format, ",") + "\n";
  }
  return text;
}

std::string render_glibc_inputs(const Report& report) {
  std::string text;
  for (const auto& [place, cases] : worst_cases(report)) {
    text += fmt::format("# {} {}\n", place.function->name, place.format->name);
    for (const auto& [bits, ulps] : cases)
      text += fmt::format("{} {}\n", place.function->name, arguments(bits, *place.format, " "));
  }
  return text;
}

std::string render_numpy_csv(const Report& report) {
  std::string text = "dtype,input,output,ulperrortol\n";
  for (const auto& [place, cases] : worst_cases(report)) {
    const std::string_view type = place.format == &binary16   ? "np.float16"
                                  : place.format == &binary32 ? "np.float32"
                                  : place.format == &binary64 ? "np.float64"
                                                              : "";
    if (type.empty()) continue;
    text += fmt::format("## {} ##\n", place.function->name);
    for (const auto& [bits, ulps] : cases) {
      Call call{{bits[0], place.format}, {}};
      if (bits.size() == 2) call.y = {bits[1], place.format};
      TrueValue truth(*place.function, call);
      const auto want = truth.rounded(*place.format, Rounding::nearest);
      if (!want || !std::isfinite(ulps)) continue;
      text += type;
      for (const Bits one : bits) text += fmt::format(",{:#x}", static_cast<std::uint64_t>(one));
      text +=
          fmt::format(",{:#x},{:.0f}\n", static_cast<std::uint64_t>(want->bits), std::ceil(ulps));
    }
  }
  return text;
}

}  // namespace napier
