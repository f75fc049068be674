# Copyright The Napier authors. SPDX-License-Identifier: BSL-1.0
"""The napier command as its users meet it: exit codes, clear lines, whole reports."""
import json
import os
import subprocess
import tempfile
import unittest

from command_line import EXP, FIXTURES, NAPIER, Refusals, napier

HERE = os.path.dirname(os.path.abspath(__file__))
BEHAVIOURS = "so:" + os.path.join(FIXTURES, "libisolation_behaviours.so") + "#"
FAST = ["--effort", "quick", "--property", "product,own_slope,special_values"]


class BadInput(Refusals):
    """One line on stderr that says what is wrong and how to mend it; exit status 2; no output."""

    def test_unknown_names_suggest_the_nearest(self):
        self.refused("audit", "libm/exq", says=["libm/exq", "libm/exp"])
        self.refused("audit", "libm/exp", "--property", "prodct", says=["product"])
        self.refused("list", "shipped/tng/exp", says=["shipped/tang/exp"])
        self.refused("audti", "libm/exp", says=["audti", "audit"])

    def test_a_file_that_is_no_target_says_so(self):
        self.refused("audit", os.path.join(HERE, "CMakeLists.txt"),
                     says=["is a file here", "so:PATH#SYMBOL"])
        self.refused("audit", __file__,
                     says=["is a source file here", "-shared", "so:./libmine.so#SYMBOL"])
        self.refused("audit", HERE, says=["is a folder here", "/libmine.so#SYMBOL"])
        self.refused("audit", "./none.c", says=["is no file here", "so:PATH#SYMBOL"])
        self.refused("audit", "so:.#f", *EXP, says=["is a folder"])
        self.refused("audit", f"so:{__file__}#f", *EXP, says=["source file", "-shared"])

    def test_a_missing_file_symbol_or_function(self):
        self.refused("audit", "so:./none.so#f", *EXP, says=["none.so"])
        self.refused("audit", BEHAVIOURS + "good_exq", *EXP, says=["good_exq", "good_exp"])
        self.refused("audit", BEHAVIOURS + "table_of_values", *EXP, says=["data"])
        self.refused("audit", BEHAVIOURS + "one_ulp_off", says=["--function"])
        self.refused("audit", BEHAVIOURS + "good_exp", "--function", "exq", says=["exq", "exp"])
        self.refused("audit", BEHAVIOURS + "good_exp", "--function", "exp", "--format", "binary63",
                     says=["binary63", "binary64"])
        self.refused("audit", BEHAVIOURS + "good_exp", "--function", "d17_exp",
                     says=["d17_exp", "d2_exp to d16_exp"])
        self.refused("audit", BEHAVIOURS + "good_exp", "--function", "d17_log",
                     says=["d17_log", "d2_log to d16_log"])

    def test_searches_that_have_no_end_or_no_range(self):
        exp = ["search", "hard", "exp:binary64"]
        one = ["--from", "1", "--to", "2", "--bits", "40"]
        self.refused(*exp, "--bits", "40", says=["--binade", "--from"])
        self.refused(*exp, "--binade", "0", "--bits", "12", says=["are that hard", "--bits 35"])
        self.refused(*exp, "--binade=-80", "--bits", "20", says=["0x1p-80", "a part of the range"])
        self.refused(*exp, "--binade", "1024", "--bits", "60", says=["no binade 1024", "1023"])
        self.refused(*exp, "--binade", "10", "--bits", "60", says=["no argument", "in the range"])
        self.refused(*exp, "--from", "2", "--to", "1", "--bits", "60", says=["the lower end first"])
        self.refused(*exp, "--from", "1", "--bits", "60", says=["--from", "--to: give both"])
        self.refused(*exp, *one, "--binade", "0", says=["--binade", "contradict", "leave one out"])
        self.refused(*exp, "--binade", "1.5", "--bits", "60", says=["'1.5' is not a whole number"])
        self.refused(*exp, "--binad", "1", "--bits", "60", says=["--binad", "nearest: --binade"])
        self.refused(*exp, *one, "--threads", "0", says=["--threads", "from 1 to"])
        self.refused(*exp, *one, "--near", "midpoint", says=["midpoint", "nearest: midpoints"])
        self.refused(*exp, "--from", "1,5", "--to", "2", "--bits", "60", says=["--from '1,5'"])
        self.refused(*exp, "--from", "1", "--to", "inf", "--bits", "60", says=["finite"])
        self.refused(*exp, "--binade", "0", "--bits", "2", says=["'2'", "from 4 to 120"])
        self.refused(*exp, *one, "--near", "ties", says=["ties", "midpoints"])
        self.refused(*exp, *one, "--shard", "8/8", says=["8/8", "0/8"])
        self.refused("search", "soft", "exp:binary64", *one, says=["soft", "hard"])
        self.refused("search", "hard", "exp", *one, says=["exp:binary64"])
        self.refused("search", "hard", "exq:binary64", *one, says=["exq", "exp"])
        self.refused("search", "hard", "exp:binary63", *one, says=["binary63", "binary64"])
        self.refused("search", "hard", "pow:binary64", *one, says=["pow", "one argument"])

    def test_claims_that_are_none(self):
        for k in ["-1", "inf", "nan", "1e", "one"]:
            self.refused("audit", BEHAVIOURS + "good_exp", *EXP, f"--max-ulp={k}", says=[k])
        self.refused("audit", "libm/exp", "--max-ulp", "1", says=["--max-ulp", "so:"])
        self.refused("audit", "libm/exp", "--domain=1,2", says=["--domain", "so:"])
        for option in ["--monotone", "--flags", "--errno", "--strict"]:
            self.refused("audit", "libm/exp", option, says=[option, "so:"])
        self.refused("audit", BEHAVIOURS + "good_exp", *EXP, "--max-ulp", "1", "--domain=3",
                     says=["--domain"])

    def test_sentences_that_are_no_claims(self):
        good = ["audit", BEHAVIOURS + "good_exp", *EXP]
        for sentence, says in [("rel < 1e-3", "'<'"), ("", "promises nothing"),
                               ("precise", "'rel <= R'"), ("exact", "'exact on integers'"),
                               ("rel <= 1e-3 in upward", "nearest, up, down, zero"),
                               ("rel <= 1 on [0, 2]; rel <= 2 on [1, 3]", "'elsewhere'"),
                               ("abs <= 1; rel <= 1 elsewhere", "no other promise"),
                               ("ulp <= 1 \x1b[2J", "put a ; between")]:
            self.refused(*good, "--claim", sentence, says=[says])
        self.refused("audit", "libm/exp", "--claim", "rel <= 1e-3", says=["--claim", "so:"])
        self.refused(*good, "--claim", "ulp <= 1", "--max-ulp", "1", says=["--max-ulp", "--claim"])
        self.refused(*good, "--claim", "ulp <= 1", "--claim", "ulp <= 2", says=["twice"])
        self.refused(*good, "--rtol", "1e-3", says=["--rtol", "--atol"])
        self.refused(*good, "--rel", "much", says=["--rel", "'much'"])
        self.refused(*good, "--rel", "1; monotone", says=["--rel", "is no number"])

    def test_domains_that_hold_nothing_or_contradict_themselves(self):
        good = ["audit", BEHAVIOURS + "good_exp", *EXP, "--max-ulp", "1"]
        self.refused(*good, "--domain=x=-inf,-inf", says=["--domain", "holds no finite number"])
        single = ["audit", BEHAVIOURS + "good_exp", "--function", "exp", "--format", "binary32"]
        self.refused(*good, "--domain=2,1", says=["2,1", "write 1,2"])
        self.refused(*good, "--domain=x=2,1", says=["write x=1,2"])
        self.refused(*good, "--domain=y=1,2", says=["y=1,2", "exp has one argument", "LO,HI"])
        self.refused(*good, "--domain=1,2", "--domain=x=3,4", says=["x=3,4", "once"])
        self.refused(*good, "--domain=1e400,inf", says=["1e400", "inf"])
        self.refused(*good, "--domain=nan,1", says=["nan,1", "LO,HI"])
        self.refused(*good, "--domain=inf,inf", says=["inf,inf", "no finite number"])
        self.refused(*good, "--domain=1.00000000000000001,1.00000000000000002",
                     says=["1.00000000000000001,1.00000000000000002", "no finite number"])
        self.refused(*good, "--domain=x=0.1,0.1", says=["x=0.1,0.1", "no finite number"])
        self.refused(*single, "--domain=0x1.00000008p0,0x1.0000000ap0", says=["binary32"])
        self.refused(*single, "--domain=1e39,inf", says=["no finite number of binary32"])
        for domain in ["1e-310,1e-300", "-inf,0", "1,1", "x=0x1p-1074,inf"]:
            run = napier(*good, "--domain=" + domain, "--property", "zeroth_power")
            self.assertNotEqual(2, run.returncode, run)

    def test_options_that_are_repeated_empty_or_no_number(self):
        good = ["audit", "libm/exp:binary64", "--effort", "quick"]
        self.refused(*good, "--effort", "deep", says=["--effort is given 2 times", "once"])
        self.refused(*good, "--seed", "1", "--seed", "2", says=["--seed is given 2 times"])
        self.refused(*good, "--seed=-1", says=["-1", "whole number from 0"])
        self.refused(*good, "--threads=0", says=["'0'", "from 1"])
        self.refused(*good, "--threads=two", says=["'two'", "from 1"])
        self.refused(*good, "--threads=1000000000", says=["'1000000000'", "from 1 to 65536"])
        self.refused(*good, "--cases=0", says=["'0'", "from 1"])
        self.refused(*good, "--cases=9", says=["--cases 9", "--effort quick", "leave one out"])
        self.refused(*good, "--cases=9", "--exhaustive", says=["--cases 9", "--exhaustive"])
        for option in ["--out", "--json"]:
            self.refused(*good, option, "", says=[option, "empty"])
        self.refused("report", "none.json", "--out", "", says=["--out", "empty"])
        self.refused(*good, "--seed", says=["--seed lacks its value", "--help"])
        self.refused(*good, "--effrot", "quick", says=["--effrot", "napier audit --help"])
        self.refused("audit", says=["TARGET", "napier audit --help"])
        self.refused(says=["a command is missing", "audit"])

    def test_what_is_told_of_hostile_words_is_one_harmless_line(self):
        bad = b"\x1b]0;t\x07\xc2\x9b2J\xe2\x80\xae\xff\nSTANDS"
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(os.fsencode(folder), bad.replace(b"/", b""))
            with open(path, "wb") as file:
                file.write(b'{"schema": "' + bad[:-8].replace(b"\x1b", b"\\u001b")
                           .replace(b"\x07", b"") + b'", "provenance": 1, "targets": 1}')
            for arguments in [["audit", bad], ["audit", b"so:./" + bad + b"#exp"],
                              ["audit", "libm/exp", "--property", bad], ["report", bad],
                              ["audit", "libm/exp", "--effort", bad], [bad], ["report", path],
                              ["audit", "libm/exp", b"--" + bad], ["replay", path + b"#1"],
                              ["audit", BEHAVIOURS + "good_exp", "--function", bad],
                              ["replay", "libm/exp:binary64", "--property", "flags", "--at", bad],
                              ["audit", "libm/exp", "--out", b"/proc/" + bad, *FAST]]:
                run = subprocess.run([NAPIER, *arguments], capture_output=True, timeout=500,
                                     stdin=subprocess.DEVNULL)
                self.assertEqual((2, b""), (run.returncode, run.stdout), run)
                self.assertTrue(run.stderr.endswith(b"\n"))
                line = run.stderr[:-1].decode("utf-8")
                self.assertTrue(line.isprintable(), ascii(line))

    def test_a_folder_that_cannot_be_written(self):
        self.refused("audit", "libm/exp:binary64", "--out", "/proc/nowhere", *FAST,
                     says=["/proc/nowhere"])

    def test_reports_that_are_none(self):
        self.refused("replay", "none.json", says=["none.json"])
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "no.json")
            with open(path, "w") as file:
                file.write("{}")
            self.refused("report", path, says=["no.json"])

    def test_cases_that_do_not_fit(self):
        replay = ["replay", "libm/exp:binary64", "--property"]
        self.refused(*replay, "product", "--at", "0x1p+0", says=["2 arguments"])
        self.refused(*replay, "accuracy", "--at", "0x1.00000000000001p+0", says=["binary64"])
        self.refused(*replay, "slope", "--at", "0x1p+0,0x1p+0", says=["slope"])
        self.refused("replay", "libm/exp", "--property", "accuracy", "--at", "0x1p+0",
                     says=["format"])


class Verdicts(unittest.TestCase):
    def test_a_refuted_claim_exits_1_and_each_witness_replays(self):
        with tempfile.TemporaryDirectory() as folder:
            run = napier("audit", BEHAVIOURS + "one_ulp_off", *EXP, "--max-ulp", "1", *FAST,
                         "--out", folder)
            self.assertEqual(run.returncode, 1, run.stderr)
            self.assertTrue(run.stdout.startswith("REFUTED"), run.stdout)
            self.assertEqual(sorted(os.listdir(folder)),
                             ["report.html", "report.json", "report.md"])
            path = os.path.join(folder, "report.json")
            with open(path) as file:
                report = json.load(file)
            findings = report["targets"][0]["findings"]
            self.assertGreater(len(findings), 0)
            for number, finding in enumerate(findings, 1):
                self.assertEqual(napier("replay", f"{path}#{number}").returncode, 1)
                line = finding["replay"].replace("'", "").split()[1:]
                self.assertEqual(napier(*line).returncode, 1, line)
                generous = ["1000" if line[i - 1] == "--max-ulp" else word
                            for i, word in enumerate(line)]
                self.assertEqual(napier(*generous).returncode, 0, generous)

    def test_a_sentence_is_judged_repeated_and_replayed(self):
        claim = "rel <= 1e-16 on [-700, 700]"
        with tempfile.TemporaryDirectory() as folder:
            run = napier("audit", "--claim", claim, BEHAVIOURS + "one_ulp_off", *EXP, *FAST[:2],
                         "--property", "accuracy,product", "--out", folder)
            self.assertEqual(run.returncode, 1, run)
            with open(os.path.join(folder, "report.json")) as file:
                target = json.load(file)["targets"][0]
            self.assertEqual(claim, target["claim"]["sentence"])
            self.assertIn("accuracy", [finding["property"] for finding in target["findings"]])
            for number, finding in enumerate(target["findings"], 1):
                self.assertEqual("rel <= 1e-16", finding["claimed"])
                path = os.path.join(folder, f"report.json#{number}")
                self.assertEqual(napier("replay", path).returncode, 1)
                again = subprocess.run(["sh", "-c", finding["replay"].replace("napier", NAPIER, 1)],
                                       capture_output=True, text=True, timeout=500)
                self.assertEqual(again.returncode, 1, again)
        for words in [["--claim", "rel <= 1e-12 on [-700, 700]"], ["--rtol=1e-12", "--atol=1e-30"],
                      ["--claim", "max(abs, rel) <= 0x1p-1022, 1e-12 in all"]]:
            run = napier("audit", BEHAVIOURS + "one_ulp_off", *words, *EXP, *FAST[:2],
                         "--property", "accuracy,product")
            self.assertEqual(run.returncode, 0, run)

    def test_a_case_without_arguments_replays(self):
        run = napier("audit", BEHAVIOURS + "halve", *EXP, "--max-ulp", "1", "--effort", "quick",
                     "--property", "*_power", "--json", "-")
        findings = json.loads(run.stdout)["targets"][0]["findings"]
        constants = [f for f in findings if not f["witness"]["inputs"]]
        self.assertEqual(["zeroth_power", "first_power"], [f["property"] for f in constants])
        for finding in constants:
            line = finding["replay"].replace("'", "").split()[1:]
            again = napier(*line)
            self.assertEqual(again.returncode, 1, again)
            self.assertIn("REFUTED", again.stdout)

    def test_a_claim_that_stands_exits_0(self):
        run = napier("audit", BEHAVIOURS + "one_ulp_off", *EXP, "--max-ulp", "1000", *FAST)
        self.assertEqual(run.returncode, 0, run.stdout)
        self.assertTrue(run.stdout.startswith("STANDS"))

    def test_manners_are_judged_where_they_are_claimed(self):
        manners = ["--effort", "quick", "--property", "monotone,flags,errno"]
        halve = BEHAVIOURS + "halve"  # in order, but it never overflows
        self.assertEqual(napier("audit", halve, *EXP, "--monotone", *manners).returncode, 0)
        for option in ["--flags", "--errno", "--strict"]:
            run = napier("audit", halve, *EXP, option, *manners)
            self.assertEqual(run.returncode, 1, run.stdout)
            self.assertIn(option, run.stdout)
        run = napier("audit", BEHAVIOURS + "good_exp", *EXP, "--max-ulp", "2", "--strict", *manners)
        self.assertEqual(run.returncode, 0, run.stdout)
        self.assertIn("claimed <= 2 ulp, special values, monotone, flags, errno", run.stdout)

    def test_without_a_claim_it_says_how_to_make_one(self):
        run = napier("audit", BEHAVIOURS + "good_exp", *EXP, *FAST)
        self.assertEqual(run.returncode, 0, run.stdout)
        self.assertIn("Add --max-ulp 1 to judge", run.stdout)

    def test_a_failed_target_leaves_the_others_their_audit(self):
        run = napier("audit", BEHAVIOURS + "nobody", "libm/exp:binary64", *EXP, *FAST)
        self.assertEqual(run.returncode, 2)
        self.assertIn("STANDS libm/exp:binary64", run.stdout)
        self.assertIn("nobody", run.stderr)

    def test_json_on_standard_output_is_alone_there(self):
        run = napier("audit", "libm/exp:binary64", *FAST, "--json", "-")
        self.assertEqual(run.returncode, 0, run.stderr)
        self.assertEqual(json.loads(run.stdout)["targets"][0]["verdict"], "stands")

    def test_the_digest_does_not_depend_on_threads(self):
        digests = {
            json.loads(napier("audit", "libm/exp2:binary64", *FAST, "--json", "-",
                              "--threads", n).stdout)["digest"]
            for n in ["1", "2", "5"]
        }
        self.assertEqual(len(digests), 1)

    def test_the_digest_does_not_depend_on_the_instruction_set(self):
        refused = napier("audit", "libm/exp:binary64", "--simd", "mmx")
        self.assertEqual(refused.returncode, 2)
        self.assertEqual(refused.stderr.count("\n"), 1, refused.stderr)
        levels = refused.stderr.strip().split("there is ")[1].split(", ")
        self.assertGreater(len(levels), 0)
        digests = {}
        for level in levels:
            report = json.loads(napier("audit", "libm/*:binary64", "libm/exp:binary32",
                                       "libm/pow:binary32", "shipped/pade/exp:binary64",
                                       "shipped/own_base_less_one/exp10m1:binary64",
                                       "--effort", "quick",
                                       "--json", "-", "--simd", level).stdout)
            self.assertEqual(report["provenance"]["simd"], level)
            digests.setdefault(report["digest"], []).append(level)
        self.assertEqual(len(digests), 1, digests)

    def test_a_closed_standard_output_is_an_error(self):
        if not os.path.exists("/dev/full"):
            self.skipTest("no /dev/full here")
        with open("/dev/full", "w") as full:
            run = subprocess.run([NAPIER, "list"], stdout=full, stderr=subprocess.PIPE, text=True)
        self.assertEqual(run.returncode, 2)
        self.assertIn("standard output", run.stderr)

    def test_list_shows_method_claim_and_domain(self):
        run = napier("list", "shipped/tang/**")
        self.assertEqual(run.returncode, 0)
        self.assertIn("shipped/tang/exp:binary64", run.stdout)
        self.assertIn("ulp", run.stdout)


if __name__ == "__main__":
    unittest.main(verbosity=1)
