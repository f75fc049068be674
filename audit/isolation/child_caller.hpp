// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>

#include "audit/isolation/history.hpp"
#include "audit/isolation/output.hpp"
#include "audit/isolation/shared_object.hpp"
#include "audit/stop.hpp"
#include "lib/target/caller.hpp"

namespace napier {

/// How much a target may misbehave before it is given up.
struct Patience {
  /// Without progress: of the child's own CPU time, so that a busy machine is no finding; by the
  /// clock where the child sleeps. See Watchdog.
  std::chrono::milliseconds stuck{3'000};
  std::chrono::milliseconds loading{10'000};  ///< the same, for loading and the first call
  int deaths = 64;  ///< children lost, hung ones included; the calls that are left are `not_called`
  int hangs = 3;    ///< since each takes long
  /// Two seconds after it was raised nothing is waited for any more: the call throws Interrupted.
  const StopFlag* stop = nullptr;
};

/// What loading the object and first calling the function did to a process. State that differs
/// from `before` is a finding about hygiene: -ffast-math libraries turn on FTZ and DAZ.
struct Arrival {
  ControlState before;
  ControlState after_loading;
  Call first_call;      ///< one of a few harmless arguments, tried before any other
  Answer first_answer;  ///< observed in full, so what only the first call does is seen here
  /// Which objects the functions come from that the object calls by name: "exp from itself; ldexp
  /// from /lib/libm.so.6". Empty if it calls none beside the system's.
  std::string bindings;
  bool filtered = false;  ///< the target can do nothing to other processes: see filter_calls()
};

/// A Caller whose calls are made in a child process, one per caller, in blocks through shared
/// memory. A call that ends the child gets the ending `crashed`, `exited` or `hung`; the calls
/// before it keep their answers, and a new child makes those after it.
class ChildCaller : public Caller {
 public:
  virtual const Arrival& arrival() const = 0;
  virtual const Printed& printed() const = 0;  ///< a note, no finding
  virtual int deaths() const = 0;              ///< children lost since the last renew()
  virtual bool given_up() const = 0;
  /// What cannot be tied to one call, in a line; empty if there is nothing: a child that died
  /// between calls, or why the target was given up.
  virtual const std::string& trouble() const = 0;
  /// What a process last wrote in place of a result, in words; empty if it never did.
  virtual const std::string& wrong() const {
    static const std::string nothing;
    return nothing;
  }
  /// What the calls that were answered have taken by the clock in all, without the time that it
  /// takes to wake the process; nothing where that is not known. As the process says: for what is
  /// told of costs, and no more.
  virtual std::optional<std::chrono::nanoseconds> time_in_calls() const { return std::nullopt; }
  /// What all callers of the target have learnt of it. Complete after settle().
  virtual History& history() const = 0;
  /// Looks whether the child has died since the last call, and enters what is open in the history.
  virtual void settle() = 0;
};

/// This very program, which serves targets if its main calls serve_target().
std::string default_worker();

/// Loads the object in a child and makes a first call there. `worker` is a program whose main
/// calls serve_target(). Callers of one target have one history.
///
/// Throws std::runtime_error with one line that names the target and the mend, when there is no
/// first answer: the object cannot be loaded, has no such function, or the function crashes, exits
/// or hangs at each of a few harmless arguments (first_arguments). These are always the same, so
/// whether a target answers at all does not depend on what is drawn, or on which thread is first.
std::unique_ptr<ChildCaller> child_caller(const SharedObject& object, const Format& format,
                                          int arity, const std::string& worker = default_worker(),
                                          Patience patience = {},
                                          std::shared_ptr<History> history = nullptr);

}  // namespace napier
