// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "reports/render/renderers.hpp"

#include <array>

#include "reports/render/badge.hpp"
#include "reports/render/csv.hpp"
#include "reports/render/ctrf.hpp"
#include "reports/render/html.hpp"
#include "reports/render/junit.hpp"
#include "reports/render/latex.hpp"
#include "reports/render/markdown.hpp"
#include "reports/render/matrix.hpp"
#include "reports/render/sarif.hpp"
#include "reports/render/worst_cases.hpp"

namespace napier {

std::span<const Renderer> renderers() {
  static constexpr std::array<Renderer, 13> all{{
      {"html", "html", "a page that needs nothing else", render_html},
      {"md", "md", "Markdown, for a job's summary: 64 KB at most",
       [](const Report& report) { return render_markdown(report); }},
      {"markdown", "whole.md", "the same, whole",
       [](const Report& report) { return render_markdown(report, std::string::npos); }},
      {"matrix", "matrix.md",
       "the largest errors in Markdown, function by format, for a library's docs", render_matrix},
      {"junit", "junit.xml", "JUnit XML, a test case for each property of each target",
       render_junit},
      {"ctrf", "ctrf.json", "Common Test Report Format, a test for each property of each target",
       render_ctrf},
      {"badge", "badge.json", "the outcome for a badge of shields.io", render_badge},
      {"sarif", "sarif", "SARIF 2.1.0, a result for each finding", render_sarif},
      {"csv", "csv", "a row for each measurement", render_csv},
      {"wc", "wc", "arguments of the largest errors, as CORE-MATH has them", render_wc},
      {"glibc-inputs", "inputs", "the same as glibc's auto-libm-test-in", render_glibc_inputs},
      {"numpy-csv", "numpy.csv", "the same as NumPy's validation sets", render_numpy_csv},
      {"latex", "tex", "a table of the largest errors, function by format", render_latex},
  }};
  return all;
}

}  // namespace napier
