# Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
"""scripts/ci/audit.sh in the environments that GitHub and GitLab set, and what hands it over."""
import json
import os
import pathlib
import re
import subprocess
import tempfile
import unittest
import xml.etree.ElementTree

SOURCE = pathlib.Path(os.environ["NAPIER_SOURCE_DIR"])
STEPS = SOURCE / "scripts/ci/audit.sh"
GOOD = "double my_exp(double x) { return exp(x); }"
WRONG = "double my_exp(double x) { return exp(x) * (1 + 0x1p-50); }"
WORSE = "double my_exp(double x) { return exp(x) * (x > 1 ? 2 : 1 + 0x1p-50); }"


class Steps(unittest.TestCase):
    def setUp(self):
        temporary = tempfile.TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        self.folder = pathlib.Path(temporary.name)

    def made(self, code):
        source = self.folder / "mine.c"
        source.write_text("#include <math.h>\n" + code + "\n", encoding="utf-8")
        subprocess.run([os.environ.get("CC", "cc"), "-O1", "-fno-builtin", "-shared", "-fPIC", "-o",
                        self.folder / "libmine.so", source, "-lm"], check=True)

    def steps(self, script=STEPS, **environment):
        own = {"NAPIER": os.environ["NAPIER"], "PATH": os.environ["PATH"],
               "NAPIER_TARGETS": "\nso:./libmine.so#my_exp\n",
               "NAPIER_OPTIONS": "--function exp --format 'binary64' --property accuracy,1.1 "
                                 "--cases 2000"} | environment
        return subprocess.run(["sh", script], env=own, cwd=self.folder, capture_output=True,
                              text=True, timeout=500, stdin=subprocess.DEVNULL)

    def file(self, name):
        return (self.folder / name).read_text(encoding="utf-8")

    def github(self, code, **environment):
        self.made(code)
        for name in ["summary", "output"]:
            (self.folder / name).write_text("before\n", encoding="utf-8")
        return self.steps(GITHUB_ACTIONS="true", GITHUB_STEP_SUMMARY=str(self.folder / "summary"),
                          GITHUB_OUTPUT=str(self.folder / "output"), NAPIER_CLAIM="ulp <= 1",
                          **environment)

    def test_github_gets_annotations_summary_outputs_and_reports(self):
        run = self.github(WRONG)
        self.assertEqual((1, ""), (run.returncode, run.stderr), run.stdout)
        notes = [line for line in run.stdout.splitlines() if line.startswith("::")]
        self.assertEqual(1, len(notes))
        self.assertRegex(notes[0], r"^::error title=Napier: refuted::so:./libmine.so#my_exp exp:")
        self.assertRegex(self.file("summary"), r"\Abefore\n# 1 target: 1 refuted\n")
        outputs = dict(line.split("=") for line in self.file("output").splitlines()[1:])
        self.assertEqual({"verdict": "refuted", "status": "1", "report": "napier-report",
                          "sarif": "napier-report/report.sarif"}, outputs)
        self.assertEqual("2.1.0", json.loads(self.file(outputs["sarif"]))["version"])
        self.assertIn("<html", self.file("napier-report/report.html"))
        badge = xml.etree.ElementTree.fromstring(self.file("napier-report/badge.svg"))
        self.assertIn("refuted", [text.text for text in badge.iter()])

    def test_what_stands_passes_without_a_word(self):
        run = self.github(GOOD)
        self.assertEqual((0, ""), (run.returncode, run.stderr), run.stdout)
        self.assertNotIn("::", run.stdout)
        self.assertIn("verdict=stands", self.file("output"))
        self.assertIn(">stands<", self.file("napier-report/badge.svg"))

    def test_gitlab_gets_junit_and_a_badge_in_the_folder_of_the_project(self):
        self.made(WRONG)
        run = self.steps(GITLAB_CI="true", CI_PROJECT_DIR=str(self.folder),
                         NAPIER_CLAIM="ulp <= 1", NAPIER_OUT="reports/napier report")
        self.assertEqual((1, ""), (run.returncode, run.stderr), run.stdout)
        self.assertNotIn("::error", run.stdout)
        suites = xml.etree.ElementTree.fromstring(
            self.file("reports/napier report/report.junit.xml"))
        self.assertEqual({"accuracy", "law 1.1 product"},
                         {case.get("name") for case in suites.iter("testcase")
                          if case.find("failure") is not None})

    def test_with_a_baseline_only_what_is_worse_fails(self):
        self.github(WRONG)
        os.rename(self.folder / "napier-report/report.json", self.folder / "base.json")
        run = self.github(WRONG, NAPIER_BASELINE="base.json")
        self.assertEqual((0, ""), (run.returncode, run.stderr), run.stdout)
        self.assertIn("::warning title=Napier", run.stdout)
        self.assertIn("### Compared with the baseline", self.file("summary"))
        run = self.github(GOOD, NAPIER_BASELINE="base.json")
        self.assertEqual(0, run.returncode, run.stdout)
        os.rename(self.folder / "napier-report/report.json", self.folder / "good.json")
        run = self.github(WORSE, NAPIER_BASELINE="good.json")
        self.assertEqual(1, run.returncode, run.stdout)
        self.assertIn("::error title=Napier", run.stdout)
        run = self.github(WRONG, NAPIER_BASELINE="base.json", NAPIER_FAIL_ON="refuted")
        self.assertEqual(1, run.returncode, run.stdout)
        run = self.github(WRONG, NAPIER_FAIL_ON="never")
        self.assertEqual(0, run.returncode, run.stdout)

    def test_a_report_of_an_earlier_run_is_not_taken_for_this_ones(self):
        self.github(WRONG)
        run = self.github(WRONG, NAPIER_OPTIONS="--function exq --format binary64")
        self.assertEqual(2, run.returncode)
        self.assertFalse((self.folder / "napier-report/report.json").exists())

    def test_what_is_missing_is_one_line(self):
        self.made(GOOD)
        for environment, words in [({"NAPIER_TARGETS": ""}, "one target a line"),
                                   ({"NAPIER_BASELINE": "none.json"}, "none.json is not there"),
                                   ({"NAPIER_FAIL_ON": "worse"}, "name a NAPIER_BASELINE"),
                                   ({"NAPIER_FAIL_ON": "sometimes"}, "'sometimes'")]:
            run = self.steps(**environment)
            self.assertEqual((2, 1), (run.returncode, run.stderr.count("\n")), run.stderr)
            self.assertIn(words, run.stderr)

    def test_options_are_words_of_a_shell_and_targets_whole_lines(self):
        self.made(GOOD)
        os.rename(self.folder / "libmine.so", self.folder / "lib mine.so")
        run = self.steps(NAPIER_TARGETS="so:./lib mine.so#my_exp",
                         NAPIER_OPTIONS="--function exp --format binary64 --cases 500 "
                                        "--property accuracy --claim 'ulp <= 1 on [0, 1]'")
        self.assertEqual((0, ""), (run.returncode, run.stderr), run.stdout)
        self.assertIn("for x in [0, 1]", run.stdout)


class HandedOver(unittest.TestCase):
    """action.yml and gitlab.yml name what the steps read, and nothing else."""
    read = set(re.findall(r"\bNAPIER(?:_[A-Z]+)*\b", "\n".join(
        line for line in STEPS.read_text(encoding="utf-8").splitlines()
        if "${NAPIER" in line or "$NAPIER" in line))) - {"NAPIER_TESTS"}

    def test_by_the_action(self):
        text = (SOURCE / "action.yml").read_text(encoding="utf-8")
        given = set(re.findall(r"^ +(NAPIER\w*): \$\{\{ inputs\.[\w-]+ \}\}$", text, re.MULTILINE))
        self.assertEqual(self.read, given)
        declared = set(re.findall(r"^  ([\w-]+):$", text.split("outputs:")[0], re.MULTILINE))
        self.assertEqual(declared, set(re.findall(r"inputs\.([\w-]+)", text)))
        self.assertIn('sh "$GITHUB_ACTION_PATH/scripts/ci/audit.sh"', text)
        written = set(re.findall(r"^ *printf '(.*)' \\$", STEPS.read_text(encoding="utf-8"),
                                 re.MULTILINE).pop().replace("\\n", "").split("=%s")[:-1])
        self.assertLessEqual(set(re.findall(r"steps\.audit\.outputs\.(\w+)", text)), written)

    def test_by_the_template(self):
        text = (SOURCE / "scripts/ci/gitlab.yml").read_text(encoding="utf-8")
        named = set(re.findall(r"^#? +(NAPIER\w*):", text, re.MULTILINE))
        self.assertLessEqual(named, self.read)
        self.assertIn("junit: napier-report/report.junit.xml", text)


if __name__ == "__main__":
    unittest.main(verbosity=1)
