"""scripts/setup.sh on machines of every kind, played by stubs of the tools that it asks."""

import re
import shutil
import subprocess
import unittest

from house import HouseTest, source_root

DPKG = """#!/bin/sh
while [ $# -gt 1 ]; do shift; done
case $1 in
  "libboost[0-9]*-dev") names=$(grep -E '^libboost[0-9]' "$STATE/installed") ;;
  *) names=$(grep -Fx -- "$1" "$STATE/installed") ;;
esac
for name in $names; do echo "ii  $name"; done
[ -n "$names" ]
"""
APT = """#!/bin/sh
echo "$*" >>"$STATE/apt"
case "$*" in
  *install*)
    [ -e "$STATE/offline" ] && { echo "E: cannot reach the archive"; exit 100; }
    for word in "$@"; do
      echo "$word" >>"$STATE/installed"
      [ "$word" != libboost-dev ] || echo libboost1.74-dev >>"$STATE/installed"
    done ;;
esac
"""
TOOLS = ["sh", "grep", "sed", "tr", "dirname", "env", "cat", "rm", "mktemp", "tail"]


class SetUp(HouseTest):
    def machine(self, installed, user=0, sudo=False):
        root = self.planted({
            "bin/dpkg-query": DPKG, "bin/apt-get": APT, "bin/id": f"#!/bin/sh\necho {user}\n",
            "state/installed": "".join(name + "\n" for name in installed),
            "scripts/setup.sh": (source_root() / "scripts/setup.sh").read_text(encoding="utf-8"),
        })
        if sudo:
            (root / "bin/sudo").write_text('#!/bin/sh\nshift\n[ "$1" = -- ] && shift\n"$@"\n')
        for tool in TOOLS:
            (root / "bin" / tool).symlink_to(shutil.which(tool))
        for stub in ["dpkg-query", "apt-get", "id", "sudo"]:
            if (root / "bin" / stub).exists():
                (root / "bin" / stub).chmod(0o755)
        return root

    def run_setup(self, root, *options):
        environment = {"PATH": str(root / "bin"), "STATE": str(root / "state")}
        done = subprocess.run([shutil.which("sh"), "scripts/setup.sh", *options], cwd=root,
                              env=environment, stdin=subprocess.DEVNULL, capture_output=True,
                              text=True, check=False)
        apt = root / "state/apt"
        return done, apt.read_text() if apt.exists() else ""

    def everything(self, *options):
        """The packages that a bare machine is given."""
        root = self.machine([])
        done, _ = self.run_setup(root, *options)
        self.assertEqual(0, done.returncode, done.stderr)
        return [name for name in (root / "state/installed").read_text().split()
                if re.fullmatch(r"[a-z][a-z0-9.+-]+", name) and name != "install"]

    def test_installs_all_that_is_missing_and_then_does_nothing(self):
        packages = self.everything()
        self.assertIn("libmpfi-dev", packages)
        self.assertIn("librapidcheck-dev", packages)
        done, apt = self.run_setup(self.machine(packages))
        self.assertEqual((0, "", ""), (done.returncode, done.stdout, apt))

    def test_without_tests_installs_less(self):
        packages = self.everything("--no-tests")
        self.assertIn("libmpfi-dev", packages)
        self.assertNotIn("librapidcheck-dev", packages)
        self.assertLess(set(packages), set(self.everything()))

    def test_leaves_another_boost_alone(self):
        packages = [name for name in self.everything() if not name.startswith("libboost")]
        done, apt = self.run_setup(self.machine(packages + ["libboost1.81-dev"]))
        self.assertEqual((0, ""), (done.returncode, apt))
        done, apt = self.run_setup(self.machine(packages + ["libboost-regex1.74-dev"]))
        self.assertIn("libboost-dev", apt)

    def test_fails_in_one_line_without_network(self):
        root = self.machine([])
        (root / "state/offline").touch()
        done, _ = self.run_setup(root)
        self.assertEqual(2, done.returncode)
        self.assertRegex(done.stderr.splitlines()[-1], "^setup: apt-get install failed for:")

    def test_works_with_sudo_and_fails_in_one_line_without(self):
        done, apt = self.run_setup(self.machine([], user=1000, sudo=True))
        self.assertEqual(0, done.returncode, done.stderr)
        self.assertIn("install", apt)
        done, apt = self.run_setup(self.machine([], user=1000))
        self.assertEqual((2, 1, ""), (done.returncode, done.stderr.count("\n"), apt))

    def test_refuses_what_it_does_not_know(self):
        for options in [["--gallery"], ["--nonsense"]]:
            done, apt = self.run_setup(self.machine([]), *options)
            self.assertEqual((2, 1, ""), (done.returncode, done.stderr.count("\n"), apt), options)

    def test_reads_the_gallery(self):
        root = self.machine(self.everything())
        (root / "examples").mkdir()
        (root / "examples/debian.toml").write_text(
            '# package = "not-this"\n[[target]]\npackage = "musl"\n'
            '[[target]]\npackages = [\n  "libsleef-dev",\n  "libgsl-dev"\n]\n', encoding="utf-8")
        done, apt = self.run_setup(root, "--gallery")
        self.assertEqual(0, done.returncode, done.stderr)
        self.assertRegex(apt, r"install musl libsleef-dev libgsl-dev\n")


if __name__ == "__main__":
    unittest.main()
