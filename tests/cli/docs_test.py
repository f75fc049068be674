# Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
"""Every command of README and docs is run as it stands there, and prints what stands there.

In a page, a block of `sh` is run line by line in a folder of the page's own, and a block of `text`
after it shows what its last command prints, with … for what is left out. A block of `c`, `cpp` or
`python` that begins with a comment that is a file's name is that file. `cpp` compiles. A block that
cannot be run says why, in a line "<!-- not run: … -->" before it; "<!-- run with: libm.so.6 -->"
has it run where that library is installed.
"""
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(os.environ["NAPIER_SOURCE_DIR"])
BUILD = pathlib.Path(os.environ["NAPIER_BINARY_DIR"])
NAPIER = os.environ["NAPIER"]
LEFT_OUT = "…"
# Figures depend on the C library that the examples call, and on what of the processor it uses.
MACHINE = re.compile(r"machine +x86-64-v[34], ")
LIBM = re.compile(r"libm +glibc 2\.36$", re.MULTILINE)
NUMBER = re.compile(r"[-+]?(?:0x[0-9a-f.]+p[-+][0-9]+|[0-9][0-9.,]*(?:e[-+]?[0-9]+)?)")
BLOCK = re.compile(r"(<!-- (not run|run with): ([^>]*\S) -->\n\n?)?^```(\w+)\n(.*?)^```$",
                   re.MULTILINE | re.DOTALL)
FILE = re.compile(r"\A(?://|#) ([\w.-]+)\n")
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])


def is_installed(library):
    listed = subprocess.run(["/sbin/ldconfig", "-p"], capture_output=True, text=True, check=True)
    return any(line.split()[0] == library for line in listed.stdout.splitlines())


def blocks(text):
    """(why it is not run, its kind, its lines) of every block."""
    for match in BLOCK.finditer(text):
        _, condition, what, kind, body = match.groups()
        runs = condition is None or (condition == "run with" and is_installed(what))
        yield None if runs else what, kind, body


def commands(body):
    """The commands of a block: lines, without comments, joined where a backslash ends them."""
    joined = re.sub(r"\\\n *", "", body)
    return [line for line in joined.splitlines() if line and not line.startswith("#")]


def missing(shown, printed):
    """The first excerpt of what is shown that is not printed, in that order; None if all are."""
    begin = 0
    for part in ("\n" + "\n".join(shown) + "\n").split("\n" + LEFT_OUT + "\n"):
        lines = part.strip("\n").splitlines()
        if not lines:
            continue
        found = [i for i in range(begin, len(printed) - len(lines) + 1)
                 if all(same(a, b) for a, b in zip(lines, printed[i:]))]
        if not found:
            return part
        begin = found[0] + len(lines)
    return None


def same(shown, printed):
    """Whether a line is shown as it was printed; an … at its end stands for any end."""
    if shown.endswith(LEFT_OUT):
        return printed.startswith(shown[:-len(LEFT_OUT)])
    return shown == printed


class Page(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        for part in ["examples", "scripts/ci"]:
            shutil.copytree(ROOT / part, self.folder / part)
        (self.folder / "build/release").mkdir(parents=True)
        os.symlink(NAPIER, self.folder / "build/release/napier")
        (self.folder / "bin").mkdir()
        os.symlink(NAPIER, self.folder / "bin/napier")
        self.env = {**os.environ, "PATH": f"{self.folder}/bin:{os.environ['PATH']}",
                    "PYTHONPATH": str(ROOT / "python"), "PYTHONDONTWRITEBYTECODE": "1",
                    "NAPIER_LIBRARY": str(BUILD / "audit/embedded/libnapier.so.1")}
        os.symlink(sys.executable, self.folder / "bin/python3")
        self.as_if_installed()
        said = self.run_it("napier --version -v").stdout
        self.known_machine = MACHINE.search(said) and LIBM.search(said)

    def as_if_installed(self):
        """pkg-config finds the library of the build, and the loader, too."""
        library = BUILD / "audit/embedded"
        (self.folder / "bin/napier.pc").write_text(
            f"Name: napier\nDescription: of the build\nVersion: 0\n"
            f"Cflags: -I{ROOT}/audit/embedded/include\nLibs: -L{library} -lnapier\n",
            encoding="utf-8")
        self.env |= {"PKG_CONFIG_PATH": f"{self.folder}/bin", "LD_LIBRARY_PATH": str(library)}

    def run_it(self, command):
        return subprocess.run(["sh", "-c", command], cwd=self.folder, env=self.env, text=True,
                              capture_output=True, timeout=500, stdin=subprocess.DEVNULL)

    def check_printed(self, shown, run):
        printed = [line.rstrip() for line in run.stdout.splitlines()]
        shown = shown.splitlines()
        if not self.known_machine:
            shown = [NUMBER.sub("N", line) for line in shown]
            printed = [NUMBER.sub("N", line) for line in printed]
        self.assertIsNone(missing(shown, printed), run.stdout)

    def check_page(self, page):
        run = None
        for why_not, kind, body in blocks(page.read_text(encoding="utf-8")):
            named = FILE.match(body)
            if kind in ("c", "cpp", "python") and named:
                (self.folder / named.group(1)).write_text(body, encoding="utf-8")
            if kind == "cpp":
                self.check_compiles(body)
            if kind == "sh" and why_not is None:
                for command in commands(body):
                    run = self.run_it(command)
                    self.assertIn(run.returncode, [0, 1], command + "\n" + run.stderr)
                    self.assertNotIn("Traceback", run.stderr, command)
            elif kind == "text" and run is not None:
                self.check_printed(body, run)
                run = None
            else:
                run = None

    def check_compiles(self, body):
        run = subprocess.run([os.environ["CXX"], "-std=c++20", "-fsyntax-only", "-x", "c++", "-I",
                              str(ROOT / "audit/embedded/include"), "-"], input=body, text=True,
                             capture_output=True, timeout=500)
        self.assertEqual(0, run.returncode, run.stderr)


def add_page(page):
    name = page.relative_to(ROOT).as_posix().lower()
    setattr(Page, "test_" + re.sub(r"\W", "_", name), lambda self: self.check_page(page))


class Mechanism(unittest.TestCase):
    def test_would_miss_nothing(self):
        shown = ["a", LEFT_OUT, "c", "d" + LEFT_OUT, LEFT_OUT]
        self.assertIsNone(missing(shown, ["a", "b", "c", "d1", "e"]))
        self.assertEqual("c\nd" + LEFT_OUT, missing(shown, ["a", "c", "b", "d"]).strip("\n"))
        self.assertEqual("c\nd" + LEFT_OUT, missing(shown, ["c", "d", "a"]).strip("\n"))

    def test_a_page_without_blocks_that_run_is_rare(self):
        kinds = {page.name: [kind for why, kind, _ in blocks(page.read_text(encoding="utf-8"))
                             if kind == "sh" and why is None] for page in PAGES}
        for name in ["README.md", "README.ja.md", "tutorial.md", "laws.md", "claims.md", "ci.md",
                     "oracles.md"]:
            self.assertTrue(kinds[name], name)

    def test_links_lead_somewhere(self):
        for page in PAGES:
            text = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
            for link in re.findall(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)", text):
                self.assertTrue((page.parent / link).exists(), f"{page.name}: {link}")


for one in PAGES:
    add_page(one)

if __name__ == "__main__":
    unittest.main(verbosity=1)
