// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "tests/mutants/mutants.hpp"

#include <stdexcept>

namespace napier::mutants {

std::span<const Mutant> all() {
  static const std::vector<Mutant> rows = [] {
    std::vector<Mutant> built;
    add_exp_mutants(built);
    add_limit_mutants(built);
    add_sibling_mutants(built);
    add_pow_mutants(built);
    add_log_mutants(built);
    add_edge_mutants(built);
    add_exact_mutants(built);
    add_manners_mutants(built);
    add_unruly_mutants(built);
    add_threshold_mutants(built);
    add_wrap_mutants(built);
    add_subnormal_mutants(built);
    add_near_one_mutants(built);
    add_table_mutants(built);
    add_shortcut_mutants(built);
    add_special_mutants(built);
    add_mode_mutants(built);
    add_order_mutants(built);
    add_slope_mutants(built);
    add_claim_mutants(built);
    add_deadly_mutants(built);
    return built;
  }();
  return rows;
}

const Mutant& find(std::string_view name) {
  for (const Mutant& mutant : all())
    if (mutant.name == name) return mutant;
  throw std::out_of_range("no mutant " + std::string(name));
}

}  // namespace napier::mutants
