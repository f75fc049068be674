# Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
"""What --help shows works as it stands there; the manual and the completions say the same."""
import glob
import json
import os
import pathlib
import re
import shlex
import shutil
import subprocess
import tempfile
import unittest

from command_line import napier

CLI = pathlib.Path(os.environ["NAPIER_SOURCE_DIR"], "docs/cli.md")
SOURCE = "#include <math.h>\ndouble my_exp(double x) { return exp(x); }\n"
SLOW = ("#include <unistd.h>\n"
        "double slow_exp(double x) { usleep(1000); return exp(x); }\n")
WRONG = "double wrong_exp(double x) { return x > 1 ? 2 * exp(x) : exp(x); }\n"


def commands():
    listed = napier("--help").stdout.split("Subcommands:")[1]
    return re.findall(r"^  (\w+) ", listed, re.MULTILINE)


class Help(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        temporary = tempfile.TemporaryDirectory()
        cls.addClassCleanup(temporary.cleanup)
        cls.folder = temporary.name
        with open(os.path.join(cls.folder, "mine.c"), "w", encoding="utf-8") as file:
            file.write(SOURCE + WRONG + SLOW)
        subprocess.run([os.environ.get("CC", "cc"), "-O1", "-fno-builtin", "-shared", "-fPIC",
                        "-o", "libmine.so", "mine.c", "-lm"], check=True, cwd=cls.folder)
        wrong = napier("audit", "so:./libmine.so#wrong_exp", "--function", "exp", "--format",
                       "binary64", "--max-ulp", "1", "--cases", "500", "--out", "report",
                       cwd=cls.folder)
        assert wrong.returncode == 1, wrong
        shutil.copy(os.path.join(cls.folder, "report/report.json"),
                    os.path.join(cls.folder, "base.json"))

    def examples(self, command):
        text = re.sub(r"\\\n *", "", napier(command, "--help").stdout)  # lines that go on
        found = re.findall(r"^  (napier .*)$", text.split("Example")[1], re.MULTILINE)
        self.assertTrue(found, text)
        return found

    def test_every_example_of_every_command_runs(self):
        napier("audit", "libm/exp:binary32", "--cases", "1000", "--shard", "0/1", "--out", "shards",
               cwd=self.folder)
        for command in sorted(commands(), key=lambda name: name == "audit"):  # which writes report
            for example in self.examples(command):
                words = shlex.split(example)
                self.assertEqual(command, words[1])
                words = [found for word in words
                         for found in glob.glob(word, root_dir=self.folder) or [word]]
                run = napier(*words[1:], cwd=self.folder)
                self.assertIn(run.returncode, [0, 1], (example, run.stderr))
                self.assertTrue(run.stdout, example)

    def test_properties_are_asked_by_the_names_and_numbers_that_are_shown(self):
        text = napier("audit", "--help").stdout.split("Properties")[1].split("Claims:")[0]
        rows = re.findall(r"^  (\d\.\d)? +(\w+) ", text, re.MULTILINE)
        names = [name for _, name in rows]
        self.assertEqual(sorted(set(names)), sorted(names))
        self.assertLessEqual({"accuracy", "returns", "log_slope"}, set(names))
        self.assertEqual([f"1.{i}" for i in range(1, 7)], [number for number, _ in rows if number])
        digests = [json.loads(napier("audit", "libm/exp:binary64", "--cases", "1000", "--property",
                                     one, "--json", "-").stdout)["digest"]
                   for one in ["1.1", "product", "1.2"]]
        self.assertEqual(digests[0], digests[1])
        self.assertNotEqual(digests[0], digests[2])
        run = napier("replay", "libm/exp:binary64", "--property", "1.1", "--at=1,2")
        self.assertEqual(0, run.returncode, run.stderr)
        self.assertEqual(2, napier("audit", "libm/exp:binary64", "--property", "1.7").returncode)

    def test_an_unknown_option_is_told_the_nearest_or_its_command(self):
        for words, says in [(["audit", "libm/exp", "--effrot", "quick"], "nearest: --effort"),
                            (["audit", "libm/exp", "--effrot=quick"], "--effrot is not known"),
                            (["replay", "libm/exp:binary64", "--effort", "quick"],
                             "--effort is not known here; it is an option of audit"),
                            (["compare", "a", "b", "c"], "c is not known here"),
                            (["adit"], "there is no command 'adit': audit, list"),
                            (["manual", "pdf"], "man, markdown, bash, zsh or fish")]:
            run = napier(*words)
            self.assertEqual((2, "", 1), (run.returncode, run.stdout, run.stderr.count("\n")))
            self.assertIn(says, run.stderr)

    def test_what_makes_no_sense_is_an_error_of_one_line(self):
        exp = ["audit", "so:./libmine.so#my_exp", "--function", "exp", "--format", "binary64",
               "--cases", "500"]
        for words, says in [(exp + ["--out", ""], "--out: the name is empty"),
                            (exp + ["--json", ""], "--json: the name is empty"),
                            (exp + ["--seed", "1", "--seed", "2"], "--seed is given 2 times"),
                            (exp + ["--quiet", "--monotone", "--monotone"],
                             "--monotone is given 2 times: give it once"),
                            (exp + ["--claim", "ulp <= 1 on y in [0, 1]"], "exp has one argument"),
                            (exp + ["--domain", "y=0,1"], "exp has one argument"),
                            (exp + ["--claim", "exact on integers"], "is for exp2, exp10"),
                            (exp + ["--claim", "ulp <= 1e400"], "'1e400' is no number of ulps"),
                            (exp + ["--max-ulp", "1" + "0" * 30], "write a smaller one"),
                            (exp + ["--threads", "0"], "'0' is not a whole number from 1"),
                            (exp + ["--shard", "2/2"], "I from 0 to N-1"),
                            (exp + ["--property", "1.7"], "no property is named '1.7'"),
                            (exp + ["--env", "LANG"], "'LANG' sets no variable: write NAME=VALUE"),
                            (exp + ["--env", "=C"], "'=C' sets no variable"),
                            (["replay", "libm/exp:binary64"], "is a target: add --property"),
                            (["replay", "so:./libmine.so#my_exp"], "is a target: add --property"),
                            (["replay", "report/none.json"], "cannot read report/none.json")]:
            run = napier(*words, cwd=self.folder)
            self.assertEqual((2, "", 1), (run.returncode, run.stdout, run.stderr.count("\n")),
                             (words, run.stderr))
            self.assertIn(says, run.stderr)

    def test_the_units_of_all_numbers_are_told(self):
        text = napier("audit", "--help").stdout.split("Units: ")[1]
        for unit in ["ulp", "second", "case", "thread"]:
            self.assertIn(unit, text)

    def test_a_folder_for_json_is_not_made_up(self):
        run = napier("audit", "libm/exp:binary64", "--json", "none/report.json", cwd=self.folder)
        self.assertEqual((2, ""), (run.returncode, run.stdout))
        self.assertIn("there is no folder none", run.stderr)
        self.assertFalse(os.path.exists(os.path.join(self.folder, "none")))

    def test_time_that_is_up_leaves_a_partial_report(self):
        for symbol, status in [("my_exp", 3), ("wrong_exp", 1)]:
            run = napier("audit", f"so:./libmine.so#{symbol}", "--function", "exp", "--format",
                         "binary64", "--max-ulp", "1", "--effort", "deep", "--max-seconds", "1.5",
                         "--out", symbol, cwd=self.folder)
            self.assertEqual(status, run.returncode, run.stdout)
            self.assertIn("the 1.5 seconds were up", run.stderr)
            self.assertIn("PARTIAL: the time was up", run.stdout)
            path = pathlib.Path(self.folder, symbol, "report.json")
            report = json.loads(path.read_text(encoding="utf-8"))
            self.assertIs(report["out_of_time"], True)
            self.assertIn("PARTIAL: the time was up", napier("report", path).stdout)
        for bad in ["0", "-1", "inf", "nan", "soon", "1s"]:
            run = napier("audit", "libm/exp:binary64", f"--max-seconds={bad}")
            self.assertEqual((2, 1), (run.returncode, run.stderr.count("\n")), run.stderr)
            self.assertIn(f"'{bad}' is no number of seconds", run.stderr)
        run = napier("audit", "libm/exp:binary64", "--cases", "100", "--max-seconds", "1e300")
        self.assertEqual(0, run.returncode, run.stderr)

    def test_a_target_that_takes_long_is_told_of_in_a_log(self):
        slow = ["audit", "so:./libmine.so#slow_exp", "--function", "exp", "--format", "binary64",
                "--cases", "8000", "--max-seconds", "22"]
        run = napier(*slow, cwd=self.folder)
        self.assertIn("napier: still at so:./libmine.so#slow_exp: product, for 2", run.stderr)

    def test_the_version_tells_what_it_is_made_of(self):
        short = napier("--version").stdout
        self.assertRegex(short, r"\Anapier \d+\.\d+\.\d+ \([^)]+\)\n\Z")
        for flag in ["-v", "--verbose"]:
            text = napier("--version", flag).stdout
            self.assertTrue(text.startswith(short))
            for row in ["compiler", "flags", "machine", "libm", "oracle", "packages"]:
                self.assertRegex(text, rf"(?m)^{row} +\S")
            self.assertRegex(text, r"Boost 1\.\d+, MPFI [\d.]+, MPFR [\d.]+.*, GMP [\d.]+")


class Manual(unittest.TestCase):
    def options(self, command):
        return set(re.findall(r"(--[a-z][a-z-]*)", "\n".join(
            line[:28] for line in napier(command, "--help").stdout.split("Example")[0].splitlines()
            if line.startswith("  -")))) - {"--help"}

    def test_the_page_of_the_docs_is_this_programs(self):
        written = napier("manual", "markdown").stdout
        if os.environ.get("NAPIER_APPROVE"):
            CLI.write_text(written, encoding="utf-8")
        self.assertEqual(CLI.read_text(encoding="utf-8"), written,
                         "NAPIER_APPROVE=1 ctest -R help_test writes docs/cli.md")

    def test_every_form_has_every_command_and_option(self):
        for form in ["man", "bash", "zsh", "fish"]:
            text = napier("manual", form).stdout.replace("\\-", "-")
            for command in commands():
                self.assertIn(command, text)
                for option in self.options(command):
                    self.assertIn(f"-l {option[2:]}" if form == "fish" else option, text)

    def completed(self, *words):
        script = (napier("manual", "bash").stdout + "COMP_WORDS=(" + shlex.join(words) +
                  f"); COMP_CWORD={len(words) - 1}; _napier; printf '%s\\n' \"${{COMPREPLY[@]}}\"")
        run = subprocess.run(["bash", "-c", script], capture_output=True, text=True, timeout=60)
        self.assertEqual("", run.stderr)
        return run.stdout.split()

    def test_bash_completes_commands_options_and_values(self):
        self.assertEqual(["audit"], self.completed("napier", "au"))
        self.assertEqual(["--effort"], self.completed("napier", "audit", "--ef"))
        self.assertEqual(["deep"], self.completed("napier", "audit", "x", "--effort", "d"))
        self.assertEqual(["tower"], self.completed("napier", "audit", "--property", "to"))
        self.assertEqual(["bfloat16"], self.completed("napier", "list", "--format", "bf"))

    def test_the_other_shells_and_man_read_it(self):
        checks = {"zsh": ["zsh", "-n"], "fish": ["fish", "--no-execute"],
                  "man": ["groff", "-Kutf8", "-man", "-Tutf8", "-ww", "-z"]}
        for form, command in checks.items():
            if shutil.which(command[0]) is None:
                continue
            with tempfile.NamedTemporaryFile("w", suffix="." + form) as file:
                file.write(napier("manual", form).stdout)
                file.flush()
                run = subprocess.run([*command, file.name], capture_output=True, text=True)
                self.assertEqual((0, ""), (run.returncode, run.stderr), form)


if __name__ == "__main__":
    unittest.main(verbosity=1)
