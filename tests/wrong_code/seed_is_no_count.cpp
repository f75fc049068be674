// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
// A seed and a number of cases cannot change places.
// refused: conver
#include "props/domain/sampler.hpp"

using napier::Seed;
#ifdef NAPIER_WRONG
const Seed seed = 1;
#else
const Seed seed = {1};
#endif
