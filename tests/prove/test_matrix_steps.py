"""Steps about matrices: what follows from an equation, what holds anyway, and what does not follow."""

from __future__ import annotations

import pytest

from derive.judge import judge, relying
from derive.language.claims import Claim, Step
from derive.language.verdicts import Proved, Undecided, Verdict
from derive.read.declarations import declare
from derive.read.latex import read_relation

CONTEXT = declare(
    "P \\in \\mathbb{R}^{n\\times n} symmetric posdef ; R \\in \\mathbb{R}^{m\\times m} symmetric posdef ; "
    "H \\in \\mathbb{R}^{m\\times n} ; K \\in \\mathbb{R}^{n\\times m} ; let S := H P H^T + R"
)
GAIN = "K S = P H^T"
WRONG = "K S = P H^T + K R"


def judged(conclusion: str, hypotheses: tuple[str, ...] = (GAIN,), start: tuple[str, ...] | None = None) -> Verdict:
    goal = read_relation(conclusion, CONTEXT)
    known = tuple(read_relation(text, CONTEXT) for text in hypotheses)
    first = None if start is None else Step(tuple(read_relation(text, CONTEXT) for text in start), (goal,))
    return judge(Claim("t", Step(known, (goal,)), CONTEXT, start=first))


@pytest.mark.parametrize(
    "conclusion",
    [
        "K = P H^T S^{-1}",
        "K S K^T = P H^T K^T",
        "P - K H P - P H^T K^T + K S K^T = (I - K H) P",
        "(P - K H P) H^T R^{-1} = K",
        "S^T = S",
    ],
)
def test_follows(conclusion: str) -> None:
    assert isinstance(judged(conclusion), Proved)


@pytest.mark.parametrize("conclusion", ["K = P H^T R^{-1}", "K S K^T = P", "(P - K H P) H^T R^{-1} = -K", "K = K S"])
def test_does_not_follow(conclusion: str) -> None:
    assert not isinstance(judged(conclusion), Proved)


@pytest.mark.parametrize(
    ("true", "false"),
    [
        ("K S K^T = K H P", "K S K^T = P H^T K^T + P"),  # K H P is symmetric there
        ("P - K S K^T = (I - K H) P", "P + K S K^T = (I - K H) P"),
        (
            "\\operatorname{tr}(K S K^T) = \\operatorname{tr}(P H^T K^T)",
            "\\operatorname{tr}(K S K^T) = \\operatorname{tr}(P)",
        ),
        ("K R = (I - K H) P H^T", "K R = (I + K H) P H^T"),
        ("S^{-1} = R^{-1} - R^{-1} H K", "S^{-1} = R^{-1} + R^{-1} H K"),
    ],
)
def test_a_false_twin_does_not_follow(true: str, false: str) -> None:
    assert isinstance(judged(true), Proved)
    assert not isinstance(judged(false), Proved)


def test_nothing_is_divided_by_a_matrix_that_may_be_singular() -> None:
    """From K H = L H it follows that K H x = L H x, and not that K = L."""
    context = declare("K, L, H \\in \\mathbb{R}^{n\\times n} ; x \\in \\mathbb{R}^n")

    def step(text: str) -> Verdict:
        known = read_relation("K H = L H", context)
        return judge(Claim("t", Step((known,), (read_relation(text, context),)), context))

    assert isinstance(step("K H x = L H x"), Proved)
    assert not isinstance(step("K = L"), Proved)
    assert not isinstance(step("H K = H L"), Proved)


def test_a_wrong_line_proves_nothing() -> None:
    """From K S = P H^T and K S = P H^T + K R follows K R = 0, and so K = 0: no gain is. That it rests on a line which
    no number met is said, and it is undecided unless that line was shown."""
    verdict = judged("K = 2 K", (GAIN, WRONG), (GAIN,))
    assert isinstance(verdict, Proved)
    assert verdict.on_lines
    assert isinstance(relying(verdict, shown=False), Undecided)
    assert not isinstance(judged("K = 2 K", (GAIN,), (GAIN,)), Proved)


def test_what_follows_without_the_lines_does_not_rest_on_them() -> None:
    verdict = judged("K = P H^T S^{-1}", (GAIN, WRONG), (GAIN,))
    assert isinstance(verdict, Proved)
    assert not verdict.on_lines
    assert relying(verdict, shown=False) is verdict
