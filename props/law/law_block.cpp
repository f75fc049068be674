// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "props/law/law_block.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <utility>

namespace napier {
namespace {

using Plans = std::vector<std::optional<SetPlan>>;

/// Of each piece, as far as its promises can be read in blocks.
Plans read_plans(const Subject& subject, Role role) {
  Plans plans;
  if (role == Role::primal && subject.target->primal == nullptr) return plans;
  for (const ClaimPiece& piece : subject.pieces(role))
    plans.push_back(SetPlan::of(subject.format(), subject.rounding, piece.promises,
                                subject.claim_of(role).early_overflow));
  // Ulps that grow with |x| are read of powers of a fixed base, and of their derivatives.
  const Function& function = subject.function(role);
  if (function.arity == 2 || function.kind == Kind::power_minus_one)
    for (std::optional<SetPlan>& plan : plans)
      if (plan && plan->limit_per_x != 0) plan.reset();
  return plans;
}

/// Whether some piece can be read so, and nothing is flushed.
bool is_readable(const Subject& subject, Role role) {
  const auto is_plan = [](const auto& plan) { return plan.has_value(); };
  return !subject.claim_of(role).flushing.any() &&
         std::ranges::any_of(read_plans(subject, role), is_plan);
}

bool is_whole(double x) { return x == std::floor(x); }

/// Twice the range, for a chord may span it from end to end.
BulkPowers far_powers() {
  BulkFilter::Plan plan = BulkPowers::of(binary64, Rounding::nearest).value().plan();
  plan.least_argument *= 2;
  plan.most_argument *= 2;
  return BulkPowers(plan);
}

}  // namespace

bool LawBlock::serves(const Subject& subject, PointShape shape) {
  const Kind kind = subject.target->function->kind;
  if (!is_readable(subject, Role::target)) return false;
  if (kind == Kind::slope) {
    // Along the base there is a factor of x(x − 1)…, and the mixed one has a sum.
    return subject.target->function->variable == Variable::exponent &&
           subject.target->primal != nullptr && is_readable(subject, Role::primal);
  }
  return kind == Kind::power || (kind == Kind::power_minus_one && serves_less_one(shape));
}

LawBlock::LawBlock(const Subject& subject, PointShape shape)
    : subject_(subject),
      shape_(shape),
      plans_{read_plans(subject, Role::target), read_plans(subject, Role::primal)},
      powers_(far_powers()) {
  const Function& power = subject.power();
  if (subject.power_role() == Role::primal) {
    logs_ = BulkFilter::of(functions::log, binary64, Rounding::nearest);
    if (power.base == Base::e) set_to_one(log_of_base_);
    Lanes base;
    base.fill(power.base == Base::two ? 2 : 10);
    if (power.base == Base::two || power.base == Base::ten)
      napier::log_points(*logs_, base, log_of_base_);
  }
  if (subject.has_base_argument()) return;
  // A wide filter, whatever the format: its points are enclosed to far below an ulp.
  BulkFilter::Plan plan = BulkFilter::of(power, binary64, Rounding::nearest).value().plan();
  plan.least_argument *= 2;
  plan.most_argument *= 2;
  powers_of_base_ = BulkFilter(plan);
  set_to_log(power.base, log_base_);
}

void LawBlock::clear() {
  addresses_.clear();
  gathered_.clear();
}

void LawBlock::add(const Address& address, const Point& point) {
  const std::size_t i = size();
  addresses_.push_back(address);
  std::size_t next = 0;
  if (subject_.has_base_argument()) bases_[i] = value_of(point.args[next++]);
  for (std::size_t k = 0; k < given_.size(); ++k)  // 0 and 1 where there is none
    given_[k][i] = next < point.count ? value_of(point.args[next++]) : static_cast<double>(k);
}

Located LawBlock::located(std::size_t i) const {
  Located located{addresses_[i], {}};
  const auto push = [&](double value) {
    std::uint64_t encoding = 0;
    encodings_of(subject_.format(), {&value, 1}, {&encoding, 1});
    located.point.push({encoding, &subject_.format()});
  };
  if (subject_.has_base_argument()) push(bases_[i]);
  for (std::size_t k = 0; k < drawn_arguments(shape_); ++k) push(given_[k][i]);
  return located;
}

void LawBlock::want_call(const Which& which) {
  if (std::ranges::find(sites_, which, &Site::which) != sites_.end()) return;
  Site site{which, {}, {}, {}, {}, {}};
  for (auto* encodings : {&site.bases, &site.asked, &site.answered}) encodings->resize(block_lanes);
  sites_.push_back(std::move(site));
}

const LawBlock::Site& LawBlock::site(const Which& which) const {
  const auto found = std::ranges::find(sites_, which, &Site::which);
  assert(found != sites_.end() && "a law asks for a power that it did not want");
  return *found;
}

void LawBlock::log_points(SetBlock& points) const {
  if (subject_.has_base_argument()) return napier::log_points(*logs_, bases_, points);
  points = log_of_base_;
}

void LawBlock::base_points(SetBlock& points) const {
  if (!powers_of_base_) return exact_points(bases_, points);
  Lanes one;
  one.fill(1);
  power_points(one, points);
}

void LawBlock::power_points(const Lanes& x, SetBlock& points) const {
  if (powers_of_base_)
    napier::power_points(*powers_of_base_, x, points);
  else
    napier::power_points(powers_, bases_, x, points);
}

bool LawBlock::has_outer_call(double inner_result) {
  return std::isfinite(inner_result) && inner_result > 0;  // as has_powers()
}

void LawBlock::evaluate(Site& site) const {
  using Made = BlockArgument::Made;
  const BlockArgument& exponent = site.which.y ? *site.which.y : site.which.x;
  const Lanes& x = given_[exponent.first];
  const Lanes& y = given_[exponent.second];
  const auto exactly = [&](const Lanes& value) {
    site.argument.value = value;
    site.argument.remainder.fill(0);
    site.argument.slack.fill(0);
  };
  const auto negative = [](Lanes lanes) {
    for (double& value : lanes) value = -value;
    return lanes;
  };
  switch (exponent.made) {
    case Made::given:
      return exactly(x);
    case Made::negated:
      return exactly(negative(x));
    case Made::sum:
      return add_arguments(subject_.format(), x, y, site.argument);
    case Made::difference:
      return add_arguments(subject_.format(), x, negative(y), site.argument);
    case Made::product:
      return multiply_arguments(subject_.format(), x, y, site.argument);
  }
}

bool LawBlock::has_usual_arguments(std::size_t i) const {
  const double first = given_[0][i], second = given_[1][i];
  if (shape_ == PointShape::none) return true;  // constants, one of them 0
  if (shape_ == PointShape::integer) return first >= 1 && first <= most_factors && is_whole(first);
  if (shape_ == PointShape::chord && !(second * log_base_.value[i] > 0)) return false;
  // Directed roundings are not their own mirror.
  if (logs_ && subject_.rounding != Rounding::nearest && !(sign_of_slope(i) > 0)) return false;
  if (logs_ && std::isnan(log_base_.value[i])) return false;
  return first != 0 && std::isfinite(first) && second != 0 && std::isfinite(second);
}

std::size_t LawBlock::piece_at(const Site& site, std::size_t i) const {
  const bool by_base = subject_.has_base_argument();
  const double x = site.argument.value[i];
  const auto& pieces = subject_.pieces(site.which.role);
  const Plans& plans = plans_of(site);
  for (std::size_t k = 0; k < pieces.size(); ++k) {
    const ClaimDomain& on = pieces[k].on;
    const bool covered = plans[k] && contains(by_base ? on.y : on.x, x) &&
                         (!by_base || contains(on.x, bases_[i])) &&
                         (!on.integer_exponent || is_whole(x));
    if (covered) return k;
  }
  return pieces.size();
}

bool LawBlock::is_usual(std::size_t i) const {
  if (subject_.has_base_argument() && !(bases_[i] > 0 && std::isfinite(bases_[i]))) return false;
  if (!has_usual_arguments(i)) return false;
  for (const Site& site : sites_) {
    if (site.which.y) continue;  // y, which is given, of a base that is not known yet
    const double x = site.argument.value[i];
    const bool ordinary = std::isfinite(x) && (x != 0 || shape_ == PointShape::none);
    if (!ordinary || piece_at(site, i) == plans_of(site).size()) return false;
    if (shape_ == PointShape::chord && site.argument.remainder[i] != 0) return false;
  }
  return true;
}

void LawBlock::claimed(const Site& site, bool less_one, SetBlock& set) const {
  const auto read = [&](const SetPlan& plan, SetBlock& into) {
    less_one ? claimed_less_one(plan, site.results, into)
             : napier::claimed(plan, site.argument.value, site.results, into);
  };
  // Of an outer call a law is read in blocks only where one promise holds everywhere.
  const Plans& plans = plans_of(site);
  if (plans.size() == 1) return read(*plans.front(), set);
  std::array<std::size_t, block_lanes> pieces;
  for (std::size_t i = 0; i < block_lanes; ++i)  // nobody looks at the lanes from size() on
    pieces[i] = piece_at(site, i < size() ? i : 0);
  SetBlock one;
  for (std::size_t k = 0; k < plans.size(); ++k) {
    if (std::ranges::find(pieces, k) == pieces.end()) continue;
    read(*plans[k], one);
    for (Lanes SetBlock::*part : {&SetBlock::anchor, &SetBlock::lo, &SetBlock::width,
                                  &SetBlock::error, &SetBlock::stretch, &SetBlock::n})
      for (std::size_t i = 0; i < block_lanes; ++i)
        if (pieces[i] == k) (set.*part)[i] = (one.*part)[i];
  }
}

void LawBlock::move_lane(std::size_t to, std::size_t from) {
  addresses_[to] = addresses_[from];
  bases_[to] = bases_[from];
  for (Lanes& lanes : given_) lanes[to] = lanes[from];
  log_base_.value[to] = log_base_.value[from];
  for (Site& site : sites_) {
    ArgumentBlock& argument = site.argument;
    for (Lanes* lanes : {&argument.value, &argument.remainder, &argument.slack})
      (*lanes)[to] = (*lanes)[from];
  }
}

void LawBlock::prepare(std::vector<Address>& unusual) {
  for (std::size_t i = size(); i < block_lanes; ++i) {  // lanes that nobody looks at
    bases_[i] = 2;
    given_[0][i] = given_[1][i] = 1;
  }
  if (subject_.has_base_argument()) logarithms(bases_, log_base_);
  for (Site& site : sites_) evaluate(site);
  std::size_t kept = 0;
  for (std::size_t i = 0; i < size(); ++i) {
    if (!is_usual(i))
      unusual.push_back(addresses_[i]);
    else if (kept++ != i)
      move_lane(kept - 1, i);
  }
  addresses_.resize(kept);
}

void LawBlock::ask_of(Site& site) const {
  const Format& format = subject_.format();
  const auto used = [this](auto& all) { return std::span(all).first(size()); };
  Lanes exponents = site.argument.value;
  if (subject_.has_base_argument()) {
    Lanes bases = site.which.y ? this->site(site.which.x).results : bases_;
    for (std::size_t i = 0; i < size(); ++i)
      if (!has_outer_call(bases[i])) bases[i] = exponents[i] = 1;  // a call that nobody looks at
    encodings_of(format, used(bases), used(site.bases));
  }
  encodings_of(format, used(exponents), used(site.asked));
}

CallBlock LawBlock::Gathered::calls(bool by_base) {
  const std::span<const std::uint64_t> first = bases, last = asked, none;
  return {by_base ? first : last, by_base ? last : none, answered};
}

void LawBlock::Gathered::add(const Site& site, std::size_t count) {
  bases.insert(bases.end(), site.bases.begin(), site.bases.begin() + std::ptrdiff_t(count));
  asked.insert(asked.end(), site.asked.begin(), site.asked.begin() + std::ptrdiff_t(count));
}

void LawBlock::take(Site& site, std::span<const std::uint64_t> answered) const {
  std::ranges::copy(answered, site.answered.begin());
  values_of(subject_.format(), answered, std::span(site.results).first(size()));
  std::fill(site.results.begin() + static_cast<std::ptrdiff_t>(size()), site.results.end(), 1.0);
  for (std::size_t i = 0; i < size(); ++i)
    if (is_turned(site, i)) site.results[i] = -site.results[i];
}

bool LawBlock::is_turned(const Site& site, std::size_t i) const {
  return logs_ && site.which.role == Role::target && sign_of_slope(i) < 0;
}

double LawBlock::sign_of_slope(std::size_t i) const {
  return order() % 2 == 0 ? 1 : log_base_.value[i];
}

namespace {
/// Whether a call is one of those that are made together.
bool is_meant(const LawBlock::Site& site, Role role, bool outer) {
  return site.which.role == role && site.which.y.has_value() == outer;
}
}  // namespace

void LawBlock::gather(std::span<LawBlock* const> blocks, Role role, bool outer) {
  Gathered& all = blocks.front()->gathered_;
  all.clear();
  for (LawBlock* block : blocks)
    for (Site& site : block->sites_) {
      if (!is_meant(site, role, outer)) continue;
      block->ask_of(site);
      all.add(site, block->size());
    }
  all.answered.resize(all.asked.size());
}

void LawBlock::begin(std::span<LawBlock* const> blocks, Caller& target) {
  gather(blocks, Role::target, false);
  const Subject& subject = blocks.front()->subject_;
  Gathered& all = blocks.front()->gathered_;
  all.are_begun = true;
  if (!all.asked.empty())
    target.begin_block(subject.rounding, all.calls(subject.has_base_argument()));
}

// As far as none is of what another one returns.
bool LawBlock::call_together(std::span<LawBlock* const> blocks, Role role, bool outer,
                             Caller* caller) {
  const Subject& subject = blocks.front()->subject_;
  Gathered& all = blocks.front()->gathered_;
  if (!std::exchange(all.are_begun, false)) gather(blocks, role, outer);
  if (all.asked.empty()) return true;
  assert(caller != nullptr && "a law asked somebody whom the target does not have");
  const CallBlock calls = all.calls(subject.has_base_argument());
  if (!call_in_order(*caller, subject.rounding, calls)) return false;
  std::span<const std::uint64_t> answered = all.answered;
  for (LawBlock* block : blocks)
    for (Site& site : block->sites_) {
      if (!is_meant(site, role, outer)) continue;
      block->take(site, answered.first(block->size()));
      answered = answered.subspan(block->size());
    }
  return true;
}

bool LawBlock::call(std::span<LawBlock* const> blocks, Caller& target, Caller* primal) {
  return call_together(blocks, Role::target, false, &target) &&
         call_together(blocks, Role::primal, false, primal) &&
         call_together(blocks, Role::target, true, &target);
}

bool LawBlock::call(Caller& target, Caller* primal) {
  LawBlock* const alone = this;
  return call({&alone, 1}, target, primal);
}

bool LawBlock::is_made(const Site& site, std::size_t i) const {
  return !site.which.y || has_outer_call(this->site(site.which.x).results[i]);
}

std::uint64_t LawBlock::calls() const {
  std::uint64_t calls = 0;
  for (std::size_t i = 0; i < size(); ++i)
    for (std::size_t k = 0; k < sites_.size(); ++k) {
      const Site& site = sites_[k];
      const auto is_same = [&](const Site& other) {
        return other.which.role == site.which.role && other.asked[i] == site.asked[i] &&
               other.bases[i] == site.bases[i] && is_made(other, i);
      };
      const bool again = std::ranges::any_of(std::span(sites_).first(k), is_same);
      calls += is_made(site, i) && !again ? 1 : 0;
    }
  return calls;
}

Transcript LawBlock::transcript(std::size_t i) {
  const Format& format = subject_.format();
  requests_.clear();
  answers_.clear();
  for (const Site& site : sites_) {
    if (!is_made(site, i)) continue;
    const Float exponent{site.asked[i], &format};
    const bool by_base = subject_.has_base_argument();
    requests_.push_back(
        {site.which.role, by_base ? Call{{site.bases[i], &format}, exponent} : Call{exponent, {}}});
    answers_.emplace_back();
    answers_.back().value = {site.answered[i], &format};
  }
  return {requests_, answers_};
}

}  // namespace napier
