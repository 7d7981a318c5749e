#!/usr/bin/env python3
"""Malformed input of every kind: the right exit code, exactly the faults that are there, each as one
sentence with its place on stderr, in both languages; nothing on stdout; no crash, no waiting."""
import json
import os
import subprocess
import tempfile

import tool
from tool import DXREADY, refuses, report

ENTERPRISE = {"tax_code": "0800291164", "name": "Công ty TNHH Ví Dụ", "form": "enterprise", "section": "C", "area": "chi-linh",
              "founded_on": "2019-05-01", "employees": 45, "female_employees": 30, "revenue_vnd": 38000000000,
              "women_capital_percent": 51, "women_managed": True, "plans": {"dx_solution_vnd": 80000000}}
RESPONSE = {"kind": "response", "questionnaire": "all-types@1", "round": "2026", "submitted_on": "2026-06-30",
            "enterprise": ENTERPRISE, "answers": {"single": 10, "many": ["a"], "rows": {"r1": "yes"}, "yn": "yes", "num": 2.5}}
GOOD = json.dumps(RESPONSE, ensure_ascii=False, indent=1)


def response(**more):
    return json.dumps(dict(RESPONSE, **more), ensure_ascii=False)


def facts(**more):
    return response(enterprise=dict(ENTERPRISE, **more))


def answers(**more):
    return response(answers=dict(RESPONSE["answers"], **more))


def without(key):
    return json.dumps({k: v for k, v in RESPONSE.items() if k != key})


E, A = "/enterprise", "/answers"

# What no JSON file may be: name, bytes, line, a part of the sentence.
SYNTAX = [
    ("empty", b"", 1, "the file is empty"),
    ("only white space", b" \n\n\t ", 3, "the file is empty"),
    ("only a byte order mark", b"\xef\xbb\xbf", 1, "the file is empty"),
    ("cut in an object", GOOD.encode()[:GOOD.index('"form"')], 8, "cut off: '}' is missing"),
    ("cut behind a comma", b'{"kind": "response",', 1, "cut off: a key is missing"),
    ("cut behind a colon", b'{"kind":\n', 2, "cut off: a value is missing"),
    ("cut in a text", b'{"kind": "resp', 1, "lacks its closing"),
    ("cut in a character", '{"kind": "Đ'.encode()[:-1], 1, "not UTF-8"),
    ("trailing text", (GOOD + "x").encode(), GOOD.count("\n") + 1, "text after the end"),
    ("two documents", (GOOD + "\n" + GOOD).encode(), GOOD.count("\n") + 2, "text after the end"),
    ("duplicate key", b'{"kind": "response",\n "kind": "response"}', 2, "'kind' stands twice"),
    ("duplicate key by escape", b'{"kind": "response", "k\\u0069nd": "x"}', 1, "'kind' stands twice"),
    ("invalid UTF-8", b'{"kind":\n "resp\xffonse"}', 2, "0xff is not UTF-8"),
    ("overlong UTF-8", b'{"kind": "\xc0\xaf"}', 1, "0xc0 is not UTF-8"),
    ("surrogate in UTF-8", b'{"kind": "\xed\xa0\x80"}', 1, "0xed is not UTF-8"),
    ("above U+10FFFF", b'{"kind": "\xf4\x90\x80\x80"}', 1, "0xf4 is not UTF-8"),
    ("windows-1258", '{"name": "Công ty"}'.encode("cp1258"), 1, "is not UTF-8"),
    ("\\u0000", b'{"kind": "a\\u0000b"}', 1, "u0000 is not allowed"),
    ("zero byte in a text", b'{"kind":\n "a\x00b"}', 2, "zero byte"),
    ("zero byte behind the document", b'{"kind": "x"}\x00', 1, "zero byte"),
    ("only zero bytes", b"\x00" * 50, 1, "UTF-16|zero byte"),
    ("lone high surrogate", b'{"kind": "\\ud800"}', 1, "ud800 stands alone"),
    ("lone low surrogate", b'{"kind": "\\udc00x"}', 1, "udc00 stands alone"),
    ("high surrogate twice", b'{"kind": "\\ud800\\ud800"}', 1, "stands alone"),
    ("short \\u", b'{"kind": "\\u12"}', 1, "four hexadecimal digits"),
    ("unknown escape", b'{"kind": "\\x41"}', 1, "after "),
    ("leading zero", b'{"minutes": 012}', 1, "must not start with 0"),
    ("tax code as number", b'{"tax_code": 0800291164}', 1, "put codes in quotation marks"),
    ("plus sign", b'{"minutes": +1}', 1, "JSON value is needed"),
    ("lone minus", b'{"minutes": -}', 1, "digit must follow the minus"),
    ("point without digits", b'{"minutes": 1.}', 1, "digit must follow the decimal point"),
    ("point first", b'{"minutes": .5}', 1, "JSON value is needed"),
    ("decimal comma", b'{"minutes": 1,5}', 1, "key in quotation marks"),
    ("1e999", b'{"minutes": 1e999}', 1, "too large or has too many digits"),
    ("1e99", b'{"minutes": 1e99}', 1, "too large or has too many digits"),
    ("1e-999", b'{"minutes": 1e-999}', 1, "too large or has too many digits"),
    ("exponent without digits", b'{"minutes": 1e}', 1, "exponent needs digits"),
    ("a thousand digits", b'{"minutes": ' + b"9" * 1000 + b"}", 1, "too large or has too many digits"),
    ("a thousand decimals", b'{"minutes": 0.' + b"1" * 1000 + b"}", 1, "too large or has too many digits"),
    ("hexadecimal", b'{"minutes": 0x1F}', 1, "comma or '}' is missing"),
    ("NaN", b'{"minutes": NaN}', 1, "found 'NaN}'"),
    ("Infinity", b'{"minutes": -Infinity}', 1, "digit must follow the minus"),
    ("True", b'{"minutes": True}', 1, "JSON value is needed"),
    ("comment", b'{"minutes": 1 /* one */}', 1, "comma or '}' is missing"),
    ("line comment", b'// a response\n{}', 1, "JSON value is needed"),
    ("single quotes", b"{'kind': 'response'}", 1, "key in quotation marks"),
    ("key without quotes", b"{kind: 1}", 1, "key in quotation marks"),
    ("comma too many in an object", b'{"a": 1,}', 1, "comma too many"),
    ("comma too many in an array", b'[1,]', 1, "JSON value is needed"),
    ("comma missing", b'{"a": 1\n "b": 2}', 2, "comma or '}' is missing"),
    ("colon missing", b'{"a" 1}', 1, "colon must follow"),
    ("wrong bracket", b'{"a": [1}}', 1, "comma or ']' is missing"),
    ("tab in a text", b'{"name": "a\tb"}', 1, "control character"),
    ("line break in a text", b'{"name": "a\nb"}', 1, "control character"),
    ("depth 100,000", b"[" * 100000 + b"]" * 100000, 1, "nested more than 160 levels"),
    ("objects 100,000 deep", b'{"a":' * 100000, 1, "nested more than 160 levels"),
    ("a key of 2 MB", b'{"' + b"k" * 2000000 + b'": 1}', 1, "2000000 bytes is over the limit of 256"),
    ("a text of 2 MB", b'{"a": "' + b"x" * 2000000 + b'"}', 1, "2000000 bytes is over the limit of 65536"),
    ("400,001 values", b"[" + b"1," * 400000 + b"1]", 1, "more than 400000 values"),
    ("UTF-16 LE with mark", b"\xff\xfe" + GOOD.encode("utf-16-le"), 1, "save it as UTF-8"),
    ("UTF-16 BE with mark", b"\xfe\xff" + GOOD.encode("utf-16-be"), 1, "save it as UTF-8"),
    ("UTF-16 LE without mark", GOOD.encode("utf-16-le"), 1, "save it as UTF-8"),
    ("UTF-16 BE without mark", GOOD.encode("utf-16-be"), 1, "save it as UTF-8"),
    ("UTF-32", GOOD.encode("utf-32"), 1, "UTF-16|UTF-8"),
    ("two byte order marks", b"\xef\xbb\xbf\xef\xbb\xbf{}", 1, "JSON value is needed"),
    ("CSV as JSON", b"name;single\nA;10\n", 1, "JSON value is needed"),
    ("a picture", b"\x89PNG\r\n\x1a\n\x00\x00", 1, "0x89 is not UTF-8"),
    ("a ZIP", b"PK\x03\x04\x14\x00\x00\x00", 1, "zero byte|UTF-16|JSON value"),
]

# Responses: name, text, then pointer and part of the sentence of each fault.
RESPONSES = [
    ("a list", "[]", ("", "an object {...} is needed here")),
    ("null", "null", ("", "an object {...} is needed here")),
    ("a text", '"response"', ("", "an object {...} is needed here")),
    ("no kind", without("kind"), ("", "'kind' is missing")),
    ("another kind", response(kind="policy"), ("/kind", "must be one of: \"response\"")),
    ("no questionnaire", without("questionnaire"), ("", "'questionnaire' is missing, for instance")),
    ("no enterprise", without("enterprise"), ("", "'enterprise' is missing")),
    ("no answers", without("answers"), ("", "'answers' is missing")),
    ("unknown questionnaire", response(questionnaire="dbi-sme@1999"), ("/questionnaire", "no questionnaire 'dbi-sme@1999'")),
    ("questionnaire as a path", response(questionnaire="../../etc/passwd"), ("/questionnaire", "there is no questionnaire")),
    ("questionnaire a number", response(questionnaire=2021), ("/questionnaire", "a text is needed here")),
    ("unknown key", response(extra=1), ("/extra", "unknown key 'extra'")),
    ("key nearly known", response(answer={}), ("/answer", "unknown key 'answer'; is 'answers' meant?")),
    ("key of other case", response(Answers={}), ("/Answers", "unknown key 'Answers'")),
    ("key with a line break", response(**{"a\nb\u001b[31m": 1}), ("/a?b?[31m", "unknown key 'a?b?[31m'")),
    ("key with slashes", response(**{"a/b~c": 1}), ("/a~1b~0c", "unknown key 'a/b~c'")),
    ("round with a space", response(round="2026 1"), ("/round", "may only have plain letters")),
    ("round with a slash", response(round="../x"), ("/round", "may only have plain letters")),
    ("round empty", response(round=""), ("/round", "may only have plain letters")),
    ("round too long", response(round="x" * 33), ("/round", "may only have plain letters")),
    ("round a number", response(round=2026), ("/round", "a text is needed here")),
    ("no day", response(submitted_on="23/11/2026"), ("/submitted_on", "a real day of the form")),
    ("30 February", response(submitted_on="2026-02-30"), ("/submitted_on", "a real day of the form")),
    ("29 February of no leap year", response(submitted_on="2026-02-29"), ("/submitted_on", "a real day")),
    ("month 13", response(submitted_on="2026-13-01"), ("/submitted_on", "a real day")),
    ("day and time", response(submitted_on="2026-06-30T00:00:00Z"), ("/submitted_on", "a real day")),
    ("negative minutes", response(minutes=-1), ("/minutes", "not negative")),
    ("minutes as text", response(minutes="5"), ("/minutes", "a number is needed here")),
    ("enterprise a list", response(enterprise=[]), ("/enterprise", "an object {...} is needed here")),
    ("answers a list", response(answers=[]), ("/answers", "an object {...} is needed here")),
    ("unknown fact", facts(employes=3), (E + "/employes", "no fact 'employes' (≈ 'employees')")),
    ("computed fact", facts(size_class="small"), (E + "/size_class", "is computed")),
    ("fact an object", facts(form={}), (E + "/form", "a text in quotation marks is needed")),
    ("fact null", facts(revenue_vnd=None), (E + "/revenue_vnd", "a number is needed")),
    ("plans a number", facts(plans=5), (E + "/plans", "there is no fact 'plans'")),
    ("unknown plan", facts(plans={"website_vnd": 1}), (E + "/plans/website_vnd", "no fact 'plans.website_vnd'")),
    ("plan an object", facts(plans={"dx_solution_vnd": {}}), (E + "/plans/dx_solution_vnd", "a number is needed")),
    ("plan an empty list", facts(plans={"dx_solution_vnd": []}), (E + "/plans/dx_solution_vnd", "1 to 20 amounts")),
    ("plan of 21 contracts", facts(plans={"dx_solution_vnd": [1] * 21}), (E + "/plans/dx_solution_vnd", "1 to 20 amounts")),
    ("contract as text", facts(plans={"dx_solution_vnd": [1, "2"]}), (E + "/plans/dx_solution_vnd/1", "a number is needed")),
    ("fact given twice", facts(**{"plans.dx_solution_vnd": 1}), (E + "/plans.dx_solution_vnd", "is given twice")),
    ("tax code with a wrong check digit", facts(tax_code="0800291165"), (E + "/tax_code", "'0800291165' is no tax code")),
    ("tax code of 9 digits", facts(tax_code="080029116"), (E + "/tax_code", "is no tax code")),
    ("tax code of 13 digits", facts(tax_code="0800291164001"), (E + "/tax_code", "is no tax code")),
    ("tax code of branch 000", facts(tax_code="0800291164-000"), (E + "/tax_code", "is no tax code")),
    ("tax code with letters", facts(tax_code="08002911O4"), (E + "/tax_code", "is no tax code")),
    ("tax code of wide digits", facts(tax_code="０８００２９１１６４"), (E + "/tax_code", "is no tax code")),
    ("tax code of zeros", facts(tax_code="0000000000"), (E + "/tax_code", "is no tax code")),
    ("tax code with a space", facts(tax_code=" 0800291164"), (E + "/tax_code", "is no tax code")),
    ("12 digits of no province", facts(tax_code="097085001234", form="household"), (E + "/tax_code", "the first three from 001 to 096")),
    ("12 digits from 000", facts(tax_code="000085001234", form="household"), (E + "/tax_code", "the first three from 001 to 096")),
    ("12 digits of an enterprise", facts(tax_code="030085001234"), (E, "is that of a household business")),
    ("12 digits of a co-operative", facts(tax_code="030085001234", form="cooperative"), (E, "is that of a household business")),
    ("12 digits before 01/07/2025", response(enterprise=dict(ENTERPRISE, tax_code="030085001234", form="household"), submitted_on="2025-06-30"),
     (E + "/tax_code", "since 01/07/2025 only")),
    ("tax code a number", facts(tax_code=800291164), (E + "/tax_code", "a text in quotation marks")),
    ("name empty", facts(name=""), (E + "/name", "a text of 1 to 1000 bytes")),
    ("name of blanks", facts(name="  "), (E + "/name", "a text of 1 to 1000 bytes")),
    ("name too long", facts(name="x" * 1001), (E + "/name", "a text of 1 to 1000 bytes")),
    ("unknown form", facts(form="company"), (E + "/form", "must be one of: enterprise, cooperative, household")),
    ("unknown section", facts(section="Z"), (E + "/section", "no VSIC section on that day")),
    ("section in words", facts(section="Xây nhà"), (E + "/section", "no VSIC section")),
    ("unknown area", facts(area="ha-noi"), (E + "/area", "no area 'ha-noi'")),
    ("area with a slip", facts(area="Phường Chí Linhh"), (E + "/area", "Chí Linh Ward")),
    ("area that is two", facts(area="xa cam giang"), (E + "/area", "Cẩm Giang Commune")),
    ("negative employees", facts(employees=-1, female_employees=0), (E + "/employees", "a whole number from 0 to 1000000")),
    ("half an employee", facts(employees=45.5), (E + "/employees", "a whole number from 0")),
    ("employees as text", facts(employees="45"), (E + "/employees", "a number is needed")),
    ("more women than employees", facts(female_employees=46), (E, "more women than employees")),
    ("101 percent", facts(women_capital_percent=101), (E + "/women_capital_percent", "from 0 to 100")),
    ("negative percent", facts(women_capital_percent=-0.1), (E + "/women_capital_percent", "from 0 to 100")),
    ("negative revenue", facts(revenue_vnd=-1), (E + "/revenue_vnd", "a whole number from 0")),
    ("revenue beyond all", facts(revenue_vnd=10**17), (E + "/revenue_vnd", "a whole number from 0")),
    ("yes as text", facts(women_managed="yes"), (E + "/women_managed", "true or false is needed")),
    ("yes as number", facts(women_managed=1), (E + "/women_managed", "true or false is needed")),
    ("founded on no day", facts(founded_on="2019-02-29"), (E + "/founded_on", "a real day")),
    ("founded after the answer", facts(founded_on="2026-07-01"), (E, "foundation is after the day of the response")),
    ("unknown question", answers(x=1), (A + "/x", "has no question 'x'")),
    ("question nearly known", answers(singel=1), (A + "/singel", "(≈ 'single')")),
    ("unknown option", answers(single="11"), (A + "/single", "no option '11'; choose one of: 0, 10")),
    ("number of no option", answers(single=3), (A + "/single", "no option '3'")),
    ("number near an option", answers(single=10.5), (A + "/single", "no option '10.5'")),
    ("option a list", answers(single=["10"]), (A + "/single", "the id of an option is needed")),
    ("option true", answers(single=True), (A + "/single", "the id of an option is needed")),
    ("option null", answers(single=None), (A + "/single", "the id of an option is needed")),
    ("ticks a text", answers(many="a"), (A + "/many", "an array of ids is needed")),
    ("unknown tick", answers(many=["a", "z"]), (A + "/many/1", "no option 'z'")),
    ("tick twice", answers(many=["a", "a"]), (A + "/many/1", "'a' is named twice")),
    ("tick a list", answers(many=[["a"]]), (A + "/many/0", "the id of an option is needed")),
    ("excluding tick with others", answers(many=["none", "a"]), (A + "/many", 'excludes all others')),
    ("rows a list", answers(rows=["yes"]), (A + "/rows", "an object row: column is needed")),
    ("unknown row", answers(rows={"r9": "yes"}), (A + "/rows/r9", "there is no row 'r9'")),
    ("unknown column", answers(rows={"r1": "maybe"}), (A + "/rows/r1", "no option 'maybe'")),
    ("yes in other words", answers(yn="có lẽ"), (A + "/yn", "no option 'có lẽ'; choose one of: yes, no")),
    ("yes as 2", answers(yn=2), (A + "/yn", "no option '2'")),
    ("number as text", answers(num="5"), (A + "/num", "a number is needed")),
    ("text a number", answers(words=5), (A + "/words", "a text is needed")),
    ("text too long", answers(words="x" * 5001), (A + "/words", "longer than 5000 characters")),
    ("date no day", answers(when="31/12/2026"), (A + "/when", "a real day")),
    ("na where it is not allowed", answers(yn={"na": "không có"}), (A + "/yn", "does not allow 'not applicable'")),
    ("na without reason", answers(single={"na": ""}), (A + "/single", "the reason for not applicable")),
    ("na with a blank reason", answers(single={"na": " \n"}), (A + "/single", "the reason for not applicable")),
    ("na that is true", answers(single={"na": True}), (A + "/single", "the reason for not applicable")),
    ("na and more", answers(single={"na": "x", "y": 1}), (A + "/single", "the id of an option is needed")),
    ("many faults", json.dumps(dict(RESPONSE, round="a b", enterprise=dict(ENTERPRISE, employees=-1, area="x"), nonsense=1,
                                    answers={"single": 3, "yn": [], "y": 1})),
     ("/nonsense", "unknown key"), ("/round", "plain letters"), (E + "/employees", "whole number"), (E + "/area", "no area"),
     (A + "/single", "no option '3'"), (A + "/yn", "the id of an option"), (A + "/y", "has no question")),
    ("wrong form", json.dumps(dict(RESPONSE, questionnaire="household-quick@1", answers={})),
     (E, "the questionnaire household-quick@1 is not for this form: enterprise")),
]

# `check` cannot know that these were meant to be responses.
NO_RESPONSE = ("a list", "null", "a text", "no kind", "another kind")

FINE = [
    ("a byte order mark", "\ufeff" + GOOD), ("CR line ends", GOOD.replace("\n", "\r")), ("CR LF line ends", GOOD.replace("\n", "\r\n")),
    ("option as text", answers(single="10")), ("option as 10.0", answers(single=10).replace("10", "10.0", 1)),
    ("option as 1e1", GOOD.replace('"single": 10', '"single": 1e1')), ("no answers at all", response(answers={})),
    ("no facts at all", response(enterprise={})), ("yes as true", answers(yn=True)), ("no as 0", answers(yn=0)),
    ("branch of an enterprise", facts(tax_code="0800291164-001")),
    ("12 digits of a household", facts(tax_code="030085001234", form="household")),
    ("12 digits of the first province", facts(tax_code="001085001234", form="household")),
    ("12 digits of the last", facts(tax_code="096085001234", form="household")),
    ("10 digits of a household", facts(form="household")),
    ("an area by its name", facts(area="Phường Chí Linh, Hải Phòng")), ("without accents", facts(area="dac khu cat hai")),
    ("an area by its code", facts(area="10546")),
    ("na with a reason", answers(single={"na": "không bán lẻ"})), ("escapes", GOOD.replace("Công", "C\\u00f4ng")),
    ("decomposed letters", GOOD.replace("ô", "o\u0302")), ("two contracts", facts(plans={"dx_solution_vnd": [1, 2]})),
    ("nothing ticked", answers(many=[])), ("employees as 45.0", facts(employees=45).replace("45", "45.0", 1)),
    ("no round and no day", json.dumps({k: v for k, v in RESPONSE.items() if k not in ("round", "submitted_on")})),
]

RULES = [
    ("unknown operator", '{"equals": [1, 1]}', "{}", ("/equals", "no operator 'equals'")),
    ("two operators", '{"==": [1, 1], "!": [1]}', "{}", ("", "exactly one key, this has 2")),
    ("no operator", "{}", "{}", ("", "exactly one key, this has 0")),
    ("nested 65 deep", '{"!":[' * 65 + "1" + "]}" * 65, "{}", ("!", "nested more than 64 levels")),
    ("nested 1,000 deep", '{"!":' * 1000 + "1" + "}" * 1000, "{}", ("", "nested more than 160 levels")),
    ("too few operands", '{"==": [1]}', "{}", ("/==", "at least 2 and at most 2 operands, here are 1")),
    ("text and number", '{"<": ["a", 1]}', "{}", ("/<", "compares numbers or dates, this is text")),
    ("number and list", '{"==": [1, [1]]}', "{}", ("/==", "a number cannot be compared with a list")),
    ("sum of a text", '{"+": ["a", 1]}', "{}", ("/+", "computes with numbers, this is text")),
    ("facts cut", "true", "{", ("", "cut off")),
    ("both broken", "[", "]", ("", "cut off"), ("", "JSON value is needed")),
    ("too many parts", '{"+":[' + "1," * 5000 + "1]}", "{}", ("/+/4095", "more than 4096 parts")),
]


def check_files(folder):
    fine = folder.file(GOOD)
    secret = folder.file(GOOD)
    os.chmod(secret, 0)
    pipe = os.path.join(folder.path, "pipe.json")
    os.mkfifo(pipe)
    large = folder.file(b" " * (9 << 20) + b"{}")
    loop = os.path.join(folder.path, "loop.json")
    os.symlink("loop.json", loop)
    for command in ("check", "score", "match"):
        cases = [("a missing file", folder.path + "/none.json", "No such file"), ("a pipe that nobody writes to", pipe, "is empty"),
                 ("/dev/null", "/dev/null", "is empty"), ("/dev/zero", "/dev/zero", "larger than the limit"),
                 ("a file over 8 MB", large, "larger than the limit"), ("a link to itself", loop, "symbolic links"),
                 ("a file as a folder", fine + "/x.json", "Not a directory")]
        if command != "check":
            cases.append(("a folder", folder.path, "this is a folder"))
        if os.geteuid() != 0:
            cases.append(("an unreadable file", secret, "Permission denied"))
        for name, path, part in cases:
            refuses(folder, f"{command}: {name}", [command, path], [("", part)])
    empty = os.path.join(folder.path, "nothing")
    os.mkdir(empty)
    done, _ = folder.run("en", "check", empty)
    report(done.returncode == 1 and not done.stdout and b"there is no .json file" in done.stderr, "check: a folder without files",
           str(done))
    for arguments, part in (([], "usage"), (["score"], "usage"), (["score", fine, fine], "usage"), (["scroe", fine], "no command"),
                            (["score", "--jsn", fine], "no option"), (["match", fine, "--on", "2026-02-30"], "real day"),
                            (["score", fine, "--json", "--json"], "given twice")):
        done = subprocess.run([DXREADY, *arguments, "--lang", "en"] if arguments else [DXREADY], capture_output=True, text=True)
        report(done.returncode == 2 and (not arguments or part in done.stderr), f"usage: {' '.join(arguments[:1] + arguments[2:])}",
               str(done))
    os.remove(pipe)
    done = subprocess.run(f"cat '{fine}' | '{DXREADY}' score --data '{folder.path}' --json -", shell=True, capture_output=True)
    report(done.returncode == 0 and b'"total"' in done.stdout, "a response from a pipe is read", str(done))
    os.mkfifo(pipe)
    done = subprocess.run(f"(sleep 0.1; cat '{fine}') > '{pipe}' & sleep 0.3; '{DXREADY}' score --data '{folder.path}' --json '{pipe}'",
                          shell=True, capture_output=True)
    report(done.returncode == 0 and b'"total"' in done.stdout, "a response from a named pipe is read", str(done))


def check_at_once(folder, files, faults):
    done, _ = folder.run("en", "check", *files)
    said = [(fault[0], fault[2]) for fault in tool.parse(done.stderr, "") if fault]
    report(done.returncode == 1 and not done.stdout and sorted(said) == sorted(faults),
           f"check: the same {len(faults)} faults of {len(files)} files at once", str(sorted(set(said) ^ set(faults))))


def main():
    with tempfile.TemporaryDirectory() as path:
        folder = tool.Folder(path, ["questionnaires/household-quick@1.json", "tests/data/all-types@1.json"])
        for name, content in FINE:
            file = folder.file(content)
            done, _ = folder.run("en", "score", "--json", file)
            report(done.returncode == 0 and not done.stderr and b'"level"' in done.stdout, f"fine: {name}", str(done))
        for name, content, line, part in SYNTAX:
            file = folder.file(content)
            refuses(folder, name, ["score", "--json", file], [("!", part)], line=line, paths=[file])
        all_files, all_faults = [], []
        for name, content, *faults in RESPONSES:
            file = folder.file(content)
            refuses(folder, name, ["score", "--json", file], faults)
            if name not in NO_RESPONSE:
                all_files.append(file)
                all_faults += [(file, pointer) for pointer, _ in faults]
        check_at_once(folder, all_files, all_faults)
        for name, rule, data, *faults in RULES:
            refuses(folder, f"rule: {name}", ["rule", folder.file(rule), folder.file(data)], faults)
        check_files(folder)
    tool.finish()


main()
