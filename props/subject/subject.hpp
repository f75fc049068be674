// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>
#include <cassert>
#include <span>
#include <vector>

#include "lib/target/target.hpp"
#include "props/subject/result.hpp"

namespace napier {

/// Whose call it is: the target's own, that of the value a derivative target differentiates, or of
/// the target that it equals.
enum class Role { target, primal, twin };

/// A call that a property wants made.
struct Request {
  Role role = Role::target;
  Call call;
  friend constexpr bool operator==(const Request&, const Request&) = default;
};

/// Who is judged, by whose words, in which mode.
struct Subject {
  /// The target judged by its own claim, or by what an audit expects of it.
  Subject(const Target& target, Rounding rounding, const Claim* expected = nullptr);

  const Target* target;
  const Claim* claim;
  Basis basis;
  Rounding rounding;
  /// What is promised of accuracy in this mode, by the target and by its primal: somewhere, and
  /// where.
  struct Promised {
    std::vector<AccuracyClaim> anywhere;
    std::vector<ClaimPiece> pieces;
  };
  Promised of_target;
  Promised of_primal;

  /// All that is promised somewhere.
  const std::vector<AccuracyClaim>& promises(Role role) const { return promised(role).anywhere; }
  /// What is promised of a call inside the claim's domain: nothing outside its pieces.
  const std::vector<AccuracyClaim>& promises(Role role, const Call& call) const;
  const std::vector<ClaimPiece>& pieces(Role role) const { return promised(role).pieces; }
  /// The least box that holds all of them.
  ClaimDomain promised_domain(Role role) const;

  const Function& function(Role role) const {
    return role == Role::primal ? *target->function->primal : *target->function;
  }
  const Claim& claim_of(Role role) const {
    return role == Role::primal ? target->primal->claim : *claim;
  }
  const Format& format() const { return *target->format; }
  /// The power whose laws are asked: the target itself, or what it differentiates.
  const Function& power() const {
    return target->function->kind == Kind::slope ? *target->function->primal : *target->function;
  }
  /// Who computes the power.
  Role power_role() const {
    return target->function->kind == Kind::slope ? Role::primal : Role::target;
  }
  /// The target that the claim says it equals; null if it names none, or that was not found.
  const Twin* twin() const { return target->twin_of(*claim); }
  /// Whether the claim says anything of that call.
  bool covers(const Request& request) const;
  /// … and whether it says so of its error, or of no errors anywhere.
  bool covers_error(const Request& request) const;
  bool has_base_argument() const { return power().base == Base::argument; }

 private:
  const Promised& promised(Role role) const { return role == Role::primal ? of_primal : of_target; }
};

/// Whether a result, of a^x, has real powers (a^x/z)^y in the tower: next to 0 a claim may allow
/// one that is 0 or negative, and next to overflow an infinity.
inline bool has_powers(Float z) { return is_finite(z) && !is_zero(z) && !is_negative(z); }

/// A case: the arguments of a property at one place of its domain.
struct Point {
  static constexpr std::size_t capacity = 3;
  std::array<Float, capacity> args{};
  std::size_t count = 0;

  std::span<const Float> arguments() const { return {args.data(), count}; }
  /// The call with these arguments, of a function of one or two.
  Call call() const {
    assert(count == 1 || count == 2);
    return {args[0], args[1]};
  }
  void push(Float x) {
    assert(count < capacity);
    args[count++] = x;
  }
  friend constexpr bool operator==(const Point&, const Point&) = default;
};

/// The calls made for one case and what came back, in step.
struct Transcript {
  std::span<const Request> requests;
  std::span<const Answer> answers;

  const Answer* find(const Request& request) const {
    for (std::size_t i = 0; i < requests.size(); ++i)
      if (requests[i] == request) return &answers[i];
    return nullptr;
  }
};

}  // namespace napier
