# Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
"""Implementations beside each other: each cell of a real run is what its report.json says."""

import csv
import io
import json
import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import unittest

CODE = """
#include <math.h>
static double off(double x) { return fabs(x) < 700 ? 3e-16 * sin(1e6 * x) : 0; }
double rough(double x) { return exp(x) * (1 + off(x)); }
double rough_too(double x) { return exp(x) * (1 + off(x)); }
"""


class Implementations(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = pathlib.Path(tempfile.mkdtemp(prefix="napier-implementations-"))
        (cls.folder / "rough.c").write_text(CODE, encoding="utf-8")
        subprocess.run(["cc", "-O2", "-fno-builtin", "-shared", "-fPIC", "-o", "librough.so",
                        "rough.c", "-lm"], cwd=cls.folder, check=True)
        (cls.folder / "all.toml").write_text("""[[target]]
target = ["so:./librough.so#rough", "so:./librough.so#rough_too"]
function = "exp"
format = "binary64"

[[target]]
target = ["libm/exp:binary64", "libm/exp2:binary64"]
""", encoding="utf-8")
        done = cls.napier("audit", "all.toml", "--cases", "20000", "--timings", "--out", ".")
        assert done.returncode in (0, 1), done.stdout + done.stderr
        cls.terminal = done.stdout
        cls.report = json.loads((cls.folder / "report.json").read_text(encoding="utf-8"))
        cls.matrix = cls.napier("report", "report.json", "--as", "matrix").stdout
        cls.csv = cls.napier("report", "report.json", "--as", "csv").stdout

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.folder)

    @classmethod
    def napier(cls, *words):
        return subprocess.run([os.environ["NAPIER"], *words], cwd=cls.folder, capture_output=True,
                              text=True, check=False)

    def rows(self, text):
        """The cells of the table of implementations, by target."""
        begin = text.index("| function | implementation")
        cells = [[cell.strip(" `*") for cell in re.split(r"(?<!\\)\|", line)[1:-1]]
                 for line in text[begin:].split("\n\n")[0].splitlines()]
        titles, _, *rows = cells
        return {row[1]: dict(zip(titles, row)) for row in rows}

    def measurements(self, name, target):
        return [m for m in target["measurements"] if m["property"] == name]

    def check(self, rows):
        self.assertEqual({target["name"] for target in self.report["targets"]}, set(rows))
        for target in self.report["targets"]:
            row = rows[target["name"]]
            self.assertEqual(f"{target['function']}:{target['format']}", row["function"])
            figure = float(re.search(r"[\d.]+", row["largest error, ulp"]).group())
            low = max(m["max_ulp"]["lo"] for m in self.measurements("accuracy", target))
            self.assertAlmostEqual(low, figure, delta=0.01 * low)
            self.assertIn("≥", row["largest error, ulp"])
            seen = target["unsaturated"]
            share = 100 * (1 - seen["misrounded"] / seen["cases"])
            self.assertAlmostEqual(share, float(row["correctly rounded"].split()[0]), delta=1)
            against = sum(m["refuted"] for m in self.measurements("monotone", target))
            judged = any(m["judged"] for m in self.measurements("monotone", target))
            self.assertEqual("✓" if judged else f"· {against:,}" if against else "·",
                             row["weakly monotone"])
            claimed = any(law["judged"] for law in target["laws"])
            self.assertEqual("✓" if claimed else "·", row["laws"])

    def test_markdown_says_what_the_report_says(self):
        self.check(self.rows((self.folder / "report.md").read_text(encoding="utf-8")))
        self.check(self.rows(self.matrix))

    def test_speed_is_that_of_the_timings(self):
        timed = {row["target"]: 1e9 * row["seconds"] / row["cases"]
                 for row in self.report["performance"] if row["property"] == "calls alone"}
        for name, row in self.rows(self.matrix).items():
            self.assertAlmostEqual(timed[name], float(row["a call takes, ns"]),
                                   delta=0.01 * timed[name])
        for row in csv.DictReader(io.StringIO(self.csv)):
            self.assertAlmostEqual(timed[row["target"]], float(row["call_ns"]))

    def test_lineage_is_of_those_who_peak_alike(self):
        rows = self.rows(self.matrix)
        kin = {name for name, row in rows.items() if row.get("lineage") == "A"}
        self.assertEqual({"so:./librough.so#rough", "so:./librough.so#rough_too"}, kin)
        for row in csv.DictReader(io.StringIO(self.csv)):
            self.assertEqual("so:./librough.so#rough" if row["target"] in kin else "",
                             row["peaks_like"])

    def test_terminal_and_page_have_the_table(self):
        self.assertIn("correctly rounded", self.terminal)
        self.assertIn("likely share an ancestor", " ".join(self.terminal.split()))
        page = (self.folder / "report.html").read_text(encoding="utf-8")
        self.assertIn('id="implementations"', page)


if __name__ == "__main__":
    unittest.main()
