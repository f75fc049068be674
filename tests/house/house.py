"""What the house tests share: the tree's files, and C++ text without comments and strings."""

import dataclasses
import os
import pathlib
import re
import tempfile
import unittest

LAYERS = ["lib", "oracles", "props", "reports", "audit", "cli"]
CPP = {".cpp", ".hpp", ".h", ".c"}
OUR_DOTFILES = {".clang-format", ".clang-tidy", ".gitignore"}
NOT_OURS = {".git", ".cache", "build", "napier-report", "__pycache__"}


@dataclasses.dataclass(frozen=True)
class Finding:
    """A broken house rule and where it is broken."""

    path: str
    line: int
    rule: str

    def __str__(self):
        return f"{self.path}:{self.line}: {self.rule}"


def source_root():
    return pathlib.Path(os.environ["NAPIER_SOURCE_DIR"])


def files_below(root, folders=("",), suffixes=None):
    """Paths relative to root, sorted, of all files below the folders that are ours."""
    found = []
    for folder in folders:
        for parent, names, files in os.walk(root / folder):
            names[:] = [name for name in names if name not in NOT_OURS]
            for name in files:
                if name.startswith(".") and name not in OUR_DOTFILES:
                    continue
                path = pathlib.Path(parent, name).relative_to(root)
                if suffixes is None or path.suffix in suffixes:
                    found.append(path.as_posix())
    return sorted(set(found))


_TOKEN = re.compile(
    r"""(?P<comment>//[^\n]*|/\*.*?\*/)
      | (?P<raw>\bu?8?[uUL]?R"(?P<mark>[^()\s\\]{0,16})\(.*?\)(?P=mark)")
      | (?P<number>(?<![\w.])\.?\d(?:[eEpP][+-]|'?[\w.])*)
      | (?P<string>"(?:\\.|[^"\\\n])*")
      | (?P<char>'(?:\\.|[^'\\\n])*')""",
    re.VERBOSE | re.DOTALL,
)


def _blank(text):
    return re.sub(r"[^\n]", " ", text)


def code_of(text):
    """The text with comments, strings and characters blanked; lines and columns stay."""
    return _TOKEN.sub(lambda m: m.group() if m.group("number") else _blank(m.group()), text)


def comments_of(text):
    """The comment text of each line, by line number from 1."""
    comments = {}
    for match in _TOKEN.finditer(text):
        if match.group("comment"):
            first = text.count("\n", 0, match.start()) + 1
            for offset, line in enumerate(match.group().split("\n")):
                comments[first + offset] = comments.get(first + offset, "") + line
    return comments


class HouseTest(unittest.TestCase):
    """A test of the tree as it is, beside tests of the checker on planted trees."""

    maxDiff = None

    def assert_clean(self, findings):
        self.assertEqual([], [str(finding) for finding in findings])

    def planted(self, files):
        """A tree that holds these files (path: text), gone after the test."""
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        root = pathlib.Path(folder.name)
        for path, text in files.items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            if isinstance(text, bytes):
                (root / path).write_bytes(text)
            else:
                (root / path).write_text(text, encoding="utf-8")
        return root
