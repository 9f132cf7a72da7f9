"""Macros that documents use without their definition, and an author's own in their place."""

from __future__ import annotations

import pytest

from derive.read.documents.text.scanner import Scanner
from derive.read.documents.text.source import Source


def expanded(text: str) -> str:
    found = Scanner().scan(Source("f", text), latex=True)
    return "".join(next(each.math.text for each in found if each.math is not None).split())


@pytest.mark.parametrize(
    ("text", "read"),
    [
        (r"$\norm{x}$", r"\left\|x\right\|"),
        (r"$\norm*{x} + \abs[\big]{y}$", r"\left\|x\right\|+\left|y\right|"),
        (r"$x \in \R^d$", r"x\in\mathbb{R}^d"),
        (r"$\E[x] = \Var(x)$", r"\mathbb{E}[x]=\operatorname{Var}(x)"),
        (r"$\inner{x}{y}$", r"\left\langlex,y\right\rangle"),
        (r"\newcommand{\norm}[1]{N(#1)} $\norm{x}$", "N(x)"),
        (r"\def\E{e^{x}} $\E$", "e^{x}"),
        (r"$\foo{x}$", r"\foo{x}"),
    ],
)
def test_what_they_stand_for(text: str, read: str) -> None:
    assert expanded(text) == read
