# Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
"""napier shim: what it writes compiles, is what examples/shims/ holds, and can be audited."""
import json
import os
import pathlib
import re
import shlex
import subprocess
import tempfile
import unittest

NAPIER = os.environ["NAPIER"]
SHIMS = pathlib.Path(os.environ["NAPIER_SOURCE_DIR"], "examples", "shims")
LICENCE = "// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0\n"
# The largest errors that may be seen of these, in ulps: far from what a wrong shim gives.
WORST = {"boost": 4, "eigen": 4, "highway": 4, "xsimd": 4}


def commands(text):
    """The command lines of a shim's comment: what writes, builds and audits it."""
    comment = text[: text.index("\n*/")].replace("\\\n", " ")
    return [shlex.split(line) for line in comment.split("\n") if line.startswith("    ")]


def squeezed(text):
    return re.sub(r"\s+", "", text)


class Shim(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name

    def run_in_folder(self, *words):
        if words[0] == "napier":
            words = [NAPIER, *words[1:]]
        return subprocess.run(words, cwd=self.folder, capture_output=True, text=True, timeout=300,
                              stdin=subprocess.DEVNULL)

    def shim(self, *words):
        run = self.run_in_folder("napier", "shim", *words)
        self.assertEqual((0, ""), (run.returncode, run.stderr))
        return run.stdout

    def audited(self, text):
        """The report of an audit of that shim, built as it says."""
        _, build, audit = commands(text)
        built = self.run_in_folder(*build)
        self.assertEqual((0, ""), (built.returncode, built.stderr), build)
        run = self.run_in_folder(*audit, "--cases", "2000", "--threads", "1", "--json", "-",
                                 "--property", "accuracy,returns", "--domain=-80,80")
        self.assertIn(run.returncode, [0, 1], run.stderr)
        return json.loads(run.stdout)["targets"][0]

    def test_writes_the_examples(self):
        examples = sorted(SHIMS.glob("*.cpp"))
        self.assertEqual(set(WORST), {path.stem for path in examples})
        for path in examples:
            with self.subTest(example=path.name):
                text = path.read_text().removeprefix(LICENCE)
                self.shim(*commands(text)[0][2:])
                written = pathlib.Path(self.folder, path.name).read_text()
                self.assertEqual(squeezed(written), squeezed(text))
                for line in written.split("\n"):
                    self.assertLessEqual(len(line), 100)
                found = self.audited(written)
                accuracy = [m for m in found["measurements"] if m["property"] == "accuracy"]
                self.assertGreater(accuracy[0]["cases"], 1000)
                self.assertLess(accuracy[0]["max_ulp"]["hi"], WORST[path.stem], found["name"])

    def test_of_every_kind_of_shape_compiles(self):
        for options, code in [
                (["pow", "binary32"], ["const float z = __builtin_powf(x, y)", "z"]),
                (["pow", "binary64", "--shape", "n:int,x,a,y:restrict"],
                 ["for (int i = 0; i < n; ++i) y[i] = __builtin_pow(x[i], a[i])"]),
                (["exp", "bfloat16"], ["x"]), (["exp", "binary128"], ["return x"]),
                (["exp", "binary64", "--shape", "vector:__m128d", "--name", "my_exp"], ["x"])]:
            with self.subTest(options=options):
                text = self.shim("--function", options[0], "--format", options[1], *options[2:],
                                 *code)
                pathlib.Path(self.folder, "shim.cpp").write_text(text)
                build = commands(text)[1]
                built = self.run_in_folder(*build, "-Wall", "-Werror")
                self.assertEqual((0, ""), (built.returncode, built.stderr), text)

    def test_survives_hostile_words(self):
        text = self.shim("--function", "exp", "--format", "binary64", "--flags",
                         "-DQUOTE=\"'$(touch marked)'\"", "x /* it's */ /**/")
        self.assertEqual(1, text[: text.index("#include")].count("*/"), text)
        self.assertEqual(commands(text)[0][-1], "x /* it's */ /**/")
        self.assertNotIn("marked", os.listdir(self.folder))

    def test_refuses_in_one_line(self):
        pathlib.Path(self.folder, "there.cpp").write_text("mine")
        exp = ["--function", "exp", "--format", "binary64"]
        for words, why in [
                ([*exp], "CODE"), (["x"], "--function"), ([*exp, "--name", "2x", "x"], "no name"),
                ([*exp, "--out", "there.cpp", "x"], "is there already"),
                ([*exp, "--shape", "raw", "x"], "--shape raw"),
                ([*exp, "x\ny"], "a line break"),
                (["--function", "exq", "--format", "binary64", "x"], "no such function")]:
            run = self.run_in_folder("napier", "shim", *words)
            self.assertEqual((2, ""), (run.returncode, run.stdout), words)
            self.assertEqual(1, run.stderr.count("\n"), run.stderr)
            self.assertIn(why, run.stderr)
        self.assertEqual("mine", pathlib.Path(self.folder, "there.cpp").read_text())


if __name__ == "__main__":
    unittest.main()
