# Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
"""A replay line is pasted into a shell: it runs napier on that very target, and nothing else."""
import json
import os
import shutil
import subprocess
import tempfile
import unittest

NAPIER = os.environ["NAPIER"]
FIXTURES = os.path.join(os.environ["NAPIER_BINARY_DIR"], "fixtures")
SHELLS = [path for path in ["/bin/sh", "/bin/bash"] if os.path.exists(path)]
CLAIM = ["--function", "exp", "--format", "binary64", "--max-ulp", "1"]
QUICK = ["--effort", "quick", "--property", "special_values,product,zeroth_power"]

# Names that a shell would take for something else, as bytes.
HOSTILE = [b"it's", b"'; touch marked; '", b"$(touch marked)", b"`touch marked`",
           b"a b\tc", b"a\nb", b"\"; touch marked; \"", b"-n", b"%s\\101", b"a#b", b"\\x41",
           b"\xc3\xa9", b"\xc3", b"\xff'\xfe$(touch marked)", b"\x1b[31m", b"\xe2\x80\xaedesrever"]


class ReplayLine(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = os.fsencode(folder.name)
        os.symlink(NAPIER, os.path.join(folder.name, "napier"))
        self.before = set(os.listdir(self.folder))

    def audit(self, target, *options):
        run = subprocess.run([NAPIER, "audit", target, *options, "--json", "-"],
                             capture_output=True, cwd=self.folder, stdin=subprocess.DEVNULL,
                             timeout=300)
        # On a busy machine it may say on stderr what the calls will cost.
        self.assertEqual(1, run.returncode, run)
        return run.stdout

    def paste(self, line, shell):
        return subprocess.run([shell, "-c", line], capture_output=True, cwd=self.folder,
                              stdin=subprocess.DEVNULL, timeout=300,
                              env={**os.environ, "PATH": os.fsdecode(self.folder) + ":" +
                                   os.environ["PATH"]})

    def assert_replays(self, findings, head):
        for finding in findings:
            line = finding["replay"]
            self.assertTrue(line.isprintable(), repr(line))
            for shell in SHELLS:
                run = self.paste(line, shell)
                self.assertEqual((1, b""), (run.returncode, run.stderr), line)
                self.assertIn(head, run.stdout)
                self.assertIn(b"REFUTED", run.stdout)

    def test_of_a_path_that_a_shell_would_run(self):
        for name in HOSTILE:
            with self.subTest(name=name):
                path = os.path.join(self.folder, name + b".so")
                shutil.copy(os.path.join(FIXTURES, "libisolation_behaviours.so"), path)
                text = self.audit(b"so:./" + name + b".so#halve", *CLAIM, *QUICK)
                findings = json.loads(text)["targets"][0]["findings"]
                self.assertGreater(len(findings), 0)
                self.assert_replays(findings, b"#halve")
                report = os.path.join(self.folder, b"report.json")
                with open(report, "wb") as file:
                    file.write(text)
                for number in range(1, len(findings) + 1):
                    run = subprocess.run([NAPIER, "replay", report + b"#%d" % number],
                                         capture_output=True, cwd=self.folder, timeout=300)
                    self.assertEqual((1, b""), (run.returncode, run.stderr))
                os.remove(report)
                os.remove(path)
                self.assertEqual(self.before, set(os.listdir(self.folder)), "it ran a command")

    def test_of_what_loading_does(self):
        source = os.path.join(os.fsdecode(self.folder), "fast.c")
        with open(source, "w") as file:
            file.write("#include <fenv.h>\n#include <math.h>\n"
                       "__attribute__((constructor)) static void set(void)"
                       " { fesetround(FE_UPWARD); }\n"
                       "double my_exp(double x) { return exp(x); }\n")
        subprocess.run([os.environ.get("CC", "cc"), "-shared", "-fPIC", "-o", "fast.so", "fast.c",
                        "-lm"], cwd=self.folder, check=True)
        text = self.audit("so:./fast.so#my_exp", *CLAIM[:4], *QUICK)
        findings = json.loads(text)["targets"][0]["findings"]
        self.assertEqual(["environment"], [f["property"] for f in findings])
        self.assert_replays(findings, b"fast.so#my_exp")


if __name__ == "__main__":
    unittest.main(verbosity=1)
