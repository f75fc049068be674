// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "audit/isolation/output.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <string_view>

namespace napier {
namespace {

std::string first_line(std::string_view text) {
  const auto begin = text.find_first_not_of("\r\n");
  if (begin == std::string_view::npos) return {};
  std::string line(text.substr(begin, text.find_first_of("\r\n", begin) - begin));
  for (char& c : line)
    if (static_cast<unsigned char>(c) < ' ' || c == '\x7f') c = '?';
  return line;
}

}  // namespace

CapturedOutput::CapturedOutput() : file_(memory_file("napier-output", 0, Size::free)) {
  // Appending, so that the next thing printed after we emptied the file starts at its front.
  ::fcntl(file_.number(), F_SETFL, O_APPEND);
}

void CapturedOutput::collect() {
  struct stat status {};
  if (::fstat(file_.number(), &status) != 0 || status.st_size == 0) return;
  if (printed_.first_line.empty()) {
    std::array<char, 200> text{};
    const ssize_t size = ::pread(file_.number(), text.data(), text.size(), 0);
    if (size > 0) printed_.first_line = first_line({text.data(), static_cast<std::size_t>(size)});
  }
  // A failure leaves the bytes there to be counted next time.
  if (::ftruncate(file_.number(), 0) == 0)
    printed_.bytes += static_cast<std::uint64_t>(status.st_size);
}

}  // namespace napier
