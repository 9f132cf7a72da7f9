"""`derive verify`: exit status, formats, names, limits, and what is remembered."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from typing import Any
from xml.etree import ElementTree

import pytest

from derive import checker
from derive.cache.store import FILE


def test_all_as_expected_is_status_0(proofs: Any) -> None:
    status, out, err = proofs.run("verify")
    assert (status, err) == (0, "")
    assert "5 claims: 4 proved, 1 refuted (1 as expected); every verdict is the expected one" in out
    assert "as expected: 1 is not 2" in out
    assert "at N = 1, x = [1/2, [3]]" in out
    assert out.index("two") < out.index("false_one") < out.index("chain.1") < out.index("three")


@pytest.mark.parametrize(
    ("line", "status"),
    [
        ('equal("fine", 1, 1)', 0),
        ('equal("false_line", 1, 2)', 1),
        ('equal("maybe", 1, 2)', 1),
        ('equal("unread", 1, 2)', 1),
        ('equal("fine", 1, 1, expect="refuted", reason="it is not")', 1),
        ('equal("maybe", 1, 1, expect="refuted", reason="it is not")', 1),
        ('equal("both", 1, 1)', 3),
        ('equal("crash", 1, 1)', 1),
    ],
)
def test_exit_status(proofs: Any, line: str, status: int) -> None:
    proofs.claims(line)
    assert proofs.run("verify", "area/more")[0] == status


def test_json_record_is_pinned(proofs: Any) -> None:
    proofs.claims('equal("false_line", 1, 2)', 'equal("fine", 1, 1)')
    status, out, _ = proofs.run("verify", "area/more", "--format", "json")
    data = json.loads(out)
    for result in data["results"]:
        assert isinstance(result.pop("seconds"), float)
    assert status == 1
    assert data == {
        "format": 1,
        "results": [
            {
                "id": "area/more.false_line",
                "file": "toyproofs/area/more.py",
                "line": 3,
                "column": 1,
                "kind": "equality",
                "statement": "1 = 2",
                "verdict": "refuted",
                "scope": None,
                "conditions": [],
                "reason": "they differ",
                "suggestion": "1 = 1",
                "witness": {
                    "sizes": {"N": 1},
                    "values": {"x": ["1/2", ["3"]]},
                    "left": "0.5",
                    "right": "-0.5",
                    "note": "",
                },
                "follows_from_start": None,
                "expected": None,
            },
            {
                "id": "area/more.fine",
                "file": "toyproofs/area/more.py",
                "line": 4,
                "column": 1,
                "kind": "equality",
                "statement": "1 = 1",
                "verdict": "proved",
                "scope": "all sizes",
                "conditions": ["x > 0"],
                "reason": None,
                "suggestion": None,
                "witness": None,
                "follows_from_start": None,
                "expected": None,
            },
        ],
        "summary": {"proved": 1, "refuted": 1, "undecided": 0, "unread": 0},
    }


def test_junit_and_sarif_hold_the_surprises(proofs: Any) -> None:
    proofs.claims('equal("false_line", 1, 2)', 'equal("fine", 1, 1)')
    suites = ElementTree.fromstring(proofs.run("verify", "area/more", "--format", "junit")[1])
    assert [case.get("name") for case in suites.iter("testcase") if case.find("failure") is not None] == [
        "area/more.false_line"
    ]
    run = json.loads(proofs.run("verify", "area/more", "--format", "sarif")[1])["runs"][0]
    (finding,) = run["results"]
    assert (finding["ruleId"], finding["level"]) == ("refuted", "error")
    assert finding["locations"][0]["physicalLocation"]["region"]["startLine"] == 3


@pytest.mark.parametrize(
    ("names", "ids"),
    [
        (["area/second"], ["area/second.three"]),
        (["area/first.two"], ["area/first.two"]),
        (["area/first.chain"], ["area/first.chain.1", "area/first.chain.2"]),
        (["area/first.chain.2"], ["area/first.chain.2"]),
        (["area/second", "area/first.two"], ["area/first.two", "area/second.three"]),
        (["area/first.two", "area/first"], [f"area/first.{x}" for x in ("two", "false_one", "chain.1", "chain.2")]),
    ],
)
def test_names(proofs: Any, names: list[str], ids: list[str]) -> None:
    for _ in range(2):  # judged, then remembered
        data = json.loads(proofs.run("verify", *names, "--format", "json")[1])
        assert [result["id"] for result in data["results"]] == ids


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("area/frist", "did you mean area/first?"),
        ("secnd", "did you mean area/second?"),
        ("arae", "did you mean area?"),
        ("area/first.tow", "did you mean area/first.two?"),
        ("zzz", "`derive list` shows all names"),
    ],
)
def test_unknown_name_is_status_2_with_near_matches(proofs: Any, name: str, hint: str) -> None:
    status, out, err = proofs.run("verify", name)
    assert (status, out) == (2, "")
    assert err == f"derive: no proof is named {name!r}; {hint}\n"


def test_broken_module_is_status_2_and_the_others_are_judged(proofs: Any) -> None:
    proofs.claims('compare("c", 1, "~", 2)')
    proofs.write("area/syntax", "derivation = (")
    proofs.write("area/empty", '"""Nothing."""')
    status, out, err = proofs.run("verify")
    assert status == 2
    assert "toyproofs/area/more.py:3: c: expected one of <= < >= > !=, found '~'" in err
    assert "toyproofs/area/syntax.py:1: " in err
    assert "toyproofs/area/empty.py:1: expected a variable `derivation`" in err
    assert "5 claims" in out


def test_a_claim_that_hangs_is_stopped(proofs: Any) -> None:
    proofs.claims('equal("hang", 1, 1)', 'equal("fine", 1, 1)', 'equal("crash", 1, 1)', 'equal("fine_too", 1, 1)')
    status, out, _ = proofs.run("verify", "area/more", "--timeout", "0.2", "--jobs", "1", "--format", "json")
    results = json.loads(out)["results"]
    assert status == 1
    assert [result["verdict"] for result in results] == ["undecided", "proved", "undecided", "proved"]
    assert results[0]["reason"] == "no answer within 0.2 s (raise it with --timeout)"
    assert "exit status 7" in results[2]["reason"]


def test_nothing_is_judged_twice(proofs: Any, count_judged: Callable[[], int]) -> None:
    first = proofs.run("verify", "--format", "json")
    assert count_judged() == 5
    assert proofs.run("verify", "--format", "json") == first
    assert count_judged() == 5
    proofs.claims('equal("fine", 7, 7)')
    proofs.run("verify")
    assert count_judged() == 6, "a new module is judged, and the old claims are known by their content"
    proofs.run("verify", "--no-cache")
    assert count_judged() == 12


def test_the_same_statement_in_another_place_is_known(proofs: Any, count_judged: Callable[[], int]) -> None:
    proofs.claims('equal("fine", 1, 1)')
    proofs.run("verify", "area/more")
    proofs.claims('equal("other", 1, 1)', 'equal("new", 1, 3)')
    out = proofs.run("verify", "area/more", "--format", "json")[1]
    assert [(r["id"], r["line"]) for r in json.loads(out)["results"]] == [("area/more.other", 3), ("area/more.new", 4)]
    assert count_judged() == 2


def test_what_is_undecided_for_lack_of_time_is_tried_again(proofs: Any, count_judged: Callable[[], int]) -> None:
    proofs.claims('equal("slow", 1, 3)', 'equal("maybe", 1, 2)', 'equal("both", 1, 1)')
    proofs.run("verify", "area/more", "--timeout", "0.6")
    assert count_judged() == 3
    proofs.run("verify", "area/more", "--timeout", "0.6")
    assert count_judged() == 5  # what is both proved and refuted is never kept


def test_what_was_stopped_or_died_is_tried_again(proofs: Any, count_judged: Callable[[], int]) -> None:
    proofs.claims('equal("crash", 1, 2)', 'equal("two", 2, 2)')
    proofs.run("verify", "area/more")
    before = count_judged()
    proofs.run("verify", "area/more")
    assert (before, count_judged()) == (3, 5)  # what dies is tried twice


def test_other_limits_are_another_question(proofs: Any, count_judged: Callable[[], int]) -> None:
    for timeout in ("10", "11", "10"):
        proofs.run("verify", "area/second", "--timeout", timeout)
    assert count_judged() == 2


def test_damaged_answers_are_no_answers(proofs: Any, count_judged: Callable[[], int], tmp_path: Any) -> None:
    def damage(text: str) -> None:
        with closing(sqlite3.connect(tmp_path / "cache" / FILE)) as database, database:
            database.execute("UPDATE answers SET data = ?", (text,))

    for number, text in enumerate(["{", '{"verdict": "sure"}', "[1]", "\0"]):
        assert proofs.run("verify", "area/second")[0] == 0
        assert count_judged() == number + 1
        damage(text)


def test_broken_chain_is_compared_with_its_start(proofs: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def numbers(claim: Any, deadline: float) -> Any:
        from derive.language.verdicts import Proved, Refuted, Witness

        left, right = claim.statement.left.value, claim.statement.right.value
        return Proved("all sizes") if left == right else Refuted(Witness({}, {}, str(left), str(right)))

    monkeypatch.setattr(checker.Limits, "judging", lambda limits: numbers)
    proofs.claims('equal("slip", 1, 2, 2, 1, 1)')
    out = proofs.run("verify", "area/more", "--format", "json")[1]
    rows = [(result["verdict"], result["follows_from_start"]) for result in json.loads(out)["results"]]
    assert rows == [("refuted", False), ("proved", False), ("refuted", True), ("proved", True)]
    text = proofs.run("verify", "area/more")[1]
    assert "follows from a line that was already wrong" in text
    assert "does not follow from the line above, but is right" in text


def test_quiet_and_durations(proofs: Any) -> None:
    assert proofs.run("verify", "--quiet") == (0, "", "")
    out = proofs.run("verify", "--durations", "2")[1]
    assert "slowest 2:" in out
    proofs.claims('equal("false_line", 1, 2)')
    out = proofs.run("verify", "--quiet")[1]
    assert "false_line" in out
    assert "toyproofs/area/more.py:3: 1 = 2" in out
    assert "three" not in out


def test_no_proofs_is_not_success(proofs: Any) -> None:
    for path in sorted(proofs.root.rglob("area/*.py")):
        path.unlink()
    assert proofs.run("verify")[0] == 2


@pytest.mark.parametrize("arguments", [["--format", "xml"], ["--jobs", "0"], ["--timeout", "no"], ["--wat"]])
def test_bad_options_are_status_2(proofs: Any, arguments: list[str]) -> None:
    assert proofs.run("verify", *arguments)[0] == 2
