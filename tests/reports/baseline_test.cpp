// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include <gtest/gtest.h>

#include "reports/render/renderers.hpp"
#include "reports/render/terminal.hpp"
#include "reports/store/json.hpp"
#include "tests/reports/baseline.hpp"
#include "tests/reports/sample.hpp"

namespace napier {
namespace {

TEST(Baseline, TerminalOfOneTarget) {
  expect_baseline("one.txt", render_terminal(refuted_report()));
}

TEST(Baseline, TerminalOfManyTargets) {
  expect_baseline("many.txt", render_terminal(sample_report()));
}

TEST(Baseline, TerminalWithEveryDetail) {
  expect_baseline("verbose.txt", render_terminal(sample_report(), {false, true, 0}));
}

TEST(Baseline, NarrowTerminalInColour) {
  expect_baseline("colour.txt", render_terminal(sample_report(), {true, false, 72}));
}

TEST(Baseline, TerminalOfHostileText) {
  expect_baseline("hostile.txt", render_terminal(hostile_report()));
}

TEST(Baseline, EveryOtherForm) {
  for (const Renderer& form : renderers()) {
    const std::string extension(form.extension);
    expect_baseline("many." + extension, form.render(sample_report()));
    expect_baseline("hostile." + extension, form.render(hostile_report()));
  }
}

TEST(Baseline, Json) {
  expect_baseline("many.json", json_text(sample_report()));
  expect_baseline("hostile.json", json_text(hostile_report()));
  expect_baseline("empty.json", json_text({}));
}

}  // namespace
}  // namespace napier
