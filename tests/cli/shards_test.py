# Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
"""Shards as processes: killed, told to stop, run twice at once, merged in any order – the report is
that of one process, to the last byte."""
import os
import pathlib
import random
import resource
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
# A search of several islands among it.
MANY = ["libm/exp:binary64", "--property", "1.1,accuracy", "--threads", "1", "--cases", "6000000"]
STOPPED, USAGE = 75, 2
MOST_MEMORY, MOST_DISK = 200 << 10, 1 << 20  # of a worker in KiB, of a file in bytes


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
        # An empty file may have been made just now: it is left alone for a minute.
        left = {path.suffix for path in self.parts.iterdir() if path.stat().st_size > 0}
        self.assertFalse(left - {".napier", ".checkpoint"}, "half-written files")

    def test_of_64_shards_every_fourth_worker_is_killed_at_random(self):
        """Costs some ten seconds: 64 processes and more are started, four at a time."""
        dice = random.Random(2)
        waiting, killed = list(range(64)), 0
        doomed = set(dice.sample(waiting, 16))
        while waiting:
            turn, waiting = waiting[:4], waiting[4:]
            runs = [(shard, self.start(MANY, f"{shard}/64")) for shard in turn]
            for shard, run in runs:
                if shard in doomed:
                    time.sleep(dice.uniform(0, 0.03))
                    run.send_signal(dice.choice([signal.SIGKILL, signal.SIGKILL, signal.SIGTERM,
                                                 signal.SIGUSR1]))
                    doomed.remove(shard)
            for shard, run in runs:
                _, said = run.communicate(timeout=120)
                self.assertEqual("", said)
                if run.returncode != 0:
                    waiting.append(shard)
                    killed += 1
            for checkpoint in self.parts.glob("*.checkpoint"):
                self.assertLess(checkpoint.stat().st_size, MOST_DISK)
        self.assertGreaterEqual(killed, 8, "the shards are too short to be killed")
        self.assertEqual(self.in_one(MANY), self.merged())
        for path in self.parts.iterdir():
            self.assertLess(path.stat().st_size, MOST_DISK)
        self.assertLess(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, MOST_MEMORY)

    def test_cases_on_record_are_part_of_an_audit(self):
        record = self.folder / ".napier" / "failures.txt"
        record.parent.mkdir()
        record.write_text("libm/exp:binary64\texp:binary64\taccuracy\tnearest\t0x1p+0\n",
                          encoding="utf-8")
        words = ["libm/exp:binary64", "--property", "accuracy", "--cases", "500"]
        with_it = subprocess.run([NAPIER, "audit", *words, "--shard", "0/2", "--out", "parts"],
                                 cwd=self.folder, capture_output=True, text=True, check=False)
        self.assertEqual(0, with_it.returncode, with_it.stderr)
        self.shard(words, "1/2")
        merge = self.napier("merge", *sorted(self.parts.glob("*.napier")), "--out",
                            self.folder / "no.json")
        self.assertEqual(USAGE, merge.returncode)
        self.assertIn("cases on record, in .napier/failures.txt, is none there and 1", merge.stderr)
        self.assertEqual(1, merge.stderr.count("\n"))

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
