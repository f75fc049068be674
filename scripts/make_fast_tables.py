#!/usr/bin/env python3
# Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
"""Writes the constants and tables of oracles/fast/scalar, from Python's own integers alone.

    python3 scripts/make_fast_tables.py            writes its constants.hpp and tables.cpp
    python3 scripts/make_fast_tables.py --check    exits 1 if they differ from what is there

Every number is computed in fixed point with BITS fraction bits and an error of a few units of the
last one, then rounded to nearest into one, two or three binary64 parts. What the derivations in
kernels.hpp assume of the tables is asserted here.
"""
import pathlib
import sys
from fractions import Fraction
from math import isqrt

BITS = 400
ONE = 1 << BITS
ROOT = pathlib.Path(__file__).resolve().parent.parent
FOLDER = ROOT / "oracles" / "fast" / "scalar"
EXP_STEPS = 256  # exp table: 2^(j/256)
LOG_STEPS = 512  # log table: intervals of [1, 2)
LOG_CARRY = 212  # from this interval on, z/2 is meant: 1 + 212/512 = 1.4140625


def atanh_inverse(n):
    """atanh(1/n) in fixed point."""
    power, total, k = ONE // n, 0, 1
    while power:
        total += power // k
        power //= n * n
        k += 2
    return total


def log_of(q):
    """ln of a Fraction in [1/2, 2], by 2 atanh((q-1)/(q+1))."""
    x = (q - 1) / (q + 1)
    fixed = x.numerator * ONE // x.denominator
    square = fixed * fixed >> BITS
    power, total, k = fixed, 0, 1
    while power not in (0, -1):
        total += power // k
        power = power * square >> BITS
        k += 2
    return 2 * total


LN2 = 2 * atanh_inverse(3)
LN5 = 2 * LN2 + 2 * atanh_inverse(9)  # ln 5 = ln 4 + ln(5/4)
LN10 = LN2 + LN5


def fixed(value):
    return Fraction(value, ONE)


def parts(value, count):
    """The value as `count` doubles, each the rounding of what the ones before leave."""
    out = []
    rest = Fraction(value)
    for _ in range(count):
        head = rest.numerator / rest.denominator  # Python rounds int/int correctly
        out.append(head)
        rest -= Fraction(head)
    return out


def text(x):
    return "0" if x == 0 else x.hex()


def pair(value):
    return "{" + ", ".join(text(x) for x in parts(value, 2)) + "}"


def single(value):
    return text(parts(value, 1)[0])


def powers_of_two():
    """2^(j/256) for 0 <= j < 256, in fixed point."""
    root = 2 * ONE
    for _ in range(8):
        root = isqrt(root << BITS)
    table = [ONE]
    for _ in range(EXP_STEPS - 1):
        table.append(table[-1] * root >> BITS)
    assert abs((table[-1] * root >> BITS) - 2 * ONE) < 1 << 20
    return table


def log_table():
    rows = []
    for i in range(LOG_STEPS):
        low, high = 1 + Fraction(i, LOG_STEPS), 1 + Fraction(i + 1, LOG_STEPS)
        middle = (low + high) / 2
        reciprocal = Fraction(round(2048 / middle), 2048)
        if i == 0:
            reciprocal = Fraction(1)
        if i == LOG_STEPS - 1:
            reciprocal = Fraction(1, 2)
        carried = reciprocal * (2 if i >= LOG_CARRY else 1)
        scale = 1 if i < LOG_CARRY else 2
        # f = r z - 1 (z in [1, 2), r for z or for z/2): kernels.hpp takes |f| <= 2^-9.
        factor = reciprocal * (1 if scale == 1 else 2)
        ends = [factor * low / scale - 1, factor * high / scale - 1]
        assert all(abs(f) <= Fraction(1, 512) for f in ends), i
        value = Fraction(0) if carried == 1 else -fixed(log_of(carried))
        # No more than half of -ln r is cancelled by ln(1+f).
        assert carried == 1 or abs(value) >= 2 * max(abs(f) for f in ends) * Fraction(90, 100), i
        rows.append((float(reciprocal), value))
    return rows


BANNER = """// Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
// Written by scripts/make_fast_tables.py; a test compares. Do not edit.
// clang-format off
"""


def constants():
    out = [BANNER, "#pragma once\n", '#include "oracles/fast/scalar/tables.hpp"\n',
           "namespace napier::fast {\n"]
    ln2, ln10 = fixed(LN2), fixed(LN10)

    def base(name, log2_of_base, log_of_base):
        step = 1 / log2_of_base / EXP_STEPS
        inverse = parts(EXP_STEPS * log2_of_base, 1)[0]
        out.append(f"inline constexpr ExpBase {name}{{\n    {inverse.hex()},\n    "
                   + ",\n    ".join(text(x) for x in parts(step, 3)) + ",\n    "
                   + pair(log_of_base) + "};")

    base("base_e", 1 / ln2, Fraction(1))
    base("base_two", Fraction(1), ln2)
    base("base_ten", ln10 / ln2, ln10)
    out.append(f"\ninline constexpr DoubleDouble ln2 = {pair(ln2)};")
    out.append(f"inline constexpr DoubleDouble ln10 = {pair(ln10)};")
    out.append("\n// 1/k!")
    factorial = 1
    for k in range(2, 11):
        factorial *= k
        value = Fraction(1, factorial)
        if 3 <= k <= 5:
            out.append(f"inline constexpr DoubleDouble inverse_factorial_{k} = {pair(value)};")
        elif k > 5:
            out.append(f"inline constexpr double inverse_factorial_{k} = {single(value)};")
    out.append("\n// (-1)^k/k, the coefficient of f^(k-2) in (f - ln(1+f))/f^2")
    for k in range(3, 13):
        value = Fraction((-1) ** k, k)
        if k <= 6:
            out.append(f"inline constexpr DoubleDouble log_term_{k} = {pair(value)};")
        else:
            out.append(f"inline constexpr double log_term_{k} = {single(value)};")
    out.append("\n}  // namespace napier::fast")
    return "\n".join(out) + "\n"


def tables():
    powers = powers_of_two()
    out = [BANNER, '#include "oracles/fast/scalar/tables.hpp"\n', "namespace napier::fast {\n",
           f"const DoubleDouble power_table[{EXP_STEPS}] = {{"]
    out += ["    " + pair(fixed(p)) + "," for p in powers]
    out += ["};", "", f"const DoubleDouble power_minus_one_table[{2 * EXP_STEPS}] = {{"]
    for k in range(-EXP_STEPS, EXP_STEPS):
        value = fixed(powers[k % EXP_STEPS]) / (2 if k < 0 else 1) - 1
        out.append("    " + pair(value) + ",")
    out += ["};", "", f"const LogEntry log_table[{LOG_STEPS}] = {{"]
    for reciprocal, value in log_table():
        out.append("    {" + text(reciprocal) + ", " + pair(value) + "},")
    out += ["};", "", "}  // namespace napier::fast"]
    return "\n".join(out) + "\n"


def main():
    stale = False
    for name, content in (("constants.hpp", constants()), ("tables.cpp", tables())):
        path = FOLDER / name
        if "--check" in sys.argv[1:]:
            if not path.exists() or path.read_text() != content:
                print(f"{path.relative_to(ROOT)} is not what {pathlib.Path(__file__).name} writes")
                stale = True
        else:
            path.write_text(content)
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
