# Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
"""ctest asks every test of a GoogleTest executable, as suites (cmake/NapierSuites.cmake)."""
import os
import pathlib
import re
import subprocess
import tempfile
import unittest

SCRIPT = pathlib.Path(os.environ["NAPIER_SOURCE_DIR"]) / "cmake/NapierSuites.cmake"
# It lists and runs what the folder `suites` holds: a file a suite, a line "TEST OUTCOME" a test.
PROGRAM = r"""#!/bin/sh
cd "$(dirname "$0")/suites" || exit 2
if [ "$1" = --gtest_list_tests ]; then
  echo 'Running main() from ./googletest/src/gtest_main.cc'
  for suite in *; do
    echo "$suite."
    sed 's/\([^ ]*\) .*/  \1  # GetParam() = a;b [/' "$suite"
  done
  exit
fi
suite=${1#--gtest_filter=} suite=${suite%%.*} only=${1#*.}
awk -v only="$only" -v total="${GTEST_TOTAL_SHARDS:-1}" -v index_="${GTEST_SHARD_INDEX:-0}" '
  only != "*" && $1 != only { next }
  n++ % total != index_ { next }
  { print "[ RUN      ] " $1; count[$2]++; names[$2] = names[$2] sprintf("[  %s ] %s\n", $2, $1) }
  END {
    if (n == 0) print "[==========] 0 tests from 0 test suites ran."
    print "[  PASSED  ] " count["OK"] + 0 " tests."
    if (count["SKIPPED"]) printf "[  SKIPPED ] %d tests, listed below:\n%s", count["SKIPPED"],
                                 names["SKIPPED"]
    if (count["FAILED"]) printf "[  FAILED  ] %d tests, listed below:\n%s", count["FAILED"],
                                names["FAILED"]
    exit count["FAILED"] > 0
  }' "$suite"
"""


class Suites(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        (self.folder / "suites").mkdir()
        (self.folder / "program").write_text(PROGRAM)
        (self.folder / "program").chmod(0o755)
        (self.folder / "CTestTestfile.cmake").write_text(
            f'include("{SCRIPT}")\nnapier_suites(room "{self.folder}/program" 60)\n')

    def ctest(self, *arguments, **environment):
        env = {name: value for name, value in os.environ.items()
               if name not in ("NAPIER_LONG", "NAPIER_EACH_TEST")}
        run = subprocess.run(["ctest", *arguments], cwd=self.folder, env={**env, **environment},
                             capture_output=True, text=True, timeout=60)
        return run.returncode, run.stdout + run.stderr

    def suite(self, name, *tests):
        (self.folder / "suites" / name).write_text("".join(test + "\n" for test in tests))

    def outcomes(self, output):
        return dict(re.findall(r"Test +#\d+: (\S.*?) \.+[ *]*([A-Z][a-z]+)", output))

    def test_each_suite_is_a_test(self):
        self.suite("Good", "a OK", "b OK")
        self.suite("Bad", "a OK", "broken FAILED")
        self.suite("Partly", "a OK", "b SKIPPED")
        self.suite("Skipped", "a SKIPPED", "b SKIPPED")
        self.suite("BadAndSkipped", "a SKIPPED", "b FAILED")
        status, output = self.ctest("--output-on-failure")
        self.assertEqual(8, status, output)
        self.assertEqual({"room.Good": "Passed", "room.Bad": "Failed", "room.Partly": "Passed",
                          "room.Skipped": "Skipped", "room.BadAndSkipped": "Failed"},
                         self.outcomes(output), output)
        self.assertIn("[  FAILED ] broken", output)

    def test_a_large_suite_is_dealt_out_and_nothing_is_lost(self):
        self.suite("Large", *[f"t{i} OK" for i in range(70)])
        status, output = self.ctest("-V")
        self.assertEqual(0, status, output)
        self.assertEqual({f"room.Large, {hand} of 3" for hand in (1, 2, 3)},
                         set(self.outcomes(output)), output)
        self.assertEqual(sorted(f"t{i}" for i in range(70)),
                         sorted(re.findall(r"RUN +\] (\w+)", output)))

    def test_each_test_is_one_where_asked(self):
        self.suite("Good", "a OK", "b OK")
        for name in ["NAPIER_LONG", "NAPIER_EACH_TEST"]:
            _, output = self.ctest(**{name: "1"})
            self.assertEqual({"room.Good.a": "Passed", "room.Good.b": "Passed"},
                             self.outcomes(output), output)

    def test_what_runs_nothing_fails(self):
        self.suite("Good", "a OK")
        (self.folder / "program").write_text(PROGRAM.replace("suite=${suite%%.*}",
                                                                   "suite=/dev/null"))
        _, output = self.ctest()
        self.assertEqual({"room.Good": "Failed"}, self.outcomes(output), output)

    def test_a_program_without_tests_or_not_built_fails(self):
        for program in ["#!/bin/sh\n", "#!/bin/sh\nexit 1\n"]:
            (self.folder / "program").write_text(program)
            self.assertNotEqual(0, self.ctest()[0], program)
        (self.folder / "program").unlink()
        status, output = self.ctest()
        self.assertNotEqual(0, status, output)


if __name__ == "__main__":
    unittest.main(verbosity=1)
