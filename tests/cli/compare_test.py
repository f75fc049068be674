# Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
"""napier compare: two reports of real runs, and files that are none."""
import os
import pathlib
import re
import subprocess
import tempfile
import unittest

NAPIER = os.environ["NAPIER"]
EXP = ["--function", "exp", "--format", "binary64", "--cases", "2000", "--property",
       "accuracy,product"]


class Compare(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def run_it(self, *arguments):
        return subprocess.run([NAPIER, *map(str, arguments)], capture_output=True, text=True,
                              timeout=300, stdin=subprocess.DEVNULL)

    def report_of(self, result, name, *claim):
        """The report of an exp that returns that expression of the right value y."""
        source, library = self.folder / "my.c", self.folder / "my.so"
        source.write_text("#include <math.h>\ndouble my_exp(double x) "
                          f"{{ double y = exp(x); return {result}; }}\n")
        claim = claim or ("--max-ulp", "1")
        subprocess.run([os.environ.get("CC", "cc"), "-O1", "-fno-builtin", "-shared", "-fPIC", "-o",
                        library, source, "-lm"], check=True)
        path = self.folder / name
        self.run_it("audit", f"so:{library}#my_exp", *EXP, *claim, "--json", path, "--quiet")
        return path

    def test_a_report_is_as_good_as_itself(self):
        good = self.report_of("y", "good.json")
        run = self.run_it("compare", good, good)
        self.assertEqual((0, ""), (run.returncode, run.stderr), run.stdout)
        self.assertIn("the same", run.stdout)

    def test_a_refutation_that_is_new_is_worse(self):
        good = self.report_of("y", "good.json")
        bad = self.report_of("nextafter(nextafter(y, 9e9), 9e9)", "bad.json")
        run = self.run_it("compare", good, bad)
        self.assertEqual(1, run.returncode, run.stdout + run.stderr)
        self.assertIn("worse", run.stdout.splitlines()[1])
        self.assertIn("refuted, was standing", run.stdout)
        self.assertEqual(0, self.run_it("compare", bad, bad).returncode)
        run = self.run_it("compare", bad, good)
        self.assertEqual(0, run.returncode, run.stdout)
        self.assertIn("better", run.stdout)

    def test_a_baseline_is_written_compared_with_and_updated(self):
        good = self.report_of("y", "good.json")
        bad = self.report_of("nextafter(nextafter(y, 9e9), 9e9)", "bad.json")
        kept = self.folder / "kept.txt"
        run = self.run_it("compare", kept, good, "--update")
        self.assertEqual((0, ""), (run.returncode, run.stderr), run.stdout)
        self.assertIn(f"Baseline: {kept}", run.stdout)
        lines = kept.read_text(encoding="utf-8").splitlines()
        self.assertEqual(sorted(lines[2:]), lines[2:])
        run = self.run_it("compare", kept, good)
        self.assertEqual((0, ""), (run.returncode, run.stderr), run.stdout)
        self.assertIn(f"Compared with {kept} (", run.stdout)
        page = self.folder / "page"
        run = self.run_it("compare", kept, bad, "--out", page)
        self.assertEqual(1, run.returncode, run.stdout + run.stderr)
        text = (page / "report.html").read_text(encoding="utf-8")
        self.assertIn('id="changes"', text)
        self.assertIn("refuted, was standing", text)
        self.assertEqual(0, self.run_it("compare", kept, bad, "--update").returncode)
        self.assertEqual(0, self.run_it("compare", kept, bad).returncode)
        # Of another machine there is nothing to compare with, until it is added.
        kept.write_text(re.sub(r"\tglibc [^,]*,", "\tglibc 1.0,",
                               kept.read_text(encoding="utf-8")), encoding="utf-8")
        run = self.run_it("compare", kept, good)
        self.assertEqual((2, ""), (run.returncode, run.stdout))
        self.assertIn("nothing of this machine", run.stderr)
        self.assertEqual(0, self.run_it("compare", kept, good, "--update").returncode)
        self.assertEqual(0, self.run_it("compare", kept, good).returncode)
        # A report is no place for a baseline.
        before = good.read_bytes()
        run = self.run_it("compare", good, bad, "--update")
        self.assertEqual((2, before), (run.returncode, good.read_bytes()))

    def test_what_erred_most_is_asked_again(self):
        """A sample's larger maximum is no news; more error at the very argument is."""
        def report(result, name):
            return self.report_of(result, name, "--max-ulp", "9")
        good = report("y", "good.json")
        kept = self.folder / "kept.txt"
        self.assertEqual(0, self.run_it("compare", kept, good, "--update").returncode)
        worst = re.search(r"\taccuracy\tstands\t0\.5\d*\t(\S+)\n",
                          kept.read_text(encoding="utf-8")).group(1)
        two_more = "(isinf(y) || y == 0 ? y : nextafter(nextafter(y, 9e9), 9e9))"
        for result, status, words in [
                (f"x == {worst} ? {two_more} : y", 1, "worse"),
                (f"x == {worst} ? y : {two_more}", 0, "the same")]:
            for base in [good, kept]:
                new = report(result, "new.json")
                plain = self.run_it("compare", base, new)
                self.assertEqual(0, plain.returncode, plain.stdout)
                run = self.run_it("compare", base, new, "--replay")
                self.assertEqual((status, ""), (run.returncode, run.stderr), run.stdout)
                self.assertIn(words, run.stdout)
                if status:
                    self.assertRegex(run.stdout, r"[\d.e]+ ulp where it erred most before, at .*"
                                                 r"was 0\.5\d* ulp")
        mended = self.run_it("compare", report(two_more, "bad.json"), report("y", "good.json"),
                             "--replay")
        self.assertEqual(0, mended.returncode, mended.stderr)
        self.assertIn("better", mended.stdout)
        (self.folder / "my.so").unlink()
        gone = self.run_it("compare", good, good, "--replay")
        self.assertEqual((2, 1), (gone.returncode, gone.stderr.count("\n")), gone.stderr)
        self.assertIn("my.so", gone.stderr)

    def test_a_file_that_is_no_report(self):
        none = self.folder / "none.json"
        for path in [none, self.folder]:
            run = self.run_it("compare", path, path)
            self.assertEqual((2, ""), (run.returncode, run.stdout))
            self.assertEqual(1, len(run.stderr.splitlines()))


if __name__ == "__main__":
    unittest.main()
