// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "audit/isolation/serve.hpp"

#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <ucontext.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "audit/isolation/call_filter.hpp"
#include "audit/isolation/channel.hpp"
#include "audit/isolation/load.hpp"
#include "audit/isolation/memory_bound.hpp"
#include "audit/isolation/sandbox.hpp"
#include "lib/fp/environment.hpp"
#include "lib/target/array_caller.hpp"
#include "lib/target/array_memory.hpp"
#include "lib/target/thread_pair.hpp"

namespace napier {
namespace {

// A C function pointer carries no state, so what the wrappers below and the signal handler need
// is here. Only the child's process ever sets it.
Channel* served = nullptr;
void* target_code = nullptr;
pid_t served_parent = 0;
std::uint32_t begun = 0;     // calls of this block
std::uint32_t returned = 0;  // … that came back here
std::uint32_t allowed = 0;   // more than a block needs

/// The last call left by a jump (longjmp) to where an older one stood: its caller goes on from
/// there, perhaps for ever. The parent is told, and this process ends.
[[noreturn]] void go_astray() {
  served->astray.store(true);
  ::_exit(0);
}

// Each call is announced before it is made, and when it has returned: whatever happens next, the
// parent knows to whom. They are noexcept, so an exception that leaves the target ends the process
// there and then.
void announce() {
  if (begun != returned || begun == allowed) go_astray();
  served->started.store(++begun, std::memory_order_release);
}
void note_return() { served->ended.store(++returned, std::memory_order_release); }
template <class T>
T announced_unary(T x) noexcept {
  announce();
  const T result = reinterpret_cast<Unary<T>>(target_code)(x);
  note_return();
  return result;
}
template <class T>
T announced_binary(T x, T y) noexcept {
  announce();
  const T result = reinterpret_cast<Binary<T>>(target_code)(x, y);
  note_return();
  return result;
}
template <class T>
ScalarFunction announced(Unary<T> /*code*/) {
  return Unary<T>(&announced_unary<T>);
}
template <class T>
ScalarFunction announced(Binary<T> /*code*/) {
  return Binary<T>(&announced_binary<T>);
}

const ArrayMemory* memory_in_lanes = nullptr;

/// What was touched on a page that nobody may touch is written down; then the instruction is made
/// again, and ends the process.
void note_trespass(int number, siginfo_t* info, void* context) {
  ::signal(number, SIG_DFL);
  if (info->si_code <= 0) {  // somebody has sent it
    ::raise(number);
    return;
  }
  Trespassed touched = memory_in_lanes->beyond(info->si_addr);
#if defined(__x86_64__)
  constexpr greg_t by_writing = 2;
  const auto* const registers = static_cast<const ucontext_t*>(context);
  touched.wrote = (registers->uc_mcontext.gregs[REG_ERR] & by_writing) != 0;
#else
  static_cast<void>(context);
#endif
  served->placement.trespassed = touched;
}

/// For as long as it lives the first touch of such a page is noted, unless the target has a handler
/// of its own.
class TrespassWatch {
 public:
  TrespassWatch() {
    ::sigaction(SIGSEGV, nullptr, &before_);
    if (!is_free()) return;
    struct sigaction action {};
    action.sa_sigaction = note_trespass;
    action.sa_flags = SA_SIGINFO;
    ::sigaction(SIGSEGV, &action, nullptr);
  }
  TrespassWatch(const TrespassWatch&) = delete;
  TrespassWatch& operator=(const TrespassWatch&) = delete;
  ~TrespassWatch() {
    struct sigaction now {};
    ::sigaction(SIGSEGV, nullptr, &now);
    const bool ours = (now.sa_flags & SA_SIGINFO) != 0 && now.sa_sigaction == note_trespass;
    if (ours) ::sigaction(SIGSEGV, &before_, nullptr);
  }

 private:
  bool is_free() const {
    return (before_.sa_flags & SA_SIGINFO) == 0 && before_.sa_handler == SIG_DFL;
  }
  struct sigaction before_ {};
};

// The kernel sends this signal when the *thread* that started us ends. Only when its process is
// gone we have another parent.
void end_with_parent(int /*signal*/) {
  if (::getppid() != served_parent) ::_exit(0);
}

void follow_parent(pid_t parent) {
  served_parent = parent;
  struct sigaction action {};
  action.sa_handler = end_with_parent;
  action.sa_flags = SA_RESTART;
  ::sigaction(SIGHUP, &action, nullptr);
  ::prctl(PR_SET_PDEATHSIG, SIGHUP);
  end_with_parent(SIGHUP);  // it may have ended before prctl
}

void limit(int resource, rlim_t value) {
  rlimit wanted{};
  ::getrlimit(static_cast<__rlimit_resource>(resource), &wanted);
  wanted.rlim_cur = std::min(value, wanted.rlim_max);
  ::setrlimit(static_cast<__rlimit_resource>(resource), &wanted);
}

/// Makes this process one that a target may do anything to.
void settle_in() {
  ::closefrom(3);  // not even the channel's file, which is mapped by now
  // A sanitizer's runtime would turn these into exits.
  for (const int signal : {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGTRAP, SIGSYS})
    ::signal(signal, SIG_DFL);
  bound_memory();
  limit(RLIMIT_CORE, 1);  // 1 stops a core dump into a program, too: see core(5)
  // What a target prints is kept in memory until the parent reads it: bounded, and the target is
  // told EFBIG.
  constexpr rlim_t printed_bytes = rlim_t{64} << 20;
  limit(RLIMIT_FSIZE, printed_bytes);
  ::signal(SIGXFSZ, SIG_IGN);
  ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);       // it may not become one that we can't end
  std::setvbuf(stdout, nullptr, _IOLBF, BUFSIZ);  // so that little is lost in a crash
}

template <std::size_t size>
void write_text(std::array<char, size>& to, const std::string& text) {
  to[text.copy(to.data(), size - 1)] = '\0';
}

[[noreturn]] void refuse(Channel& channel, const char* why) {
  write_text(channel.message, why);
  channel.phase.store(Phase::refused);
  hand_over(channel, parents_turn);
  ::_exit(0);  // not by way of the target's destructors
}

void load_into(Channel& channel, const SharedObject& object) {
  reset_environment();
  channel.before_loading = control_state();
  served = &channel;
  channel.phase.store(Phase::loading);
  const LoadedFunction loaded = load_function(object);
  target_code = loaded.address;
  write_text(channel.bindings, loaded.bindings);
  channel.after_loading = control_state();
  channel.phase.store(Phase::ready);
}

BlockEffects together(const BlockEffects& one, const BlockEffects& other) {
  const auto& [control_kept, errno_zeroed, signalled, unwritten, lowered] = one;  // all of them
  return {control_kept && other.control_kept, errno_zeroed || other.errno_zeroed,
          signalled || other.signalled, unwritten || other.unwritten,
          lowered || other.flags_lowered};
}

/// Calls use(first, size) for every step of so many calls, announced before and after, and returns
/// what all of them did.
template <class Use>
BlockEffects in_steps(Channel& channel, std::uint32_t done_before, std::uint32_t count, Use use) {
  BlockEffects effects;
  for (std::uint32_t done = 0; done < count;) {
    const std::uint32_t size = std::min(calls_in_a_step, count - done);
    channel.started.store(done_before + done + size, std::memory_order_release);
    const std::optional<BlockEffects> of_step = use(done, size);
    done += size;
    channel.ended.store(done_before + done, std::memory_order_release);
    effects = together(effects, of_step.value_or(BlockEffects{}));
  }
  return effects;
}

/// Calls of a whole block from that one on.
CallBlock calls_of(Channel& channel, std::span<std::uint64_t> results, std::uint32_t first,
                   std::uint32_t size, int arity) {
  return {std::span(channel.whole_x).subspan(first, size),
          std::span(channel.whole_y).subspan(first, arity == 2 ? size : 0),
          results.subspan(first, size)};
}

/// The first calls of a whole block once more: a step backwards as one forwards of the arguments
/// turned round.
class AgainInSteps {
 public:
  AgainInSteps(Channel& channel, Caller& caller, std::uint32_t again, int arity)
      : channel_(channel), caller_(caller), again_(again), arity_(arity) {}

  std::optional<BlockEffects> operator()(std::uint32_t done, std::uint32_t size) {
    const bool backwards = channel_.again_backwards;
    CallBlock block = calls_of(channel_, channel_.again_results,
                               backwards ? again_ - done - size : done, size, arity_);
    if (backwards) block = {turned(block.x, x_), turned(block.y, y_), block.results};
    block.flags_raised = true;
    const auto effects = caller_.call_block(channel_.rounding, block);
    if (backwards) std::ranges::reverse(block.results);
    return effects;
  }

 private:
  using Step = std::array<std::uint64_t, calls_in_a_step>;
  static std::span<const std::uint64_t> turned(std::span<const std::uint64_t> from, Step& to) {
    std::ranges::reverse_copy(from, to.begin());
    return std::span(to).first(from.size());
  }
  Channel& channel_;
  Caller& caller_;
  std::uint32_t again_;
  int arity_;
  Step x_, y_;
};

void serve_values(Channel& channel, Caller& caller, int arity) {
  const std::uint32_t again = std::min(channel.again, whole_capacity);
  const std::uint32_t count =
      std::min(channel.count - std::min(channel.count, again), whole_capacity);
  channel.effects = in_steps(channel, 0, count, [&](std::uint32_t first, std::uint32_t size) {
    CallBlock block = calls_of(channel, channel.results, first, size, arity);
    block.signals = std::span(channel.signals).subspan(first, channel.record ? size : 0);
    block.flags_raised = channel.flags_raised;
    return caller.call_block(channel.rounding, block);
  });
  channel.again_effects =
      in_steps(channel, count, again, AgainInSteps(channel, caller, again, arity));
}

/// Who make the calls of a target.
struct ServingCallers {
  std::unique_ptr<Caller> announcing;  ///< tells each call before it is made, but for values alone
  std::unique_ptr<Caller> silent;      ///< when calls that were announced are made again
  std::unique_ptr<Caller> other;       ///< for a thread more
};

void serve_block(Channel& channel, ServingCallers& callers, const Format& format, int arity,
                 std::span<Call> calls) {
  const std::uint32_t end = std::min(channel.count, block_capacity);
  const std::uint32_t first = std::min(channel.first, end);
  constexpr std::uint32_t repeats = 16;  // far more often than a caller may make each call
  begun = returned = 0;
  allowed = repeats * (end - first);
  reset_environment();  // loading the target may have turned on flush-to-zero
  if (channel.whole) {
    serve_values(channel, *callers.other, arity);
    std::fflush(stdout);
    return;
  }
  for (std::uint32_t i = first; i < end; ++i)
    calls[i] = {{channel.x[i], &format}, {channel.y[i], &format}};
  const std::span<const Call> block = calls.subspan(first, end - first);
  const auto answers = std::span(channel.answers).subspan(first, end - first);
  if (channel.in_lanes) {
    const TrespassWatch watch;
    callers.silent->call_in_lanes(channel.rounding, block, answers);
    channel.started.store(most_arrays);
    channel.ended.store(most_arrays);
    std::fflush(stdout);
    return;
  }
  if (channel.from_two_threads)
    channel.overlap = call_from_two_threads(*callers.announcing, *callers.silent, *callers.other,
                                            channel.rounding, channel.observe, block, answers,
                                            std::span(channel.others).subspan(first, end - first));
  else
    callers.announcing->call(channel.rounding, channel.observe, block, answers);
  std::fflush(stdout);
}

void note_lanes(std::uint32_t /*kinds*/, const Placement& next, std::uint32_t first) {
  served->placement = next;
  served->first_of_array = first;
  served->started.store(++begun, std::memory_order_release);
}

ServingCallers callers_of(const Shape& shape, const Format& format, int arity) {
  if (!shape.is_scalar()) {
    const auto open = [&](ArrayNotice notice) {
      return array_caller(target_code, shape, format, arity, notice);
    };
    const auto remember = [](const ArrayMemory& memory) { memory_in_lanes = &memory; };
    return {open({announce, note_return}),
            open({.in_lanes = note_lanes, .fences = true, .in_memory = remember}), open({})};
  }
  const ScalarFunction code = scalar_function(target_code, format, arity);
  return {direct_caller(std::visit([](auto function) { return announced(function); }, code)),
          direct_caller(code), direct_caller(code)};
}

[[noreturn]] void serve(Channel& channel, const Shape& shape, const Format& format, int arity) {
  ServingCallers callers = callers_of(shape, format, arity);
  std::vector<Call> calls(block_capacity);
  for (;;) {
    hand_over(channel, parents_turn);
    while (channel.turn.load(std::memory_order_acquire) == parents_turn) {
      sleep_during(channel, parents_turn, std::chrono::seconds(1));
      end_with_parent(SIGHUP);  // should the target have taken the signal away
    }
    const auto begun = std::chrono::steady_clock::now();
    serve_block(channel, callers, format, arity, calls);
    channel.took = std::chrono::nanoseconds(std::chrono::steady_clock::now() - begun).count();
  }
}

}  // namespace

int serve_target(int argc, const char* const* argv) {
  constexpr int usage = 2;
  const bool sandboxed = argc == 9 && argv[8] == sandbox_word;
  if (argc != 8 && !sandboxed) return usage;
  const Format* const format = find_format(argv[5]);
  const int arity = std::atoi(argv[6]);
  if (format == nullptr || arity < 1 || arity > 2) return usage;
  SharedObject object{argv[3], argv[4]};
  try {
    const SharedChannel channel(std::atoi(argv[2]));
    follow_parent(channel->parent);
    settle_in();
    std::string why_not;
    if (sandboxed) {
      why_not = enter_sandbox(Sandbox::itself);
      follow_parent(channel->parent);  // which one's other rights ended
    }
    channel->filtered = filter_calls();
    // The numbers of processes are those of all others, too: the filter keeps signals from them.
    if (sandboxed && why_not.empty() && !channel->filtered) why_not = "seccomp";
    if (!why_not.empty())
      refuse(*channel,
             ("the system allows no sandbox (" + why_not + "): leave out --sandbox").c_str());
    try {
      object.shape = parse_shape(argv[7]);
      load_into(*channel, object);
    } catch (const std::exception& error) {
      refuse(*channel, error.what());
    }
    serve(*channel, object.shape, *format, arity);
  } catch (const std::exception&) {
    return usage;  // no channel of this build; the parent says so
  }
}

}  // namespace napier
