# Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
"""An installed Napier serves a project that has never seen this tree: a good exp is green, a
sabotaged one is red and told by its laws and arguments, and what makes no sense is a clear line."""

import os
import pathlib
import re
import subprocess
import tempfile
import unittest

SOURCE = pathlib.Path(os.environ["NAPIER_SOURCE_DIR"])
BUILD = pathlib.Path(os.environ["NAPIER_BINARY_DIR"])


def run(*command, **options):
    return subprocess.run([str(part) for part in command], capture_output=True, text=True,
                          timeout=500, stdin=subprocess.DEVNULL, **options)


class Installed(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.prefix = pathlib.Path(folder.name, "prefix")
        cls.project = pathlib.Path(folder.name, "project")
        cls.done(run("cmake", "--install", BUILD, "--prefix", cls.prefix))
        cls.done(run("cmake", "-G", "Ninja", "-S", SOURCE / "tests/consumer/project", "-B",
                     cls.project, f"-DCMAKE_PREFIX_PATH={cls.prefix}", "-DCMAKE_BUILD_TYPE=Debug",
                     f"-DCMAKE_CXX_COMPILER={os.environ['CXX']}"))
        cls.done(run("cmake", "--build", cls.project))

    @classmethod
    def done(cls, process):
        assert process.returncode == 0, process.stdout + process.stderr

    def audit(self, suite):
        return run(self.project / "audits", f"--gtest_filter={suite}.*")

    def test_a_good_function_is_green_and_every_property_is_a_test(self):
        for suite in ["Good", "Power", "Lambda"]:
            tests = self.audit(suite)
            self.assertEqual(0, tests.returncode, tests.stdout)
            for law in ["accuracy", "product", "tower", "returns"]:
                self.assertIn(f"[       OK ] {suite}.{law}", tests.stdout)

    def test_a_sabotaged_function_is_red_and_told_in_decimal_and_hex(self):
        tests = self.audit("Sabotaged")
        self.assertEqual(1, tests.returncode, tests.stdout)
        for law in ["accuracy", "product", "tower"]:
            self.assertRegex(tests.stdout, rf"\[  FAILED  \] Sabotaged\.{law}")
        self.assertIn("[       OK ] Sabotaged.returns", tests.stdout)
        self.assertRegex(tests.stdout,
                         r"worst: exp\(-?1\.\d+\): got [\d.]+, right is [\d.]+, off by")
        self.assertRegex(tests.stdout, r"exp\(-?0x1\.[0-9a-f]+p\+0\): got 0x1")

    def test_objects_of_one_type_are_functions_of_their_own(self):
        wrong = self.audit("ScaledWrong")
        self.assertEqual(1, wrong.returncode, wrong.stdout)
        self.assertIn("[  FAILED  ] ScaledWrong.accuracy", wrong.stdout)
        self.assertIn("audits.cpp:", wrong.stdout)
        self.assertNotIn("replay: napier", wrong.stdout)
        self.assertEqual(0, self.audit("ScaledRight").returncode)

    def test_what_is_not_claimed_is_skipped(self):
        tests = self.audit("Unclaimed")
        self.assertEqual(0, tests.returncode, tests.stdout)
        self.assertIn("[  SKIPPED ] Unclaimed.accuracy", tests.stdout)
        self.assertIn("[       OK ] Unclaimed.deterministic", tests.stdout)

    def test_what_makes_no_sense_is_a_clear_line(self):
        tests = self.audit("Misspelt")
        self.assertEqual(1, tests.returncode)
        self.assertIn("'one'", tests.stdout)
        self.assertEqual(["Misspelt.makes_sense"],
                         re.findall(r"^\[ RUN      \] (\S+)", tests.stdout, re.MULTILINE))
        self.assertIn("there is no function 'expp'", self.audit("Unknown").stdout)

    def test_sharding_runs_each_test_once(self):
        seen = []
        for shard in range(3):
            tests = run(self.project / "audits", "--gtest_filter=Lambda.*",
                        env={**os.environ, "GTEST_TOTAL_SHARDS": "3",
                             "GTEST_SHARD_INDEX": str(shard)})
            seen += re.findall(r"^\[ RUN      \] (\S+)", tests.stdout, re.MULTILINE)
        self.assertEqual(len(seen), len(set(seen)))
        self.assertIn("Lambda.accuracy", seen)

    def test_every_format_and_arrays_are_audited(self):
        for suite in ["Extended", "Half", "Brain", "Quad", "Array", "ArrayOfPowers"]:
            tests = self.audit(suite)
            self.assertEqual(0, tests.returncode, tests.stdout)
            self.assertIn(f"[       OK ] {suite}.accuracy", tests.stdout)
        odd = self.audit("OddArray")
        self.assertEqual(["OddArray.lanes"],
                         re.findall(r"(?m)^\[  FAILED  \] (OddArray\.\w+) \(", odd.stdout))

    def test_two_audits_of_one_name_are_an_error(self):
        again = self.audit("GoodAgain")
        self.assertEqual(1, again.returncode, again.stdout)
        self.assertRegex(again.stdout, r"two NAPIER_AUDIT are named Good, at .*audits\.cpp:\d+ and "
                                       r".*audits\.cpp:\d+: rename one of them")

    def test_other_programs_audit_too(self):
        for name in ["from_c", "plain", "rapid"]:
            if name == "rapid" and not (self.project / name).exists():
                continue
            program = run(self.project / name)
            self.assertEqual(0, program.returncode, name + program.stdout + program.stderr)

    def test_the_python_module_finds_the_library_beside_it(self):
        (module,) = self.prefix.rglob("napier.py")
        python = run("/usr/bin/python3", "-c", "import math, napier; "
                     "print(napier.audit(math.exp, claim='ulp <= 1', cases=1000).verdict)",
                     env={"PYTHONPATH": str(module.parent), "PATH": os.environ["PATH"]})
        self.assertEqual("stands\n", python.stdout, python.stderr)

    def test_the_installed_command_works_from_its_new_place(self):
        audit = run(self.prefix / "bin/napier", "audit", "libm/exp:binary64", "--effort", "quick",
                    "--property", "accuracy")
        self.assertEqual(0, audit.returncode, audit.stdout + audit.stderr)

    def test_only_the_api_is_exported(self):
        (library,) = self.prefix.rglob("libnapier.so")
        symbols = run(os.environ["NM"], "-D", "--defined-only", library).stdout.split("\n")
        names = {line.split()[-1].split("@")[0] for line in symbols if line}
        self.assertTrue(names)
        self.assertEqual([], [name for name in names if not name.lower().startswith("napier_")])

    def test_no_flag_of_ours_reaches_a_consumer(self):
        (targets,) = self.prefix.rglob("napier-targets.cmake")
        text = targets.read_text(encoding="utf-8")
        for word in ["-W", "-ffp-contract", "-fsanitize", "-UNDEBUG", str(SOURCE)]:
            self.assertNotIn(word, text)


if __name__ == "__main__":
    unittest.main()
