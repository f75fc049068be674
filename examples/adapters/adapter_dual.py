"""Derivatives by dual numbers, in plain Python: d_exp, d_exp2, d_exp10, d_expm1, d_log, d_pow_x,
d_pow_y, d_sigmoid and d_softplus.

    napier audit 'exec:python3 adapter_dual.py' --function d_exp2 --format binary64 --max-ulp 2

A dual number is value + slope e with e^2 = 0: a program that is run on x + e carries its derivative
along. Any way of differentiating can stand in its place.
"""
import math
import os
import struct
import sys


class Dual:
    def __init__(self, value, slope=0.0):
        self.value, self.slope = value, slope

    def __add__(self, other):
        return Dual(self.value + other.value, self.slope + other.slope)

    def __mul__(self, other):
        return Dual(self.value * other.value,
                    self.slope * other.value + self.value * other.slope)

    def __truediv__(self, other):
        quotient = self.value / other.value
        return Dual(quotient, (self.slope - quotient * other.slope) / other.value)

    def __neg__(self):
        return Dual(-self.value, -self.slope)


def exp(x):
    value = power(math.e, x.value)
    return Dual(value, value * x.slope)


def expm1(x):
    # Not value + 1: e^x - 1 is -1 for all x below -37, and its slope is not 0 there.
    return Dual(math.expm1(x.value), power(math.e, x.value) * x.slope)


def log(x):
    return Dual(math.log(x.value), x.slope / x.value)


def log1p(x):
    return Dual(math.log1p(x.value), x.slope / (1.0 + x.value))


def power(base, x):
    return math.exp(x) if base is math.e else math.pow(base, x)


def of_base(base):
    def raised(x):
        value = power(base, x.value)
        return Dual(value, value * (math.log(base) * x.slope))
    return raised


def pow_(x, y):
    # By the two partial derivatives: one through the logarithm would lose digits in y ln x.
    value = math.pow(x.value, y.value)
    along_base = y.value * math.pow(x.value, y.value - 1.0) * x.slope if x.slope else 0.0
    along_exponent = value * math.log(x.value) * y.slope if y.slope else 0.0
    return Dual(value, along_base + along_exponent)


ONE = Dual(1.0)


def sigmoid(x):
    return ONE / (ONE + exp(-x)) if x.value > 0 else exp(x) / (ONE + exp(x))


def softplus(x):
    return x + log1p(exp(-x)) if x.value > 0 else log1p(exp(x))


# The function that is differentiated, and by which of its arguments.
DERIVATIVES = {
    "d_exp": (exp, 0),
    "d_exp2": (of_base(2.0), 0),
    "d_exp10": (of_base(10.0), 0),
    "d_expm1": (expm1, 0),
    "d_log": (log, 0),
    "d_pow_x": (pow_, 0),
    "d_pow_y": (pow_, 1),
    "d_sigmoid": (sigmoid, 0),
    "d_softplus": (softplus, 0),
}

name = os.environ.get("NAPIER_FUNCTION", "")
if name not in DERIVATIVES:
    sys.exit(f"adapter_dual.py differentiates {' '.join(DERIVATIVES)}, and not {name!r}")
if os.environ.get("NAPIER_FORMAT", "binary64") != "binary64":
    sys.exit("adapter_dual.py computes in binary64 alone")
function, by = DERIVATIVES[name]
arguments = int(os.environ["NAPIER_ARGUMENTS"])


def answer(*x):
    try:
        return function(*[Dual(v, 1.0 if i == by else 0.0) for i, v in enumerate(x)]).slope
    except OverflowError:  # Python raises where others return an infinity
        return math.inf
    except ZeroDivisionError:
        return math.copysign(math.inf, x[0])
    except ValueError:  # … and where others return a NaN, or the infinity of a pole
        return math.inf if function is log and x[0] == 0 else math.nan


while head := sys.stdin.buffer.read(4):
    n, = struct.unpack("<I", head)
    columns = [struct.unpack(f"<{n}d", sys.stdin.buffer.read(8 * n)) for _ in range(arguments)]
    sys.stdout.buffer.write(head + struct.pack(f"<{n}d", *map(answer, *columns)))
    sys.stdout.buffer.flush()
