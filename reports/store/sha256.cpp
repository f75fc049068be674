// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "reports/store/sha256.hpp"

#include <sha256.h>
#include <cstdint>

namespace napier {

std::string sha256(std::string_view bytes) {
  SHA2_CTX context;
  SHA256Init(&context);
  SHA256Update(&context, reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size());
  char hex[SHA256_DIGEST_STRING_LENGTH];
  return SHA256End(&context, hex);
}

}  // namespace napier
