# Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
"""A project that has this tree within its own gets targets, and nothing else of ours."""
import json
import os
import pathlib
import subprocess
import tempfile
import unittest

SOURCE = pathlib.Path(os.environ["NAPIER_SOURCE_DIR"])


class Embedding(unittest.TestCase):
    def check(self, *options):
        with tempfile.TemporaryDirectory() as folder:
            build = pathlib.Path(folder)
            run = subprocess.run(
                ["cmake", "-G", "Ninja", "-S", SOURCE / "tests/consumer/embedding", "-B", build,
                 f"-DNAPIER_TREE={SOURCE}", "-DCMAKE_EXPORT_COMPILE_COMMANDS=ON",
                 "-DCMAKE_BUILD_TYPE=Debug", *options], capture_output=True, text=True,
                timeout=500)
            self.assertEqual(0, run.returncode, run.stderr)
            self.assertNotIn("Warning", run.stderr)
            text = (build / "compile_commands.json").read_text(encoding="utf-8")
            commands = {entry["file"]: entry["command"] for entry in json.loads(text)}
            for mine in ["plain.cpp", "more_audits.cpp"]:
                command = commands[str(SOURCE / "tests/consumer/project" / mine)]
                for word in ["ccache", "-Wall", "-W", "-ffp-contract", "-UNDEBUG", "-fsanitize",
                             "-fvisibility", "-fno-", "-include", "-O2", "boost", "mpfr"]:
                    self.assertNotIn(word, command)
                self.assertIn(f"-I{SOURCE}/audit/embedded/include", command)
            ours = commands[str(SOURCE / "audit/campaign.cpp")]
            self.assertIn("-UNDEBUG", ours)  # contracts are kept in any build type
            self.assertFalse([file for file in commands if "/bench/" in file or
                              "/foreign/" in file or file.endswith("_test.cpp")])
            tests = subprocess.run(["ctest", "--test-dir", build, "-N"], capture_output=True,
                                   text=True, timeout=500).stdout
            self.assertIn("Total Tests: 1\n", tests)
            installs = "".join(path.read_text(encoding="utf-8")
                               for path in build.rglob("cmake_install.cmake"))
            self.assertIn("/mine\"", installs)
            self.assertNotIn("napier.h", installs)

    def test_no_test_launcher_flag_or_installed_file_of_ours_is_in_it(self):
        self.check()

    def test_nor_where_it_is_fetched(self):
        self.check("-DFETCHED=ON")


if __name__ == "__main__":
    unittest.main(verbosity=1)
