"""Tokens to an untyped tree."""

import pytest

from derive.read import syntax as s
from derive.read.errors import ReadError
from derive.read.parser import parse
from tests.work import counted


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (r"\mathbf x_{n}", r"\mathbf{x}_n"),
        (r"\boldsymbol{\lambda_2}", r"\boldsymbol{\lambda}_2"),
        (r"\hat{\mathbf{h}}_{1,i}", r"\hat{\mathbf{h}}_{1,i}"),
        (r"W^{(2)T}", r"W^{(2)T}"),
        (r"k'", "k'"),
        (r"\bm{\mu}_k^{(t+1)}", r"\boldsymbol{\mu}_k^{(t+1)}"),
    ],
)
def test_one_spelling_of_a_name(source: str, expected: str) -> None:
    assert s.key(parse(source)) == expected


def test_big_operators_reach_to_the_next_plus() -> None:
    node = parse(r"\sum_k a_k \odot b_k + c")
    assert isinstance(node, s.Sum)
    assert isinstance(node.terms[0][1], s.BigOp)
    assert isinstance(node.terms[0][1].body, s.Product)


def test_things_side_by_side_bind_tighter_than_written_products() -> None:
    node = parse(r"a b / c d")
    assert isinstance(node, s.Product)
    assert isinstance(node.first, s.Juxt)


@pytest.mark.parametrize(
    ("source", "message"),
    [
        (r"\frac{a}{b", "expected “}”"),
        (r"(a + b", r"expected “\)”"),
        (r"a +", "found the end"),
        (r"x_a_b", "one subscript"),
        (r"x^a^b", "one superscript"),
        (r"\foo{x}", "is it a macro"),
        (r"\int f(x)", "closes"),
        (r"\begin{bmatrix} a & b \\ c \end{bmatrix}", "rows of one length"),
        (r"\frac{\partial^2 f}{\partial x}", r"expected 2 variable\(s\)"),
        (r"\hat{a + b}", "one name under"),
        ("a )", "an operator or the end"),
    ],
)
def test_refused_with_a_message(source: str, message: str) -> None:
    with pytest.raises(ReadError, match=message) as caught:
        parse(source)
    assert caught.value.span is not None


@pytest.mark.parametrize(
    "opening", ["(", "{", r"\frac{1}{1+", r"\sqrt{", "x^{", r"\left|", "[", "-(", r"\sum_i (", r"\|"]
)
def test_deep_nesting_is_refused_with_work_that_grows_with_length_only(opening: str) -> None:
    def refusal(times: int) -> None:
        with pytest.raises(ReadError):
            parse(opening * times)

    assert counted(lambda: refusal(2000), 200_000)[1] <= 5 * counted(lambda: refusal(500), 50_000)[1]


@pytest.mark.parametrize(
    "source", [r"e^{-\gamma \|a\|^2}", r"e^{-2 |s - 1|}", r"e^{-\lambda |s| / |t|}", r"e^{c \|a - b\|}"]
)
def test_bars_behind_a_factor_of_an_exponent_are_a_norm(source: str) -> None:
    bars = [node.bracket for node in s.walk(parse(source)) if isinstance(node, s.Group) and "|" in node.bracket]
    assert bars == ["|", "|"] if "/" in source else len(bars) == 1


@pytest.mark.parametrize(
    ("source", "seps"), [("p_{i|j}", ("|",)), ("p_{i|j, k|l}", ("|", ",", "|")), (r"D_{p \| q}", ("||",))]
)
def test_bars_below_a_name_separate(source: str, seps: tuple[str, ...]) -> None:
    node = parse(source)
    assert isinstance(node, s.Script)
    assert isinstance(node.sub, s.Group)
    assert node.sub.seps == seps
