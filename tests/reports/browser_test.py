# Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
"""The page of a real audit in a real Chromium: it asks for nothing, complains of nothing, finds,
sorts, tells and zooms, fits a phone and prints what matters. Skipped where no chromium is
installed. Pictures for a person to look at are left in BUILD/screenshots."""

import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

import browser

SCREENSHOTS = pathlib.Path(os.environ["NAPIER_BINARY_DIR"], "screenshots")
SKIPPED = 77  # as ctest is told
# Some that stand, and functions of two kinds that don't keep what is claimed for them here.
TARGETS = ["shipped/tang/exp", "shipped/one_less/expm1:binary64", "shipped/naive_pow/pow:binary32",
           "so:libm.so.6#expf", "so:libm.so.6#powf"]


def audit(folder):
    subprocess.run([os.environ["NAPIER"], "audit", *TARGETS, "--cases", "20000", "--claim",
                    "ulp <= 0.5", "--out", folder, "--quiet"], check=False,
                   stdout=subprocess.DEVNULL)
    return json.loads(pathlib.Path(folder, "report.json").read_text(encoding="utf-8"))


class Browser(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        cls.folder = tempfile.mkdtemp(prefix="napier-page-")
        cls.report = audit(cls.folder)
        cls.page = browser.Page()
        cls.page.screen(1280, 900)
        cls.seconds = cls.page.open(pathlib.Path(cls.folder, "report.html"))

    @classmethod
    def tearDownClass(cls):
        cls.page.close()
        shutil.rmtree(cls.folder, ignore_errors=True)

    def setUp(self):
        self.page.screen(1280, 900)
        self.page.open(pathlib.Path(self.folder, "report.html"))

    def shown(self):
        return self.page.run("[...document.querySelectorAll('details.target')]"
                             ".filter(card => !card.hidden).map(card => card.dataset.name)")

    def choose(self, **values):
        self.page.run("(() => { const form = document.getElementById('filter');"
                      f"for (const [key, value] of Object.entries({json.dumps(values)}))"
                      " form[key].value = value; form.dispatchEvent(new Event('input')); })()")

    def box(self, selector):
        return self.page.run(f"(() => {{ const found = document.querySelector({selector!r});"
                             " found.scrollIntoView({block: 'center'});"
                             " const box = found.getBoundingClientRect();"
                             " return [box.left, box.top, box.width, box.height]; })()")

    def test_asks_for_nothing_and_complains_of_nothing(self):
        self.choose(words="exp", verdict="refuted")
        self.assertEqual([], [url for url in self.page.requests if not url.startswith("file:")
                              and not url.startswith("data:")])
        self.assertEqual(1, sum(url.startswith("file:") for url in self.page.requests))
        self.assertEqual([], self.page.complaints)
        print(f"loaded in {self.seconds:.2f} s", file=sys.stderr)

    def test_finds_and_orders_targets(self):
        everyone = self.shown()
        self.assertEqual(len(self.report["targets"]), len(everyone))
        for verdict in {target["verdict"] for target in self.report["targets"]}:
            self.choose(verdict=verdict)
            self.assertEqual(sum(target["verdict"] == verdict
                                 for target in self.report["targets"]), len(self.shown()))
        self.choose(verdict="", function="pow")
        self.assertTrue(all("pow" in name for name in self.shown()))
        self.choose(function="", words="TANG binary32")
        self.assertEqual(1, len(self.shown()))
        self.choose(words="", order="name")
        self.assertEqual(sorted(everyone), sorted(self.shown()))
        self.choose(words="nobody is called that")
        self.assertEqual([], self.shown())
        self.assertIn("0 of", self.page.run("document.querySelector('#filter output').value"))

    def test_links_open_what_they_lead_to(self):
        self.page.run("document.querySelectorAll('details.target').forEach(c => c.open = false)")
        self.page.run("document.querySelector('table.matrix a').click()")
        self.assertEqual(1, self.page.run(
            "new Promise(r => setTimeout(r, 300)).then(() => "
            "document.querySelectorAll('details.target[open]').length)"))

    def bars(self):
        """The largest errors of the first open target: its chart, and its columns in the report."""
        name = self.page.run("document.querySelector('details.target[open]').dataset.name")
        target = next(one for one in self.report["targets"] if name.startswith(one["name"]))
        chart = self.page.run("[...document.querySelectorAll('details.target[open] .chart')]"
                              ".find(one => !one.classList.contains('signed')).id")
        return chart, target

    def test_tells_the_figures_of_the_report(self):
        chart, target = self.bars()
        rows = [m for m in target["measurements"]
                if m["property"] == "accuracy" and "binades" in m["breakdown"]]
        worst = max(rows, key=lambda m: float(m["max_ulp"]["lo"]))
        left, top, width, height = self.box(f"#{chart} .plot")
        told = set()
        for step in range(140):
            self.page.mouse("mouseMoved", left + width * (step + 0.5) / 140, top + height / 2)
            told.add(self.page.run("document.getElementById('told').textContent"))
        self.page.picture(SCREENSHOTS / "hover.png")
        self.assertTrue(any(worst["at"][0] in text for text in told), told)
        known = {x for m in rows for column in m["breakdown"]["binades"]["at"] for x in column}
        for text in told:
            self.assertIn(re.search(r"\((-?0x[^,)]*)", text)[1], known)
            self.assertIn("ulp at", text)

    def test_zooms_by_dragging_and_by_keys(self):
        chart, _ = self.bars()
        left, top, width, height = self.box(f"#{chart} .plot")
        usual = self.page.run(f"document.querySelector('#{chart} svg').getAttribute('viewBox')")
        self.page.mouse("mouseMoved", left + width * 0.3, top + height / 2)
        self.page.mouse("mousePressed", left + width * 0.3, top + height / 2, True)
        self.page.mouse("mouseMoved", left + width * 0.6, top + height / 2, True)
        self.page.mouse("mouseReleased", left + width * 0.6, top + height / 2, True)
        closer = self.page.run(f"document.querySelector('#{chart} svg').getAttribute('viewBox')")
        self.assertNotEqual(usual, closer)
        share = float(closer.split()[2]) / float(usual.split()[2])
        self.assertTrue(0.25 < share < 0.4, share)
        self.page.picture(SCREENSHOTS / "zoom.png")
        self.page.run(f"document.getElementById('{chart}').focus()")
        self.page.key("ArrowRight")
        self.assertFalse(self.page.run("document.getElementById('told').hidden"))
        self.page.key("Escape")
        self.assertEqual(usual, self.page.run(
            f"document.querySelector('#{chart} svg').getAttribute('viewBox')"))
        self.assertTrue(self.page.run("document.getElementById('told').hidden"))

    def test_has_a_light_and_a_dark_side(self):
        def light_of(selector, style):
            colour = self.page.run(
                f"getComputedStyle(document.querySelector('{selector}')).{style}")
            return sum(map(int, re.findall(r"\d+", colour)[:3])) / 3
        self.page.picture(SCREENSHOTS / "light.png")
        self.assertGreater(light_of("body", "backgroundColor"), light_of("body", "color") + 100)
        self.page.screen(1280, 900, dark=True)
        self.page.picture(SCREENSHOTS / "dark.png")
        self.assertLess(light_of("body", "backgroundColor"), light_of("body", "color") - 100)

    def test_fits_a_phone(self):
        self.page.screen(390, 844)
        self.page.run("document.querySelectorAll('details').forEach(c => c.open = true)")
        self.assertLessEqual(self.page.run("document.documentElement.scrollWidth"), 390)
        chart, _ = self.bars()
        left, _, width, _ = self.box(f"#{chart} .plot")
        self.assertGreater(width, 250)
        self.assertGreaterEqual(left, 0)
        self.page.picture(SCREENSHOTS / "phone.png")
        self.assertGreaterEqual(float(self.page.run(
            f"parseFloat(getComputedStyle(document.querySelector('#{chart} .x i')).fontSize)")), 11)
        # Marks that are shown do not lie on each other.
        boxes = self.page.run(
            f"[...document.querySelectorAll('#{chart} .x i')].filter(i => i.offsetWidth)"
            ".map(i => i.getBoundingClientRect()).map(b => [b.left, b.right])")
        self.assertGreater(len(boxes), 1)
        for before, after in zip(boxes, boxes[1:]):
            self.assertLess(before[1], after[0])

    def test_cuts_nothing_off_on_a_phone(self):
        """What is too wide for the screen scrolls in a box that is not."""
        self.page.screen(390, 844)
        self.page.run("document.querySelectorAll('details').forEach(c => c.open = true)")
        cut = self.page.run("""[...document.querySelectorAll('table, pre, code, dd, p, svg, li')]
            .filter(one => one.getClientRects().length && !one.closest('.plot'))
            .filter(one => one.getBoundingClientRect().right > 391)
            .filter(one => {
              for (let box = one; box !== document.body; box = box.parentElement)
                if (['auto', 'scroll'].includes(getComputedStyle(box).overflowX))
                  return box.getBoundingClientRect().right > 391;
              return true;
            }).map(one => [one.tagName, one.className, one.textContent.slice(0, 60),
                           one.getBoundingClientRect().right])""")
        self.assertEqual([], cut)

    def test_prints_what_matters(self):
        path = SCREENSHOTS / "print.pdf"
        self.page.pdf(path)
        pages = len(re.findall(rb"/Type\s*/Page\b", path.read_bytes()))
        self.assertGreater(pages, 0)
        refuted = sum(target["verdict"] == "refuted" for target in self.report["targets"])
        self.assertLessEqual(pages, 2 + 2 * refuted)
        if shutil.which("pdftotext"):
            text = subprocess.run(["pdftotext", path, "-"], capture_output=True, text=True,
                                  check=True).stdout
            self.assertTrue(all(page.strip() for page in text.split("\f")[:pages]), "a blank page")
            for target in self.report["targets"]:
                is_told = "REFUTED " + target["name"] in " ".join(text.split())
                self.assertEqual(target["verdict"] == "refuted", is_told, target["name"])


if __name__ == "__main__":
    if browser.chromium() is None:
        print("skipped: no chromium is installed (apt-get install chromium)")
        sys.exit(SKIPPED)
    unittest.main()
