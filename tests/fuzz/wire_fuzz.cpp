// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// What a process writes. The first byte chooses a format, the second one lines or blocks, the third
// how many results were asked for; the rest came over the pipe, in two parts. Looking at it in one
// go says the same; of what is whole every result is a number of the format or said to be none, and
// one that is a number is read again as what it spells; nothing else is said of the text than what
// a terminal bears.
#include <algorithm>
#include <vector>

#include "audit/process/wire.hpp"
#include "lib/fp/hexfloat.hpp"
#include "reports/text.hpp"
#include "tests/fuzz/fuzz.hpp"

namespace napier::fuzz {
namespace {

Wire::Progress looked_at(const Wire& wire, std::string_view reply, std::size_t count,
                         std::size_t cut) {
  Wire::Progress progress;
  if (cut != 0) wire.look(reply.substr(0, cut), count, progress);
  wire.look(reply, count, progress);
  return progress;
}

void check(Pipe pipe, const Format& format, std::size_t count, const std::string& reply) {
  const auto it = wire(pipe, format);
  const Wire::Progress whole = looked_at(*it, reply, count, 0);
  const Wire::Progress parts = looked_at(*it, reply, count, reply.size() / 2);
  require(whole.complete == parts.complete && whole.overfull == parts.overfull,
          "it is whole in one go and in two", reply);
  require(!(whole.complete && whole.overfull), "it is whole or more than that", reply);
  require(one_line(whole.wrong) == whole.wrong, "what is wrong is told in a line", reply);
  if (!whole.complete || !whole.wrong.empty()) return;
  std::vector<Answer> answers(count);
  std::string wrong;
  it->read_results(reply, answers, wrong);
  require(one_line(wrong) == wrong, "what is no number is told in a line", reply);
  for (const Answer& answer : answers) {
    if (answer.ending == Ending::unwritten) continue;
    require(answer.value.format == &format, "a result is of the format", reply);
    if (pipe == Pipe::raw || is_nan(answer.value)) continue;
    std::vector<Answer> again(1);
    it->read_results(to_hex(answer.value) + "\n", again, wrong);
    require(again[0].value == answer.value, "a result is read as what it spells", reply);
  }
}

}  // namespace
}  // namespace napier::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace napier;
  constexpr std::size_t choices = 3, most = 8;
  if (size <= choices) return 0;
  const Format& format = *all_formats[data[0] % all_formats.size()];
  const Pipe pipe = pipe_names[data[1] % pipe_names.size()].pipe;
  fuzz::check(pipe, format, 1 + data[2] % most,
              std::string(fuzz::text_of(data + choices, size - choices)));
  return 0;
}
