// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// What goes over the pipes of a process.
#include "audit/process/wire.hpp"

#include <gmock/gmock.h>

#include <vector>

#include "lib/fp/hexfloat.hpp"
#include "lib/fp/native.hpp"

namespace napier {
namespace {

using namespace std::string_literals;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::string request(Pipe pipe, const Format& format, const std::vector<Float>& x,
                    const std::vector<Float>& y = {}) {
  std::vector<Bits> first, second;
  for (const Float one : x) first.push_back(one.bits);
  for (const Float one : y) second.push_back(one.bits);
  std::string text = "left over";
  wire(pipe, format)->write_request(first, second, text);
  return text;
}

std::vector<Answer> results(Pipe pipe, const Format& format, const std::string& reply,
                            std::size_t count, std::string* wrong = nullptr) {
  std::vector<Answer> answers(count);
  std::string ignored;
  wire(pipe, format)->read_results(reply, answers, wrong != nullptr ? *wrong : ignored);
  return answers;
}

/// After the reply came in two parts.
Wire::Progress looked_at(Pipe pipe, const std::string& reply, std::size_t count,
                         std::size_t cut = 3) {
  const auto it = wire(pipe, binary64);
  Wire::Progress progress;
  it->look(std::string_view(reply).substr(0, cut), count, progress);
  it->look(reply, count, progress);
  return progress;
}

TEST(Wire, SendsBlocksAsTheyStandInMemory) {
  EXPECT_EQ(request(Pipe::raw, binary64, {from_native(1.0), from_native(-2.0)}),
            "\2\0\0\0\0\0\0\0\0\0\xf0\x3f\0\0\0\0\0\0\0\xc0"s);
  EXPECT_EQ(request(Pipe::raw, binary32, {from_native(1.0F)}, {from_native(2.0F)}),
            "\1\0\0\0\0\0\x80\x3f\0\0\0\x40"s);
  EXPECT_EQ(request(Pipe::raw, binary80, {from_native(1.0L)}),
            "\1\0\0\0\0\0\0\0\0\0\0\x80\xff\x3f\0\0\0\0\0\0"s);
  EXPECT_EQ(request(Pipe::raw, bfloat16, {power_of_two(bfloat16, 0)}), "\1\0\0\0\x80\x3f"s);
}

TEST(Wire, ReadsTheBlocksThatAreSentInEveryFormat) {
  for (const Format* format : all_formats) {
    const std::vector<Float> all{zero(*format, true), min_subnormal(*format), max_finite(*format),
                                 infinity(*format), quiet_nan(*format)};
    const auto answers = results(Pipe::raw, *format, request(Pipe::raw, *format, all), all.size());
    for (std::size_t i = 0; i < all.size(); ++i) EXPECT_EQ(answers[i].value, all[i]);
  }
}

TEST(Wire, ReadsTheLinesThatAreSentInEveryFormat) {
  for (const Pipe pipe : {Pipe::hex, Pipe::decimal})
    for (const Format* format : all_formats) {
      std::vector<Float> all{zero(*format),
                             zero(*format, true),
                             min_subnormal(*format),
                             min_normal(*format),
                             max_finite(*format),
                             infinity(*format, true),
                             quiet_nan(*format),
                             power_of_two(*format, 0),
                             Float{max_finite(*format).bits - 1, format}};
      for (int i = 1; i < 16; ++i) all.push_back({max_finite(*format).bits / 17 * i, format});
      const auto answers = results(pipe, *format, request(pipe, *format, all), all.size());
      for (std::size_t i = 0; i < all.size(); ++i) {
        if (classify(all[i]) == FloatClass::nan) continue;
        EXPECT_EQ(to_hex(answers[i].value), to_hex(all[i])) << format->name;
      }
    }
}

TEST(Wire, WritesLinesThatOtherLanguagesRead) {
  EXPECT_EQ(request(Pipe::hex, binary64,
                    {from_native(1.5), infinity(binary64, true), negated(quiet_nan(binary64)),
                     min_subnormal(binary64)}),
            "0x1.8p+0\n-inf\n-nan\n0x1p-1074\n");
  EXPECT_EQ(request(Pipe::decimal, binary64, {from_native(0.1)}, {from_native(-1e300)}),
            "0.1 -1e+300\n");
}

TEST(Wire, ReadsTheManySpellingsOfANumber) {
  const std::vector<std::pair<std::string, std::string>> spellings{
      {"0x1.8p1", "0x1.8p+1"},
      {"+0X1.8P+01", "0x1.8p+1"},
      {" 3 \r", "0x1.8p+1"},
      {"3.0e0", "0x1.8p+1"},
      {"0x0.0000000000001p-1022", "0x1p-1074"},
      {"-Infinity", "-inf"},
      {"+inf", "inf"},
      {"Inf", "inf"},
      {"-nan(ind)", "-nan:0x8000000000000"},
      {"NaN", "nan:0x8000000000000"},
      {"1e999", "inf"},
      {"4.9406564584124654e-324", "0x1p-1074"},
      {"0.1000000000000000055511151231257827", "0x1.999999999999ap-4"},
      {"-0", "-0x0p+0"}};
  for (const auto& [text, hex] : spellings)
    EXPECT_EQ(to_hex(results(Pipe::hex, binary64, text + "\n", 1)[0].value), hex) << text;
}

TEST(Wire, TakesNothingElseForANumber) {
  for (const std::string text : {"", "three", "1 2", "1,5", "0x1.8", "0x", "1e", "--1", "+-1",
                                 "0x1.00000000000001p+0", "nano", "in", "1.5f", "1d3", "\x1b[1m"}) {
    std::string wrong;
    const Answer answer = results(Pipe::hex, binary64, text + "\n", 1, &wrong)[0];
    const bool read = text == "0x1.8";  // C reads a hex float without exponent, too
    EXPECT_EQ(answer.ending, read ? Ending::returned : Ending::unwritten) << text;
    EXPECT_EQ(wrong.find("no number of binary64") == std::string::npos, read) << text;
    EXPECT_EQ(wrong.find('\x1b'), std::string::npos);
  }
}

TEST(Wire, RoundsDecimalsOnceInNarrowFormats) {
  // 1 + 2^-11, halfway between two numbers of binary16, and a little more.
  const auto read = [](const std::string& text) {
    return to_hex(results(Pipe::decimal, binary16, text + "\n", 1)[0].value);
  };
  EXPECT_EQ(read("1.00048828125"), "0x1p+0");
  EXPECT_EQ(read("1.000488281250001"), "0x1.004p+0");
  EXPECT_EQ(
      results(Pipe::decimal, binary16, "1.0004882812500000000000000000000000000000001\n", 1)[0]
          .ending,
      Ending::unwritten);
}

TEST(Wire, KnowsWhenABlockIsWhole) {
  const std::string whole = request(Pipe::raw, binary64, {from_native(1.0), from_native(2.0)});
  const auto progress = looked_at(Pipe::raw, whole, 2);
  EXPECT_TRUE(progress.complete);
  EXPECT_FALSE(progress.overfull);
  EXPECT_THAT(progress.wrong, IsEmpty());
  EXPECT_EQ(looked_at(Pipe::raw, whole.substr(0, 19), 2).results, 1U);
  EXPECT_FALSE(looked_at(Pipe::raw, whole.substr(0, 19), 2).complete);
  EXPECT_TRUE(looked_at(Pipe::raw, whole + "x", 2).overfull);
  EXPECT_FALSE(looked_at(Pipe::raw, whole + "x", 2).complete);
}

TEST(Wire, BelievesNoBlockWithoutItsCount) {
  for (const std::string& reply : {"H"s, "Hello"s, "\3\0\0\0"s, "\2\0\0\1"s})
    EXPECT_THAT(looked_at(Pipe::raw, reply, 2, 1).wrong, HasSubstr("and not with that number"));
  EXPECT_THAT(looked_at(Pipe::raw, "\2", 2, 1).wrong, IsEmpty());
}

TEST(Wire, KnowsWhenLinesAreWhole) {
  EXPECT_TRUE(looked_at(Pipe::hex, "0x1p+0\n1\n", 2).complete);
  EXPECT_FALSE(looked_at(Pipe::hex, "0x1p+0\n1", 2).complete);
  EXPECT_EQ(looked_at(Pipe::hex, "0x1p+0\n1", 2).results, 1U);
  for (const std::string more : {"1\n2\n\n", "1\n2\n3", "1\n2\n3\n4\n"}) {
    EXPECT_TRUE(looked_at(Pipe::hex, more, 2).overfull) << more;
    EXPECT_FALSE(looked_at(Pipe::hex, more, 2).complete) << more;
  }
  EXPECT_THAT(looked_at(Pipe::hex, std::string(2000, '1'), 2).wrong, HasSubstr("a line of more"));
}

}  // namespace
}  // namespace napier
