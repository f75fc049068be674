"""A property is a row: what it is stands there, and nothing tells it from its kin by its name.

The names are read from the rows: `.name = "…"` and the first argument of what makes rows of a
family in props/checks, and the tables of props/law/laws.hpp. Elsewhere no string may be the name of
a property, but for those listed here with their reason.
"""

import re
import unittest

from house import CPP, Finding, HouseTest, comments_of, files_below, source_root

FOLDERS = ["props", "audit", "reports", "cli"]
LAWS = "props/law/laws.hpp"
ROWS = re.compile(r"^void contribute_\w+\(Properties& ", re.MULTILINE)
LAW = re.compile(r'\bLaw\{"[\d.]*", "(\w+)"')
ROW = re.compile(r'(?:\.name = |\b(?:demanded|row_of)\(\s*|string_view \w+ = )"([a-z]\w*)"[,;]')
STRING = re.compile(r'"([a-z]\w*)"')

# A file, the names it may say, and what they are there.
ALLOWED = [
    (r"reports/store/(?:claim_read|json_write)\.cpp",
     {"special_values", "monotone", "flags", "errno"}, "the facts of a claim"),
    (r"reports/store/json_write\.cpp", {"flags"}, "compiler flags"),
    (r"reports/store/json_read\.cpp", {"flags"}, "compiler flags"),
    (r"audit/manifest/manifest\.cpp", {"flags"}, "compiler flags"),
    (r"reports/store/json_(?:read|write)\.cpp|audit/manifest/manifest\.cpp", {"environment"},
     "variables of a process"),
    (r"cli/main\.cpp", {"flags"}, "compiler flags"),
    (r"props/property/askable\.cpp", {"flags", "errno"}, "the facts of a claim"),
    (r"audit/embedded/include/napier/gtest\.hpp", {"accuracy"}, "asks for it, as --property does"),
    (r"audit/embedded/include/napier/claim_literal\.hpp", {"monotone", "flags", "errno", "equals"},
     "the facts of a claim"),
    (r"audit/shards/fields\.hpp", {"overflow", "flags", "errno"}, "what a call raised"),
    (r"props/checks/manners\.cpp", {"overflow"}, "a flag"),
    (r"props/suite/\w+_test\.cpp", None, "tests of the suite"),
]


def names_in(path, text):
    """The names of the rows that a file has."""
    if path == LAWS:
        return set(LAW.findall(text))
    if path.startswith("props/checks/") and ROWS.search(text):
        return set(ROW.findall(text))
    return set()


def is_allowed(path, name):
    return any(re.fullmatch(pattern, path) and (names is None or name in names)
               for pattern, names, _ in ALLOWED)


def check(root):
    texts = {path: (root / path).read_text(encoding="utf-8")
             for path in files_below(root, FOLDERS, CPP)}
    own = {path: names_in(path, text) for path, text in texts.items()}
    names = set().union(*own.values())
    for path, text in texts.items():
        comments = comments_of(text)
        for number, line in enumerate(text.split("\n"), 1):
            code = line.replace(comments.get(number, ""), "") if number in comments else line
            for name in STRING.findall(code):
                if name in names and name not in own[path] and not is_allowed(path, name):
                    yield Finding(path, number, f'"{name}": ask the row, not the name')


class PropertyNames(HouseTest):
    def test_are_said_in_rows_alone(self):
        root = source_root()
        files = [path for path in files_below(root, ["props/checks"], {".cpp"})
                 if ROWS.search((root / path).read_text(encoding="utf-8"))]
        self.assertGreater(len(files), 5)
        for path in files + [LAWS]:
            text = (root / path).read_text(encoding="utf-8")
            if "law_readings()" not in text:  # the laws have their names from their tables
                self.assertTrue(names_in(path, text), path)
        self.assert_clean(check(root))

    def planted_rows(self, line, path="audit/a.cpp"):
        root = self.planted({
            LAWS: '    Law{"1.1", "product", "a^x", PointShape::sum,\n',
            "props/checks/c.cpp":
                'void contribute_c(Properties& rows) {\n  .name = "accuracy",\n}\n',
            path: line + "\n",
        })
        return [f.rule for f in check(root)]

    def test_finds_who_tells_a_property_by_its_name(self):
        for line in ['if (property.name == "accuracy") return;', 'found.property = "product";',
                     'constexpr std::array names{"returns", "accuracy"};']:
            self.assertNotEqual([], self.planted_rows(line), line)

    def test_lets_others_have_words(self):
        for line in ['say("an accuracy");', '// as "accuracy" is', 'f("precision");']:
            self.assertEqual([], self.planted_rows(line), line)

    def test_lets_a_row_say_its_name(self):
        self.assertEqual([], self.planted_rows('property_key("accuracy");', "props/checks/c.cpp"))


if __name__ == "__main__":
    unittest.main()
