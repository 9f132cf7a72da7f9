"""Keys: the same everywhere, different for what differs."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from derive.cache import ClaimDigests, digest, tree_digest
from derive.language.claims import Claim, Equal
from derive.language.context import Context, Fact, SymbolDecl
from derive.language.terms import Num, Rel, Span, Sym

A = Sym("a")
CONTEXT = Context().with_symbol(SymbolDecl("a", properties=frozenset({"positive", "integer", "nonzero"})))
CLAIM = Claim("x/y.z", Equal(A, A), CONTEXT)

SEEDED = r"""
from derive.authoring import Derivation
from derive.cache import ClaimDigests
d = Derivation("x/y", title="", context=r"index n = 1..N ; \pi_n > 0")
d.declare(r"\Sigma \in \mathbb{R}^{d\times d} symmetric posdef")
d.let("r_n", r"\pi_n^2")
d.equal("c", r"\sum_{n=1}^N r_n", r"\sum_n \pi_n \pi_n")
print([ClaimDigests().of(claim) for claim in d.build().claims])
"""


def key(claim: Claim) -> str:
    return ClaimDigests().of(claim)


def test_keys_do_not_depend_on_the_hash_seed() -> None:
    printed = set()
    for seed in ("0", "1", "2"):
        found = subprocess.run(
            [sys.executable, "-c", SEEDED],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        )
        printed.add(found.stdout)
    assert len(printed) == 1


@pytest.mark.parametrize(
    "other",
    [
        replace(CLAIM, id="x/y.w", line=7, file="elsewhere.py", source="eq. 1", expect="refuted", reason="no"),
        replace(CLAIM, statement=Equal(Sym("a", span=Span(0, 1)), A)),
        replace(CLAIM, context=Context().with_symbol(CONTEXT.symbols["a"])),
    ],
)
def test_the_same_question_has_the_same_key(other: Claim) -> None:
    assert key(other) == key(CLAIM)


@pytest.mark.parametrize(
    "other",
    [
        replace(CLAIM, statement=Equal(A, -A)),
        replace(CLAIM, statement=Equal(A, Num(1))),  # type: ignore[arg-type]  # any number will do
        replace(CLAIM, readings=(Equal(A, A), Equal(A, -A))),
        replace(CLAIM, context=CONTEXT.with_size("N")),
        replace(CLAIM, context=CONTEXT.with_fact(Fact(Rel(">", A, A)))),
        replace(CLAIM, context=CONTEXT.with_symbol(SymbolDecl("a"))),
    ],
)
def test_another_question_has_another_key(other: Claim) -> None:
    assert key(other) != key(CLAIM)


def test_other_limits_have_another_key() -> None:
    assert ClaimDigests("10 s").of(CLAIM) != ClaimDigests("11 s").of(CLAIM)
    assert ClaimDigests("10 s").of(CLAIM) == ClaimDigests("10 s").of(replace(CLAIM, id="x/y.w"))


def test_parts_cannot_run_together() -> None:
    assert digest(["ab", "c"]) != digest(["a", "bc"])


def test_what_has_no_digest_is_refused() -> None:
    with pytest.raises(TypeError, match="no digest"):
        key(replace(CLAIM, context=CONTEXT.with_option("thing", object())))


def test_a_tree_is_known_by_paths_and_content(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("1")
    first = tree_digest(tmp_path)
    (tmp_path / "a.py").rename(tmp_path / "b.py")
    assert tree_digest(tmp_path) != first
    (tmp_path / "b.py").rename(tmp_path / "a.py")
    (tmp_path / "__pycache__").mkdir()
    (tmp_path / "__pycache__" / "a.pyc").write_text("")
    assert tree_digest(tmp_path) == first
    (tmp_path / "data.csv").write_text("")
    assert tree_digest(tmp_path) != first


def test_a_key_is_the_same_whatever_was_asked_before() -> None:
    """Declarations are digested once for all contexts that have them."""
    grown = CONTEXT.with_symbol(SymbolDecl("b")).with_fact(Fact(Rel(">", A, Num(Fraction(0)))))
    later = grown.with_symbol(SymbolDecl("b", properties=frozenset({"positive"})))
    claims = [replace(CLAIM, context=context) for context in (CONTEXT, grown, later)]
    together = ClaimDigests()
    assert [together.of(claim) for claim in claims] == [key(claim) for claim in claims]
    assert len({key(claim) for claim in claims}) == 3
