# Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
"""The napier command of this build, and what it says of bad input."""
import os
import subprocess
import unittest

NAPIER = os.environ["NAPIER"]
FIXTURES = os.path.join(os.environ["NAPIER_BINARY_DIR"], "fixtures")
EXP = ["--function", "exp", "--format", "binary64"]


def napier(*arguments, **options):
    """Runs it to its end, with no input; options are those of subprocess.run()."""
    return subprocess.run([NAPIER, *map(str, arguments)], capture_output=True, text=True,
                          timeout=500, stdin=subprocess.DEVNULL, check=False, **options)


class Refusals(unittest.TestCase):
    def refused(self, *arguments, says):
        """One line on stderr with those words; exit status 2; no output."""
        run = napier(*arguments)
        self.assertEqual(run.returncode, 2, run)
        self.assertEqual(run.stdout, "")
        self.assertEqual(len(run.stderr.strip().splitlines()), 1, run.stderr)
        for words in says:
            self.assertIn(words, run.stderr)
