// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include <napier/napier.h>

#include <cstring>
#include <map>
#include <mutex>
#include <string_view>
#include <utility>

#include "props/domain/call_domain.hpp"

// The points of our strata, for other people's properties.
namespace {

using namespace napier;

std::string_view given(const char* text, std::string_view otherwise) {
  return text == nullptr || *text == '\0' ? otherwise : std::string_view(text);
}

/// The strata of a function in a format, nullptr if either is unknown. Made once.
const Domain* domain_of(const char* function_name, const char* format_name) {
  const Function* function = find_function(given(function_name, "exp"));
  const Format* format = find_format(given(format_name, "binary64"));
  if (function == nullptr || format == nullptr) return nullptr;
  static std::mutex mutex;
  static std::map<std::pair<const Function*, const Format*>, Domain> known;
  const std::lock_guard lock(mutex);
  const auto place = known.find({function, format});
  if (place != known.end()) return &place->second;
  // Its points keep the target in mind, which is to live as long.
  static std::map<std::pair<const Function*, const Format*>, Target> targets;
  Target& target = targets[{function, format}];
  target.function = function;
  target.format = format;
  return &known
              .emplace(std::pair(function, format), call_domain(Subject(target, Rounding::nearest)))
              .first->second;
}

}  // namespace

const char* napier_stratum(const char* function, const char* format, size_t number) {
  try {
    const Domain* domain = domain_of(function, format);
    if (domain == nullptr || number >= domain->strata.size()) return nullptr;
    return domain->strata[number].name.c_str();
  } catch (...) {
    return nullptr;
  }
}

int napier_point(const char* function, const char* format, size_t stratum, uint64_t seed,
                 uint64_t index, void* arguments) {
  try {
    const Domain* domain = domain_of(function, format);
    if (domain == nullptr || stratum >= domain->strata.size()) return 0;
    const std::uint64_t size = domain->strata[stratum].size;
    const auto point =
        domain->at({seed}, {property_key("points"), static_cast<std::uint32_t>(stratum),
                            size == 0 ? index : index % size});
    if (!point) return 0;
    auto* place = static_cast<unsigned char*>(arguments);
    for (const Float& argument : point->arguments()) {
      std::memcpy(place, &argument.bits, static_cast<std::size_t>(argument.format->width) / 8);
      place += argument.format->bytes();
    }
    return static_cast<int>(point->count);
  } catch (...) {
    return 0;
  }
}
