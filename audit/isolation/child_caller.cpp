// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "audit/isolation/child_caller.hpp"

#include <fmt/format.h>
#include <sys/auxv.h>
#include <unistd.h>

#include <algorithm>
#include <cassert>
#include <optional>
#include <stdexcept>
#include <utility>

#include "audit/isolation/session.hpp"
#include "lib/fp/environment.hpp"
#include "lib/fp/hexfloat.hpp"

namespace napier {
namespace {

std::string signature(const Format& format, int arity) {
  return arity == 1 ? fmt::format("{0} f({0})", format.c_type)
                    : fmt::format("{0} f({0}, {0})", format.c_type);
}

void fill(std::span<Answer> answers, const Death& death) {
  for (Answer& answer : answers) {
    answer = {};
    answer.ending = death.ending;
    answer.detail = death.detail;
  }
}

class IsolatedCaller final : public ChildCaller {
 public:
  IsolatedCaller(SharedObject object, const Format& format, int arity, std::string worker,
                 Patience patience)
      : format_(format),
        arity_(arity),
        patience_(patience),
        session_(std::move(object), format, arity, std::move(worker), patience.stuck,
                 patience.stop) {
    arrive();
  }

  void call(Rounding rounding, Observe observe, std::span<const Call> calls,
            std::span<Answer> answers) override;
  std::optional<BlockEffects> call_block(Rounding rounding, const CallBlock& block) override;
  bool call_from_two_threads(Rounding rounding, Observe observe, std::span<const Call> calls,
                             std::span<Answer> answers, std::span<Answer> others) override;

  void renew() override {
    deaths_ = hangs_ = 0;
    given_up_ = false;
  }
  const Arrival& arrival() const override { return arrival_; }
  const Printed& printed() const override { return session_.printed(); }
  int deaths() const override { return deaths_; }
  bool given_up() const override { return given_up_; }
  const std::string& trouble() const override { return trouble_; }

 private:
  void arrive();
  bool ready_for_more();
  void write_calls(std::span<const Call> calls);
  void serve_block(std::span<const Call> calls, std::span<Answer> answers);
  void serve_pair(std::span<const Call> calls, std::span<Answer> answers, std::span<Answer> others);
  void take_answers(std::uint32_t first, std::uint32_t end, std::span<Answer> answers) const;
  void take(std::span<const Answer> given, std::span<Answer> answers) const;
  void mourn(const Death& death, bool during_a_call);
  void give_up(const std::string& why);

  const Format& format_;
  int arity_;
  Patience patience_;
  Session session_;
  Arrival arrival_;
  int deaths_ = 0;
  int hangs_ = 0;
  bool given_up_ = false;
  std::string trouble_;
};

// Asks for one value at a few harmless arguments, until one is answered.
void IsolatedCaller::arrive() {
  Channel& channel = session_.channel();
  channel.rounding = Rounding::nearest;
  channel.observe = Observe::everything;
  std::string story;
  for (const int power : {0, -1, 1}) {
    const Float x = power_of_two(format_, power);
    channel.x[0] = channel.y[0] = x.bits;
    if (!session_.alive()) session_.start();
    const Attempt tried = session_.attempt(0, 1);
    if (!tried.death) {
      channel.bindings.back() = '\0';
      arrival_ = {channel.before_loading,
                  channel.after_loading,
                  {x, arity_ == 2 ? x : Float{}},
                  {},
                  channel.bindings.data()};
      take_answers(0, 1, std::span(&arrival_.first_answer, 1));
      return;
    }
    story +=
        fmt::format("{}{} at {}", story.empty() ? "" : ", ", describe(*tried.death), to_hex(x));
  }
  session_.fail("no first answer: " + story,
                fmt::format("check that it is {}, as --function and --format say",
                            signature(format_, arity_)));
}

void IsolatedCaller::take_answers(std::uint32_t first, std::uint32_t end,
                                  std::span<Answer> answers) const {
  take(std::span(session_.channel().answers).subspan(first, end - first),
       answers.subspan(first, end - first));
}

void IsolatedCaller::take(std::span<const Answer> given, std::span<Answer> answers) const {
  std::ranges::copy(given, answers.begin());
  for (Answer& answer : answers) {
    answer.value.format = &format_;
    answer.ending = Ending::returned;
    answer.detail = 0;
  }
}

void IsolatedCaller::give_up(const std::string& why) {
  given_up_ = true;
  trouble_ =
      fmt::format("given up after {} lost processes, {} of them hung{}", deaths_, hangs_, why);
}

void IsolatedCaller::mourn(const Death& death, bool during_a_call) {
  ++deaths_;
  if (death.ending == Ending::hung) ++hangs_;
  if (!during_a_call) trouble_ = fmt::format("{} between calls", describe(death));
  if (deaths_ >= patience_.deaths || hangs_ >= patience_.hangs) give_up("");
}

// Is there a child to make the next call? A new one is started unless the target was given up.
bool IsolatedCaller::ready_for_more() {
  if (given_up_ || session_.alive()) return !given_up_;
  try {
    session_.start();
  } catch (const std::runtime_error& error) {
    give_up(fmt::format(": {}", error.what()));
  }
  return !given_up_;
}

void IsolatedCaller::write_calls(std::span<const Call> calls) {
  for (std::size_t i = 0; i < calls.size(); ++i) {
    assert(calls[i].x.format == &format_);
    session_.channel().x[i] = calls[i].x.bits;
    session_.channel().y[i] = calls[i].y.bits;
  }
}

void IsolatedCaller::serve_block(std::span<const Call> calls, std::span<Answer> answers) {
  const auto count = static_cast<std::uint32_t>(calls.size());
  write_calls(calls);
  std::uint32_t next = 0;
  std::optional<std::uint32_t> asked_again;
  while (next < count && ready_for_more()) {
    const Attempt tried = session_.attempt(next, count);
    const bool unfinished = tried.death && tried.started > 0;
    const std::uint32_t end = next + tried.started - (unfinished ? 1 : 0);
    take_answers(next, end, answers);
    next = end;
    if (!tried.death) break;
    if (from_outside(*tried.death) && asked_again != next) {
      asked_again = next;  // before it is believed
      continue;
    }
    mourn(*tried.death, unfinished);
    if (unfinished) fill(answers.subspan(next++, 1), *tried.death);
  }
  fill(answers.subspan(next), {Ending::not_called, 0});
}

void IsolatedCaller::call(Rounding rounding, Observe observe, std::span<const Call> calls,
                          std::span<Answer> answers) {
  assert(calls.size() == answers.size());
  // A platform that refuses the direction is to throw here, not to end the child. It also leaves
  // this thread's environment as promised.
  { const ScopedRounding tried(rounding); }
  session_.channel().rounding = rounding;
  session_.channel().observe = observe;
  session_.channel().whole = false;  // a block that was interrupted may have left it
  for (std::size_t done = 0; done < calls.size(); done += block_capacity) {
    const std::size_t size = std::min<std::size_t>(block_capacity, calls.size() - done);
    serve_block(calls.subspan(done, size), answers.subspan(done, size));
  }
}

// Which of two threads ended the child is not known: it is told of the call that the first one had
// begun last, and the others have no answer.
void IsolatedCaller::serve_pair(std::span<const Call> calls, std::span<Answer> answers,
                                std::span<Answer> others) {
  const auto count = static_cast<std::uint32_t>(calls.size());
  write_calls(calls);
  fill(answers, {Ending::not_called, 0});
  bool asked_again = false;
  while (ready_for_more()) {
    Channel& channel = session_.channel();
    channel.from_two_threads = true;
    const Attempt tried = session_.attempt(0, count);
    channel.from_two_threads = false;
    if (!tried.death) {
      take(std::span(channel.answers).first(count), answers);
      take(std::span(channel.others).first(count), others);
      return;
    }
    if (from_outside(*tried.death) && !std::exchange(asked_again, true)) continue;
    mourn(*tried.death, tried.started > 0);
    if (tried.started > 0) fill(answers.subspan(tried.started - 1, 1), *tried.death);
    break;
  }
  std::ranges::copy(answers, others.begin());
}

bool IsolatedCaller::call_from_two_threads(Rounding rounding, Observe observe,
                                           std::span<const Call> calls, std::span<Answer> answers,
                                           std::span<Answer> others) {
  { const ScopedRounding tried(rounding); }
  session_.channel().rounding = rounding;
  session_.channel().observe = observe;
  for (std::size_t done = 0; done < calls.size(); done += block_capacity) {
    const std::size_t size = std::min<std::size_t>(block_capacity, calls.size() - done);
    serve_pair(calls.subspan(done, size), answers.subspan(done, size), others.subspan(done, size));
  }
  return true;
}

// A death is not counted here: the calls are made again one by one, and it is met there.
std::optional<BlockEffects> IsolatedCaller::call_block(Rounding rounding, const CallBlock& block) {
  if (format_.bytes() > 8 || block.results.size() > block_capacity || !ready_for_more())
    return std::nullopt;
  { const ScopedRounding tried(rounding); }
  Channel& channel = session_.channel();
  channel.rounding = rounding;
  for (std::size_t i = 0; i < block.x.size(); ++i) {
    channel.x[i] = block.x[i];
    channel.y[i] = block.y.empty() ? 0 : block.y[i];
  }
  channel.whole = true;
  channel.record = !block.signals.empty();
  const auto count = static_cast<std::uint32_t>(block.results.size());
  const Attempt tried = session_.attempt(0, count);
  channel.whole = false;
  if (tried.death) return std::nullopt;
  std::copy_n(channel.results.begin(), count, block.results.begin());
  std::copy_n(channel.signals.begin(), block.signals.size(), block.signals.begin());
  return channel.effects;
}

}  // namespace

std::string default_worker() {
  constexpr const char* proc = "/proc/self/exe";
  if (::access(proc, X_OK) == 0) return proc;
  // No /proc in a bare chroot: then the path that this program was started by.
  const auto* const started_by = reinterpret_cast<const char*>(::getauxval(AT_EXECFN));
  return started_by != nullptr ? started_by : proc;
}

std::unique_ptr<ChildCaller> child_caller(const SharedObject& object, const Format& format,
                                          int arity, const std::string& worker, Patience patience) {
  return std::make_unique<IsolatedCaller>(object, format, arity, worker, patience);
}

}  // namespace napier
