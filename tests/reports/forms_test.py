# Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
"""The forms that other programs read are what those expect. The texts are baselines, which
Baseline.EveryOtherForm compares with what the code writes."""

import csv
import json
import os
import pathlib
import re
import unittest
import xml.etree.ElementTree

import jsonschema

BASELINES = pathlib.Path(os.environ["NAPIER_SOURCE_DIR"], "tests/reports/baselines")
NAMES = ["many", "hostile"]


def text_of(name, extension):
    return (BASELINES / f"{name}.{extension}").read_bytes().decode("utf-8")


def findings_of(name):
    report = json.loads(text_of(name, "json"))
    return [finding for target in report["targets"] for finding in target.get("findings", [])]


# What Jenkins' schema of JUnit's XML (junit-10.xsd) lets an element have, as far as Napier writes
# it: its children, the attributes that it needs, and those that it may have.
JUNIT = {
    "testsuites": ({"testsuite"}, set(), {"name", "time", "tests", "failures", "errors"}),
    "testsuite": ({"testcase", "properties", "system-out", "system-err"}, {"name", "tests"},
                  {"failures", "errors", "skipped", "time", "timestamp", "hostname", "id",
                   "package", "file"}),
    "testcase": ({"skipped", "error", "failure", "system-out", "system-err"}, {"name"},
                 {"classname", "time", "status"}),
    "failure": (set(), set(), {"type", "message"}),
    "error": (set(), set(), {"type", "message"}),
    "skipped": (set(), set(), {"type", "message"}),
}


class JUnit(unittest.TestCase):
    def test_obeys_the_schema(self):
        for name in NAMES:
            root = xml.etree.ElementTree.fromstring(text_of(name, "junit.xml"))
            self.assertEqual("testsuites", root.tag)
            for element in root.iter():
                children, needed, allowed = JUNIT[element.tag]
                self.assertLessEqual({child.tag for child in element}, children)
                self.assertLessEqual(needed, set(element.attrib), element.tag)
                self.assertLessEqual(set(element.attrib), needed | allowed, element.tag)
                if children:
                    self.assertEqual("", "".join([element.text or "", *(
                        child.tail or "" for child in element)]).strip(), element.tag)
                for count in {"tests", "failures", "errors", "skipped"} & set(element.attrib):
                    self.assertRegex(element.get(count), r"\A\d+\Z")
                if element.tag == "testcase":
                    self.assertLessEqual(len(element), 1)

    def test_counts_what_it_holds_and_names_each_case_once(self):
        for name in NAMES:
            root = xml.etree.ElementTree.fromstring(text_of(name, "junit.xml"))
            self.assertEqual("testsuites", root.tag)
            for suites in [[suite] for suite in root] + [list(root)]:
                whole = root if len(suites) == len(root) else suites[0]
                cases = [case for suite in suites for case in suite]
                outcomes = [outcome.tag for case in cases for outcome in case]
                self.assertEqual(int(whole.get("tests")), len(cases))
                for tag, attribute in [("failure", "failures"), ("error", "errors"),
                                       ("skipped", "skipped")]:
                    if whole is not root or attribute != "skipped":
                        self.assertEqual(int(whole.get(attribute)), outcomes.count(tag), name)
            for suite in root:
                names = [case.get("name") for case in suite]
                self.assertEqual(len(names), len(set(names)), names)
                self.assertEqual({suite.get("name")}, {case.get("classname") for case in suite})

    def test_a_failure_tells_the_witness_and_how_to_see_it(self):
        root = xml.etree.ElementTree.fromstring(text_of("many", "junit.xml"))
        failure = root.find(".//testcase[@name='accuracy']/failure")
        self.assertIn("exp(3): got 20.08553692318768", failure.text)
        self.assertIn("replay: napier replay", failure.text)
        told = "".join(failure.text or "" for failure in root.findall(".//failure"))
        for finding in findings_of("many"):
            self.assertIn(finding.get("replay", ""), told)
        self.assertEqual(len(findings_of("many")), told.count("worst: "))
        self.assertIsNotNone(root.find(".//testcase[@name='audit']/error[@type='failed']"))


def of(schema, **more):
    return {"type": schema, **more}


def thing(needed, **properties):
    """An object of these properties and no others."""
    return of("object", required=needed, properties=properties, additionalProperties=False)


# What SARIF 2.1.0 (OASIS, section 3) asks of the objects that Napier writes.
MESSAGE = thing(["text"], text=of("string", minLength=1))
REGION = thing(["startLine"], startLine=of("integer", minimum=1))
SARIF = thing(
    ["version", "runs"], version={"const": "2.1.0"},
    **{"$schema": of("string", format="uri")},
    runs=of("array", items=thing(
        ["tool"],
        tool=thing(["driver"], driver=thing(
            ["name"], name=of("string"), version=of("string"), informationUri=of("string"),
            rules=of("array", uniqueItems=True, items=thing(
                ["id"], id=of("string"), shortDescription=MESSAGE)))),
        columnKind={"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
        results=of("array", items=thing(
            ["message"], message=MESSAGE, ruleId=of("string"),
            level={"enum": ["none", "note", "warning", "error"]},
            locations=of("array", items=thing(
                [], physicalLocation=thing(
                    ["artifactLocation"], artifactLocation=thing(["uri"], uri=of("string")),
                    region=REGION),
                logicalLocations=of("array", items=thing(
                    [], fullyQualifiedName=of("string"), kind=of("string"))))),
            partialFingerprints=of("object", additionalProperties=of("string")),
            suppressions=of("array", items=thing(
                ["kind"], kind={"enum": ["inSource", "external"]},
                status={"enum": ["accepted", "underReview", "rejected"]})))))))


class Sarif(unittest.TestCase):
    def test_obeys_the_standard(self):
        for name in NAMES:
            jsonschema.Draft202012Validator(SARIF).validate(json.loads(text_of(name, "sarif")))

    def test_tells_the_likely_cause_where_values_are_wrong(self):
        (run,) = json.loads(text_of("many", "sarif"))["runs"]
        report = json.loads(text_of("many", "json"))
        causes = [f"Likely cause: {one['cause']}: {one['evidence']}." for target in
                  report["targets"] for one in target.get("diagnoses", [])]
        told = [result["message"]["text"] for result in run["results"]]
        self.assertTrue(causes)
        for cause in causes:
            self.assertTrue([text for text in told if cause in text], cause)

    def test_has_a_result_with_a_rule_and_a_place_for_each_finding(self):
        for name in NAMES:
            log = json.loads(text_of(name, "sarif"))
            self.assertEqual("2.1.0", log["version"])
            (run,) = log["runs"]
            rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
            self.assertEqual(len(rules), len(set(rules)))
            self.assertEqual(len(findings_of(name)), len(run["results"]))
            for result in run["results"]:
                self.assertIn(result["ruleId"], rules)
                self.assertEqual("error", result["level"])
                self.assertTrue(result["message"]["text"])
                (place,) = result["locations"]
                uri = place["physicalLocation"]["artifactLocation"]["uri"]
                self.assertRegex(uri, r"\A(?:[A-Za-z0-9._~/-]|%[0-9A-F]{2})+\Z")
            prints = [result["partialFingerprints"]["napier/v1"] for result in run["results"]]
            self.assertEqual(len(prints), len(set(prints)))


class Ctrf(unittest.TestCase):
    def test_counts_what_it_holds_and_names_each_test_once(self):
        for name in NAMES:
            tree = json.loads(text_of(name, "ctrf.json"))
            self.assertEqual("CTRF", tree["reportFormat"])
            results = tree["results"]
            statuses = [test["status"] for test in results["tests"]]
            self.assertEqual(len(statuses), results["summary"]["tests"])
            for status in ["passed", "failed", "skipped", "pending", "other"]:
                self.assertEqual(statuses.count(status), results["summary"][status], name)
            names = [test["name"] for test in results["tests"]]
            self.assertEqual(len(names), len(set(names)))
            for test in results["tests"]:
                self.assertIsInstance(test["duration"], int)

    def test_a_failure_tells_the_witness_and_how_to_see_it(self):
        tests = json.loads(text_of("many", "ctrf.json"))["results"]["tests"]
        told = "".join(test.get("trace", "") for test in tests if test["status"] == "failed")
        for finding in findings_of("many"):
            self.assertIn(finding["replay"], told)


class Badge(unittest.TestCase):
    def test_is_what_shields_reads(self):
        for name in NAMES:
            badge = json.loads(text_of(name, "badge.json"))
            self.assertEqual({"schemaVersion", "label", "message", "color"}, set(badge))
            self.assertEqual(1, badge["schemaVersion"])
            self.assertEqual("red", badge["color"])
            self.assertIn("refuted", badge["message"])


class Csv(unittest.TestCase):
    def test_has_as_many_fields_in_each_row(self):
        for name in NAMES:
            text = text_of(name, "csv")
            titles, *rows = csv.reader(text.splitlines())
            self.assertIn("max_ulp_hi", titles)
            self.assertTrue(rows)
            self.assertEqual({len(titles)}, {len(row) for row in rows})

    def test_has_the_figures_of_the_report(self):
        report = json.loads(text_of("many", "json"))
        titles, *rows = csv.reader(text_of("many", "csv").splitlines())
        stated = [row[titles.index("max_ulp_hi")] for row in rows]
        for target in report["targets"]:
            for m in target["measurements"]:
                high = m.get("max_ulp", {}).get("hi")
                if m.get("at") and high is not None:
                    self.assertIn(float(high), [float(one) for one in stated if one])


class Matrix(unittest.TestCase):
    def test_has_the_largest_errors_of_every_target_that_was_tried(self):
        report = json.loads(text_of("many", "json"))
        lines = text_of("many", "matrix.md").split("\n\n")[0].splitlines()
        table = [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]]
                 for line in lines if line.startswith("|")]
        titles, bars, *rows = table
        self.assertEqual({"---", "---:"}, set(bars))
        self.assertEqual({len(titles)}, {len(row) for row in rows})
        figures = [cell for row in rows for cell in row[1:] if cell.strip()]
        self.assertEqual(len(report["targets"]), len(figures))
        for row in rows:
            name = row[0].strip(" `").split()[0]
            self.assertTrue([one for one in report["targets"] if one["name"].startswith(name)])
        text = text_of("many", "matrix.md")
        self.assertIn("a bound: every argument was tried", text)
        self.assertIn(report["provenance"]["libm"], text)


class Latex(unittest.TestCase):
    def test_has_balanced_braces_and_as_many_cells_in_each_row(self):
        for name in NAMES:
            text = text_of(name, "tex")
            opened, closed = text.replace("\\{", ""), text.replace("\\}", "")
            self.assertEqual(opened.count("{"), closed.count("}"))
            table = text[text.index("\\hline"):text.index("\\end{tabular}")]
            rows = [row for row in table.split("\n") if row.endswith("\\\\")]
            cells = {len(row.replace("\\&", "").split("&")) for row in rows}
            self.assertEqual(1, len(cells), name)


if __name__ == "__main__":
    unittest.main()
