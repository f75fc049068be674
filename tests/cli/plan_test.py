# Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
"""What `napier plan` prints is a script that runs every shard once and merges, and what it says to
a shell is what was asked, to the last quote; `napier status` tells how far that has come."""
import os
import pathlib
import re
import shlex
import shutil
import subprocess
import tempfile
import unittest

from command_line import NAPIER, napier

try:
    import yaml
except ImportError:
    yaml = None

ASKED = ["libm/exp:binary32", "--property", "accuracy", "--cases", "2000"]


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
            self.assertRegex(script, r"# some 2e\+03 cases, .* seconds of one core by a probe "
                                     r"here; 3 shards of some .* seconds, all of them in .* on as "
                                     r"many cores\n")

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

    @unittest.skipUnless(shutil.which("parallel"), "GNU parallel is not installed")
    def test_runs_under_gnu_parallel(self):
        with tempfile.TemporaryDirectory() as folder:
            run = subprocess.run(["sh"], input=plan("parallel"), cwd=folder, capture_output=True,
                                 text=True, check=False, env=dict(
                                     os.environ, HOME=folder, PATH=os.path.dirname(NAPIER) + ":" +
                                     os.environ["PATH"]))
            self.assertEqual(0, run.returncode, run.stderr)
            one = napier("audit", *ASKED, "--quiet", "--json", "one.json", cwd=folder)
            self.assertEqual(0, one.returncode, one.stderr)
            self.assertEqual(pathlib.Path(folder, "one.json").read_bytes(),
                             pathlib.Path(folder, "report.json").read_bytes())

    def test_names_a_tool_that_is_not_installed(self):
        with tempfile.TemporaryDirectory() as folder:
            bare = {"PATH": folder, "HOME": folder}
            words = [NAPIER, "plan", *ASKED, "--cluster", "parallel", "--shards", "3"]
            planned = subprocess.run(words, capture_output=True, text=True, env=bare, check=False)
            self.assertEqual(0, planned.returncode)
            self.assertIn("parallel is not installed here (in Debian the package parallel)",
                          planned.stderr)
            script = pathlib.Path(folder, "audit.sh")
            script.write_text(planned.stdout, encoding="utf-8")
            run = subprocess.run(["/bin/sh", script], capture_output=True, text=True, env=bare,
                                 check=False)
            self.assertEqual(2, run.returncode)
            self.assertEqual(f"{script}: parallel is not installed: install GNU parallel, in "
                             "Debian apt-get install parallel\n", run.stderr)

    @unittest.skipIf(yaml is None, "PyYAML is not installed")
    def test_is_yaml_that_says_what_it_should(self):
        actions = yaml.safe_load(plan("actions"))
        self.assertEqual("workflow_dispatch", actions[True])  # "on", as YAML 1.1 has it
        self.assertEqual([0, 1, 2], actions["jobs"]["shard"]["strategy"]["matrix"]["shard"])
        self.assertEqual("shard", actions["jobs"]["merge"]["needs"])
        for job in actions["jobs"].values():
            for step in job["steps"]:
                self.assertTrue({"run", "uses"} & set(step), step)
        job = yaml.safe_load(plan("kubernetes"))
        self.assertEqual(("batch/v1", "Job"), (job["apiVersion"], job["kind"]))
        spec = job["spec"]
        self.assertEqual(("Indexed", 3), (spec["completionMode"], spec["completions"]))
        self.assertEqual("OnFailure", spec["template"]["spec"]["restartPolicy"])

    @unittest.skipUnless(shutil.which("kubectl") and yaml, "kubectl is not installed")
    def test_is_a_job_of_which_kubectl_knows_every_word(self):
        """What the types of the API don't know is dropped by it."""
        said = plan("kubernetes")
        with tempfile.TemporaryDirectory() as folder:
            file = pathlib.Path(folder, "job.yaml")
            file.write_text(said, encoding="utf-8")
            run = subprocess.run(["kubectl", "annotate", "--local", "--filename", file, "a=b",
                                  "--output=yaml"], capture_output=True, text=True, check=False)
        self.assertEqual(0, run.returncode, run.stderr)
        read = yaml.safe_load(run.stdout)
        self.assertEqual({"a": "b"}, read["metadata"].pop("annotations"))
        self.assertEqual(yaml.safe_load(said), read)

    def test_refuses_in_one_line(self):
        with tempfile.TemporaryDirectory() as folder:
            for words, says in [(["plan", *ASKED, "--cluster", "slrm"], "nearest: slurm"),
                                (["plan", *ASKED, "--cluster", "actions", "--shards", "257"],
                                 "--cluster actions takes at most 256"),
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
