# Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
"""Manifests, libraries, profiles and known issues, as users of the command meet them."""
import json
import os
import subprocess
import tempfile
import unittest

from command_line import FIXTURES, NAPIER, napier

LIBRARY = os.path.join(FIXTURES, "libisolation_own_exp.so")


class Manifests(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name

    def write(self, name, text):
        path = os.path.join(self.folder, name)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        return path

    def report(self, *arguments):
        run = napier("audit", *arguments, "--json", "-")
        return run, json.loads(run.stdout)

    def test_one_of_two_targets_is_refuted_and_replays_from_another_folder(self):
        manifest = self.write("m.toml", f"""
[[target]]
target = "libm/exp:binary64"
claim = "ulp <= 1"
expect = "ulp <= 0.5001"
cases = 20000
property = "accuracy"

[[target]]
target = "so:{LIBRARY}#none_of_them"
function = "exp"
format = "binary64"
""")
        out = os.path.join(self.folder, "out")
        run = napier("audit", manifest, "--out", out)
        self.assertEqual(run.returncode, 1, run)
        self.assertIn("asked for <= 0.5001 ulp", run.stdout)
        self.assertIn("falls short of what this audit asks", run.stdout)
        self.assertIn("none_of_them", run.stderr)
        replayed = napier("replay", os.path.join(out, "report.json") + "#1", cwd="/")
        self.assertEqual(replayed.returncode, 1, replayed)
        self.assertIn("REFUTED", replayed.stdout)

    def test_missing_libraries_are_counted_and_listed(self):
        manifest = self.write("m.toml", """
[[target]]
target = "so:libnone.so.3#exp"
package = "libnone3"
[[target]]
target = "libm/exp:binary64"
property = "special_values"
""")
        run = napier("audit", manifest)
        self.assertEqual(run.returncode, 0, run)
        self.assertIn("NOT INSTALLED so:libnone.so.3#exp", run.stdout)
        self.assertIn("1 not installed", run.stdout)
        listed = napier("list", manifest, "--missing")
        self.assertEqual(listed.stdout.count("\n"), 1, listed)
        self.assertIn("package libnone3", listed.stdout)

    def test_one_source_is_tried_as_it_is_built(self):
        self.write("f.c", """
#include <math.h>
double f(double x) {
#ifdef WRONG
  return exp(x) * 1.0001;
#else
  return exp(x);
#endif
}
""")
        text = """
[[target]]
build = "f.c"
target = "f"
compiler = "cc"
flags = ["-O2", "-O2 -DWRONG"]
function = "exp"
format = "binary64"
claim = "ulp <= 1"
property = "accuracy"
cases = 2000
"""
        self.write("m.toml", text)
        listed = napier("list", "m.toml", cwd=self.folder)
        self.assertEqual(listed.returncode, 0, listed)
        self.assertFalse(os.path.exists(os.path.join(self.folder, ".napier")), "nothing is built")
        run = napier("audit", "m.toml", "--json", "r.json", cwd=self.folder)
        self.assertEqual(run.returncode, 1, run)
        with open(os.path.join(self.folder, "r.json"), encoding="utf-8") as file:
            targets = json.load(file)["targets"]
        self.assertEqual([t["verdict"] for t in targets], ["stands", "refuted"])
        self.assertIn("built by cc -O2 -DWRONG", targets[1]["notes"])
        replayed = napier("replay", "r.json#1", cwd=self.folder)
        self.assertEqual(replayed.returncode, 1, replayed)

        self.write("m.toml", text.replace('"-O2"', '"-O2 -DWRONG -include none.h"'))
        run = napier("audit", "m.toml", cwd=self.folder)
        self.assertEqual(run.returncode, 1, "the other one is tried")
        self.assertRegex(run.stderr, "f.c: 'cc -O2 -DWRONG -include none.h' fails: .*none.h")
        self.write("m.toml", text.replace('"cc"', '"no-such-compiler"'))
        run = napier("audit", "m.toml", cwd=self.folder)
        self.assertEqual(run.returncode, 3, "nothing was tried")
        self.assertIn("no-such-compiler is not on this machine", run.stdout + run.stderr)
        self.write("m.toml", text.replace("build", "# build"))
        run = napier("audit", "m.toml", cwd=self.folder)
        self.assertEqual(run.returncode, 2, run)
        self.assertIn("add build, the source file", run.stderr)

    def test_a_derivative_beside_a_value_has_a_claim_of_its_own(self):
        self.write("f.c", """
#include <math.h>
double f(double x, double* d) {
  const double y = expm1(x);
  *d = y + 1;
  return y;
}
""")
        self.write("m.toml", """
[[target]]
build = "f.c"
target = "f"
shape = "y=x,d"
function = "expm1"
format = "binary64"
claim = { expm1 = "ulp <= 2", d_expm1 = "ulp <= 2" }
property = ["accuracy", "own_slope"]
cases = 2000
""")
        run = napier("audit", "m.toml", "--json", "r.json", cwd=self.folder)
        self.assertEqual(run.returncode, 1, run)
        with open(os.path.join(self.folder, "r.json"), encoding="utf-8") as file:
            value, slope = json.load(file)["targets"]
        self.assertEqual((value["function"], value["verdict"]), ("expm1", "stands"))
        self.assertEqual((slope["function"], slope["verdict"]), ("d_expm1", "refuted"))
        for number, finding in enumerate(slope["findings"], 1):
            by_file = napier("replay", f"r.json#{number}", cwd=self.folder)
            self.assertEqual(by_file.returncode, 1, by_file)
            words = subprocess.run(finding["replay"].replace("napier", NAPIER, 1), shell=True,
                                   capture_output=True, text=True, cwd=self.folder, timeout=300,
                                   check=False)
            self.assertEqual(words.returncode, 1, words)
            self.assertIn("REFUTED", words.stdout)

    def test_listing_runs_nothing(self):
        crashes = "so:" + os.path.join(FIXTURES, "libisolation_crashes_loading.so") + "#good"
        manifest = self.write("m.toml", f"""
[[target]]
target = "{crashes}"
function = "exp"
format = "binary64"
""")
        for what in [[manifest], [crashes, "--function", "exp", "--format", "binary64"]]:
            run = napier("list", *what)
            self.assertEqual(run.returncode, 0, run)
            self.assertIn("#good", run.stdout)

    def test_a_library_alone_is_tried_whole(self):
        run, report = self.report(LIBRARY, "--cases", "500", "--property", "special_values")
        self.assertIn(run.returncode, (0, 1), run)
        names = [target["name"].rsplit("#")[-1] for target in report["targets"]]
        self.assertIn("exp", names)
        for target in report["targets"]:
            self.assertRegex(target["object"], "^(build-id|sha256):[0-9a-f]+$")
            self.assertTrue(any("by its name" in note for note in target["notes"]))
        self.assertTrue(any("passed over" in note for note in report["targets"][0]["notes"]))

    def test_claims_on_the_command_line_are_not_for_manifests(self):
        manifest = self.write("m.toml", '[[target]]\ntarget = "libm/exp:binary64"\n')
        for options in [["--max-ulp", "1"], ["--profile", "java"]]:
            run = napier("audit", manifest, *options)
            self.assertEqual(run.returncode, 2, run)
            self.assertIn("states its own claims", run.stderr)

    def test_profiles_are_claims_of_any_target(self):
        run, report = self.report("libm/exp:binary64", "libm/exp2:binary64", "--profile", "java",
                                  "--cases", "500", "--property", "accuracy")
        self.assertEqual(run.returncode, 2, run)
        self.assertIn("exp2:binary64: profile java promises nothing of exp2:binary64", run.stderr)
        self.assertEqual([t["verdict"] for t in report["targets"]], ["stands", "failed"])
        self.assertIn("java.lang.Math", report["targets"][0]["claim"]["source"])
        self.assertEqual(napier("audit", "libm/exp", "--profile", "jave").returncode, 2)
        self.assertIn("opencl", napier("list", "--profiles").stdout)

    def test_a_known_issue_is_shown_and_fails_the_run_when_it_shows_no_more(self):
        issue = """
[[known_issue]]
target = "libm/exp:binary64"
property = "special_values"
at = "0x1p+0"
why = "a fault that nobody has"
source = "this test"
"""
        known = self.write("known.toml", issue)
        run, report = self.report("libm/exp:binary64", "--property", "special_values",
                                  "--known-issues", known)
        self.assertEqual(run.returncode, 1, run)
        self.assertFalse(report["targets"][0]["known_issues"][0]["shows"])
        run = napier("audit", "libm/exp:binary64", "--property", "special_values",
                     "--known-issues", known)
        self.assertIn("shows no more", run.stdout)
        run = napier("audit", "libm/exp:binary64", "--known-issues",
                     self.write("bad.toml", issue.replace("why", "wy")))
        self.assertEqual(run.returncode, 2, run)
        self.assertIn("nearest: why", run.stderr)


if __name__ == "__main__":
    unittest.main()
