"""What is answered depends neither on how fast the machine is nor on how the work is shared out."""

from __future__ import annotations

import time
from itertools import count
from pathlib import Path

import pytest

from derive.checker import Limits, check_documents
from derive.language.context import Context
from derive.language.effort import METER, SECOND, is_over
from derive.language.verdicts import Refuted
from derive.prove.algebra import Algebra, OutOfTime
from derive.render.json import to_json

PLANTED = Path(__file__).parent / "documents" / "planted"
DOCUMENTS = ("logistic.md", "newton_softmax.md", "ridge.tex", "linear_map.md", "em_exponential.tex")
"""Documents with refuted lines that are corrected, with steps from equations that are hard to meet, and with lines that
nothing decides."""


def answers(name: str, jobs: int = 1, timeout: float = 1e9) -> str:
    """Everything that is said of a document, but for how long it took."""
    report = check_documents([str(PLANTED / name)], Limits(timeout, jobs=jobs))
    lines = to_json(report).splitlines()
    return "\n".join(line for line in lines if '"seconds"' not in line)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_slow_machine_says_the_same(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each look at the clock finds that another second has gone by, as on a machine that is busy with other things."""
    expected = answers(name)
    clock = time.monotonic
    late = count()
    monkeypatch.setattr(time, "monotonic", lambda: clock() + next(late))
    assert answers(name) == expected


@pytest.mark.parametrize("name", DOCUMENTS[:2])
def test_two_processes_say_the_same_as_one(name: str) -> None:
    assert answers(name, jobs=2) == answers(name, jobs=1)


TWO_SLIPS = r"""<!--: index n = 1..N ; x_n, m \in \mathbb{R} -->
$$\frac{\partial}{\partial m} \sum_{n=1}^N (x_n - m)^2 = 2 \sum_{n=1}^N (x_n - m)$$
$$\frac{\partial^2}{\partial m^2} \sum_{n=1}^N (x_n - m)^2 = N$$
$$\sum_{n=1}^N (x_n - m)^2 = \sum_{n=1}^N x_n^2 - 2 m \sum_{n=1}^N x_n + m^2$$
"""

MENDED = [r"-2 \sum_{n=1}^N (x_n - m)", "2 N", r"\sum_{n=1}^N x_n^2 - 2 m \sum_{n=1}^N x_n + N m^2"]


def test_several_mistakes_under_the_same_declarations_are_corrected_by_anyone(tmp_path: Path) -> None:
    path = tmp_path / "slips.md"
    path.write_text(TWO_SLIPS)
    one, two = (check_documents([str(path)], Limits(1e9, jobs=jobs)).results for jobs in (1, 2))
    found = [result.verdict for result in one]
    assert [verdict.suggestion for verdict in found if isinstance(verdict, Refuted)] == MENDED
    assert [result.verdict for result in two] == found


def test_work_is_counted_and_ends_a_search() -> None:
    algebra = Algebra(Context())
    with METER.at_most(0), pytest.raises(OutOfTime):
        algebra.tick()
    algebra.tick()


def test_a_limit_inside_another_one_does_not_outlast_it() -> None:
    with METER.at_most(5):
        with METER.at_most(SECOND):
            METER.done += 6
            assert is_over(None)
        assert is_over(None)
    assert not is_over(None)
    assert is_over(time.monotonic() - 1)
