# Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
"""The gallery, examples/debian.toml, against verdicts that were approved. What they depend on is
their key: the package and its version, the architecture, the CPU's level. Of an unknown key nothing
is expected, and that is said. NAPIER_APPROVE=1 writes what is found."""
import fnmatch
import json
import os
import subprocess
import tomllib
import unittest

from approved import check_approved

NAPIER = os.environ["NAPIER"]
SOURCE = os.environ["NAPIER_SOURCE_DIR"]
MANIFEST = os.path.join("examples", "debian.toml")  # seen from SOURCE: names hold no folder
CORE = ["--cases", "2000", "--property", "accuracy,special_values"]


def output_of(*command):
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()


def package_version(package):
    version = output_of("dpkg-query", "-W", "-f", "${Version}", package)
    return version.split(":")[-1].rsplit("-", 1)[0]


def packages():
    """(glob of a target's name, package), as the manifest has them."""
    with open(os.path.join(SOURCE, MANIFEST), "rb") as file:
        for entry in tomllib.load(file)["target"]:
            targets = entry["target"]
            for target in [targets] if isinstance(targets, str) else targets:
                package = entry["package"]  # the first of several tells the version
                yield target, package if isinstance(package, str) else package[0]


def package_of(name):
    """Of a target; those seen from the manifest's folder are named otherwise than there."""
    def means(glob):
        return fnmatch.fnmatchcase(name, glob.replace("{here}", "*").replace("../", "*"))
    return next(package for glob, package in packages() if means(glob))


class Gallery(unittest.TestCase):
    def test_its_verdicts_are_the_approved_ones(self):
        run = subprocess.run([NAPIER, "audit", MANIFEST, *CORE, "--json", "-", "--quiet"],
                             capture_output=True, text=True, timeout=500, check=False,
                             cwd=SOURCE)
        self.assertIn(run.returncode, (0, 1), run.stderr)
        report = json.loads(run.stdout)
        architecture = output_of("dpkg", "--print-architecture")
        level = report["provenance"]["cpu_level"]
        found = {}
        for target in report["targets"]:
            if target["verdict"] == "not installed":
                continue
            package = package_of(target["name"])
            if not package_version(package):  # somebody else's
                continue
            key = f"{package} {package_version(package)} {architecture} {level}"
            name = " ".join([target["name"], *target.get("environment", [])])
            found.setdefault(key, {})[name] = target["verdict"]
        check_approved(self, "gallery", found)


if __name__ == "__main__":
    unittest.main()
