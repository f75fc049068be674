# Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
"""foreign/, other people's derivatives: the verdicts against those that were approved, of the same
version of the package; of another nothing is expected, and that is said. NAPIER_APPROVE=1 writes
what is found. And what is said of packages that are not there."""
import json
import os
import subprocess
import tomllib
import unittest

from approved import check_approved
from command_line import napier

SOURCE = os.environ["NAPIER_SOURCE_DIR"]

# At base 0 its calls take time in proportion to the exponent: a minute of waiting.
HANGS = "foreign/adolc_tape/d2_pow_x:binary64"


def version_of(name):
    """Of the first package of foreign/NAME.toml, as Debian counts."""
    with open(os.path.join(SOURCE, "foreign", name + ".toml"), "rb") as file:
        package = tomllib.load(file)["package"]
    package = package if isinstance(package, str) else package[0]
    found = subprocess.run(["dpkg-query", "-W", "-f", "${Version}", package], capture_output=True,
                           text=True, check=False).stdout
    return f"{package} {found}"


class Foreign(unittest.TestCase):
    def test_its_verdicts_are_the_approved_ones(self):
        listed = napier("list", "foreign/**").stdout
        names = [line.split()[0] for line in listed.splitlines() if not line.startswith(" ")]
        names.remove(HANGS)
        run = napier("audit", *names, "--cases", "2000", "--property", "accuracy", "--json", "-",
                     "--quiet")
        self.assertIn(run.returncode, (0, 1), run.stderr)
        found = {}
        for target in json.loads(run.stdout)["targets"]:
            if target["verdict"] == "not installed":
                continue
            key = version_of(target["name"].split("/")[1])
            found.setdefault(key, {})[target["name"]] = target["verdict"]
        check_approved(self, "foreign", found)

    def test_what_is_not_there_is_told_with_its_package(self):
        nowhere = os.environ | {"NAPIER_FOREIGN": "/nonexistent"}
        listed = napier("list", "foreign/**", "--missing", env=nowhere)
        self.assertIn("foreign/adolc_tape/d_exp:binary64  not built, for want of a package or of a "
                      "full build (package libadolc-dev)\n", listed.stdout)
        audited = napier("audit", "foreign/eigen_autodiff/d_exp:binary64", env=nowhere)
        self.assertEqual(3, audited.returncode, audited.stdout + audited.stderr)
        self.assertIn("is not installed", audited.stderr)

    def test_a_name_that_is_none_has_neighbours(self):
        run = napier("list", "foreign/eigen_autodif/d_exp")
        self.assertEqual(2, run.returncode)
        self.assertIn("nearest: foreign/eigen_autodiff/d_exp", run.stderr)

    def test_a_finding_is_replayed_by_its_line_and_from_its_report(self):
        target = "foreign/boost_autodiff/d_pow_x:binary64"
        if not napier("list", target, "--missing").stdout.startswith("Nothing"):
            self.skipTest("libboost-dev was not there")
        line = napier("replay", target, "--property", "accuracy", "--at=0x0p+0,0x1p+0")
        self.assertEqual(1, line.returncode, line.stdout + line.stderr)
        report = os.path.join(os.environ["NAPIER_BINARY_DIR"], "foreign_replay.json")
        napier("audit", target, "--cases", "2000", "--property", "accuracy", "--json", report)
        again = napier("replay", report)
        self.assertEqual(1, again.returncode, again.stdout + again.stderr)
        self.assertIn(target, again.stdout)


if __name__ == "__main__":
    unittest.main()
