# Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
"""Tables of results: written by the command, compared by claims, of the command line and of
manifests, and replayed from another folder."""

import json
import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest

CODE = """
#include <math.h>
double my_exp(double x) { return exp(x); }
double another(double x) { return x > 2 ? nextafter(exp(x), 0) : exp(x); }
"""
TARGET = ["--function", "exp", "--format", "binary64"]


class Record(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="napier-record-"))
        (self.folder / "my.c").write_text(CODE, encoding="utf-8")
        subprocess.run(["cc", "-O2", "-fno-builtin", "-shared", "-fPIC", "-o", "libmy.so", "my.c",
                        "-lm"], cwd=self.folder, check=True)

    def tearDown(self):
        shutil.rmtree(self.folder)

    def napier(self, *words, folder=None):
        return subprocess.run([os.environ["NAPIER"], *words], cwd=folder or self.folder,
                              capture_output=True, text=True, check=False)

    def record(self, symbol, *options):
        return self.napier("record", f"so:./libmy.so#{symbol}", *TARGET, "--out", "exp.table",
                           *options)

    def audit(self, symbol, *options, cases=4000):
        return self.napier("audit", f"so:./libmy.so#{symbol}", *TARGET, "--cases", str(cases),
                           "--property", "equals", "--claim", "equals table:exp.table", *options)

    def test_is_equalled_by_itself_and_not_by_another(self):
        done = self.record("my_exp", "--cases", "2000", "--rounding", "all")
        self.assertEqual(0, done.returncode, done.stderr)
        self.assertIn("exp.table has the results of so:./libmy.so#my_exp on ", done.stdout)
        same = self.audit("my_exp")
        self.assertEqual(0, same.returncode, same.stdout + same.stderr)
        self.assertIn("table:exp.table has the results of", same.stdout)
        other = self.audit("another", "--out", "report")
        self.assertEqual(1, other.returncode, other.stdout + other.stderr)
        report = json.loads((self.folder / "report/report.json").read_text(encoding="utf-8"))
        rows = report["targets"][0]["measurements"]
        self.assertEqual({"nearest", "up", "down", "zero"},
                         {row["rounding"] for row in rows if row["property"] == "equals"})
        # Relative paths of a report are looked for from its folder, and from those above.
        elsewhere = self.folder / "elsewhere"
        elsewhere.mkdir()
        again = self.napier("replay", "../report/report.json#1", folder=elsewhere)
        self.assertEqual(1, again.returncode, again.stdout + again.stderr)
        line = report["targets"][0]["findings"][0]["replay"]
        self.assertIn("equals table:exp.table", line)
        replayed = subprocess.run(line.replace("napier", os.environ["NAPIER"], 1), shell=True,
                                  cwd=self.folder, capture_output=True, text=True, check=False)
        self.assertEqual(1, replayed.returncode, replayed.stdout + replayed.stderr)

    def test_says_how_much_of_it_was_compared(self):
        self.assertEqual(0, self.record("my_exp", "--cases", "2000").returncode)
        self.assertNotIn("recorded calls", self.audit("my_exp").stdout)
        part = self.audit("my_exp", cases=100).stdout
        self.assertRegex(part, r"Of the [\d,]+ recorded calls 100 were\s+compared")

    def shard(self, number):
        return self.napier("audit", "so:./libmy.so#my_exp", *TARGET, "--cases", "3000",
                           "--property", "equals", "--claim", "equals table:exp.table",
                           "--shard", f"{number}/2", "--out", "shards")

    def test_belongs_to_the_audit_of_all_shards(self):
        refused = self.shard(0)
        self.assertEqual(2, refused.returncode, refused.stdout + refused.stderr)
        self.assertFalse((self.folder / "shards/shard-0-of-2.napier").exists())
        self.assertEqual(0, self.record("my_exp", "--cases", "2000").returncode)
        for number in range(2):
            done = self.shard(number)
            self.assertEqual(0, done.returncode, done.stdout + done.stderr)
        merge = ["merge", "shards/shard-0-of-2.napier", "shards/shard-1-of-2.napier", "--out", "-",
                 "--quiet"]
        merged = self.napier(*merge)
        self.assertEqual(0, merged.returncode, merged.stdout[-300:] + merged.stderr)
        alone = self.audit("my_exp", "--json", "-", "--quiet", cases=3000)
        self.assertEqual(alone.stdout, merged.stdout)
        self.assertEqual(0, self.record("another", "--cases", "2000").returncode)
        other = self.napier(*merge)
        self.assertEqual(2, other.returncode, other.stdout[-300:] + other.stderr)
        self.assertIn("table:exp.table", other.stderr)

    def test_is_looked_for_from_the_manifests_folder(self):
        self.assertEqual(0, self.record("my_exp", "--cases", "500").returncode)
        (self.folder / "my.toml").write_text("""[[target]]
target = "so:./libmy.so#my_exp"
function = "exp"
format = "binary64"
claim = "equals table:exp.table"
""", encoding="utf-8")
        elsewhere = self.folder / "elsewhere"
        elsewhere.mkdir()
        done = self.napier("audit", "../my.toml", "--cases", "1000", "--property", "equals",
                           folder=elsewhere)
        self.assertEqual(0, done.returncode, done.stdout + done.stderr)
        self.assertIn("table:../exp.table has the results of", done.stdout)

    def test_a_file_that_is_no_table_is_one_line(self):
        self.assertEqual(0, self.record("my_exp", "--cases", "500").returncode)
        good = (self.folder / "exp.table").read_text(encoding="utf-8")
        for text, words in [("", "is empty"), ("hello\n", "is no table of results"),
                            (good[:-100], "is damaged or cut off")]:
            (self.folder / "exp.table").write_text(text, encoding="utf-8")
            done = self.audit("my_exp")
            self.assertEqual(2, done.returncode, done.stdout + done.stderr)
            told = [line for line in (done.stdout + done.stderr).splitlines() if words in line]
            self.assertTrue(told, done.stdout + done.stderr)
        os.remove(self.folder / "exp.table")
        self.assertEqual(2, self.audit("my_exp").returncode)
        os.mkfifo(self.folder / "exp.table")
        self.assertEqual(2, self.audit("my_exp").returncode, "that has no end")

    def test_refuses_what_it_can_not_write(self):
        for words, told in [
                (["libm/exp"], "names"),
                (["libm/exq:binary64"], "nearest"),
                (["table:exp.table"], "is no target"),
                (["libm/exp:binary64", "--rounding", "sideways"], "--rounding"),
                (["exec:cat", *TARGET, "--rounding", "up"], "is a process"),
                (["libm/exp:binary64", "--cases", "0"], "--cases")]:
            done = self.napier("record", *words, "--out", "-")
            self.assertEqual(2, done.returncode, done.stdout + done.stderr)
            self.assertIn(told, done.stderr)
            self.assertEqual(1, done.stderr.count("\n"), done.stderr)
        done = self.napier("record", "libm/exp:binary64", "--out", "nowhere/at/all", "--cases", "9")
        self.assertEqual(2, done.returncode, done.stdout + done.stderr)


if __name__ == "__main__":
    unittest.main()
