// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// report.json as it may come from anywhere. What is read and written again says what was there, but
// for what is unknown and for the spelling of numbers, and is read as the same; every renderer
// shows it without steering the reader's terminal; anything else is refused with a
// std::runtime_error of one line.
#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>
#include <stdexcept>

#include "reports/render/html.hpp"
#include "reports/render/markdown.hpp"
#include "reports/render/terminal.hpp"
#include "reports/store/json.hpp"
#include "reports/store/json_tree.hpp"
#include "tests/fuzz/fuzz.hpp"

namespace napier::fuzz {
namespace {

std::optional<Report> read(std::string_view text, std::string& refusal) {
  try {
    return report_from_json(text);
  } catch (const std::runtime_error& error) {
    refusal = error.what();
    require(!refusal.empty() && refusal.find('\n') == std::string::npos, "a refusal is one line",
            refusal);
    return std::nullopt;
  }
}

/// The same with the digest that belongs to its contents: no fuzzer guesses a SHA-256.
std::string with_its_digest(std::string_view text) {
  Json tree = Json::parse(text);
  tree["digest"] = digest(tree["oracles"], tree["targets"]);
  return spelled(tree, false);
}

/// A number, a datum or a limit: it may be spelled otherwise.
bool is_spelled_freely(const Json& value) {
  if (!value.is_string()) return value.is_number();
  const auto& text = value.get_ref<const std::string&>();
  return text.find_first_of("0123456789") != std::string::npos || text.ends_with("inf") ||
         text.ends_with("infinity") || text.ends_with("nan");
}

/// Whether all that was written had been there to read, and none of it was passed over.
bool reflects(const Json& written, const Json& given) {
  if (written.is_object()) {
    for (const char* optional : {"partial", "performance"})
      if (given.contains(optional) && !written.contains(optional)) return false;
    return std::ranges::all_of(written.items(), [&](const auto& member) {
      return member.key() == "digest" ||
             (given.contains(member.key()) && reflects(member.value(), given[member.key()]));
    });
  }
  if (written.is_array()) {
    if (!given.is_array() || given.size() != written.size()) return false;
    for (std::size_t i = 0; i < written.size(); ++i)
      if (!reflects(written[i], given[i])) return false;
    return true;
  }
  if (written.is_null() && given.is_string() && given.get<std::string>().empty()) return true;
  if (written.is_number() && given.is_number()) return written.get<double>() == given.get<double>();
  return written == given || (is_spelled_freely(written) && is_spelled_freely(given));
}

bool is_plain(std::string_view text) {
  return std::ranges::none_of(text, [](char c) {
    return (static_cast<unsigned char>(c) < ' ' && c != '\n') || c == '\x7f';
  });
}

void check_rendering(const Report& report) {
  require(is_plain(render_terminal(report)), "a terminal is not steered");
  require(is_plain(render_terminal(report, {false, true, 72})), "a terminal is not steered");
  require(is_plain(render_markdown(report)), "a page has no control characters");
  const std::string page = render_html(report);
  require(page.find("<script") == std::string::npos, "a page runs nothing", page);
}

}  // namespace
}  // namespace napier::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace napier::fuzz;
  const std::string_view text = text_of(data, size);
  std::string refusal;
  auto report = read(text, refusal);
  if (refusal.find("changed after it was written") != std::string::npos) {
    report = read(with_its_digest(text), refusal);
    require(report.has_value(), "only the digest was wrong", refusal);
  }
  if (!report) return 0;
  const std::string written = napier::json_text(*report);
  require(reflects(napier::Json::parse(written), napier::Json::parse(text)),
          "a report says what it was read from", written);
  const auto again = read(written, refusal);
  require(again.has_value(), "what is written can be read", refusal);
  require(again && napier::json_text(*again) == written, "a report comes back as it was", written);
  check_rendering(*report);
  return 0;
}
