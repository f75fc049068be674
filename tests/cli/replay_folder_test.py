# Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
"""A finding of a report is replayed from any folder, and where report and library were moved."""
import json
import os
import shutil
import subprocess
import sys
import tempfile

NAPIER = os.environ["NAPIER"]
FIXTURES = os.path.join(os.environ["NAPIER_BINARY_DIR"], "fixtures")
LIBRARY = "libisolation_behaviours.so"


def napier(folder, *arguments):
    return subprocess.run([NAPIER, *arguments], cwd=folder, capture_output=True, text=True)


def audit(folder, path):
    """Audits a bad function by the path as seen from the folder."""
    done = napier(folder, "audit", f"so:{path}#halve", "--function", "exp", "--format", "binary64",
                  "--max-ulp", "1", "--effort", "quick", "--property", "zeroth_power", "--quiet",
                  "--out", "out")
    assert done.returncode == 1, done


def replayed(folder, report, words):
    done = napier(folder, "replay", report + "#1")
    assert done.returncode == 1 and words in done.stdout, done


with tempfile.TemporaryDirectory() as root:
    root = os.path.realpath(root)
    here, there = os.path.join(root, "here"), os.path.join(root, "there")
    os.makedirs(os.path.join(here, "lib"))
    os.makedirs(there)
    shutil.copy(os.path.join(FIXTURES, LIBRARY), os.path.join(here, "lib", LIBRARY))
    audit(here, f"./lib/{LIBRARY}")
    report = os.path.join(here, "out", "report.json")
    replayed(here, "out/report.json", LIBRARY)
    replayed(there, report, f"so:{here}/lib/{LIBRARY}#halve")
    # Whatever lies there by the same name where we are is another library.
    os.makedirs(os.path.join(there, "lib"))
    other = os.path.join(FIXTURES, "libisolation_flushes.so")
    shutil.copy(other, os.path.join(there, "lib", LIBRARY))
    replayed(there, report, f"so:{here}/lib/{LIBRARY}#halve")
    # Moved together, as they were and side by side.
    moved = os.path.join(root, "moved")
    shutil.move(here, moved)
    replayed(there, os.path.join(moved, "out", "report.json"), f"so:{moved}/lib/{LIBRARY}#halve")
    pair = os.path.join(root, "pair")
    os.makedirs(pair)
    shutil.move(os.path.join(moved, "lib", LIBRARY), pair)
    shutil.move(os.path.join(moved, "out", "report.json"), pair)
    replayed("/", os.path.join(pair, "report.json"), f"so:{pair}/{LIBRARY}#halve")
    # What is stored is what was typed.
    with open(os.path.join(pair, "report.json")) as file:
        assert root not in json.dumps(json.load(file))
sys.exit(0)
