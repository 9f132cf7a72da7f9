"""The displays of the five solutions, with declarations: how many are read, and that what is read is well typed."""

import re
from functools import partial
from pathlib import Path

import pytest

from derive.language.shapes import shape_of
from derive.read.declarations import declare
from derive.read.errors import ReadError
from derive.read.latex import read_statement, sides_of
from tests.work import counted

CORPUS = Path(__file__).parent / "corpus"
BLOCK = re.compile(r"<!--:(?P<declarations>.*?)-->|\$\$(?P<display>.*?)\$\$", re.DOTALL)

# What stays unread is damaged text, or an expectation that does not say over what.
EXPECTED = {
    "solution-1": (16, 18),
    "solution-2": (151, 157),
    "solution-3": (43, 46),
    "solution-4": (15, 17),
    "solution-5": (59, 74),
}
"""Links read, and all links, of each solution."""


def blocks(name: str) -> list[tuple[str, str]]:
    """Each display with the declarations before it."""
    found: list[tuple[str, str]] = []
    declarations = ""
    for match in BLOCK.finditer((CORPUS / f"{name}.md").read_text()):
        if match["declarations"] is not None:
            declarations = match["declarations"]
        else:
            found.append((declarations, match["display"]))
    return found


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_links_read(name: str) -> None:
    contexts = {text: declare(text) for text, _ in blocks(name)}
    read = total = 0
    for declarations, display in blocks(name):
        context = contexts[declarations]
        for link in read_statement(display, context, strict=False):
            total += 1
            read += link.problem is None
            for term in (*link.left, *link.right):
                shape_of(term, context)
    assert (read, total) == EXPECTED[name]


def test_sides_parsed() -> None:
    displays = [display for name in sorted(EXPECTED) for _, display in blocks(name)]
    sides, refused = 0, 0
    for display in displays:
        try:
            sides += len(sides_of(display))
        except ReadError:
            refused += 1
    assert (len(displays), refused) == (164, 3)
    assert sides > 400


def test_work_per_side() -> None:
    """Half of the sides are read in 2000 calls or fewer (a millisecond)."""
    pairs = [(declare(text), display) for text, display in blocks("solution-2")]
    costs = []
    for context, display in pairs:
        links, work = counted(partial(read_statement, display, context, strict=False), 1_000_000)
        costs.append(work / (len(links) + 1))
    assert sorted(costs)[len(costs) // 2] <= 2000
