# Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
"""The README's example is run as it stands there, and prints what stands there."""
import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import unittest

ROOT = pathlib.Path(os.environ["NAPIER_SOURCE_DIR"])
NAPIER = os.environ["NAPIER"]
LEFT_OUT = "…"
# Figures depend on the C library that the example calls, and on what of the processor it uses.
MACHINE = re.compile(r"machine +x86-64-v[34], glibc 2\.36,")
NUMBER = re.compile(r"[-+]?(?:0x[0-9a-f.]+p[-+][0-9]+|[0-9][0-9.,]*(?:e[-+]?[0-9]+)?)")


def blocks(text):
    """The commands and, where it is shown, what they print: ["cc …", "napier …"], ["REFUTED …"]."""
    found = re.findall(r"^```(sh|text)\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    for place, (kind, body) in enumerate(found):
        if kind == "sh":
            shown = found[place + 1][1] if found[place + 1:] else ""
            is_text = found[place + 1:] and found[place + 1][0] == "text"
            yield body.splitlines(), shown.splitlines() if is_text else None


def missing(shown, printed):
    """The first excerpt of what is shown that is not printed, in that order; None if all are."""
    begin = 0
    for part in "\n".join(shown).split("\n" + LEFT_OUT):
        lines = part.strip("\n").splitlines()
        if not lines:
            continue
        found = [i for i in range(begin, len(printed) - len(lines) + 1)
                 if printed[i:i + len(lines)] == lines]
        if not found:
            return part
        begin = found[0] + len(lines)
    return None


class Readme(unittest.TestCase):
    def setUp(self):
        text = (ROOT / "README.md").read_text(encoding="utf-8")
        self.section = re.search(r"^## Audit your own function\n(.*?)^## ", text,
                                 re.MULTILINE | re.DOTALL).group(1)
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        shutil.copytree(ROOT / "examples", self.folder / "examples")
        (self.folder / "build" / "release").mkdir(parents=True)
        os.symlink(NAPIER, self.folder / "build" / "release" / "napier")

    def run_it(self, command):
        return subprocess.run(["sh", "-c", command], cwd=self.folder, capture_output=True,
                              text=True, timeout=500, stdin=subprocess.DEVNULL)

    def test_prints_what_it_shows(self):
        pairs = 0
        known_machine = True
        for commands, shown in blocks(self.section):
            run = None
            for command in commands:
                run = self.run_it(command)
                self.assertIn(run.returncode, [0, 1], run.stderr)
            if shown is None:
                continue
            pairs += 1
            printed = [line.rstrip() for line in run.stdout.splitlines()]
            verbose = self.run_it(command + " -v").stdout
            if "machine " in verbose:
                known_machine = MACHINE.search(verbose) is not None
            if not known_machine:
                shown = [NUMBER.sub("N", line) for line in shown]
                printed = [NUMBER.sub("N", line) for line in printed]
            self.assertIsNone(missing(shown, printed), run.stdout)
        self.assertEqual(2, pairs)

    def test_replays_a_line_that_is_printed(self):
        audit, replay = [commands for commands, shown in blocks(self.section) if shown is not None]
        printed = [self.run_it(command) for command in audit][-1].stdout
        self.assertIn("replay    " + replay[0] + "\n", printed)

    def test_would_miss_nothing(self):
        shown = ["a", LEFT_OUT, "c", "d", LEFT_OUT]
        self.assertIsNone(missing(shown, ["a", "b", "c", "d", "e"]))
        self.assertEqual("\nc\nd", missing(shown, ["a", "c", "b", "d"]))
        self.assertEqual("\nc\nd", missing(shown, ["c", "d", "a"]))


if __name__ == "__main__":
    unittest.main(verbosity=1)
