// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "reports/render/step_page.hpp"

#include <fmt/format.h>

#include "reports/render/step_picture.hpp"
#include "reports/text.hpp"

namespace napier {
namespace {

std::string figure_text(const StepFigure& figure) {
  return fmt::format("<figure><figcaption><h2>{}</h2><p>{}</p></figcaption>\n{}</figure>\n",
                     html_escaped(figure.title), html_escaped(figure.caption),
                     step_picture(figure.steps));
}

constexpr std::string_view head = R"(<!doctype html>
<html lang=en><meta charset=utf-8><meta name=viewport content="width=device-width">
<title>Napier: errors over the step</title>
<style>
:root { color-scheme: light dark; font: 1rem system-ui, sans-serif }
body { max-width: 46rem; margin: 2rem auto; padding: 0 1rem }
figure { margin: 2rem 0 } h2 { margin: 0; font-size: 1.1rem } p { margin: .3rem 0 }
svg { width: 100%; height: auto } path { fill: none; stroke: currentColor; stroke-width: 2 }
text { fill: currentColor; font-size: 13px } tspan { font-size: 10px }
.grid { stroke-width: .5; opacity: .4 } .predicted { color: #b3540e } .observed { color: #26c }
circle { fill: currentColor }
path.chosen, path.best { stroke-width: 1; stroke-dasharray: 5 4; opacity: .7 }
@media (prefers-color-scheme: dark) { .predicted { color: #f0a060 } .observed { color: #7ab0ff } }
</style>
<h1>Errors over the step</h1>
<p>In ulps of the slope. <b class=predicted>Predicted</b>: what the formula leaves out, which is
known exactly, and what is rounded at most; no error is larger. <b class=observed>Observed</b>: the
largest error that was found, at least.</p>
)";

}  // namespace

std::string render_step_page(std::span<const StepFigure> figures) {
  std::string page(head);
  for (const StepFigure& figure : figures) page += figure_text(figure);
  return page + "</html>\n";
}

}  // namespace napier
