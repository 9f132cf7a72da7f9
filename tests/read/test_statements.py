"""Displays: chains over rows, continuation rows, side conditions."""

import pytest

from derive.read.declarations import declare
from derive.read.errors import ReadError
from derive.read.latex import Link, read_statement, sides_of
from tests.read.show import show
from tests.work import counted

CONTEXT = declare(
    r"""index n = 1..N ; k = 1..K
    a, b, c, x \in \mathbb{R} ; \mathbf{u} \in \mathbb{R}^d ; A \in \mathbb{R}^{d\times d} ; \pi_k > 0"""
)


def links(text: str) -> list[tuple[str, str, str]]:
    def side(link: Link, terms: tuple[object, ...]) -> str:
        return " / ".join(show(term) for term in terms)  # type: ignore[arg-type]

    return [(link.op, side(link, link.left), side(link, link.right)) for link in read_statement(text, CONTEXT)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r"a = b \le c", [("=", "a", "b"), ("<=", "b", "c")]),
        (r"\begin{aligned} a &= b \\ &= c \end{aligned}", [("=", "a", "b"), ("=", "b", "c")]),
        (r"a &= b \\ b &= c", [("=", "a", "b"), ("=", "b", "c")]),
        (r"a &= b \\ &\quad + c", [("=", "a", "add(b, c)")]),
        (r"a &= \left[ b \right. \\ &\quad \left. + c \right]", [("=", "a", "add(b, c)")]),
        (r"a &= b + \\ & c", [("=", "a", "add(b, c)")]),
        (r"& a \\ = & b", [("=", "a", "b")]),
        (r"a = b \quad (4)", [("=", "a", "b")]),
        (r"a = b \tag{4}", [("=", "a", "b")]),
        (r"a = b \qquad \text{(by the chain rule)}", [("=", "a", "b")]),
        (r"a = b.", [("=", "a", "b")]),
        (r"\text{so } a = b, \text{ where } b = c", [("=", "a", "b"), ("=", "b", "c")]),
        (r"\pi_k = 1, \quad k = 1, 2, \dots, K", [("=", r"\pi[k]", "1")]),
        (r"a := b", [(":=", "a", "b")]),
        (r"a \approx 1.098", [("~=", "a", "549/500")]),
        (r"A \mathbf{u} = 0", [("=", r"mul(A, \mathbf{u})", "zeros(d)")]),
        (r"A A^{-1} = I", [("=", "mul(A, inverse(A))", "identity(d)")]),
        (r"a = 0 \Rightarrow b = c", [("=>", "a = 0", "b = c")]),
        (r"a = 0 \rightarrow b = 0 \rightarrow c = 0", [("=>", "a = 0", "b = 0"), ("=>", "b = 0", "c = 0")]),
        (r"= b + c", [("=", "", "add(b, c)")]),
    ],
)
def test_chains(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert links(text) == expected


def test_a_shape_at_the_end_is_a_link_of_its_own() -> None:
    first, second = read_statement(r"\mathbf{u} = A \mathbf{u} \in \mathbb{R}^{d \times 1}", CONTEXT)
    assert first.shape is None
    assert second.op == "in"
    assert [str(extent) for extent in second.shape or ()] == ["d"]
    assert show(second.left[0]) == r"mul(A, \mathbf{u})"


def test_an_argmax_over_a_quantity() -> None:
    (link,) = read_statement(r"a = \arg\max_{x} (b - x^2)", CONTEXT)
    assert link.right_argument is not None
    assert (link.right_argument.kind, [show(term) for term in link.right_argument.variables]) == ("argmax", ["x"])
    assert show(link.right[0]) == "add(b, neg(pow(x, 2)))"


def test_a_side_that_cannot_be_read_does_not_hide_the_others() -> None:
    text = r"a &= b \\ &= \foolish \\ &= c".replace(r"\foolish", "q")
    found = read_statement(text, CONTEXT, strict=False)
    assert [link.problem is None for link in found] == [True, False, False]
    with pytest.raises(ReadError, match="q is not declared"):
        read_statement(text, CONTEXT)


def test_spans_are_places_in_the_text() -> None:
    text = r"a = b + c"
    (link,) = read_statement(text, CONTEXT, offset=0)
    assert text[link.span.start : link.span.stop] == text
    span = link.right[0].span
    assert span is not None
    assert text[span.start : span.stop] == "b + c"


def test_nothing_stated() -> None:
    with pytest.raises(ReadError, match="expected a statement"):
        read_statement("a + b", CONTEXT)


def test_cost_grows_with_length_only() -> None:
    def work(count: int) -> int:
        text = " + ".join([r"\log a \sin b \frac{d}{dx} x \log c"] * count) + " = 1"
        return counted(lambda: read_statement(text, CONTEXT), 10_000 * count)[1]

    assert work(80) < 25 * work(4)


def test_sides_are_parsed_without_declarations() -> None:
    assert len(sides_of(r"\alpha_q &= \beta \\ &\le \gamma(x|y)")) == 3
