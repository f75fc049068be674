// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "reports/store/store.hpp"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>

#include "reports/store/json.hpp"
#include "tests/reports/sample.hpp"

namespace napier {
namespace {

namespace fs = std::filesystem;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::UnorderedElementsAre;

/// A folder of its own, gone after the test.
class Store : public testing::Test {
 protected:
  Store() {
    std::string name = (fs::temp_directory_path() / "napier-store-XXXXXX").string();
    folder_ = mkdtemp(name.data());
  }
  ~Store() override { fs::remove_all(folder_); }

  std::vector<std::string> contents() const {
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator(folder_))
      names.push_back(entry.path().filename());
    return names;
  }

  template <class Action>
  static std::string refusal(Action action) {
    try {
      action();
    } catch (const std::runtime_error& error) {
      EXPECT_THAT(error.what(), Not(HasSubstr("\n")));
      return error.what();
    }
    return {};
  }

  fs::path folder_;
};

/// While it lives, no file of this process may grow beyond so many bytes: a disk that fills up.
class FullDisk {
 public:
  explicit FullDisk(rlim_t bytes) : handler_(std::signal(SIGXFSZ, SIG_IGN)) {
    getrlimit(RLIMIT_FSIZE, &before_);
    const rlimit limit{bytes, before_.rlim_max};
    setrlimit(RLIMIT_FSIZE, &limit);
  }
  ~FullDisk() {
    setrlimit(RLIMIT_FSIZE, &before_);
    std::signal(SIGXFSZ, handler_);
  }
  FullDisk(const FullDisk&) = delete;
  FullDisk& operator=(const FullDisk&) = delete;

 private:
  rlimit before_{};
  void (*handler_)(int);
};

TEST_F(Store, WritesAWholeFileAndNothingBesideIt) {
  const std::string text(3'000'000, 'x');
  write_file(folder_ / "report.json", "old");
  write_file(folder_ / "report.json", text);
  EXPECT_EQ(text, read_file(folder_ / "report.json"));
  EXPECT_THAT(contents(), UnorderedElementsAre("report.json"));
}

TEST_F(Store, LeavesWhatWasThereWhenTheDiskIsFull) {
  write_file(folder_ / "report.json", "old");
  const FullDisk full(100'000);
  const std::string why =
      refusal([&] { write_file(folder_ / "report.json", std::string(200'000, 'x')); });
  EXPECT_THAT(why, AllOf(HasSubstr("cannot write"), HasSubstr("report.json")));
  EXPECT_EQ("old", read_file(folder_ / "report.json"));
  EXPECT_THAT(contents(), UnorderedElementsAre("report.json"));
}

TEST_F(Store, WritesAllFilesOrNone) {
  fs::create_directory(folder_ / "report.html");
  const OutputFile files[] = {{folder_ / "report.json", "{}"}, {folder_ / "report.html", "<p>"}};
  EXPECT_THAT(refusal([&] { write_files(files); }), HasSubstr("report.html: Is a directory"));
  EXPECT_THAT(contents(), UnorderedElementsAre("report.html"));
  {
    const FullDisk full(1'000);
    const OutputFile second[] = {{folder_ / "a", "a"}, {folder_ / "b", std::string(2'000, 'b')}};
    EXPECT_NE("", refusal([&] { write_files(second); }));
  }
  EXPECT_THAT(contents(), UnorderedElementsAre("report.html"));
}

TEST_F(Store, RefusesAFolderThatIsMissing) {
  EXPECT_EQ("cannot write " + (folder_ / "no/report.json").string() + ": No such file or directory",
            refusal([&] { write_file(folder_ / "no/report.json", "{}"); }));
  EXPECT_NE("", refusal([] { write_file("/proc/report.json", "{}"); }));
}

TEST_F(Store, KeepsLinksAndPermissions) {
  write_file(folder_ / "real", "old");
  chmod((folder_ / "real").c_str(), 0640);
  fs::create_symlink("real", folder_ / "link");
  write_file(folder_ / "link", "new");
  EXPECT_TRUE(fs::is_symlink(folder_ / "link"));
  EXPECT_EQ("new", read_file(folder_ / "real"));
  struct stat status {};
  stat((folder_ / "real").c_str(), &status);
  EXPECT_EQ(0640U, status.st_mode & 0777);
}

TEST_F(Store, WritesThroughAPipeInsteadOfReplacingIt) {
  const fs::path pipe = folder_ / "pipe";
  ASSERT_EQ(0, mkfifo(pipe.c_str(), 0600));
  const int reader = open(pipe.c_str(), O_RDONLY | O_NONBLOCK);
  write_file(pipe, "text");
  char got[5] = {};
  EXPECT_EQ(4, read(reader, got, 4));
  EXPECT_STREQ("text", got);
  EXPECT_TRUE(fs::is_fifo(pipe));
  close(reader);
}

TEST_F(Store, LeavesNothingBehindWhereTheProgramEndsInTheMiddle) {
  // A pipe that nobody reads holds the writing up while the other file waits beside its place.
  const fs::path pipe = folder_ / "pipe";
  ASSERT_EQ(0, mkfifo(pipe.c_str(), 0600));
  const pid_t writer = fork();
  if (writer == 0) {
    std::signal(SIGTERM, [](int) {
      remove_unfinished_files();
      _exit(130);
    });
    const OutputFile files[] = {{folder_ / "report.json", "{}"}, {pipe, "text"}};
    write_files(files);
    _exit(0);
  }
  while (contents().size() < 2) usleep(1000);
  usleep(10'000);
  kill(writer, SIGTERM);
  int status = 0;
  waitpid(writer, &status, 0);
  EXPECT_EQ(130, WEXITSTATUS(status));
  EXPECT_THAT(contents(), UnorderedElementsAre("pipe"));
}

TEST_F(Store, RemovesWhatKilledRunsHaveLeft) {
  const fs::path begun = folder_ / ".report.json.napier-1-0";
  const fs::path half = folder_ / ".report.json.napier-1-1";
  const fs::path made_just_now = folder_ / ".report.json.napier-1-2";
  const fs::path held = folder_ / ".report.json.napier-1-3";
  const fs::path others = folder_ / "report.json.napier-1-0";
  const fs::path long_named = folder_ / ".report.json.html.napier-1-0";
  for (const fs::path& file : {half, held, others, long_named}) write_file(file, "half");
  for (const fs::path& file : {begun, made_just_now}) write_file(file, "");
  const timespec long_ago[] = {{1'000'000'000, 0}, {1'000'000'000, 0}};
  for (const fs::path& file : {begun, held, others})
    ASSERT_EQ(0, utimensat(AT_FDCWD, file.c_str(), long_ago, 0));
  const int holder = open(held.c_str(), O_RDONLY | O_CLOEXEC);
  ASSERT_EQ(0, flock(holder, LOCK_EX));
  write_file(folder_ / "report.json", "{}");
  EXPECT_FALSE(fs::exists(begun) || fs::exists(half));
  for (const fs::path& file : {made_just_now, held, others, long_named})
    EXPECT_TRUE(fs::exists(file)) << file;
  close(holder);
  remove_file(folder_ / "report.json");
  EXPECT_FALSE(fs::exists(held) || fs::exists(folder_ / "report.json"));
  remove_file(folder_ / "report.json");
}

TEST_F(Store, FilesThatBelongTogetherAreOfOneWriter) {
  // Several processes write a set of files again and again: whenever nobody is at it, the files are
  // of one set.
  constexpr int writers = 4;
  constexpr int rounds = 20;
  std::vector<pid_t> children;
  for (int writer = 0; writer < writers; ++writer) {
    const pid_t child = fork();
    if (child == 0) {
      for (int round = 0; round < rounds; ++round) {
        const std::string text = std::to_string(writer) + " " + std::to_string(round);
        const OutputFile files[] = {
            {folder_ / "a", text}, {folder_ / "b", text}, {folder_ / "c", text}};
        write_files(files);
        const int folder = open(folder_.c_str(), O_RDONLY | O_DIRECTORY);
        flock(folder, LOCK_EX);
        if (read_file(folder_ / "a") != read_file(folder_ / "c")) _exit(1);
        close(folder);
      }
      _exit(0);
    }
    children.push_back(child);
  }
  for (const pid_t child : children) {
    int status = 0;
    waitpid(child, &status, 0);
    EXPECT_EQ(0, status);
  }
}

TEST_F(Store, WritesBesideTheWorkingFolder) {
  const fs::path before = fs::current_path();
  fs::current_path(folder_);
  write_file("report.json", "{}");
  fs::current_path(before);
  EXPECT_EQ("{}", read_file(folder_ / "report.json"));
}

TEST_F(Store, CreatesFoldersOrSaysWhyNot) {
  create_folder(folder_ / "a/b");
  create_folder(folder_ / "a/b");
  EXPECT_TRUE(fs::is_directory(folder_ / "a/b"));
  write_file(folder_ / "file", "");
  EXPECT_THAT(refusal([&] { create_folder(folder_ / "file"); }), HasSubstr("file: "));
  EXPECT_THAT(refusal([&] { create_folder(folder_ / "file/below"); }), HasSubstr("file/below: "));
  EXPECT_NE("", refusal([] { create_folder("/proc/napier"); }));
  if (geteuid() != 0) {
    fs::permissions(folder_ / "a", fs::perms::owner_read | fs::perms::owner_exec);
    EXPECT_THAT(refusal([&] { create_folder(folder_ / "a"); }), HasSubstr("Permission denied"));
    fs::permissions(folder_ / "a", fs::perms::owner_all);
  }
}

TEST_F(Store, ReadsAReportOrNamesTheFile) {
  const fs::path path = folder_ / "report.json";
  write_file(path, json_text(sample_report()));
  EXPECT_EQ(json_text(sample_report()), json_text(read_report(path)));
  write_file(path, "{}");
  EXPECT_EQ(path.string() + ": is not a report of napier: it lacks schema, provenance or targets",
            refusal([&] { read_report(path); }));
  EXPECT_EQ("cannot read " + (folder_ / "none").string() + ": No such file or directory",
            refusal([&] { read_report(folder_ / "none"); }));
  EXPECT_THAT(refusal([&] { read_report(folder_); }), HasSubstr("Is a directory"));
}

}  // namespace
}  // namespace napier
