// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

// A function that is to be audited, and what is asked of it.

#include <napier/napier.h>
#include <napier/claim_literal.hpp>

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <memory>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace napier {

/// Which of a function's outputs is audited.
enum class output { value, derivative };

/// A function to be audited, and what is asked of it. Every setter returns the whole.
class audited {
 public:
  /// `shape` as the C API has it, null for T f(T); of arrays that give a derivative beside the
  /// value it is "x,y,d,n", and then both are audited.
  audited(napier_function function, std::string mathematics, const char* format,
          std::string shape = "")
      : function_(function),
        mathematics_(std::move(mathematics)),
        format_(format),
        shape_(std::move(shape)) {}

  /// As after the command's --claim: "ulp <= 0.6; special values; monotone". C++20 refuses a
  /// literal of wrong form or with an unknown promise when it compiles; the whole of it is read
  /// when the audit begins.
  audited claims(detail::claim_literal literal) && {
    return claim_ = literal.text, std::move(*this);
  }
  template <class Text, class = std::enable_if_t<std::is_same_v<Text, std::string>>>
  audited claims(Text text) && {
    return claim_ = std::move(text), std::move(*this);
  }
  /// What is claimed of the derivative, of what gives one beside the value.
  audited derivative_claims(detail::claim_literal literal) && {
    return derivative_claim_ = literal.text, std::move(*this);
  }
  template <class Text, class = std::enable_if_t<std::is_same_v<Text, std::string>>>
  audited derivative_claims(Text text) && {
    return derivative_claim_ = std::move(text), std::move(*this);
  }
  /// Nothing is claimed, and that is meant: hygiene alone is judged.
  audited measured_only() && { return measured_only_ = true, std::move(*this); }
  /// Which of quick (the default), standard and deep.
  audited effort(std::string name) && { return effort_ = std::move(name), std::move(*this); }
  /// So many cases of each property, for functions that take long.
  audited cases(std::uint64_t number) && { return cases_ = number, std::move(*this); }
  /// Ends after so many seconds, undecided where nothing is refuted until then.
  audited max_seconds(double number) && { return max_seconds_ = number, std::move(*this); }
  /// nearest, up, down, zero or all, with commas.
  audited rounding(std::string modes) && { return roundings_ = std::move(modes), std::move(*this); }
  audited seed(std::uint64_t number) && { return seed_ = number, std::move(*this); }
  /// Every argument, for one argument of at most 32 bits: what is found is a bound.
  audited exhaustive() && { return exhaustive_ = true, std::move(*this); }
  /// How reports call it.
  audited named(std::string name) && { return name_ = std::move(name), std::move(*this); }
  /// It is base^x and no e^x; why_not() says so where no power has that base.
  audited with_base(double base) && {
    char text[64];
    std::snprintf(text, sizeof text, "%a", base);
    return base_ = text, std::move(*this);
  }

  /// What of it is audited, one after the other.
  std::vector<output> outputs() const {
    if (gives_derivative()) return {output::value, output::derivative};
    return {output::value};
  }

  /// Why this makes no sense, in one line; empty if it does.
  std::string why_not() const {
    if (!derivative_claim_.empty() && !gives_derivative())
      return "derivative_claims is for napier::value_and_derivative: this function gives no "
             "derivative";
    if (measured_only_ && promises_something())
      return "it is claimed something, and measured_only: leave one out";
    char error[1024] = "";
    for (const output which : outputs()) {
      const request asked(*this, which, "", "", "");
      if (napier_makes_sense(&asked.options, error, sizeof error) == 0) return error;
    }
    return {};
  }

  /// Whether anything beyond hygiene is claimed, so that an audit judges something.
  bool promises_something() const {
    for (const output which : outputs()) {
      const request asked(*this, which, "", "", "");
      if (napier_promises_something(&asked.options) != 0) return true;
    }
    return false;
  }
  bool is_measured_only() const { return measured_only_; }

  /// The names of the properties that can be asked of it.
  std::vector<const char*> properties(output which = output::value) const {
    std::vector<const char*> names;
    const request asked(*this, which, "", "", "");
    while (const char* name = napier_property_of(&asked.options, names.size()))
      names.push_back(name);
    return names;
  }

  /// What an audit came to: the command's exit status, and whether anything beyond hygiene was
  /// judged.
  struct outcome {
    int status;
    bool judged;
  };
  /// Asks the properties (globs with commas; all for ""), and hands each check to `told`. `again`
  /// is a command that does so once more, for replay lines. Throws std::invalid_argument for what
  /// makes no sense.
  template <class Told>
  outcome ask(output which, const std::string& name, const std::string& properties,
              const std::string& again, Told told) const {
    const request asked(*this, which, name, properties, again);
    char error[1024] = "";
    napier_report* report = napier_audit(function_, &asked.options, error, sizeof error);
    if (report == nullptr) throw std::invalid_argument(error);
    const std::unique_ptr<napier_report, void (*)(napier_report*)> owned(report, napier_free);
    for (std::size_t i = 0; i < napier_check_count(report); ++i) told(napier_check_at(report, i));
    return {napier_status(report), std::string(napier_verdict(report)) != "measured"};
  }

  /// Judges one case again, "accuracy nearest 0x1.8p+0", and explains it. Throws
  /// std::invalid_argument where there is no such case.
  std::string replay(const std::string& which_case, output which = output::value) const {
    const request asked(*this, which, "", "", "");
    char error[1024] = "";
    napier_report* report =
        napier_replay(function_, &asked.options, which_case.c_str(), error, sizeof error);
    if (report == nullptr) throw std::invalid_argument(error);
    const std::unique_ptr<napier_report, void (*)(napier_report*)> owned(report, napier_free);
    return napier_check_at(report, 0).text;
  }

 private:
  /// Options, and the texts that they point to beside those of the function.
  struct request {
    request(const audited& function, output which, const std::string& name_in_reports,
            std::string globs, std::string command)
        : name(name_in_reports.empty() ? function.name_ : name_in_reports),
          shape(function.shape_),
          properties(std::move(globs)),
          again(std::move(command)) {
      const bool derives = which == output::derivative;
      if (derives && !name.empty()) name += "_derivative";
      if (function.gives_derivative()) shape = (derives ? "d:" : "y:") + shape;
      options.size = sizeof options;
      options.name = name.c_str();
      options.function = function.mathematics_.c_str();
      options.format = function.format_;
      options.claim = derives ? function.derivative_claim_.c_str() : function.claim_.c_str();
      options.value_claim = derives ? function.claim_.c_str() : nullptr;
      options.properties = properties.c_str();
      options.roundings = function.roundings_.c_str();
      options.effort = function.effort_.c_str();
      options.cases = function.cases_;
      options.seed = function.seed_;
      options.exhaustive = function.exhaustive_ ? 1 : 0;
      options.shape = shape.c_str();
      options.max_seconds = function.max_seconds_;
      options.base = function.base_.empty() ? nullptr : function.base_.c_str();
      options.again = again.c_str();
      options.foretells = [](const char* cost, void*) {
        std::fprintf(stderr, "napier: %s\n", cost);
      };
    }
    request(const request&) = delete;
    request& operator=(const request&) = delete;

    std::string name, shape, properties, again;
    napier_options options{};
  };

  bool gives_derivative() const { return shape_.find(",d,") != std::string::npos; }

  napier_function function_;
  std::string mathematics_;
  const char* format_;
  std::string shape_, base_;
  std::string claim_, derivative_claim_, effort_ = "quick", roundings_, name_;
  std::uint64_t cases_ = 0, seed_ = 1;
  double max_seconds_ = 0;
  bool exhaustive_ = false, measured_only_ = false;
};

}  // namespace napier
