"""lib <- oracles <- props <- reports <- audit <- cli: a layer includes only itself and those before
it, foreign libraries stay behind the layer that links them, and only cli and reports print."""

import re
import unittest

from house import CPP, LAYERS, Finding, HouseTest, code_of, files_below, source_root

# What Napier is measured against, by those who do it.
RIVALS = ["bench/ratios.cpp"]
# A foreign header by its first words, and the folders that may reach it.
TESTS = ["tests", "props/suite", "bench"]
FOREIGN = {
    "boost/": ["oracles", "tests/oracles"] + RIVALS,
    "mpfi": ["oracles", "tests/oracles"],
    "mpfr.h": ["oracles", "tests/oracles", "tests/honest"] + RIVALS,
    "gmp": ["oracles", "tests/oracles"],
    # Only who includes the header that is for its users meets it there.
    "rapidcheck": ["props/suite", "audit/embedded/include/napier/rapidcheck.hpp"],
    "gtest/": TESTS + ["audit/embedded"],
    "gmock/": TESTS,
    "benchmark/": ["bench"],
    "nlohmann/": ["reports", "audit/shards",
                  "tests/reports", "tests/audit", "tests/cli", "tests/fuzz"],
    "kainjow/": ["reports"],
    "sha256.h": ["reports"],
    "toml++/": ["audit"],
    "gelf.h": ["audit"],
    "tbb/": ["audit"],
    "oneapi/": ["audit"],
    "CLI/": ["cli"],
}
# These stay behind their layer even when a header of that layer is included.
REACH = {"boost/", "mpfi", "mpfr.h", "gmp", "rapidcheck"}
GENERATED = {"napier_build_info.hpp": ["audit", "cli"]}
# The rooms of a folder, from the ground up: a room includes only itself and those before it, and
# the folder's own headers.
ROOMS = {
    "oracles/fast": ["scalar", "calls", "sets"],
    "props": ["subject", "claim", "domain", "tally", "property", "law", "checks", "judge", "suite"],
    "reports": ["store", "view", "render"],
    "audit": ["isolation", "process", "profile", "shards", "trial", "manifest"],
}
# Headers of audit/embedded are part of the programs that include them.
PRINTERS = ["cli", "reports", "audit/embedded/include"] + TESTS
PRINTS = re.compile(
    r"\bstd::(?:cout|cerr|clog)\b|\bfmt::(?:print|println|vprint)\b"
    r"|(?<![\w.>])(?:std::)?(?:v?f?printf|v?dprintf|puts|fputs|putchar|putc|fputc|perror)\s*\("
)
# Where it is allowed, an include may still be no way round the rule.
PRINTING_HEADERS = re.compile(r"^(?:iostream|print|fmt/ostream\.h)$")
INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*(?:"([^"\n]+)"|<([^>\n]+)>)', re.MULTILINE)


def inside(path, folders):
    return any(path == folder or path.startswith(folder + "/") for folder in folders)


def allowed_folders(path):
    """The folders whose headers the file at path may include."""
    parts = path.split("/")
    if parts[0] == "tests":
        above = {"mutants": "lib", "honest": "props", "kill": "reports", "fuzz": "audit",
                 "wrong_code": "audit"}
        layer = above.get(parts[1], parts[1])
        own = ["tests/mutants", "/".join(parts[:2])]
    else:
        layer = {"bench": "audit", "examples": "audit"}.get(parts[0], parts[0])
        own = {"bench": ["bench", "tests/mutants"], "examples": ["examples"]}.get(parts[0], [])
    below = LAYERS[: LAYERS.index(layer) + 1] if layer in LAYERS else []
    if parts[0] == "tests":
        own += ["tests/" + folder for folder in below]
    return below + own


def room_of(folder, path):
    """The place of a file among the rooms of a folder; -1 outside of them."""
    parts = path.removeprefix(folder + "/").split("/")
    return ROOMS[folder].index(parts[0]) if parts[0] in ROOMS[folder] else -1


def is_above(path, name):
    """Whether the file called name lies in a room above the file at path."""
    return any(
        inside(path, [folder]) and inside(name, [folder])
        and 0 <= room_of(folder, path) < room_of(folder, name)
        for folder in ROOMS
    )


def includes_of(root, path):
    """(line, quoted, name) of each include that is not in a comment."""
    text = (root / path).read_text(encoding="utf-8")
    code = code_of(text)
    for match in INCLUDE.finditer(text):
        # Strings are blanked in code, quoted names among them: the word "include" is looked at.
        if "include" in code[match.start() : match.end()]:
            line = text.count("\n", 0, match.end()) + 1
            yield line, match.group(1) is not None, match.group(1) or match.group(2)


def foreign_of(name):
    return next((prefix for prefix in FOREIGN if name.startswith(prefix)), None)


def reached(root, path, graph, seen):
    """Foreign prefixes that including path brings in, through our own headers."""
    if path in seen or path not in graph:
        return set()
    seen.add(path)
    found = set()
    for _, quoted, name in graph[path]:
        if foreign_of(name):
            found.add(foreign_of(name))
        elif quoted:
            found |= reached(root, name, graph, seen)
    return found


def check(root):
    folders = LAYERS + ["tests", "bench", "examples"]
    paths = files_below(root, folders, CPP)
    graph = {path: list(includes_of(root, path)) for path in paths}
    for path in paths:
        # Fixtures and examples stand for other people's code.
        if inside(path, ["tests/fixtures", "examples"]):
            continue
        yield from check_includes(root, path, graph)
        yield from check_printing(root, path)


def check_includes(root, path, graph):
    suite = path.startswith("props/suite/")
    for line, quoted, name in graph[path]:
        foreign = foreign_of(name)
        if foreign:
            if not inside(path, FOREIGN[foreign]):
                yield Finding(path, line, f"{name} belongs to {', '.join(FOREIGN[foreign])}")
        elif not quoted:
            if PRINTING_HEADERS.match(name) and not inside(path, PRINTERS):
                yield Finding(path, line, f"<{name}>: nothing outside cli and reports prints")
            if inside(name, LAYERS):
                yield Finding(path, line, f"<{name}>: our own headers are included in quotes")
        elif name in GENERATED:
            if not inside(path, GENERATED[name]):
                yield Finding(path, line, f"{name} belongs to {', '.join(GENERATED[name])}")
        elif not (root / name).is_file():
            yield Finding(path, line, f'"{name}" is no file from the root of the tree')
        elif not inside(name, allowed_folders(path)):
            yield Finding(path, line, f'"{name}" is not below this layer')
        elif is_above(path, name):
            yield Finding(path, line, f'"{name}" is not below this room')
        elif inside(name, ["props/suite"]) and not suite:
            yield Finding(path, line, f'"{name}": the suite is nobody\'s library')
        else:
            for behind in sorted(reached(root, name, graph, set()) & REACH):
                if not inside(path, FOREIGN[behind]):
                    yield Finding(path, line, f'"{name}" brings in {behind}')


def check_printing(root, path):
    if inside(path, PRINTERS):
        return
    code = code_of((root / path).read_text(encoding="utf-8"))
    for match in PRINTS.finditer(code):
        line = code.count("\n", 0, match.start()) + 1
        name = match.group().strip(" (")
        yield Finding(path, line, f"{name}: nothing outside cli and reports prints")


class Layering(HouseTest):
    def test_holds_in_this_tree(self):
        self.assertGreater(len(files_below(source_root(), ["lib"], CPP)), 10)
        self.assert_clean(check(source_root()))

    def assert_finds(self, files, path, line, words):
        base = {"lib/a.hpp": "#pragma once\n", "oracles/o.hpp": '#include "lib/a.hpp"\n'}
        root = self.planted(base | files)
        found = list(check(root))
        self.assertEqual([(path, line)], [(f.path, f.line) for f in found], [str(f) for f in found])
        self.assertIn(words, found[0].rule)

    def test_accepts_a_tree_that_keeps_the_rules(self):
        root = self.planted({
            "lib/a.hpp": '#pragma once\n#include <vector>\n// #include "cli/x.hpp"\n',
            "oracles/o.hpp": '#include "lib/a.hpp"\n',
            "oracles/o.cpp": '#include <boost/a.hpp>\n#include <mpfi.h>\n#include <gmp.h>\n',
            "props/p.cpp": '#include "oracles/o.hpp"\nint n = snprintf(b, 1, "printf(");\n',
            "props/suite/s.cpp": '#include <rapidcheck.h>\n#include "props/p.hpp"\n',
            "props/p.hpp": "",
            "reports/r.cpp": '#include <iostream>\nvoid f() { std::cout << 1; }\n',
            "audit/a.cpp": '#include "napier_build_info.hpp"\n',
            "cli/c.cpp": '#include "audit/a.hpp"\nvoid g() { fmt::print("x"); }\n',
            "audit/a.hpp": "",
            "tests/oracles/t.cpp": '#include <mpfr.h>\n#include "oracles/o.hpp"\n',
            "tests/kill/k.cpp": '#include "tests/mutants/m.hpp"\n#include "props/p.hpp"\n',
            "tests/mutants/m.hpp": '#include "lib/a.hpp"\n',
            "tests/lib/support.hpp": '#include "lib/a.hpp"\n',
            "tests/props/t.cpp": '#include "tests/lib/support.hpp"\n',
        })
        self.assert_clean(check(root))

    def test_finds_an_upward_include(self):
        self.assert_finds({"lib/b.cpp": '\n#include "oracles/o.hpp"\n'},
                          "lib/b.cpp", 2, "not below")
        self.assert_finds({"oracles/b.cpp": '#  include "props/p.hpp"\n', "props/p.hpp": ""},
                          "oracles/b.cpp", 1, "not below")

    def test_finds_an_upward_include_between_rooms(self):
        self.assert_finds({"props/tally/t.hpp": '\n\n#include "props/judge/j.hpp"\n',
                           "props/judge/j.hpp": ""}, "props/tally/t.hpp", 3, "room")
        root = self.planted({"props/judge/j.cpp": '#include "props/tally/t.hpp"\n',
                             "props/tally/t.hpp": '#include "props/own.hpp"\n',
                             "props/own.hpp": ""})
        self.assert_clean(check(root))

    def test_finds_an_upward_include_in_a_test(self):
        self.assert_finds({"tests/lib/b.cpp": '#include "oracles/o.hpp"\n'},
                          "tests/lib/b.cpp", 1, "not below")
        self.assert_finds({"tests/lib/b.cpp": '#include "tests/props/support.hpp"\n',
                           "tests/props/support.hpp": ""}, "tests/lib/b.cpp", 1, "not below")

    def test_finds_mutants_outside_the_tests(self):
        self.assert_finds({"props/b.cpp": '#include "tests/mutants/m.hpp"\n',
                           "tests/mutants/m.hpp": ""}, "props/b.cpp", 1, "not below")

    def test_finds_an_include_that_is_not_from_the_root(self):
        self.assert_finds({"lib/b.cpp": '#include "a.hpp"\n'}, "lib/b.cpp", 1, "no file")

    def test_finds_our_own_header_in_angle_brackets(self):
        self.assert_finds({"lib/b.cpp": "#include <cli/a.hpp>\n"}, "lib/b.cpp", 1, "quotes")

    def test_finds_backends_outside_the_oracles(self):
        for header in ["boost/multiprecision/mpfi.hpp", "mpfr.h", "mpfi.h", "gmp.h", "gmpxx.h"]:
            for path in ["lib/b.cpp", "props/b.cpp", "cli/b.cpp", "tests/props/b.cpp"]:
                self.assert_finds({path: f"#include <{header}>\n"}, path, 1, "oracles")

    def test_finds_backends_that_a_header_brings_in(self):
        self.assert_finds({"oracles/leak.hpp": "#include <boost/a.hpp>\n",
                           "oracles/o2.hpp": '#include "oracles/leak.hpp"\n',
                           "props/b.cpp": '#include "lib/a.hpp"\n#include "oracles/o2.hpp"\n'},
                          "props/b.cpp", 2, "brings in boost/")

    def test_finds_rapidcheck_outside_the_suite(self):
        self.assert_finds({"props/b.cpp": "#include <rapidcheck/gtest.h>\n"},
                          "props/b.cpp", 1, "suite")
        self.assert_finds({"tests/props/b.cpp": "#include <rapidcheck.h>\n"},
                          "tests/props/b.cpp", 1, "suite")

    def test_finds_foreign_libraries_outside_their_layer(self):
        for header, path in [("nlohmann/json.hpp", "props/b.cpp"), ("CLI/CLI.hpp", "audit/b.cpp"),
                             ("tbb/task.h", "props/b.cpp"), ("toml++/toml.h", "lib/b.cpp"),
                             ("gtest/gtest.h", "props/b.cpp")]:
            self.assert_finds({path: f"#include <{header}>\n"}, path, 1, "belongs to")

    def test_finds_printing(self):
        for text in ['fmt::print("x");', 'printf("x");', 'std::printf("x");', "std::cerr << 1;",
                     'fprintf(stderr, "x");', 'std::puts("x");', 'perror("x");']:
            self.assert_finds({"audit/b.cpp": f"void f() {{\n  {text}\n}}\n"},
                              "audit/b.cpp", 2, "prints")
        self.assert_finds({"props/b.cpp": "#include <iostream>\n"}, "props/b.cpp", 1, "prints")


if __name__ == "__main__":
    unittest.main()
