"""Names in documents: taken over, defined anew, listed by entries, unknown, forgotten; and what is refused."""

from __future__ import annotations

import re

import pytest

from derive.documents import Document, read_document
from derive.language.claims import Equal, HasShape
from derive.read.documents.text.source import Source


def read(text: str) -> Document:
    return read_document(Source("f", text))


def kinds(document: Document) -> list[str]:
    return [type(claim.statement).__name__ for claim in document.derivation.claims]


def notes(document: Document) -> list[str]:
    return [re.sub(r"^f:\d+: ", "", note) for note in document.notes]


def reasons(document: Document) -> list[str]:
    return [unread.reason for unread in document.unread]


# -- built-in meanings -------------------------------------------------------------------------------------------------
VECTORS = "<!--: index i, j = 1..n ; y_i, \\hat{y}_i \\in \\mathbb{R}^d ; c_i \\in \\mathbb{R} -->\n"


def test_a_delta_that_is_a_vector_is_a_new_name() -> None:
    document = read(VECTORS + "$$\\delta_{1,i} = \\hat{y}_i - y_i$$ $$\\delta_{1,i} + y_i = \\hat{y}_i$$")
    assert kinds(document) == ["WellDefined", "Equal"]
    assert reasons(document) == []


def test_a_scalar_equation_about_the_kronecker_delta_stays_one() -> None:
    document = read(VECTORS + "$$\\delta_{ij} = c_i$$")
    assert kinds(document) == ["Equal"]


def test_e_with_quantities_is_an_error_vector_and_with_numbers_is_eulers() -> None:
    assert kinds(read(VECTORS + "$$e = \\sum_{i=1}^n c_i$$")) == ["WellDefined"]
    assert kinds(read("$$e = 3$$")) == ["Equal"]


# -- defined anew ------------------------------------------------------------------------------------------------------
MATRIX = "<!--: x \\in \\mathbb{R}^m ; W \\in \\mathbb{R}^{r \\times m} ; function f(t) elementwise -->\n"


def test_given_defines_anew_what_has_been_defined() -> None:
    text = "Given $z = W x$, we have $$\\frac{\\partial z}{\\partial x} = W$$ "
    text += "Given $z = f(x)$, we have $$z^T x = f(x)^T x$$"
    document = read(MATRIX + text)
    assert reasons(document) == []
    assert kinds(document) == ["WellDefined", "Equal", "WellDefined", "Equal"]


def test_what_was_of_the_old_shape_is_forgotten() -> None:
    document = read(MATRIX + "Given $z = W x$ and $v = 2 z$. Given $z = f(x)$, $$v = v$$")
    assert reasons(document) == ["v is not declared"]


@pytest.mark.parametrize("words", ["Hence", "Thus we have", "where", "so that"])
def test_an_assertion_does_not_define_anew(words: str) -> None:
    document = read(MATRIX + f"Given $z = W x$, we have $$z = W x$$ {words} $$z = 2 W x$$")
    assert kinds(document)[-1] == "Equal"


# -- sections ----------------------------------------------------------------------------------------------------------
def test_a_later_section_counts_otherwise() -> None:
    first = "# One\n<!--: index n = 1..N ; index k = 1..K ; r_{nk} > 0 -->\n$$g_{nk} = r_{nk}^2$$\n"
    second = "# Two\n<!--: index d = 1..D ; s_{dk} > 0 -->\n$$g_{dk} = s_{dk} + 1$$ $$g_{dk} - 1 = s_{dk}$$"
    document = read(first + second)
    assert (reasons(document), kinds(document)) == ([], ["WellDefined", "WellDefined", "Equal"])
    same_section = read(first + second.replace("# Two\n", ""))
    assert same_section.unread


def test_a_later_section_may_define_the_same_name_of_other_things() -> None:
    first = "# One\n<!--: u, v > 0 ; a, b > 0 -->\n$$L = u + v$$\n# Two\n"
    assert kinds(read(first + "$$L = a b$$ $$L = b a$$")) == ["WellDefined", "WellDefined", "Equal"]


@pytest.mark.parametrize("claim", ["L = v + u", "L = u v", "L = u", "L = u + v + a - a"])
def test_an_equation_about_the_things_it_is_made_of_stays_a_claim(claim: str) -> None:
    document = read(f"# One\n<!--: u, v > 0 ; a, b > 0 -->\n$$L = u + v$$\n# Two\n$${claim}$$")
    assert kinds(document) == ["WellDefined", "Equal"]


def test_a_letter_takes_along_all_that_depended_on_it() -> None:
    text = "<!--: index i = 1..n ; y_i \\in \\mathbb{R}^d ; component y_{ij} of y_i ; index j = 1..d -->\n"
    document = read(
        text + "$$s = \\sum_{i=1}^n y_i$$\n<!--: index n = 1..N ; x_n \\in \\mathbb{R} -->\n$$s = s$$ $$y_i = y_i$$"
    )
    assert len(document.unread) >= 2


# -- listed entries ----------------------------------------------------------------------------------------------------
TOTAL = "$$\\mathbf{p}^T \\mathbf{1} = \\sum_{k=1}^K \\pi_k$$"
LISTED = "<!--: index k = 1..K ; n = 1..N ; \\pi_k > 0 ; x_n \\in \\mathbb{R}^d -->\n"


@pytest.mark.parametrize(
    "text",
    [
        "Let $\\mathbf{p} = (\\pi_1, \\dots, \\pi_K)^T \\in \\mathbb{R}^K$. " + TOTAL,
        "Let $\\mathbf{p} = (\\pi_1, \\pi_2, \\ldots, \\pi_k)^\\top \\in \\mathbb{R}^K$. " + TOTAL,
        "Let $\\mathbf{q}_n = (q_{n1}, \\dots, q_{nK})$, where $q_{nk} = \\pi_k^2$. "
        "$$\\mathbf{q}_n^T \\mathbf{1} = \\sum_{k=1}^K \\pi_k^2$$",
    ],
)
def test_listed_entries_are_components(text: str) -> None:
    document = read(LISTED + text)
    assert reasons(document) == []
    assert isinstance(document.derivation.claims[-1].statement, Equal)
    assert any(note.startswith("component") for note in notes(document))


def test_the_space_of_a_listed_vector_is_judged() -> None:
    document = read(LISTED + "Let $\\mathbf{p} = (\\pi_1, \\dots, \\pi_K)^T \\in \\mathbb{R}^N$.")
    (claim,) = document.derivation.claims
    assert isinstance(claim.statement, HasShape)


@pytest.mark.parametrize(
    "listed",
    [
        "(\\pi_{n1}, \\pi_{n2}, \\dots, \\pi_{nK})^T",  # π takes one index
        "(\\pi_1, \\pi_3, \\dots, \\pi_K)^T",  # not in order
        "(\\pi_1, \\dots, \\rho_K)^T",  # two names
        "(\\pi_1, \\dots, \\pi_M)^T",  # no index runs so far
    ],
)
def test_other_lists_are_no_vector_of_entries(listed: str) -> None:
    document = read(LISTED + f"We have $$\\mathbf{{p}} = {listed}$$")
    assert document.unread
    assert not any(note.startswith("component") for note in notes(document))


# -- unknown functions -------------------------------------------------------------------------------------------------
CHAIN = "\\frac{\\partial L}{\\partial x} = \\frac{\\partial L}{\\partial z} \\frac{\\partial z}{\\partial x}"


def test_a_function_only_differentiated_is_unknown() -> None:
    document = read(
        MATRIX + f"Given $z = W x$, $\\delta = \\frac{{\\partial L}}{{\\partial z}}$, we have $${CHAIN} = W^T \\delta$$"
    )
    assert (reasons(document), kinds(document)) == ([], ["WellDefined", "WellDefined", "Equal", "Equal"])
    assert "opaque L depends on z" in notes(document)


@pytest.mark.parametrize(
    "text",
    [
        "Given $z = W x$, $$\\frac{\\partial L}{\\partial z} = 2 z$$ "  # what is L?
        "$$\\frac{\\partial L}{\\partial x} = 2 W^T z$$",
        "$$\\frac{\\partial L}{\\partial x} = 2 x$$",
        f"Given $z = W x$, $${CHAIN} = W^T z$$",
    ],
)
def test_what_an_unknown_function_is_cannot_be_claimed(text: str) -> None:
    document = read(MATRIX + text)
    assert "L is not declared" in reasons(document)


def test_a_function_that_is_defined_further_down_is_not_unknown() -> None:
    document = read(MATRIX + f"Given $z = W x$, $${CHAIN}$$ where $L = z^T z$.")
    assert not any(note.startswith("opaque") for note in notes(document))
    assert (reasons(document), kinds(document)) == ([], ["WellDefined", "Equal", "WellDefined"])


# -- calls -------------------------------------------------------------------------------------------------------------
FORMS = "<!--: index k = 1..K ; d = 1..D ; a_{dk}, b_k > 0 ; c_d \\in \\{1,\\dots,K\\} label -->\n"


def test_a_joint_probability_is_no_conditional_one() -> None:
    document = read(FORMS + "<!--: let P(d|c_d = k) := a_{dk} -->\n$$P(d, c_d = k) = a_{dk}$$")
    assert kinds(document) == ["WellDefined"]  # defined, not claimed to be P(d|c_d = k)
    document = read(FORMS + "<!--: function P(d|c_d = k) := a_{dk} -->\n$$2 P(d, c_d = k) = a_{dk}$$")
    assert document.unread


def test_all_parameters_stand_for_each() -> None:
    text = "<!--: index n = 1..N ; w \\in \\mathbb{R}^d ; x_n \\in \\mathbb{R}^d ; u \\in \\mathbb{R} -->\n"
    text += "$$L(\\theta) = \\sum_{n=1}^N (w^T x_n)^2$$"
    assert kinds(read(text + "$$L(w) = \\sum_{n=1}^N (x_n^T w)^2$$")) == ["WellDefined", "Equal"]
    assert read(text + "$$2 L(u) = 1$$").unread  # L does not depend on u


def test_multipliers_are_real_only_where_words_say_so() -> None:
    text = "<!--: index k = 1..K ; p_k, a_k > 0 -->\n"
    lagrangian = "$$J = \\sum_{k=1}^K a_k \\log p_k - \\lambda_0 (\\sum_{k=1}^K p_k - 1)$$"
    document = read(text + "With a Lagrange multiplier, " + lagrangian)
    assert (reasons(document), kinds(document)) == ([], ["WellDefined"])
    assert "\\lambda_0 \\in \\mathbb{R}" in notes(document)
    doubled = "$$2 \\lambda_0 = \\lambda_0 + \\lambda_0$$"
    assert reasons(read(text + "With a Lagrange multiplier, " + doubled)) == []
    assert reasons(read(text + doubled)) == ["\\lambda_0 is not declared"]


def test_a_constraint_after_st_is_assumed() -> None:
    text = "<!--: index k = 1..K ; p_k \\in \\mathbb{R} -->\n$$\\begin{aligned} J &= \\sum_{k=1}^K p_k^2 \\\\ "
    document = read(text + "s.t. \\quad & \\sum_{k=1}^K p_k = 1 \\end{aligned}$$")
    assert "assume \\sum_{k=1}^K p_k = 1" in notes(document)
    document = read(text + "& \\sum_{k=1}^K p_k = 1 \\end{aligned}$$")
    assert kinds(document) == ["WellDefined", "Equal"]


def test_a_row_that_goes_on_and_ends_in_its_space() -> None:
    rows = "x + y &= 2 x \\\\ &\\quad - x + y"
    text = f"<!--: x, y \\in \\mathbb{{R}}^d -->\n$$\\begin{{aligned}} {rows} \\end{{aligned}} \\in \\mathbb{{R}}^d$$"
    first, second = read(text).derivation.claims
    assert isinstance(first.statement, Equal)
    assert isinstance(second.statement, HasShape)
