// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "reports/store/store.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <ctime>
#include <forward_list>
#include <mutex>
#include <stdexcept>
#include <system_error>
#include <utility>
#include <vector>

#include "reports/store/json.hpp"

namespace napier {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void refuse(const std::string& what, const fs::path& path, int error) {
  throw std::runtime_error("cannot " + what + " " + path.string() + ": " +
                           std::generic_category().message(error));
}

/// An open file. Closing it is part of writing: a late error shows only there.
class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    std::swap(number_, other.number_);
    return *this;
  }
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  int number() const { return number_; }
  bool close() { return ::close(std::exchange(number_, -1)) == 0; }

 private:
  int number_;
};

/// The names of files beside their places, where a signal handler finds them. Null is free; a file
/// that finds no place is removed by whoever unwinds.
std::array<std::atomic<const char*>, 16> unfinished;
static_assert(std::atomic<const char*>::is_always_lock_free);

/// Puts `to` where `from` is.
void exchange(const char* from, const char* to) {
  std::ranges::any_of(unfinished, [from, to](std::atomic<const char*>& place) {
    const char* it = from;
    return place.compare_exchange_strong(it, to);
  });
}

/// A name that is known to be unfinished while it lives, even before the file does.
class UnfinishedName {
 public:
  UnfinishedName() = default;
  explicit UnfinishedName(const std::string& name) : text_(kept(name)) { exchange(nullptr, text_); }
  UnfinishedName(UnfinishedName&& other) noexcept : text_(std::exchange(other.text_, nullptr)) {}
  UnfinishedName& operator=(UnfinishedName&& other) noexcept {
    std::swap(text_, other.text_);
    return *this;
  }
  ~UnfinishedName() {
    if (text_ != nullptr) exchange(text_, nullptr);
  }
  const char* text() const { return text_; }  ///< null if there is none

 private:
  /// Names are kept for good, so that no handler reads one that is gone.
  static const char* kept(const std::string& name) {
    static std::mutex mutex;
    static std::forward_list<std::string> names;
    const std::scoped_lock lock(mutex);
    return names.emplace_front(name).c_str();
  }

  const char* text_ = nullptr;
};

bool write_all(int descriptor, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(descriptor, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

/// How the names of files beside that place begin: hidden, and nobody else's.
std::string beside(const fs::path& place) {
  return place.parent_path() / ("." + place.filename().string() + ".napier-");
}

/// Whether a file beside its place belongs to nobody: its writer holds a lock on it from before it
/// writes the first byte. An empty file may have been made just now and be locked next, so it must
/// be some time old.
bool is_abandoned(const fs::path& file) {
  constexpr time_t old = 60;
  struct stat status {};
  const Descriptor opened(::open(file.c_str(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC));
  return opened.number() >= 0 && ::fstat(opened.number(), &status) == 0 &&
         S_ISREG(status.st_mode) &&
         (status.st_size > 0 || status.st_mtime + old < ::time(nullptr)) &&
         ::flock(opened.number(), LOCK_EX | LOCK_NB) == 0;
}

void remove_abandoned(const fs::path& place) {
  const std::string start = beside(place);
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(place.parent_path(), error))
    if (entry.path().native().starts_with(start) && is_abandoned(entry.path()))
      ::unlink(entry.path().c_str());
}

/// Keeps others from moving files into these folders meanwhile, as far as the file system can.
std::vector<Descriptor> locked(std::vector<fs::path> folders) {
  std::ranges::sort(folders);  // one order for everybody, so that nobody waits for each other
  folders.erase(std::ranges::unique(folders).begin(), folders.end());
  std::vector<Descriptor> locks;
  for (const fs::path& folder : folders) {
    locks.emplace_back(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (locks.back().number() >= 0) ::flock(locks.back().number(), LOCK_EX);
  }
  return locks;
}

/// A file written beside its place, removed again unless it is moved there.
class Beside {
 public:
  Beside(const OutputFile& file, fs::path place) : label_(file.path), place_(std::move(place)) {
    Descriptor descriptor(open_new());
    if (descriptor.number() < 0) give_up();
    kept_ = Descriptor(::dup(descriptor.number()));
    if (!keep_permissions(descriptor.number()) || !write_all(descriptor.number(), file.text) ||
        ::fsync(descriptor.number()) != 0 || !descriptor.close())
      give_up();
  }
  Beside(Beside&& other) noexcept
      : label_(std::move(other.label_)),
        place_(std::move(other.place_)),
        name_(std::move(other.name_)),
        kept_(std::move(other.kept_)) {}
  Beside& operator=(Beside&&) = delete;
  ~Beside() { remove(); }

  void move_into_place() {
    if (::rename(name_.text(), place_.c_str()) != 0) give_up();
    name_ = {};
    // So that the new name, too, outlives a loss of power; where a folder can't be opened for
    // reading there is nothing left to do.
    const Descriptor folder(
        ::open(place_.parent_path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (folder.number() >= 0) ::fsync(folder.number());
  }

 private:
  /// Tries names until one is free: a killed run may have left its own behind.
  int open_new() {
    for (int attempt = 0;; ++attempt) {
      name_ = UnfinishedName(beside(place_) + std::to_string(::getpid()) + "-" +
                             std::to_string(attempt));
      const int number = ::open(name_.text(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
      if (number >= 0) {
        ::flock(number, LOCK_EX);  // others hold it no longer than is_abandoned() takes
        return number;
      }
      if (errno == EEXIST) continue;
      name_ = {};
      return number;
    }
  }
  /// A file that is replaced hands its permissions on.
  bool keep_permissions(int descriptor) const {
    struct stat old {};
    return ::stat(place_.c_str(), &old) != 0 || ::fchmod(descriptor, old.st_mode & 0777) == 0;
  }
  [[noreturn]] void give_up() {
    const int error = errno;
    remove();
    refuse("write", label_, error);
  }
  void remove() {
    if (name_.text() != nullptr) ::unlink(name_.text());
    name_ = {};
  }

  fs::path label_;  // as the user wrote it
  fs::path place_;
  UnfinishedName name_;
  Descriptor kept_{-1};  // holds the lock: is_abandoned()
};

void write_through(const fs::path& path, const std::string& text) {
  Descriptor file(::open(path.c_str(), O_WRONLY | O_CLOEXEC));
  if (file.number() < 0 || !write_all(file.number(), text) || !file.close())
    refuse("write", path, errno);
}

}  // namespace

void write_files(std::span<const OutputFile> files) {
  std::vector<Beside> written;
  std::vector<fs::path> folders;
  std::vector<const OutputFile*> devices;
  for (const OutputFile& file : files) {
    std::error_code error;
    const fs::path place = fs::weakly_canonical(fs::absolute(file.path), error);
    if (error) refuse("write", file.path, error.value());
    const fs::file_status status = fs::status(place, error);
    if (fs::is_directory(status)) refuse("write", file.path, EISDIR);
    if (fs::exists(status) && !fs::is_regular_file(status)) {
      devices.push_back(&file);
      continue;
    }
    remove_abandoned(place);
    written.emplace_back(file, place);
    folders.push_back(place.parent_path());
  }
  for (const OutputFile* device : devices) write_through(device->path, device->text);
  const std::vector<Descriptor> locks = locked(std::move(folders));
  for (Beside& file : written) file.move_into_place();
}

void write_file(const fs::path& path, const std::string& text) {
  const OutputFile file{path, text};
  write_files({&file, 1});
}

void remove_file(const fs::path& path) {
  std::error_code error;
  const fs::path place = fs::weakly_canonical(fs::absolute(path), error);
  remove_abandoned(place);
  fs::remove(place, error);
}

void remove_unfinished_files() noexcept {
  for (const std::atomic<const char*>& place : unfinished)
    if (const char* name = place.load(); name != nullptr) ::unlink(name);
}

std::string read_file(const fs::path& path) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (file.number() < 0) refuse("read", path, errno);
  std::string text;
  std::vector<char> buffer(1 << 16);
  for (;;) {
    const ssize_t got = ::read(file.number(), buffer.data(), buffer.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) refuse("read", path, errno);
    if (got == 0) return text;
    text.append(buffer.data(), static_cast<std::size_t>(got));
  }
}

void create_folder(const fs::path& folder) {
  std::error_code error;
  fs::create_directories(folder, error);
  if (error) refuse("create the folder", folder, error.value());
  if (::access(folder.c_str(), W_OK | X_OK) != 0) refuse("write into", folder, errno);
}

Report read_report(const fs::path& path) {
  const std::string text = read_file(path);
  try {
    return report_from_json(text);
  } catch (const std::runtime_error& refusal) {
    throw std::runtime_error(path.string() + ": " + refusal.what());
  }
}

}  // namespace napier
