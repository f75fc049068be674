"""Every text of the tree: readable anywhere, of a bearable length, and about the project alone."""

import re
import unittest

from house import CPP, Finding, HouseTest, files_below, source_root

LONGEST_FILE = 400
ONE_FILE = ["python/napier.py"]  # a module that people copy as it is
LONGEST_LINE = 100
LICENCE = "// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0"
# A table that a script writes is as long as it is.
WRITTEN_BY = re.compile(r"^(?:.*\n)?// Written by scripts/\w+\.(?:py|sh|sollya)\b")
# Highway reads such a header once for each instruction set, in one translation unit.
TOGGLE = re.compile(r"#if defined\(NAPIER_\w+\) == defined\(HWY_TARGET_TOGGLE\)$")
CODE = CPP | {".py", ".sh", ".cmake"}
BINARY = {".png", ".gz", ".ico", ".woff2"}
# Broken text is what they are for; they still speak of the project alone.
FUZZ_CORPUS = "tests/fuzz/corpus/"

# Somebody's own machine: home folders, mounts, private addresses, package hosts.
PRIVATE = [
    (re.compile(r"(?<![\w.~-])/(?:home|root|work|workspace|mnt|media|Users)"
                r"(?:/[\w.]|\b(?![\w-]))"), "a path of one machine"),
    (re.compile(r"(?<![\w.-])/tmp/[a-z]\w*[/.]"), "a path of one machine"),
    (re.compile(r"\b(?:10\.\d+|192\.168|172\.(?:1[6-9]|2\d|3[01]))\.\d+\.\d+\b"),
     "a private address"),
    (re.compile(r"\b(?:debian|pypi|pythonhosted)\.org\b|\bubuntu\.com\b|\bnpmjs\.\w+"),
     "a package host"),
    (re.compile(r"\b(?:issues?|ticket) +#?\d+\b", re.IGNORECASE),
     "a number that only we can look up"),
    (re.compile(r"^(?:<{7}|={7}|>{7})(?: |$)"), "a merge conflict"),
]


def is_code(path):
    suffix = "." + path.rsplit(".", 1)[-1]
    return suffix in CODE or path.endswith(("CMakeLists.txt", ".ci/run"))


def check(root):
    for path in files_below(root):
        if "." + path.rsplit(".", 1)[-1] in BINARY:
            continue
        data = (root / path).read_bytes()
        if path.startswith(FUZZ_CORPUS):
            yield from check_words(path, data.decode("utf-8", "replace"))
            continue
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError:
            yield Finding(path, 1, "not UTF-8")
            continue
        yield from check_form(path, text)
        yield from check_words(path, text)
        if is_code(path):
            yield from check_code(path, text)


def check_form(path, text):
    if "\r" in text:
        yield Finding(path, 1, "carriage returns")
    if text and not text.endswith("\n"):
        yield Finding(path, text.count("\n") + 1, "no newline at the end")
    for number, line in enumerate(text.split("\n"), 1):
        if line != line.rstrip():
            yield Finding(path, number, "trailing blanks")


def check_words(path, text):
    for number, line in enumerate(text.split("\n"), 1):
        for pattern, rule in PRIVATE:
            match = pattern.search(line)
            if match:
                yield Finding(path, number, f"{rule}: {match.group()}")


def check_code(path, text):
    lines = text.split("\n")
    is_long = len(lines) - 1 > LONGEST_FILE and path not in ONE_FILE
    if is_long and not WRITTEN_BY.match("\n".join(lines[:2])):
        yield Finding(path, LONGEST_FILE + 1, f"{len(lines) - 1} lines: it holds two things")
    for number, line in enumerate(lines, 1):
        if len(line) > LONGEST_LINE:
            yield Finding(path, number, f"{len(line)} columns")
        if "\t" in line:
            yield Finding(path, number, "a tab")
    if path.endswith((".cpp", ".hpp", ".h", ".c")) and lines[0] != LICENCE:
        yield Finding(path, 1, "no licence line")
    if path.endswith("-inl.hpp"):
        if not any(TOGGLE.match(line) for line in lines):
            yield Finding(path, 1, "no guard that lets it be read once for each instruction set")
    elif path.endswith((".hpp", ".h")) and "#pragma once" not in lines:
        yield Finding(path, 1, "no #pragma once")


class Text(HouseTest):
    def test_of_this_tree_is_clean(self):
        self.assertGreater(len(files_below(source_root())), 50)
        self.assert_clean(check(source_root()))

    def rules(self, path, text):
        return [(f.line, f.rule) for f in check(self.planted({path: text}))]

    def test_accepts_a_clean_tree(self):
        half = "\nint a;  // at most ½ ulp\n"
        self.assertEqual([], self.rules("a.cpp", LICENCE + half + "\n" * 398))
        self.assertEqual([], self.rules("a.hpp", LICENCE + "\n#pragma once\n"))
        for line in ["x" * 200, "/usr/lib, /proc/self, /dev/null", "so:./libbad.so#my_exp",
                     "report.json#12", "version 1.10.0.3", "frame/work, net/working, $HOME/root"]:
            self.assertEqual([], self.rules("a.md", line + "\n"), line)
        self.assertEqual([], self.rules("build/a.cpp", "\t"))
        self.assertEqual([], self.rules("tests/fuzz/corpus/hexfloat/a", b"\xff\r\n "))

    def test_finds_bad_form(self):
        self.assertEqual([(2, "trailing blanks")], self.rules("a.md", "a\nb \n"))
        self.assertEqual([(2, "no newline at the end")], self.rules("a.md", "a\nb"))
        self.assertEqual([(1, "not UTF-8")], self.rules("a.md", b"\xff\n"))
        self.assertIn((1, "carriage returns"), self.rules("a.md", b"a\r\n"))

    def test_finds_long_and_unlicensed_code(self):
        self.assertEqual([(401, "401 lines: it holds two things")],
                         self.rules("a.cpp", LICENCE + "\n" * 401))
        written = "\n// Written by scripts/make_tables.py; do not edit."
        self.assertEqual([], self.rules("a.cpp", LICENCE + written + "\n" * 401))
        self.assertEqual([(1, "101 columns")], self.rules("a.sh", "x" * 101 + "\n"))
        self.assertEqual([(1, "a tab")], self.rules("a.py", "\tx\n"))
        self.assertEqual([(1, "no licence line")], self.rules("a.cpp", "int a;\n"))
        self.assertEqual([(1, "no #pragma once")], self.rules("a.hpp", LICENCE + "\n"))
        toggle = "\n#if defined(NAPIER_A) == defined(HWY_TARGET_TOGGLE)\n"
        self.assertEqual([], self.rules("a-inl.hpp", LICENCE + toggle))
        self.assertEqual([(1, "no guard that lets it be read once for each instruction set")],
                         self.rules("a-inl.hpp", LICENCE + "\n#pragma once\n"))

    def test_finds_what_is_not_about_the_project(self):
        # Split, so that this file stays clean itself.
        for text in ["/ho" + "me/me/x", "/wo" + "rk/main", "see /wo" + "rk", "/ro" + "ot/.cache",
                     "/tm" + "p/napier/brief", "10." + "0.0.7", "192." + "168.1.1",
                     "https://deb.deb" + "ian.org/x", "registry.npm" + "js.org",
                     "see Issue" + " #12", "<" * 7 + " HEAD"]:
            for path in ["a.md", "tests/fuzz/corpus/report/a"]:
                found = self.rules(path, text + "\n")
                self.assertEqual(1, len(found), text)


if __name__ == "__main__":
    unittest.main()
