"""A mistake that is carried on: the line where it is made is corrected, those that follow from it are said to."""

from __future__ import annotations

from pathlib import Path

import pytest

from derive.checker import Limits, check_documents
from derive.judge import carried
from derive.language.verdicts import Proved, Refuted, Undecided, Witness
from derive.render.record import Result

RIDGE = r"""We minimise $J(w) = \|Xw - y\|^2 + \lambda \|w\|^2$ over $w \in \mathbb{R}^d$, where
$X \in \mathbb{R}^{n \times d}$, $y \in \mathbb{R}^n$ and $\lambda > 0$.
$$\nabla J(w) = 2 X^\top (Xw - y) + 2 \lambda w = 0$$
Hence
$$X^\top X w + \lambda w = 2 X^\top y$$
$$(X^\top X + \lambda I) w = 2 X^\top y$$
$$w = 2 (X^\top X + \lambda I)^{-1} X^\top y$$
"""
LAGRANGE = r"""We maximise $\sum_{k=1}^K N_k \log \pi_k$ subject to $\sum_{k=1}^K \pi_k = 1$, where $N_k > 0$ and
$N = \sum_{k=1}^K N_k$. The Lagrangian is
$$L = \sum_{k=1}^K N_k \log \pi_k + \lambda \left(\sum_{k=1}^K \pi_k - 1\right)$$
Setting the derivative to zero,
$$\frac{\partial L}{\partial \pi_k} = \frac{N_k}{\pi_k} + \lambda = 0$$
we get
$$\pi_k = \frac{N_k}{\lambda}$$
Summing over $k$,
$$1 = \frac{N}{\lambda}$$
so that
$$\lambda = N$$
and finally
$$\pi_k = \frac{N_k}{N}$$
"""
MEAN = r"""Let $L(\mu, v) = -\frac{n}{2} \log v - \frac{1}{2v} \sum_{i=1}^n (x_i - \mu)^2$ with $v > 0$. Setting the
derivative to zero,
$$\frac{\partial L}{\partial \mu} = \frac{1}{v} \sum_{i=1}^n (x_i - \mu) = 0$$
so that
$$\sum_{i=1}^n x_i = 2 n \mu$$
Hence
$$%s$$
"""
ARROWS = r"""Let $f(x) = a x^2 + b x + c$ with $a > 0$. We solve
$$f'(x) = 0 \Rightarrow 2 a x = b$$
$$\Rightarrow x = \frac{b}{2a}$$
$$\Rightarrow a x^2 = \frac{b^2}{4a}$$
"""


def results(tmp_path: Path, text: str) -> list[Result]:
    path = tmp_path / "a.md"
    path.write_text(text, encoding="utf-8")
    return list(check_documents([str(path)], Limits(jobs=1, timeout=60)).results)


def told(found: list[Result]) -> list[tuple[int, str, str]]:
    """Line, verdict, and why it is refuted or what would be right, of what is not proved."""
    wrong: list[tuple[int, str, str]] = []
    for result in found:
        match result.verdict:
            case Refuted(_, suggestion, reason):
                wrong.append((result.line, "refuted", reason or str(suggestion)))
            case Undecided(reason):
                wrong.append((result.line, "undecided", reason))
    return wrong


FROM_5 = "it follows from line 5, which is false"


def test_every_line_that_follows_is_refuted_and_says_from_what(tmp_path: Path) -> None:
    assert told(results(tmp_path, RIDGE)) == [
        (5, "refuted", r"X^\top y"),
        (6, "refuted", FROM_5),
        (7, "refuted", FROM_5),
    ]


def test_none_of_them_is_corrected(tmp_path: Path) -> None:
    carried_on = [each for each in results(tmp_path, RIDGE) if each.line > 5]
    assert all(isinstance(v := each.verdict, Refuted) and v.suggestion is None for each in carried_on)
    assert all(each.follows_from_start is False for each in carried_on)


def test_right_throughout_nothing_is_said(tmp_path: Path) -> None:
    assert (
        told(results(tmp_path, RIDGE.replace("= 2 X^\\top y", "= X^\\top y").replace("= 2 (X^\\top X", "= (X^\\top X")))
        == []
    )


def test_from_lines_that_no_number_meets(tmp_path: Path) -> None:
    """With the multiplier's sign wrong the lines contradict the equations; where it cancels the result is right."""
    found = results(tmp_path, LAGRANGE)
    assert told(found) == [
        (7, "refuted", r"-\frac{N_k}{\lambda}"),
        (9, "refuted", "it follows from line 7, which is false"),
        (11, "refuted", "it follows from line 7, which is false"),
    ]
    assert (found[-1].line, found[-1].word, found[-1].follows_from_start) == (13, "proved", True)


@pytest.mark.parametrize(
    ("line", "word", "reason"),
    [
        (r"\mu = \frac{1}{2n} \sum_{i=1}^n x_i", "refuted", FROM_5),
        (r"\mu = \frac{1}{n} \sum_{i=1}^n x_i", "proved", ""),
        (r"\sum_{i=1}^n (x_i - \mu) = 0", "proved", ""),
        (r"\mu = \frac{1}{3n} \sum_{i=1}^n x_i", "refuted", ""),
        (r"\frac{1}{v} \sum_{i=1}^n x_i = \frac{2 n \mu}{v}", "refuted", FROM_5),
    ],
)
def test_what_is_right_is_proved_and_what_is_another_mistake_is_one(
    tmp_path: Path, line: str, word: str, reason: str
) -> None:
    last = results(tmp_path, MEAN % line)[-1]
    assert last.word == word
    if isinstance(last.verdict, Refuted):
        assert last.verdict.reason == reason


def test_behind_arrows(tmp_path: Path) -> None:
    """The sign is lost at line 3, and no matter in the square."""
    found = results(tmp_path, ARROWS)
    assert [each.word for each in found][-3:] == ["refuted", "refuted", "proved"]
    assert told(found)[-1] == (3, "refuted", "it follows from line 2, which is false")


def test_a_definition_used_again(tmp_path: Path) -> None:
    """No equation is solved here: the second line is what the first makes of it."""
    text = r"""Let $g(x) = x^2 + 4x$. Then
$$ g(x) = (x + 2)^2 + 4 $$
Therefore
$$ 2 g(x) = 2 (x + 2)^2 + 8 $$
and
$$ 3 g(x) = 3 (x + 2)^2 + 12 x $$
"""
    assert told(results(tmp_path, text)) == [
        (2, "refuted", "(x + 2)^2 - 4"),
        (4, "refuted", "it follows from line 2, which is false"),
        (6, "refuted", "3 x^2 + 12 x"),
    ]


def test_what_is_only_supposed_makes_nothing_follow(tmp_path: Path) -> None:
    """Each line is false on its own supposition, and says nothing of the other."""
    text = r"""Let $x, y > 0$. If $x = 2 y$, then $x^2 = 2 y^2$.

If $x = 3 y$, then $2 x^2 = 4 y^2$.
"""
    assert [
        reason for _, word, reason in told(results(tmp_path, text)) if word == "refuted" and "follows" in reason
    ] == []


def test_a_link_of_a_chain_is_held_against_its_start(tmp_path: Path) -> None:
    """The second link mends what the first has broken: that is no consequence of it."""
    text = "Let $x > 0$. Then $$ x + x = 3 x = 2 x $$"
    found = results(tmp_path, text)
    assert [each.word for each in found][-2:] == ["refuted", "refuted"]
    assert not any("follows" in reason for _, _, reason in told(found))


def test_what_nothing_else_decides_is_undecided_and_what_is_right_is_right() -> None:
    proved, witness = Proved("all sizes"), Witness({}, {}, "1", "2")
    assert carried(proved, proved, 3) is proved
    assert carried(proved, Refuted(witness), 3) == Refuted(witness)
    unknown = carried(proved, Undecided("no rule"), 3)
    assert isinstance(unknown, Undecided)
    assert unknown.reason == "it rests on line 3, which is false, and nothing else decides it"
    assert carried(Undecided("hard"), Refuted(witness), 3) == Refuted(witness)
    assert carried(Undecided("hard"), Undecided("harder"), 3) == Undecided("hard")
