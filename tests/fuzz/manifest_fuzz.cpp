// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// A TOML file: as known issues, as a table of promises, and as a corpus, which is no TOML. What is
// wrong is told with the file's name, in one line that steers no terminal; what is read can be
// used.
#include <algorithm>
#include <stdexcept>

#include "audit/corpus.hpp"
#include "audit/known_issues.hpp"
#include "audit/manifest/promise_table.hpp"
#include "lib/target/catalogue.hpp"
#include "tests/fuzz/fuzz.hpp"

namespace napier::fuzz {
namespace {

const std::string file = "fuzzed.toml";

/// Reads; was anything refused?
template <class Read>
void check_read(Read read) {
  try {
    read();
  } catch (const std::invalid_argument& refusal) {
    const std::string_view why = refusal.what();
    require(why.starts_with(file), "a refusal begins with the file", why);
    require(std::ranges::none_of(why, [](char c) { return c == '\n' || c == '\x1b'; }),
            "a refusal is one harmless line", why);
  }
}

void check_promises(std::string_view text) {
  const PromiseTable table(TomlNode::parse(text, file), "a source");
  for (const Function* function : all_functions())
    if (const auto found = table.find(*function, binary32))
      require(!found->sentence.empty(), "a promise has a sentence", text);
}

void check_corpus(std::string_view text) {
  const std::vector<CorpusLine> corpus = parse_corpus(text, file);
  for (const char* name : {"libm/exp:binary64", "libm/pow:binary32"}) {
    const Target& target = *catalogue().find(name);
    for (const Point& point : points_of(corpus, target))
      require(point.count == static_cast<std::size_t>(target.function->arity),
              "a case has as many arguments as the function", text);
  }
}

}  // namespace
}  // namespace napier::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace napier::fuzz;
  constexpr std::size_t longest = 2048;
  const std::string_view text = text_of(data, std::min(size, longest));
  check_read([&] { napier::parse_known_issues(text, file); });
  check_read([&] { check_promises(text); });
  check_read([&] { check_corpus(text); });
  return 0;
}
