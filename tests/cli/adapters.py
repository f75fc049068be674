# Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
"""The adapters of examples/adapters: each computes as its first lines say, where its language is
installed. Each is a test of ctest (tests/CMakeLists.txt), skipped where it is not."""
import json
import os
import shutil
import subprocess
import tempfile
import unittest

NAPIER = os.environ["NAPIER"]
ADAPTERS = os.path.join(os.environ["NAPIER_SOURCE_DIR"], "examples", "adapters")
# What scripts/setup.sh installs, so that its absence is no reason to skip.
PROMISED = {"cc", "gfortran", "lua5.4", "mawk", "node", "numpy", "perl", "python3"}
PYTHON = "/usr/bin/python3" if os.path.exists("/usr/bin/python3") else "python3"


class Adapters(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name

    def need(self, *programs):
        for program in programs:
            if shutil.which(program) is None:
                if program in PROMISED:
                    self.fail(f"{program} is not installed: scripts/setup.sh does it")
                self.skipTest(f"{program} is not installed")

    def build(self, *command):
        run = subprocess.run(command, cwd=self.folder, capture_output=True, text=True, timeout=300)
        self.assertEqual(0, run.returncode, run)

    def audit(self, command, function="exp", format="binary64", shape="raw", claim="ulp <= 2"):
        run = subprocess.run(
            [NAPIER, "audit", "exec:" + command, "--function", function, "--format", format,
             "--shape", shape, "--claim", claim, "--cases", "300", "--threads", "1",
             "--property", "accuracy,lanes,returns", "--json", "-"],
            cwd=self.folder, capture_output=True, text=True, timeout=300,
            env={**os.environ, "LC_ALL": "C"})
        self.assertIn(run.returncode, [0, 1], run.stderr)
        target = json.loads(run.stdout)["targets"][0]
        asked = {m["property"]: m["cases"] for m in target["measurements"]}
        for name in ["accuracy", "lanes", "returns"]:
            self.assertGreater(asked.get(name, 0), 50)  # of 300, those inside the domain
        return {f["property"]: f for f in target["findings"]}

    def assert_computes(self, command, functions, **options):
        for function in functions:
            with self.subTest(command=command, function=function):
                self.assertEqual({}, self.audit(command, function, **options))

    def assert_refuses(self, command, shape="raw"):
        """What it can't do it says in a line, which Napier quotes."""
        for function, format, words in [("exp", "bfloat16", " only"), ("d_exp", "binary64", "")]:
            with self.subTest(command=command, function=function, format=format):
                run = subprocess.run(
                    [NAPIER, "audit", "exec:" + command, "--function", function, "--format", format,
                     "--shape", shape, "--cases", "10", "--threads", "1"],
                    cwd=self.folder, capture_output=True, text=True, timeout=300)
                self.assertEqual((2, 1), (run.returncode, run.stderr.count("\n")), run)
                self.assertIn("exited with status 1", run.stderr)
                self.assertRegex(run.stderr, f"it printed: [^|]*{words};")

    def file(self, name):
        return os.path.join(ADAPTERS, name)

    def test_c(self):
        self.need("cc")
        self.build("cc", "-O2", "-fno-builtin", "-o", "adapter", self.file("adapter.c"), "-lm")
        self.assert_computes("./adapter", ["exp10", "pow"])
        self.assert_refuses("./adapter")

    def test_c_of_another_machine(self):
        self.need("aarch64-linux-gnu-gcc", "qemu-aarch64")
        self.build("aarch64-linux-gnu-gcc", "-O2", "-fno-builtin", "-static", "-o", "adapter",
                   self.file("adapter.c"), "-lm")
        self.assert_computes("qemu-aarch64 ./adapter", ["exp"])

    def test_fortran(self):
        self.need("gfortran")
        self.build("gfortran", "-O2", "-o", "adapter", self.file("adapter.f90"))
        self.assert_computes("./adapter", ["exp"])
        self.assert_refuses("./adapter")

    def test_go(self):
        self.need("go")
        os.environ.setdefault("GOCACHE", os.path.join(self.folder, "cache"))
        self.build("go", "build", "-o", "adapter", self.file("adapter.go"))
        # Its exp overflows early on x86-64, which is true of Go and no fault of the adapter.
        self.assert_computes("./adapter", ["exp"], claim="ulp <= 2 on [-700, 700]")
        self.assert_refuses("./adapter")

    def test_java(self):
        self.need("javac", "java")
        self.build("javac", "-d", ".", self.file("Adapter.java"))
        self.assert_computes("java -cp . Adapter", ["exp"])
        self.assert_computes("java -cp . Adapter strict", ["exp"])
        self.assert_refuses("java -cp . Adapter")

    def test_lua(self):
        self.need("lua5.4")
        self.assert_computes(f"lua5.4 '{self.file('adapter.lua')}'", ["pow"])
        self.assert_refuses(f"lua5.4 '{self.file('adapter.lua')}'")

    def test_node(self):
        self.need("node")
        self.assert_computes(f"node '{self.file('adapter.js')}'", ["exp"])
        self.assert_refuses(f"node '{self.file('adapter.js')}'")

    def test_ocaml(self):
        self.need("ocamlopt")
        shutil.copy(self.file("adapter.ml"), self.folder)
        self.build("ocamlopt", "-o", "adapter", "adapter.ml")
        self.assert_computes("./adapter", ["pow"])
        self.assert_refuses("./adapter")

    def test_perl(self):
        self.need("perl")
        self.assert_computes(f"perl '{self.file('adapter.pl')}'", ["exp"])
        self.assert_refuses(f"perl '{self.file('adapter.pl')}'")

    def test_python(self):
        self.assert_computes(f"{PYTHON} '{self.file('adapter_math.py')}'", ["log"])
        self.assert_refuses(f"{PYTHON} '{self.file('adapter_math.py')}'")

    def test_dual_numbers(self):
        command = f"{PYTHON} '{self.file('adapter_dual.py')}'"
        self.assert_computes(command, ["d_exp", "d_log", "d_expm1"])
        self.assert_computes(command, ["d_softplus", "d_sigmoid"], claim="ulp <= 6 on [-30, 30]")
        self.assert_computes(command, ["d_pow_x", "d_pow_y"],
                             claim="ulp <= 4 on x in [0.5, 8], y in [1, 20]")
        # 2^x overflows before its slope does, as it does to whoever multiplies the two.
        found = self.audit(command, "d_exp2", claim="ulp <= 3")
        self.assertLessEqual(set(found), {"accuracy"})
        for function, format, words in [("d2_exp", "binary64", "differentiates d_exp"),
                                        ("d_exp", "binary32", "in binary64 alone")]:
            run = subprocess.run(
                [PYTHON, self.file("adapter_dual.py")], input=b"", capture_output=True, timeout=60,
                env={**os.environ, "NAPIER_FUNCTION": function, "NAPIER_FORMAT": format})
            said = run.stderr.decode()
            self.assertEqual((1, 1), (run.returncode, said.count("\n")), said)
            self.assertIn(words, said)

    def test_numpy(self):
        if subprocess.run([PYTHON, "-c", "import numpy"], capture_output=True).returncode != 0:
            self.fail("numpy is not installed: scripts/setup.sh does it")
        command = f"{PYTHON} '{self.file('adapter_numpy.py')}'"
        self.assert_computes(command, ["pow"])
        for format in ["binary16", "binary32", "binary80"]:
            self.assert_computes(command, ["exp"], format=format, claim="ulp <= 4")
        self.assert_refuses(command)

    def test_rust(self):
        self.need("rustc")
        self.build("rustc", "--edition", "2021", "-O", "-o", "adapter", self.file("adapter.rs"))
        self.assert_computes("./adapter", ["exp"])
        self.assert_refuses("./adapter")

    def test_awk(self):
        self.need("mawk")
        script = f"-f '{self.file('adapter.awk')}'"
        self.assert_computes(f"mawk -W interactive {script}", ["exp"], shape="decimal")
        self.assert_refuses(f"mawk -W interactive {script}", shape="decimal")
        if shutil.which("gawk"):
            self.assert_computes(f"gawk {script}", ["exp"], shape="decimal")

    def test_gpu(self):
        program = "import sys; sys.path.insert(0, %r); import blocks, numpy; blocks.serve(%s)"
        gpu = os.path.join(os.path.dirname(ADAPTERS), "gpu")
        for function, of in [("exp", "numpy.exp"), ("pow", "numpy.power")]:
            path = os.path.join(self.folder, function + ".py")
            with open(path, "w") as file:
                file.write(program % (gpu, of))
            self.assert_computes(f"{PYTHON} {function}.py", [function])
        ask = "import sys; sys.path.insert(0, %r); import derivatives; print(derivatives.asked(%r))"
        for name, means in [("d_exp", "('exp', [0])"), ("d3_exp10", "('exp10', [0, 0, 0])"),
                            ("d_pow_y", "('pow', [1])"), ("d2_pow_xy", "('pow', [0, 1])")]:
            run = subprocess.run([PYTHON, "-c", ask % (gpu, name)], capture_output=True, text=True)
            self.assertEqual(means, run.stdout.strip(), run)
        run = subprocess.run([PYTHON, "-c", ask % (gpu, "exp")], capture_output=True, text=True)
        self.assertIn("exp is no derivative", run.stderr)
        for name in os.listdir(gpu):
            if name.endswith(".py"):
                with open(os.path.join(gpu, name)) as file:
                    compile(file.read(), name, "exec")

    def test_torch(self):
        if subprocess.run([PYTHON, "-c", "import torch"], capture_output=True).returncode != 0:
            self.skipTest("torch is not installed")
        program = os.path.join(os.path.dirname(ADAPTERS), "gpu", "torch_grad.py")
        command = f"{PYTHON} '{program}' cpu"
        self.assert_computes(command, ["d_exp", "d2_exp"], format="binary32")
        self.assert_computes(command, ["d_exp"], format="bfloat16")
        self.assert_computes(command, ["d_pow_x"], claim="ulp <= 4 on x in [0.5, 8], y in [1, 20]")
        self.assert_computes(command, ["d2_pow_xy"], claim="ulp <= 8 on x in [1, 8], y in [1, 20]")

    def test_cuda(self):
        self.need("nvcc")
        self.build("nvcc", "-O2", "-o", "cuda_exp",
                   os.path.join(os.path.dirname(ADAPTERS), "gpu", "cuda_exp.cu"))

    def test_every_adapter_is_listed(self):
        with open(__file__) as file:
            tests = file.read()
        with open(self.file("README.md")) as file:
            rows = file.read()
        cmake = os.path.join(os.path.dirname(__file__), "..", "CMakeLists.txt")
        with open(cmake) as file:
            listed = file.read()
        for test in unittest.defaultTestLoader.getTestCaseNames(Adapters):
            self.assertIn(" " + test.removeprefix("test_"), listed.replace("\n", " "))
        for name in os.listdir(ADAPTERS):
            if name != "README.md":
                self.assertIn(f'"{name}"' if f'"{name}"' in tests else f"'{name}'", tests)
                self.assertIn(f"`{name}`", rows)


if __name__ == "__main__":
    unittest.main(verbosity=2)
