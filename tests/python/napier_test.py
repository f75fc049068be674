# Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
"""python/napier.py on the library of this build: callables of every kind, with or without NumPy."""
import ctypes
import math
import os
import subprocess
import sys
import tempfile
import unittest

SOURCE = os.environ["NAPIER_SOURCE_DIR"]
LIBRARY = os.path.join(os.environ["NAPIER_BINARY_DIR"], "audit", "embedded", "libnapier.so.1")
os.environ["NAPIER_LIBRARY"] = LIBRARY
sys.path.insert(0, os.path.join(SOURCE, "python"))
import napier  # noqa: E402

try:
    import numpy
except ImportError:
    numpy = None
with_numpy = unittest.skipIf(numpy is None, "NumPy is not installed")
FAST = {"properties": "accuracy,product,lanes", "cases": 3000}


def wrong_exp(x):
    return math.exp(x) * (1 + 1e-10)


class PlainNumbers(unittest.TestCase):
    def test_a_good_function_stands(self):
        audit = napier.audit(math.exp, claim="ulp <= 1", cases=3000)
        self.assertEqual(("stands", 0, []), (audit.verdict, audit.status, audit.findings))
        self.assertIs(audit, audit.require())
        self.assertIn("STANDS math.exp exp:binary64", repr(audit))
        self.assertLess(audit.max_ulp[1], 1)
        self.assertEqual("math.exp", audit.report["targets"][0]["name"])

    def test_a_wrong_one_is_refuted_with_witnesses(self):
        audit = napier.audit(wrong_exp, claim="ulp <= 1", **FAST)
        self.assertEqual(("refuted", 1), (audit.verdict, audit.status))
        by_name = {finding.property: finding for finding in audit.findings}
        self.assertEqual({"accuracy", "product"}, set(by_name))
        self.assertEqual("1.1", by_name["product"].law)
        accuracy = by_name["accuracy"]
        self.assertRegex(repr(accuracy), r"accuracy in \d[\d,]* cases, worst at \(-?[\d.e-]+\)")
        for witness in [accuracy.smallest, accuracy.worst]:
            self.assertEqual(wrong_exp(*witness.x), float.fromhex(witness.got))
            self.assertGreater(witness.ulp[0], 1)
        self.assertRegex(str(audit), r"worst +exp\([-\d.]")
        with self.assertRaisesRegex(napier.Refuted, "accuracy: .*(.|\n)*right is 0x1"):
            audit.require()

    def test_nothing_claimed_is_measured(self):
        audit = napier.audit(wrong_exp, **FAST)
        self.assertEqual(("measured", 0), (audit.verdict, audit.status))
        states = {check.name: check.state for check in audit.checks}
        self.assertEqual(("measured", "stands"), (states["accuracy"], states["lanes"]))
        with self.assertRaisesRegex(ValueError, "give audit.. a claim"):
            audit.require()

    def test_an_overflow_rounds_as_the_mode_under_test(self):
        with tempfile.TemporaryDirectory() as folder:
            table = os.path.join(folder, "exp.table")
            subprocess.run([os.environ["NAPIER"], "record", "libm/exp:binary64", "--cases", "500",
                            "--rounding", "all", "--out", table], check=True, capture_output=True)
            # At -1 it gives the result of nearest in every mode: its compiler knew that one.
            libm = ctypes.CDLL("libm.so.6").exp
            libm.restype, libm.argtypes = ctypes.c_double, [ctypes.c_double]
            audit = napier.audit(lambda x: libm(x) if x == -1 else math.exp(x),
                                 claim=f"equals table:{table}", cases=3000)
        self.assertEqual("stands", audit.verdict, audit)

    def test_counts_that_are_none(self):
        for options in ({"cases": -1}, {"cases": 2 ** 64 + 5}, {"seed": -1}):
            with self.assertRaisesRegex(ValueError, "not in 0 to"):
                napier.audit(math.exp, claim="ulp <= 1", **options)

    def test_a_case_is_judged_again_and_explained(self):
        audit = napier.audit(wrong_exp, claim="ulp <= 1", **FAST)
        for finding in audit.findings:
            again = napier.audit(wrong_exp, claim="ulp <= 1", replay=finding.case)
            self.assertEqual(("refuted", 1), (again.verdict, again.status))
            self.assertRegex(str(again), r"got +[\d.e+-]+ \(0x1(.|\n)*REFUTED")
            with self.assertRaisesRegex(napier.Refuted, "Distances from the true value"):
                again.require()
            with self.assertRaisesRegex(ValueError, "no report"):
                again.findings
        good = napier.audit(math.exp, claim="ulp <= 1", replay="accuracy nearest 0x1p+1")
        self.assertEqual("stands", good.require().verdict)
        with self.assertRaisesRegex(ValueError, "PROPERTY ROUNDING ARGUMENTS"):
            napier.audit(math.exp, claim="ulp <= 1", replay="accuracy")

    def test_the_environment_names_a_case_of_one_function(self):
        script = ("import math, napier\n"
                  "wrong = napier.audit(lambda x: math.exp(x) * 1.1, name='wrong',"
                  " claim='ulp <= 1', cases=300)\n"
                  "right = napier.audit(math.exp, claim='ulp <= 1', cases=300)\n"
                  "print(len(wrong.checks), len(right.checks) > 10); print(wrong)")
        environment = {**os.environ, "PYTHONPATH": SOURCE + "/python"}

        def told(case):
            return subprocess.run([sys.executable, "-c", script], capture_output=True, text=True,
                                  timeout=500, env={**environment, "NAPIER_REPLAY": case}).stdout
        text = told("wrong accuracy nearest 0x1p+0")
        self.assertIn("1 True\n", text)
        self.assertIn("REFUTED.", text)
        self.assertNotIn("1 True\n", told("another accuracy nearest 0x1p+0"))

    def test_what_takes_over_a_minute_is_foretold(self):
        script = ("import math, time, napier\n"
                  "def slow(x):\n"
                  "    time.sleep(0.0003)\n"
                  "    return math.exp(x)\n"
                  "napier.audit(slow, claim='ulp <= 1', max_seconds=0.3)\n")
        run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True,
                             timeout=500, env={**os.environ, "PYTHONPATH": SOURCE + "/python"})
        self.assertRegex(run.stderr,
                         r"^napier: slow: a call takes [\d.]+ [mµ]s, all of them some \d+ ")
        self.assertEqual("", run.stdout)

    def test_errors_of_the_math_module_are_the_values_that_c_gives(self):
        claim = "ulp <= 1; special values"
        for function, of in [("exp", math.exp), ("expm1", math.expm1), ("pow", math.pow),
                             ("log", lambda x: math.log(x))]:
            audit = napier.audit(of, function, claim=claim, cases=2000)
            self.assertEqual([], audit.findings, function)
        # Overflow that is none is no excuse.
        def early(x):
            if x > 700:
                raise OverflowError("math range error")
            return math.exp(x)
        self.assertEqual("refuted", napier.audit(early, claim=claim, **FAST).verdict)

    def test_what_the_callable_raises_is_raised_with_its_argument(self):
        def fails(x):
            if x > 3:
                raise KeyError("nothing here")
            return math.exp(x)
        with self.assertRaisesRegex(KeyError, "nothing here") as caught:
            napier.audit(fails, **FAST)
        notes = getattr(caught.exception, "__notes__", ["napier: it was called with"])
        self.assertIn("napier: it was called with", notes[0])
        for raised in [SystemExit(4), ValueError("own words")]:
            def raises(_x, error=raised):
                raise error
            with self.assertRaises(type(raised)):
                napier.audit(raises, **FAST)
        with self.assertRaises(TypeError):
            napier.audit(lambda x: "many", **FAST)
        with self.assertRaises(TypeError):
            napier.audit(lambda: 1.0, **FAST)

    def test_options_that_make_no_sense_are_one_line(self):
        for options, words in [({"claim": "ulp < 1"}, "write 'ulp <= K'"),
                               ({"function": "expp"}, "nearest: exp"),
                               ({"dtype": "int32"}, "no dtype 'int32'"),
                               ({"properties": "acuracy"}, "nearest: accuracy"),
                               ({"roundings": "sideways"}, "sideways"),
                               ({"effort": "great"}, "great"),
                               ({"claim": "flags"}, "leave them out"),
                               ({"max_seconds": -1}, "seconds"),
                               ({"exhaustive": True}, "--exhaustive")]:
            with self.assertRaisesRegex(ValueError, words) as caught:
                napier.audit(math.exp, **options)
            self.assertNotIn("\n", str(caught.exception))
        with self.assertRaisesRegex(ValueError, "no form 'pdf'"):
            napier.audit(math.exp, **FAST).text("pdf")

    def test_properties_have_names_and_laws_numbers(self):
        self.assertEqual(["product", "reciprocal", "quotient", "tower"], napier.properties()[:4])
        audit = napier.audit(math.exp, claim="ulp <= 1", properties=["1.1", "1.2"], cases=1000)
        self.assertEqual(["law 1.1 product", "law 1.2 reciprocal"],
                         [check.name for check in audit.checks if check.cases])

    def test_time_that_is_up_is_told(self):
        audit = napier.audit(math.exp, claim="ulp <= 1", effort="deep", max_seconds=0.5)
        self.assertEqual(("inconclusive", 3), (audit.verdict, audit.status))
        self.assertIs(audit.report["out_of_time"], True)
        self.assertIn("the time was up", str(audit))

    def test_works_without_numpy(self):
        script = ("import sys; sys.modules['numpy'] = None\n"
                  "import math, napier\n"
                  "for kind in ['float32', 'float64']:\n"
                  "    audit = napier.audit(math.exp, dtype=kind, claim='ulp <= 1', cases=2000)\n"
                  "    print(audit.require().verdict)\n"
                  "try: napier.audit(math.exp, dtype='float16')\n"
                  "except ValueError as error: print(error)\n")
        run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True,
                             timeout=500, env={**os.environ, "PYTHONPATH": SOURCE + "/python"})
        self.assertEqual("stands\nstands\nnapier: numbers of float16 need NumPy, which is not "
                         "installed\n", run.stdout, run.stderr)

    def test_a_missing_library_is_told_with_the_mend(self):
        run = subprocess.run([sys.executable, "-c", "import napier; napier.version()"],
                             capture_output=True, text=True, timeout=500,
                             env={**os.environ, "PYTHONPATH": SOURCE + "/python",
                                  "NAPIER_LIBRARY": "/nowhere/libnapier.so"})
        self.assertRegex(run.stderr, "ImportError: .*NAPIER_LIBRARY")


@with_numpy
class Arrays(unittest.TestCase):
    def test_numpy_is_measured_in_every_dtype(self):
        for kind in ["float16", "float32", numpy.float64, "longdouble"]:
            audit = napier.audit(numpy.exp, "exp", kind, claim="ulp <= 3", **FAST)
            self.assertEqual([], audit.findings, kind)
            self.assertEqual("numpy.exp", audit.report["targets"][0]["name"])

    def test_arrays_are_not_copied_and_arguments_can_not_be_written(self):
        seen = []

        def looks(x):
            seen.append((x.flags.owndata, x.flags.writeable, x.ndim, x.dtype.name))
            return numpy.exp(x)
        napier.audit(looks, dtype="float32", **FAST)
        self.assertEqual({(False, False, 1, "float32")}, set(seen[1:]))  # the first is our sample

        def spoils(x):
            x *= 2
            return numpy.exp(x)
        with self.assertRaisesRegex(ValueError, "read-only"):
            napier.audit(_tolerant(spoils), **FAST)

    def test_two_arguments_are_two_arrays(self):
        audit = napier.audit(numpy.power, "pow", "float32", claim="ulp <= 2", **FAST)
        self.assertEqual([], audit.findings)
        swapped = napier.audit(lambda x, y: numpy.power(y, x), "pow", claim="ulp <= 2", **FAST)
        self.assertEqual("refuted", swapped.verdict)

    def test_what_depends_on_the_place_is_found(self):
        def odd(x):
            y = numpy.exp(x)
            y[3::4] *= 1 + 1e-15
            return y
        audit = napier.audit(odd, **FAST)
        self.assertEqual(["lanes"], [finding.property for finding in audit.findings])

    def test_a_result_of_another_shape_is_an_error(self):
        with self.assertRaisesRegex(ValueError, r"an array of \d+ numbers was given, and what"):
            napier.audit(_tolerant(lambda x: numpy.exp(x[:1])), **FAST)

    def test_floating_point_errors_neither_warn_nor_raise(self):
        script = ("import warnings; warnings.simplefilter('error')\n"
                  "import numpy, napier; numpy.seterr(all='raise')\n"
                  "print(napier.audit(numpy.exp, claim='ulp <= 3', cases=2000).verdict)")
        run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True,
                             timeout=500, env={**os.environ, "PYTHONPATH": SOURCE + "/python"})
        self.assertEqual(("stands\n", ""), (run.stdout, run.stderr))


def _tolerant(function):
    """Good for the sample that tells arrays from numbers, and as it is afterwards."""
    calls = []

    def first_is_good(*arguments):
        calls.append(1)
        return numpy.exp(arguments[0]) if len(calls) == 1 else function(*arguments)
    return first_is_good


if __name__ == "__main__":
    unittest.main(verbosity=1)
