"""What is shipped never leans on what judges it: the objects of lib call no exponential, power or
logarithm of libm, MPFR or anybody, save the catalogue's files that name libm's functions."""

import os
import pathlib
import re
import subprocess
import unittest

from house import CPP, Finding, HouseTest, code_of, files_below, source_root

SHIPPED = ["exponential", "composition", "derivative"]
NAMES_LIBM = re.compile(r"^(?:target/libm\.cpp|(?:\w+/)?libm/\w+\.cpp)$")

ELEMENTARY = (
    r"(?:c?exp(?:2|10|m1|2m1|10m1)?|c?pow(?:10|n|r|i)?|compoundn|rootn|c?log(?:2|10|1p|2p1|10p1)?"
    r"|a?sinh|a?cosh|a?tanh|[lt]?gamma|erfc?)"
)
FORBIDDEN = re.compile(
    rf"^_*(?:ieee754_)?{ELEMENTARY}(?:f|l|q|f16|bf16|f32|f64|f128|f32x|f64x)?(?:_finite|_r)?$"
    r"|^__powi[a-z]f2$|^_ZGV|^Sleef_|^_*(?:mpfr|mpfi|gmp|g?mp[fqz]n?)_|^_ZN\w*5boost|^dlv?sym$"
)
# Calls that the compiler may fold, so that no symbol is left to see.
FOLDED = re.compile(rf"\b(?:__builtin_|std::){ELEMENTARY}(?:f|l|f16|f32|f64|f128)?\s*\(")


def symbols(nm, path, kind):
    """Names of the undefined, or the defined external, symbols of an object, without versions."""
    option = {"undefined": "--undefined-only", "defined": "--defined-only"}[kind]
    output = subprocess.run([nm, "-P", "-g", option, str(path)], check=True, capture_output=True,
                            text=True, encoding="utf-8").stdout
    return {line.split()[0].split("@")[0] for line in output.splitlines() if line.strip()}


INCLUDED = re.compile(r'^#include "(.*)"$', re.MULTILINE)


def objects_of(folder, root, sources):
    """{source: object} below an object folder, without the leavings of sources that are gone. What
    is compiled together has one object: that of the file that includes it."""
    found = {}
    for path in sorted(folder.rglob("*.o")):
        source = path.relative_to(folder).as_posix()[: -len(".o")]
        if source in sources:
            found.setdefault(source, path)
    for made in sorted(folder.glob("Unity/*.o"), key=lambda made: made.stat().st_mtime):
        for name in INCLUDED.findall(made.with_suffix("").read_text(encoding="utf-8")):
            if name.startswith(f"{root}/"):
                found[name.removeprefix(f"{root}/")] = made
    return found


def check_objects(nm, objects):
    libm_names = set()
    for source, path in objects.items():
        if NAMES_LIBM.match(source):
            libm_names |= symbols(nm, path, "defined")
    for source, path in objects.items():
        if NAMES_LIBM.match(source):
            continue
        for name in sorted(symbols(nm, path, "undefined")):
            if FORBIDDEN.match(name):
                yield Finding("lib/" + source, 1, f"calls {name}")
            elif name in libm_names and source.split("/")[0] in SHIPPED:
                yield Finding("lib/" + source, 1, f"calls {name} of the file that names libm")


def check_text(root):
    for path in files_below(root, ["lib"], CPP):
        if NAMES_LIBM.match(path.removeprefix("lib/")):
            continue
        code = code_of((root / path).read_text(encoding="utf-8"))
        for match in FOLDED.finditer(code):
            line = code.count("\n", 0, match.start()) + 1
            yield Finding(path, line, f"names {match.group().rstrip('( ')}")


class Symbols(HouseTest):
    def setUp(self):
        self.nm = os.environ.get("NM", "nm")

    def test_of_lib_name_no_exponential(self):
        lib = source_root() / "lib"
        sources = [path for path in files_below(lib) if path.endswith(".cpp")]
        folder = pathlib.Path(os.environ["NAPIER_BINARY_DIR"], "lib/CMakeFiles/napier_lib.dir")
        objects = objects_of(folder, lib, sources)
        self.assertEqual(sources, sorted(objects), "every source of lib has its object")
        for shelf in SHIPPED:
            self.assertTrue(any(source.startswith(shelf + "/") for source in sources), shelf)
        self.assert_clean(check_objects(self.nm, objects))

    def test_text_of_lib_names_no_exponential(self):
        self.assert_clean(check_text(source_root()))

    def compiled(self, files):
        """Objects of planted sources, compiled as lib is."""
        root = self.planted(files)
        objects = {}
        for source in files:
            path = root / (source + ".o")
            subprocess.run([os.environ.get("CXX", "c++"), "-std=c++20", "-O2", "-fno-builtin", "-c",
                            str(root / source), "-o", str(path)], check=True)
            objects[source] = path
        return objects

    def test_checker_finds_each_forbidden_call(self):
        calls = ["exp", "expf", "expl", "exp2", "exp10", "expm1", "expm1l", "pow", "powf", "log",
                 "log2f", "log1p", "sinh", "__exp_finite", "__ieee754_exp", "__expf128", "expq",
                 "mpfr_exp", "mpfi_exp", "__gmpz_add", "_ZGVbN2v_exp", "Sleef_exp_u10", "dlsym"]
        text = "".join(f'extern "C" double {name}(double);\n' for name in calls)
        total = " + ".join(f"{name}(x)" for name in calls)
        text += f"double f(double x) {{ return {total}; }}\n"
        found = list(check_objects(self.nm, self.compiled({"exponential/bad.cpp": text})))
        self.assertEqual(sorted(f"calls {name}" for name in calls), sorted(f.rule for f in found))

    def test_checker_finds_what_the_standard_library_hides(self):
        text = "#include <cmath>\nfloat f(float x) { return std::exp(x) + std::pow(x, 3); }\n"
        found = check_objects(self.nm, self.compiled({"derivative/bad.cpp": text}))
        self.assertEqual({"calls expf", "calls pow"}, {f.rule for f in found})

    def test_checker_accepts_helpers_that_are_no_exponentials(self):
        text = ("#include <cmath>\ndouble f(double x) {\n  int e;\n"
                "  return std::fma(std::ldexp(x, 3), std::frexp(x, &e), std::sqrt(x)) + "
                "std::logb(x) + std::rint(x) + lrint(x);\n}\n")
        self.assert_clean(check_objects(self.nm, self.compiled({"exponential/good.cpp": text})))

    def test_checker_lets_only_the_catalogue_name_libm(self):
        objects = self.compiled({
            "target/libm.cpp": "#include <cmath>\ndouble g(double x) { return std::exp(x); }\n",
            "exponential/sly.cpp": "double g(double);\ndouble f(double x) { return g(x); }\n",
            "target/loud.cpp": "#include <cmath>\ndouble h(double x) { return std::exp(x); }\n",
        })
        found = [(f.path, f.rule) for f in check_objects(self.nm, objects)]
        self.assertEqual([("lib/exponential/sly.cpp", "calls _Z1gd of the file that names libm"),
                          ("lib/target/loud.cpp", "calls exp")], found)

    def test_checker_finds_calls_that_fold_away(self):
        root = self.planted({
            "lib/exponential/a.cpp": "// std::exp(1)\nfloat a = __builtin_expf(1);\nint b = "
                                     "__builtin_expect(1, 1);\nconst float c = std::exp (1.0f);\n",
            "lib/target/libm.cpp": "double d = std::exp(1.0);\n",
        })
        self.assertEqual([("lib/exponential/a.cpp", 2), ("lib/exponential/a.cpp", 4)],
                         [(f.path, f.line) for f in check_text(root)])


if __name__ == "__main__":
    unittest.main()
