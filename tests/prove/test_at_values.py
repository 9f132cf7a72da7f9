"""A value at a place: what is declared of the variable is used only where it holds of the value too."""

from __future__ import annotations

import pytest

from derive.language.context import Context
from derive.language.terms import At, Sym
from derive.prove.workbench import Workbench
from derive.read.declarations import declare
from derive.read.latex import node_readings
from derive.read.parser import parse

DECLARED = declare(r"x, y > 0 ; u \in \mathbb{R}", Context())


@pytest.mark.parametrize(("value", "equal"), [("y", True), ("u", False)])
def test_a_root_of_a_square_at_a_value(value: str, equal: bool) -> None:
    (root,) = node_readings(parse(r"\sqrt{x^2}"), DECLARED)
    assert Workbench(DECLARED, None).equal(At(root.term, Sym("x"), Sym(value)), Sym(value)) is equal
