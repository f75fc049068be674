// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "reports/text.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <random>
#include <vector>

namespace napier {
namespace {

using testing::StartsWith;

/// What nobody would call a file, and somebody does.
const std::vector<std::string>& hostile_texts() {
  static const std::vector<std::string> texts{
      "",
      "so:./libmine.so#exp",
      "it's",
      "'; touch marked; '",
      "$(touch marked)",
      "`touch marked`",
      "\"; touch marked; \"",
      "${HOME}",
      "a b\tc",
      "a\nb",
      "a\n\nb\n'",
      "!!",
      "~",
      "~root",
      "*",
      "[a-z]?",
      "a;b|c&d>e<f",
      "\\",
      "\\\\'\\",
      "\\x41",
      "\\101",
      "%",
      "%s%d%n",
      "%s\n%",
      "-n",
      "-\n-",
      "--\x01",
      "#",
      "# a\rb",
      "\xc3\x97\xe2\x88\x9e",  // valid UTF-8
      "\xc3",                  // a part of it
      "\xff\xfe"
      "5",  // an octal escape before a digit
      "\x1b[31m'red'\x1b[0m",
      "\xc2\x9b"
      "31m",  // C1
      "\xe2\x80\xae"
      "desrever",  // right-to-left override
      "\xe2\x80\xa8"
      "a",  // line separator
      "'\xff'$(touch marked)`touch marked`\"!%",
  };
  return texts;
}

/// Every byte but 0 somewhere, in no order.
std::vector<std::string> random_texts() {
  std::mt19937 random(1);
  std::vector<std::string> texts;
  for (int i = 0; i < 64; ++i) {
    std::string text;
    for (int k = 0; k < 16; ++k)
      text += static_cast<char>(std::uniform_int_distribution<int>(1, 255)(random));
    texts.push_back(text + "#exp");
  }
  return texts;
}

/// What a command writes.
std::string output_of(const std::string& command) {
  const std::unique_ptr<FILE, int (*)(FILE*)> pipe(::popen(command.c_str(), "r"), ::pclose);
  std::string text;
  std::array<char, 4096> buffer;
  for (std::size_t got = 0; (got = std::fread(buffer.data(), 1, buffer.size(), pipe.get())) > 0;)
    text.append(buffer.data(), got);
  return text;
}

TEST(ShellWord, IsOneWordOfTheVeryBytes) {
  std::vector<std::string> texts = hostile_texts();
  for (const std::string& text : random_texts()) texts.push_back(text);
  const auto folder = std::filesystem::temp_directory_path() / "napier_shell_word";
  std::filesystem::create_directories(folder);
  for (const char* shell : {"/bin/sh", "/bin/bash", "/bin/dash", "/bin/ksh", "/usr/bin/zsh"}) {
    if (!std::filesystem::exists(shell)) continue;
    for (const char* locale : {"C", "C.UTF-8"}) {
      std::string script = "say() { for word; do printf '<%s>' \"$word\"; done; }\nsay";
      std::string wanted;
      for (const std::string& text : texts) {
        script += " " + shell_word(text);
        wanted += "<" + text + ">";
      }
      const auto path = folder / "script";
      {
        const std::unique_ptr<FILE, int (*)(FILE*)> file(std::fopen(path.c_str(), "w"),
                                                         std::fclose);
        std::fwrite(script.data(), 1, script.size(), file.get());
      }
      EXPECT_EQ(wanted, output_of("cd '" + folder.string() + "' && LC_ALL=" + locale + " " + shell +
                                  " ./script"))
          << shell << " " << locale;
      EXPECT_FALSE(std::filesystem::exists(folder / "marked")) << "it ran a command";
    }
  }
  std::filesystem::remove_all(folder);
}

TEST(ShellWord, IsShownAsItIs) {
  for (const std::string& text : hostile_texts()) {
    EXPECT_EQ(one_line(shell_word(text)), shell_word(text)) << text;
    EXPECT_EQ(utf8_of(shell_word(text)), shell_word(text)) << text;
  }
}

TEST(ShellWord, QuotesOnlyWhatNeedsIt) {
  EXPECT_EQ("libm/exp:binary64", shell_word("libm/exp:binary64"));
  EXPECT_EQ("--domain=x=-1,2.5", shell_word("--domain=x=-1,2.5"));
  EXPECT_EQ("'so:./libmine.so#exp'", shell_word("so:./libmine.so#exp"));
  EXPECT_EQ("'it'\\''s'", shell_word("it's"));
  EXPECT_EQ("\"$(printf 'so:./\\303.so\\043exp')\"", shell_word("so:./\xc3.so#exp"));
}

TEST(Utf8, OfAnyBytesReadsBackAsTheyWere) {
  std::vector<std::string> texts = hostile_texts();
  for (const std::string& text : random_texts()) texts.push_back(text);
  for (const char* more :
       {"\\x5c", "\\x5cx41", "\\\\xff", "\\\xff", "\\x4\xff", "\\x", "\\xFF", "\\xfg"})
    texts.emplace_back(more);
  for (const std::string& text : texts) {
    const std::string utf8 = utf8_of(text);
    EXPECT_EQ(text, bytes_of(utf8));
    EXPECT_EQ(std::string::npos, utf8.find_first_of("\xff\xfe")) << utf8;
  }
  EXPECT_EQ("so:./a\\b.so#exp", utf8_of("so:./a\\b.so#exp")) << "most names stay";
  EXPECT_EQ("so:./\\xc3.so#exp", utf8_of("so:./\xc3.so#exp"));
  EXPECT_EQ("\\x5cx41", utf8_of("\\x41"));
}

TEST(Visible, HidesNothingAndSteersNothing) {
  for (const char* steering :
       {"\x1b", "\x07", "\x7f", "\xc2\x9b", "\xc2\xad", "\xd8\x9c", "\xe2\x80\x8b", "\xe2\x80\x8f",
        "\xe2\x80\xa8", "\xe2\x80\xae", "\xe2\x81\xa0", "\xe2\x81\xa9", "\xef\xbb\xbf",
        "\xf3\xa0\x81\x81", "\xff", "\xed\xa0\x80", "\xc0\x80"})
    EXPECT_THAT(visible(steering), StartsWith("\\x")) << steering;
  for (const char* harmless : {"a", "é", "∞", "–", "✗", "日本", "\n", "𝑒"})
    EXPECT_EQ(harmless, visible(harmless));
}

}  // namespace
}  // namespace napier
