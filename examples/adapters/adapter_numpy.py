"""NumPy's functions of whole arrays: exp, exp2, expm1, log, power.

    napier audit 'exec:python3 adapter_numpy.py' --function exp --format binary32 --max-ulp 4
"""
import os
import sys

import numpy

name = os.environ["NAPIER_FUNCTION"]
function = getattr(numpy, {"pow": "power"}.get(name, name), None)
if function is None:
    sys.exit(f"NumPy has no {name}")
arguments = int(os.environ["NAPIER_ARGUMENTS"])
number = {"binary16": numpy.float16, "binary32": numpy.float32, "binary64": numpy.float64,
          "binary80": numpy.longdouble}.get(os.environ["NAPIER_FORMAT"])
if number is None:
    sys.exit("this speaks binary16, binary32, binary64 and binary80 only")
numpy.seterr(all="ignore")

while head := sys.stdin.buffer.read(4):
    n = int.from_bytes(head, "little")
    block = sys.stdin.buffer.read(arguments * n * numpy.dtype(number).itemsize)
    columns = numpy.frombuffer(block, number).reshape(arguments, n)
    sys.stdout.buffer.write(head + function(*columns).tobytes())
    sys.stdout.buffer.flush()
