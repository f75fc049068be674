# Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
"""What was refuted is put on record where that is asked for, sorted and once, and later audits in
that folder ask it again, however few cases they draw."""

import json
import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest

CODE = r"""
#include <math.h>
/* Wrong where every audit looks, and at one argument that no short one draws. */
double my_exp(double x) { return x == 0x1.2345678p+3 || (x > 1 && x < 1.5) ? 2 : exp(x); }
"""


class Failures(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="napier-failures-"))
        self.file = self.folder / ".napier/failures.txt"
        (self.folder / "my.c").write_text(CODE, encoding="utf-8")
        subprocess.run(["cc", "-O2", "-fno-builtin", "-shared", "-fPIC", "-o", "libmy.so", "my.c",
                        "-lm"], cwd=self.folder, check=True)

    def tearDown(self):
        shutil.rmtree(self.folder)

    def audit(self, *options):
        done = subprocess.run([os.environ["NAPIER"], "audit", "so:./libmy.so#my_exp", "--function",
                               "exp", "--format", "binary64", "--max-ulp", "1", "--property",
                               "accuracy", "--cases", "200", "--json", "-", *options],
                              cwd=self.folder, capture_output=True, text=True, check=False)
        return done, json.loads(done.stdout) if done.stdout else None

    def line(self, inputs):
        return "\t".join(["so:./libmy.so#my_exp", "exp:binary64", "accuracy", "nearest", inputs])

    def test_writes_only_where_it_is_asked_to(self):
        self.audit()
        self.assertFalse(self.file.exists())
        done, report = self.audit("--record")
        self.assertEqual(1, done.returncode, done.stderr)
        text = self.file.read_text(encoding="utf-8")
        lines = text.splitlines()[1:]
        self.assertEqual(sorted(set(lines)), lines)
        self.assertIn(self.line("0x1.4p+0") + "\t# got 0x1p+1, right is 0x1.bec38edb0fafp+1", lines)
        self.audit("--record")
        self.assertEqual(text, self.file.read_text(encoding="utf-8"))

    def test_asks_again_what_no_draw_would(self):
        self.file.parent.mkdir()
        hard = self.line("0x1.2345678p+3")
        self.file.write_text(hard + "\n", encoding="utf-8")
        done, report = self.audit("--record")
        self.assertEqual(1, done.returncode)
        notes = " ".join(report["provenance"]["notes"])
        self.assertIn("1 case on record as refuted before was asked again", notes)
        rows = [row for row in report["targets"][0]["measurements"]
                if row["domain"] == "what was refuted before"]
        self.assertEqual([1], [row["cases"] for row in rows])
        self.assertEqual([1], [row["refuted"] for row in rows])
        self.assertIn(hard, self.file.read_text(encoding="utf-8"))

    def test_of_others_it_asks_nothing(self):
        self.file.parent.mkdir()
        self.file.write_text(self.line("0x1p+0").replace("my_exp", "other") + "\n"
                             + self.line("0x1p+0,0x1p+0") + "\n", encoding="utf-8")
        _, report = self.audit()
        self.assertFalse([row for row in report["targets"][0]["measurements"]
                          if row["domain"] == "what was refuted before"])

    def test_a_line_that_is_none_is_told_with_its_place(self):
        self.file.parent.mkdir()
        for line, told in [("nonsense", "with tabs between"),
                           (self.line("0x1p+0").replace("accuracy", "speed"), "named 'speed'"),
                           (self.line("0x1p+0").replace("nearest", "away"), "named 'away'"),
                           (self.line("one"), "'one'")]:
            self.file.write_text("# a comment\n" + line + "\n", encoding="utf-8")
            done, _ = self.audit()
            self.assertEqual(2, done.returncode, line)
            self.assertIn(".napier/failures.txt:2: ", done.stderr)
            self.assertIn(told, done.stderr)
            self.assertEqual(1, done.stderr.count("\n"))


if __name__ == "__main__":
    unittest.main()
