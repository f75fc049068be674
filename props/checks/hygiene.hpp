// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <memory>
#include <string>

#include "props/domain/call_domain.hpp"
#include "props/property/property.hpp"

namespace napier {

/// What is demanded of everyone, whatever is claimed, at any argument.
class Hygiene : public Property {
 public:
  std::string inapplicable(const Subject&) const override { return {}; }
  bool judges(const Subject&) const override { return true; }
  Domain domain(const Subject& subject) const override { return call_domain(subject); }
  std::string_view domain_name() const override { return call_domain_name; }
  std::optional<Domain> exhaustive_domain(const Subject& subject) const override {
    return every_call(subject);
  }
  std::size_t most_calls() const override { return 1; }
  std::optional<std::size_t> blame(const Subject&, const Point&, Transcript) const override {
    return 0;
  }
  bool is_about_values() const override { return false; }
  std::string explain(const Subject&, const Point&, Transcript transcript) const override;
  std::string fault(const Subject&, const Point&, Transcript transcript) const override {
    return what_happened(transcript);
  }

 private:
  virtual std::string what_happened(Transcript transcript) const = 0;
};

/// The same bits wherever an argument stands in an array or a vector.
std::unique_ptr<const Property> lanes_property();

}  // namespace napier
