"""A proof is refused when its goal, a coefficient or the bound in the source does not hold."""

import os
import pathlib
import re
import subprocess
import sys
import unittest
from unittest import mock

ROOT = pathlib.Path(os.environ.get("NAPIER_SOURCE_DIR", pathlib.Path(__file__).parents[2]))
sys.path.insert(0, str(ROOT / "scripts"))
import prove  # noqa: E402


def script(name):
    return (prove.FOLDER / "proofs" / f"{name}.gappa").read_text(encoding="utf-8")


def tightened(text):
    """The same with a sixteenth of each bound that a goal states."""
    def sixteenth(match):
        digits, exponent = match.group(2), int(match.group(3) or "0")
        mark = "p" if digits.startswith("0x") else "b"
        return f"{match.group(1)}{digits}{mark}{exponent - 4}"

    goals = re.compile(r"->\n.*?^\}$", re.MULTILINE | re.DOTALL)
    bound = re.compile(r"(\| <= )(0x[0-9a-f.]+|\d+)(?:[bp](-?\d+))?\b")
    return goals.sub(lambda goal: bound.sub(sixteenth, goal.group()), text)


class Prove(unittest.TestCase):
    def with_source(self, old, new, text):
        """Fills in a script after a change to the sources it reads."""
        read = pathlib.Path.read_text

        def changed(path, *arguments, **named):
            return read(path, *arguments, **named).replace(old, new)

        with mock.patch.object(pathlib.Path, "read_text", changed):
            return prove.Script(text).filled

    def test_a_sixteenth_of_a_bound_is_not_proven(self):
        for name in ("narrow_near_zero", "multiply", "horner", "wide_reduction"):
            with self.subTest(name), self.assertRaisesRegex(prove.Unproven, "not satisfied"):
                prove.prove(prove.Script(tightened(script(name))).filled)

    def test_a_coefficient_that_is_off_in_the_source_is_noticed(self):
        with self.assertRaisesRegex(prove.Unproven, "expansion is off"):
            self.with_source("0x1.3b2ab6fba1eep-7", "0x1.3b2ab6fba2eep-7", script("narrow_power"))

    def test_a_bound_of_the_source_that_is_too_small_is_not_proven(self):
        filled = self.with_source("narrow{0x1p-47", "narrow{0x1p-51", script("narrow_power"))
        with self.assertRaisesRegex(prove.Unproven, "not satisfied"):
            prove.prove(filled)

    def test_a_constant_that_is_gone_is_no_success(self):
        with self.assertRaisesRegex(prove.Untried, "no constant near_zero"):
            self.with_source("near_zero[]", "close_to_zero[]", script("narrow_near_zero"))

    def test_without_gappa_nothing_passes(self):
        done = subprocess.run(
            [sys.executable, ROOT / "scripts/prove.py", prove.FOLDER / "proofs/multiply.gappa"],
            capture_output=True, text=True, check=False, env={"PATH": "/nowhere"})
        self.assertEqual(2, done.returncode)
        self.assertIn("no gappa", done.stderr)

    def test_a_deviation_is_bounded_from_above_and_closely(self):
        # 1 + x/2 against (e^x - 1 - x)/x^2 = 1/2 + x/6 + ...: at x = 1/4, 1.125/0.5444 - 1.
        found = prove.largest_deviation([prove.Fraction(1), prove.Fraction(1, 2)],
                                        prove.FUNCTIONS["(e^x-1-x)/x^2"],
                                        prove.Fraction(-1, 4), prove.Fraction(1, 4))
        self.assertLess(1.06646, found)
        self.assertLess(found, 1.07)


if __name__ == "__main__":
    unittest.main()
