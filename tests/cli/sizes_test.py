# Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
"""How large reports become: of 96 targets, as some that are tried here, a page of less than 2 MB, a
report.json of less than 5 MB, and a summary that a CI takes."""
import json
import os
import pathlib
import subprocess
import tempfile
import unittest

NAPIER = os.environ["NAPIER"]
SOME = ["libm/exp", "libm/expm1", "libm/pow:binary64", "shipped/tang/exp",
        "shipped/one_less/expm1"]
MANY = 96


class Sizes(unittest.TestCase):
    def tried(self, *targets):
        """How many bytes each file has, and how many targets are in them."""
        with tempfile.TemporaryDirectory() as folder:
            subprocess.run([NAPIER, "audit", *targets, "--cases", "5000", "--out", folder,
                            "--quiet"], check=True, timeout=500)
            report = pathlib.Path(folder, "report.json")
            return ({path.name: path.stat().st_size for path in pathlib.Path(folder).iterdir()},
                    len(json.loads(report.read_text(encoding="utf-8"))["targets"]))

    def test_of_many_targets_stay_small(self):
        one, _ = self.tried("libm/exp:binary64")
        some, count = self.tried(*SOME)
        self.assertGreater(count, 10)
        for name, most in [("report.html", 2e6), ("report.json", 5e6)]:
            each = (some[name] - one[name]) / (count - 1)
            self.assertLess(one[name] + each * (MANY - 1), most, f"{name}: {each:.0f} bytes each")
        self.assertLessEqual(some["report.md"], 65536)


if __name__ == "__main__":
    unittest.main(verbosity=1)
