"""SARIF and JUnit, held against what their standards ask of the parts that are written here."""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import unquote
from xml.etree import ElementTree

from derive.language.verdicts import Proved, Refuted, Undecided, Unread, Verdict, Witness
from derive.render.json import to_junit, to_sarif
from derive.render.record import Report, Result

TEXT = {"text": (str, True)}
SARIF: dict[str, dict[str, tuple[Any, bool]]] = {
    "log": {"$schema": (str, False), "version": ("2.1.0", True), "runs": (["run"], True)},
    "run": {
        "tool": ("tool", True),
        "invocations": (["invocation"], False),
        "columnKind": ({"utf16CodeUnits", "unicodeCodePoints"}, False),
        "results": (["result"], False),
    },
    "tool": {"driver": ("driver", True)},
    "driver": {"name": (str, True), "rules": (["rule"], False)},
    "rule": {"id": (str, True), "shortDescription": ("message", False)},
    "invocation": {"executionSuccessful": (bool, True), "toolExecutionNotifications": (["notification"], False)},
    "notification": {"message": ("message", True)},
    "message": TEXT,
    "result": {
        "ruleId": (str, False),
        "level": ({"none", "note", "warning", "error"}, False),
        "message": ("message", True),
        "locations": (["location"], False),
    },
    "location": {"physicalLocation": ("physicalLocation", False)},
    "physicalLocation": {"artifactLocation": ("artifactLocation", False), "region": ("region", False)},
    "artifactLocation": {"uri": (str, False)},
    "region": {"startLine": (int, False), "startColumn": (int, False)},
}
"""The objects of SARIF 2.1.0 that occur here: their properties, what each is, and whether it must be there. (A
property that is not listed is one that this program does not write.)"""


def complaints(value: Any, kind: Any, where: str) -> list[str]:
    if isinstance(kind, list):
        if not isinstance(value, list):
            return [f"{where}: not a list"]
        return [text for at, each in enumerate(value) for text in complaints(each, kind[0], f"{where}[{at}]")]
    if isinstance(kind, set):
        return [] if value in kind else [f"{where}: {value!r} is none of {sorted(kind)}"]
    if isinstance(kind, type):
        return [] if type(value) is kind else [f"{where}: {value!r} is no {kind.__name__}"]
    if kind not in SARIF:
        return [] if value == kind else [f"{where}: {value!r} is not {kind!r}"]
    if not isinstance(value, dict):
        return [f"{where}: no object"]
    rules = SARIF[kind]
    out = [f"{where}: {name} is unknown" for name in value if name not in rules]
    out += [f"{where}: {name} is missing" for name, (_, needed) in rules.items() if needed and name not in value]
    return out + [
        text
        for name, each in value.items()
        if name in rules
        for text in complaints(each, rules[name][0], f"{where}.{name}")
    ]


def _result(name: str, verdict: Verdict, expected: str | None = None, line: int = 3) -> Result:
    return Result(f"d.{name}", "d", "my notes/ü #1.md", line, 7, "equality", "a < b & c", verdict, 0.25, expected)


REPORT = Report(
    (
        _result("1", Proved("all sizes", (), "normal form")),
        _result("2", Refuted(Witness({"N": 1}, {"x": ["1/2"]}, "1", "2"), "a = c", "", "a = b")),
        _result("3", Undecided("agrees at 3 random points")),
        _result("4", Unread("expected a number, found “<”"), line=0),
        _result("5", Proved("all sizes", (), "normal form"), expected="refuted"),
    ),
    {"d": "A title"},
    ("broken.md: is it a binary file?",),
)


def test_sarif() -> None:
    log = json.loads(to_sarif(REPORT))
    assert complaints(log, "log", "log") == []
    (run,) = log["runs"]
    assert [each["ruleId"] for each in run["results"]] == ["refuted", "undecided", "unread", "proved"]
    assert {each["ruleId"] for each in run["results"]} <= {rule["id"] for rule in run["tool"]["driver"]["rules"]}
    assert not run["invocations"][0]["executionSuccessful"]
    for each in run["results"]:
        place = each["locations"][0]["physicalLocation"]
        uri = place["artifactLocation"]["uri"]
        assert re.fullmatch(r"[A-Za-z0-9._~!$&'()*+,;=@/%-]+", uri)  # the characters of a path in a URI (RFC 3986)
        assert unquote(uri) == "my notes/ü #1.md"
        assert min(place["region"].values()) >= 1


def test_what_is_not_sarif_is_seen() -> None:
    log = json.loads(to_sarif(REPORT))
    log["runs"][0]["results"][0]["level"] = "bad"
    del log["runs"][0]["tool"]["driver"]["name"]
    log["version"] = "2.0.0"
    assert len(complaints(log, "log", "log")) == 3


def test_junit() -> None:
    """Suites with counts that are right, and one failure with its message a case."""
    root = ElementTree.fromstring(to_junit(REPORT))
    assert root.tag == "testsuites"
    for suite in root:
        cases = suite.findall("testcase")
        assert int(suite.get("tests", "0")) == len(cases)
        assert int(suite.get("failures", "0")) == len(suite.findall("testcase/failure"))
        assert int(suite.get("errors", "0")) == len(suite.findall("testcase/error"))
        for case in cases:
            assert case.get("name")
            assert case.get("classname")
            assert len(case) <= 1
            assert all(each.get("message") for each in case)
    assert [suite.get("name") for suite in root] == ["d", "errors"]
    assert float(root[0].get("time", "0")) == 1.25
