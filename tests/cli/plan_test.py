# Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
"""What `napier plan` prints is a script that runs every shard once and merges, and what it says to
a shell is what was asked, to the last quote; `napier status` tells how far that has come."""
import os
import pathlib
import re
import shlex
import subprocess
import tempfile
import unittest

NAPIER = os.environ["NAPIER"]
ASKED = ["libm/exp:binary32", "--property", "accuracy", "--cases", "2000"]


def napier(*words, cwd=None):
    return subprocess.run([NAPIER, *map(str, words)], cwd=cwd, stdin=subprocess.DEVNULL,
                          capture_output=True, text=True, check=False)


def plan(cluster, *more):
    run = napier("plan", *ASKED, *more, "--cluster", cluster, "--shards", "3")
    assert run.returncode == 0, run.stderr
    return run.stdout


class Plan(unittest.TestCase):
    def test_says_the_shards_in_the_words_of_each_cluster(self):
        for cluster, says in [("slurm", r"#SBATCH --array=0-2\n"), ("parallel", r"seq 0 2 \|"),
                              ("actions", r"shard: \[0, 1, 2\]"), ("htcondor", r"\nqueue 3\n"),
                              ("kubernetes", r"completions: 3\n")]:
            script = plan(cluster)
            self.assertRegex(script, says)
            self.assertRegex(script, r"napier audit libm/exp:binary32 --property accuracy "
                                     r"--cases 2000 --threads 1 --shard .+/3 --out shards")
            self.assertIn("napier merge shards/*.napier --out report.json", script)
            self.assertRegex(script, r"# some 2e\+03 cases, .* hours of one core by a probe here")

    def test_is_a_script_that_shells_read(self):
        for cluster in ("slurm", "parallel"):
            read = subprocess.run(["sh", "-n"], input=plan(cluster), capture_output=True,
                                  text=True, check=False)
            self.assertEqual((0, ""), (read.returncode, read.stderr), cluster)

    def test_hands_on_what_a_shell_would_take_apart(self):
        run = napier("plan", "libm/exp*:binary32", "--cases", "500", "--property=accuracy",
                     "--cluster=parallel", "--shards=2")
        line = next(line for line in run.stdout.splitlines() if line.startswith("seq"))
        inner = shlex.split(line.removesuffix("&&"))[-1]
        self.assertEqual(["while", "napier", "audit", "libm/exp*:binary32", "--cases", "500",
                          "--property=accuracy"], shlex.split(inner)[:7])

    def test_runs_as_a_script_of_slurm_without_one(self):
        with tempfile.TemporaryDirectory() as folder:
            for index in range(3):
                run = subprocess.run(
                    ["sh"], input=plan("slurm"), cwd=folder, capture_output=True, text=True,
                    env=dict(os.environ, SLURM_ARRAY_TASK_ID=str(index), SLURM_JOB_ID="1",
                             PATH=os.path.dirname(NAPIER) + ":" + os.environ["PATH"]), check=False)
                self.assertEqual((0, ""), (run.returncode, run.stderr))
                said = napier("status", "shards", cwd=folder).stdout
                self.assertIn(f"{index + 1} of 3 finished", said)
                if index == 0:
                    self.assertIn("missing: sbatch --array=1-2", said)

    def test_refuses_in_one_line(self):
        with tempfile.TemporaryDirectory() as folder:
            for words, says in [(["plan", *ASKED, "--cluster", "slrm"], "nearest: slurm"),
                                (["plan", *ASKED, "--cluster", "slurm", "--record"],
                                 "leave out --record"),
                                (["plan", *ASKED, "--cluster", "slurm", "--shard", "0/2"],
                                 "leave out --shard"),
                                (["status", folder], "holds no shard yet"),
                                (["status", pathlib.Path(folder) / "none"], "cannot read")]:
                run = napier(*words)
                self.assertEqual(2, run.returncode, words)
                self.assertRegex(run.stderr, re.escape(says))
                self.assertEqual(1, run.stderr.count("\n"))


if __name__ == "__main__":
    unittest.main()
