# Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
"""What is told of a wrong function: what it gave, what is right, and what is wrong with it."""
import os
import re
import subprocess
import tempfile
import unittest

NAPIER = os.environ["NAPIER"]

SOURCE = """
#include <errno.h>
#include <fenv.h>
#include <math.h>
#include <stdlib.h>
/* A tie that goes to odd: 4097 squared is halfway between two floats. */
float tie_powf(float x, float y) { return x == 4097 && y == 2 ? 0x1.002002p+24f : powf(x, y); }
/* Farther off at 2 than anywhere else, and by half an ulp at a tie. */
float far_powf(float x, float y) {
  float z = tie_powf(x, y);
  return x == 2 && y == 0.5f ? nextafterf(nextafterf(z, 9), 9) : z;
}
/* One step too low, whatever the mode. */
double low_exp(double x) { int m = fegetround(); fesetround(FE_TONEAREST); double y = exp(x);
  fesetround(FE_DOWNWARD); y = nextafter(y, -1); fesetround(m); return y; }
double inf_exp(double x) { return x == -1000 ? INFINITY : exp(x); }
double lossy_expm1(double x) { return fabs(x) < 0x1p-52 ? 0 : expm1(x); }
double quiet_exp(double x) {
  fenv_t e; feholdexcept(&e); double y = exp(x); fesetenv(&e); return y; }
double plain_exp(double x) { return exp(x); }
double loud_exp(double x) { double y = exp(x); if (x == 1) feraiseexcept(FE_OVERFLOW); return y; }
double deaf_exp(double x) { int e = errno; double y = exp(x); errno = e; return y; }
double dead_exp(double x) { if (x == 2) abort(); return exp(x); }
double once_exp(double x) { return x == 1 ? exp(x) + 0x1p-49 : exp(x); }
double thousandth_exp(double x) { return exp(x) * (1 + 0x1p-10); }
double slope_exp2(double x) { return exp2(x) * 0x1.62e42fefa39efp-1; }
double slope_pow(double x, double y) { return y * pow(x, y - 1); }
double fickle_exp(double x) { static int n; return exp(x) + (n++ % 2) * 1e-9; }
"""


class Words(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.temporary = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.temporary.cleanup)
        source = os.path.join(cls.temporary.name, "wrong.c")
        cls.so = os.path.join(cls.temporary.name, "wrong.so")
        with open(source, "w") as file:
            file.write(SOURCE)
        subprocess.run([os.environ.get("CC", "cc"), "-O1", "-fno-builtin", "-frounding-math",
                        "-shared", "-fPIC", "-o", cls.so, source, "-lm"], check=True)

    def napier(self, command, symbol, function, *options):
        kind = "binary32" if symbol.endswith("f") else "binary64"
        return subprocess.run([NAPIER, command, f"so:{self.so}#{symbol}", "--function", function,
                               "--format", kind, *options], capture_output=True, text=True,
                              timeout=500, stdin=subprocess.DEVNULL)

    def replayed(self, symbol, function, at, *options, status=1):
        run = self.napier("replay", symbol, function, "--at=" + at, *options)
        self.assertEqual((status, ""), (run.returncode, run.stderr), run.stdout)
        return run.stdout

    def says(self, text, *words):
        for word in words:
            self.assertIn(word, text)

    def test_a_tie_that_went_the_wrong_way(self):
        text = self.replayed("tie_powf", "pow", "0x1.001p+12,0x1p+1", "--correctly-rounded",
                             "--property", "accuracy")
        self.says(text, "got    16785410", "right  16785408",
                  "error  0.5 ulp", "exactly halfway, and ties go to even")

    def test_the_worst_of_wrong_roundings_is_the_one_farthest_off(self):
        run = self.napier("audit", "far_powf", "pow", "--correctly-rounded", "--domain=x=2,4097",
                          "--effort", "quick", "--property", "accuracy")
        self.assertEqual(1, run.returncode, run.stdout)
        worst = [line for line in run.stdout.splitlines() if "worst " in line or "witness " in line]
        self.assertIn("pow(2, 0.5)", " ".join(worst))

    def test_the_wrong_side_in_a_directed_mode(self):
        text = self.replayed("low_exp", "exp", "0x1p+0", "--correctly-rounded", "--property",
                             "accuracy", "--rounding", "up")
        self.says(text, "rounding up", "right  2.7182818284590455 (0x1.5bf0a8b14576ap+1)",
                  "below the true value, and rounding up must not")

    def test_a_replay_pictures_the_result_and_asks_its_neighbours(self):
        text = self.replayed("once_exp", "exp", "0x1p+0", "--max-ulp", "1", "--property",
                             "accuracy")
        self.says(text, "error  3.674 ulp (relative 6e-16, absolute 1.63e-15)",
                  "Distances from the true value:",
                  "Errors around the argument, so many encodings away:")
        rows = {line.split()[0]: line for line in text.splitlines() if line.startswith("    ")}
        self.assertLessEqual(rows["allowed"].index("["), rows["right"].index("*"))
        self.assertLess(rows["right"].index("*"), rows["allowed"].index("]"))
        self.assertLess(rows["allowed"].index("]"), rows["got"].rindex("*"))
        near = [(line.split()[0], float(line.split()[1])) for line in text.splitlines()
                if line.startswith("    ") and line.split()[0][0] in "+-" and " ulp " in line]
        self.assertEqual(["+0"], [steps for steps, error in near if error > 1])
        self.assertGreaterEqual(len(near), 11)

    def test_both_sides_of_a_law_are_in_one_picture(self):
        law = ["--max-ulp", "1", "--property", "product"]
        text = self.replayed("once_exp", "exp", "0x1p+0,0x1p+1", *law)
        self.says(text, "Both sides of a^x a^y = a^(x+y), if the claim held, from the true value:")
        rows = [line for line in text.split("from the true value:")[1].splitlines()
                if re.match(r" +(left|right) side ", line)][:2]
        ends = re.search(r"left side would lie from (\S+) to (\S+) ulp from there, its right side "
                         r"from (\S+) to (\S+) ulp", text)
        low, high, other_low, other_high = map(float, ends.groups())
        self.assertTrue(high < other_low or other_high < low)
        self.assertFalse(set(self.columns(rows[0])) & set(self.columns(rows[1])), rows)
        text = self.replayed("once_exp", "exp", "0x1p-3,0x1p-2", *law, status=0)
        rows = [line for line in text.split("from the true value:")[1].splitlines()
                if re.match(r" +(left|right) side ", line)][:2]
        self.assertTrue(set(self.columns(rows[0])) & set(self.columns(rows[1])), rows)

    @staticmethod
    def columns(row):
        """Where something is drawn in a row of a picture, behind its name."""
        name = re.match(r" +\w+ side ", row).end()
        return [i for i in range(name, len(row)) if row[i] in "[=]*<>"]

    def test_a_claim_without_an_end_is_pictured_so(self):
        text = self.replayed("once_exp", "exp", "0x1p+0", "--claim", "abs <= 1e30", "--property",
                             "accuracy", status=0)
        self.assertRegex(text, r"allowed +<=+>")

    def test_infinity_where_zero_is_right(self):
        text = self.replayed("inf_exp", "exp", "-1000", "--max-ulp", "1", "--property", "accuracy")
        self.says(text, "got    inf", "right  0")
        self.assertNotIn("e308", text)
        run = self.napier("audit", "inf_exp", "exp", "--max-ulp", "1", "--domain=-1000,-1000",
                          "--effort", "quick", "--property", "accuracy")
        self.says(run.stdout.splitlines()[0], "but got inf, right is 0 at -1000")
        self.assertNotIn("1.797e308", run.stdout)

    def test_what_is_lost_to_zero_is_no_overflow(self):
        run = self.napier("audit", "lossy_expm1", "expm1", "--max-ulp", "1", "--effort", "quick",
                          "--property", "overflow")
        self.assertEqual(1, run.returncode, run.stdout)
        self.says(run.stdout, "lost to zero")
        self.assertNotIn("an overflow, though the true value is in range", run.stdout)
        self.assertNotIn("nearest exact limit", run.stdout)

    def test_flags_that_were_raised_and_asked_for(self):
        claim = ["--flags", "--property", "flags"]
        self.says(self.replayed("quiet_exp", "exp", "0x1p+10", *claim),
                  "raised no flag, where Annex F asks for overflow")
        self.says(self.replayed("loud_exp", "exp", "0x1p+0", *claim),
                  "raised overflow, where Annex F asks for no flag")
        run = self.napier("audit", "quiet_exp", "exp", *claim, "--effort", "quick")
        self.says(run.stdout.splitlines()[0],
                  "; raised no flag, where Annex F asks for overflow, at 1024")
        self.assertNotIn("instead of", run.stdout)

    def test_errno(self):
        self.says(self.replayed("deaf_exp", "exp", "0x1p+10", "--errno", "--property", "errno"),
                  "left errno as it was, where it must be ERANGE for an overflow")

    def test_a_case_without_an_answer_is_undecided(self):
        text = self.replayed("dead_exp", "exp", "0x1p+1", "--max-ulp", "1", "--property",
                             "accuracy", status=3)
        self.says(text, "UNDECIDED: a call gave no answer", "killed by signal 6")
        self.says(self.replayed("dead_exp", "exp", "0x1p+1", "--property", "returns"),
                  "killed by signal 6", "REFUTED")

    def test_two_answers_to_one_question_are_both_shown(self):
        text = self.replayed("fickle_exp", "exp", "0x1p+0", "--property", "deterministic")
        self.says(text, "got    2.718281828459045 (0x1.5bf0a8b145769p+1)", "(0x1.5bf0a8b36b381p+1)",
                  "Two calls with the same input gave 0x1.5bf0a8b")
        run = self.napier("audit", "fickle_exp", "exp", "--effort", "quick", "--property",
                          "deterministic")
        self.assertNotIn("no answer", run.stdout)

    def test_a_relative_bound_is_told_in_relative_terms(self):
        claim = ["--claim", "rel <= 5e-4", "--property", "accuracy"]
        self.says(self.replayed("thousandth_exp", "exp", "0x1p+0", *claim),
                  "a relative error of 0.0009765625")
        text = self.replayed("thousandth_exp", "exp", "-700", *claim)
        self.says(text, "a relative error of 0.0009765625")
        # Where results underflow the right rounding itself is too far off.
        run = self.napier("replay", "plain_exp", "exp", "--at=-745", *claim)
        self.assertEqual(1, run.returncode, run.stdout)
        self.says(run.stdout, "it is the right rounding, and no other number is nearer")

    def test_a_domain_stands_in_the_headline(self):
        run = self.napier("audit", "plain_exp", "exp", "--claim", "ulp <= 1 on [0, 700]",
                          "--cases", "1000", "--property", "accuracy")
        self.says(run.stdout.splitlines()[0], "claimed <= 1 ulp for x in [0, 700]")

    def test_quiet_and_verbose_contradict_each_other(self):
        run = self.napier("audit", "plain_exp", "exp", "--quiet", "-v")
        self.assertEqual((2, ""), (run.returncode, run.stdout))
        self.says(run.stderr, "--quiet and -v contradict each other")

    def test_decimals_stand_beside_hex(self):
        text = self.replayed("low_exp", "exp", "0x1p-1", "--max-ulp", "3", "--property", "accuracy",
                             status=0)
        self.says(text, "exp(0.5)", "1.6487212707001282 (0x1.a61298e1e069cp+0)")

    def test_a_derivative_alone_is_told_which_laws_are_not_asked(self):
        options = ["--max-ulp", "3", "--domain=0.5,8", "--cases", "200", "--property", "accuracy"]
        run = self.napier("audit", "slope_exp2", "d_exp2", *options)
        self.assertIn("Not asked: 1.5 slope, mean_value, since no value stands beside this",
                      run.stdout)
        run = self.napier("audit", "slope_exp2", "d2_exp2", "--cases", "20")
        self.assertIn("Not asked: higher_slope, since no value stands", run.stdout)
        run = self.napier("audit", "slope_pow", "d_pow_x", *options[:2], "--property", "power_rule")
        self.assertEqual(3, run.returncode)
        self.assertIn("nothing was tried. Not asked: power_rule, mean_value, since no value stands",
                      " ".join(run.stdout.split()))

    def test_a_property_that_is_named_and_cant_be_asked_is_told(self):
        run = self.napier("audit", "slope_exp2", "d_exp2", "--max-ulp", "3", "--cases", "20",
                          "--property", "special_values")
        self.assertEqual(3, run.returncode)
        self.assertIn("Not asked: special_values (Annex F knows no derivatives)",
                      " ".join(run.stdout.split()))


if __name__ == "__main__":
    unittest.main(verbosity=1)
