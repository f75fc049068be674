"""docs/report.schema.json accepts the reports that the code writes and refuses broken ones, and the
digest is what the schema says it is. The reports are baselines: Baseline.Json compares them with
what the code writes, byte for byte."""

import copy
import hashlib
import json
import os
import pathlib
import unittest

import jsonschema

ROOT = pathlib.Path(os.environ["NAPIER_SOURCE_DIR"])
SCHEMA = json.loads((ROOT / "docs/report.schema.json").read_text(encoding="utf-8"))
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)
# Those of report.json, and not of other forms that are JSON.
BASELINES = sorted(path for path in (ROOT / "tests/reports/baselines").glob("*.json")
                   if "." not in path.stem)


def load(path):
    return json.loads(path.read_text(encoding="utf-8"))


def all_places(value, path=()):
    """The paths of everything in the tree."""
    yield path
    children = value.items() if isinstance(value, dict) else enumerate(value)
    for key, child in children if isinstance(value, (dict, list)) else ():
        if isinstance(child, (dict, list)):
            yield from all_places(child, path + (key,))
        else:
            yield path + (key,)


def places(value):
    """The same, but of the rows of a list only the first that has what is there."""
    seen = {}
    for path in all_places(value):
        kind = tuple("*" if isinstance(key, int) else key for key in path)
        seen.setdefault(kind, path)
    return list(seen.values())


def at(value, path):
    for key in path:
        value = value[key]
    return value


class Literal(float):
    """A number as the file spells it."""

    def __new__(cls, text):
        literal = float.__new__(cls, text)
        literal.text = text
        return literal


def compact(value):
    if isinstance(value, dict):
        return "{" + ",".join(compact(k) + ":" + compact(v) for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(compact, value)) + "]"
    return value.text if isinstance(value, Literal) else json.dumps(value, ensure_ascii=False)


class Schema(unittest.TestCase):
    def refused(self, report):
        return not VALIDATOR.is_valid(report)

    def test_is_a_schema(self):
        jsonschema.Draft202012Validator.check_schema(SCHEMA)

    def test_accepts_what_the_code_writes(self):
        self.assertGreaterEqual(len(BASELINES), 3)
        for path in BASELINES:
            errors = [f"{path.name}: {list(e.path)}: {e.message}"
                      for e in VALIDATOR.iter_errors(load(path))]
            self.assertEqual([], errors)

    def test_refuses_a_report_that_lacks_a_field(self):
        report = load(ROOT / "tests/reports/baselines/many.json")
        tried = 0
        for path in places(report):
            may_lack = path and (isinstance(path[-1], int) or "budgets" in path[:-1]
                                 or path[-1] in ["performance", "call", "fault", "profile",
                                              "relative", "absolute",
                                              "diagnoses", "steps",
                                              "unsaturated", "special", "maps", "at_most"]
                                 or path[-2:] == ("breakdown", "undecided"))
            if not path or may_lack:
                continue
            parent = at(report, path[:-1])
            kept = dict(parent)
            del parent[path[-1]]
            self.assertTrue(self.refused(report), path)
            parent.clear()
            parent.update(kept)
            tried += 1
        self.assertGreater(tried, 100)

    def test_refuses_an_unknown_field(self):
        report = load(ROOT / "tests/reports/baselines/many.json")
        for path in places(report):
            value = at(report, path)
            if isinstance(value, dict):
                value["a path"] = "somewhere"
                self.assertTrue(self.refused(report), path)
                del value["a path"]

    def test_refuses_a_value_of_another_kind(self):
        report = load(ROOT / "tests/reports/baselines/many.json")
        for path in places(report):
            if path:
                parent, value = at(report, path[:-1]), at(report, path)
                parent[path[-1]] = [["another kind"]]
                self.assertTrue(self.refused(report), path)
                parent[path[-1]] = value

    def test_refuses_values_that_no_report_has(self):
        good = load(ROOT / "tests/reports/baselines/many.json")
        for path, value in [
            (("schema",), 1),
            (("digest",), "0" * 63),
            (("provenance", "seed"), -1),
            (("provenance", "seed"), 1.5),
            (("provenance", "shard", "count"), 0),
            (("targets", 0, "verdict"), "passed"),
            (("targets", 0, "verdict"), "stands"),
            (("targets", 1, "verdict"), "refuted"),
            (("targets", 1, "verdict"), "failed"),
            (("targets", 0, "format"), "double"),
            (("targets", 0, "name"), ""),
            (("targets", 0, "laws"), []),
            (("targets", 0, "laws", 0, "law"), "1.2"),
            (("targets", 0, "laws", 0, "rounding"), "away"),
            (("targets", 0, "laws", 0, "median_resolution"), "Infinity"),
            (("targets", 0, "laws", 0, "median_resolution"), -1),
            (("targets", 0, "laws", 0, "not_applicable"), "cases were counted all the same"),
            (("targets", 0, "laws", 0, "user_at"), ["1.5"]),
            (("targets", 0, "measurements", 0, "strength"), "proven"),
            (("targets", 0, "measurements", 0, "max_ulp"), 3.2),
            (("targets", 0, "measurements", 0, "at"), ["0x3p+0"]),
            (("targets", 0, "measurements", 0, "at"), ["0x1.80p+0"]),
            (("targets", 0, "measurements", 0, "at"), ["0x1p-0"]),
            (("targets", 0, "measurements", 0, "at"), ["nan"]),
            (("targets", 0, "profile", "parts", "least", 0), "-Infinity"),
            (("targets", 0, "profile", "of"), "both"),
            (("targets", 0, "diagnoses"), []),
            (("targets", 3, "steps", "powers"), []),
            (("targets", 0, "findings", 0, "basis"), "hygiene"),
            (("targets", 0, "findings", 0, "law"), "1.7"),
            (("targets", 0, "findings", 0, "witness", "got"), 1.5),
            (("targets", 0, "claim", "max_ulp", "stated"), "-1"),
            (("targets", 0, "claim", "domain", "x"), ["0x1p+0"]),
            (("partial",), False),
            (("targets", 0, "partial"), False),
            (("targets", 1, "partial"), True),
        ]:
            report = copy.deepcopy(good)
            at(report, path[:-1])[path[-1]] = value
            self.assertTrue(self.refused(report), (path, value))


class Digest(unittest.TestCase):
    def test_is_what_the_schema_says(self):
        for path in BASELINES:
            report = json.loads(path.read_text(encoding="utf-8"), parse_float=Literal)
            for target in report["targets"]:
                target["findings"] = [f for f in target["findings"] if f["repeatable"]]
            text = compact({"oracles": report["oracles"], "targets": report["targets"]})
            self.assertEqual(hashlib.sha256(text.encode()).hexdigest(), report["digest"], path.name)

    def test_the_seal_is_what_the_schema_says(self):
        for path in BASELINES:
            report = json.loads(path.read_text(encoding="utf-8"), parse_float=Literal)
            seal = report.pop("seal")
            self.assertEqual(hashlib.sha256(compact(report).encode()).hexdigest(), seal, path.name)


if __name__ == "__main__":
    unittest.main()
