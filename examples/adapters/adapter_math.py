"""Python's math module: exp, exp2, expm1, log, pow.

    napier audit 'exec:python3 adapter_math.py' --function exp --format binary64 --max-ulp 1
"""
import math
import os
import struct
import sys

if os.environ["NAPIER_FORMAT"] != "binary64":
    sys.exit("this speaks binary64 only")
function = getattr(math, os.environ["NAPIER_FUNCTION"], None)
if function is None:
    sys.exit(f"math has no {os.environ['NAPIER_FUNCTION']}")
arguments = int(os.environ["NAPIER_ARGUMENTS"])


def answer(*x):
    try:
        return function(*x)
    except OverflowError:  # Python raises where others return an infinity
        return math.inf
    except ValueError:  # … and where others return a NaN, or the infinity of a pole
        return -math.inf if function is math.log and x[0] == 0 else math.nan


while head := sys.stdin.buffer.read(4):
    n, = struct.unpack("<I", head)
    columns = [struct.unpack(f"<{n}d", sys.stdin.buffer.read(8 * n)) for _ in range(arguments)]
    sys.stdout.buffer.write(head + struct.pack(f"<{n}d", *map(answer, *columns)))
    sys.stdout.buffer.flush()
