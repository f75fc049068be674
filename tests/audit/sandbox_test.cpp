// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
//
// In a sandbox a target reaches no network, no file and no process; and its calls are made, its
// crashes are found, as without one.
#include <arpa/inet.h>
#include <gmock/gmock.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/un.h>

#include "audit/isolation/sandbox.hpp"
#include "tests/audit/command_support.hpp"
#include "tests/audit/isolation_audit.hpp"

namespace napier {
namespace {

using namespace isolation_test;
using ::testing::Contains;
using ::testing::HasSubstr;

/// A port of this machine that answers.
class Listener {
 public:
  Listener() : end_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in at{};
    at.sin_family = AF_INET;
    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof at;
    works_ = ::bind(end_, reinterpret_cast<sockaddr*>(&at), size) == 0 && ::listen(end_, 8) == 0 &&
             ::getsockname(end_, reinterpret_cast<sockaddr*>(&at), &size) == 0;
    port_ = ntohs(at.sin_port);
  }
  Listener(const Listener&) = delete;
  Listener& operator=(const Listener&) = delete;
  ~Listener() { ::close(end_); }
  bool works() const { return works_; }
  std::string port() const { return std::to_string(port_); }

 private:
  int end_;
  bool works_ = false;
  unsigned short port_ = 0;
};

/// A path where somebody answers.
class PathListener {
 public:
  PathListener()
      : path_(std::filesystem::temp_directory_path() /
              ("napier-socket-" + std::to_string(::getpid()))),
        end_(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    std::filesystem::remove(path_);
    sockaddr_un at{};
    at.sun_family = AF_UNIX;
    path_.string().copy(at.sun_path, sizeof at.sun_path - 1);
    works_ =
        ::bind(end_, reinterpret_cast<sockaddr*>(&at), sizeof at) == 0 && ::listen(end_, 8) == 0;
  }
  PathListener(const PathListener&) = delete;
  PathListener& operator=(const PathListener&) = delete;
  ~PathListener() {
    ::close(end_);
    std::filesystem::remove(path_);
  }
  bool works() const { return works_; }
  std::string path() const { return path_.string(); }

 private:
  std::filesystem::path path_;
  int end_;
  bool works_ = false;
};

class InSandbox : public ::testing::Test {
 protected:
  void SetUp() override {
    if (const std::string why = why_no_sandbox(); !why.empty())
      GTEST_SKIP() << "this system allows no sandbox: " << why;
    file =
        std::filesystem::temp_directory_path() / ("napier-sandbox-" + std::to_string(::getpid()));
    std::filesystem::remove(file);
  }
  void TearDown() override {
    use_sandbox(false);
    for (const auto& left : {file, std::filesystem::path("napier-was-here"),
                             std::filesystem::path("/tmp/napier-was-here")})
      std::filesystem::remove(left);
  }
  double value_of(const std::string& symbol, bool sandbox = true) const {
    use_sandbox(sandbox);
    SharedObject object{fixture("sandbox"), symbol};
    object.environment = {
        "NAPIER_TEST_PORT=" + listener.port(), "NAPIER_TEST_PARENT=" + std::to_string(::getpid()),
        "NAPIER_TEST_SOCKET=" + path_listener.path(), "NAPIER_TEST_FILE=" + file.string()};
    const auto caller = child_caller(object, binary64, 1, NAPIER_TEST_WORKER, short_patience());
    const Answer answer = answers_of(*caller, {2.0}, Observe::values)[0];
    EXPECT_EQ(answer.ending, Ending::returned);
    return to_native<double>(answer.value);
  }

  Listener listener;
  PathListener path_listener;
  std::filesystem::path file;
};

TEST_F(InSandbox, ASocketReachesNobody) {
  ASSERT_TRUE(listener.works());
  EXPECT_EQ(value_of("connect_out", false), 1);
  EXPECT_EQ(value_of("connect_out"), 0);
}

TEST_F(InSandbox, NorDoesOneOfAPath) {
  ASSERT_TRUE(path_listener.works());
  EXPECT_EQ(value_of("connect_to_path", false), 1);
  EXPECT_EQ(value_of("connect_to_path"), 0);
}

TEST_F(InSandbox, NoFileIsWritten) {
  EXPECT_EQ(value_of("write_files"), 0);
  EXPECT_EQ(value_of("write_after_breaking_out"), 0);
  EXPECT_FALSE(std::filesystem::exists(file));
  EXPECT_GT(value_of("write_files", false), 1);
}

TEST_F(InSandbox, NobodyIsSignalled) { EXPECT_EQ(value_of("signal_starter"), 0); }

TEST_F(InSandbox, CallsAreMadeAndCrashesFound) {
  use_sandbox();
  CampaignOptions options;
  options.effort = Effort::quick;
  options.cases = 2'000;
  options.properties = {"accuracy", "returns", "threads"};
  const Report report = run_campaign({candidate(fixture("behaviours"), "good_exp"),
                                      candidate(fixture("sandbox"), "aborts_above_3")},
                                     options);
  EXPECT_EQ(report.targets[0].verdict, TargetVerdict::stands);
  ASSERT_FALSE(deaths_in(report.targets[1]).empty());
  EXPECT_THAT(deaths_in(report.targets[1])[0].smallest.fault, HasSubstr("Aborted"));
  EXPECT_THAT(report.provenance.notes, Contains(HasSubstr("in a sandbox")));
}

/// It ends with its parent, which is told by a signal that a sandbox would make it forget.
TEST_F(InSandbox, ItEndsWithItsCaller) {
  use_sandbox();
  auto caller = open("good_exp", "behaviours");
  const auto children = children_of(::getpid());
  ASSERT_EQ(children.size(), 1U);
  caller.reset();
  EXPECT_FALSE(is_running(children[0]));
}

TEST_F(InSandbox, ACommandReachesNothing) {
  using namespace command_test;
  // Who reaches something gives no answer.
  const auto reaches = [&](const std::string& attempt, bool sandbox) {
    use_sandbox(sandbox);
    const std::string why =
        failure_of(fmt::format("({}) && exit 3; exec {}", attempt, process("")));
    EXPECT_TRUE(why.empty() || why.find("exited with status 3") != why.npos) << why;
    return !why.empty();
  };
  ASSERT_FALSE(reaches("false", true));
  for (const std::string& attempt : {fmt::format("echo x 2>/dev/null > '{}'", file.string()),
                                     fmt::format("kill -CONT {} 2>/dev/null", ::getpid())}) {
    EXPECT_TRUE(reaches(attempt, false)) << attempt;
    EXPECT_FALSE(reaches(attempt, true)) << attempt;
  }
}

}  // namespace
}  // namespace napier
