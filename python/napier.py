# Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
"""Audits exponential functions: how wrong is this exp?

    import numpy, napier
    print(napier.audit(numpy.exp, function="exp", dtype="float32", claim="ulp <= 1"))

Any callable will do: one that takes NumPy arrays is given arrays that lie in Napier's memory,
any other is called with one number at a time. NumPy is needed for arrays alone. One file, which
calls the C library libnapier (napier/napier.h); NAPIER_LIBRARY may name it.
"""

import ctypes
import dataclasses
import functools
import glob
import json
import math
import os
import sys
import threading
import weakref

try:
    import numpy
except ImportError:  # plain numbers are audited all the same
    numpy = None

__all__ = ["audit", "Audit", "Check", "Finding", "Refuted", "Witness", "properties", "version"]

_FORMATS = {  # a dtype's name: the format, and how a plain number of it lies in memory
    "float16": ("binary16", None),
    "bfloat16": ("bfloat16", None),  # of the package ml_dtypes
    "float32": ("binary32", ctypes.c_float),
    "float64": ("binary64", ctypes.c_double),
    "longdouble": ("binary80", ctypes.c_longdouble),
    "float128": ("binary80", ctypes.c_longdouble),  # as NumPy calls long double on x86-64
}
_STATES = ("stands", "refuted", "measured", "open")

_Function = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p,
                             ctypes.c_size_t, ctypes.c_void_p)
_Foretells = ctypes.CFUNCTYPE(None, ctypes.c_char_p, ctypes.c_void_p)


class _Options(ctypes.Structure):
    _fields_ = [("size", ctypes.c_size_t), ("name", ctypes.c_char_p),
                ("function", ctypes.c_char_p), ("format", ctypes.c_char_p),
                ("claim", ctypes.c_char_p), ("properties", ctypes.c_char_p),
                ("roundings", ctypes.c_char_p), ("effort", ctypes.c_char_p),
                ("cases", ctypes.c_uint64), ("seed", ctypes.c_uint64), ("threads", ctypes.c_int),
                ("exhaustive", ctypes.c_int), ("shape", ctypes.c_char_p),
                ("max_seconds", ctypes.c_double), ("base", ctypes.c_char_p),
                ("value_claim", ctypes.c_char_p), ("again", ctypes.c_char_p),
                ("foretells", _Foretells), ("foretells_data", ctypes.c_void_p)]


class _Check(ctypes.Structure):
    _fields_ = [("name", ctypes.c_char_p), ("state", ctypes.c_int), ("cases", ctypes.c_uint64),
                ("text", ctypes.c_char_p)]


def _places():
    """Where the library may be: where it is said to be, beside this file's tree, anywhere."""
    if os.environ.get("NAPIER_LIBRARY"):
        return [os.environ["NAPIER_LIBRARY"]]
    prefix = os.path.abspath(__file__)
    beside = []
    for _ in range(4):  # from PREFIX/lib/python3/dist-packages/napier.py
        prefix = os.path.dirname(prefix)
        for folder in ("lib", "lib/*-linux-gnu", "lib64"):
            beside += sorted(glob.glob(f"{glob.escape(prefix)}/{folder}/libnapier.so.1"))
    return beside + ["libnapier.so.1"]


@functools.lru_cache(maxsize=1)
def _library():
    for place in _places():
        try:
            library = ctypes.CDLL(place)
            break
        except OSError as error:
            refused = error
    else:
        raise ImportError(f"napier: the library libnapier is not found ({refused}): install it, "
                          "or name its file in NAPIER_LIBRARY")
    for name, result, *arguments in [
            ("napier_audit_arrays", ctypes.c_void_p, _Function, ctypes.c_void_p,
             ctypes.POINTER(_Options), ctypes.c_char_p, ctypes.c_size_t),
            ("napier_replay_arrays", ctypes.c_void_p, _Function, ctypes.c_void_p,
             ctypes.POINTER(_Options), ctypes.c_char_p, ctypes.c_char_p, ctypes.c_size_t),
            ("napier_free", None, ctypes.c_void_p),
            ("napier_verdict", ctypes.c_char_p, ctypes.c_void_p),
            ("napier_status", ctypes.c_int, ctypes.c_void_p),
            ("napier_text", ctypes.c_char_p, ctypes.c_void_p, ctypes.c_char_p),
            ("napier_check_count", ctypes.c_size_t, ctypes.c_void_p),
            ("napier_check_at", _Check, ctypes.c_void_p, ctypes.c_size_t),
            ("napier_property", ctypes.c_char_p, ctypes.c_char_p, ctypes.c_size_t),
            ("napier_version", ctypes.c_char_p)]:
        function = getattr(library, name, None)
        if function is None:
            raise ImportError(f"napier: the library {place} is older than this file")
        function.restype, function.argtypes = result, arguments
    return library


def version():
    """The version of the library, as "0.1.0"."""
    return _library().napier_version().decode()


def properties(function="exp"):
    """The names of the properties that can be asked of a function, laws first."""
    names = []
    while (name := _library().napier_property(function.encode(), len(names))) is not None:
        names.append(name.decode())
    return names


class Refuted(AssertionError):
    """A claim does not stand. Its text has the witnesses in decimal and in hex."""


def _text(data):
    return data.decode("utf-8", "replace")


def _number(text):
    """A report's number as a float, which is exact for formats of at most 64 bits."""
    return math.nan if text.startswith("nan") else float.fromhex(text)


@dataclasses.dataclass(frozen=True)
class Witness:
    """A case that shows a fault. Numbers are texts in C99 hex form, as every format has them."""
    inputs: tuple          #: the arguments, a base first
    got: str | None        #: what the function gave; None where no value is at fault
    want: str | None       #: the right rounding of the true value
    ulp: tuple | None      #: the error lies between these, in ulps
    call: str | None       #: of a law: the call to blame
    fault: str | None      #: what numbers do not say, in words

    @property
    def x(self):
        """The inputs as floats."""
        return tuple(_number(text) for text in self.inputs)

    @classmethod
    def _of(cls, row):
        ulp = row.get("ulp")
        return cls(tuple(row["inputs"]), row.get("got"), row.get("want"),
                   ulp and (float(ulp["lo"]), float(ulp["hi"])), row.get("call"), row.get("fault"))


@dataclasses.dataclass(frozen=True)
class Finding:
    """A promise that was broken, with its simplest and its worst witness."""
    property: str
    law: str | None        #: "1.1" … "1.6"
    rounding: str
    claimed: str | None
    cases: int
    smallest: Witness
    worst: Witness
    explanation: str

    @classmethod
    def _of(cls, row):
        return cls(row["property"], row["law"], row["rounding"], row.get("claimed"), row["cases"],
                   Witness._of(row["witness"]), Witness._of(row["worst"]), row["explanation"])

    @property
    def case(self):
        """The smallest witness as audit() takes it for `replay`: "accuracy nearest 0x1.8p+0"."""
        return f"{self.property} {self.rounding} {','.join(self.smallest.inputs) or '-'}"

    def __repr__(self):
        law = f"law {self.law} " if self.law else ""
        at = ", ".join(f"{x!r}" for x in self.worst.x)
        ulp = f", {self.worst.ulp[0]:.4g} ulp" if self.worst.ulp else ""
        return f"<Finding: {law}{self.property} in {self.cases:,} cases, worst at ({at}){ulp}>"


@dataclasses.dataclass(frozen=True)
class Check:
    """What became of one property in one rounding mode."""
    name: str              #: "accuracy", "law 1.1 product, rounding up"
    state: str             #: stands, refuted, measured (nothing claimed) or open (undecided)
    cases: int
    text: str              #: of a refuted one the witnesses, of others why there is no verdict


class Audit:
    """What an audit found. print() shows it as the command would."""

    def __init__(self, library, handle):
        self._library, self._handle = library, handle
        weakref.finalize(self, library.napier_free, handle)
        self.status = library.napier_status(handle)  #: the command's: 0, 1 refuted, 3 inconclusive
        rows = [library.napier_check_at(handle, i)
                for i in range(library.napier_check_count(handle))]
        self.checks = [Check(row.name.decode(), _STATES[row.state], row.cases, _text(row.text))
                       for row in rows]

    def text(self, form="terminal"):
        """The report as terminal, json, md, html, junit, sarif, csv or latex."""
        text = self._library.napier_text(self._handle, form.encode())
        if text is None and self._library.napier_text(self._handle, b"json") is None:
            raise ValueError("napier: one case was judged again, which has no report: its text is "
                             "print()ed")
        if text is None:
            raise ValueError(f"there is no form '{form}': {self.text.__doc__}")
        return _text(text)

    @functools.cached_property
    def report(self):
        """report.json as a dict; docs/report.schema.json describes it."""
        return json.loads(self.text("json"))

    @property
    def verdict(self):
        """stands, refuted, inconclusive, or measured where nothing was claimed."""
        return self._library.napier_verdict(self._handle).decode()

    @functools.cached_property
    def findings(self):
        """Every promise that was broken."""
        return [Finding._of(row) for row in self.report["targets"][0]["findings"]]

    @property
    def max_ulp(self):
        """The largest error that was seen, rounding to nearest, in ulps: (lo, hi). A bound only
        where every argument was asked."""
        seen = [row["max_ulp"] for row in self.report["targets"][0]["measurements"]
                if row["property"] == "accuracy" and row["rounding"] == "nearest"]
        return max(((float(one["lo"]), float(one["hi"])) for one in seen), default=None)

    def require(self):
        """Raises Refuted unless every claim stands, and ValueError where nothing was claimed, so
        that nothing but hygiene was judged. Returns the audit."""
        if self.status != 0:
            told = [f"{check.name}: {check.text}" for check in self.checks
                    if check.state in ("refuted", "open")]
            raise Refuted("\n".join([repr(self), *told]))
        if self.verdict == "measured":
            raise ValueError("napier: nothing that is claimed was judged: give audit() a claim, as "
                             "claim='ulp <= 1'")
        return self

    def __str__(self):
        return self.text()

    def __repr__(self):
        return f"<napier.Audit: {self.text().splitlines()[0].strip()}>"


def _format_of(dtype):
    if numpy is not None and not isinstance(dtype, str):
        dtype = numpy.dtype(dtype).name
    if dtype not in _FORMATS:
        raise ValueError(f"napier: there is no dtype '{dtype}': {', '.join(_FORMATS)}")
    return dtype


def _takes_arrays(function, arity, name):
    """Whether a call with arrays gives an array back: then arrays are what it is asked for."""
    if numpy is None:
        return False
    if isinstance(function, numpy.ufunc):
        return True
    try:
        sample = numpy.array([0.5, 1.5], dtype=_dtype(name))
        with numpy.errstate(all="ignore"):
            result = function(*[sample.copy() for _ in range(arity)])
        return isinstance(result, numpy.ndarray) and result.shape == sample.shape
    except Exception:  # it says so itself where single numbers fail, too
        return False


def _dtype(name):
    if name == "bfloat16":
        import ml_dtypes  # which tells NumPy of it
        return numpy.dtype(ml_dtypes.bfloat16)
    return numpy.dtype(name)


def _seen(address, n, dtype):
    return numpy.frombuffer((ctypes.c_char * (n * dtype.itemsize)).from_address(address), dtype)


def _array_calls(function, name, arity, _mathematics):
    """Calls with arrays that lie where Napier has its numbers: nothing is copied before a call."""
    dtype = _dtype(name)

    def into(x, a, y, n):
        results = _seen(y, n, dtype)
        arguments = [_seen(address, n, dtype) for address in (x, a)[:arity]]
        for argument in arguments:
            argument.flags.writeable = False
        with numpy.errstate(all="ignore"):
            if isinstance(function, numpy.ufunc):
                function(*arguments, out=results, casting="same_kind")
                return
            given = function(*arguments)
            if getattr(given, "shape", None) != results.shape:
                raise ValueError(f"an array of {n} numbers was given, and what came back is "
                                 f"{type(given).__name__} of shape {getattr(given, 'shape', '()')}")
            results[...] = given
    return into


def _told_by_exception(error, function, arguments):
    """The math module raises where C gives an infinity or a NaN: the value that is meant."""
    if isinstance(error, OverflowError):
        odd = function == "pow" and arguments[0] < 0 and arguments[1] % 2 == 1
        most = sys.float_info.max
        return (-most if odd else most) * 2  # which rounds as results do in the mode under test
    if function == "log" and arguments[0] == 0:
        return -math.inf
    if function == "pow" and arguments[0] == 0 and arguments[1] < 0:
        odd = arguments[1] % 2 == 1
        return math.copysign(math.inf, arguments[0]) if odd else math.inf
    return math.nan


def _at(error, arguments):
    """The error, with a note that says what the callable was asked."""
    if hasattr(error, "add_note"):  # from Python 3.11 on
        error.add_note(f"napier: it was called with {', '.join(map(repr, arguments))}")
    return error


def _single_calls(function, name, arity, mathematics):
    """Calls with one number at a time, a float of Python or, for other formats, of NumPy."""
    kind = _FORMATS[name][1]
    plain = kind in (ctypes.c_float, ctypes.c_double)
    if not plain and numpy is None:
        raise ValueError(f"napier: numbers of {name} need NumPy, which is not installed")
    dtype = None if plain else _dtype(name)

    def seen(address, n):
        return (kind * n).from_address(address) if plain else _seen(address, n, dtype)

    def into(x, a, y, n):
        columns = [seen(address, n) for address in (x, a)[:arity]]
        results = seen(y, n)
        for i, arguments in enumerate(zip(*columns)):
            try:
                results[i] = function(*arguments)
            except (OverflowError, ValueError) as error:
                if not str(error).startswith("math "):  # as those of the math module do
                    raise _at(error, arguments)
                results[i] = _told_by_exception(error, mathematics, arguments)
            except Exception as error:
                raise _at(error, arguments)
    def quietly(*call):
        with numpy.errstate(all="ignore"):
            into(*call)
    return into if plain else quietly


def _name_of(function):
    own = getattr(function, "__qualname__", None) or getattr(function, "__name__", "function")
    is_ufunc = numpy is not None and isinstance(function, numpy.ufunc)
    module = "numpy" if is_ufunc else getattr(function, "__module__", None)
    return own if module in (None, "__main__") else f"{module}.{own}"


def _foretell(cost, _data):
    print("napier: " + _text(cost), file=sys.stderr, flush=True)


class _Threads(threading.local):
    """Who calls from a thread of Napier's: the interpreter keeps what it made for that thread.
    Otherwise each call makes that anew, and maps and unmaps its memory, which takes longer than
    most callables do."""

    def __init__(self):  # once in each thread
        ctypes.pythonapi.PyGILState_Ensure()
        self.is_known = True


_threads = _Threads()


def _listed(names):
    return names.encode() if isinstance(names, str) else ",".join(names).encode()


def audit(callable, /, function="exp", dtype="float64", claim="", *, properties=(), roundings=(),
          effort="quick", cases=0, seed=1, threads=0, exhaustive=False, max_seconds=0, name=None,
          replay=None):
    """Audits a callable and returns an Audit.

    callable     computes the function: of one array, of one number, or of two of either (pow)
    function     exp, exp2, exp10, expm1, exp2m1, exp10m1, pow or log
    dtype        float16, float32, float64, longdouble or bfloat16: a name, or a dtype of NumPy
    claim        what is promised, as after the command's --claim: "ulp <= 1; monotone". Without
                 one it is only measured
    properties   names, numbers of laws or globs, as "accuracy" or ["1.1", "monotone"]; all
    roundings    nearest, up, down, zero or all
    effort       quick, standard or deep; or cases=N for so many cases of each property
    exhaustive   every argument, of a dtype of at most 32 bits: what is found is a bound
    max_seconds  the time after which it ends, with what was found until then
    replay       a case that is judged again and explained, and nothing else: a finding's `case`

    What takes over a minute says so on stderr before it begins. With NAPIER_REPLAY in the
    environment, as a finding shows it, the audit that it names judges that one case.

    Raises ValueError for options that make no sense. What the callable raises ends the audit and
    is raised again, with the argument that it was raised at where numbers are given singly. An
    OverflowError or ValueError of the math module stands for the infinity or NaN of C.
    """
    for word, count in (("cases", cases), ("seed", seed)):
        if not 0 <= count < 2 ** 64:
            raise ValueError(f"napier: {word}={count} is not in 0 to 2**64 - 1")
    kind = _format_of(dtype)
    arity = 2 if function == "pow" else 1
    calls = _array_calls if _takes_arrays(callable, arity, kind) else _single_calls
    into = calls(callable, kind, arity, function)
    raised = []

    def call(x, a, y, n, _user):
        try:
            _threads.is_known
            into(x, a, y, n)
            return 0
        except BaseException as error:  # raised again where the audit was asked for
            raised.append(error)
            return 1

    options = _Options(ctypes.sizeof(_Options), (name or _name_of(callable)).encode(),
                       function.encode(), _FORMATS[kind][0].encode(), claim.encode(),
                       _listed(properties), _listed(roundings), effort.encode(), cases, seed,
                       threads, exhaustive, None, max_seconds, None, None, None,
                       _Foretells(_foretell), None)
    library = _library()
    error = ctypes.create_string_buffer(1024)
    asked = [_Function(call), None, ctypes.byref(options)]
    if replay is None:
        report = library.napier_audit_arrays(*asked, error, len(error))
    else:
        report = library.napier_replay_arrays(*asked, replay.encode(), error, len(error))
    if raised:
        if report:
            library.napier_free(report)
        raise raised[0]
    if not report:
        raise ValueError("napier: " + _text(error.value))
    return Audit(library, report)
