// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string_view>

// The page's files, made part of the program by the build (cmake/NapierEmbed.cmake).
namespace napier::templates {

extern const std::string_view report_html;  ///< reports/render/report.html, Mustache
extern const std::string_view report_js;    ///< reports/render/report.js
extern const std::string_view report_css;   ///< reports/render/report.css

}  // namespace napier::templates
