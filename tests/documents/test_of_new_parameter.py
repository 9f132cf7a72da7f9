"""``x(t) = x + t v``: a function of a t that nothing declares, beside the quantity x; and products that it is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from derive.checker import Limits, check_documents
from derive.documents import read_document

SHARES = r"Let $u \in \mathbb{R}^M$, $h \in \mathbb{R}$ and $q_a = e^{u_a} / \sum_{b=1}^M e^{u_b}$. "
WARM = SHARES + r"When it is warmer, $q_a(T) = e^{u_a/T} / \sum_{b=1}^M e^{u_b/T}$. "


def verdicts(text: str, folder: Path) -> list[str]:
    path = folder / "a.md"
    path.write_text(text)
    return [result.word for result in check_documents([str(path)], Limits(jobs=1, timeout=60)).results]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r"$$\frac{\partial}{\partial T} \log q_a(T) = \frac{1}{T^2} \Big( \sum_b q_b(T) u_b - u_a \Big)$$", "proved"),
        (r"$$\frac{\partial}{\partial T} \log q_a(T) = \frac{1}{T} \Big( \sum_b q_b(T) u_b - u_a \Big)$$", "refuted"),
        (r"$$q_a(1) = q_a$$", "proved"),
        (r"$$q_a(2) = q_a$$", "refuted"),
        (r"$$q_a(2T) = q_a(T)$$", "refuted"),
        (r"$$q_a = e^{u_a} / \sum_b e^{u_b}$$", "proved"),
        (r"$$q_a = e^{u_a/T} / \sum_b e^{u_b/T}$$", "refuted"),
        (r"$$\frac{\partial q_a}{\partial u_a} = q_a (1 - q_a)$$", "proved"),  # a product
        (r"$$\frac{\partial q_a}{\partial u_a} = q_a (1 + q_a)$$", "refuted"),
        (r"$$\sum_a q_a (u_a + h) = h + \sum_a q_a u_a$$", "proved"),
        (r"$$q_a (h + 1) = h q_a + q_a$$", "unread"),  # at h + 1, or times h + 1
    ],
)
def test_beside_a_defined_family(text: str, expected: str, tmp_path: Path) -> None:
    assert verdicts(WARM + text, tmp_path)[-1] == expected


def test_a_curve(tmp_path: Path) -> None:
    words = r"Let $x, v \in \mathbb{R}^n$. The line is $c(r) = x + r v$ and $x(r) = x + r v$. "
    assert verdicts(words + r"$$\frac{d}{dr} x(r) = v$$ $$x(0) = x$$ $$x(2) = x$$", tmp_path)[2:] == [
        "proved",
        "proved",
        "refuted",
    ]


@pytest.mark.parametrize(
    "declared",
    [
        r"Let $a \in \mathbb{R}$, $b = a^2$ and $r > 0$. ",  # r is a number already
        r"Let $a \in \mathbb{R}$, $b = a^2$ and $r \in \mathbb{R}$. ",
    ],
)
def test_a_parameter_that_is_something_already(declared: str, tmp_path: Path) -> None:
    assert verdicts(declared + "Then $b(r) = a^2 r$ and $b(r) = a^2 + r$.", tmp_path)[1:] == ["proved", "refuted"]


def test_several_functions_of_it(tmp_path: Path) -> None:
    text = (
        WARM
        + r"Let $H = -\sum_{a=1}^M q_a \log q_a$. Then $H(T) = -\sum_{a=1}^M q_a(T) \log q_a(T)$ and $H(1) = H$ and $H(2) = H$."
    )
    assert verdicts(text, tmp_path)[2:] == ["proved", "proved", "proved", "refuted"]


def test_a_size_is_no_parameter() -> None:
    text = r"Let $y_t \in \mathbb{R}$ for $t = 1, \dots, T$. " + WARM
    assert not any("function" in note for note in read_document(text).notes)
