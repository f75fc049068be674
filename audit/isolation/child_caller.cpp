// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "audit/isolation/child_caller.hpp"

#include <sys/auxv.h>
#include <unistd.h>

#include "audit/isolation/isolated_caller.hpp"

namespace napier {

std::string default_worker() {
  constexpr const char* proc = "/proc/self/exe";
  if (::access(proc, X_OK) == 0) return proc;
  // No /proc in a bare chroot: then the path that this program was started by.
  const auto* const started_by = reinterpret_cast<const char*>(::getauxval(AT_EXECFN));
  return started_by != nullptr ? started_by : proc;
}

std::unique_ptr<ChildCaller> child_caller(const SharedObject& object, const Format& format,
                                          int arity, const std::string& worker, Patience patience,
                                          std::shared_ptr<History> history) {
  if (!history) history = std::make_shared<History>();
  return std::make_unique<IsolatedCaller>(object, format, arity, worker, patience, history);
}

}  // namespace napier
