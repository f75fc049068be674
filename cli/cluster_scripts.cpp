// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
#include "cli/cluster_scripts.hpp"

#include <fmt/format.h>

#include "cli/audit_options.hpp"
#include "reports/text.hpp"

namespace napier::cli {
namespace {

std::string shard(const ClusterJob& job, std::string_view index) {
  return fmt::format("napier audit {} --threads 1 --shard {}/{} --out shards", job.audit, index,
                     job.shards);
}

/// Slurm runs a shard at least once. It sends USR1 a minute before the time is up; the script hands
/// it on, and puts the shard into the queue again: after a checkpoint (75), and after a worker was
/// killed outright, which Slurm alone does not.
std::string slurm(const ClusterJob& job) {
  return fmt::format(R"(#!/bin/sh
# {}
# sbatch this-file; then: napier merge shards/*.napier --out report.json
#SBATCH --job-name=napier
#SBATCH --array=0-{}
#SBATCH --ntasks=1
#SBATCH --cpus-per-task=1
#SBATCH --time=01:00:00
#SBATCH --signal=B:USR1@60
#SBATCH --requeue
#SBATCH --open-mode=append
#SBATCH --output=napier-%A_%a.log
{} &
worker=$!
trap 'kill -USR1 "$worker" 2> /dev/null' USR1 TERM
status=130
while kill -0 "$worker" 2> /dev/null; do
  wait "$worker"
  status=$?
done
wait "$worker"
last=$?
[ "$last" -eq 127 ] || status=$last
again=no
[ "$status" -eq 75 ] && again=yes
[ "$status" -gt 128 ] && again=yes
if [ "$again" = yes ] && [ "${{SLURM_RESTART_COUNT:-0}}" -lt 100 ]; then
  scontrol requeue "$SLURM_JOB_ID"
fi
exit "$status"
)",
                     job.estimate, job.shards - 1, shard(job, "\"$SLURM_ARRAY_TASK_ID\""));
}

std::string parallel(const ClusterJob& job) {
  const std::string once = shard(job, "{}");
  const std::string until_done =
      fmt::format("while {}; [ $? -eq 75 ]; do :; done; {} > /dev/null", once, once);
  return fmt::format(R"(#!/bin/sh
# {}
command -v parallel > /dev/null || {{
  echo "$0: parallel is not installed: install GNU parallel, in Debian apt-get install parallel" >&2
  exit 2
}}
seq 0 {} | parallel --retries 5 {} &&
napier merge shards/*.napier --out report.json
)",
                     job.estimate, job.shards - 1, shell_word(until_done));
}

std::string actions(const ClusterJob& job) {
  std::string numbers;
  for (std::uint64_t i = 0; i < job.shards; ++i)
    numbers += (i == 0 ? "" : ", ") + std::to_string(i);
  return fmt::format(R"(# {}
on: workflow_dispatch
jobs:
  shard:
    runs-on: ubuntu-latest
    strategy:
      matrix:
        shard: [{}]
    steps:
      - run: |
          {}
      - uses: actions/upload-artifact@v4
        with: {{ name: "shard-${{{{ matrix.shard }}}}", path: shards }}
  merge:
    needs: shard
    runs-on: ubuntu-latest
    steps:
      - uses: actions/download-artifact@v4
        with: {{ path: shards, merge-multiple: true }}
      - run: napier merge shards/*.napier --out report.json
      - uses: actions/upload-artifact@v4
        with: {{ name: report, path: report.json }}
)",
                     job.estimate, numbers, shard(job, "${{ matrix.shard }}"));
}

std::string kubernetes(const ClusterJob& job) {
  return fmt::format(R"(# {}
# Then, where the volume is seen: napier merge shards/*.napier --out report.json
apiVersion: batch/v1
kind: Job
metadata: {{ name: napier }}
spec:
  completionMode: Indexed
  completions: {}
  parallelism: {}
  backoffLimit: {}
  template:
    spec:
      restartPolicy: OnFailure
      containers:
        - name: napier
          image: napier
          workingDir: /data
          command:
            - sh
            - -c
            - |
              exec {}
          volumeMounts: [{{ name: data, mountPath: /data }}]
      volumes:
        - name: data
          persistentVolumeClaim: {{ claimName: napier }}
)",
                     job.estimate, job.shards, job.shards, 10 * job.shards,
                     shard(job, "$JOB_COMPLETION_INDEX"));
}

/// Inside of quotes of a submit file, which are doubled.
std::string quoted_for_condor(const std::string& text) {
  std::string quoted;
  for (const char c : text) quoted += c == '\'' || c == '"' ? std::string(2, c) : std::string(1, c);
  return quoted;
}

std::string htcondor(const ClusterJob& job) {
  return fmt::format(R"(# {}
# condor_submit this-file; then: napier merge shards/*.napier --out report.json
executable = /bin/sh
arguments = "-c 'exec {}'"
log = napier.log
output = napier-$(Process).out
error = napier-$(Process).err
kill_sig = SIGTERM
on_exit_remove = (ExitBySignal == False) && (ExitCode != 75)
request_cpus = 1
queue {}
)",
                     job.estimate, quoted_for_condor(shard(job, "$(Process)")), job.shards);
}

constexpr std::uint64_t any = most_shards;
constexpr std::uint64_t most_of_a_matrix = 256;

constexpr Cluster all[] = {{"slurm", "sbatch", "slurm-client", any, slurm},
                           {"parallel", "parallel", "parallel", any, parallel},
                           {"actions", "", "", most_of_a_matrix, actions},
                           {"kubernetes", "kubectl", "kubernetes-client", any, kubernetes},
                           {"htcondor", "condor_submit", "", any, htcondor}};

}  // namespace

std::span<const Cluster> clusters() { return all; }

}  // namespace napier::cli
