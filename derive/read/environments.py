"""Environments: matrices and cases."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derive.language.terms import Span
from derive.read import syntax as s
from derive.read.errors import ReadError
from derive.read.tokens import Token
from derive.read.vocabulary import MATRICES

if TYPE_CHECKING:
    from derive.read.parser import Parser


def environment(p: Parser) -> s.Node:
    """The matrix or the cases that begin here."""
    opened = p.next()
    if opened.text in ("cases", "dcases", "rcases"):
        return _cases(p, opened)
    if opened.text not in MATRICES:
        raise p.fail("a matrix or cases", opened)
    rows: list[tuple[s.Node, ...]] = []
    integrals, p.integrals = p.integrals, 0
    while p.here.kind != "end":
        rows.append(_cells(p))
        if p.here.kind == "row":
            p.next()
        elif p.here.kind != "end":
            raise p.fail(f"“\\end{{{opened.text}}}”")
    p.integrals = integrals
    closed = p.next()
    if not rows or len({len(row) for row in rows}) != 1:
        lengths = ", ".join(str(len(row)) for row in rows) or "none"
        raise ReadError(f"expected rows of one length, found {lengths}", Span(opened.start, closed.stop))
    return s.MatrixRows(opened.start, closed.stop, tuple(rows), MATRICES[opened.text])


def _cells(p: Parser) -> tuple[s.Node, ...]:
    cells = [p.relation()]
    while p.here.text == "&":
        p.next()
        cells.append(p.relation())
    return tuple(cells)


def _cases(p: Parser, opened: Token) -> s.Node:
    rows: list[tuple[s.Node, s.Node | None]] = []
    while p.here.kind != "end":
        value = p.relation()
        _skip_case_words(p)
        condition: s.Node | None = None
        if p.here.kind not in ("row", "end"):
            condition = _case_condition(p)
        rows.append((value, condition))
        if p.here.kind == "row":
            p.next()
        elif p.here.kind != "end":
            raise p.fail("“\\\\” or “\\end{cases}”")
    closed = p.next()
    if not rows:
        raise ReadError("expected at least one case", Span(opened.start, closed.stop))
    return s.CaseRows(opened.start, closed.stop, tuple(rows))


def _skip_case_words(p: Parser) -> None:
    while p.here.text in ("&", ",", ".", ":") or (
        p.here.kind == "word"
        and p.here.text.strip(" ,:") in ("if", "for", "when", "otherwise", "else", "if and only if")
    ):
        p.next()


def _case_condition(p: Parser) -> s.Node:
    first = p.relation()
    items, seps = [first], []
    while p.here.text in (",", "\\wedge", "\\vee") or (p.here.kind == "word" and p.here.text in ("and", "or")):
        token = p.next()
        if p.here.kind in ("row", "end"):
            break
        seps.append("or" if token.text in ("\\vee", "or") else "and")
        items.append(p.relation())
    _skip_case_words(p)
    return first if len(items) == 1 else s.Group(first.start, items[-1].stop, "(", tuple(items), tuple(seps))
