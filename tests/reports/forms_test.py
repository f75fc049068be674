# Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
"""The forms that other programs read are what those expect. The texts are baselines, which
Baseline.EveryOtherForm compares with what the code writes."""

import csv
import json
import os
import pathlib
import unittest
import xml.etree.ElementTree

BASELINES = pathlib.Path(os.environ["NAPIER_SOURCE_DIR"], "tests/reports/baselines")
NAMES = ["many", "hostile"]


def text_of(name, extension):
    return (BASELINES / f"{name}.{extension}").read_bytes().decode("utf-8")


def findings_of(name):
    report = json.loads(text_of(name, "json"))
    return [finding for target in report["targets"] for finding in target.get("findings", [])]


class JUnit(unittest.TestCase):
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


class Sarif(unittest.TestCase):
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
