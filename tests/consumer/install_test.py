# Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
"""An installed Napier serves a project that has never seen this tree: a good exp is green, a
sabotaged one is red and told by its laws and arguments, and what makes no sense is a clear line."""

import html
import os
import pathlib
import re
import resource
import shutil
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
        for suite in ["Good", "Power", "Lambda", "BaseThree"]:
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

    def test_its_failure_names_the_law_the_cause_and_how_to_see_it_again(self):
        tests = run(self.project / "audits", "--gtest_filter=Sabotaged.product:Sabotaged.accuracy",
                    f"--gtest_output=xml:{self.project}/junit.xml")
        junit = (self.project / "junit.xml").read_text(encoding="utf-8")
        for text in [tests.stdout, html.unescape(junit)]:
            self.assertIn("law 1.1 product breaks the claim", text)
            self.assertRegex(text, r"likely cause: one binade: (\d+) of \1 calls are off")
            self.assertRegex(text, r"worst: exp\(-?1\.\d+\) gave")
            self.assertRegex(text, r"  exp\(-?0x1\.[0-9a-f]+p\+0\) gave 0x1")
        lines = re.findall(r"(?m)^replay: (.*)$", tests.stdout)
        self.assertEqual(2, len(lines), tests.stdout)
        for line in lines:  # as a user would paste it
            again = run("sh", "-c", line)
            self.assertEqual(1, again.returncode, again.stdout)
            self.assertRegex(again.stdout, r"got +[\d.]+ \(0x1(.|\n)*right +[\d.]+ \(0x1(.|\n)*"
                                           r"Distances from the true value(.|\n)*REFUTED")
            self.assertEqual(1, again.stdout.count("[ RUN "))
        stands = run("sh", "-c", re.sub(r"(accuracy nearest) [^']+", r"\1 0x1p+3", lines[1]))
        self.assertEqual(0, stands.returncode, stands.stdout)
        self.assertRegex(stands.stdout, r"exp\(8\)\n +got +2980\.[\d.]+ (.|\n)*CONSISTENT")
        nonsense = run("sh", "-c", lines[0].replace(" nearest ", " sideways "))
        self.assertIn("no rounding 'sideways'", nonsense.stdout)

    def test_ctest_of_the_project_tells_all_that(self):
        good = run("ctest", "--test-dir", self.project, "-R", r"^Good\.(accuracy|product)$")
        self.assertIn("100% tests passed, 0 tests failed out of 2", good.stdout)
        wrong = run("ctest", "--test-dir", self.project, "-R", r"^Sabotaged\.tower$",
                    "--output-on-failure")
        self.assertNotEqual(0, wrong.returncode)
        self.assertIn("law 1.4 tower breaks the claim", wrong.stdout)
        self.assertIn("likely cause: ", wrong.stdout)

    def test_a_base_is_one_that_has_powers(self):
        self.assertEqual(1, self.audit("BaseWrong").returncode)
        for suite, words in [("BaseOne", "has no power but 1"),
                             ("BaseNegative", "has no real power at every exponent"),
                             ("BaseOfNoFloat", "0x1.999999999999ap-4")]:
            tests = self.audit(suite)
            self.assertEqual(1, tests.returncode, tests.stdout)
            self.assertEqual([f"{suite}.makes_sense"],
                             re.findall(r"^\[ RUN      \] (\S+)", tests.stdout, re.MULTILINE))
            self.assertIn(words, tests.stdout)

    def test_a_derivative_is_judged_by_its_own_claim_and_beside_its_value(self):
        tests = self.audit("Pair")
        failed = set(re.findall(r"(?m)^\[  FAILED  \] Pair\.(\w+) \(", tests.stdout))
        self.assertLessEqual({"derivative_accuracy", "derivative_overflow"}, failed)
        self.assertEqual([], [name for name in failed if not name.startswith("derivative_")])
        self.assertRegex(tests.stdout, r"worst: d_expm1\(-[\d.]+\): got")
        self.assertIn("RUN      ] Pair.derivative_own_slope", tests.stdout)
        for suite in ["PairInAStruct", "PairByPointer", "PairOfFunctions", "HalfAndSlope",
                      "BrainAndSlope", "QuadAndSlope"]:
            good = self.audit(suite)
            self.assertEqual(0, good.returncode, good.stdout)
            for name in ["accuracy", "derivative_accuracy", "derivative_returns"]:
                self.assertIn(f"[       OK ] {suite}.{name}", good.stdout)
        quad = self.audit("QuadAndWrongSlope").stdout
        self.assertIn("[  FAILED  ] QuadAndWrongSlope.derivative_accuracy", quad)
        self.assertIn("[       OK ] QuadAndWrongSlope.accuracy", quad)
        self.assertRegex(self.audit("PairOfFunctions").stdout,
                         r"OK \] PairOfFunctions.derivative_slope")
        self.assertIn("gives no derivative", self.audit("NoPair").stdout)

    def test_what_takes_over_a_minute_is_foretold(self):
        slow = run(self.project / "audits", "--gtest_filter=Slow.accuracy")
        self.assertRegex(slow.stderr, r"^napier: Slow: a call takes 1(\.\d)? ms, all of them some "
                                      r"\d+ (minutes|hours)\n$")
        self.assertIn("interrupted before all of it was tried", slow.stdout)

    def test_objects_of_one_type_are_functions_of_their_own(self):
        wrong = self.audit("ScaledWrong")
        self.assertEqual(1, wrong.returncode, wrong.stdout)
        self.assertIn("[  FAILED  ] ScaledWrong.accuracy", wrong.stdout)
        self.assertIn("audits.cpp:", wrong.stdout)
        self.assertNotIn("replay: napier", wrong.stdout)
        self.assertEqual(0, self.audit("ScaledRight").returncode)

    def test_what_claims_nothing_is_no_success(self):
        tests = self.audit("Unclaimed")
        self.assertEqual(1, tests.returncode, tests.stdout)
        self.assertEqual(["claims_something"], re.findall(
            r"(?m)^\[  FAILED  \] Unclaimed\.(\w+) \(", tests.stdout))
        self.assertIn("measured_only()", tests.stdout)
        meant = self.audit("MeasuredOnly")
        self.assertEqual(0, meant.returncode, meant.stdout)
        self.assertIn("[  SKIPPED ] MeasuredOnly.accuracy", meant.stdout)
        self.assertIn("[       OK ] MeasuredOnly.deterministic", meant.stdout)
        self.assertIn("leave one out", self.audit("Contradiction").stdout)
        sample = self.audit("OfAllErrors")
        self.assertIn("not judged, this is a sample: mean ulp <= 9", sample.stdout)

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

    def test_a_case_of_any_program_is_named_in_the_environment(self):
        again = run(self.project / "plain",
                    env={**os.environ, "NAPIER_REPLAY": "good accuracy nearest 0x1p+0"})
        self.assertRegex(again.stdout, r"^good accuracy at 0x1p\+0(.|\n)*CONSISTENT")

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
        """Programs were linked with these: a name that goes takes a new SOVERSION."""
        (library,) = self.prefix.rglob("libnapier.so")
        symbols = run(os.environ["NM"], "-D", "--defined-only", library).stdout.splitlines()
        names = {line.split()[-1] for line in symbols} - {"NAPIER_1"}
        self.assertEqual(sorted(f"napier_{name}@@NAPIER_1" for name in """audit audit_arrays
            check_at check_count free makes_sense point promises_something property property_of
            replay replay_arrays status stratum text verdict version""".split()), sorted(names))

    @unittest.skipIf(shutil.which("pkg-config") is None, "no pkg-config here")
    def test_pkg_config_finds_it(self):
        (folder,) = {path.parent for path in self.prefix.rglob("napier.pc")}
        environment = {**os.environ, "PKG_CONFIG_PATH": str(folder)}
        words = run("pkg-config", "--cflags", "--libs", "napier", env=environment).stdout.split()
        program = self.project / "by_pkg_config"
        libraries = folder.parent
        self.done(run(os.environ["CXX"], "-std=c++20", SOURCE / "tests/consumer/project/plain.cpp",
                      "-o", program, *words, f"-Wl,-rpath,{libraries}"))
        self.done(run(program))
        version = run("pkg-config", "--modversion", "napier", env=environment).stdout.strip()
        self.assertEqual(version, run(self.prefix / "bin/napier", "--version").stdout.split()[1])

    def test_how_long_the_header_takes_to_compile(self):
        """Shown, and not judged: a time is the machine's, too."""
        include = self.prefix / "include"

        def seconds(header):
            before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
            self.done(run(os.environ["CXX"], "-std=c++17", "-fsyntax-only", "-x", "c++", "-I",
                          include, "-include", header, os.devnull))
            return resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before
        print(f"napier/gtest.hpp compiles in {seconds('napier/gtest.hpp'):.2f} s, of which "
              f"gtest/gtest.h takes {seconds('gtest/gtest.h'):.2f} s")

    def test_headers_warn_of_nothing(self):
        self.done(run(os.environ["CXX"], "-std=c++17", "-fsyntax-only", "-Wall", "-Wextra",
                      "-Wpedantic", "-Wshadow", "-Wconversion", "-Werror", "-I",
                      self.prefix / "include", SOURCE / "tests/consumer/project/audits.cpp"))

    def test_no_flag_of_ours_reaches_a_consumer(self):
        (targets,) = self.prefix.rglob("napier-targets.cmake")
        text = targets.read_text(encoding="utf-8")
        for word in ["-W", "-ffp-contract", "-fsanitize", "-UNDEBUG", str(SOURCE)]:
            self.assertNotIn(word, text)


if __name__ == "__main__":
    unittest.main()
