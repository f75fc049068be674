# Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
"""Derivatives on the command line: what there is none of, and errors over the step."""
import json
import math
import os
import re
import tempfile
import unittest

from command_line import EXP, FIXTURES, Refusals, napier

GOOD_EXP = "so:" + os.path.join(FIXTURES, "libisolation_behaviours.so") + "#good_exp"


class BadInput(Refusals):
    """One line on stderr that says what is wrong and how to mend it; exit status 2; no output."""

    def test_derivatives_that_there_are_none_of(self):
        """Of functions without one here, of too high an order, of the wrong arguments, in pairs."""
        for function, words in (("d_lgamma", "no such function"), ("d0_exp", "d16_exp"),
                                ("d17_exp10", "d16_exp10"), ("d_pow", "nearest: d_"),
                                ("d3_pow_xy", "d2_pow_xy"), ("d_d_exp", "nearest: d_exp")):
            self.refused("audit", GOOD_EXP, "--function", function, "--format",
                         "binary64", says=[function, words])
        pair = ["audit", GOOD_EXP, *EXP, "--shape"]
        self.refused(*pair, "y=x,a,d", says=["second arguments", "one argument"])
        self.refused(*pair, "y=x,d17", says=["d17 is no parameter", "d d2 da"])
        self.refused(*pair, "y=x,d,d", says=["d is there twice"])
        self.refused(*pair, "y=x,d", "--claim", "d_exp2: ulp <= 1", says=["about d_exp2"])
        self.refused(*pair, "y=x,d", "--claim", "d_pow_x: ulp <= 1", says=["about d_pow_x"])
        self.refused("audit", GOOD_EXP, "--function", "pow", "--format", "binary64",
                     "--shape", "pair", says=["a is missing"])
        self.refused("audit", GOOD_EXP, "--function", "d_exp", "--format", "binary64", "--shape",
                     "pair", says=["y is the value", "exp"])

    def test_steps_that_can_not_be_tried(self):
        self.refused("steps", "five_points", says=["five_points", "five_point"])
        self.refused("steps", "--at=1", says=["--at", "-1,1"])
        self.refused("steps", "--at=0,745", says=["[-700, 700]"])
        self.refused("steps", "--cases", "0", says=["--cases", "from 1 to 4294967296"])
        self.refused("steps", "five_pont", says=["five_pont", "nearest: five_point"])
        self.refused("steps", "--seed", "x", says=["--seed", "'x' is not a whole number"])
        self.refused("steps", "--sead", "1", says=["--sead", "nearest: --seed"])


class Steps(unittest.TestCase):
    def test_observed_errors_stay_below_what_is_predicted(self):
        run = napier("steps", "central_difference", "forward_difference", "--cases", "200",
                     "--csv", "-")
        self.assertEqual(run.returncode, 0, run)
        header, *rows = [line.split(",") for line in run.stdout.splitlines()]
        self.assertEqual(header[-2:], ["predicted", "observed"])
        self.assertEqual({row[0] for row in rows}, {"central_difference", "forward_difference"})
        for row in rows:
            self.assertLessEqual(float(row[-1]), float(row[-2]), row)

    def test_the_table_says_which_step_is_best(self):
        run = napier("steps", "seven_point", "--cases", "50")
        self.assertIn("best", run.stdout)
        self.assertIn("chosen 2^-7", run.stdout)

    def test_a_page_has_its_marks_where_the_data_of_the_run_has_them(self):
        """Without scripts: the SVG's dots, against `steps` of report.json."""
        with tempfile.TemporaryDirectory() as folder:
            run = napier("audit", "shipped/derivative/five_point/d_exp2:binary64",
                         "shipped/derivative/dual/d_exp2:binary64", "--cases", "500", "--out",
                         folder)
            self.assertEqual(run.returncode, 0, run)
            with open(os.path.join(folder, "report.json"), encoding="utf-8") as file:
                targets = json.load(file)["targets"]
            with open(os.path.join(folder, "report.html"), encoding="utf-8") as file:
                page = file.read()
        self.assertNotIn("steps", targets[1])
        steps = targets[0]["steps"]
        pictures = re.findall("<svg class=steps.*?</svg>", page, re.DOTALL)
        self.assertEqual(1, len(pictures))
        self.assertIn("2^-10", page)

        def height(error):
            return max(0, math.log10(error))

        for kind in "predicted", "observed":
            drawn = [(power, error) for power, error in zip(steps["powers"], steps[kind])
                     if error not in (0, "inf")]
            dots = re.findall(rf'<circle class={kind} cx="([0-9.]+)" cy="([0-9.]+)"', pictures[0])
            self.assertEqual(len(drawn), len(dots))
            self.assertGreater(len(dots), 30)
            (x0, y0), (x1, y1) = ((float(x), float(y)) for x, y in (dots[0], dots[9]))
            binade = (x1 - x0) / (drawn[9][0] - drawn[0][0])
            decade = (y1 - y0) / (height(drawn[9][1]) - height(drawn[0][1]))
            self.assertGreater(binade, 0)
            self.assertLess(decade, 0)
            for (power, error), (x, y) in zip(drawn, dots):
                self.assertAlmostEqual(float(x), x0 + binade * (power - drawn[0][0]), delta=0.7)
                risen = height(error) - height(drawn[0][1])
                self.assertAlmostEqual(float(y), y0 + decade * risen, delta=1.2)
        for observed, predicted in zip(steps["observed"], steps["predicted"]):
            self.assertTrue(predicted == "inf" or observed <= predicted)


if __name__ == "__main__":
    unittest.main(verbosity=1)
