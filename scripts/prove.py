#!/usr/bin/env python3
# Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
"""Proves the error bounds of oracles/fast with Gappa, from the constants as they stand there.

    python3 scripts/prove.py [--show] [FILE.gappa...]    all of oracles/fast/proofs unless told

--show prints what Gappa is given. Exit status: 0 all is proven, 1 something is not, 2 it can't be
tried: no gappa, no such constant.

A script is Gappa's own language with {{...}} in it. Its lines "# source: FILE" say where the
constants come from, below oracles/fast.

    {{NAME}} {{NAME[I]}} {{NAME.hi}} {{NAME.lo}}    a constant of those files, as written there
    {{horner S x P y NAME...}}    Horner's rule for the coefficients NAME..., an array or more: S0
                              as computed at x, P0 exactly at y. What a step adds is a variable,
    {{any_mix S x NAME...}}   hypotheses: ... the product, exact or rounded, each step as it likes
    {{fits FUNCTION LOW HIGH BOUND NAME...}}    [-BOUND, BOUND], once the polynomial of these
                              coefficients is proven to be a FUNCTION of the table below but for
                              BOUND relatively, at all x in [LOW, HIGH]
    {{rest VALUE BOUND NAME...}}    [-BOUND, BOUND], once |VALUE - NAME - ...| <= BOUND; VALUE: ln2
    {{binades FIRST LAST PARTS}}    points of a dichotomy: 0, and both signs of 2^k times 1, 1 +
                              1/PARTS..., for k from FIRST to LAST
"""
import pathlib
import re
import subprocess
import sys
from fractions import Fraction
from math import factorial

from make_fast_tables import LN2, fixed

FOLDER = pathlib.Path(__file__).resolve().parent.parent / "oracles" / "fast"
CELLS = 256  # in which a difference of polynomials is bounded
TERMS = 40  # of a series
SMALL = Fraction(1, 1 << 250)  # more than anything here is off for being in fixed point
PARTS = {"hi": 0, "lo": 1}

# The coefficients of Taylor series, none larger than the one before.
FUNCTIONS = {
    "(2^x-1)/x": lambda k: fixed(LN2) ** (k + 1) / factorial(k + 1),
    "(e^x-1)/x": lambda k: Fraction(1, factorial(k + 1)),
    "(e^x-1-x)/x^2": lambda k: Fraction(1, factorial(k + 2)),
    "ln(1+x)/x": lambda k: Fraction((-1) ** k, k + 1),
    "(ln(1+x)-x)/x^2": lambda k: Fraction((-1) ** (k + 1), k + 2),
    "(x-ln(1+x))/x^2": lambda k: Fraction((-1) ** k, k + 2),
    "(x-x^2/2+x^3/3-ln(1+x))/x^4": lambda k: Fraction((-1) ** k, k + 4),
    "atanh(√x)/√x": lambda k: Fraction(1, 2 * k + 1),
}


class Unproven(Exception):
    """A hypothesis or a goal does not hold, or Gappa can't see it."""


class Untried(Exception):
    """There is nothing to judge."""


def number(text):
    """A C or Gappa number, exactly: 0x1.8p-3, 0.5, 3b-4, -1."""
    text = text.strip()
    if "b" in text and "x" not in text:
        digits, exponent = text.split("b")
        return Fraction(digits) * Fraction(2) ** int(exponent)
    return Fraction(*float.fromhex(text).as_integer_ratio()) if "x" in text else Fraction(text)


def source_file(name):
    """The one file of that name below oracles/fast, whatever room it lies in."""
    (found,) = FOLDER.rglob(name)
    return found


class Constants:
    """The constexpr doubles, arrays and DoubleDoubles of some C++ files, as text."""

    DEFINITION = re.compile(r"constexpr (?:double|DoubleDouble|Bounds|Split) (\w+)(\[\])?\s*"
                            r"(?:=\s*)?(\{[^}]*\}|[^;{]+);")

    def __init__(self, sources):
        self.values, self.arrays = {}, set()
        for source in sources:
            text = re.sub(r"//[^\n]*", "", source_file(source).read_text(encoding="utf-8"))
            for name, array, value in self.DEFINITION.findall(text):
                self.values[name] = [part.strip() for part in value.strip("{} \n").split(",")]
                if array:
                    self.arrays.add(name)

    def all_of(self, name):
        if name not in self.values:
            raise Untried(f"no constant {name} in the sources")
        return self.values[name]

    def spelled(self, names):
        return [value for name in names for value in self.all_of(name)]

    def text(self, reference):
        name, index = re.fullmatch(r"(\w+)(?:\[(\d+)\]|\.(?=hi|lo))?(?:hi|lo)?", reference).groups()
        part = PARTS.get(reference.rpartition(".")[2], 0) if index is None else int(index)
        return self.all_of(name)[part]

    def coefficients(self, names):
        """Of a polynomial, lowest first: an array is many, a DoubleDouble one."""
        out = []
        for name in names:
            if re.match(r"[-\d.]", name):
                out.append(number(name))
            else:
                values = [number(value) for value in self.all_of(name)]
                out += values if name in self.arrays else [sum(values)]
        return out


def largest_deviation(coefficients, series, low, high):
    """An upper bound of |P(x)/f(x) - 1| for x in [low, high], |x| <= 0.51.

    P - f as a polynomial d is bounded in cells by |d(c)| + |d'(c)|h + ..., with c a cell's centre
    and h half its width, and f from below by its series in the same way.
    """
    assert max(-low, high) <= Fraction(51, 100)
    exact = [series(k) for k in range(TERMS)]
    padded = coefficients + [Fraction(0)] * (TERMS - len(coefficients))
    difference = [p - e for p, e in zip(padded, exact)]
    # Terms beyond are at most 0.51 of the one before.
    lost = 3 * abs(series(TERMS)) * max(-low, high) ** TERMS + SMALL
    half = (high - low) / (2 * CELLS)
    powers = [half**k for k in range(TERMS)]
    worst = Fraction(0)
    for cell in range(CELLS):
        centre = low + (2 * cell + 1) * half
        most = sum(abs(d) * h for d, h in zip(shifted(difference, centre), powers)) + lost
        value = [abs(v) * h for v, h in zip(shifted(exact, centre), powers)]
        worst = max(worst, most / (2 * value[0] - sum(value) - lost))
    return worst


def shifted(coefficients, centre):
    """Taylor coefficients at the centre, in fixed point and together off by less than SMALL."""
    unit = 1 << 300
    row = [int(c * unit) for c in coefficients]
    step = int(centre * unit)
    for first in range(len(row)):
        for k in range(len(row) - 2, first - 1, -1):
            row[k] += row[k + 1] * step >> 300
    return [Fraction(c, unit) for c in row]


class Script:
    """A script of oracles/fast/proofs, filled in."""

    def __init__(self, text):
        self.constants = Constants(re.findall(r"^# source: (\S+)$", text, re.MULTILINE))
        self.filled = re.sub(r"\{\{(.*?)\}\}", lambda m: self.fill(m.group(1).split()), text,
                             flags=re.DOTALL)

    def fill(self, words):
        directive = getattr(self, "fill_" + words[0], None)
        return directive(*words[1:]) if directive else self.constants.text(words[0])

    def fill_horner(self, computed, x, exact, y, *names):
        values = self.constants.spelled(names)
        last = len(values) - 1
        lines = [f"{computed}{last} = {values[last]};"]
        inner = values[last]
        for k in range(last - 1, -1, -1):
            lines.append(f"{computed}{k} = double({values[k]} + {computed}_step{k});")
            lines.append(f"{exact}{k} = {values[k]} + {y} * {inner};")
            inner = f"{exact}{k}"
        return "\n".join(lines)

    def fill_any_mix(self, computed, x, *names):
        last = len(self.constants.spelled(names)) - 1
        return " /\\\n  ".join(
            f"{computed}_step{k} -/ ({x} * {computed}{k + 1}) in [-1b-53, 1b-53]"
            for k in range(last))

    def fill_fits(self, function, low, high, bound, *names):
        deviation = largest_deviation(self.constants.coefficients(names), FUNCTIONS[function],
                                      number(low), number(high))
        if deviation > number(bound):
            raise Unproven(f"{' '.join(names)} is off {function} by {float(deviation):.3g}")
        return f"[-{bound}, {bound}]"

    def fill_binades(self, first, last, parts):
        ends = [2.0**k * (1 + i / int(parts)) for k in range(int(first), int(last) + 1)
                for i in range(int(parts))]
        return ", ".join(x.hex() for x in [-e for e in reversed(ends)] + [0.0] + ends)

    def fill_rest(self, value, bound, *names):
        known = {"ln2": fixed(LN2)}[value]
        off = abs(known - sum(number(self.constants.text(name)) for name in names)) + SMALL
        if off > number(bound):
            raise Unproven(f"{' + '.join(names)} is off {value} by {float(off):.3g}")
        return f"[-{bound}, {bound}]"


def prove(filled):
    """Every {...} of the text, with the definitions before the first and the hints after the last.

    Throws Unproven with what Gappa says.
    """
    goals = list(re.finditer(r"^\{$.*?^\}$", filled, re.MULTILINE | re.DOTALL))
    if not goals:
        raise Unproven("it has no goal")
    for goal in goals:
        text = filled[: goals[0].start()] + goal.group() + filled[goals[-1].end() :]
        try:
            done = subprocess.run(["gappa", "-Eprecision=120", "-Eno-auto-dichotomy"], input=text,
                                  capture_output=True, text=True, check=False)
        except FileNotFoundError as missing:
            raise Untried("there is no gappa; Debian's package of that name has it") from missing
        if done.returncode != 0:
            said = (done.stdout + done.stderr).splitlines()
            raise Unproven("\n".join(line for line in said if "iterations" not in line))


def main(arguments):
    show = "--show" in arguments
    files = [pathlib.Path(a) for a in arguments if a != "--show"]
    status = 0
    for file in files or sorted((FOLDER / "proofs").glob("*.gappa")):
        try:
            script = Script(file.read_text(encoding="utf-8"))
            if show:
                print(script.filled)
            prove(script.filled)
            print(f"{file.stem}: proven")
        except Unproven as why:
            print(f"{file.stem}: not proven\n{why}")
            status = max(status, 1)
        except (Untried, OSError) as why:
            print(f"{file.stem}: {why}", file=sys.stderr)
            status = 2
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
