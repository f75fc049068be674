# Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
"""What cpack makes: four packages that hold what they should, with what they depend on."""
import gzip
import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest

BUILD = pathlib.Path(os.environ["NAPIER_BINARY_DIR"])
HOLDS = {
    "napier": ["usr/bin/napier", "usr/share/man/man1/napier.1.gz", "usr/share/napier/ci/audit.sh",
               "usr/share/bash-completion/completions/napier", "usr/share/doc/napier/README.md",
               "usr/share/zsh/vendor-completions/_napier",
               "usr/share/fish/vendor_completions.d/napier.fish"],
    "libnapier1": ["usr/lib/libnapier.so.1"],
    "libnapier-dev": ["usr/include/napier/napier.h", "usr/lib/libnapier.so",
                      "usr/lib/pkgconfig/napier.pc", "usr/lib/cmake/napier/napier-config.cmake"],
    "python3-napier": ["usr/lib/python3/dist-packages/napier.py"],
}


def run(*command, **options):
    process = subprocess.run([str(part) for part in command], capture_output=True, text=True,
                             timeout=500, stdin=subprocess.DEVNULL, **options)
    assert process.returncode == 0, process.stdout + process.stderr
    return process.stdout


@unittest.skipIf(shutil.which("dpkg-deb") is None, "no dpkg here")
class Packages(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        temporary = tempfile.TemporaryDirectory()
        cls.addClassCleanup(temporary.cleanup)
        cls.folder = pathlib.Path(temporary.name)
        run("cpack", "--config", BUILD / "CPackConfig.cmake", "-B", cls.folder)
        cls.packages = {}
        for path in cls.folder.glob("*.deb"):
            name = run("dpkg-deb", "-f", path, "Package").strip()
            cls.packages[name] = path
            run("dpkg-deb", "-x", path, cls.folder / name)

    def field(self, package, name):
        return run("dpkg-deb", "-f", self.packages[package], name).strip()

    def test_each_holds_what_it_is_for(self):
        self.assertEqual(set(HOLDS), set(self.packages))
        for package, files in HOLDS.items():
            tree = self.folder / package
            documents = f"usr/share/doc/{package}/"
            for name in [*files, documents + "copyright", documents + "changelog.gz"]:
                self.assertTrue((tree / name).is_symlink() or (tree / name).is_file(), name)
        seen = [path.relative_to(self.folder / package).as_posix()
                for package in HOLDS for path in (self.folder / package).rglob("*")
                if not path.is_dir()]
        self.assertEqual(len(seen), len(set(seen)), "a file is in two packages")

    def test_nothing_says_where_it_was_built(self):
        for package in HOLDS:
            for path in (self.folder / package).rglob("*"):
                if path.is_file() and not path.is_symlink():
                    data = path.read_bytes()
                    for place in [os.environ["NAPIER_SOURCE_DIR"], str(BUILD)]:
                        self.assertNotIn(os.fsencode(place), data, path)

    @unittest.skipIf(shutil.which("lintian") is None, "no lintian here")
    def test_lintian_finds_no_error(self):
        """But in who answers for the packages, who is not known where they are made for a test."""
        run("lintian", "--fail-on", "error", "--allow-root", "--suppress-tags",
            "bogus-mail-host,bogus-mail-host-in-debian-changelog,root-in-contact",
            *self.packages.values())

    def test_they_depend_on_what_they_need(self):
        self.assertRegex(self.field("libnapier1", "Depends"), r"libmpfr6 .*libtbb12")
        self.assertRegex(self.field("napier", "Depends"), r"libc6 .*libmpfi0")
        for package in ["libnapier-dev", "python3-napier"]:
            self.assertRegex(self.field(package, "Depends"), r"libnapier1 \(= [\d.]+\)")
        self.assertEqual("all", self.field("python3-napier", "Architecture"))

    def test_each_says_what_it_is(self):
        summaries = [self.field(package, "Description").splitlines()[0] for package in HOLDS]
        self.assertEqual(len(HOLDS), len(set(summaries)), summaries)
        for summary in summaries:
            self.assertIn("audits exponential functions", summary)

    def test_the_manual_page_is_this_programs(self):
        with gzip.open(self.folder / "napier/usr/share/man/man1/napier.1.gz", "rt",
                       encoding="utf-8") as file:
            self.assertEqual(run(os.environ["NAPIER"], "manual", "man"), file.read())


if __name__ == "__main__":
    unittest.main(verbosity=1)
