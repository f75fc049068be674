"""The tables of oracles/fast are what their script writes."""

import os
import pathlib
import subprocess
import sys
import unittest

ROOT = pathlib.Path(os.environ.get("NAPIER_SOURCE_DIR", pathlib.Path(__file__).parents[2]))


class FastTables(unittest.TestCase):
    def test_are_what_the_script_writes(self):
        done = subprocess.run([sys.executable, ROOT / "scripts/make_fast_tables.py", "--check"],
                              capture_output=True, text=True, check=False)
        self.assertEqual((0, ""), (done.returncode, done.stdout + done.stderr))


if __name__ == "__main__":
    unittest.main()
