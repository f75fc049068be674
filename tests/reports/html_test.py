"""The page is well formed: elements are closed, anchors lead somewhere, and no foreign text became
markup. The pages are baselines: Baseline.EveryOtherForm compares them with what the code writes."""

import collections
import html.parser
import os
import pathlib
import unittest

BASELINES = pathlib.Path(os.environ["NAPIER_SOURCE_DIR"], "tests/reports/baselines")
VOID = {"meta", "link", "br", "wbr", "input"}
# Their ends go without saying before one of these.
ENDED_BY = {"td": {"td", "th", "tr", "tbody", "tfoot"}, "th": {"td", "th", "tr", "tbody", "tfoot"},
            "tr": {"tr", "tbody", "tfoot"}, "thead": {"tbody"}, "tbody": {"tfoot"},
            "tfoot": set()}
KNOWN = VOID | set(
    "html head title style body header main div a span nav h1 h2 h3 i p section article dl dt dd"
    " table thead tbody tfoot tr th td small code details summary b pre"
    " ul ol li figure figcaption svg path rect circle text tspan script form label select option"
    " output".split())


class Page(html.parser.HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.open, self.ids, self.targets, self.faults = [], collections.Counter(), [], []
        self.cells, self.columns, self.scripts = None, None, 0
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        if tag not in KNOWN:
            self.faults.append(f"<{tag}>")
        while self.open and tag in ENDED_BY.get(self.open[-1], ()):
            self.close_one()
        if tag == "script" and attributes.get("type") != "application/json":
            self.scripts += 1
        if "id" in attributes:
            self.ids[attributes["id"]] += 1
        if tag == "a":
            self.targets.append(attributes["href"])
        if any(name.startswith("on") for name in attributes):
            self.faults.append(f"a handler on <{tag}>")
        if tag == "table":
            self.columns = 0
        if tag == "tr":
            self.cells = 0
        if tag in ("td", "th"):
            self.cells += int(attributes.get("colspan", 1))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        while self.open and self.open[-1] != tag and self.open[-1] in ENDED_BY and tag == "table":
            self.close_one()
        if not self.open or self.open[-1] != tag:
            self.faults.append(f"</{tag}> at {self.getpos()}")
            return
        self.close_one()

    def close_one(self):
        if self.open.pop() == "tr":
            self.columns = self.columns or self.cells
            if self.cells != self.columns:
                self.faults.append(f"{self.cells} cells at {self.getpos()}")


class Html(unittest.TestCase):
    def test_is_well_formed(self):
        pages = sorted(BASELINES.glob("*.html"))
        self.assertEqual(3, len(pages))
        for path in pages:
            page = Page(path.read_text(encoding="utf-8"))
            self.assertEqual([], page.faults, path.name)
            self.assertEqual([], page.open, path.name)
            self.assertLessEqual(set(page.ids.values()), {1}, path.name)
            self.assertEqual(0 if path.name == "kill_matrix.html" else 1, page.scripts, path.name)
            for target in page.targets:
                self.assertIn(target[1:], page.ids, f"{path.name}: {target} leads nowhere")

    def test_finds_what_is_not(self):
        self.assertNotEqual([], Page("<p><b></p></b>").faults)
        self.assertEqual(2, Page("<script></script><script>1</script>").scripts)
        self.assertNotEqual([], Page("<iframe></iframe>").faults)
        self.assertNotEqual([], Page("<p onclick=x></p>").faults)
        self.assertNotEqual([], Page("<table><tr><th></th></tr>"
                                     "<tr><td></td><td></td></tr></table>").faults)


if __name__ == "__main__":
    unittest.main()
