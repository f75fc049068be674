# Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
"""Shards as processes: killed, told to stop, run twice at once, merged in any order – the report is
that of one process, to the last byte."""
import os
import pathlib
import random
import signal
import subprocess
import tempfile
import time
import unittest

NAPIER = os.environ["NAPIER"]
FIXTURES = os.path.join(os.environ["NAPIER_BINARY_DIR"], "fixtures")
WRONG = ["so:" + os.path.join(FIXTURES, "libisolation_behaviours.so") + "#one_ulp_off",
         "--function", "exp", "--format", "binary64", "--claim",
         "ulp <= 0.6 on [-1, 1]; ulp <= 2 elsewhere; monotone", "--cases", "20000",
         "--threads", "2"]
FEW = WRONG[:-4] + ["--cases", "500"]
# Long enough to be killed on the way.
LONG = ["shipped/tang/exp:binary64", "--property", "1.1,accuracy,1.4", "--threads", "2",
        "--cases", "1500000"]
STOPPED, USAGE = 75, 2


class Shards(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.parts = self.folder / "parts"

    def napier(self, *words):
        return subprocess.run([NAPIER, *map(str, words)], stdin=subprocess.DEVNULL,
                              capture_output=True, text=True, check=False)

    def start(self, words, shard):
        return subprocess.Popen([NAPIER, "audit", *words, "--shard", shard, "--out",
                                 str(self.parts)], stdin=subprocess.DEVNULL,
                                stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    def in_one(self, words):
        run = self.napier("audit", *words, "--quiet", "--json", self.folder / "one.json")
        return run.returncode, (self.folder / "one.json").read_bytes()

    def merged(self):
        files = list(self.parts.glob("*.napier"))
        random.shuffle(files)
        run = self.napier("merge", *files, "--out", self.folder / "merged.json", "--quiet")
        self.assertEqual("", run.stderr)
        return run.returncode, (self.folder / "merged.json").read_bytes()

    def shard(self, words, shard):
        run = self.napier("audit", *words, "--shard", shard, "--out", self.parts)
        self.assertEqual((0, ""), (run.returncode, run.stderr))
        return run.stdout

    def test_a_refuted_target_is_refuted_by_the_merge(self):
        for index in range(3):
            self.assertRegex(self.shard(WRONG, f"{index}/3"), r"shard \d of 3: finished, .* cases")
        one = self.in_one(WRONG)
        self.assertEqual(1, one[0])
        self.assertEqual(one, self.merged())

    def test_killed_stopped_and_run_twice(self):
        dice = random.Random(1)
        ends = set()
        for index in range(4):
            shard = f"{index}/4"
            for deadly in (signal.SIGUSR1, signal.SIGKILL, signal.SIGTERM):
                run = self.start(LONG, shard)
                time.sleep(dice.uniform(0.05, 0.4))
                run.send_signal(deadly)
                _, said = run.communicate(timeout=60)
                self.assertEqual("", said)
                ends.add(run.returncode)
                self.assertIn(run.returncode, (0, STOPPED, -signal.SIGKILL, -signal.SIGTERM,
                                               130, -signal.SIGUSR1))
            twice = [self.start(LONG, shard) for _ in range(2)]
            for run in twice:
                self.assertEqual((0, ""), (run.wait(timeout=120), run.stderr.read()))
                run.communicate()
            self.assertIn("already done", self.shard(LONG, shard))
        self.assertIn(STOPPED, ends)
        self.assertEqual(self.in_one(LONG), self.merged())
        left = {path.suffix for path in self.parts.iterdir()} - {".napier", ".checkpoint"}
        self.assertFalse(left, "half-written files")

    def test_seconds_that_are_up_end_at_a_checkpoint(self):
        run = self.napier("audit", *LONG[:-1], "100000000", "--shard", "0/2", "--out",
                          self.parts, "--max-seconds", "0.5")
        self.assertEqual(STOPPED, run.returncode)
        self.assertRegex(run.stdout, "stopped, run it again")
        self.assertTrue((self.parts / "shard-0-of-2.checkpoint").is_file())

    def test_what_is_missing_is_named(self):
        self.shard(FEW, "1/4")
        run = self.napier("merge", *self.parts.glob("*.napier"), "--out", self.folder / "no.json")
        self.assertEqual(USAGE, run.returncode)
        self.assertIn("3 of 4 shards are missing", run.stderr)
        self.assertIn("sbatch --array=0,2-3", run.stderr)
        self.assertFalse((self.folder / "no.json").exists())

    def test_another_audit_in_the_same_folder_is_refused(self):
        self.shard(FEW, "0/1")
        run = self.napier("audit", *FEW, "--seed", "2", "--shard", "0/1", "--out", self.parts)
        self.assertEqual(USAGE, run.returncode)
        self.assertIn("the seed is 1 there and 2 here; name another folder", run.stderr)

    def test_command_lines_that_say_no_part(self):
        for shard in ("3", "3/3", "-1/3", "a/b", "0/0", "1/2/3", ""):
            run = self.napier("audit", "libm/exp:binary32", f"--shard={shard}", "--out", self.parts)
            self.assertEqual(USAGE, run.returncode, shard)
            self.assertEqual(1, run.stderr.count("\n"), run.stderr)
        for more in (["--json", "-"], ["--timings", "--out", self.parts], []):
            run = self.napier("audit", "libm/exp:binary32", "--shard", "0/2", *more)
            self.assertEqual(USAGE, run.returncode, more)
            self.assertIn("--shard", run.stderr)


if __name__ == "__main__":
    unittest.main()
