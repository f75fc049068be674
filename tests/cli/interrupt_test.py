# Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
"""Ctrl-C and SIGTERM: what was done until then is reported and labelled, exit status 130, and
nothing is left behind: no half-written file, no child process."""
import json
import os
import pathlib
import signal
import subprocess
import tempfile
import time
import unittest

import jsonschema

NAPIER = os.environ["NAPIER"]
ROOT = pathlib.Path(os.environ["NAPIER_SOURCE_DIR"])
SCHEMA = json.loads((ROOT / "docs/report.schema.json").read_text(encoding="utf-8"))
FIXTURES = os.path.join(os.environ["NAPIER_BINARY_DIR"], "fixtures")
BEHAVIOURS = "so:" + os.path.join(FIXTURES, "libisolation_behaviours.so") + "#"
EXP = ["--function", "exp", "--format", "binary64", "--max-ulp", "1"]
REPORTS = ["report.html", "report.json", "report.md"]
LONG = ["--effort", "deep"]  # longer than any test waits


def serving(so):
    """Ids of the processes that serve functions of a shared object."""
    found = []
    for entry in pathlib.Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            words = (entry / "cmdline").read_bytes().split(b"\0")
        except OSError:
            continue
        if b"--serve-target" in words and so.encode() in words:
            found.append(int(entry.name))
    return found


class Interrupted(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        # A name of its own, so that the children of other tests are not taken for its own.
        self.so = os.path.join(self.folder, "mine.so")
        os.symlink(os.path.join(FIXTURES, "libisolation_behaviours.so"), self.so)
        self.out = os.path.join(self.folder, "out")

    def start(self, *arguments):
        run = subprocess.Popen([NAPIER, "audit", *arguments, "--out", self.out],
                               stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                               stderr=subprocess.PIPE, text=True)
        self.addCleanup(run.kill)
        return run

    def until(self, condition, run=None, seconds=60):
        end = time.monotonic() + seconds
        while not condition():
            if run is not None and run.poll() is not None:
                self.fail(f"it ended of its own: {run.communicate()}")
            self.assertLess(time.monotonic(), end, "waited in vain")
            time.sleep(0.01)

    def begin(self, *arguments):
        """Starts an audit and waits until it goes on, however busy the machine is."""
        run = self.start(*arguments)
        self.until(lambda: os.path.exists(self.out), run)  # it makes its folder first
        return run

    def report(self):
        self.assertEqual(REPORTS, sorted(os.listdir(self.out)))
        for name in REPORTS:  # whole, each in its way
            text = pathlib.Path(self.out, name).read_text(encoding="utf-8")
            self.assertTrue(text.rstrip().endswith("</html>" if name.endswith("html") else ""))
            if not name.endswith("json"):
                self.assertIn("PARTIAL: the audit was interrupted", text)
        report = json.loads(pathlib.Path(self.out, "report.json").read_text(encoding="utf-8"))
        jsonschema.validate(report, SCHEMA)
        self.assertIs(report["partial"], True)
        return report

    def test_at_any_moment_there_is_a_whole_partial_report_or_none(self):
        for delay, begun, which in [(0, False, signal.SIGTERM), (0.02, False, signal.SIGINT),
                                    (0.1, False, signal.SIGTERM), (0, True, signal.SIGINT),
                                    (0.4, True, signal.SIGTERM), (1.5, True, signal.SIGHUP)]:
            with self.subTest(delay=delay, begun=begun):
                self.out = os.path.join(self.folder, f"out{delay}{begun}")
                start = self.begin if begun else self.start
                run = start("libm/exp:*", "shipped/**:binary64", *LONG)
                time.sleep(delay)
                run.send_signal(which)
                stdout, stderr = run.communicate(timeout=60)
                if not begun and run.returncode == -which:  # before it could say what it wants
                    self.assertFalse(os.path.exists(self.out))
                    continue
                self.assertEqual(130, run.returncode, stderr)
                if not begun and not os.path.exists(self.out):
                    continue
                report = self.report()
                self.assertIn("PARTIAL", stdout)
                told = [line for line in stderr.splitlines() if " a call takes " not in line]
                self.assertEqual(1, len(told), stderr)
                self.assertIn("interrupted", told[0])
                for target in report["targets"]:
                    if target.get("partial"):
                        self.assertIn(target["verdict"], ["refuted", "inconclusive"])
                        self.assertEqual(6, len(target["laws"]))

    def test_a_target_that_was_not_begun_says_so(self):
        run = self.begin("shipped/tang/exp:binary64", "libm/pow:binary64", *LONG)
        time.sleep(0.5)
        run.send_signal(signal.SIGINT)
        run.communicate(timeout=60)
        last = self.report()["targets"][-1]
        self.assertEqual("inconclusive", last["verdict"])
        self.assertIn("before this target was tried", " ".join(last["notes"]))
        self.assertEqual(["not tried: the audit was interrupted"] * 6,
                         [row["not_applicable"] for row in last["laws"]])

    def test_a_refutation_that_was_found_is_kept(self):
        run = self.start("so:" + self.so + "#one_ulp_off", *EXP, *LONG, "--property", "product")
        self.until(lambda: serving(self.so), run)
        time.sleep(1.5)
        run.send_signal(signal.SIGTERM)
        _, stderr = run.communicate(timeout=60)
        self.assertEqual(130, run.returncode, stderr)
        target = self.report()["targets"][0]
        self.assertEqual("refuted", target["verdict"])
        self.assertTrue(target["partial"])
        self.assertIn("cut short product", " ".join(target["notes"]))
        self.assertEqual([], serving(self.so))

    def check_ends_by(self, given, run):
        """The signal ends an audit of self.so soon, with a report, and no child of it is left."""
        self.until(lambda: serving(self.so), run)
        time.sleep(0.5)
        run.send_signal(given)
        start = time.monotonic()
        _, stderr = run.communicate(timeout=60)
        self.assertEqual(130, run.returncode, stderr)
        self.assertLess(time.monotonic() - start, 30)
        self.report()
        # Killed, all of them; what a child forked itself is not ours to wait for.
        self.until(lambda: not serving(self.so), seconds=10)

    def test_no_child_survives_an_interruption(self):
        for function in ["good_exp", "spin_above_three", "crash", "fork_always"]:
            with self.subTest(function=function):
                run = self.start("so:" + self.so + "#" + function, *EXP, *LONG)
                self.check_ends_by(signal.SIGTERM, run)

    def test_no_target_keeps_an_audit_from_ending(self):
        os.remove(self.so)
        os.symlink(os.path.join(FIXTURES, "libisolation_hostile.so"), self.so)
        for function in ["sleep_20_ms_always", "block_signals_and_wait", "become_another_program",
                         "exit_into_a_wait", "feign_progress", "jump_into_an_older_call"]:
            with self.subTest(function=function):
                run = self.start("so:" + self.so + "#" + function, *EXP, *LONG)
                self.check_ends_by(signal.SIGINT, run)

    def test_a_second_signal_ends_at_once(self):
        hangs = os.path.join(self.folder, "hangs.so")
        os.symlink(os.path.join(FIXTURES, "libisolation_hangs_loading.so"), hangs)
        run = self.start("so:" + hangs + "#hung", *EXP, *LONG)
        self.until(lambda: serving(hangs), run)
        run.send_signal(signal.SIGINT)
        time.sleep(0.4)  # two at once would be one
        self.assertIsNone(run.poll())
        run.send_signal(signal.SIGTERM)
        stdout, _ = run.communicate(timeout=60)
        self.assertEqual((130, ""), (run.returncode, stdout))
        self.assertEqual([], os.listdir(self.out))  # after one signal it writes a report
        self.until(lambda: not serving(hangs), seconds=5)

    def test_two_signals_at_once_are_one(self):
        run = self.begin("libm/exp:binary64", *LONG)
        time.sleep(0.5)
        run.send_signal(signal.SIGTERM)
        time.sleep(0.01)
        run.send_signal(signal.SIGCONT)
        run.send_signal(signal.SIGTERM)
        _, stderr = run.communicate(timeout=60)
        self.assertEqual(130, run.returncode, stderr)
        self.report()

    def test_a_child_outlives_no_killed_program(self):
        run = self.start("so:" + self.so + "#good_exp", *EXP, *LONG)
        self.until(lambda: serving(self.so), run)
        run.kill()
        run.communicate(timeout=60)
        self.until(lambda: not serving(self.so), seconds=10)

    def test_an_ignored_signal_stays_ignored(self):
        run = subprocess.Popen(
            [NAPIER, "audit", "libm/exp:binary64", "--effort", "quick", "--property", "accuracy"],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_IGN))
        self.addCleanup(run.kill)
        time.sleep(0.1)
        run.send_signal(signal.SIGINT)
        _, stderr = run.communicate(timeout=300)
        self.assertEqual(0, run.returncode, stderr)

    def test_other_commands_end_at_once(self):
        path = os.path.join(self.folder, "pipe")
        os.mkfifo(path)
        run = subprocess.Popen([NAPIER, "report", path], stdout=subprocess.PIPE,
                               stderr=subprocess.PIPE)
        self.addCleanup(run.kill)
        writer = os.open(path, os.O_WRONLY)  # it reads now, and waits
        run.send_signal(signal.SIGTERM)
        run.communicate(timeout=60)
        os.close(writer)
        self.assertEqual(130, run.returncode)


if __name__ == "__main__":
    unittest.main(verbosity=1)
