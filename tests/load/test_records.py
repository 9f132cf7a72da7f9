"""Lines of a batch: a document is checked, anything else is told what is wrong with it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from derive.batch.lines import Lines
from derive.batch.records import LONGEST_ID, BadRecord, Record, answer, lost_line, record_of
from derive.checker import Limits
from derive.workers import Died, Exhausted, InThisProcess, Lost, Outcome, Stopped


def nested(parts: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    names = st.sampled_from(["id", "text", "format", "more"])
    return st.lists(parts, max_size=4) | st.dictionaries(names, parts | st.sampled_from(["md", "tex"]), max_size=4)


def dumped(value: object) -> bytes:
    return json.dumps(value).encode()


def line(**fields: object) -> bytes:
    return json.dumps({"id": 1, "text": "$1 = 1$", "format": "md", **fields}).encode()


def test_a_record() -> None:
    assert record_of(line(text="µ", format="tex", more=1)) == Record(1, "µ", True)
    assert record_of(b"\xef\xbb\xbf" + line(id="a")) == Record("a", "$1 = 1$", False)


@pytest.mark.parametrize(
    ("bad", "message", "named"),
    [
        (b"", "expected one JSON object, found Expecting value", None),
        (b"hello", "expected one JSON object", None),
        (b'{"id": 1} {"id": 2}', "Extra data", None),
        (b'{"id": 1, "text": "a', "Unterminated string", None),
        (b"\xff\xfe{", "expected UTF-8, found the byte 0xff at 0", None),
        (b"[" * 100_000, "nested too deep", None),
        (b'{"a":' * 100_000, "nested too deep", None),
        (b'{"id": ' + b"9" * 10_000 + b"}", "a value that cannot be read", None),
        (b"[1]", "expected a JSON object, found an array", None),
        (b"null", "found null", None),
        (b"1e999", "found a number", None),
        (b"{}", 'found no "id" and no "text" and no "format"', None),
        (b'{"id": 7}', 'found no "text" and no "format"', 7),
        (line(id=None), 'expected a text or a whole number in "id", found null', None),
        (line(id=True), "found true or false", None),
        (line(id=[1]), "found an array", None),
        (line(id=1.5), "found a number", None),
        (line(id="x" * (LONGEST_ID + 1)), f"expected at most {LONGEST_ID} characters", None),
        (line(text=5), 'expected a text in "text", found a number', 1),
        (line(format="pdf"), 'expected "tex" or "md" in "format", found "pdf"', 1),
        (line(format={}), "found an object", 1),
        (line(text="a\0b"), "found a zero byte", 1),
        (line(text="x" * 10_000_001), "expected at most 10 MB", 1),
        (b'{"id": 1, "text": "ab\\ud800", "format": "md"}', "half of a surrogate pair at character 2", 1),
    ],
    ids=range(24),
)
def test_anything_else_is_told_what_was_expected(bad: bytes, message: str, named: object) -> None:
    with pytest.raises(BadRecord) as told:
        record_of(bad)
    assert message in str(told.value)
    assert told.value.id == named
    found = json.loads(answer(bad, InThisProcess(), Limits()))
    assert found == {"id": named, "error": str(told.value)}


def test_an_answer() -> None:
    found = json.loads(answer(line(id="µ", text="$1 = 1$ and $1 = 2$"), InThisProcess(), Limits()))
    assert found["id"] == "µ"
    assert [(each["verdict"], each["line"], each["column"]) for each in found["results"]] == [
        ("proved", 1, 6),
        ("refuted", 1, 18),
    ]
    assert found["summary"] == {"proved": 1, "refuted": 1, "undecided": 0, "unread": 0}
    assert all("seconds" not in each for each in found["results"])


def test_a_document_that_states_nothing() -> None:
    found = json.loads(answer(line(text="No formula here."), InThisProcess(), Limits()))
    assert found["id"] == 1
    assert "nothing to check" in found["error"]


@pytest.mark.parametrize("text", [r"\input{secret}", r"\include{secret}", r"\input secret"])
def test_nothing_is_opened(text: str, tmp_path, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "secret.tex").write_text("$$ 3 = 3 $$")
    monkeypatch.chdir(tmp_path)
    found = answer(line(text=f"{text} $1 = 1$", format="tex"), InThisProcess(), Limits()).decode()
    assert "3 = 3" not in found
    assert json.loads(found)["summary"]["proved"] == 1


@pytest.mark.parametrize(
    ("outcome", "message"),
    [
        (Stopped(60.0), "read within a minute"),
        (Exhausted(1.0), "read within 2048 MB of memory"),
        (Died(-11, 1.0), "ended with signal 11, twice"),
        (Died(1, 1.0), "ended with exit status 1, twice"),
    ],
)
def test_what_was_lost_is_told(outcome: Stopped | Exhausted | Died, message: str) -> None:
    found = json.loads(lost_line(Lost('"a"', outcome), Limits()))
    assert found["id"] == "a"
    assert message in found["error"]
    assert json.loads(lost_line(Lost("", outcome), Limits()))["id"] is None


def cut(chunks: list[bytes], most: int = 10) -> list[bytes | None]:
    lines = Lines(most)
    return [each for chunk in chunks for each in lines.feed(chunk)] + list(lines.end())


def test_lines_are_put_together() -> None:
    assert cut([b"ab", b"c\nde\n", b"", b"\n \t\r\nf"]) == [b"abc", b"de", b"f"]
    assert cut([b"\n\n"]) == []


def test_a_line_that_is_too_long_is_not_kept() -> None:
    lines = Lines(10)
    for _ in range(100):
        assert list(lines.feed(b"x" * 9)) == []
        assert sum(map(len, lines.parts)) <= 10
    assert list(lines.feed(b"\nab\n")) == [None, b"ab"]
    assert cut([b"x" * 11]) == [None]
    assert cut([b"x" * 10]) == [b"x" * 10]


LINES = st.binary(max_size=300) | st.recursive(st.none() | st.text() | st.floats() | st.integers(), nested).map(dumped)


@given(line=LINES)
def test_whatever_is_on_a_line_it_is_a_record_or_has_an_answer(line: bytes) -> None:
    assert is_record(line) or set(json.loads(answer(line, InThisProcess(), Limits()))) == {"id", "error"}


def is_record(line: bytes) -> bool:
    try:
        record_of(line)
    except BadRecord:
        return False
    return True


LOADED = """
import sys
from derive.batch import local
local._load()
before = set(sys.modules)
from derive.batch.records import answer
from derive.checker import Limits
from derive.workers import InThisProcess
from tests.load.documents import lines
for line in lines(60, seed=9, hard=False):
    answer(line.rstrip(), InThisProcess(), Limits(timeout=0.5))
print(sorted(name for name in set(sys.modules) - before if name.startswith("derive.")))
"""


def test_a_worker_has_nothing_of_ours_left_to_load() -> None:
    home = str(Path(__file__).parents[2])
    environment = {**os.environ, "PYTHONPATH": home}
    done = subprocess.run([sys.executable, "-c", LOADED], capture_output=True, text=True, check=False, env=environment)
    assert (done.stdout, done.stderr) == ("[]\n", "")


class Named(InThisProcess):
    """Notes what the pieces of some work are called."""

    def __init__(self) -> None:
        self.names: list[str] = []

    def run(self, names: Sequence[str], work: Callable[[int], Any]) -> Iterator[tuple[int, Outcome]]:
        self.names += names
        return super().run(names, work)


def test_no_two_pieces_of_a_document_have_one_name() -> None:
    """A worker that takes over from one that died is told what was done by these names."""
    document = (
        Path(__file__).parents[1] / "documents" / "planted" / "kalman.tex"
    )  # a line rests on a false one, in a chain
    pieces = Named()
    answer(line(text=document.read_text(encoding="utf-8"), format="tex"), pieces, Limits())
    assert len({*pieces.names}) == len(pieces.names) > 0
