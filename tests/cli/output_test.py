# Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
"""Output that cannot be written: one clear line on stderr, exit status 2, no half-written file."""
import json
import os
import pathlib
import resource
import signal
import subprocess
import tempfile
import time
import unittest

NAPIER = os.environ["NAPIER"]
FIXTURES = os.path.join(os.environ["NAPIER_BINARY_DIR"], "fixtures")
WRONG = ["so:" + os.path.join(FIXTURES, "libisolation_behaviours.so") + "#one_ulp_off",
         "--function", "exp", "--format", "binary64", "--max-ulp", "1"]
QUICK = ["--effort", "quick", "--property", "product,special_values"]
AUDIT = ["audit", "libm/exp:binary64", *QUICK]
REPORTS = ["report.html", "report.json", "report.md"]


def small_files():
    """No file may grow beyond a few kilobytes, as on a disk that fills up."""
    signal.signal(signal.SIGXFSZ, signal.SIG_DFL)  # Python ignores it
    _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, hard))


class Output(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name

    def run_it(self, *arguments, **options):
        options = {"stdout": subprocess.PIPE, "stdin": subprocess.DEVNULL, **options}
        return subprocess.run([NAPIER, *arguments], stderr=subprocess.PIPE, text=True, timeout=300,
                              **options)

    def in_shell(self, command):
        return subprocess.run(["sh", "-c", command], capture_output=True, text=True, timeout=300,
                              env={**os.environ, "NAPIER": NAPIER}, cwd=self.folder)

    def says(self, run, *words, status=2):
        self.assertEqual(status, run.returncode, run)
        self.assertEqual(1, len(run.stderr.strip().splitlines()), run.stderr)
        for word in words:
            self.assertIn(word, run.stderr)

    def test_a_full_disk_leaves_the_old_report_and_the_words(self):
        self.assertEqual(0, self.run_it(*AUDIT, "--out", self.folder, "--seed", "7").returncode)
        before = {name: pathlib.Path(self.folder, name).read_bytes() for name in REPORTS}
        run = self.run_it(*AUDIT, "--out", self.folder, preexec_fn=small_files)
        self.says(run, "cannot write", "report.", "File too large")
        self.assertIn("STANDS libm/exp:binary64", run.stdout)  # hours of work are not thrown away
        after = {name: pathlib.Path(self.folder, name).read_bytes()
                 for name in os.listdir(self.folder)}
        self.assertEqual(before, after)

    def test_a_full_disk_leaves_nothing_where_nothing_was(self):
        for where in [["--out", os.path.join(self.folder, "new")],
                      ["--json", os.path.join(self.folder, "new", "a.json")]]:
            self.says(self.run_it(*AUDIT, *where, preexec_fn=small_files), "cannot write")
            self.assertEqual([], os.listdir(os.path.join(self.folder, "new")))

    def test_a_refutation_is_graver_than_a_full_disk(self):
        run = self.run_it("audit", *WRONG, *QUICK, "--json", "/dev/full")
        self.says(run, "cannot write", "No space", status=1)
        self.assertTrue(run.stdout.startswith("REFUTED"))

    def test_a_pipe_that_nobody_reads_keeps_no_file_and_ends_by_one_signal(self):
        pipe = os.path.join(self.folder, "pipe")
        os.mkfifo(pipe)
        out = pathlib.Path(self.folder, "out")
        run = subprocess.Popen([NAPIER, *AUDIT, "--json", pipe, "--out", str(out)],
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.addCleanup(run.kill)
        for _ in range(3000):
            if (out / "report.json").exists():
                break
            time.sleep(0.1)
        time.sleep(0.2)
        self.assertIsNone(run.poll())
        run.send_signal(signal.SIGINT)
        run.communicate(timeout=60)
        self.assertEqual(130, run.returncode)
        self.assertEqual(REPORTS, sorted(os.listdir(out)))

    def test_a_folder_that_is_no_place_for_files(self):
        path = os.path.join(self.folder, "file")
        pathlib.Path(path).touch()
        self.says(self.run_it(*AUDIT, "--out", path), path)
        self.says(self.run_it(*AUDIT, "--json", os.path.join(path, "a.json")), path)
        self.says(self.run_it(*AUDIT, "--json", self.folder), self.folder, "directory")
        if os.geteuid() != 0:
            os.chmod(self.folder, 0o500)
            self.says(self.run_it(*AUDIT, "--out", self.folder), "Permission denied")

    def test_a_closed_standard_output_is_told_before_the_work(self):
        for command in ['"$NAPIER" audit libm/exp --effort deep >&-',
                        '"$NAPIER" audit libm/exp --effort deep --json - --quiet >&-',
                        '"$NAPIER" list >&-', '"$NAPIER" --help >&-']:
            self.says(self.in_shell(command), "standard output", "Bad file descriptor")

    def test_no_file_takes_the_place_of_a_closed_stream(self):
        audit = '"$NAPIER" audit "$0" ' + " ".join(QUICK + WRONG[1:]) + " --out out --quiet"
        audit = audit.replace('"$0"', WRONG[0])
        run = self.in_shell(audit + " <&- >&- 2>&-")
        self.assertEqual((1, "", ""), (run.returncode, run.stdout, run.stderr))
        out = pathlib.Path(self.folder, "out")
        self.assertEqual(REPORTS, sorted(os.listdir(out)))
        json.loads((out / "report.json").read_text(encoding="utf-8"))

    def test_a_full_device_is_an_error_and_the_files_are_written(self):
        if not os.path.exists("/dev/full"):
            self.skipTest("no /dev/full here")
        with open("/dev/full", "w") as full:
            for arguments in [["list"], ["--help"], ["--version"], [*AUDIT, "--json", "-"],
                              [*AUDIT, "--out", self.folder]]:
                self.says(self.run_it(*arguments, stdout=full), "standard output", "No space")
        self.assertEqual(REPORTS, sorted(os.listdir(self.folder)))

    def test_a_reader_who_leaves_ends_it_silently_as_everywhere(self):
        for arguments in [["list"], [*AUDIT, "--out", self.folder]]:
            run = subprocess.Popen([NAPIER, *arguments], stdout=subprocess.PIPE,
                                   stderr=subprocess.PIPE, text=True)
            run.stdout.close()
            stderr = run.stderr.read()
            self.assertEqual((-signal.SIGPIPE, ""), (run.wait(timeout=300), stderr))
            run.stderr.close()
        self.assertEqual(REPORTS, sorted(os.listdir(self.folder)))

    def test_where_the_parent_ignores_broken_pipes_it_is_an_error(self):
        run = subprocess.Popen([NAPIER, "list"], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                               text=True, restore_signals=False,
                               preexec_fn=lambda: signal.signal(signal.SIGPIPE, signal.SIG_IGN))
        run.stdout.close()
        stderr = run.stderr.read()
        self.assertEqual(2, run.wait(timeout=300))
        self.assertIn("Broken pipe", stderr)
        run.stderr.close()


if __name__ == "__main__":
    unittest.main(verbosity=1)
