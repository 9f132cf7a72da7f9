"""Keys: the same everywhere, different for what differs."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from derive.cache import ClaimDigests, digest, tree_digest
from derive.checker import Limits, check_documents
from derive.language.claims import Claim, Equal
from derive.language.context import Context, Fact, SymbolDecl
from derive.language.terms import Num, Rel, Span, Sym
from derive.render.record import Result, verdict_to_json

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


def to_json(result: Result) -> str:
    """What is told of a verdict, in the order in which it is."""
    return json.dumps(verdict_to_json(result.verdict))


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


def test_quantities_in_another_order_have_another_key() -> None:
    """The counterexample that is found is told in the order declared, and may be another one."""
    one, other = SymbolDecl("b"), SymbolDecl("c")
    there = CONTEXT.with_symbol(one).with_symbol(other)
    turned = CONTEXT.with_symbol(other).with_symbol(one)
    assert key(replace(CLAIM, context=there)) != key(replace(CLAIM, context=turned))


def test_what_another_document_has_left_is_not_told(tmp_path: Path) -> None:
    """A line of two documents that declare the same in another order: the answers are those that each would have."""
    texts = [rf"<!--: {said} --> $b + c = b c$" for said in (r"b, c \in \mathbb{R}", r"c, b \in \mathbb{R}")]
    kept = Limits(jobs=1, folder=tmp_path)
    files = [tmp_path / "a.md", tmp_path / "b.md"]
    for file, text in zip(files, texts, strict=True):
        file.write_text(text)
    for file in files:
        found, alone = (check_documents([str(file)], limits).results for limits in (kept, Limits(jobs=1)))
        assert [to_json(each) for each in found] == [to_json(each) for each in alone]


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
