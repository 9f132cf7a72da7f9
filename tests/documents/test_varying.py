"""Derivatives beside a factor: what stands right behind d/dr is not alone what is differentiated, where it is fixed."""

from __future__ import annotations

import time

from derive.documents import read_document
from derive.judge import judge
from derive.read.documents.text.source import Source


def verdicts(text: str) -> list[str]:
    document = read_document(Source("f", text))
    found = [type(judge(claim, time.monotonic() + 60)).__name__.lower() for claim in document.derivation.claims]
    return found + ["unread"] * len(document.unread)


def test_a_number_that_does_not_move_is_differentiated_with_its_factor() -> None:
    assert verdicts(r"For $c, t > 0$: $\frac{d}{dt} c (t^2 - c) = 2 c t$.") == ["proved"]
    assert verdicts(r"For $c, t > 0$: $\frac{d}{dt} c (t^2 - c) = 2 t$.") == ["refuted"]


def test_nothing_of_it_makes_the_number_a_function() -> None:
    document = read_document(Source("f", r"For $c, t > 0$: $\frac{d}{dt} c (t^2 - c) = 2 c t$."))
    assert not any("is a function of" in note for note in document.notes)


def test_what_does_move_has_both_readings() -> None:
    text = r"For $t > 0$ let $c = t^3$. Then $\frac{d}{dt} c (t^2 + 1) = 3 t^2 (t^2 + 1)$."
    assert verdicts(text) == ["proved", "undecided"]


def test_a_quantity_that_is_only_differentiated_still_moves() -> None:
    text = r"Let $K \in \mathbb{R}^{n\times n}$, $t \in \mathbb{R}$. $$\frac{\partial K^2}{\partial t} = 2 K \frac{\partial K}{\partial t}$$"
    assert verdicts(text) == ["refuted"]
