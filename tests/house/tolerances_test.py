"""A literal tolerance in props is a defect: bounds are derived from claims and enclosures.

How a text can show that. In props outside the suite
- a floating literal other than 0.0 and 1.0 needs a comment "exact: why" on its line, which
  excuses it only if the literal is exact in binary, no smaller than 2^-10 and its line compares
  nothing: such a number is an argument or a coefficient of a law, never a margin;
- a file that only chooses points (its name says sampler, domain, stratum or shrink) may write
  "draws: why" instead, for a share or a range of what it draws;
- an error, an ulp count, a residual, a resolution is compared with no number but 0, and made from
  none;
- a small power written out (ldexp(1, -40)) needs the same comment;
- nothing is called tolerance or epsilon, no machine epsilon is used, and nothing is "near".
"""

import fractions
import re
import unittest

from house import CPP, Finding, HouseTest, code_of, comments_of, files_below, source_root

LITERAL = re.compile(
    r"(?<![\w.])(?P<digits>0[xX][\da-fA-F']*\.?[\da-fA-F']*[pP][+-]?\d+"
    r"|(?:\d[\d']*\.[\d']*|\.\d[\d']*)(?:[eE][+-]?\d+)?|\d[\d']*[eE][+-]?\d+)[fFlLqQ]?"
)
POWER = re.compile(
    r"\b(?:ldexp|scalbn|scalbln|pow|exp2|pow2|power_of_two|two_to)[lf]?"
    r"\s*\((?:[^()]*,)?\s*-\s*[1-9][^()]*\)")
COMPARES = re.compile(r"<=|>=|(?<![<-])<(?![<\w:])|(?<![>-])>(?![>(&*{,;:)])|==|!=")
NAMED = re.compile(
    r"\b\w*(?:tolerance|fudge|fuzz|epsilon)\w*\b|\beps\b|\b(?:is_)?near\b|\b(?:is_)?close\b"
    r"|\b(?:is_)?approx\b|\bapprox\w*_equal\b"
    r"|\b(?:EXPECT|ASSERT)_(?:NEAR|FLOAT_EQ|DOUBLE_EQ)\b", re.IGNORECASE)
ERROR = (r"\b\w*(?:ulps?|error|residual|deviation|resolution|distance|margin)\w*"
         r"(?:\(\)|(?:\.|->)\w+)*(?:\(\))?")
NUMBER = r"(?:[1-9][\d'.]*|0?\.\d+)"
JUDGED_BY_NUMBER = [
    re.compile(rf"{ERROR}\s*(?:<=?|>=?)\s*{NUMBER}", re.IGNORECASE),
    re.compile(rf"(?<![\w.]){NUMBER}\s*(?:<=?|>=?)\s*{ERROR}", re.IGNORECASE),
    re.compile(rf"\b(?:Ulp\w*|Limit)\s*(?:\w+\s*)?[({{]\s*-?{NUMBER}"),
]
CHOOSES_POINTS = re.compile(r"/\w*(?:sampler|domain|stratum|strata|shrink)\w*\.[ch]pp$")
SMALLEST = fractions.Fraction(1, 1024)


def value_of(digits):
    """The exact value of a literal's digits."""
    digits = digits.replace("'", "")
    if digits[:2].lower() != "0x":
        return fractions.Fraction(digits if digits[-1] != "." else digits[:-1])
    significand, exponent = re.split("[pP]", digits[2:])
    whole, _, part = significand.partition(".")
    return (fractions.Fraction(int(whole + part or "0", 16), 16 ** len(part))
            * fractions.Fraction(2) ** int(exponent))


def dyadic(value):
    return value.denominator & (value.denominator - 1) == 0


def check_line(path, code, comment):
    """What is wrong with a line of code, as rules."""
    drawn = CHOOSES_POINTS.search(path) and re.search(r"\bdraws: \S", comment)
    exact = re.search(r"\bexact: \S", comment) and not COMPARES.search(code)
    for match in LITERAL.finditer(code):
        value = value_of(match.group("digits"))
        harmless = value == 0 or (value == 1 and not COMPARES.search(code))
        if not (harmless or drawn or (exact and dyadic(value) and value >= SMALLEST)):
            yield f"floating literal {match.group()}"
    for match in POWER.finditer(code):
        if not (drawn or exact):
            yield f"a small number written out: {match.group()}"
    for match in NAMED.finditer(code):
        yield f"{match.group()}: bounds are derived"
    for pattern in JUDGED_BY_NUMBER:
        for match in pattern.finditer(code):
            yield f"an error against a number: {match.group()}"


def check(root):
    for path in files_below(root, ["props"], CPP):
        if path.startswith("props/suite/"):
            continue
        text = (root / path).read_text(encoding="utf-8")
        comments = comments_of(text)
        for line, code in enumerate(code_of(text).split("\n"), 1):
            for rule in check_line(path, code, comments.get(line, "")):
                yield Finding(path, line, rule)


class Tolerances(HouseTest):
    def test_none_in_this_tree(self):
        self.assertGreater(len(files_below(source_root(), ["props"], CPP)), 5)
        self.assert_clean(check(source_root()))

    def rules(self, line, path="props/p.cpp"):
        root = self.planted({path: "// 1e-9 in a comment\n" + line + "\n"})
        found = list(check(root))
        self.assertTrue(all(f.line == 2 for f in found), found)
        return [f.rule for f in found]

    def test_accepts_derived_bounds_and_exact_arguments(self):
        for line in [
            'auto s = "1e-9, 0.5";',
            "int n = 100'000 + 0x1e5;",
            "double zero = 0.0, one = 1.0;",
            "double half = 0.5;  // exact: the exponent of a square root",
            "auto h = 0x1p-3;  // exact: the shortest chord of the claim reading",
            "if (error.lo > claim.limit) {",
            "if (ulps > 0) {",
            "auto top = std::ldexp(1, p - 1);",
            "UlpRange sum(a, b);",
            "std::vector<double> v = std::vector<double>(3);",
            "auto f = [](auto x) -> double { return x; };",
            "auto t = std::get<1>(pair);",
        ]:
            self.assertEqual([], self.rules(line), line)

    def test_finds_a_literal_tolerance(self):
        for line in [
            "if (difference < 1e-10) {",
            "const double slack = 1e-10;",
            "double k = 0.5;",
            "double k = .5;",
            "double k = 5.;",
            "double k = 1e3f;",
            "double k = 0x1p-40;",
            "double k = 0x1.8P-3;",
            "return x < 1.0;",
            "auto a = std::ldexp(1, -40);",
            "auto a = power_of_two(-40);",
            "auto eps = a;",
            "double tolerance = derive();",
            "std::numeric_limits<double>::epsilon();",
            "if (x < DBL_EPSILON) {",
            "if (ulp_error <= 4) {",
            "if (range.error().hi > 2) {",
            "if (2 >= residual) {",
            "if (worst_ulps < 3'000) {",
            "Ulp limit{4};",
            "auto limit = Ulp(4);",
            "auto limit = Ulp{0.5};",
        ]:
            self.assertNotEqual([], self.rules(line), line)

    def test_only_a_sampler_draws(self):
        line = "if (draw.unit() < 0.4) {  // draws: two fifths near 1"
        self.assertEqual([], self.rules(line, "props/domain/base_sampler.cpp"))
        self.assertNotEqual([], self.rules(line, "props/law/law_judge.cpp"))
        self.assertNotEqual([], self.rules("if (u < 0.4) {", "props/domain/base_sampler.cpp"))
        self.assertNotEqual([], self.rules("if (error < 4) {  // draws: x",
                                           "props/domain/domain.cpp"))

    def test_a_reason_excuses_no_margin(self):
        for line in [
            "if (difference < 0.5) {  // exact: half",
            "double k = 0.1;  // exact: a tenth",
            "double k = 0x1p-40;  // exact: small",
            "double k = 0.5;  // exact:",
            "Ulp limit{4};  // exact: four",
        ]:
            self.assertNotEqual([], self.rules(line), line)

    def test_reads_literals_exactly(self):
        self.assertEqual(fractions.Fraction(3, 16), value_of("0x1.8p-3"))
        self.assertEqual(fractions.Fraction(1, 10), value_of("1e-1"))
        self.assertEqual(1000, value_of("1'000."))


if __name__ == "__main__":
    unittest.main()
