// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "oracles/fast/sets/set_block.hpp"
#include "props/law/laws.hpp"
#include "props/tally/tally.hpp"

namespace napier {

/// An argument of a law as the words of its row make it, for all cases of a block: one of those
/// given, its negative, or the sum or product of two.
struct BlockArgument {
  enum class Made : std::uint8_t { given, negated, sum, difference, product };
  Made made = Made::given;
  std::uint8_t first = 0;   ///< which of the given ones
  std::uint8_t second = 0;  ///< … the other operand
  bool is_exact() const { return made == Made::given || made == Made::negated; }
  friend constexpr bool operator==(const BlockArgument&, const BlockArgument&) = default;

  BlockArgument with(Made how, const BlockArgument& other) const {
    return {how, first, other.first};
  }
};
inline BlockArgument operator-(const BlockArgument& x) {
  return x.with(BlockArgument::Made::negated, x);
}
inline BlockArgument operator+(const BlockArgument& x, const BlockArgument& y) {
  return x.with(BlockArgument::Made::sum, y);
}
inline BlockArgument operator-(const BlockArgument& x, const BlockArgument& y) {
  return x.with(BlockArgument::Made::difference, y);
}
inline BlockArgument operator*(const BlockArgument& x, const BlockArgument& y) {
  return x.with(BlockArgument::Made::product, y);
}

/// Cases of a law about powers, a lane each, and the calls that they make: as doubles, which hold
/// the data of formats up to binary64 exactly. Of a derivative beside its power these are calls of
/// both; where ln a is negative its results are read with the other sign.
class LawBlock {
 public:
  /// Whether the cases of a law of that shape can be read so: of powers, or of those less one, or
  /// of a derivative of either beside it, of doubles, with claims that are as SetPlan needs them
  /// and don't let subnormal arguments be read as 0.
  static bool serves(const Subject& subject, PointShape shape);
  /// Of powers less one the anchors are few, and have no reading in blocks.
  static constexpr bool serves_less_one(PointShape shape) {
    return shape != PointShape::none && shape != PointShape::integer;
  }

  LawBlock(const Subject& subject, PointShape shape);

  std::size_t size() const { return addresses_.size(); }
  bool is_full() const { return size() == block_lanes; }
  void clear();
  void add(const Address& address, const Point& point);

  /// A power that the law asks for: a^x, or (a^x)^y of what was returned for a^x. Named before the
  /// calls are made, inner ones first.
  void want(const BlockArgument& x) { want_call({subject_.power_role(), x, std::nullopt}); }
  void want(const BlockArgument& x, const BlockArgument& y) {
    want_call({subject_.power_role(), x, y});
  }
  /// … or the derivative of a^x.
  void want_slope(const BlockArgument& x) { want_call({Role::target, x, std::nullopt}); }
  /// Works out the arguments, and moves the cases that are not as usual to `unusual`: with an
  /// argument that is drawn as zero or overflows, of which the law says nothing, outside the
  /// claim's domain.
  void prepare(std::vector<Address>& unusual);
  /// Makes the calls; false if they have to be made one by one.
  bool call(Caller& target, Caller* primal = nullptr);
  /// The same for several blocks of one law together, at least one: to wake a child takes as long
  /// as some hundred calls.
  static bool call(std::span<LawBlock* const> blocks, Caller& target, Caller* primal = nullptr);
  /// Has the first calls begun that call() of these blocks will make, if the target's caller can do
  /// that meanwhile.
  static void begin(std::span<LawBlock* const> blocks, Caller& target);
  /// How many calls the cases make: of two that are the same in a case, one.
  std::uint64_t calls() const;

  const Subject& subject() const { return subject_; }
  const Address& address(std::size_t i) const { return addresses_[i]; }
  Located located(std::size_t i) const;
  /// What was asked and answered in a lane.
  Transcript transcript(std::size_t i);

  /// Which call, and whose: of a^x, of (a^x)^y, or of the derivative.
  struct Which {
    Role role;
    BlockArgument x;
    std::optional<BlockArgument> y;
    friend constexpr bool operator==(const Which&, const Which&) = default;
  };
  /// One call of every case.
  struct Site {
    Which which;
    ArgumentBlock argument;
    Lanes results;
    std::vector<std::uint64_t> bases, asked, answered;  ///< encodings
  };
  const Site& site(const BlockArgument& x, std::optional<BlockArgument> y = std::nullopt) const {
    return site(Which{subject_.power_role(), x, y});
  }
  const Site& slope_site(const BlockArgument& x) const {
    return site(Which{Role::target, x, std::nullopt});
  }
  const Lanes& bases() const { return bases_; }
  const Lanes& given(const BlockArgument& argument) const { return given_[argument.first]; }
  /// ln a; and |ln a| as a point of every lane, of a law about a derivative.
  const LogBlock& log_base() const { return log_base_; }
  void log_points(SetBlock& points) const;
  /// The claim sets of the results of a call, each as its piece of the claim has it; of results
  /// less one, those of the powers.
  void claimed(const Site& site, bool less_one, SetBlock& set) const;
  bool is_of_derivative() const { return logs_.has_value(); }
  /// Of a derivative.
  int order() const { return subject_.target->function->order; }
  /// Whether the power is what its author gives for it less one, of which his derivative is one.
  bool reads_one_more() const {
    return subject_.power_role() == Role::primal && subject_.power().kind == Kind::power_minus_one;
  }
  /// a, and a^x by the oracle, as a point of every lane.
  void base_points(SetBlock& points) const;
  void power_points(const Lanes& x, SetBlock& points) const;
  /// … and those of the fixed base itself.
  const BulkFilter& powers_of_base() const { return *powers_of_base_; }
  /// Powers of any base by the oracle.
  const BulkPowers& powers() const { return powers_; }

 private:
  /// Calls that are made together.
  struct Gathered {
    std::vector<std::uint64_t> bases, asked, answered;  ///< encodings
    bool are_begun = false;                             ///< these are those of begin()
    void clear() {
      bases.clear();
      asked.clear();
      are_begun = false;
    }
    void add(const Site& site, std::size_t count);
    CallBlock calls(bool by_base);
  };
  void want_call(const Which& which);
  const Site& site(const Which& which) const;
  /// Of a derivative beside a power of a positive base, which has that sign: (ln a)^n.
  double sign_of_slope(std::size_t i) const;
  /// Whose sign is the other one: of derivatives that are negative.
  bool is_turned(const Site& site, std::size_t i) const;
  void ask_of(Site& site) const;
  void take(Site& site, std::span<const std::uint64_t> answered) const;
  static void gather(std::span<LawBlock* const> blocks, Role role, bool outer);
  static bool call_together(std::span<LawBlock* const> blocks, Role role, bool outer,
                            Caller* caller);
  void evaluate(Site& site) const;
  /// What an outer call is made of in that lane: nothing to ask of 0 or a negative number,
  /// of an infinity or a NaN.
  static bool has_outer_call(double inner_result);
  bool is_made(const Site& site, std::size_t i) const;
  bool is_usual(std::size_t i) const;
  const std::vector<std::optional<SetPlan>>& plans_of(const Site& site) const {
    return plans_[site.which.role == Role::target ? 0 : 1];
  }
  /// The piece of the claim in which a call lies and is read; their number for none.
  std::size_t piece_at(const Site& site, std::size_t i) const;
  bool has_usual_arguments(std::size_t i) const;
  void move_lane(std::size_t to, std::size_t from);

  const Subject& subject_;
  PointShape shape_;
  std::array<std::vector<std::optional<SetPlan>>, 2> plans_;  ///< of each role's claim's pieces
  std::optional<BulkFilter> powers_of_base_;                  ///< where it is one
  BulkPowers powers_;
  std::optional<BulkFilter> logs_;  ///< where logarithms of bases are factors
  SetBlock log_of_base_;            ///< … of a base that is one
  std::vector<Address> addresses_;
  Lanes bases_;
  std::array<Lanes, 2> given_;
  LogBlock log_base_;
  std::vector<Site> sites_;
  Gathered gathered_;
  std::vector<Request> requests_;
  std::vector<Answer> answers_;
};

/// A row of the laws as read of a block.
struct BlockLaw {
  PointShape shape = PointShape::none;
  /// Names the calls.
  void (*plan)(LawBlock&) = nullptr;
  /// Which cases are certainly consistent, and at most how far apart a user sees their sides.
  void (*read)(const LawBlock&, MeetingBlock&, Lanes& apart) = nullptr;
};

}  // namespace napier
