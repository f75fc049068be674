# Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
"""Verdicts that were approved, by what they depend on. NAPIER_APPROVE=1 writes what is found."""
import json
import os

FOLDER = os.path.join(os.environ["NAPIER_SOURCE_DIR"], "tests", "cli")


def check_approved(test, name, found):
    """Expects of {key: {target: verdict}} what NAME_verdicts.json has. Of a key that it does not
    have nothing is expected, and that is said."""
    test.assertTrue(found)
    path = os.path.join(FOLDER, name + "_verdicts.json")
    with open(path, encoding="utf-8") as file:
        approved = json.load(file)
    if os.environ.get("NAPIER_APPROVE"):
        approved.update(found)
        with open(path, "w", encoding="utf-8") as file:
            json.dump(approved, file, indent=1, sort_keys=True)
            file.write("\n")
    for key, verdicts in found.items():
        if key in approved:
            test.assertEqual(verdicts, approved[key], key)
        else:
            print(f"no expectation for {key}: measured only")
