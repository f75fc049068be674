// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// A C++ callable, or a function of a header, as a C function that can be audited.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <filesystem>
#include <stdexcept>

#include "audit/target_string.hpp"
#include "cli/commands.hpp"
#include "cli/terminal.hpp"
#include "cli/usage.hpp"
#include "lib/target/outputs.hpp"
#include "lib/target/pipe.hpp"
#include "reports/store/store.hpp"
#include "reports/text.hpp"

namespace napier::cli {
namespace {

struct ShimOptions {
  std::vector<std::string> lines;
  std::vector<std::string> headers;
  std::string function;
  std::string format;
  std::string shape = "scalar";
  std::string name = "shim";
  std::string flags = "-O2";
  std::string out = "-";
};

constexpr std::size_t width = 100;

std::string replaced(std::string text, std::string_view what, std::string_view by) {
  for (std::size_t at = 0; (at = text.find(what, at)) != std::string::npos; at += by.size())
    text.replace(at, what.size(), by);
  return text;
}

/// A word of a shell that neither begins nor ends a comment of C++.
std::string word_in_comment(std::string_view text) {
  return replaced(replaced(shell_word(text), "*/", "*''/"), "/*", "/''*");
}

/// A command line of these words, broken between them.
std::string command_lines(const std::vector<std::string>& words) {
  std::string text, line = "    ";
  for (const std::string& word : words) {
    const bool first = &word == &words.front();
    if (!first && line.size() + word.size() + std::string_view("  \\").size() > width) {
      text += line + " \\\n";
      line = "        " + word;
    } else {
      line += (first ? "" : " ") + word;
    }
  }
  return text + line + "\n";
}

/// Eigen/Core becomes <Eigen/Core>, and "mine.hpp" stays what it is.
std::string include_of(const std::string& header) {
  const bool spelt = header.starts_with('<') || header.starts_with('"');
  return "#include " + (spelt ? header : "<" + header + ">") + "\n";
}

/// Of a function that returns several results: "struct { double y, d; }".
std::string struct_of(const Target& target) {
  const std::string text = declaration(target.shape, *target.format, target.function->arity);
  return text.substr(0, text.find('}') + 1);
}

std::string struct_name(const std::string& function) { return function + "_results"; }

bool returns(const Shape& shape) {
  return shape.parameters.empty() || !parse_signature(shape).returned.empty();
}

/// The C declaration, with names for the arguments that have none there.
std::string signature(const Target& target, const std::string& name) {
  const Shape& shape = target.shape;
  const int arity = target.function->arity;
  std::string text = declaration(shape, *target.format, arity);
  if (shape.parameters.empty()) {
    const std::string type(shape.vector != nullptr ? shape.vector->name : target.format->c_type);
    text = fmt::format("{0} f({0} x{1})", type, arity == 2 ? fmt::format(", {} y", type) : "");
  }
  if (parse_signature(shape).returned.size() > 1)  // C++ has no struct in the place of a type
    text = replaced(std::move(text), struct_of(target), struct_name(name));
  text = replaced(std::move(text), " f(", " " + name + "(");
  text = replaced(std::move(text), "restrict", "__restrict");
  for (const std::string_view type : {"size_t", "uint16_t"})
    text = replaced(std::move(text), type, fmt::format("std::{}", type));
  return text;
}

/// Is it the head of a loop or condition, whose statement follows?
bool is_head(std::string_view line) {
  constexpr std::array<std::string_view, 3> begins{"for (", "if (", "while ("};
  if (std::ranges::none_of(begins, [line](auto begin) { return line.starts_with(begin); }))
    return false;
  int depth = 0;
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (line[i] == '(') ++depth;
    if (line[i] == ')' && --depth == 0) return i + 1 == line.size();
  }
  return false;
}

std::string statement(std::string line) {
  const bool ended = line.ends_with(';') || line.ends_with('}') || line.ends_with('{');
  return ended || is_head(line) ? line : line + ";";
}

std::string body(const ShimOptions& options, bool returns) {
  std::string text;
  for (std::size_t i = 0; i < options.lines.size(); ++i) {
    std::string line = options.lines[i];
    const bool last = i + 1 == options.lines.size();
    if (last && returns && !line.starts_with("return")) line = "return " + line;
    text += "  " + statement(line) + "\n";
  }
  return text;
}

/// With the commands that write it, build it and audit what was built.
std::string shim_text(const ShimOptions& options, const Target& target) {
  const std::string file = options.out == "-" ? "shim.cpp" : options.out;
  const std::string library = "./lib" + options.name + ".so";
  std::vector<std::string> write{"napier shim"};
  std::vector<std::string> audit{"napier audit " +
                                 word_in_comment("so:" + library + "#" + options.name)};
  const auto add = [](std::vector<std::string>& words, std::string_view option,
                      const std::string& value, std::string_view usual) {
    if (value != usual) words.push_back(fmt::format("{} {}", option, word_in_comment(value)));
  };
  for (auto* words : {&write, &audit}) {
    add(*words, "--function", options.function, "");
    add(*words, "--format", options.format, "");
    add(*words, "--shape", options.shape, "scalar");
  }
  audit.emplace_back("--max-ulp 1");
  add(write, "--name", options.name, "shim");
  add(write, "--flags", options.flags, "-O2");
  for (const std::string& header : options.headers) add(write, "--header", header, "");
  add(write, "--out", options.out, "-");
  for (const std::string& line : options.lines) write.push_back(word_in_comment(line));
  const std::string text =
      "/*\nA C function for Napier to audit, written by\n\n" + command_lines(write) +
      "\nBuild and audit it, with the claim that its author makes:\n\n" +
      command_lines({"c++ -std=c++20 -fPIC -shared", "-o " + library, word_in_comment(file),
                     replaced(options.flags, "*/", "*''/")}) +
      command_lines(audit) + "*/\n";
  std::string includes = include_of("cstddef") + include_of("cstdint");
  if (target.shape.vector != nullptr) includes += include_of("immintrin.h");
  if (!options.headers.empty()) includes += "\n";
  for (const std::string& header : options.headers) includes += include_of(header);
  if (parse_signature(target.shape).returned.size() > 1)
    includes += "\n" + replaced(struct_of(target), "{ ", struct_name(options.name) + " { ") + ";\n";
  return text + includes + "\nextern \"C\" " + signature(target, options.name) + " {\n" +
         body(options, returns(target.shape)) + "}\n";
}

bool is_identifier(const std::string& name) {
  const auto fits = [](unsigned char c) { return std::isalnum(c) != 0 || c == '_'; };
  return !name.empty() && std::isdigit(static_cast<unsigned char>(name.front())) == 0 &&
         std::ranges::all_of(name, fits);
}

int run_shim(const ShimOptions& options) {
  if (!is_identifier(options.name))
    throw std::invalid_argument("--name '" + options.name + "' is no name of C");
  for (const std::string& line : options.lines)
    if (line.find('\n') != std::string::npos)
      throw std::invalid_argument("a line break in the code: give each line as a word of its own");
  const std::string text = [&] {
    SharedObjectOptions shape{options.function, options.format, options.shape};
    const Target target = shared_object_target("so:./shim#" + options.name, shape).target;
    return shim_text(options, target);
  }();
  if (options.out == "-") {
    print(text);
    return 0;
  }
  if (std::filesystem::exists(options.out))
    throw std::invalid_argument("--out " + one_line(options.out) +
                                ": is there already: name another file, or remove it");
  write_file(options.out, text);
  return 0;
}

constexpr const char* explained =
    "CODE is C++, a line a word. Of a scalar function it ends with the value at x, and of a power\n"
    "at the base x and the exponent y. Of an array function it uses the parameters by their names\n"
    "in --shape: x, a second array a, the results y, the number n.\n\n"
    "Examples:\n"
    "  napier shim --function exp --format binary64 --header cmath 'std::exp(x)'\n"
    "  napier shim --function expm1 --format binary64 \\\n"
    "      --header boost/math/special_functions/expm1.hpp 'boost::math::expm1(x)'\n"
    "  napier shim --function exp --format binary32 --shape x,y,n \\\n"
    "      --header Eigen/Core --flags '-O2 -mavx2 -mfma -I/usr/include/eigen3' \\\n"
    "      'Eigen::Map<Eigen::ArrayXf>(y, n) = Eigen::Map<const Eigen::ArrayXf>(x, n).exp()'\n\n"
    "The file says how it is built and audited. Other examples are in examples/shims/.";

}  // namespace

Run add_shim(CLI::App& app) {
  auto* command = app.add_subcommand(
      "shim", "Write a C++ file that makes a callable, or a function of a header, a C function");
  command->footer(explained);
  auto options = std::make_shared<ShimOptions>();
  command->add_option("CODE", options->lines, "C++ that computes it")
      ->required()
      ->check(not_empty("C++"));
  command->add_option("--function", options->function, "what it computes: exp, expm1, pow, …")
      ->required();
  command->add_option("--format", options->format, format_names())->required();
  command
      ->add_option("--shape", options->shape,
                   "scalar, an array function's parameters, as x,y,n, or vector:TYPE")
      ->capture_default_str();
  command
      ->add_option("--header", options->headers,
                   "a header to include, as boost/x.hpp or '\"mine.hpp\"'")
      ->allow_extra_args(false);
  command
      ->add_option("--flags", options->flags, "what the compiler needs, for the line that builds")
      ->capture_default_str();
  command->add_option("--name", options->name, "the name of the C function")->capture_default_str();
  command->add_option("--out", options->out, "the file to write; - is standard output")
      ->check(not_empty("a file, or - for standard output"))
      ->capture_default_str();
  return [options] { return run_shim(*options); };
}

}  // namespace napier::cli
