// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// Runs a fuzz function without a fuzzer: on every file of a corpus, and on seeded mutations of
// them.
//
//   napier_fuzz_NAME_replay FOLDER [MUTATIONS]
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <vector>

#include "tests/fuzz/fuzz.hpp"

namespace {

namespace fs = std::filesystem;
using Input = std::vector<std::uint8_t>;

std::vector<Input> corpus(const fs::path& folder) {
  std::vector<fs::path> paths;
  for (const auto& entry : fs::directory_iterator(folder)) paths.push_back(entry.path());
  std::ranges::sort(paths);  // so that a seed means the same everywhere
  std::vector<Input> inputs;
  for (const fs::path& path : paths) {
    std::ifstream file(path, std::ios::binary);
    inputs.emplace_back(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
  }
  return inputs;
}

class Mutator {
 public:
  explicit Mutator(const std::vector<Input>& inputs) : inputs_(inputs) {}

  /// One of the inputs, changed in up to four ways.
  Input next() {
    Input input = inputs_[below(inputs_.size())];
    for (std::size_t i = 1 + below(4); i > 0; --i) change(input);
    return input;
  }

 private:
  std::size_t below(std::size_t end) { return end == 0 ? 0 : random_() % end; }
  auto place(Input& input) {
    return input.begin() + static_cast<std::ptrdiff_t>(below(input.size() + 1));
  }
  std::uint8_t byte() {
    constexpr std::string_view likely = "0123456789abcdefpx+-.,:#*/\"{}[]\\ \n";
    return below(4) == 0 ? static_cast<std::uint8_t>(below(256))
                         : static_cast<std::uint8_t>(likely[below(likely.size())]);
  }
  /// A piece of any input.
  Input piece() {
    const Input& from = inputs_[below(inputs_.size())];
    const std::size_t begin = below(from.size());
    const std::size_t length = std::min(from.size() - begin, below(64));
    const auto first = from.begin() + static_cast<std::ptrdiff_t>(begin);
    return {first, first + static_cast<std::ptrdiff_t>(length)};
  }
  void change(Input& input) {
    switch (below(5)) {
      case 0:
        input.insert(place(input), byte());
        break;
      case 1:
        if (!input.empty()) input[below(input.size())] = byte();
        break;
      case 2: {
        const auto begin = place(input);
        const auto left = static_cast<std::size_t>(input.end() - begin);
        input.erase(begin, begin + static_cast<std::ptrdiff_t>(std::min(left, below(16))));
        break;
      }
      case 3: {
        const Input more = piece();
        input.insert(place(input), more.begin(), more.end());
        break;
      }
      default:
        input.resize(below(input.size() + 1));
    }
  }

  const std::vector<Input>& inputs_;
  std::mt19937_64 random_{1};
};

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) return 2;
  const std::vector<Input> inputs = corpus(argv[1]);
  if (inputs.empty()) return 2;
  for (const Input& input : inputs) LLVMFuzzerTestOneInput(input.data(), input.size());
  const long mutations = argc > 2 ? std::strtol(argv[2], nullptr, 10) : 0;
  Mutator mutator(inputs);
  for (long i = 0; i < mutations; ++i) {
    const Input input = mutator.next();
    LLVMFuzzerTestOneInput(input.data(), input.size());
  }
  std::printf("%zu inputs and %ld mutations of them\n", inputs.size(), mutations);
  return 0;
}
