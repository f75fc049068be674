// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "lib/target/catalogue.hpp"

#include <algorithm>
#include <stdexcept>

#include "lib/target/contribute.hpp"
#include "lib/target/contributions.hpp"
#include "lib/util/nearest.hpp"

namespace napier {
namespace {

std::string_view without_format(std::string_view name) { return name.substr(0, name.find(':')); }

/// Glob over path parts: `*` stays within a part, `**` crosses. Each literal piece that is met
/// takes a character or more of the text, so there are at most |text|² steps, however long the
/// pattern is and however many stars it has.
bool glob(std::string_view pattern, std::string_view text) {
  // reached[i]: what was read of the pattern matches the first i characters.
  std::vector<char> reached(text.size() + 1, 0);
  reached[0] = 1;
  while (!pattern.empty()) {
    const std::size_t stars = std::min(pattern.find_first_not_of('*'), pattern.size());
    for (std::size_t i = 0; stars > 0 && i < text.size(); ++i)
      if (reached[i] != 0 && (stars > 1 || text[i] != '/')) reached[i + 1] = 1;
    pattern.remove_prefix(stars);
    const std::string_view piece = pattern.substr(0, pattern.find('*'));
    if (piece.empty()) continue;
    bool met = false;
    for (std::size_t end = text.size() + 1; end-- > 0;) {
      const bool here = end >= piece.size() && reached[end - piece.size()] != 0 &&
                        text.substr(end - piece.size(), piece.size()) == piece;
      reached[end] = here ? 1 : 0;
      met = met || here;
    }
    if (!met) return false;
    pattern.remove_prefix(piece.size());
  }
  return reached.back() != 0;
}

std::string full_name(std::string_view collection, const Shipped& row) {
  return std::string(collection) + "/" + std::string(row.method) + "/" +
         std::string(row.function->name) + ":" + std::string(row.format->name);
}

Target target_of(std::string_view collection, const Shipped& row) {
  Target target;
  target.name = full_name(collection, row);
  target.function = row.function;
  target.format = row.format;
  target.claim = row.claim;
  target.method = row.idea;
  target.open = [code = row.code] { return direct_caller(code); };
  return target;
}

}  // namespace

namespace {
/// The order of names: by path, then by format, so that exp stands before exp2.
bool comes_before(std::string_view a, std::string_view b) {
  const auto parts = [](std::string_view name) {
    const std::string_view path = without_format(name);
    return std::pair(path, name.substr(path.size()));
  };
  return parts(a) < parts(b);
}
}  // namespace

void Catalogue::add(Target target) {
  const auto place = std::ranges::lower_bound(targets_, target.name, comes_before, &Target::name);
  if (place != targets_.end() && place->name == target.name)
    throw std::logic_error("two targets are named " + target.name);
  targets_.insert(place, std::move(target));
}

const Target* Catalogue::find(std::string_view name) const {
  const auto place = std::ranges::lower_bound(targets_, name, comes_before, &Target::name);
  return place != targets_.end() && place->name == name ? &*place : nullptr;
}

std::vector<const Target*> Catalogue::match(std::string_view pattern) const {
  const bool any_format = pattern.find(':') == std::string_view::npos;
  std::vector<const Target*> found;
  for (const Target& target : targets_)
    if (glob(pattern, any_format ? without_format(target.name) : target.name))
      found.push_back(&target);
  return found;
}

std::vector<std::string> Catalogue::nearest(std::string_view text, std::size_t count) const {
  const bool any_format = text.find(':') == std::string_view::npos;
  std::vector<std::string_view> names;
  for (const Target& target : targets_) {
    const std::string_view name = any_format ? without_format(target.name) : target.name;
    // The formats of a path stand one after another.
    if (names.empty() || names.back() != name) names.push_back(name);
  }
  return nearest_names(text, names, count);
}

void ship(Catalogue& catalogue, const Shipped& row) { catalogue.add(target_of("shipped", row)); }

void ship_derivative(Catalogue& catalogue, const Shipped& row, ScalarFunction primal,
                     const Claim& primal_claim) {
  Target target = target_of("shipped/derivative", row);
  target.primal = std::make_shared<const Primal>(
      Primal{primal_claim, [primal] { return direct_caller(primal); }});
  catalogue.add(std::move(target));
}

const Catalogue& catalogue() {
  static const Catalogue instance = [] {
    Catalogue built;
    contribute_libm(built);
    contribute_shipped(built);
    return built;
  }();
  return instance;
}

}  // namespace napier
