"""The protocol of Napier's exec: targets (docs/protocol.md), for Python programs that compute on
blocks: serve(function) calls function(x) or function(x, y) on NumPy arrays, until the input ends.
bfloat16, which NumPy lacks, is handed over and back as uint16, its encodings."""
import os
import sys

import numpy

NAME = os.environ.get("NAPIER_FUNCTION", "exp")
FORMAT = os.environ.get("NAPIER_FORMAT", "binary64")
DTYPES = {"binary16": numpy.float16, "bfloat16": numpy.uint16, "binary32": numpy.float32,
          "binary64": numpy.float64}


def serve(function):
    arguments = int(os.environ.get("NAPIER_ARGUMENTS", "1"))
    dtype = numpy.dtype(DTYPES[FORMAT])
    while head := sys.stdin.buffer.read(4):
        n = int.from_bytes(head, "little")
        block = numpy.frombuffer(sys.stdin.buffer.read(arguments * n * dtype.itemsize), dtype)
        result = numpy.ascontiguousarray(function(*block.reshape(arguments, n).copy()))
        assert result.dtype == dtype and result.shape == (n,), (result.dtype, result.shape)
        sys.stdout.buffer.write(head + result.tobytes())
        sys.stdout.buffer.flush()
