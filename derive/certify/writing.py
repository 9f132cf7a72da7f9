"""What certificates are written with: polynomials, functions and steps as text."""

from __future__ import annotations

from typing import Any

from derive.replay import terms as t
from derive.replay.terms import Mono, Poly

Step = dict[str, Any]


def one(m: Mono, c: t.Exponent = 1) -> Poly:
    """A monomial."""
    return t.made({m: c})


def said(p: Poly) -> str:
    """A polynomial as certificates have it."""
    return t.text(p)


def function(p: Poly, *names: str) -> str:
    """A function of some names, as certificates have it."""
    inside = t.closed(p, list(names))
    over = ", ".join(f"b{len(names) - 1 - k}" for k in range(len(names)))
    return f"lambda {over}: {t.text(inside, len(names))}"


def ruled(rule: str, **values: str) -> Step:
    """A line of the table at some values."""
    return {"rule": rule, "with": values} if values else {"rule": rule}
