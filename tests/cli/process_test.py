# Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
"""exec: targets, as a user meets them: lines on stderr, exit status, replay lines, interruption."""
import json
import os
import pathlib
import signal
import subprocess
import sys
import tempfile
import time
import unittest

NAPIER = os.environ["NAPIER"]
EXP = ["--function", "exp", "--format", "binary64", "--max-ulp", "1"]
QUICK = ["--cases", "300", "--threads", "1"]
# A process that says at 0 something else than exp does.
CHILD = '''import math, os, struct, sys, time
def exp(x):
    if x == 0: {at_zero}
    return math.exp(x) if x < 709 else math.inf if x == x else x
while head := sys.stdin.buffer.read(4):
    n, = struct.unpack("<I", head)
    x = struct.unpack(f"<{{n}}d", sys.stdin.buffer.read(8 * n))
    sys.stdout.buffer.write(head + struct.pack(f"<{{n}}d", *map(exp, x)))
    sys.stdout.buffer.flush()
    if "ANSWERED" in os.environ:
        open(f"{{os.environ['ANSWERED']}}/{{os.getpid()}}", "w").close()
'''
# A name that a shell would take apart.
NAME = "it's $HOME; touch marked #1.py"


def processes(folder):
    """Ids of the processes whose command line names the folder."""
    found = []
    for entry in pathlib.Path("/proc").iterdir():
        if not entry.name.isdigit() or int(entry.name) == os.getpid():
            continue
        try:
            words = (entry / "cmdline").read_bytes()
        except OSError:
            continue
        if folder.encode() in words:
            found.append(int(entry.name))
    return found


class Process(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name

    def command(self, at_zero="pass"):
        path = os.path.join(self.folder, NAME)
        with open(path, "w") as file:
            file.write(CHILD.format(at_zero=at_zero))
        return f'exec:{sys.executable} "{self.folder}/it\'s \\$HOME; touch marked #1.py"'

    def napier(self, *words, **options):
        return subprocess.run([NAPIER, *words], capture_output=True, text=True, cwd=self.folder,
                              stdin=subprocess.DEVNULL, timeout=300, **options)

    def audit(self, *words):
        return self.napier("audit", *words, *QUICK, "--json", "-")

    def findings(self, run):
        self.assertEqual(1, run.returncode, run)
        return json.loads(run.stdout)["targets"][0]["findings"]

    def test_stands_under_its_own_name_and_tells_what_was_not_asked(self):
        target = self.command()
        run = self.audit(target, *EXP[:4], "--claim", "ulp <= 1 on [-600, 700]", "--flags",
                         "--errno", "--property", "accuracy,flags,errno,environment,threads,lanes")
        self.assertEqual((0, ""), (run.returncode, run.stderr))
        report = json.loads(run.stdout)
        found = report["targets"][0]
        self.assertEqual((target, "raw", "stands"), (found["name"], found["shape"],
                                                     found["verdict"]))
        self.assertEqual({"accuracy", "lanes"}, {m["property"] for m in found["measurements"]})
        self.assertIn("flags, errno", " ".join(found["notes"]))
        self.assertEqual(os.listdir(self.folder), [NAME])

    def test_is_not_run_by_list(self):
        run = self.napier("list", "exec:touch marked", *EXP)
        self.assertEqual(0, run.returncode, run)
        self.assertIn("a process, asked in blocks", run.stdout)
        self.assertEqual([], os.listdir(self.folder))

    def test_replays_each_finding_from_its_line(self):
        target = self.command("return 1.5")
        os.symlink(NAPIER, os.path.join(self.folder, "napier"))
        run = self.audit(target, *EXP, "--property", "accuracy,returns")
        with open(os.path.join(self.folder, "report.json"), "w") as file:
            file.write(run.stdout)
        path = self.folder + ":" + os.environ["PATH"]
        for finding in self.findings(run):
            again = subprocess.run(["sh", "-c", finding["replay"]], capture_output=True, text=True,
                                   cwd=self.folder, timeout=300, env={**os.environ, "PATH": path})
            self.assertEqual((1, ""), (again.returncode, again.stderr), finding["replay"])
            self.assertIn("REFUTED", again.stdout)
        self.assertEqual(1, self.napier("replay", "report.json#1").returncode)
        self.assertFalse(os.path.exists(os.path.join(self.folder, "marked")))

    def test_finds_the_argument_at_which_it_ends(self):
        for fault, words in [("os.abort()", "signal 6"), ("sys.exit(5)", "status 5"),
                             ("time.sleep(99)", "did not return in time")]:
            with self.subTest(fault=fault):
                run = self.audit(self.command(fault), *EXP, "--property", "accuracy")
                found = [f for f in self.findings(run) if f["property"] == "returns"]
                self.assertEqual(1, len(found))
                self.assertIn(found[0]["witness"]["inputs"], [["0x0p+0"], ["-0x0p+0"]])
                self.assertIn(words, found[0]["explanation"])

    def test_quotes_what_it_says(self):
        run = self.napier("audit", "exec:echo 'no \033[31mlicence' >&2; exit 3", *EXP, *QUICK)
        self.assertEqual((2, ""), (run.returncode, run.stdout))
        self.assertEqual(1, run.stderr.count("\n"))
        self.assertIn("exited with status 3", run.stderr)
        self.assertIn("it printed: no \\x1b[31mlicence;", run.stderr)

    def test_that_cannot_be_asked_keeps_no_other_from_being_audited(self):
        run = self.audit("exec:no-such-adapter", self.command(), *EXP[:4], "--rel", "1",
                         "--domain=-600,700", "--property", "accuracy")
        self.assertEqual(2, run.returncode, run)
        self.assertEqual(1, run.stderr.count("\n"))
        self.assertIn("exec:no-such-adapter: no first answer: it exited with status 127",
                      run.stderr)
        self.assertEqual(["failed", "stands"],
                         [t["verdict"] for t in json.loads(run.stdout)["targets"]])

    def test_refuses_in_one_line(self):
        for words, why in [
                (["exec:", *EXP], "a command is missing"),
                (["exec:  ", *EXP], "a command is missing"),
                (["exec:true"], "does not tell what it computes: add --function"),
                (["exec:true", *EXP, "--shape", "x,y,n"], "--shape x,y,n: of a C function"),
                (["exec:true", *EXP, "--shape", "octal"], "octal is no parameter"),
                (["exec:true\n", *EXP], "line break"),
                (["so:./libx.so#f", *EXP, "--shape", "raw"], "as in exec:COMMAND")]:
            run = self.napier("audit", *words)
            self.assertEqual((2, ""), (run.returncode, run.stdout), words)
            self.assertIn(why, run.stderr)

    def until(self, condition, seconds=60):
        end = time.monotonic() + seconds
        while not condition():
            self.assertLess(time.monotonic(), end)
            time.sleep(0.05)

    def start(self, at_zero):
        run = subprocess.Popen([NAPIER, "audit", self.command(at_zero), *EXP, "--effort", "deep"],
                               stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                               stderr=subprocess.PIPE, cwd=self.folder, text=True)
        self.addCleanup(run.kill)
        self.until(lambda: len(processes(self.folder)) >= 3)
        return run

    def answering(self):
        """Those that have answered: one that is killed before that looks like a bad one."""
        return [process for process in self.adapters()
                if os.path.exists(os.path.join(self.folder, "answered", str(process)))]

    def test_that_somebody_kills_changes_nothing(self):
        words = [NAPIER, "audit", self.command(), *EXP[:4], "--claim", "ulp <= 1 on [-600, 700]",
                 "--cases", "20000", "--property", "accuracy,deterministic,lanes",
                 "--quiet", "--json", "-"]
        digests = set()
        answered = os.path.join(self.folder, "answered")
        os.mkdir(answered)
        for kills in [0, 3]:
            run = subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                   stderr=subprocess.PIPE, cwd=self.folder, text=True,
                                   env=dict(os.environ, ANSWERED=answered))
            self.addCleanup(run.kill)
            for _ in range(kills):
                self.until(lambda: self.answering() or run.poll() is not None)
                for process in self.answering()[:1]:
                    os.kill(process, signal.SIGKILL)
                time.sleep(0.1)
            output, errors = run.communicate(timeout=300)
            self.assertEqual((0, ""), (run.returncode, errors))
            digests.add(json.loads(output)["digest"])
        self.assertEqual(1, len(digests))

    def adapters(self):
        """Those of the processes that compute: neither Napier nor the shell."""
        found = []
        for process in processes(self.folder):
            try:
                name = pathlib.Path(f"/proc/{process}/exe").readlink().name
            except OSError:
                continue
            if name.startswith("python"):
                found.append(process)
        return found

    def test_ends_with_ctrl_c(self):
        run = self.start("time.sleep(99)")
        start = time.monotonic()
        run.send_signal(signal.SIGINT)
        output, errors = run.communicate(timeout=60)
        self.assertEqual(130, run.returncode, errors)
        self.assertLess(time.monotonic() - start, 15)  # five, of a machine that has time
        self.assertIn("interrupted", errors)
        self.until(lambda: processes(self.folder) == [], 5)

    def test_ends_when_napier_is_killed(self):
        run = self.start("import signal; signal.signal(signal.SIGHUP, signal.SIG_IGN); "
                         "time.sleep(99)")
        run.kill()
        run.communicate(timeout=60)
        self.until(lambda: processes(self.folder) == [], 20)


if __name__ == "__main__":
    unittest.main()
