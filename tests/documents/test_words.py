"""What words say of formulas: optima, what is held fixed, changes of variables, for all; and what they do not say."""

from __future__ import annotations

import re

import pytest

from derive.checker import Limits, check_documents
from derive.documents import Document, read_document
from derive.language.claims import Equal, Optimum, WellDefined
from derive.read.documents.text.source import Source
from derive.read.documents.words.optima import claimed, is_objective


def read(text: str) -> Document:
    return read_document(Source("f", text))


def last(text: str) -> object:
    document = read(text)
    assert [unread.reason for unread in document.unread] == []
    return document.derivation.claims[-1].statement


def notes(document: Document) -> list[str]:
    return [re.sub(r"^f:\d+: ", "", note) for note in document.notes]


def verdicts(text: str, tmp: str) -> list[str]:
    with open(tmp, "w", encoding="utf-8") as file:
        file.write(text)
    return [result.word for result in check_documents([tmp], Limits(jobs=1, timeout=60)).results]


# -- optima ------------------------------------------------------------------------------------------------------------
SENTENCES = [
    ("the function ⟨3⟩ achieves its maximum in ⟨5⟩ at ", "max", 3, 5),
    ("⟨1⟩ attains its minimum at the point ", "min", 1, None),
    ("Clearly ⟨1⟩ is minimised by ", "min", 1, None),
    ("⟨1⟩, which has a unique maximum at ", "max", 1, None),
    ("the maximum of ⟨2⟩ over ⟨4⟩ is attained at ", "max", 2, 4),
    ("the global minimum of the function ⟨2⟩ lies at ", "min", 2, None),
]


@pytest.mark.parametrize(("sentence", "kind", "objective", "domain"), SENTENCES)
def test_sentences_that_claim_an_optimum(sentence: str, kind: str, objective: int, domain: int | None) -> None:
    found = claimed(sentence, "")
    assert found is not None
    assert (found.kind, found.objective, found.domain) == (kind, objective, domain)


@pytest.mark.parametrize(
    "sentence",
    [
        "⟨1⟩ has a maximum, and we have ",
        "⟨1⟩ is maximised. Then ",
        "we maximise ⟨1⟩ subject to ",
        "the maximum likelihood estimate of ⟨1⟩ is ",
        "⟨1⟩ has no maximum at ",
        "⟨1⟩ is at most ",
    ],
)
def test_sentences_that_claim_none(sentence: str) -> None:
    assert claimed(sentence, "") is None


def test_what_is_best_needs_a_word_for_its_kind() -> None:
    assert claimed("the optimal ⟨1⟩ is ", "").kind == "stationary"  # type: ignore[union-attr]
    assert claimed("the optimal ⟨1⟩ is ", "we want to maximise it").kind == "max"  # type: ignore[union-attr]


def test_an_objective_is_known_from_the_words_beside_it() -> None:
    assert is_objective("", " attains its maximum at ")
    assert is_objective("the maximum of ", " is attained at ")
    assert not is_objective("", " is the maximum likelihood estimate")


LOGS = "<!--: a, b > 0 -->\nThe function $y = a \\log x + b \\log(1 - x)$ achieves its maximum in $[0, 1]$ at "


def test_an_optimum_in_words(tmp_path: str) -> None:
    statement = last(LOGS + "$$x = \\frac{a}{a + b}$$")
    assert isinstance(statement, Optimum)
    assert statement.kind == "max"
    path = f"{tmp_path}/a.md"
    assert verdicts(LOGS + "$$x = \\frac{a}{a + b}$$", path) == ["proved"]
    assert verdicts(LOGS + "$x = \\frac{b}{a + b}$.", path) == ["refuted"]
    assert verdicts(LOGS.replace("maximum", "minimum") + "$$x = \\frac{a}{a + b}$$", path) == ["refuted"]
    everywhere = "$\\forall (a, b) \\in \\mathbb{R}^2 \\setminus (0, 0)$, " + LOGS.partition("-->\n")[2]
    assert verdicts(everywhere + "$$x = \\frac{a}{a + b}$$", path) == ["refuted"]


def test_an_optimum_of_what_does_not_mention_the_variable_is_not_read() -> None:
    document = read(
        "<!--: a, b > 0 ; x \\in \\mathbb{R} -->\nThe function $y = a + b$ achieves its maximum at $$x = a$$"
    )
    assert [unread.reason for unread in document.unread] == ["expected the optimum of a function of x"]


def test_the_variable_of_an_optimum_is_local() -> None:
    text = LOGS.replace("b > 0", "b > 0 ; x \\in \\mathbb{R}^d") + "$$x = \\frac{a}{a + b}$$ $$x^T x \\ge 0$$"
    assert not read(text).unread


DISCRIMINATOR = (
    "<!--: x \\in \\mathbb{R}^d ; function p(x) density positive ; function q(x) density positive\n"
    "function D(x) open_unit -->\nWe maximise $$V = \\int p(x) \\log D(x) dx + \\int q(x) \\log(1 - D(x)) dx$$ "
    "$$V = \\int [p(x) \\log D(x) + q(x) \\log(1 - D(x))] dx$$ Thus the optimal $D(x)$ is "
)


def test_an_optimal_function(tmp_path: str) -> None:
    right = DISCRIMINATOR + "$$D(x) = \\frac{p(x)}{p(x) + q(x)}$$"
    statement = last(right)
    assert isinstance(statement, Optimum)
    assert statement.kind == "max"
    path = f"{tmp_path}/a.md"
    assert verdicts(right, path)[-1] == "proved"
    assert verdicts(DISCRIMINATOR + "$$D(x) = \\frac{q(x)}{p(x) + q(x)}$$", path)[-1] == "refuted"
    assert verdicts(right.replace("maximise", "minimise"), path)[-1] != "proved"


def test_without_an_objective_an_optimal_function_is_no_optimum() -> None:
    text = "<!--: x \\in \\mathbb{R} ; function D(x) -->\nThe optimal $D(x)$ is $$D(x) = x$$"
    assert not isinstance(read(text).derivation.claims[-1].statement, Optimum)


# -- changes of variables ----------------------------------------------------------------------------------------------
DENSITY = "<!--: x, z \\in \\mathbb{R} ; function q(x) density positive ; function g(z) bijective ; let x := g(z) -->\n"


def test_differentials_say_what_densities_are(tmp_path: str) -> None:
    document = read(DENSITY + "Obviously, $$p(z)\\,dz = q(x)\\,dx$$ $$p(z) = q(g(z)) |g'(z)|$$")
    assert [unread.reason for unread in document.unread] == []
    assert [type(claim.statement) for claim in document.derivation.claims] == [WellDefined, Equal]
    path = f"{tmp_path}/a.md"
    assert verdicts(DENSITY + "$$p(z) dz = q(x) dx$$ $$p(z) = q(g(z)) |g'(z)|$$", path) == ["proved", "proved"]
    assert verdicts(DENSITY + "$$p(z) dz = q(x) dx$$ $$p(z) = q(g(z))$$", path)[-1] == "refuted"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (DENSITY.replace("; let x := g(z)", ""), "expected one of z and x to be computed from the other"),
        (DENSITY.replace("density positive", "positive"), "expected a density beside these differentials"),
    ],
)
def test_differentials_that_say_nothing(text: str, reason: str) -> None:
    document = read(text + "$$p(z) dz = q(x) dx$$")
    assert [unread.reason for unread in document.unread] == [reason]


# -- held fixed --------------------------------------------------------------------------------------------------------
SOFT = (
    "<!--: index k, j = 1..K ; a_k, p_k > 0 -->\nLet $$r_k = \\frac{p_k a_k}{\\sum_{j=1}^K p_j a_j}$$ %s\n\n"
    "$$Q = \\sum_{k=1}^K r_k \\log p_k$$ $$\\frac{\\partial Q}{\\partial p_k} = \\frac{r_k}{p_k}$$"
)


def test_what_is_held_fixed(tmp_path: str) -> None:
    path = f"{tmp_path}/a.md"
    assert verdicts(SOFT % "Now $r_k$ is fixed.", path)[-1] == "proved"
    assert verdicts(SOFT % "Now $r_k$ is held constant.", path)[-1] == "proved"
    assert verdicts(SOFT % "Now $r_k$ is known.", path)[-1] == "refuted"
    assert verdicts(SOFT % "Now $r_k$ is a fixed point.", path)[-1] == "refuted"
    again = SOFT % "Now $r_k$ is fixed." + " $$\\sum_{k=1}^K r_k = 1$$"
    assert verdicts(again, path)[-1] == "proved"  # it keeps its value; only derivatives hold it fixed


# -- for all -----------------------------------------------------------------------------------------------------------
def test_for_all_declares_what_is_new() -> None:
    document = read("$\\forall (u, v) \\in \\mathbb{R}^2 \\setminus (0, 0)$, we have $$u^2 + v^2 > 0$$")
    assert notes(document) == ["u, v \\in \\mathbb{R}", "assume u^{2} + v^{2} > 0"]
    assert not document.unread


@pytest.mark.parametrize("text", ["\\forall (u, v) \\in \\mathbb{R}^3", "\\forall (u, v) \\in S"])
def test_for_all_of_another_kind_declares_nothing(text: str) -> None:
    assert notes(read(f"${text}$, we have $$1 = 1$$")) == []


MIXTURE = (
    "<!--: index k, j = 1..K ; n = 1..N ; l_{nk} > 0 ; \\pi_k > 0 -->\nwith $\\sum_{k=1}^K \\pi_k = 1$. Let "
    "$$\\gamma_{nk} = \\frac{\\pi_k l_{nk}}{\\sum_{j=1}^K \\pi_j l_{nj}}$$ and $\\gamma_{nk}$ is fixed in what follows. "
    "With a Lagrange multiplier, $$J = \\sum_{n=1}^N \\sum_{k=1}^K \\gamma_{nk} \\log \\pi_k"
    " - \\lambda \\left(\\sum_{k=1}^K \\pi_k - 1\\right)$$ "
    "$$\\frac{\\partial J}{\\partial \\pi_k} = \\sum_{n=1}^N \\frac{\\gamma_{nk}}{\\pi_k} - \\lambda = 0$$ so "
)


def test_what_is_held_fixed_keeps_what_is_known_of_it(tmp_path: str) -> None:
    """The responsibilities are those of the parameters before: they still sum to one."""
    path = f"{tmp_path}/a.md"
    assert verdicts(MIXTURE + "$$\\pi_k = \\frac{1}{N} \\sum_{n=1}^N \\gamma_{nk}$$", path)[-1] == "proved"
    assert verdicts(MIXTURE + "$$\\pi_k = \\frac{2}{N} \\sum_{n=1}^N \\gamma_{nk}$$", path)[-1] != "proved"
    old = "$$\\pi_k = \\frac{1}{N} \\sum_{n=1}^N \\frac{\\pi_k l_{nk}}{\\sum_{j=1}^K \\pi_j l_{nj}}$$"
    assert verdicts(MIXTURE + old, path)[-1] != "proved"  # that is a fixed point, not one step


def test_optima_claimed_in_running_text(tmp_path: str) -> None:
    path = f"{tmp_path}/a.md"
    assert verdicts("The minimum of $g(t) = t^2 - 4 t$ is attained at $t = 2$.", path) == ["proved", "proved"]
    assert verdicts("The minimum of $g(t) = t^2 - 4 t$ is attained at $t = 3$.", path) == ["proved", "refuted"]


def test_a_second_lagrangian_leaves_what_is_being_solved(tmp_path: str) -> None:
    """``L(\\lambda) = …`` after ``L(\\pi, \\lambda) = …``: the derivative of the first is still zero."""
    text = (
        "<!--: index k = 1..K ; a_k, p_k > 0 ; \\lambda > 0 -->\n$$L(p, \\lambda) = \\sum_{k=1}^K a_k \\log p_k - \\lambda"
        " \\left(\\sum_{k=1}^K p_k - 1\\right)$$ Setting the derivative to zero, "
        "$$\\frac{\\partial L(p, \\lambda)}{\\partial p_k} = \\frac{a_k}{p_k} - \\lambda = 0$$ and so "
        "$$L(\\lambda) = \\sum_{k=1}^K a_k \\log \\frac{a_k}{\\lambda} - \\sum_{k=1}^K a_k + \\lambda$$ "
        "$$\\frac{\\partial L(\\lambda)}{\\partial \\lambda} = 1 - \\frac{1}{\\lambda} \\sum_{k=1}^K a_k = 0$$ "
    )
    path = f"{tmp_path}/a.md"
    assert verdicts(text + "$$p_k = \\frac{a_k}{\\lambda}$$", path)[-1] == "proved"


def test_a_gradient_in_a_listed_vector_may_be_set_to_zero() -> None:
    text = (
        "<!--: index k = 1..K ; a_k, p_k > 0 -->\nLet $\\mathbf{p} = (p_1, \\dots, p_K)^T \\in \\mathbb{R}^K$. With a "
        "Lagrange multiplier, $$J = \\sum_{k=1}^K a_k \\log p_k - \\lambda (\\mathbf{p}^T \\mathbf{1} - 1)$$ "
        "$$\\nabla_{\\mathbf{p}} J = 0$$"
    )
    assert isinstance(last(text), WellDefined)
