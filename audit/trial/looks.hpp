// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#pragma once

#include "audit/trial/recorder.hpp"

namespace napier {

/// Asks for what a report's pictures are made of, and judges it like all else: a picture shows no
/// fault that the verdict doesn't know. Returns the calls, if some of them did not return.
Tally look_and_judge(const Candidate& candidate, Seed seed, Crew& crew, Recorder& recorder,
                     Interruption& interruption, TargetResult& result);

/// Asks a refuted target for the causes of its errors. A process that ends meanwhile is told, too.
void look_for_causes(const Candidate& candidate, Seed seed, Crew& crew, Recorder& recorder,
                     TargetResult& result);

}  // namespace napier
