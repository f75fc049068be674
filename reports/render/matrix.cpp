// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "reports/render/matrix.hpp"

#include <fmt/format.h>

#include "reports/render/markdown.hpp"
#include "reports/view/implementations.hpp"
#include "reports/view/shown.hpp"
#include "reports/view/view.hpp"

namespace napier {

std::string render_matrix(const Report& given) {
  const Report report = shown(given);
  const Provenance& made = report.provenance;
  return fmt::format(
      "{}\n{}.\n\n{}Measured from the true value by napier {}, effort {}, seed {}, {}, {}.\n",
      markdown_table(error_matrix(report)), markdown_escaped(matrix_meaning),
      are_rivals(report) ? markdown_implementations(report) + "\n" : std::string(),
      markdown_escaped(made.version), markdown_escaped(made.effort), made.seed,
      markdown_escaped(made.libm), markdown_escaped(made.cpu_level));
}

}  // namespace napier
